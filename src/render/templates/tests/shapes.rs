//! The views as their source says them: every struct that a template is given, its fields, what each holds, and the
//! words above it.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// What a value is, to somebody who writes templates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    Text,
    Number,
    Flag,
    Html,
    List(Box<Shape>),
    Maybe(Box<Shape>),
    /// A view, by its key.
    View(String),
    /// Whatever came out of an expression that isn't followed further.
    Unknown,
}

impl Shape {
    /// The value itself, where it is there.
    pub fn present(&self) -> &Shape {
        match self {
            Shape::Maybe(inner) => inner.present(),
            other => other,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Field {
    pub name: String,
    pub shape: Shape,
    pub doc: String,
}

#[derive(Clone, Debug)]
pub struct View {
    pub title: String,
    pub doc: String,
    pub fields: Vec<Field>,
}

/// All views by key (`termsheet::RowView`), and what each template is given that gets a view of its own.
pub struct Views {
    pub all: BTreeMap<String, View>,
    pub given: BTreeMap<String, Vec<Field>>,
}

impl Views {
    /// Reads them from `src/render/`.
    pub fn read() -> Self {
        let mut sources = Vec::new();
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render"), &mut sources);
        let mut structs: Vec<(String, syn::ItemStruct)> = Vec::new();
        let mut words: Vec<String> = Vec::new();
        let mut given_by_variant: Vec<(String, syn::ItemEnum)> = Vec::new();
        for path in sources {
            let module = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let file = syn::parse_file(&std::fs::read_to_string(&path).unwrap()).unwrap();
            for item in file.items {
                match item {
                    syn::Item::Struct(item) if serialised(&item.attrs) => structs.push((module.clone(), item)),
                    syn::Item::Enum(item) if serialised(&item.attrs) && item.ident == "BlockView" => {
                        given_by_variant.push((module.clone(), item));
                    }
                    syn::Item::Enum(item) if serialised(&item.attrs) => words.push(item.ident.to_string()),
                    _ => {}
                }
            }
        }
        let names = Names::new(&structs, words);
        let mut views = Views { all: BTreeMap::new(), given: BTreeMap::new() };
        for (module, item) in &structs {
            if item.ident == "Html" {
                continue;
            }
            let doc = doc(&item.attrs);
            let fields = names.fields(module, &item.fields);
            match item.ident.to_string().strip_suffix("Page") {
                Some(_) => drop(views.given.insert(template_in(&doc), fields)),
                None => {
                    let key = format!("{module}::{}", item.ident);
                    drop(
                        views
                            .all
                            .insert(key, View { title: names.title(module, &item.ident.to_string()), doc, fields }),
                    );
                }
            }
        }
        for (module, item) in &given_by_variant {
            for variant in &item.variants {
                views.given.insert(template_in(&doc(&variant.attrs)), names.fields(module, &variant.fields));
            }
        }
        views
    }

    pub fn field(&self, shape: &Shape, name: &str) -> Result<Shape, ()> {
        match shape.present() {
            Shape::Unknown => Ok(Shape::Unknown),
            Shape::View(key) => self.all[key].fields.iter().find(|f| f.name == name).map(|f| f.shape.clone()).ok_or(()),
            _ => Err(()),
        }
    }
}

/// Which struct a name means: the one in the same file, else the only one of that name.
struct Names {
    modules: HashMap<String, Vec<String>>,
    words: Vec<String>,
}

/// Names that the rule for titles would make a riddle of.
const TITLES: &[(&str, &str)] = &[
    ("Chrome", "Frame"),
    ("CiteView", "Citation"),
    ("HistoryView", "Glossary state"),
    ("ItemView", "Timeline entry"),
    ("NavItem", "Link"),
    ("NameLink", "Named link"),
];

impl Names {
    fn new(structs: &[(String, syn::ItemStruct)], words: Vec<String>) -> Self {
        let mut modules: HashMap<String, Vec<String>> = HashMap::new();
        for (module, item) in structs {
            modules.entry(item.ident.to_string()).or_default().push(module.clone());
        }
        Self { modules, words }
    }

    /// "Term sheet row": the words of the name, with those of its block where the same name is used by several or says
    /// nothing by itself.
    fn title(&self, module: &str, name: &str) -> String {
        if let Some((_, title)) = TITLES.iter().find(|(known, _)| *known == name) {
            return (*title).to_owned();
        }
        let short = name.strip_suffix("View").unwrap_or(name);
        let vague = ["Row", "Cell", "Column", "Group", "Entry", "Item", "Year", "Edition", "History", "Rail"];
        let mut words = spaced(short);
        if self.modules[name].len() > 1 || vague.contains(&short) {
            let block = match module {
                "termsheet" => "term sheet",
                "compare" => "comparison",
                "rails" => "timeline",
                other => other,
            };
            words = format!("{block} {words}");
        }
        let mut letters = words.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }

    fn fields(&self, module: &str, fields: &syn::Fields) -> Vec<Field> {
        let seen = fields.iter().filter(|field| !skipped(&field.attrs));
        seen.map(|field| {
            let name = field.ident.as_ref().unwrap().to_string();
            let shape = self.shape(module, &field.ty);
            assert_eq!(shape.present() == &Shape::Html, name.ends_with("_html"), "`{name}`: only HTML ends in `_html`");
            Field { name, shape, doc: doc(&field.attrs) }
        })
        .collect()
    }

    fn shape(&self, module: &str, ty: &syn::Type) -> Shape {
        let segment = match ty {
            syn::Type::Reference(inner) => return self.shape(module, &inner.elem),
            syn::Type::Path(path) => path.path.segments.last().unwrap(),
            _ => return Shape::Unknown,
        };
        let inner = || match &segment.arguments {
            syn::PathArguments::AngleBracketed(list) => list.args.iter().find_map(|argument| match argument {
                syn::GenericArgument::Type(ty) => Some(self.shape(module, ty)),
                _ => None,
            }),
            _ => None,
        };
        let name = segment.ident.to_string();
        match name.as_str() {
            "String" | "str" => Shape::Text,
            "bool" => Shape::Flag,
            "Html" => Shape::Html,
            "u8" | "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64" | "isize" | "f32" | "f64" => {
                Shape::Number
            }
            "Option" => Shape::Maybe(Box::new(inner().unwrap())),
            "Vec" => Shape::List(Box::new(inner().unwrap())),
            "Arc" | "Box" => inner().unwrap(),
            _ if self.words.contains(&name) => Shape::Text,
            _ => {
                let modules = self.modules.get(&name).unwrap_or_else(|| panic!("nobody knows a view `{name}`"));
                let module = modules.iter().find(|m| *m == module).unwrap_or(&modules[0]);
                Shape::View(format!("{module}::{name}"))
            }
        }
    }
}

/// The template that the comment above a view begins with.
fn template_in(doc: &str) -> String {
    doc.split('`').nth(1).unwrap_or_else(|| panic!("“{doc}” names no template")).to_owned()
}

fn spaced(camel: &str) -> String {
    let mut out = String::new();
    for letter in camel.chars() {
        if letter.is_uppercase() && !out.is_empty() {
            out.push(' ');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

fn collect(dir: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

fn serialised(attrs: &[syn::Attribute]) -> bool {
    let mut derived = false;
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("derive")) {
        attr.parse_nested_meta(|meta| {
            derived |= meta.path.segments.last().is_some_and(|s| s.ident == "Serialize");
            Ok(())
        })
        .unwrap();
    }
    derived
}

fn skipped(attrs: &[syn::Attribute]) -> bool {
    let mut skip = false;
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("serde")) {
        attr.parse_nested_meta(|meta| {
            skip |= meta.path.is_ident("skip");
            if meta.input.peek(syn::Token![=]) {
                meta.value()?.parse::<syn::Lit>()?;
            }
            Ok(())
        })
        .unwrap();
    }
    skip
}

/// The words above an item, in one line.
fn doc(attrs: &[syn::Attribute]) -> String {
    let mut lines = Vec::new();
    for attr in attrs {
        if let syn::Meta::NameValue(pair) = &attr.meta
            && pair.path.is_ident("doc")
            && let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &pair.value
        {
            lines.push(text.value().trim().to_owned());
        }
    }
    lines.join(" ").trim().to_owned()
}

//! The template engine: the built-in templates, with those of the site in their place where it has its own.

use std::collections::{BTreeMap, HashMap};
use std::hash::{Hash, Hasher};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, RwLock};

use include_dir::{Dir, include_dir};
use tera::{ErrorKind, Kwargs, State, Tera, Value};

use super::cx::Arg;
use super::i18n::Catalogue;
use mentions::Mentions;
use narrow::Only;

use crate::base::{Diagnostic, Diagnostics, SourcePath, Span, Text, rules};

pub mod mentions;
mod narrow;
pub mod reference;
#[cfg(test)]
mod tests;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The built-in templates by name, in order of name.
pub fn built_in() -> Vec<(&'static str, &'static str)> {
    fn walk(dir: &'static Dir<'_>, out: &mut Vec<(&'static str, &'static str)>) {
        for file in dir.files() {
            if let (Some(name), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
                out.push((name, text));
            }
        }
        for dir in dir.dirs() {
            walk(dir, out);
        }
    }
    let mut out = Vec::new();
    walk(&BUILT_IN, &mut out);
    out.sort_unstable();
    out
}

/// Templates ready to render. Equal engines are those made of equal templates in an equal language.
pub struct Engine {
    tera: Tera,
    own: Vec<(Arc<str>, Text)>,
    id: u128,
    /// What each template speaks of, found out when it is asked for. Empty without templates of the site's own: the
    /// built-in ones speak of nearly everything.
    mentions: BTreeMap<String, OnceLock<Mentions>>,
    /// How much room the last result of each template took: the next one most often takes about as much.
    sizes: HashMap<String, AtomicUsize>,
}

impl Hash for Engine {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

/// Before the name of a built-in template, for templates of a site that build on it or include it under its own name.
const BUILT_IN_PREFIX: &str = "builtin/";

/// Compiles the templates: the site's `own` before the built-in ones of the same name. Those stay within reach as
/// `builtin/NAME`, for a template that wants to change a part of the one whose place it takes.
///
/// # Errors
/// Every template with a mistake in it.
pub fn engine(own: &[(Arc<str>, Text)], catalogue: &Arc<Catalogue>) -> Result<Engine, Diagnostics> {
    let mut tera = Tera::new();
    tera.autoescape_on([".html", ".xml", ".svg"]);
    let texts = Texts { catalogue: catalogue.clone(), known: RwLock::default() };
    tera.register_function("t", move |kwargs: Kwargs, _: &State| texts.translate(&kwargs));
    let id = crate::base::hash::fingerprint(&(own, catalogue.language()));
    let built_in = built_in();
    let wanted = own.iter().any(|(_, text)| text.text.contains(BUILT_IN_PREFIX));
    let prefixed: Vec<(String, &str)> =
        (built_in.iter().filter(|_| wanted)).map(|(name, text)| (format!("{BUILT_IN_PREFIX}{name}"), *text)).collect();
    let mut broken: Vec<&str> = Vec::new();
    let mut found = Diagnostics::new();
    // A template with a mistake hides those of others: it is set aside, and the rest looked at again.
    loop {
        let ours = (built_in.iter().copied())
            .chain(prefixed.iter().map(|(name, text)| (name.as_str(), *text)))
            .filter(|(name, _)| !own.iter().any(|(n, _)| **n == **name));
        let theirs = own.iter().map(|(name, text)| {
            let stand_in = || built_in.iter().find(|(n, _)| *n == &**name).map_or("", |(_, text)| *text);
            (&**name, if broken.contains(&&**name) { stand_in() } else { &*text.text })
        });
        let all: Vec<(&str, &str)> = ours.chain(theirs).collect();
        let mut attempt = tera.clone();
        let Err(error) = attempt.add_raw_templates(all) else {
            let names = || attempt.get_template_names().map(str::to_owned);
            let mentions = names().filter(|_| !own.is_empty()).map(|name| (name, OnceLock::new())).collect();
            let sizes = names().map(|name| (name, AtomicUsize::new(0))).collect();
            return if found.is_empty() {
                Ok(Engine { tera: attempt, own: own.to_vec(), id, mentions, sizes })
            } else {
                Err(found)
            };
        };
        let culprit = match error.kind() {
            ErrorKind::SyntaxError(report) => own.iter().map(|(name, _)| &**name).find(|n| *n == report.filename()),
            _ => None,
        };
        found.extend(diagnose(&error, own, None));
        match culprit.filter(|name| !broken.contains(name)) {
            Some(name) => broken.push(name),
            None => return Err(found),
        }
    }
}

/// The texts of the interface, as templates ask for them.
struct Texts {
    catalogue: Arc<Catalogue>,
    /// Those without arguments that were asked for: pages ask for the same ones again and again.
    known: RwLock<HashMap<String, Value>>,
}

impl Texts {
    /// `t(key="…", name=value, …)`: a text of the interface.
    fn translate(&self, kwargs: &Kwargs) -> tera::TeraResult<Value> {
        let key = kwargs.must_get::<&str>("key")?;
        let others = || kwargs.iter().filter_map(|(name, value)| Some((name.as_str().filter(|n| *n != "key")?, value)));
        if others().next().is_some() {
            let args: Vec<(&str, Arg<'_>)> = others()
                .filter_map(|(name, value)| match value.as_str() {
                    Some(text) => Some((name, Arg::Text(text))),
                    None => Some((name, Arg::Number(value.as_f64()?))),
                })
                .collect();
            return Ok(Value::normal_string(&self.catalogue.t(key, &args)));
        }
        if let Some(known) = self.known.read().ok().and_then(|known| known.get(key).cloned()) {
            return Ok(known);
        }
        let text = Value::normal_string(&self.catalogue.t(key, &[]));
        if let Ok(mut known) = self.known.write() {
            known.insert(key.to_owned(), text.clone());
        }
        Ok(text)
    }
}

impl Engine {
    /// Renders a template with a view.
    ///
    /// # Errors
    /// What the template does wrong, with its place in it and the page that was to be made.
    pub fn render<V: serde::Serialize>(&self, template: &str, view: &V, page: &str) -> Result<String, Diagnostics> {
        let bytes = self.render_with(template, view, None, page)?;
        // Templates are text, and so is all that they are given.
        Ok(String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
    }

    /// The same, with a value that is ready beside what the view says, or in its place.
    ///
    /// # Errors
    /// What the template does wrong, with its place in it and the page that was to be made.
    pub fn render_with<V: serde::Serialize>(
        &self,
        template: &str,
        view: &V,
        ready: Option<(&'static str, Value)>,
        page: &str,
    ) -> Result<Vec<u8>, Diagnostics> {
        let context = match self.mentions(template) {
            Some(mentions) if !mentions.all() => tera::Context::from_serialize(&Only(view, mentions)),
            _ => tera::Context::from_serialize(view),
        };
        let rendered = context.and_then(|mut context| {
            if let Some((name, value)) = ready {
                context.insert_value(name, value);
            }
            let size = self.sizes.get(template);
            let mut bytes = Vec::with_capacity(size.map_or(0, |size| size.load(Ordering::Relaxed)));
            self.tera.render_to(template, &context, &mut bytes)?;
            if let Some(size) = size {
                size.store(bytes.len() + bytes.len() / 8, Ordering::Relaxed);
            }
            if bytes.capacity() / 2 > bytes.len() {
                bytes.shrink_to_fit();
            }
            Ok(bytes)
        });
        rendered.map_err(|error| diagnose(&error, &self.own, Some(page)))
    }

    /// What a template and all that it leads to speak of; `None` if that may be anything.
    fn mentions(&self, template: &str) -> Option<&Mentions> {
        let slot = self.mentions.get(template)?;
        Some(slot.get_or_init(|| {
            let built_in = built_in();
            let wanted = self.own.iter().any(|(_, text)| text.text.contains(BUILT_IN_PREFIX));
            let prefixed = built_in.iter().filter(|_| wanted);
            let prefixed: Vec<(String, &str)> =
                prefixed.map(|(name, text)| (format!("{BUILT_IN_PREFIX}{name}"), *text)).collect();
            let mut texts: BTreeMap<&str, &str> = built_in.iter().copied().collect();
            texts.extend(prefixed.iter().map(|(name, text)| (name.as_str(), *text)));
            texts.extend(self.own.iter().map(|(name, text)| (&**name, &*text.text)));
            Mentions::of(template, &texts)
        }))
    }

    /// True if a template, or one that it leads to, may ask for a field of this name: what isn't asked for needn't be
    /// made.
    pub fn asks(&self, template: &str, field: &str) -> bool {
        self.mentions(template).is_none_or(|mentions| mentions.of_field(field).is_some())
    }

    /// True if there is a template of this name.
    pub fn has(&self, template: &str) -> bool {
        self.tera.get_template_names().any(|name| name == template)
    }
}

fn diagnose(error: &tera::Error, own: &[(Arc<str>, Text)], page: Option<&str>) -> Diagnostics {
    let place = |name: &str, range: std::ops::Range<usize>| match own.iter().find(|(n, _)| **n == *name) {
        Some((_, text)) => text.locate(range),
        None => Span::file(&SourcePath::new(&format!("templates/{name}"))),
    };
    let (message, span) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            (report.message().to_owned(), place(report.filename(), report.span().range.clone()))
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            let tpl = named_by_itself(own).unwrap_or(tpl);
            (format!("the template `{tpl}` includes or extends itself"), place(tpl, 0..0))
        }
        ErrorKind::MissingParent { current, parent } => {
            (format!("`{current}` extends `{parent}`, and there is no such template"), place(current, 0..0))
        }
        _ => (error.to_string(), Span::file(&SourcePath::new("templates"))),
    };
    let mut found = Diagnostic::error(rules::TEMPLATE_ERROR, span, message);
    if let ErrorKind::CircularExtend { .. } | ErrorKind::CircularInclude { .. } = error.kind()
        && let Some(name) = named_by_itself(own).filter(|name| built_in().iter().any(|(n, _)| n == name))
    {
        found = found.help(format!("the built-in one can be had as `{BUILT_IN_PREFIX}{name}`"));
    }
    if let Some(page) = page {
        found = found.help(format!("it was found while the page `/{page}` was made"));
    }
    vec![found.help("`expound templates` lists the built-in templates, and what each is given")]
}

/// The template of the site that has its own name in it: where it takes the place of a built-in one, that is most often
/// the one that was meant.
fn named_by_itself(own: &[(Arc<str>, Text)]) -> Option<&str> {
    let names = |name: &str, text: &str| text.contains(&format!("\"{name}\"")) || text.contains(&format!("'{name}'"));
    own.iter().find(|(name, text)| names(name, &text.text)).map(|(name, _)| &**name)
}

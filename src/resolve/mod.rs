//! From what was read to one model of the site: folders become explainers, records are inherited downward, and what is
//! used where is worked out.

mod inherit;
mod uses;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::{Diagnostics, SourcePath};
use crate::model::date::Day;
use crate::model::names::Names;
use crate::model::{self, Data, Explainer, Folder, Loaded, PlaceKind, Site};

/// The resolved site. Always complete: what can't be resolved is reported and left as it was written.
pub fn resolve(loaded: &Loaded, today: Day) -> (Site, Diagnostics) {
    let mut site = Site {
        settings: loaded.settings.clone(),
        explainers: Vec::new(),
        static_files: loaded.static_files.clone(),
        templates: loaded.templates.clone(),
        places: BTreeMap::new(),
        files: BTreeMap::new(),
        theme_files: Vec::new(),
        images: BTreeMap::new(),
    };
    let mut diagnostics = Diagnostics::new();
    let place = Place {
        parent: None,
        path: "",
        inherited: &Arc::new(Data::default()),
        names: &Arc::new(Names::default()),
        today,
    };
    add(&loaded.root, &place, &mut site.explainers, &mut diagnostics);
    index(&mut site);
    (site, diagnostics)
}

/// Notes what each source file became.
fn index(site: &mut Site) {
    let place = |explainer: usize, kind: PlaceKind| model::Place { explainer, kind };
    for (at, explainer) in site.explainers.iter().enumerate() {
        let intro = explainer.index.iter().map(|i| &i.body);
        for section in intro.chain(&explainer.sections) {
            site.places.insert(section.file.clone(), place(at, PlaceKind::Text));
        }
        site.places.insert(explainer.dir.clone(), place(at, PlaceKind::Folder));
        for asset in &explainer.assets {
            if let Some(path) = explainer.asset_path(asset) {
                site.files.insert(path.as_str().into(), asset.clone());
                site.places.insert(asset.clone(), place(at, PlaceKind::Asset(path)));
            }
        }
    }
    for file in &site.static_files {
        if let Some(path) = file.strip_prefix(&SourcePath::new("static")).filter(|p| !p.starts_with("theme/")) {
            site.files.insert(path.into(), file.clone());
            site.places.insert(file.clone(), place(0, PlaceKind::Asset(path.to_owned())));
        }
    }
}

/// Where a folder stands.
struct Place<'a> {
    parent: Option<usize>,
    path: &'a str,
    inherited: &'a Arc<Data>,
    names: &'a Arc<Names>,
    today: Day,
}

/// Adds the explainer of `folder` and of those below it; returns its index.
fn add(folder: &Folder, place: &Place<'_>, out: &mut Vec<Arc<Explainer>>, diagnostics: &mut Diagnostics) -> usize {
    let visible = inherit::inherit(place.inherited, &folder.records, diagnostics);
    // A folder that adds no records shares the names too: preparing them takes longer than reading a page.
    let shares = Arc::ptr_eq(&visible, place.inherited);
    let names = if shares { place.names.clone() } else { Arc::new(Names::of(&visible)) };
    let at = out.len();
    let explainer = Arc::new(explainer(folder, place, &visible, &names));
    out.push(explainer.clone());
    let mut children = Vec::new();
    for child in &folder.children {
        let path = format!("{}{}/", place.path, segment(child));
        let below = Place { parent: Some(at), path: &path, inherited: &visible, names: &names, today: place.today };
        children.push(add(child, &below, out, diagnostics));
    }
    if !children.is_empty() {
        children.sort_by_key(|i| {
            let order = out.get(*i).and_then(|e| e.index.as_ref()).and_then(|i| i.meta.order);
            (order.is_none(), order, *i)
        });
        if let Some(slot) = out.get_mut(at) {
            *slot = Arc::new(Explainer { children, ..(*explainer).clone() });
        }
    }
    at
}

fn explainer(folder: &Folder, place: &Place<'_>, visible: &Arc<Data>, names: &Arc<Names>) -> Explainer {
    let intro = folder.index.as_ref().map(|i| &i.body);
    let key_facts = folder.index.as_ref().map_or(&[][..], |i| &i.meta.key_facts[..]);
    let found = uses::find(intro, &folder.sections, key_facts, &folder.records, visible, names, place.today);
    let data = inherit::shown(visible, &folder.records, &found.used, !folder.children.is_empty());
    let numbers = uses::numbers(&found, &data);
    Explainer {
        dir: folder.dir.clone(),
        path: place.path.into(),
        index: folder.index.clone(),
        sections: folder.sections.clone(),
        data,
        own: Arc::new(folder.records.clone()),
        numbers,
        uses: Arc::new(found.uses),
        names: names.clone(),
        children: Vec::new(),
        parent: place.parent,
        assets: folder.assets.clone(),
    }
}

/// The part of the address that a folder gives: its slug, else its name without the number before it.
fn segment(folder: &Folder) -> String {
    if let Some(slug) = folder.index.as_ref().and_then(|index| index.meta.slug.as_ref()) {
        return slug.to_string();
    }
    let (_, name) = crate::base::text::numbered(folder.dir.name());
    let slug = crate::base::text::slug(name);
    if slug.is_empty() { folder.dir.name().to_owned() } else { slug }
}

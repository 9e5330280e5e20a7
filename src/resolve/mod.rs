//! From what was read to one model of the site: folders become explainers, records are inherited downward, and what is
//! used where is worked out.

mod inherit;
mod size;
mod uses;

use std::hash::Hash;
use std::sync::{Arc, LazyLock};

use rayon::prelude::*;

use crate::base::Diagnostics;
use crate::fonts::Collector;
use crate::model::date::Day;
use crate::model::names::Names;
use crate::model::*;

/// The resolved site. Always complete: what can't be resolved is reported and left as it was written. What `before` has
/// of the same files is used again; what takes a look at the texts is put off until it is asked for.
pub fn resolve(loaded: &Loaded, today: Day, before: Option<&Site>) -> Site {
    let before = before.filter(|before| before.today == today);
    let mut resolver = Resolver { today, before, out: Vec::new() };
    let nothing = Arc::new(LazyVisible::new(Box::new(Visible::default)));
    resolver.add(&loaded.root, &Place { parent: None, path: "", language: None, above: &nothing, kept: true });
    for (language, root) in &loaded.translations {
        let path = format!("{}/", language.to_lowercase());
        resolver.add(root, &Place { parent: None, path: &path, language: Some(language), above: &nothing, kept: true });
    }
    let explainers: Vec<Arc<Explainer>> = resolver.out.into_iter().flatten().collect();
    Site {
        settings: loaded.settings.clone(),
        index: SiteIndex::new(&explainers),
        explainers,
        static_files: loaded.static_files.clone(),
        templates: loaded.templates.clone(),
        fonts: loaded.fonts.clone(),
        strings: loaded.strings.clone(),
        today,
        shown: Default::default(),
    }
}

/// Works out, on all cores, what `resolve` has put off: for those who will ask for all of it.
pub fn ahead(site: &Site) {
    site.explainers.par_iter().for_each(|explainer| {
        LazyLock::force(&explainer.resolved);
    });
}

/// Where a folder stands.
struct Place<'a> {
    parent: Option<usize>,
    path: &'a str,
    /// The language of a translation.
    language: Option<&'a Arc<str>>,
    /// What the folder above sees.
    above: &'a Arc<LazyVisible>,
    /// True if that is the same as in the build before.
    kept: bool,
}

struct Resolver<'a> {
    today: Day,
    before: Option<&'a Site>,
    /// The explainers; one whose children are being added is not there yet.
    out: Vec<Option<Arc<Explainer>>>,
}

impl Resolver<'_> {
    /// Adds the explainer of `folder` and of those below it; returns its index.
    fn add(&mut self, folder: &Arc<Folder>, place: &Place<'_>) -> usize {
        let language = place.language.map(|language| &**language);
        let before = self.before.and_then(|site| site.explainers.get(site.index.of_dir(&folder.dir, language)?));
        let kept = before.filter(|before| place.kept && Arc::ptr_eq(&before.own, &folder.records));
        let visible = match kept {
            Some(kept) => kept.visible.clone(),
            None => visible(place.above, &folder.records),
        };
        let at = self.out.len();
        self.out.push(None);
        let mut children = Vec::new();
        for child in &folder.children {
            let path = format!("{}{}/", place.path, segment(child));
            let below = Place {
                parent: Some(at),
                path: &path,
                language: place.language,
                above: &visible,
                kept: kept.is_some(),
            };
            children.push(self.add(child, &below));
        }
        children.sort_by_key(|i| {
            let child = self.out.get(*i).and_then(|e| e.as_ref());
            let order = child.and_then(|e| e.index.as_ref()).and_then(|i| i.meta.order);
            (order.is_none(), order, *i)
        });
        let same = kept.filter(|kept| same_texts(kept, folder));
        let (resolved, letters) = match same {
            Some(kept) => (kept.resolved.clone(), kept.letters.clone()),
            None => (resolved(folder, &visible, self.today), letters(folder)),
        };
        let explainer = Explainer {
            dir: folder.dir.clone(),
            path: place.path.into(),
            translation: place.language.cloned(),
            index: folder.index.clone(),
            sections: folder.sections.clone(),
            own: folder.records.clone(),
            children,
            parent: place.parent,
            assets: folder.assets.clone(),
            images: folder.images.clone(),
            visible,
            resolved,
            letters,
        };
        if let Some(slot) = self.out.get_mut(at) {
            *slot = Some(Arc::new(explainer));
        }
        at
    }
}

/// True if an explainer was made of the texts that `folder` has.
fn same_texts(explainer: &Explainer, folder: &Folder) -> bool {
    let same_index = match (&explainer.index, &folder.index) {
        (Some(one), Some(other)) => Arc::ptr_eq(&one.body, &other.body) && one.meta == other.meta,
        (None, None) => true,
        _ => false,
    };
    same_index
        && explainer.children.is_empty() == folder.children.is_empty()
        && explainer.sections.len() == folder.sections.len()
        && explainer.sections.iter().zip(&folder.sections).all(|(one, other)| Arc::ptr_eq(one, other))
}

/// What a folder sees below `above`. A folder that adds no records sees the same.
fn visible(above: &Arc<LazyVisible>, own: &Arc<Records>) -> Arc<LazyVisible> {
    if **own == Records::default() {
        return above.clone();
    }
    let (above, own) = (above.clone(), own.clone());
    Arc::new(LazyLock::new(Box::new(move || {
        let mut found = Diagnostics::new();
        let data = Arc::new(inherit::inherit(&above.data, &own, &mut found));
        let names = Names::of(&data);
        // Preparing names takes longer than reading a page.
        let names = if names == *above.names { above.names.clone() } else { Arc::new(names) };
        Visible { data, names, found }
    })))
}

fn resolved(folder: &Arc<Folder>, visible: &Arc<LazyVisible>, today: Day) -> Arc<LazyResolved> {
    let (folder, visible) = (folder.clone(), visible.clone());
    Arc::new(LazyLock::new(Box::new(move || {
        let Visible { data: seen, names, .. } = &**visible;
        let intro = folder.index.as_ref().map(|i| &i.body);
        let key_facts = folder.index.as_ref().map_or(&[][..], |i| &i.meta.key_facts[..]);
        let found = uses::find(intro, &folder.sections, key_facts, &folder.records, seen, names, today);
        let data = inherit::shown(seen, &folder.records, &found.used, !folder.children.is_empty());
        let numbers = uses::numbers(&found, &data);
        let uses = Arc::new(found.uses);
        let explained = size::Explained {
            dir: &folder.dir,
            intro: intro.map(|intro| &**intro),
            sections: &folder.sections,
            data: &data,
            uses: &uses,
            today,
        };
        let too_long = size::too_long(&explained);
        Resolved { data, numbers, uses, names: names.clone(), too_long }
    })))
}

fn letters(folder: &Arc<Folder>) -> Arc<LazyLetters> {
    let folder = folder.clone();
    Arc::new(LazyLock::new(Box::new(move || {
        let mut collector = Collector::default();
        // A folder without a text is called after its name.
        collector.text(folder.dir.name());
        (&folder.index, &folder.sections, &folder.records).hash(&mut collector);
        collector.letters()
    })))
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

//! What can be done with a timeline where script is: to filter it, and to search it.

use super::{Entry, What};
use crate::model::Importance;
use crate::render::blocks::Place;
use crate::render::cx::Cx;

/// From so many entries on a timeline has tools.
const FROM: usize = 6;

/// The tools.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct ToolsView {
    /// The id of the search field.
    pub find: String,
    /// How many events and editions there are.
    pub total: usize,
    /// The groups, with how many entries each has; none where there is but one.
    pub groups: Vec<GroupView>,
    /// How many entries are important; nothing where that tells none apart.
    pub key: Option<usize>,
    /// How many entries are more than a detail; nothing where that leaves out none, or leaves the important ones alone.
    pub main: Option<usize>,
    /// True on the timeline's own page, whose address keeps what was chosen.
    pub own: bool,
}

/// A group of entries.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct GroupView {
    /// Its name.
    pub name: String,
    /// How many entries it has.
    pub count: usize,
}

/// The tools for these entries.
pub(super) fn view(cx: &Cx<'_>, entries: &[Entry<'_>], place: &Place) -> Option<ToolsView> {
    let (mut total, mut key, mut main) = (0, 0, 0);
    let mut groups: Vec<GroupView> = Vec::new();
    for entry in entries {
        let (importance, group) = match entry.what {
            What::Era(..) => continue,
            What::Edition(_) => (Importance::Key, None),
            What::Event(event) => (event.importance, event.group.as_deref()),
        };
        total += 1;
        key += usize::from(importance == Importance::Key);
        main += usize::from(importance != Importance::Minor);
        let Some(name) = group else { continue };
        match groups.iter_mut().find(|g| g.name == name) {
            Some(group) => group.count += 1,
            None => groups.push(GroupView { name: name.to_owned(), count: 1 }),
        }
    }
    if groups.len() < 2 {
        groups.clear();
    }
    (total >= FROM).then(|| ToolsView {
        find: place.part(cx, "find"),
        total,
        groups,
        key: Some(key).filter(|key| *key > 0 && *key < total),
        main: Some(main).filter(|main| *main > key && *main < total),
        own: place.own,
    })
}

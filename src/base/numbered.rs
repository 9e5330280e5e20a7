//! Names that no two share: `vote`, `vote-2`, `vote-3`.

use std::collections::{BTreeMap, BTreeSet};

/// The names that are taken.
#[derive(Clone, Debug, Default)]
pub struct Numbered {
    taken: BTreeSet<String>,
    /// The number that is tried next: however many want one name, each finds its own at once.
    next: BTreeMap<String, usize>,
}

impl Numbered {
    /// Takes a name as it is; false if it is taken.
    pub fn take(&mut self, name: &str) -> bool {
        !self.taken.contains(name) && self.taken.insert(name.to_owned())
    }

    /// Takes a name, with a number after it if it is taken.
    pub fn free(&mut self, name: &str) -> String {
        if self.take(name) {
            return name.to_owned();
        }
        let mut number = self.next.get(name).copied().unwrap_or(2);
        let mut numbered = format!("{name}-{number}");
        while !self.take(&numbered) {
            number += 1;
            numbered = format!("{name}-{number}");
        }
        self.next.insert(name.to_owned(), number + 1);
        numbered
    }
}

impl<T: Into<String>> FromIterator<T> for Numbered {
    fn from_iter<I: IntoIterator<Item = T>>(names: I) -> Self {
        Self { taken: names.into_iter().map(Into::into).collect(), next: BTreeMap::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_given_once() {
        let mut names: Numbered = ["vote-3"].into_iter().collect();
        let given: Vec<String> = ["vote", "vote", "vote", "vote-2", "vote-3"].map(|name| names.free(name)).into();
        assert_eq!(given, ["vote", "vote-2", "vote-4", "vote-2-2", "vote-3-2"]);
        assert!(!names.take("vote") && names.take("note"));
    }
}

//! What the parser of BibTeX can't bear, found before it is asked: it follows abbreviations and references between
//! entries without end, and counts on dates being short.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use biblatex::{Bibliography, Chunk, Entry, Pair, RawBibliography, RawChunk, Spanned};

use super::written::{NoDate, bare};

/// The longest text that abbreviations may be put together to, in bytes, and the most of them that it may take.
const LONG: usize = 10_000;
const STEPS: usize = 100;

/// How deep entries may refer to entries that refer to others.
const DEEP: usize = 20;

/// How many bytes a file may come to when all that it repeats is written out.
fn most(text: &str) -> usize {
    1_000_000 + text.len().saturating_mul(10)
}

/// What a value says, its abbreviations written out; nothing if that is without end, or too long.
fn spelt(
    value: &[Spanned<RawChunk<'_>>],
    short: &Abbreviations<'_>,
    steps: &mut usize,
    out: &mut String,
) -> Option<()> {
    for chunk in value {
        match chunk.v {
            RawChunk::Normal(part) if out.len() + part.len() > LONG => return None,
            RawChunk::Normal(part) => out.push_str(part),
            RawChunk::Abbreviation(name) => {
                let Some(value) = short.get(name) else { continue };
                *steps += 1;
                if *steps > STEPS {
                    return None;
                }
                spelt(value, short, steps, out)?;
            }
        }
    }
    Some(())
}

/// By name, so that many of them aren't gone through for each field. As the parser has it, case counts, and of two of the
/// same name the last.
type Abbreviations<'a> = HashMap<&'a str, &'a [Spanned<RawChunk<'a>>]>;

fn abbreviations<'a>(raw: &'a RawBibliography<'a>) -> Abbreviations<'a> {
    raw.abbreviations.iter().map(|pair| (pair.key.v, pair.value.v.as_slice())).collect()
}

/// True if something stands in a value for something else.
fn is_short(value: &[Spanned<RawChunk<'_>>]) -> bool {
    value.iter().any(|chunk| matches!(chunk.v, RawChunk::Abbreviation(_)))
}

/// The values of abbreviations that lead back to themselves, or to too much; if there are none, those of fields that
/// abbreviations make too long.
pub fn endless(text: &str) -> Vec<Range<usize>> {
    let Ok(raw) = RawBibliography::parse(text) else { return Vec::new() };
    let short = abbreviations(&raw);
    let length = |pair: &Pair<'_>| {
        let mut whole = String::new();
        spelt(&pair.value.v, &short, &mut 0, &mut whole).map(|()| whole.len())
    };
    let nested = raw.abbreviations.iter().filter(|pair| is_short(&pair.value.v));
    let bad: Vec<_> = nested.filter(|pair| length(pair).is_none()).map(|pair| pair.value.span.clone()).collect();
    if !bad.is_empty() {
        return bad;
    }
    let mut left = most(text);
    let fields = raw.entries.iter().flat_map(|entry| &entry.v.fields).filter(|pair| is_short(&pair.value.v));
    let bad = fields.filter(|pair| match length(pair).filter(|length| *length <= left) {
        Some(length) => {
            left -= length;
            false
        }
        None => true,
    });
    bad.map(|pair| pair.value.span.clone()).collect()
}

/// The fields for dates with more digits in a row than any date has, or with a month or day 0.
pub fn too_many_digits(text: &str) -> Vec<NoDate> {
    let Ok(raw) = RawBibliography::parse(text) else { return Vec::new() };
    let short = abbreviations(&raw);
    let fields = raw.entries.iter().flat_map(|entry| &entry.v.fields).filter_map(|pair| {
        let name = pair.key.v.to_ascii_lowercase();
        let most = match &*name {
            "month" | "day" => 2,
            name if name == "year" || name.ends_with("date") => 4,
            _ => return None,
        };
        let mut value = String::new();
        let whole = spelt(&pair.value.v, &short, &mut 0, &mut value).is_some();
        // Braces are no part of what is written in them.
        let digits = value.replace(['{', '}'], "");
        let bad = !whole
            || digits
                .split(|c: char| !c.is_ascii_digit())
                .any(|run| run.len() > most || (most == 2 && matches!(run, "0" | "00")));
        bad.then(|| (pair.key.span.clone(), bare(&value), pair.value.span.clone()))
    });
    fields.collect()
}

/// Under these names, which nobody can write, references to other entries are not followed.
const LINKS: [(&str, &str); 2] = [("crossref", "crossref\0"), ("xdata", "xdata\0")];

/// The references to other entries that lead back to where they stand, or bring too much along: the place of the field's
/// name, and that of its value.
pub fn tangled(text: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let Ok(mut raw) = RawBibliography::parse(text) else { return Vec::new() };
    let mut places: Vec<(String, Range<usize>, Range<usize>)> = Vec::new();
    for entry in &mut raw.entries {
        for pair in &mut entry.v.fields {
            let link = LINKS.iter().find(|(name, _)| pair.key.v.eq_ignore_ascii_case(name));
            if let Some((_, hidden)) = link {
                places.push((entry.v.key.v.to_owned(), pair.key.span.clone(), pair.value.span.clone()));
                pair.key.v = hidden;
            }
        }
    }
    if places.is_empty() {
        return Vec::new();
    }
    // What is in error in it is found again when it is read as a whole.
    let Ok(all) = Bibliography::from_raw(raw) else { return Vec::new() };
    let mut left = most(text);
    let mut bad: BTreeSet<&str> = BTreeSet::new();
    for (entry, weight) in all.iter().zip(weights(&all)) {
        match weight.map(|weight| weight.with_links - weight.own).filter(|brought| *brought <= left) {
            Some(brought) => left -= brought,
            None => {
                bad.insert(&entry.key);
            }
        }
    }
    let tangled = places.iter().filter(|(key, ..)| bad.contains(key.as_str()));
    tangled.map(|(_, name, value)| (name.clone(), value.clone())).collect()
}

/// The entries that one refers to, as the parser reads it.
fn links(entry: &Entry) -> Vec<String> {
    let [(_, crossref), (_, xdata)] = LINKS;
    let one = entry.get_as::<String>(crossref).ok();
    one.into_iter().chain(entry.get_as::<Vec<String>>(xdata).unwrap_or_default()).collect()
}

/// About how many bytes an entry is by itself, and together with those that it refers to, each as often as it is met.
#[derive(Clone, Copy)]
struct Weight {
    own: usize,
    with_links: usize,
    /// How many entries refer to each other one below the other.
    depth: usize,
}

/// What each entry weighs; nothing for those whose references are without end, or too deep.
fn weights(all: &Bibliography) -> Vec<Option<Weight>> {
    let at: HashMap<&str, usize> = all.iter().enumerate().map(|(at, entry)| (entry.key.as_str(), at)).collect();
    // An entry may be called by other names than its key.
    let target = |name: &String| at.get(all.get(name)?.key.as_str()).copied();
    let below: Vec<Vec<usize>> = all.iter().map(|entry| links(entry).iter().filter_map(target).collect()).collect();
    let mut above: Vec<Vec<usize>> = vec![Vec::new(); below.len()];
    for (from, to) in below.iter().enumerate().flat_map(|(from, below)| below.iter().map(move |to| (from, *to))) {
        above.get_mut(to).into_iter().for_each(|above| above.push(from));
    }
    let mut weights: Vec<Option<Weight>> = vec![None; below.len()];
    let mut open: Vec<usize> = below.iter().map(Vec::len).collect();
    // Those that refer to nothing come first, then those of which all that they refer to is worked out: what leads back
    // to itself never comes.
    let mut ready: Vec<usize> = (0..below.len()).filter(|at| open.get(*at) == Some(&0)).collect();
    let entries: Vec<&Entry> = all.iter().collect();
    while let Some(at) = ready.pop() {
        let (Some(entry), Some(below)) = (entries.get(at), below.get(at)) else { continue };
        let size = |chunks: &Vec<Spanned<Chunk>>| chunks.iter().map(|chunk| 64 + chunk.v.get().len()).sum::<usize>();
        let own = entry.fields.iter().map(|(name, value)| 64 + name.len() + size(value)).sum();
        let start = Some(Weight { own, with_links: own, depth: 0 });
        let whole = below.iter().fold(start, |sum, at| {
            let (sum, more) = (sum?, weights.get(*at).copied().flatten()?);
            let depth = sum.depth.max(more.depth + 1);
            (depth <= DEEP).then(|| Weight { with_links: sum.with_links.saturating_add(more.with_links), depth, ..sum })
        });
        if let Some(weight) = weights.get_mut(at) {
            *weight = whole;
        }
        for above in above.get(at).into_iter().flatten() {
            let Some(open) = open.get_mut(*above) else { continue };
            *open -= 1;
            if *open == 0 {
                ready.push(*above);
            }
        }
    }
    weights
}

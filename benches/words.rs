//! Words for texts that are the same on every machine.

/// A stream of choices.
pub struct Pick(u64);

impl Pick {
    /// Seeded.
    pub fn new(seed: usize) -> Self {
        Self((seed as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    /// A number below `below`.
    pub fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }
}

const WORDS: &[&str] = &[
    "accord",
    "after",
    "agency",
    "amount",
    "answer",
    "before",
    "between",
    "board",
    "change",
    "clause",
    "cloud",
    "company",
    "contract",
    "court",
    "date",
    "decision",
    "demand",
    "draft",
    "early",
    "exchange",
    "figure",
    "first",
    "follow",
    "ground",
    "growth",
    "holder",
    "income",
    "interest",
    "issue",
    "journal",
    "later",
    "letter",
    "limit",
    "lower",
    "market",
    "measure",
    "member",
    "minister",
    "notice",
    "number",
    "office",
    "order",
    "other",
    "paper",
    "parliament",
    "period",
    "price",
    "product",
    "public",
    "reason",
    "record",
    "report",
    "right",
    "rule",
    "service",
    "share",
    "since",
    "state",
    "supply",
    "table",
    "under",
    "union",
    "value",
    "version",
    "vote",
    "water",
    "when",
    "year",
];

/// `count` words as sentences.
pub fn prose(pick: &mut Pick, count: usize) -> String {
    let mut out = String::new();
    let mut left = count;
    while left > 0 {
        let length = (6 + pick.next(12)).min(left);
        for n in 0..length {
            let word = WORDS[pick.next(WORDS.len())];
            if n == 0 {
                out.push_str(&word[..1].to_uppercase());
                out.push_str(&word[1..]);
            } else {
                out.push(' ');
                out.push_str(word);
            }
        }
        out.push_str(". ");
        left -= length;
    }
    out.trim_end().to_owned()
}

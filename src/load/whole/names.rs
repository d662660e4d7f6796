//! How alike two names of buildings are.
//!
//! Rare words say more than common ones: in a register of libraries `library` says nothing and
//! `Larkhill` everything. So every word weighs by how few names carry it (inverse document
//! frequency), learnt from the registers and lists themselves, in whatever language they are.

use std::collections::{BTreeSet, HashMap};

/// The words of a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Words(Vec<String>);

const EMPTY_WORDS: [&str; 13] = [
    "the", "and", "of", "at", "in", "a", "an", "de", "la", "le", "der", "die", "das",
];

impl Words {
    /// Splits a name: lower case, signs off, little words left out.
    pub(super) fn of(name: &str) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut word = String::new();
        for c in name.chars().chain(std::iter::once(' ')) {
            if c.is_alphanumeric() {
                word.extend(c.to_lowercase());
            } else if !matches!(c, '\'' | '’' | '`' | '.') && !word.is_empty() {
                let done = std::mem::take(&mut word);
                if !EMPTY_WORDS.contains(&done.as_str()) {
                    words.push(done);
                }
            }
        }
        Self(words)
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a house number and a word of the street are the same in both addresses.
    pub(super) fn same_door(&self, other: &Words) -> bool {
        let number = |words: &Words| {
            let at = words
                .0
                .iter()
                .position(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
            Some((words.0.get(at)?.clone(), words.0.get(at + 1)?.clone()))
        };
        match (number(self), number(other)) {
            (Some(one), Some(two)) => one == two,
            _ => false,
        }
    }

    fn names_a_street(&self) -> bool {
        const STREETS: [&str; 14] = [
            "road", "street", "lane", "avenue", "close", "drive", "way", "place", "square",
            "grove", "crescent", "rd", "st", "ave",
        ];
        self.0
            .last()
            .is_some_and(|word| STREETS.contains(&word.as_str()))
    }
}

/// How often each word occurs in the names of a place.
#[derive(Clone, Debug, Default)]
pub(super) struct NameBook {
    names: f64,
    with: HashMap<String, f64>,
}

impl NameBook {
    /// Learns a name.
    pub(super) fn learn(&mut self, words: &Words) {
        self.names += 1.0;
        let different: BTreeSet<_> = words.0.iter().collect();
        for word in different {
            match self.with.get_mut(word) {
                Some(count) => *count += 1.0,
                None => {
                    self.with.insert(word.clone(), 1.0);
                }
            }
        }
    }

    fn weight(&self, word: &str) -> f64 {
        let with = self.with.get(word).copied().unwrap_or(1.0);
        (1.0 + self.names.max(1.0) / with).ln()
    }

    fn sum(&self, words: &Words) -> f64 {
        words.0.iter().map(|word| self.weight(word)).sum()
    }

    /// How alike two names are, 0–1: the mean of the share of both names' weight that they have in
    /// common and the share of the shorter one.
    pub(super) fn score(&self, one: &Words, two: &Words) -> f64 {
        if one.is_empty() || two.is_empty() {
            return 0.0;
        }
        if one == two {
            return 1.0;
        }
        let (common, _) = self.common(one, two);
        let (first, second) = (self.sum(one), self.sum(two));
        let both = 2.0 * common / (first + second);
        let shorter = common / first.min(second);
        (0.5 * both.min(1.0) + 0.5 * shorter.min(1.0)).min(1.0)
    }

    /// Whether a building's name of at least two words stands whole in a longer text, such as
    /// `Lloyd House` in `Lloyd House, 7 Lloyd Street`.
    pub(super) fn stands_in(&self, name: &Words, text: &Words) -> bool {
        name.0.len() >= 2
            && !name.names_a_street()
            && text
                .0
                .windows(name.0.len())
                .any(|window| window == name.0.as_slice())
    }

    /// Whether two names have more in common than one word, which may be no more than the town's.
    pub(super) fn share_more_than_a_word(&self, one: &Words, two: &Words) -> bool {
        one == two || self.common(one, two).1 >= 2
    }

    /// The weight of the words two names have in common, and how many they are.
    fn common(&self, one: &Words, two: &Words) -> (f64, usize) {
        let mut free: Vec<_> = two.0.iter().map(Some).collect();
        let (mut common, mut words) = (0.0, 0);
        for word in &one.0 {
            let same = free
                .iter_mut()
                .find(|other| other.is_some_and(|other| alike(word, other)));
            if let Some(other) = same {
                let other = other.take().map_or(word.as_str(), String::as_str);
                common += 0.5 * (self.weight(word) + self.weight(other));
                words += 1;
            }
        }
        (common, words)
    }
}

/// Whether two words are the same but for a slip of the pen.
fn alike(one: &str, two: &str) -> bool {
    one == two
        || (one.len() >= 5
            && two.len() >= 5
            && !one.starts_with(|c: char| c.is_ascii_digit())
            && strsim::jaro_winkler(one, two) >= 0.94)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book() -> NameBook {
        let mut book = NameBook::default();
        for name in [
            "Altrincham Town Hall",
            "Altrincham Library",
            "Sale Library",
            "Urmston Library",
            "Urmston Town Hall",
            "Sale Waterside",
            "Altrincham Leisure Centre",
        ] {
            book.learn(&Words::of(name));
        }
        book
    }

    #[test]
    fn one_word_in_common_may_be_no_more_than_the_town() {
        let book = book();
        let alike = |one, two| book.share_more_than_a_word(&Words::of(one), &Words::of(two));
        assert!(!alike("Sale", "Sale Library"));
        assert!(alike("Sale Library", "Sale Waterside Library"));
        assert!(alike("Fuse", "The Fuse"));
    }

    fn score(one: &str, two: &str) -> f64 {
        book().score(&Words::of(one), &Words::of(two))
    }

    #[test]
    fn the_same_name_in_other_letters_is_the_same() {
        assert_eq!(score("St. Mary's  HALL", "St Marys Hall"), 1.0);
    }

    #[test]
    fn a_name_with_more_words_is_alike() {
        assert!(score("Urmston Library", "Urmston Library and Customer Centre") > 0.6);
    }

    #[test]
    fn sharing_only_the_town_is_not_alike() {
        assert!(score("Altrincham Library", "Altrincham Town Hall") < 0.5);
        assert!(score("Sale Library", "Urmston Library") < 0.5);
    }

    #[test]
    fn a_house_named_in_an_address_stands_in_it_and_a_street_does_not() {
        let book = book();
        let address = Words::of("Altrincham Medical Practice, Lloyd House, 7 Lloyd Street");
        assert!(book.stands_in(&Words::of("Lloyd House"), &address));
        assert!(!book.stands_in(&Words::of("Lloyd Street"), &address));
    }
}

//! Words that say that nobody is in a building, and whether all of it is meant.

use super::affirmed::{When, affirmed, when};
use super::filler::FILLER;
use crate::load::{cells, normalise};
use jiff::civil::Date;

/// Beginnings of words that say that nobody is inside, as [`normalise`] leaves them.
pub(in crate::load) const EMPTY: [&str; 16] = [
    "vacant",
    "void",
    "empty",
    "unoccupied",
    "disused",
    "mothballed",
    "leerstehend",
    "leerstand",
    "leegstaand",
    "leegstand",
    "vacio",
    "vacia",
    "vuoto",
    "vuota",
    "inoccupe",
    "desocupad",
];
/// Words beside those, and beside [`FILLER`], that limit nothing: the whole building is meant.
const PLAIN: [&str; 33] = [
    "to",
    "from",
    "present",
    "awaiting",
    "pending",
    "long",
    "term",
    "month",
    "months",
    "week",
    "weeks",
    "over",
    "more",
    "than",
    "declared",
    "closed",
    "boarded",
    "up",
    "secured",
    "sale",
    "sell",
    "let",
    "disposal",
    "dispose",
    "demolition",
    "demolish",
    "redevelopment",
    "refurbishment",
    "marketed",
    "market",
    "land",
    "owned",
    "status",
];

/// What words say of a building's emptiness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::load) enum Emptiness {
    /// Nothing.
    Unsaid,
    /// All of it stands empty.
    Whole,
    /// A part of it does, or all of it at another time, or in words that are not known.
    Part,
}

/// Whether a word, as [`normalise`] leaves it, is one for emptiness.
pub(in crate::load) fn says_empty(word: &str) -> bool {
    EMPTY.iter().any(|empty| word.starts_with(empty)) || matches!(word, "leer" | "leeg")
}

/// What words say of emptiness. It counts where nothing beside the word for it limits it: neither a part, a floor
/// or a unit, nor a day that is still to come.
pub(in crate::load) fn emptiness(cell: &str, base_date: Date) -> Emptiness {
    let said = affirmed(cell);
    let words: Vec<String> = said
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(normalise)
        .collect();
    let plain = |word: &String| {
        says_empty(word)
            || FILLER.contains(&word.as_str())
            || PLAIN.contains(&word.as_str())
            || word.starts_with(|c: char| c.is_ascii_digit())
            || cells::month(word).is_some()
    };
    if !words.iter().any(|word| says_empty(word)) {
        Emptiness::Unsaid
    } else if when(&said, base_date) != When::Open && words.iter().all(plain) {
        Emptiness::Whole
    } else {
        Emptiness::Part
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_building_is_empty_only_where_all_of_it_is_today() {
        for (cell, read) in [
            ("Vacant", Emptiness::Whole),
            ("VACANT - surplus", Emptiness::Whole),
            ("Vacant since Jan 2024", Emptiness::Whole),
            ("Vacant (awaiting disposal)", Emptiness::Whole),
            ("Vacant building", Emptiness::Whole),
            ("Mothballed", Emptiness::Whole),
            ("leerstehend", Emptiness::Whole),
            ("Inoccupé", Emptiness::Whole),
            ("Part vacant", Emptiness::Part),
            ("Partially vacant", Emptiness::Part),
            ("Occupied (ground floor vacant)", Emptiness::Part),
            ("Vacant floor 2", Emptiness::Part),
            ("Owner occupied, part vacant", Emptiness::Part),
            ("Tenanted - 1 unit vacant", Emptiness::Part),
            ("Part vacant / Police", Emptiness::Part),
            ("teilweise leerstehend", Emptiness::Part),
            ("Vacant possession on completion", Emptiness::Part),
            ("Vacant from 2028", Emptiness::Part),
            ("Not vacant", Emptiness::Unsaid),
            ("Occupied", Emptiness::Unsaid),
        ] {
            assert_eq!(emptiness(cell, date(2026, 4, 1)), read, "{cell}");
        }
    }
}

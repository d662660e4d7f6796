//! Words of a status that say that a record has ended: closed, sold, pulled down.

use super::affirmed::{When, affirmed, phrases, when};
use super::filler::FILLER;
use crate::load::cells;
use jiff::civil::Date;

/// Words that say of a record that it has ended, with nobody who has it now.
const CLOSED: [&str; 28] = [
    "closed",
    "inactive",
    "dormant",
    "demolished",
    "ceased",
    "decommissioned",
    "hidden",
    "archived",
    "terminated",
    "fermé",
    "fermée",
    "démoli",
    "démolie",
    "abgerissen",
    "geschlossen",
    "stillgelegt",
    "gesloopt",
    "gesloten",
    "demolido",
    "demolida",
    "cerrado",
    "fechado",
    "demolito",
    "chiuso",
    "zburzony",
    "zamknięty",
    "nedrevet",
    "purettu",
];
/// Words of an end by which somebody else has it.
const GIVEN: [&str; 26] = [
    "sprzedane",
    "myyty",
    "sold",
    "disposed",
    "surrendered",
    "relinquished",
    "vendu",
    "vendue",
    "cédé",
    "cédée",
    "verkauft",
    "veräussert",
    "veräußert",
    "verkocht",
    "vendido",
    "vendida",
    "enajenado",
    "alienado",
    "venduto",
    "venduta",
    "ceduto",
    "ceduta",
    "sprzedany",
    "såld",
    "sålt",
    "solgt",
];
/// Words that say of a record that something ends, and not what or for whom.
const ENDING: [&str; 6] = [
    "expired",
    "transferred",
    "disposal",
    "closing",
    "closure",
    "historic",
];
/// Words beside those, and beside [`FILLER`], that limit nothing.
const PLAIN: [&str; 22] = [
    "off",
    "permanently",
    "fully",
    "was",
    "been",
    "has",
    "have",
    "already",
    "lease",
    "tenancy",
    "record",
    "auction",
    "tender",
    "private",
    "treaty",
    "sale",
    "completed",
    "vacant",
    "empty",
    "out",
    "away",
    "endgültig",
];

/// Whether words of a status say that the record has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::load) enum Ended {
    /// They say nothing of an end.
    No,
    /// It has ended.
    Yes,
    /// They speak of an end that is to come, of a part, or in words that are not known.
    Unsure,
}

/// Reads the words of a status: `Sold 12/03/2021` has ended, `Sold subject to contract` or `Closing 2028` has not.
/// `own` are the words of its agency's names: what was transferred to it is still there.
pub(in crate::load) fn ended(cell: &str, base_date: Date, own: &[String]) -> Ended {
    let said = affirmed(cell).to_lowercase();
    let words: Vec<&str> = split(&said).collect();
    let mut found = words.iter().any(|word| is_end(word));
    // `Transferred to the academy` tells who has it now.
    let given = words
        .windows(2)
        .any(|pair| matches!(pair, ["transferred", "to" | "out" | "away"]));
    found |= given;
    if !found {
        let ending = words.iter().any(|word| ENDING.contains(word));
        return if ending { Ended::Unsure } else { Ended::No };
    }
    if when(&said, base_date) == When::Open {
        return Ended::Unsure;
    }
    let plain = |word: &str| {
        is_end(word)
            || FILLER.contains(&word)
            || PLAIN.contains(&word)
            || word == "transferred" && given
            || word.starts_with(|c: char| c.is_ascii_digit())
            || cells::month(word).is_some()
    };
    let words_of_giving = given || words.iter().any(|word| GIVEN.contains(word));
    for phrase in phrases(&said) {
        let mut words = split(said.get(phrase).unwrap_or_default());
        while let Some(word) = words.next() {
            if matches!(word, "to" | "an") {
                // `Closed to the public` is still there.
                if !words_of_giving {
                    return Ended::Unsure;
                }
                // Whoever took it may be called anything.
                let whom: Vec<&str> = words.by_ref().collect();
                let ours = |word: &&str| *word == "be" || own.iter().any(|own| own == word);
                if whom.iter().any(ours) {
                    return Ended::Unsure;
                }
            } else if !plain(word) {
                return Ended::Unsure;
            }
        }
    }
    Ended::Yes
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Whether a word in lower case says by itself that a record has ended.
pub(in crate::load) fn is_end(word: &str) -> bool {
    CLOSED.contains(&word) || GIVEN.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_record_has_ended_where_nothing_beside_the_word_limits_it() {
        let own = ["council".to_owned()];
        for (cell, read) in [
            ("Active", Ended::No),
            ("Sold", Ended::Yes),
            ("Sold 12/03/2021", Ended::Yes),
            ("Disposed 2019", Ended::Yes),
            ("Disposed - 12/03/2019", Ended::Yes),
            ("Demolished 2018", Ended::Yes),
            ("Closed (2021)", Ended::Yes),
            ("Closed - vacant", Ended::Yes),
            ("Transferred to Academy", Ended::Yes),
            ("Lease surrendered", Ended::Yes),
            ("Lease terminated", Ended::Yes),
            ("Archived", Ended::Yes),
            ("Cédé", Ended::Yes),
            ("Verkauft an die Gemeinde", Ended::Yes),
            ("Verkauft 31.12.2020", Ended::Yes),
            ("Såld", Ended::Yes),
            ("Sprzedany", Ended::Yes),
            ("Sold to Smith Ltd", Ended::Yes),
            ("SOLD STC", Ended::Unsure),
            ("Sold (subject to contract)", Ended::Unsure),
            ("Sold, completion 2028", Ended::Unsure),
            ("Closed from 2028", Ended::Unsure),
            ("To be demolished", Ended::Unsure),
            ("Temporarily closed", Ended::Unsure),
            ("Part sold", Ended::Unsure),
            ("Closed Mondays", Ended::Unsure),
            ("Closed to the public", Ended::Unsure),
            ("Closed to new referrals", Ended::Unsure),
            ("Surrendered to landlord", Ended::Yes),
            ("Expired", Ended::Unsure),
            ("Transferred", Ended::Unsure),
            ("Transferred from NHS", Ended::Unsure),
            ("Transferred to the Council", Ended::Unsure),
            ("Disposal in progress", Ended::Unsure),
            ("Not sold", Ended::No),
            ("Unsold", Ended::No),
            ("C", Ended::No),
            ("Ferme", Ended::No),
        ] {
            assert_eq!(ended(cell, date(2026, 4, 1), &own), read, "{cell}");
        }
    }
}

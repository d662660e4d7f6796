//! Facts that narrow what may be done with a building: a list of tags, or a column about one of them.

use super::buildings::RowReader;
use crate::load::{Record, normalise};
use crate::place::{Finding, Flag};
use std::collections::BTreeSet;

impl RowReader<'_> {
    pub(super) fn flags(&self, record: &Record, findings: &mut Vec<Finding>) -> BTreeSet<Flag> {
        let mut flags = BTreeSet::new();
        for word in self.columns.list(record, "flags") {
            match flag(&word) {
                // Its own columns say what an overage takes.
                Some(Flag::Clawback) if self.is_overage(record, &word) => {}
                Some(flag) => {
                    flags.insert(flag);
                }
                None => findings.push(self.unread(
                    record,
                    "flags",
                    &word,
                    "listed, covenant, community value, open space, clawback",
                )),
            }
        }
        for (field, flag) in [
            ("listed", Flag::Listed),
            ("community_value", Flag::CommunityValue),
            ("covenant", Flag::Covenant),
        ] {
            let Some(cell) = self.columns.text(record, field) else {
                continue;
            };
            match has_flag(flag, &cell) {
                Some(true) => {
                    flags.insert(flag);
                }
                Some(false) => {}
                None => findings.push(self.unread(record, field, &cell, "yes, no, its grade")),
            }
        }
        flags
    }
}

/// A flag by its words.
fn flag(cell: &str) -> Option<Flag> {
    let word = normalise(cell);
    let has = |part: &str| word.contains(part);
    if has("sensitive") || has("confidential") || has("refuge") || has("safehouse") {
        Some(Flag::Sensitive)
    } else if has("openspace") || has("greenbelt") && has("space") {
        Some(Flag::OpenSpace)
    } else if has("communityvalue") || word == "acv" {
        Some(Flag::CommunityValue)
    } else if has("covenant") || has("charit") || has("reverter") || has("trustland") {
        Some(Flag::Covenant)
    } else if has("clawback") || has("overage") || has("grant") {
        Some(Flag::Clawback)
    } else if has("listed") || has("monument") || has("gradei") || has("heritage") {
        Some(Flag::Listed)
    } else {
        None
    }
}

/// What a cell says in a column about one flag: whether the building has it.
fn has_flag(of: Flag, cell: &str) -> Option<bool> {
    let word = normalise(cell);
    match word.as_str() {
        "no" | "n" | "false" | "0" | "none" | "notlisted" | "unlisted" => Some(false),
        "yes" | "y" | "true" | "1" => Some(true),
        // Grades of England and Wales, categories of Scotland.
        "i" | "ii" | "a" | "b" | "c" if of == Flag::Listed => Some(true),
        word if of == Flag::Listed && word.starts_with("category") || word.starts_with("grade") => {
            Some(true)
        }
        word if word.starts_with("local") => None,
        word => (flag(cell) == Some(of)).then(|| {
            let denied = ["no", "un", "delisted"];
            !denied.iter().any(|not| word.starts_with(not))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_about_listing_says_yes_no_or_a_grade() {
        for (cell, read) in [
            ("Yes", Some(true)),
            ("N", Some(false)),
            ("Not listed", Some(false)),
            ("Non-listed", Some(false)),
            ("Not a listed building", Some(false)),
            ("Not known", None),
            ("Locally listed", None),
            ("Grade II*", Some(true)),
            ("II", Some(true)),
            ("Grade 2", Some(true)),
            ("Category B", Some(true)),
            ("see file", None),
        ] {
            assert_eq!(has_flag(Flag::Listed, cell), read, "{cell}");
        }
        assert_eq!(has_flag(Flag::CommunityValue, "II"), None);
        assert_eq!(
            has_flag(Flag::Covenant, "No restrictive covenants"),
            Some(false)
        );
    }

    #[test]
    fn sites_that_must_not_be_known_are_known_for_such() {
        for cell in ["sensitive", "Women's refuge", "Confidential address"] {
            assert_eq!(flag(cell), Some(Flag::Sensitive), "{cell}");
        }
        assert_eq!(flag("Grade II listed"), Some(Flag::Listed));
    }
}

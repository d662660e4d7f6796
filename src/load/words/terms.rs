//! Words of registers and what they mean: repairs, subletting, locks, land.

use super::affirmed;
use crate::load::{normalise, plain};
use crate::place::{Lock, Repair};

/// Whether the words of a lease allow subletting; `None` where they do not say.
pub(in crate::load) fn may_sublet(cell: &str) -> Option<bool> {
    let word = plain(cell);
    let has = |part: &str| word.contains(part);
    if matches!(word.as_str(), "no" | "n" | "false" | "0" | "none")
        || has("not ")
        || has("prohibit")
        || has("barred")
        || has("no subl")
        || has("no underl")
        || has("no alienation")
        || has("assignment only")
    {
        Some(false)
    } else if matches!(word.as_str(), "yes" | "y" | "true" | "1")
        || has("permit")
        || has("allow")
        || has("consent")
        || word.starts_with("yes")
    {
        Some(true)
    } else {
        None
    }
}

/// Whose the repairs are, by the words of a register: `FRI`, `internal repairing`, `landlord`.
pub(in crate::load) fn repair(cell: &str) -> Option<Repair> {
    let word = normalise(cell);
    let has = |part: &str| word.contains(part);
    if has("internal") && !has("external") || matches!(word.as_str(), "iri" | "ir" | "inside") {
        Some(Repair::Internal)
    } else if has("landlord") && !has("tenant")
        || matches!(
            word.as_str(),
            "none" | "lri" | "lessor" | "inclusive" | "owner"
        )
    {
        Some(Repair::Landlord)
    } else if has("full") || has("fri") || has("tenant") || has("lessee") || has("external") {
        Some(Repair::Full)
    } else {
        None
    }
}

/// A lock by its words: ours, those of location-allocation tools, and their codes 0–3
/// (candidate, required, competitor, chosen).
pub(in crate::load) fn lock(cell: &str) -> Option<Lock> {
    match plain(cell).as_str() {
        "keep" | "required" | "retain" | "fixed" | "1" | "2" | "competitor" => Some(Lock::Keep),
        "dispose" | "closed" | "close" | "disposal" | "sell" => Some(Lock::Dispose),
        "free" | "candidate" | "" | "0" | "3" | "chosen" | "none" => Some(Lock::Free),
        _ => None,
    }
}

/// What a floor area is measured to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::load) enum Basis {
    /// With walls, stairs and plant: gross internal or external.
    Gross,
    /// What can be used: net internal, lettable.
    Net,
}

/// The basis that words about a floor area name: `GIA`, `NLA sqm`, `net internal`.
pub(in crate::load) fn basis(text: &str) -> Option<Basis> {
    const GROSS: [&str; 8] = ["gia", "gea", "gifa", "gfa", "bgf", "bvo", "gba", "gsf"];
    const NET: [&str; 8] = [
        "nia", "nla", "nua", "net", "nett", "vvo", "lettable", "usable",
    ];
    let words: Vec<String> = affirmed::words(text)
        .into_iter()
        .map(|word| word.plain)
        .collect();
    let any = |whole: &[&str], beginning: [&str; 2]| {
        words.iter().any(|word| {
            whole.contains(&word.as_str()) || beginning.iter().any(|begin| word.starts_with(begin))
        })
    };
    if any(&GROSS, ["gross", "brutto"]) {
        Some(Basis::Gross)
    } else if any(&NET, ["netto", "netint"]) {
        Some(Basis::Net)
    } else {
        None
    }
}

/// Whether a holding type is land without a building.
pub(in crate::load) fn is_land(words: &str) -> bool {
    const LAND: [&str; 9] = [
        "land",
        "lands",
        "woodland",
        "grassland",
        "parkland",
        "farmland",
        "moorland",
        "allotment",
        "allotments",
    ];
    let words = plain(words);
    let building = ["build", "premises", "office", "structure"]
        .iter()
        .any(|part| words.contains(part));
    let land = words
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| LAND.contains(&word));
    !building
        && (land
            || words.contains("open space")
            || words.contains("rent charge")
            || words.contains("ground rent"))
}

/// A capability tag as it is compared: lower case, `_` between words.
pub(in crate::load) fn tag(text: &str) -> String {
    plain(text).replace([' ', '-'], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_leases_about_repairs_and_subletting_are_read() {
        for (word, read) in [
            ("FRI", Some(Repair::Full)),
            ("Full repairing & insuring", Some(Repair::Full)),
            ("Internal repairs only", Some(Repair::Internal)),
            ("Internal and external", Some(Repair::Full)),
            ("Landlord", Some(Repair::Landlord)),
            ("see file", None),
        ] {
            assert_eq!(repair(word), read, "{word}");
        }
        for (word, read) in [
            ("Permitted with consent", Some(true)),
            ("Y", Some(true)),
            ("Not permitted", Some(false)),
            ("Assignment only", Some(false)),
            ("see lease", None),
        ] {
            assert_eq!(may_sublet(word), read, "{word}");
        }
    }

    #[test]
    fn land_is_land_only_by_whole_words() {
        assert!(is_land("Land"));
        assert!(is_land("Woodland / open space"));
        assert!(!is_land("Land/Buildings"));
        assert!(!is_land("Island library"));
    }

    #[test]
    fn locks_are_read_in_the_words_and_codes_of_other_tools() {
        assert_eq!(lock("Required"), Some(Lock::Keep));
        assert_eq!(lock("1"), Some(Lock::Keep));
        assert_eq!(lock("0"), Some(Lock::Free));
        assert_eq!(lock("closed"), Some(Lock::Dispose));
        assert_eq!(lock("perhaps"), None);
    }
}

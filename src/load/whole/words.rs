//! Words of registers and what they mean: repairs, occupancy, locks, flags.

use super::reading::plain;
use crate::load::cells::{Style, yes_no};
use crate::load::normalise;
use crate::place::{Lock, Occupancy, Repair};

/// Whether the words of a lease allow subletting; `None` where they do not say.
pub(super) fn may_sublet(cell: &str) -> Option<bool> {
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
pub(super) fn repair(cell: &str) -> Option<Repair> {
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

/// Whether somebody says that nobody, or somebody, is inside. `None` where the words do not say.
pub(super) fn occupancy(header: Option<&str>, cell: &str) -> Option<Occupancy> {
    let word = plain(cell);
    if let Some(yes) = yes_or_no(&word) {
        // 1 % or 1 m² is no yes.
        let measured = header.is_some_and(|header| header.contains(['%', '²', '2']));
        return of_heading(header, yes).filter(|_| !(measured && word.starts_with('1')));
    }
    match word.as_str() {
        "known" => Some(Occupancy::Known),
        "unknown" | "" => None,
        word if says_vacant(word) => Some(Occupancy::Vacant),
        word if word.contains("occupied")
            || word.contains("in use")
            || word.contains("operational") && !word.contains("non") =>
        {
            Some(Occupancy::Known)
        }
        _ => None,
    }
}

/// Yes or no of a building; the letters that other words begin with too are neither.
fn yes_or_no(word: &str) -> Option<bool> {
    match word {
        "nej" | "nei" => Some(false),
        "t" | "f" | "x" => None,
        _ => yes_no(word, &Style::default()).value,
    }
}

/// What yes or no means below a heading: `Vacant` and `Leerstand` ask whether nobody is inside, others whether
/// somebody is. `None` where the heading asks both at once.
fn of_heading(header: Option<&str>, yes: bool) -> Option<Occupancy> {
    let header = header.map(normalise).unwrap_or_default();
    let says = |part: &str| header.contains(part);
    let vacancy = (says("vacan") || says("leerstand") || says("leegstand")) && !says("status");
    if vacancy && says("occup") {
        None
    } else if vacancy == yes {
        Some(Occupancy::Vacant)
    } else {
        Some(Occupancy::Known)
    }
}

/// Whether words of a tenure detail or status say that a building is empty.
pub(super) fn says_vacant(words: &str) -> bool {
    let words = plain(words);
    let denied = [
        "not vacant",
        "non vacant",
        "non-vacant",
        "nicht leer",
        "kein leer",
        "niet leeg",
    ]
    .iter()
    .any(|part| words.contains(part))
        || words.contains("unoccupied") && words.contains("not unoccupied");
    !denied
        && (words.contains("vacant")
            || words == "void"
            || words == "empty"
            || matches!(words.as_str(), "leer" | "leeg")
            || words.contains("leerstehend")
            || words.contains("leegstaand")
            || words.contains("unoccupied")
            || words.contains("disused")
            || words.contains("mothball"))
}

/// Whether words of a status say that the record is closed or no longer held.
pub(super) fn says_closed(words: &str) -> bool {
    let words = plain(words);
    matches!(
        words.as_str(),
        "c" | "closed"
            | "inactive"
            | "dormant"
            | "disposed"
            | "disposed of"
            | "sold"
            | "demolished"
    ) || words.starts_with("closed ")
        || words.starts_with("permanently closed")
}

/// A lock by its words: ours, those of location-allocation tools, and their codes 0–3
/// (candidate, required, competitor, chosen).
pub(super) fn lock(cell: &str) -> Option<Lock> {
    match plain(cell).as_str() {
        "keep" | "required" | "retain" | "fixed" | "1" | "2" | "competitor" => Some(Lock::Keep),
        "dispose" | "closed" | "close" | "disposal" | "sell" => Some(Lock::Dispose),
        "free" | "candidate" | "" | "0" | "3" | "chosen" | "none" => Some(Lock::Free),
        _ => None,
    }
}

/// Whether a holding type is land without a building.
pub(super) fn is_land(words: &str) -> bool {
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
pub(super) fn tag(text: &str) -> String {
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
    fn yes_and_no_are_read_the_way_the_heading_asks() {
        use Occupancy::{Known, Vacant};
        for (header, cell, read) in [
            ("Leerstand", "0", Some(Known)),
            ("Leerstand", "N", Some(Known)),
            ("Leerstand", "nein", Some(Known)),
            ("Leerstand", "Ja", Some(Vacant)),
            ("Leerstand", "leerstehend", Some(Vacant)),
            ("Leerstand", "12 %", None),
            ("Leerstand (%)", "1", None),
            ("Leerstand (m²)", "0", Some(Known)),
            ("Leegstand", "nee", Some(Known)),
            ("Leegstand", "ja", Some(Vacant)),
            ("Vacant", "non", Some(Known)),
            ("Vacant", "oui", Some(Vacant)),
            ("Vacant", "nej", Some(Known)),
            ("Vacant", "non vacant", None),
            ("Occupied", "Y", Some(Known)),
            ("Occupied", "no", Some(Vacant)),
            ("Vacant or occupied", "Y", None),
            ("Vacancy status", "F", None),
        ] {
            assert_eq!(occupancy(Some(header), cell), read, "{header}: {cell}");
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

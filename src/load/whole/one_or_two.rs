//! Whether records of two registers that look alike are one building, and whose record then stands for it.

use super::matching::Pair;
use crate::place::words::{pounds, whole};
use crate::place::{Building, Finding, MatchReason, MatchRow, RowRef, Severity, TenureKind};

/// Areas further apart than this share of the larger are of two things.
const SAME_AREA: f64 = 0.1;

/// Why two records that look alike are kept apart; `None` where they are one building. The same UPRN and what people
/// decided are beyond doubt.
pub(super) fn apart(keeper: &Building, other: &Building, pair: &Pair) -> Option<String> {
    if matches!(pair.reason, MatchReason::Uprn | MatchReason::Decision) {
        return None;
    }
    if let Some((one, two)) = parts_differ(&text(keeper), &text(other)) {
        return Some(format!("one is {one} and the other {two}"));
    }
    if pair.doubtful && pair.reason != MatchReason::PostcodeDoor {
        return Some("their names are not alike enough".to_owned());
    }
    let owned = [keeper, other].map(|building| building.tenure.is_owned());
    if owned == [true, true] && keeper.agency != other.agency {
        return Some("two agencies say that they own it".to_owned());
    }
    let leased = [keeper, other].map(|building| building.tenure.kind == TenureKind::Leasehold);
    let areas_differ = match (keeper.gross_area, other.gross_area) {
        (Some(one), Some(two)) => {
            let (one, two) = (one.get(), two.get());
            (one - two).abs() > SAME_AREA * one.max(two)
        }
        _ => false,
    };
    (leased == [true, true] && areas_differ)
        .then(|| "each is a lease of its own, of another floor area".to_owned())
}

/// Whether the later record is the owner's and the earlier one only a tenant's.
pub(super) fn owns_instead(keeper: &Building, other: &Building) -> bool {
    let tenant = matches!(
        keeper.tenure.kind,
        TenureKind::Leasehold | TenureKind::Licence
    );
    tenant && other.tenure.is_owned()
}

/// Writes a pair the other way round: this is the building now, and the other the record that is it.
pub(super) fn turn(pair: &mut MatchRow, keeper: &Building, other: &Building) {
    pair.building = keeper.id.clone();
    pair.building_name.clone_from(&keeper.name);
    pair.building_location = keeper.location;
    pair.point = other.id.to_string();
    pair.point_name.clone_from(&other.name);
    pair.point_location = other.location;
    pair.source = other.source.clone();
}

/// What the record that does not stand for the building says of it that nothing else keeps: its floor, how it is held
/// and what it pays. Empty where both say the same.
pub(super) fn unused(keeper: &Building, other: &Building) -> Vec<String> {
    let mut unused = Vec::new();
    if let Some(area) = other.gross_area
        && keeper
            .gross_area
            .is_some_and(|own| (own.get() - area.get()).abs() > 0.5)
    {
        unused.push(format!("{} m2", whole(area.get())));
    }
    let (own, its) = (&keeper.tenure, &other.tenure);
    if its.kind != own.kind && its.kind != TenureKind::Unknown {
        let stated = its.stated.as_deref().unwrap_or("another tenure");
        unused.push(format!("{stated:?}"));
    }
    if its.rent.get() > 0.0 && its.rent != own.rent {
        unused.push(format!("a rent of {}", pounds(its.rent.get())));
    }
    unused
}

/// Says that two records that look alike were kept apart.
pub(super) fn kept_apart(keeper: &Building, other: &Building, why: &str) -> Finding {
    alike("registers-alike", Severity::Warn, other)
        .cause(format!(
            "the record looks like building {} ({}) of {}: {why}",
            keeper.id, keeper.name, keeper.source
        ))
        .action("kept apart as a building of its own")
        .setting(format!(
            "decisions.csv: {},match,{} if they are one",
            other.id, keeper.id
        ))
}

/// Says that the record of one building is not what it is counted by, and what is left out.
pub(super) fn differs(keeper: &Building, other: &Building, unused: &[String]) -> Finding {
    alike("registers-differ", Severity::Warn, other)
        .cause(format!(
            "the record of building {} of {} says otherwise: {}",
            keeper.id,
            keeper.source,
            unused.join(", ")
        ))
        .action("the other record stands; where it is a part that is held by itself, keep it apart")
        .setting(format!(
            "decisions.csv: {},not_match,{}",
            other.id, keeper.id
        ))
}

fn alike(code: &'static str, severity: Severity, other: &Building) -> Finding {
    let row: RowRef = other.source.clone();
    Finding::new(code, severity, row).cell(other.name.clone())
}

fn text(building: &Building) -> String {
    let address = building.address.as_deref().unwrap_or_default();
    format!("{} {address}", building.name).to_lowercase()
}

/// Words before the number of a part of a building.
const PARTS: [&str; 9] = [
    "unit", "units", "suite", "flat", "block", "room", "floor", "level", "wing",
];

/// Floors that have a word instead of a number.
const FLOORS: [(&str, &str); 8] = [
    ("ground", "0"),
    ("first", "1"),
    ("second", "2"),
    ("third", "3"),
    ("fourth", "4"),
    ("fifth", "5"),
    ("lower", "-1"),
    ("basement", "-1"),
];

/// The parts that two texts name, where both name one of the same kind and none is the same.
fn parts_differ(one: &str, two: &str) -> Option<(String, String)> {
    let (ones, twos) = (parts(one), parts(two));
    ones.iter().find_map(|(kind, part)| {
        let (_, other) = twos.iter().find(|(other, _)| other == kind)?;
        let same = twos.iter().any(|two| two.0 == *kind && ones.contains(two));
        (!same).then(|| (format!("{kind} {part}"), format!("{kind} {other}")))
    })
}

/// `unit 2`, `floor 4` of `4th floor`, in the order of the text.
fn parts(text: &str) -> Vec<(&'static str, String)> {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let Some(kind) = PARTS.iter().find(|part| *part == word) else {
            continue;
        };
        let kind = if *kind == "units" { "unit" } else { *kind };
        let floor = matches!(kind, "floor" | "level");
        let before = at.checked_sub(1).and_then(|at| words.get(at)).copied();
        let after = words.get(at + 1).copied();
        let number = match floor {
            true => before.and_then(storey).or_else(|| after.and_then(numbered)),
            false => after.and_then(numbered),
        };
        found.extend(number.map(|number| (kind, number)));
    }
    found
}

/// A number, or a letter by itself.
fn numbered(word: &str) -> Option<String> {
    let digits = word.starts_with(|c: char| c.is_ascii_digit());
    (digits || word.chars().count() == 1).then(|| word.to_owned())
}

/// The number of a storey: `2` of `2nd`, `0` of `ground`.
fn storey(word: &str) -> Option<String> {
    let named = FLOORS.iter().find(|(name, _)| *name == word);
    let ordinal = || {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ending = word.get(digits.len()..)?;
        (!digits.is_empty() && matches!(ending, "" | "st" | "nd" | "rd" | "th"))
            .then(|| digits.to_owned())
    };
    named
        .map(|(_, number)| (*number).to_owned())
        .or_else(ordinal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_and_floors_of_one_house_are_told_apart() {
        for (one, two) in [
            ("unit 1 dean clough", "unit 2, dean clough"),
            ("plaza, 2nd floor", "plaza, 4th floor"),
            ("plaza, ground floor", "first floor plaza"),
            ("suite b, civic hall", "civic hall suite c"),
        ] {
            assert!(parts_differ(one, two).is_some(), "{one} / {two}");
        }
        for (one, two) in [
            ("unit 1 dean clough", "dean clough"),
            ("plaza, 2nd floor", "second floor, plaza"),
            ("units 1 and 2 dean clough, unit 1", "unit 1 dean clough"),
            ("town hall", "town hall surgery"),
        ] {
            assert!(parts_differ(one, two).is_none(), "{one} / {two}");
        }
    }
}

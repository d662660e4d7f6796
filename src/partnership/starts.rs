//! What the search for a coalition's plan starts from: the plans of its parts, joined.

use super::Coalition;
use crate::access::Arrangement;
use crate::place::Place;
use std::collections::BTreeMap;

/// A plan that was found: what it saves, and who is where.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Known {
    pub(super) saving: f64,
    pub(super) arrangement: Arrangement,
}

/// How many joined plans are tried.
const TRIED: usize = 6;

/// The plans known of two parts of a coalition that have no member in common, joined, those that
/// together save most first; and the best plan of any part. Whether a joined plan keeps every limit
/// shows when it is tried: each part's plan left the other part where it was.
pub(super) fn starts(
    place: &Place,
    coalition: Coalition,
    known: &BTreeMap<Coalition, Known>,
) -> Vec<Arrangement> {
    let mut parts: Vec<(f64, Coalition)> = known
        .iter()
        .filter(|(part, _)| part.within(coalition) && **part != coalition)
        .map(|(part, one)| {
            let rest = known.get(&coalition.beyond(*part));
            (one.saving + rest.map_or(0.0, |rest| rest.saving), *part)
        })
        .collect();
    parts.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    // Each pair is met from both sides.
    parts.dedup_by(|a, b| a.1 == coalition.beyond(b.1));
    let best = known
        .iter()
        .filter(|(part, _)| part.within(coalition) && **part != coalition)
        .max_by(|a, b| a.1.saving.total_cmp(&b.1.saving));
    let joined = parts.iter().take(TRIED).filter_map(|(_, part)| {
        let one = known.get(part)?;
        Some(match known.get(&coalition.beyond(*part)) {
            Some(rest) => join(place, &one.arrangement, &rest.arrangement),
            None => one.arrangement.clone(),
        })
    });
    joined
        .chain(best.map(|(_, one)| one.arrangement.clone()))
        .collect()
}

/// Everybody where whichever of two plans moves them puts them.
fn join(place: &Place, one: &Arrangement, other: &Arrangement) -> Arrangement {
    let mut joined = one.clone();
    for (at, occupier) in place.occupiers() {
        let at = at.index();
        if joined.building[at] == occupier.building {
            joined.building[at] = other.building[at];
            joined.merged[at] = other.merged[at];
        }
    }
    joined
}

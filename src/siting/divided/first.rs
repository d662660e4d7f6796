//! A first plan, before any price has climbed: the sites that are cheapest for their room, filled by what is nearest.

use super::super::problem::SiteLock;
use super::frame::{Divided, Entry};
use super::transport::Plan;

/// Room that the open sites have, for each unit that is needed: the more, the likelier everything fits.
const ROOMS: [f64; 3] = [1.2, 2.0, f64::INFINITY];

/// A plan that keeps every limit; `None` where a few tries have none.
pub(super) fn first(divided: &Divided) -> Option<Plan> {
    ROOMS
        .iter()
        .find_map(|&rooms| filled(divided, opened(divided, rooms * divided.needs)?))
}

/// The sites that must be open, and of the others the cheapest for their room until there is so much, as far as their
/// number allows.
fn opened(divided: &Divided, wanted: f64) -> Option<Vec<bool>> {
    let mut open: Vec<bool> = divided
        .locks
        .iter()
        .map(|lock| *lock == SiteLock::Open)
        .collect();
    let mut count = open.iter().filter(|open| **open).count();
    let mut room: f64 = (0..open.len())
        .filter(|&site| open[site])
        .map(|site| divided.stated[site])
        .sum();
    let mut free: Vec<usize> = (0..open.len())
        .filter(|&site| divided.locks[site] == SiteLock::Free)
        .collect();
    let rate = |site: usize| divided.fixed[site] / divided.stated[site].max(f64::MIN_POSITIVE);
    free.sort_by(|&a, &b| rate(a).total_cmp(&rate(b)));
    for site in free {
        if count >= divided.most || (room >= wanted && count >= divided.least) {
            break;
        }
        open[site] = true;
        count += 1;
        room += divided.stated[site];
    }
    (divided.least..=divided.most)
        .contains(&count)
        .then_some(open)
}

/// Fills the open sites by what costs least for what it takes with it, dividing what does not fit.
fn filled(divided: &Divided, open: Vec<bool>) -> Option<Plan> {
    let sites = (0..open.len()).filter(|&site| open[site]);
    let own = |site: usize| divided.entries[site].iter().map(move |entry| (site, entry));
    let mut entries: Vec<(usize, &Entry)> = sites.flat_map(own).collect();
    let dearer = |entry: &Entry| entry.cost - divided.cheapest[entry.item as usize];
    entries.sort_by(|a, b| {
        dearer(a.1)
            .total_cmp(&dearer(b.1))
            .then(a.1.placement.cmp(&b.1.placement))
    });
    let mut left = divided.stated.clone();
    let mut missing = vec![1.0_f64; divided.cheapest.len()];
    let mut shares = Vec::new();
    let mut value: f64 = (0..open.len())
        .filter(|&site| open[site])
        .map(|site| divided.fixed[site])
        .sum();
    for (site, entry) in entries {
        let lacks = missing[entry.item as usize];
        let fits = if entry.uses * lacks <= left[site] {
            lacks
        } else {
            left[site] / entry.uses
        };
        if lacks > 0.0 && fits > 1e-6 {
            missing[entry.item as usize] -= fits;
            left[site] = (left[site] - fits * entry.uses).max(0.0);
            shares.push((entry.placement as usize, fits));
            value += fits * entry.cost;
        }
    }
    missing
        .iter()
        .all(|missing| *missing <= 0.0)
        .then_some(Plan {
            open,
            shares,
            value,
        })
}

//! Which sites are solved together.

use std::collections::{BTreeMap, BTreeSet};

/// The sites around one, those that most of them are near to first, until so many of them are open. `may_open` says
/// which belong to a tile at all; sorted.
pub(super) fn around(
    centre: usize,
    near: &[Vec<u32>],
    enough: usize,
    may_open: impl Fn(usize) -> bool,
    is_open: impl Fn(usize) -> bool,
) -> Vec<usize> {
    let (mut tile, mut open) = (Vec::new(), 0);
    let mut pull: BTreeMap<usize, f64> = BTreeMap::from([(centre, f64::INFINITY)]);
    let mut inside = BTreeSet::new();
    while open < enough && tile.len() < 3 * enough + 2 {
        let strongest = pull
            .iter()
            .max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)));
        let Some((&site, _)) = strongest else { break };
        pull.remove(&site);
        inside.insert(site);
        if may_open(site) {
            tile.push(site);
            open += usize::from(is_open(site));
        }
        for (rank, &other) in near[site].iter().enumerate() {
            if !inside.contains(&(other as usize)) {
                *pull.entry(other as usize).or_insert(0.0) += 1.0 / (1.0 + rank as f64);
            }
        }
    }
    tile.sort_unstable();
    tile
}

//! Opens as many facilities as were asked for, where fewer do as well.

use super::located::nearest;
use super::{Network, Role};

/// Opens further facilities until so many are open: those first that bring most weight nearer by most, of equals
/// those that come first.
pub(super) fn fill(network: &Network, open: &mut [bool], count: usize) {
    let left = count.saturating_sub(open.iter().filter(|open| **open).count());
    if left == 0 {
        return;
    }
    let mut at_present = vec![f64::INFINITY; network.demands.len()];
    for allocation in nearest(network, open, f64::INFINITY) {
        at_present[allocation.demand] = allocation.distance;
    }
    let mut gains = vec![(0_usize, 0.0_f64); open.len()];
    for (demand, (of, &now)) in network.demands.iter().zip(&at_present).enumerate() {
        for (site, far) in network.within(demand, f64::INFINITY) {
            let (reached, nearer) = &mut gains[site];
            if now.is_infinite() {
                *reached += 1;
            } else {
                *nearer += of.weight * (now - far).max(0.0);
            }
        }
    }
    let usable = |&site: &usize| !open[site] && network.facilities[site].role != Role::Excluded;
    let mut order: Vec<usize> = (0..open.len()).filter(usable).collect();
    order.sort_by(|&a, &b| {
        let (of_a, of_b) = (gains[a], gains[b]);
        of_b.0.cmp(&of_a.0).then(of_b.1.total_cmp(&of_a.1))
    });
    for site in order.into_iter().take(left) {
        open[site] = true;
    }
}

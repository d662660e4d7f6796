//! A cover to start from: whichever facility covers the most that is not covered yet, again and again.

use super::coverage::{Coverage, Wanted};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Opens sites until what is wanted is covered or no more may be open, and closes those that can be spared.
pub(super) fn cover(coverage: &mut Coverage, wanted: &Wanted) {
    let free = (0..coverage.sites()).filter(|&site| coverage.is_free(site));
    // Gains only shrink, so the first whose gain is still what it was is the best of all.
    let mut offers: BinaryHeap<_> = free
        .map(|site| (coverage.gain(site), Reverse(site)))
        .collect();
    while !coverage.is_enough() && coverage.open.len() < wanted.most {
        let Some((known, site)) = offers.pop() else {
            break;
        };
        let now = coverage.gain(site.0);
        if now == 0 {
            continue;
        }
        if now < known {
            offers.push((now, site));
            continue;
        }
        coverage.open(site.0);
    }
    // The latest first: they cover the least.
    for at in (0..coverage.open.len()).rev() {
        let site = coverage.open[at];
        let left = coverage.covered - coverage.loss(site);
        if coverage.is_free(site) && left >= wanted.need {
            coverage.close(at);
        }
    }
}

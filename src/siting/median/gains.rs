//! Which site to divide a node by: the one whose settling is likely to raise the bound most on either side.

/// What settling each site has added to the bound, for a whole site; closed first, then open.
#[derive(Clone)]
pub(super) struct Gains([Vec<Gain>; 2]);

/// A site that was settled.
#[derive(Clone, Copy)]
pub(super) struct Settled {
    pub(super) site: usize,
    pub(super) open: bool,
    /// How far it was open before, and the bound before.
    pub(super) before: f64,
    pub(super) bound: f64,
}

impl Settled {
    /// How far it was from there.
    fn far(&self) -> f64 {
        match self.open {
            true => 1.0 - self.before,
            false => self.before,
        }
    }
}

/// The sum of what was gained, and how often.
#[derive(Clone, Copy, Default)]
struct Gain {
    sum: f64,
    times: u32,
}

/// Sites that are tried at a node at most.
pub(super) const TRIED: usize = 8;
/// Sites that are looked at for that, the likeliest first.
const LOOKED_AT: usize = 40;
/// A site is tried until so much is known of either state.
const KNOWN: u32 = 2;
/// Where a site was settled already to less than this, nothing is learned.
const FAR: f64 = 0.01;
/// No gain counts as less.
const LEAST: f64 = 1e-6;

impl Gains {
    pub(super) fn new(sites: usize) -> Gains {
        Gains([vec![Gain::default(); sites], vec![Gain::default(); sites]])
    }

    /// Takes in to what bound settling a site has led.
    pub(super) fn gained(&mut self, settled: Settled, bound: f64) {
        let far = settled.far();
        if far < FAR || !bound.is_finite() {
            return;
        }
        let own = &mut self.0[usize::from(settled.open)][settled.site];
        own.sum += (bound - settled.bound).max(0.0) / far;
        own.times += 1;
    }

    /// The site to divide by, out of some; as many as `most` of which little is known are `tried` first, which says to about
    /// what bound it leads.
    pub(super) fn best(
        &mut self,
        mut sites: Vec<usize>,
        open: &[f64],
        bound: f64,
        room: f64,
        most: usize,
        tried: &mut dyn FnMut(Settled) -> Option<f64>,
    ) -> Option<usize> {
        self.sort(&mut sites, open, room);
        sites.truncate(LOOKED_AT.max(most));
        let unknown = |&site: &usize| {
            let sides = [false, true].map(|to| Settled {
                site,
                open: to,
                before: open[site],
                bound,
            });
            sides
                .into_iter()
                .filter(|side| self.is_unknown(side))
                .collect::<Vec<Settled>>()
        };
        let unknown = sites.iter().map(unknown).filter(|sides| !sides.is_empty());
        let unknown: Vec<Vec<Settled>> = unknown.take(most).collect();
        for settled in unknown.into_iter().flatten() {
            if let Some(bound) = tried(settled) {
                self.gained(settled, bound);
            }
        }
        self.sort(&mut sites, open, room);
        sites.first().copied()
    }

    /// Whether little is known of a side of a site, and settling it says something.
    fn is_unknown(&self, settled: &Settled) -> bool {
        let own = self.0[usize::from(settled.open)][settled.site];
        own.times < KNOWN && settled.far() >= FAR
    }

    /// Sorts sites by what they promise, most first.
    fn sort(&self, sites: &mut [usize], open: &[f64], room: f64) {
        let promised = self.promises(open, room);
        sites.sort_by(|&a, &b| promised(b).total_cmp(&promised(a)).then(a.cmp(&b)));
    }

    /// What each site promises: the product of what is gained on either side.
    fn promises<'a>(&'a self, open: &'a [f64], room: f64) -> impl Fn(usize) -> f64 + 'a {
        let [if_closed, if_open] = &self.0;
        let means = [mean(if_closed), mean(if_open)];
        let side = move |gain: Gain, mean: f64, part: f64| {
            let gain = (gain.sum + mean) / f64::from(gain.times + 1);
            (gain * part).min(room).max(LEAST)
        };
        move |site| {
            side(if_closed[site], means[0], open[site])
                * side(if_open[site], means[1], 1.0 - open[site])
        }
    }
}

/// The mean over all sites; 1 where nothing is known.
fn mean(gains: &[Gain]) -> f64 {
    let sum: f64 = gains.iter().map(|gain| gain.sum).sum();
    let times: u32 = gains.iter().map(|gain| gain.times).sum();
    if times > 0 {
        sum / f64::from(times)
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_side_is_tried_until_enough_is_known_of_it_and_not_where_it_is_as_good_as_settled() {
        let mut gains = Gains::new(2);
        // The first site is all but closed already.
        let open = [0.5 * FAR, 0.5];
        let mut sides = Vec::new();
        for _ in 0..KNOWN + 1 {
            let mut tried = |settled: Settled| {
                sides.push((settled.site, settled.open));
                Some(11.0)
            };
            gains.best(vec![0, 1], &open, 10.0, 5.0, TRIED, &mut tried);
        }
        sides.sort_unstable();
        let once = [(0, true), (1, false), (1, true)];
        let each: Vec<(usize, bool)> = once
            .iter()
            .flat_map(|side| [*side; KNOWN as usize])
            .collect();
        assert_eq!(sides, each);
    }
}

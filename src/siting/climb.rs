//! Prices that climb to a bound, along a subgradient smoothed over the steps, as far as the distance to the best
//! solution suggests (Polyak; the smoothing is Barahona and Anbil's).

/// A problem whose sites stand alone once each target has a price for being served.
pub(super) trait Priced {
    fn sites(&self) -> usize;

    /// Values one set of prices: the bound, what each site is worth, and which are open.
    fn value(&self, prices: &[f64], worth: &mut [f64], open: &mut [bool]) -> f64;

    /// How much of each target the open sites leave without a host.
    fn slopes(&self, prices: &[f64], open: &[bool], slopes: &mut [f64]);

    /// The nearest price that is of use.
    fn within(&self, target: usize, price: f64) -> f64;
}

/// The bound that one set of prices gives, and what it says about the sites.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    pub(super) value: f64,
    pub(super) prices: Vec<f64>,
    /// What each site is worth.
    pub(super) worth: Vec<f64>,
}

/// Where an ascent has come to.
pub(super) struct Ascent {
    pub(super) best: Bound,
    /// How often each site was open of late, from 0 to 1.
    pub(super) open: Vec<f64>,
    slope: Vec<f64>,
    stride: f64,
}

/// Share of a new subgradient in the direction that is climbed along.
const FRESH: f64 = 0.25;
/// Share of a new set of open sites in their mean.
const RECENT: f64 = 0.05;
/// Steps without a better bound before the stride is halved.
const PATIENCE: usize = 15;

/// How an ascent is to go on.
pub(super) struct Climb<'a> {
    /// Steps at most.
    pub(super) steps: usize,
    /// Nothing above this bound is of use.
    pub(super) enough: f64,
    /// Cost of the best solution known.
    pub(super) upper: f64,
    /// Ends when the stride has become this short.
    pub(super) shortest: f64,
    pub(super) stop: &'a dyn Fn() -> bool,
}

impl Ascent {
    /// Starts from prices.
    pub(super) fn new(frame: &impl Priced, prices: Vec<f64>, stride: f64) -> Ascent {
        let mut worth = vec![0.0; frame.sites()];
        let mut open = vec![false; frame.sites()];
        let value = frame.value(&prices, &mut worth, &mut open);
        Ascent {
            slope: vec![0.0; prices.len()],
            best: Bound {
                value,
                prices,
                worth,
            },
            open: open.iter().map(|&open| f64::from(u8::from(open))).collect(),
            stride,
        }
    }

    /// Climbs, leaves the open sites of the last step, and says whether there is nothing more to gain.
    pub(super) fn climb(&mut self, frame: &impl Priced, climb: &Climb, last: &mut [bool]) -> bool {
        let sites = frame.sites();
        let mut prices = self.best.prices.clone();
        let mut worth = vec![0.0; sites];
        let mut open = vec![false; sites];
        let mut slopes = vec![0.0; prices.len()];
        let mut since = 0;
        for step in 0..climb.steps {
            if self.best.value > climb.enough || self.stride < climb.shortest {
                return true;
            }
            if step % 16 == 0 && (climb.stop)() {
                return true;
            }
            open.fill(false);
            let value = frame.value(&prices, &mut worth, &mut open);
            if value > self.best.value {
                // A little more is no reason for patience.
                if value > self.best.value + 1e-4 * (climb.upper - self.best.value) {
                    since = 0;
                }
                self.best.value = value;
                self.best.prices.copy_from_slice(&prices);
                self.best.worth.copy_from_slice(&worth);
            } else {
                since += 1;
            }
            if since >= PATIENCE {
                since = 0;
                self.stride *= 0.66;
                prices.copy_from_slice(&self.best.prices);
            }
            last.copy_from_slice(&open);
            frame.slopes(&prices, &open, &mut slopes);
            let mut length = 0.0;
            for (slope, smooth) in slopes.iter().zip(&mut self.slope) {
                *smooth = FRESH * slope + (1.0 - FRESH) * *smooth;
                length += *smooth * *smooth;
            }
            if length < 1e-12 {
                return true;
            }
            for (mean, &open) in self.open.iter_mut().zip(&open) {
                *mean += RECENT * (f64::from(u8::from(open)) - *mean);
            }
            let pace = self.stride * (climb.upper - value).max(1e-9 * climb.upper.abs()) / length;
            for (target, (price, slope)) in prices.iter_mut().zip(&self.slope).enumerate() {
                *price = frame.within(target, *price + pace * slope);
            }
        }
        false
    }
}

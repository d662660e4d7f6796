//! The plan's worth with other amounts, worked out again from the printed years: every trial writes its
//! own years and discounts them from the last back to the first.

use super::cash::net_of;
use super::discrepancy::{Found, in_pence, of, of_plan};
use super::money::Money;
use super::reading::Reading;
use super::years::Years;
use crate::place::{Driver, Finance};
use crate::plan::{Action, Sensitivity, Swing, Trial};

/// Multiples and points are printed to a millionth.
const MILLIONTH: f64 = 2e-6;

/// Checks everything that is said about money turning out otherwise.
pub(super) fn check(reading: &Reading<'_>, money: &Money, found: &mut Found) {
    compare(
        "sensitivity",
        &expected(reading, money),
        &reading.plan.sensitivity,
        found,
    );
}

/// Compares what stands under a key of the plan.
pub(super) fn compare(key: &str, expected: &Sensitivity, said: &Sensitivity, found: &mut Found) {
    let (field, why) = (
        of_plan(&format!("{key}.held_until_sale_gbp")),
        "the sold buildings cost another sum to hold",
    );
    found.money(
        "money-differs",
        field,
        expected.held_until_sale_gbp,
        said.held_until_sale_gbp,
        1,
        why,
    );
    let names = |swings: &[Swing]| -> Vec<String> {
        swings.iter().map(|one| one.assumption.clone()).collect()
    };
    let lists = [
        ("swings", names(&expected.swings) == names(&said.swings)),
        (
            "late_receipts_gbp",
            expected.late_receipts_gbp.len() == said.late_receipts_gbp.len(),
        ),
    ];
    for (list, same) in lists {
        if !same {
            let why = "each assumption is tried once, in order, and receipts 1, 2, 3 … years late";
            let list = of_plan(&format!("{key}.{list}"));
            found.note("left-out", list, "all of them", "others", why);
        }
    }
    if lists.iter().any(|(_, same)| !same) {
        return;
    }
    for (own, said) in expected.swings.iter().zip(&said.swings) {
        swing(key, own, said, found);
    }
    let late = expected
        .late_receipts_gbp
        .iter()
        .zip(&said.late_receipts_gbp);
    for (years, (own, said)) in (1..).zip(late) {
        let field = of_plan(&format!("{key}.late_receipts_gbp[{years}]"));
        let why = "the plan is worth another sum with receipts so late";
        found.money("money-differs", field, *own, *said, 2, why);
    }
    trial(key, &expected.trial, &said.trial, found);
}

fn swing(key: &str, own: &Swing, said: &Swing, found: &mut Found) {
    let list = format!("{key}.swings");
    let field = |name: &str| of(&list, &said.assumption, name);
    let why = "the place states another range";
    found.number(
        "assumption-differs",
        field("low"),
        own.low,
        said.low,
        1e-12,
        why,
    );
    found.number(
        "assumption-differs",
        field("high"),
        own.high,
        said.high,
        1e-12,
        why,
    );
    let why = "the plan is worth another sum at that end";
    for (name, own, said) in [
        ("npv_low_gbp", own.npv_low_gbp, said.npv_low_gbp),
        ("npv_high_gbp", own.npv_high_gbp, said.npv_high_gbp),
    ] {
        found.money("money-differs", field(name), own, said, 2, why);
    }
    let why = "the plan is worth nothing at another value";
    found.maybe(
        "money-differs",
        field("switching"),
        own.switching,
        said.switching,
        MILLIONTH,
        why,
    );
}

fn trial(key: &str, own: &Trial, said: &Trial, found: &mut Found) {
    let field = |name: &str| of_plan(&format!("{key}.trial.{name}"));
    let why = "the same draws give another figure";
    for (name, own, said) in [
        ("draws", f64::from(own.draws), f64::from(said.draws)),
        ("seed", own.seed as f64, said.seed as f64),
        ("better", f64::from(own.better), f64::from(said.better)),
    ] {
        found.number("money-differs", field(name), own, said, 0.0, why);
    }
    for (name, own, said) in [
        ("mean_gbp", own.mean_gbp, said.mean_gbp),
        ("npv_p10_gbp", own.npv_p10_gbp, said.npv_p10_gbp),
        ("npv_p50_gbp", own.npv_p50_gbp, said.npv_p50_gbp),
        ("npv_p90_gbp", own.npv_p90_gbp, said.npv_p90_gbp),
    ] {
        found.money("money-differs", field(name), own, said, 2, why);
    }
}

/// The lines that lean on each thing.
fn leans(driver: Driver, line: &str) -> bool {
    let lines: &[&str] = match driver {
        Driver::RunningCost => &[
            "running_fixed",
            "running_variable",
            "point_running",
            "site_fixed",
            "holding",
        ],
        Driver::Rent => &[
            "rent",
            "rent_to_exit",
            "rent_review",
            "let_income",
            "sublet_income",
            "part_income",
        ],
        Driver::Rates => &["rates"],
        Driver::FitOut => &["fit_out", "fees", "opening", "point_opening", "part_works"],
        Driver::Moves => &["move"],
        Driver::LeavingLeases => &["break_penalty", "surrender", "dilapidations"],
        Driver::Receipts => &["receipt", "disposal_cost", "clawback", "overage"],
        Driver::Repairs => &["backlog"],
        Driver::DiscountRate | Driver::ReceiptDelay => &[],
    };
    lines.contains(&line)
}

/// The years of a plan or programme, by what they lean on.
pub(super) struct World<'a> {
    pub(super) finance: &'a Finance,
    /// By driver: £ of each year that the place is better off by.
    pub(super) parts: Vec<(Driver, Vec<f64>)>,
    /// Year of sale and holding cost of a year, £, of each sold building.
    pub(super) held: Vec<(u32, f64)>,
}

/// How the amounts turn out.
#[derive(Clone)]
struct Turn {
    multiples: Vec<(Driver, f64)>,
    late: u32,
    points: f64,
}

impl World<'_> {
    fn as_assumed(&self) -> Turn {
        Turn {
            multiples: Driver::ALL
                .into_iter()
                .map(|driver| (driver, 1.0))
                .collect(),
            late: 0,
            points: 0.0,
        }
    }

    fn turned(&self, driver: Driver, value: f64) -> Turn {
        let mut turn = self.as_assumed();
        match driver {
            Driver::DiscountRate => turn.points = value,
            Driver::ReceiptDelay => turn.late = value as u32,
            _ => turn
                .multiples
                .iter_mut()
                .filter(|one| one.0 == driver)
                .for_each(|one| one.1 = value),
        }
        turn
    }

    /// Present value of the years as they turn out.
    fn worth(&self, turn: &Turn, factors: &Years) -> f64 {
        let horizon = factors.horizon() as usize;
        let late = turn.late as usize;
        let mut net = vec![0.0; horizon];
        for (driver, years) in &self.parts {
            let multiple = multiple(turn, *driver);
            let later = if *driver == Driver::Receipts { late } else { 0 };
            for (sum, year) in net.iter_mut().skip(later).zip(years) {
                *sum += multiple * year;
            }
        }
        for (sold, held) in &self.held {
            for sum in net.iter_mut().skip(*sold as usize).take(late) {
                *sum -= multiple(turn, Driver::RunningCost) * held;
            }
        }
        let mut worth = 0.0;
        for (year, sum) in net.iter().enumerate().rev() {
            let year = year as u32;
            worth = sum + worth * factors.factor(year.saturating_add(1)) / factors.factor(year);
        }
        worth
    }

    fn worth_of(&self, turn: &Turn) -> f64 {
        let mut finance = self.finance.clone();
        finance
            .discount
            .iter_mut()
            .for_each(|step| step.rate += turn.points);
        self.worth(turn, &Years::of(&finance))
    }

    /// The value of a driver at which nothing is left, where its worth is a straight line in it.
    fn switch(&self, driver: Driver) -> Option<f64> {
        let at = |value: f64| self.worth_of(&self.turned(driver, value));
        if driver == Driver::ReceiptDelay {
            return None;
        }
        if driver == Driver::DiscountRate {
            return root(at);
        }
        let (none, one) = (at(0.0), at(1.0));
        let slope = one - none;
        if slope.abs() < 0.005 {
            return None;
        }
        Some(-none / slope).filter(|value| (0.0..1e6).contains(value))
    }
}

fn multiple(turn: &Turn, driver: Driver) -> f64 {
    let mut all = turn.multiples.iter();
    all.find(|one| one.0 == driver).map_or(1.0, |one| one.1)
}

/// Where a function changes its sign between 0 and 1.
fn root(at: impl Fn(f64) -> f64) -> Option<f64> {
    let (mut low, mut high) = (0.0, 1.0);
    if (at(low) > 0.0) == (at(high) > 0.0) {
        return None;
    }
    let begins = at(low) > 0.0;
    while high - low > 1e-10 {
        let middle = low + 0.5 * (high - low);
        if (at(middle) > 0.0) == begins {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(low)
}

/// Everything that the plan should say.
pub(super) fn expected(reading: &Reading<'_>, money: &Money) -> Sensitivity {
    let finance = &reading.place.finance;
    let sold = money
        .exits
        .iter()
        .flatten()
        .filter(|exit| exit.action == Action::Sell);
    let held: Vec<(u32, f64)> = sold.map(|exit| (exit.year, exit.holding)).collect();
    let part = |driver: Driver| {
        let wanted = |span: &crate::plan::CashSpan| leans(driver, &span.line);
        let pence = net_of(reading.plan, None, finance.horizon_years, &wanted);
        (
            driver,
            pence.into_iter().map(|sum| sum as f64 / 100.0).collect(),
        )
    };
    World {
        finance,
        parts: Driver::ALL.into_iter().map(part).collect(),
        held,
    }
    .told()
}

impl World<'_> {
    /// Everything that should be said of it.
    pub(super) fn told(&self) -> Sensitivity {
        let penny = |pounds: f64| in_pence(pounds) as f64 / 100.0;
        let ranges = &self.finance.ranges;
        let swings = Driver::ALL.into_iter().map(|driver| {
            let (low, high) = ranges.of(driver);
            let at = |value: f64| penny(self.worth_of(&self.turned(driver, value)));
            Swing {
                assumption: driver.name().to_owned(),
                low,
                high,
                npv_low_gbp: at(low),
                npv_high_gbp: at(high),
                switching: self.switch(driver),
            }
        });
        let latest = ranges.of(Driver::ReceiptDelay).1.max(3.0) as u32;
        let late =
            |years: u32| penny(self.worth_of(&self.turned(Driver::ReceiptDelay, f64::from(years))));
        Sensitivity {
            held_until_sale_gbp: penny(self.held.iter().map(|one| one.1).sum()),
            swings: swings.collect(),
            late_receipts_gbp: (1..=latest).map(late).collect(),
            trial: draw(self),
        }
    }
}

/// What each part is worth as assumed, and the sales with what they cost to hold, by years late: every
/// draw is a sum of multiples of these.
struct Drawn {
    parts: Vec<(Driver, f64)>,
    /// By years late: sales, and holding longer for a running cost as assumed.
    late: Vec<(f64, f64)>,
}

impl Drawn {
    fn of(world: &World<'_>) -> Self {
        let factors = Years::of(world.finance);
        let alone = |wanted: Driver, late: u32, held: &[(u32, f64)]| {
            let mut turn = world.as_assumed();
            turn.late = late;
            for (driver, multiple) in &mut turn.multiples {
                *multiple = if *driver == wanted { 1.0 } else { 0.0 };
            }
            let world = World {
                finance: world.finance,
                parts: world
                    .parts
                    .iter()
                    .filter(|part| part.0 == wanted)
                    .cloned()
                    .collect(),
                held: held.to_vec(),
            };
            world.worth(&turn, &factors)
        };
        let latest = world.finance.ranges.of(Driver::ReceiptDelay).1 as u32;
        let running = alone(Driver::RunningCost, 0, &[]);
        Self {
            parts: Driver::ALL
                .into_iter()
                .map(|driver| (driver, alone(driver, 0, &[])))
                .collect(),
            late: (0..=latest)
                .map(|years| {
                    let sales = alone(Driver::Receipts, years, &[]);
                    (
                        sales,
                        alone(Driver::RunningCost, years, &world.held) - running,
                    )
                })
                .collect(),
        }
    }

    fn sum(&self, turn: &Turn) -> f64 {
        let (sales, held) = self.late[turn.late as usize];
        let others = self.parts.iter().filter(|part| part.0 != Driver::Receipts);
        let others: f64 = others
            .map(|(driver, worth)| multiple(turn, *driver) * worth)
            .sum();
        others
            + multiple(turn, Driver::Receipts) * sales
            + multiple(turn, Driver::RunningCost) * held
    }
}

/// The draws of the method.
fn draw(world: &World<'_>) -> Trial {
    let ranges = &world.finance.ranges;
    let drawn = Drawn::of(world);
    let mut state = ranges.seed;
    let mut turn = world.as_assumed();
    let mut worths: Vec<f64> = Vec::new();
    for _ in 0..ranges.draws {
        for (driver, multiple) in &mut turn.multiples {
            if *driver == Driver::DiscountRate {
                continue;
            }
            let chance = next(&mut state);
            let (low, high) = ranges.of(*driver);
            if *driver == Driver::ReceiptDelay {
                turn.late = (low + (chance * (high - low + 1.0)).floor()) as u32;
            } else if high > low {
                let (below, above) = (1.0 - low, high - 1.0);
                *multiple = match chance * (high - low) < below {
                    true => low + (chance * (high - low) * below).sqrt(),
                    false => high - ((1.0 - chance) * (high - low) * above).sqrt(),
                };
            }
        }
        worths.push(drawn.sum(&turn));
    }
    let penny = |pounds: f64| in_pence(pounds) as f64 / 100.0;
    let mean = penny(worths.iter().sum::<f64>() / f64::from(ranges.draws.max(1)));
    let better = worths.iter().filter(|worth| **worth > 0.0).count() as u32;
    worths.sort_by(f64::total_cmp);
    // The least sum that so many tenths of the draws do not exceed.
    let tenths = |of_ten: usize| {
        let enough = worths
            .iter()
            .enumerate()
            .find(|(at, _)| (at + 1) * 10 >= of_ten * worths.len());
        enough.map_or(0.0, |(_, worth)| penny(*worth))
    };
    Trial {
        draws: ranges.draws,
        seed: ranges.seed,
        better,
        mean_gbp: mean,
        npv_p10_gbp: tenths(1),
        npv_p50_gbp: tenths(5),
        npv_p90_gbp: tenths(9),
    }
}

/// The next number of SplitMix64, from 0 to 1.
fn next(state: &mut u64) -> f64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mixed = [(30, 0xBF58_476D_1CE4_E5B9_u64), (27, 0x94D0_49BB_1331_11EB)]
        .into_iter()
        .fold(*state, |bits, (shift, by)| {
            (bits ^ (bits >> shift)).wrapping_mul(by)
        });
    ((mixed ^ (mixed >> 31)) >> 11) as f64 * (0.5_f64).powi(53)
}

//! What is done in turn: a first plan; prices and searches side by side; tiles; and what is left as one program.

use super::super::answer::Ask;
use super::super::climb::{Ascent, Bound, Climb};
use super::super::cores;
use super::super::counted::Counted;
use super::super::dice::Dice;
use super::super::limits::Limits;
use super::frame::Frame;
use super::search::{Kept, Schedule, Search, neighbours};
use super::start::{first, with_open};
use super::tiles::{Choice, Tiles};
use super::tree::{Ends, Tree};
use super::ways::Undivided;
use super::whole::{Program, whole};
use std::time::Duration;

/// What it comes to: an infinite bound and nothing where nothing keeps the limits.
pub(super) struct Found {
    pub(super) best: Option<Kept>,
    /// No solution costs less.
    pub(super) bound: f64,
    /// The prices.
    pub(super) root: Option<Bound>,
    pub(super) counts: Vec<(&'static str, u64)>,
}

/// Nodes of a site's knapsack while prices climb.
const NODES: u32 = 300;

/// Times that prices and search go on side by side before they hear of each other, and steps of the prices in each: the
/// first with divided items.
const EPOCHS: usize = 5;
const STEPS: usize = 240;

/// Terms of what is left as one program, at most.
const PROGRAM: usize = 60_000;

/// Parts of the tree that are looked at beside one round of tiles, for one item.
const NODES_A_ROUND: usize = 5_000;

/// Up to so many ways the tree comes first, and tiles after so many parts of it.
const SMALL: usize = 10_000;
const PATIENCE: u64 = 200;

/// Seconds of a step of the search, so that what is asked for says how many there are.
const STEP: f64 = 25e-6;

/// How long the program's answer is waited for at a time.
const WAIT: Duration = Duration::from_millis(20);

struct Going<'a> {
    of: &'a Undivided,
    limits: &'a Limits<'a>,
    ask: &'a Ask,
    best: Kept,
    bound: f64,
}

/// Finds a plan and a bound.
pub(super) fn find(of: &Undivided, start: Option<Kept>, limits: &Limits, ask: &Ask) -> Found {
    let nothing = |bound: f64| Found {
        best: None,
        bound,
        root: None,
        counts: Vec::new(),
    };
    let counted = match of.roomy().counted(&of.locks) {
        Some(counted) if !of.leaves_one_out() => counted,
        _ => return nothing(f64::INFINITY),
    };
    let best = match start {
        Some(start) => start,
        None => match begin(of, limits) {
            Begun::Plan(plan) => plan,
            Begun::Nothing { proven } => {
                return nothing(if proven {
                    f64::INFINITY
                } else {
                    f64::NEG_INFINITY
                });
            }
        },
    };
    let going = Going {
        of,
        limits,
        ask,
        best,
        bound: f64::NEG_INFINITY,
    };
    (limits.report)(Some(going.best.value), f64::NEG_INFINITY);
    going.run(counted)
}

/// What came of looking for a first plan.
enum Begun {
    Plan(Kept),
    Nothing { proven: bool },
}

/// A first plan, by packing for as long as there is time; where that is not found at once and the problem is small, by a
/// program, which says also where there is none.
fn begin(of: &Undivided, limits: &Limits) -> Begun {
    let mut dice = Dice::new(limits.seed);
    if let Some(homes) = first(of, &mut dice, limits.stop) {
        return Begun::Plan(homes.kept());
    }
    if of.size() <= PROGRAM && !(limits.stop)() {
        let ends = Ends::of(limits).ends(None);
        let program = Program::start(whole(of, &of.locks, &|_, _| true), ends);
        loop {
            if let Some(answer) = program.poll(WAIT) {
                return match answer.plan(of) {
                    Some(plan) => Begun::Plan(plan),
                    None => Begun::Nothing {
                        proven: answer.impossible,
                    },
                };
            }
            if (limits.stop)() {
                return Begun::Nothing { proven: false };
            }
        }
    }
    while !(limits.stop)() {
        if let Some(homes) = first(of, &mut dice, limits.stop) {
            return Begun::Plan(homes.kept());
        }
    }
    Begun::Nothing { proven: false }
}

/// Prices, and where they have come to.
struct Dual<'a> {
    frame: Frame<'a>,
    ascent: Ascent,
    last: Vec<bool>,
    ended: bool,
}

impl<'a> Dual<'a> {
    fn new(
        of: &'a Undivided,
        counted: Counted<'a>,
        nodes: Option<u32>,
        prices: Vec<f64>,
        stride: f64,
    ) -> Dual<'a> {
        let frame = Frame::new(of, counted, nodes);
        let ascent = Ascent::new(&frame, prices, stride);
        Dual {
            last: vec![false; of.sites()],
            frame,
            ascent,
            ended: false,
        }
    }

    fn climb(&mut self, steps: usize, upper: f64, enough: f64, stop: &dyn Fn() -> bool) {
        let climb = Climb {
            steps,
            enough,
            upper,
            shortest: 1e-3,
            stop,
        };
        self.ended = self.ascent.climb(&self.frame, &climb, &mut self.last);
    }
}

impl<'a> Going<'a> {
    fn run(mut self, counted: Counted<'a>) -> Found {
        let of = self.of;
        let near = neighbours(of);
        let mut counts = Vec::new();
        let mut dual = Dual::new(of, counted, None, of.first_prices(), 1.0);
        let steps = self.search_steps();
        let mut epoch = 0;
        while epoch < EPOCHS && !self.over() {
            if epoch == 1 {
                let prices = dual.ascent.best.prices.clone();
                dual = Dual::new(of, counted, Some(NODES), prices, 0.3);
            }
            self.side_by_side(&mut dual, &near, steps, epoch);
            if !(self.limits.stop)() {
                self.by_prices(&dual);
            }
            self.tell(&dual.ascent.best);
            epoch += 1;
        }
        self.tell(&dual.ascent.best);
        counts.push(("epochs", epoch as u64));
        if !self.over() {
            self.finish(&near, &dual, &mut counts);
        }
        Found {
            bound: self.bound.min(self.best.value),
            best: Some(self.best),
            root: Some(dual.ascent.best),
            counts,
        }
    }

    /// Steps of each search.
    fn search_steps(&self) -> u64 {
        let seconds = self.ask.time.as_secs_f64();
        let items = self.of.items() as f64;
        let most = (600.0 * items).min(40_000.0 + 160.0 * items);
        (0.1 * seconds / STEP).clamp(500.0, most.max(500.0)) as u64
    }

    /// Prices climb while a search goes on from the best plan.
    fn side_by_side(&mut self, dual: &mut Dual<'a>, near: &[Vec<u32>], steps: u64, epoch: usize) {
        let (upper, enough) = (self.best.value, self.enough());
        let seed = self.limits.seed.wrapping_add(epoch as u64);
        let mut search = Search::new(self.best.homes(self.of), near, seed);
        let schedule = Schedule {
            steps,
            hot: if epoch == 0 { 0.3 } else { 0.04 },
            cold: 0.003,
        };
        let stop = self.limits.stop;
        let climb = |dual: &mut Dual| {
            if !dual.ended {
                dual.climb(STEPS, upper, enough, &|| stop());
            }
        };
        if cores::are_free() {
            std::thread::scope(|scope| {
                scope.spawn(|| climb(dual));
                search.run(schedule, &|| stop());
            });
        } else {
            climb(dual);
            search.run(schedule, &|| stop());
        }
        self.keep(search.best);
    }

    /// The plan of the sites that the prices open.
    fn by_prices(&mut self, dual: &Dual) {
        let open: Vec<bool> = dual.ascent.open.iter().map(|open| *open >= 0.5).collect();
        if let Some(homes) = with_open(self.of, &open, &self.of.by_size()) {
            self.keep(homes.kept());
        }
    }

    /// Tiles look for better plans and the tree for a better bound, side by side, until neither finds more.
    fn finish(&mut self, near: &[Vec<u32>], dual: &Dual, counts: &mut Vec<(&'static str, u64)>) {
        let of = self.of;
        let mut tiles = Tiles::new(&self.best, of, near, self.limits.seed);
        let mut tree = Tree::new(of, &dual.ascent.best);
        let nodes = (NODES_A_ROUND / of.items().max(1)).clamp(1, 32);
        let mut rounds = 0;
        let mut choice = Choice::new(of, &dual.frame, &dual.ascent.best);
        while !(self.over() || tree.is_empty() || (tiles.exhausted && tree.is_done())) {
            if self.ask.rounds.is_some_and(|most| rounds >= most) {
                break;
            }
            rounds += 1;
            let enough = self.enough();
            let ends = Ends::of(self.limits);
            let seed = self.limits.seed;
            choice.widen(tiles.growths);
            // Where the tree is soon done, tiles are a waste; and where there is much to gain, they come first.
            let first = of.size() > SMALL && tiles.growths == 0;
            let late = of.size() <= SMALL && tree.visited < PATIENCE;
            let mut pack = |beside: bool| {
                if !tiles.exhausted && !late {
                    tiles.round(&choice, seed, ends.stop, beside);
                }
            };
            if tree.is_done() || first {
                pack(false);
            } else if cores::are_free() {
                std::thread::scope(|scope| {
                    scope.spawn(|| tree.grow(nodes, enough, &ends));
                    pack(true);
                });
            } else {
                pack(false);
                tree.grow(nodes, enough, &ends);
            }
            let mut homes = tiles.homes.clone();
            homes.tidy();
            self.keep(homes.kept());
            if let Some(plan) = tree.best.take() {
                self.keep(plan);
                tiles.adopt(&self.best);
            }
            self.bound = self.bound.max(tree.bound().min(self.best.value));
            (self.limits.report)(Some(self.best.value), self.bound);
        }
        counts.push(("tile_rounds", tiles.rounds - 1));
        counts.push(("tiles", tiles.tried));
        counts.push(("tiles_found", tiles.found));
        counts.push(("nodes", tree.visited));
        counts.push(("programs", tree.programs));
    }

    fn keep(&mut self, plan: Kept) {
        if plan.value < self.best.value {
            self.best = plan;
        }
    }

    fn tell(&mut self, bound: &Bound) {
        self.bound = self.bound.max(self.of.rounded(bound.value));
        (self.limits.report)(Some(self.best.value), self.bound);
    }

    /// A bound above this is of no use: nothing below it is better by more than the gap asked for.
    fn enough(&self) -> f64 {
        self.of.enough(self.best.value, self.limits.gap)
    }

    fn over(&self) -> bool {
        self.bound >= self.enough() || (self.limits.stop)()
    }
}

//! The nearest limit on money that would work: the least that any plan comes to.

use super::fault::{self, Fault};
use super::{Look, Nearest, ONE};
use crate::place::Place;
use crate::plan::choice::Choice;
use crate::plan::compile::{Compiled, Sources};
use crate::plan::limits::money::{self, MoneyLimit, THOUSAND};
use crate::plan::solve::{compiled, with_sources};
use crate::siting::{Ask, Cover, Problem, Row, SiteLock, Term};
use std::time::Duration;

/// Sums are solved to a tolerance, £.
const TOLERANCE: f64 = 0.5;

/// The gap at which the least is near enough.
const GAP: f64 = 0.0005;

/// What stands in the way is named where without it so much of the way to what is asked is covered.
const GOOD_PART: f64 = 0.1;

impl Look<'_> {
    /// The nearest limit with which there is a plan, others left out.
    pub(super) fn nearest_money(
        &self,
        place: &Place,
        words: &str,
        others: &[Fault],
    ) -> Option<Nearest> {
        let time = self.left()?.min(ONE);
        let place = &fault::without(place, others);
        with_sources(place, self.travel, self.objective, false, |from| {
            let mut compiled = compiled(from).ok()?;
            let limits = money::limits(&from.sums());
            let limit = limits.iter().find(|limit| limit.words() == words)?;
            fault::drop_rows(&mut compiled.problem, others);
            let row = taken(&mut compiled.problem, words)?;
            // Any plan without the limit is where the search for the least begins.
            let any = self.solved(from, &compiled, &compiled.problem, &ask(1.0e9, time));
            let (any, _) = any.ok()?;
            from.start_at(&mut compiled, &any.arrangement);
            let least = least_of(&compiled, &row);
            let found = self.solved(from, &compiled, &least, &ask(GAP, time));
            let (choice, bound) = found.unwrap_or((any, None));
            let bound =
                bound.map(|bound| limit.most + (bound - row.at_most.unwrap_or(0.0)) / THOUSAND);
            let mut nearest = told(from, limit, &choice, bound);
            let amount = limit.amount(&from.sums(), &choice);
            nearest.held_by = self.held_by(from, &compiled, (limit, &row), amount);
            Some(nearest)
        })
    }

    /// What keeps a sum from being less than this: each other limit on money, the limits on access, and what is
    /// decided, with what the sum comes to without it, where that is a good part of the way to what is asked.
    fn held_by(
        &self,
        from: &Sources<'_>,
        compiled: &Compiled,
        (limit, row): (&MoneyLimit, &Row),
        amount: f64,
    ) -> Vec<String> {
        let whole = least_of(compiled, row);
        let mut without: Vec<(String, Problem)> = Vec::new();
        let limits = money::limits(&from.sums());
        for other in &limits {
            let mut eased = whole.clone();
            eased.rows.retain(|row| row.name != other.words());
            if eased.rows.len() < whole.rows.len() {
                without.push((other.id(from.place), eased));
            }
        }
        if whole.reaches.iter().any(|reach| !reach.covers.is_empty()) {
            let mut eased = whole.clone();
            eased.reaches.clear();
            without.push(("the limits on access".to_owned(), eased));
        }
        if whole.sites.iter().any(|site| site.lock != SiteLock::Free) {
            let mut eased = whole.clone();
            for site in &mut eased.sites {
                site.lock = SiteLock::Free;
            }
            without.push(("what is decided of buildings".to_owned(), eased));
        }
        let enough = GOOD_PART * (amount - limit.most);
        let count = without.len();
        let all = without
            .into_iter()
            .enumerate()
            .filter_map(|(nth, (name, eased))| {
                let time = self.one_of(count - nth)?.left()?.min(ONE);
                let found = self.solved(from, compiled, &eased, &ask(GAP, time));
                let less = limit.amount(&from.sums(), &found.ok()?.0);
                let steps = limit.told.steps(less - TOLERANCE).ceil();
                (amount - less > enough.max(TOLERANCE)).then(|| {
                    let words = limit.told.at(steps);
                    format!("{name} (without: {words})")
                })
            });
        all.collect()
    }
}

/// What a limit on money is asked of the solver.
fn ask(gap: f64, time: Duration) -> Ask {
    Ask {
        gap,
        time,
        seed: 1,
        rounds: None,
        least_travel_within: None,
    }
}

/// The first row of a name, and with it all others of that name, out of a problem.
fn taken(problem: &mut Problem, words: &str) -> Option<Row> {
    let first = problem.rows.iter().find(|row| row.name == words)?.clone();
    problem.rows.retain(|row| row.name != words);
    Some(first)
}

/// The problem in which only a row's sum is made least.
fn least_of(compiled: &Compiled, row: &Row) -> Problem {
    let mut least = compiled.problem.clone();
    for site in &mut least.sites {
        site.fixed_cost = 0.0;
    }
    for placement in &mut least.placements {
        placement.cost = 0.0;
    }
    for parent in &mut least.parents {
        parent.fixed_cost = 0.0;
    }
    for reach in &mut least.reaches {
        reach.covers.retain(Cover::is_hard);
    }
    for (term, amount) in &row.terms {
        match term {
            Term::Site(at) => least.sites[*at].fixed_cost += amount,
            Term::Placement(at) => least.placements[*at].cost += amount,
        }
    }
    least
}

/// What a plan comes to as a limit, in whole steps, and what no plan comes to, £.
fn told(from: &Sources<'_>, limit: &MoneyLimit, choice: &Choice, bound: Option<f64>) -> Nearest {
    let sums = from.sums();
    let steps = |amount: f64| limit.told.steps(amount);
    let most = |steps: f64| limit.told.at(steps);
    let amount = limit.amount(&sums, choice);
    let works = steps(amount - TOLERANCE).ceil();
    let fails = bound.map(|bound| steps(bound.min(amount) - TOLERANCE).ceil() - 1.0);
    let today = limit.amount(&sums, &Choice::today(from.place));
    Nearest {
        works: most(works),
        is_next: fails.is_some_and(|fails| works - fails <= 1.5),
        fails: fails.map(most),
        today_keeps: today <= limit.most + 1.0,
        held_by: Vec::new(),
    }
}

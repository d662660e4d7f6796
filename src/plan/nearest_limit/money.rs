//! The nearest limit on money that would work: the least that any plan comes to.

use super::fault::{self, Fault};
use super::{Look, Nearest, ONE};
use crate::place::Place;
use crate::plan::choice::Choice;
use crate::plan::compile::{Compiled, Sources};
use crate::plan::limits::money::{self, MoneyLimit, THOUSAND};
use crate::plan::solve::{compiled, with_sources};
use crate::siting::{Ask, Cover, Problem, Row, Term};

/// Sums are solved to a tolerance, £.
const TOLERANCE: f64 = 0.5;

/// The gap at which the least is near enough.
const GAP: f64 = 0.0005;

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
            let ask = |gap: f64| Ask {
                gap,
                time,
                seed: 1,
                rounds: None,
                least_travel_within: None,
            };
            // Any plan without the limit is where the search for the least begins.
            let any = self.solved(from, &compiled, &compiled.problem, &ask(1.0e9));
            let (any, _) = any.ok()?;
            from.start_at(&mut compiled, &any.arrangement);
            let least = least_of(&compiled, &row);
            let found = self.solved(from, &compiled, &least, &ask(GAP));
            let (choice, bound) = found.unwrap_or((any, None));
            let bound =
                bound.map(|bound| limit.most + (bound - row.at_most.unwrap_or(0.0)) / THOUSAND);
            Some(told(from, limit, &choice, bound))
        })
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
    let (nothing, step) = (limit.told.nothing, limit.told.step.max(0.01));
    let steps = |amount: f64| (amount - nothing) / step;
    let most = |steps: f64| (limit.told.words)(nothing + steps * step);
    let amount = limit.amount(&sums, choice);
    let works = steps(amount - TOLERANCE).ceil();
    let fails = bound.map(|bound| steps(bound.min(amount) - TOLERANCE).ceil() - 1.0);
    let today = limit.amount(&sums, &Choice::today(from.place));
    Nearest {
        works: most(works),
        is_next: fails.is_some_and(|fails| works - fails <= 1.5),
        fails: fails.map(most),
        today_keeps: today <= limit.most + 1.0,
    }
}

//! A plan drawn up once, to be asked what it would be with single buildings the other way round.
//!
//! Everybody starts where the plan has them, and those around the building move as is cheapest; all else
//! stays. The multipliers behind the plan say what no such plan can cost less than.

use super::assemble::{Found, assemble, gap};
use super::choice::Choice;
use super::compile::{Compiled, Sources};
use super::error::PlanError;
use super::infeasible;
use super::limits::money::verdicts;
use super::money_bound::without_prices;
use super::report::{Plan, Run, Status};
use super::solve::{ruled_out, with_sources};
use crate::access::Arrangement;
use crate::place::{BuildingIx, Place};
use crate::plan::LimitVerdict;
use crate::siting::{
    BoundSource, Certificate, Problem, Progress, Proof, Settled, SiteLock, Turn, Turned,
};
use crate::travel::Travel;
use std::time::Duration;

/// A plan to which such questions can be put.
pub struct Turning<'a> {
    from: &'a Sources<'a>,
    plan: &'a Plan,
    compiled: &'a Compiled,
    settled: Option<Settled<'a>>,
    /// The same without its limits on money, where it has any.
    unlimited: Option<Settled<'a>>,
    /// The multipliers, with the bound that they give.
    proven: Option<Certificate>,
}

/// What became of a plan with a building the other way round.
#[derive(Clone, Debug)]
pub enum TurnedRound {
    /// The plan.
    Planned(Box<Plan>),
    /// There is none, and why: proven.
    Impossible(Vec<String>),
    /// None was found around the building; there may be one all the same.
    NotFound,
}

/// Draws up a plan of a place once, and hands it on. Multipliers that do not fit prove nothing.
pub fn turning<T>(
    place: &Place,
    travel: &Travel,
    plan: &Plan,
    certificate: Option<&Certificate>,
    then: impl FnOnce(&Turning<'_>) -> T,
) -> T {
    with_sources(place, travel, plan.objective, true, |from| {
        let mut compiled = from.compile();
        let whole = from.start_at(&mut compiled, &plan.arrangement(place));
        let money = without_money(&compiled);
        let plain = without_prices(&compiled.problem);
        let plain = plain.as_ref().unwrap_or(&compiled.problem);
        let proven = certificate.and_then(|given| given.clone().recomputed(plain));
        let settle = |problem| match whole && infeasible::contradictions(from).is_empty() {
            true => Settled::new(problem, proven.as_ref()),
            false => None,
        };
        then(&Turning {
            from,
            plan,
            settled: settle(&compiled.problem),
            unlimited: money.as_ref().and_then(settle),
            compiled: &compiled,
            proven: proven.clone(),
        })
    })
}

/// The problem without its limits on money; `None` where it has none.
fn without_money(compiled: &Compiled) -> Option<Problem> {
    let mut problem = compiled.problem.clone();
    let rows = compiled.money_rows.clone();
    (!rows.is_empty()).then(|| {
        problem.rows.drain(rows);
        problem
    })
}

impl Turning<'_> {
    /// The place that `changed` is this one with the lock of a building turned: a plan of it that is this
    /// plan but for what is around the building, or why no plan can be. It is not verified. A first one is looked for as long as
    /// `time`, a better one as long as `enough`.
    /// Beside it the limits on money that are in its way: the cheapest plan of that kind breaks them if it need not keep
    /// them, and either none is found that keeps them, or without them it would be cheaper than leaving the building as it is.
    pub fn turned(
        &self,
        at: BuildingIx,
        changed: &Place,
        times: (Duration, Duration),
        progress: &dyn Progress,
    ) -> (TurnedRound, Vec<LimitVerdict>) {
        let Some(turn) = self.turn(at, times) else {
            return (self.ruled_out(changed, None), Vec::new());
        };
        let look = |settled: &Settled<'_>| settled.turned(turn, progress);
        let mut broken = Vec::new();
        let found = match (&self.unlimited, &self.settled) {
            (Some(free), Some(limited)) => match look(free) {
                Turned::Found(solution) => {
                    let choice = self.from.choice(self.compiled, &solution);
                    broken = verdicts(self.from.place, &self.from.sums(), &choice);
                    broken.retain(|verdict| !verdict.kept);
                    // What keeps the limits unasked is the cheapest of those that must.
                    match broken.is_empty() {
                        true => Turned::Found(solution),
                        false => {
                            let within = look(limited);
                            let other = matches!(within, Turned::Found(_));
                            if other && !self.rather(free, turn, &choice, progress) {
                                broken.clear();
                            }
                            within
                        }
                    }
                }
                other => other,
            },
            (None, Some(settled)) => look(settled),
            _ => return (self.ruled_out(changed, None), Vec::new()),
        };
        let told = match found {
            Turned::Found(solution) => {
                let choice = self.from.choice(self.compiled, &solution);
                TurnedRound::Planned(Box::new(self.written(at, changed, &choice)))
            }
            Turned::Homeless(items) => self.ruled_out(changed, Some(self.homeless(&items))),
            Turned::OutOfReach(reaches) => self.ruled_out(changed, Some(self.together(&reaches))),
            Turned::Crowded(reaches) => self.ruled_out(changed, Some(self.crowded(&reaches))),
            Turned::NotFound => TurnedRound::NotFound,
        };
        (told, broken)
    }

    /// Whether a choice with the building the other way round costs less than the cheapest found with it as it is, where no
    /// limit on money is kept: else it is not such a limit that leaves it as it is.
    fn rather(
        &self,
        free: &Settled<'_>,
        turn: Turn,
        other: &Choice,
        progress: &dyn Progress,
    ) -> bool {
        let lock = match turn.lock {
            SiteLock::Closed => SiteLock::Open,
            SiteLock::Open | SiteLock::Free => SiteLock::Closed,
        };
        match free.turned(Turn { lock, ..turn }, progress) {
            Turned::Found(solution) => {
                let books = self.from.books;
                let as_it_is = self.from.choice(self.compiled, &solution);
                books.cost(other) < books.cost(&as_it_is)
            }
            _ => true,
        }
    }

    /// Why the changed place has no plan: as it shows without a search, else as it is `known` already.
    fn ruled_out(&self, changed: &Place, known: Option<String>) -> TurnedRound {
        let told = ruled_out(changed, self.from.travel, self.plan.objective);
        match (told, known) {
            (Some(PlanError::Infeasible { reasons } | PlanError::Conflict { reasons }), _) => {
                TurnedRound::Impossible(reasons)
            }
            (_, Some(known)) => TurnedRound::Impossible(vec![known]),
            (_, None) => TurnedRound::NotFound,
        }
    }

    /// That some have nowhere else to go.
    fn homeless(&self, items: &[usize]) -> String {
        let names = items
            .iter()
            .map(|at| self.compiled.problem.items[*at].name.as_str());
        let names: Vec<&str> = names.collect();
        format!("nowhere else to go: {}", names.join(", "))
    }

    /// That some reaches cannot be kept beside the others, room, separations, locks and money.
    fn crowded(&self, reaches: &[usize]) -> String {
        let money = match self.compiled.money_rows.is_empty() {
            true => "",
            false => ", the limits on money",
        };
        let all = format!(
            "whoever went where, room, separations, what is decided{money} and the hard limits on access could not all be kept"
        );
        match self.rules(reaches).as_slice() {
            [] => all,
            rules => format!("{all}, among them: {}", rules.join("; ")),
        }
    }

    /// That some reaches cannot be kept together.
    fn together(&self, reaches: &[usize]) -> String {
        format!(
            "wherever the service and those that share its counters went, these could not all be kept: {}",
            self.rules(reaches).join("; ")
        )
    }

    /// The hard rules that some reaches stand for, in words.
    fn rules(&self, reaches: &[usize]) -> Vec<String> {
        let problem = &self.compiled.problem;
        let covers = reaches.iter().flat_map(|at| &problem.reaches[*at].covers);
        let mut rules: Vec<String> = Vec::new();
        for cover in covers.filter(|cover| cover.is_hard()) {
            let rule = infeasible::rule_in_words(self.from, cover.name());
            if !rules.contains(&rule) {
                rules.push(rule);
            }
        }
        rules
    }

    /// A choice as a plan of the place with the lock turned.
    fn written(&self, at: BuildingIx, changed: &Place, choice: &Choice) -> Plan {
        let bound = self.opposite_bound(at);
        with_sources(
            changed,
            self.from.travel,
            self.plan.objective,
            false,
            |own| {
                // What a lock takes out of the cost is in neither plan's saving.
                let shift = own.books.do_minimum() - self.plan.do_minimum;
                let bound = bound.map(|bound| bound + shift);
                assemble(own, choice, self.found(own.books.cost(choice), bound))
            },
        )
    }

    /// No plan with the building the other way round costs less than this; `None` where nothing is proven.
    pub fn opposite_bound(&self, at: BuildingIx) -> Option<f64> {
        let open = self.is_open(at)?;
        let own = self.proven.as_ref().and_then(|proven| {
            let term = self.compiled.opposite(at, open, proven)?;
            Some(proven.bound + term)
        });
        own.into_iter().chain(self.plan.bound).reduce(f64::max)
    }

    fn is_open(&self, at: BuildingIx) -> Option<bool> {
        let id = self.from.place.building(at).id.as_str();
        let mut planned = self.plan.buildings.iter();
        planned
            .find(|one| one.asset_id == id)
            .map(|one| one.action.is_open())
    }

    fn turn(&self, at: BuildingIx, (time, enough): (Duration, Duration)) -> Option<Turn> {
        Some(Turn {
            site: self.compiled.free_site(at)?,
            lock: match self.is_open(at)? {
                true => SiteLock::Closed,
                false => SiteLock::Open,
            },
            time,
            enough,
            seed: self.plan.run.seed,
        })
    }

    fn found(&self, value: f64, bound: Option<f64>) -> Found {
        let none = bound
            .and_then(|bound| gap(value, bound))
            .is_some_and(|gap| gap <= 1e-8);
        Found {
            status: if none {
                Status::WithinGap
            } else {
                Status::Limit
            },
            bound,
            bound_source: BoundSource::Certificate,
            certificate: None,
            proofs: vec![Some(Proof::BestFound); self.from.place.buildings.len()],
            travel: None,
            run: Run {
                version: env!("CARGO_PKG_VERSION").to_owned(),
                engine: "neighbourhood".to_owned(),
                seed: self.plan.run.seed,
                ..Run::default()
            },
        }
    }
}

impl Sources<'_> {
    /// Starts a compiled place from this arrangement and no other; false where somebody cannot be there.
    pub(super) fn start_at(&self, compiled: &mut Compiled, arrangement: &Arrangement) -> bool {
        let positions = self.positions(arrangement);
        let Some(mut start) = positions.iter().copied().collect::<Option<Vec<usize>>>() else {
            return false;
        };
        self.complete(compiled, arrangement, &mut start, |_| false);
        compiled.problem.start = Some(start);
        true
    }
}

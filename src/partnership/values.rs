//! The plan of every coalition, side by side, each from the plans of its parts.

use super::kept::KeptPlan;
use super::outsiders::{considered_by, place_of};
use super::starts::{Known, starts};
use super::{Coalition, Member, PartnershipError, Watch, members};
use crate::place::{BuildingIx, Objective, Place};
use crate::plan::verify::verify;
use crate::plan::{Plan, PlanError, Status, Wish, plan_among};
use crate::siting::{Progress, Snapshot};
use crate::travel::Travel;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Everything that every coalition's plan is made from.
pub(super) struct Solving<'a> {
    pub(super) place: &'a Place,
    pub(super) travel: &'a Travel,
    pub(super) members: &'a [Member],
    pub(super) considered: &'a [Vec<BuildingIx>],
    pub(super) wish: &'a Wish,
    pub(super) objective: Objective,
    pub(super) threads: usize,
    pub(super) watch: &'a dyn Watch,
}

/// What is known before and after.
pub(super) type Plans = BTreeMap<Coalition, KeptPlan>;

/// A search within the whole run: it can be stopped, and reports nothing of its own.
struct Within<'a>(&'a dyn Watch);

impl Progress for Within<'_> {
    fn report(&self, _: Snapshot) {}

    fn cancelled(&self) -> bool {
        self.0.cancelled()
    }
}

impl Solving<'_> {
    /// Plans every coalition that is not known well enough, the smaller first. `Ok(false)` where a
    /// person stopped it.
    pub(super) fn solve(
        &self,
        coalitions: &[Coalition],
        plans: &mut Plans,
    ) -> Result<bool, PartnershipError> {
        let done = AtomicUsize::new(0);
        let mut left = coalitions;
        while let Some(first) = left.first() {
            let size = first.size();
            let end = left.iter().position(|one| one.size() != size);
            let (now, later) = left.split_at(end.unwrap_or(left.len()));
            left = later;
            let known = self.known(plans);
            let found = self.side_by_side(now, plans, &known, (&done, coalitions.len()))?;
            plans.extend(found);
            if self.watch.cancelled() && !now.iter().all(|one| plans.contains_key(one)) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The plans known so far, as starts.
    fn known(&self, plans: &Plans) -> BTreeMap<Coalition, Known> {
        let plans = plans.iter().filter(|(_, plan)| plan.none.is_none());
        plans
            .filter_map(|(coalition, plan)| {
                let known = Known {
                    saving: plan.saving_gbp,
                    arrangement: plan.arrangement(self.place)?,
                };
                Some((*coalition, known))
            })
            .collect()
    }

    /// Plans coalitions of one size, as many at a time as there are threads.
    fn side_by_side(
        &self,
        now: &[Coalition],
        plans: &Plans,
        known: &BTreeMap<Coalition, Known>,
        (done, of): (&AtomicUsize, usize),
    ) -> Result<Plans, PartnershipError> {
        let next = AtomicUsize::new(0);
        let found = Mutex::new((Plans::new(), None));
        let work = || {
            while let Some(coalition) = now.get(next.fetch_add(1, Ordering::Relaxed)) {
                let solved = match plans.get(coalition) {
                    Some(plan) if self.is_enough(plan) => Ok(Some(plan.clone())),
                    _ => self.one(*coalition, known),
                };
                let mut found = match found.lock() {
                    Ok(found) => found,
                    Err(broken) => broken.into_inner(),
                };
                match solved {
                    Ok(Some(plan)) => {
                        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                        self.watch.planned(done, of, &plan);
                        found.0.insert(*coalition, plan);
                    }
                    Ok(None) => break,
                    Err(fault) => {
                        found.1.get_or_insert(fault);
                        break;
                    }
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 1..self.threads.min(now.len()) {
                scope.spawn(work);
            }
            work();
        });
        match found.into_inner() {
            Ok((found, None)) => Ok(found),
            Ok((_, Some(fault))) => Err(fault),
            Err(_) => Err(PartnershipError::Solver("a thread broke off".to_owned())),
        }
    }

    fn is_enough(&self, plan: &KeptPlan) -> bool {
        plan.none.is_some() || plan.gap.is_some_and(|gap| gap <= self.wish.gap + 1e-8)
    }

    /// Plans one coalition; `None` where a person stopped it.
    fn one(
        &self,
        coalition: Coalition,
        known: &BTreeMap<Coalition, Known>,
    ) -> Result<Option<KeptPlan>, PartnershipError> {
        if self.watch.cancelled() {
            return Ok(None);
        }
        let inside = members::inside(self.place, self.members, coalition);
        let own = place_of(self.place, &inside);
        let considered = considered_by(self.place, self.considered, &inside);
        let mut starts = starts(self.place, coalition, known);
        starts.extend(known.get(&coalition).map(|one| one.arrangement.clone()));
        let within = Within(self.watch);
        let planned = plan_among(&own, self.travel, self.wish, &considered, &starts, &within);
        let everybody = coalition == Coalition::all(self.members.len());
        let ids: Vec<String> = coalition
            .members()
            .map(|at| self.members[at].id.clone())
            .collect();
        let nothing = |why: String, most| KeptPlan {
            members: ids.clone(),
            saving_at_most_gbp: most,
            none: Some(why),
            within_gap: most.is_some(),
            gains: vec![0.0; self.place.agencies.len()],
            ..KeptPlan::default()
        };
        match planned {
            Ok(plan) if plan.status == Status::Interrupted => Ok(None),
            Ok(plan) => {
                let figures = verify(&own, self.travel, &plan);
                if !figures.is_empty() {
                    return Err(PartnershipError::NotVerified {
                        coalition: ids.join(", "),
                        figures: figures.iter().map(ToString::to_string).collect(),
                    });
                }
                Ok(Some(self.kept(ids, &plan)))
            }
            Err(_) if self.watch.cancelled() => Ok(None),
            Err(PlanError::Infeasible { reasons } | PlanError::Conflict { reasons })
                if !everybody =>
            {
                let why = reasons.into_iter().next().unwrap_or_default();
                Ok(Some(nothing(why, Some(0.0))))
            }
            Err(PlanError::NothingFound) if !everybody => {
                Ok(Some(nothing("none was found in the time".to_owned(), None)))
            }
            Err(fault) => Err(fault.into()),
        }
    }

    fn kept(&self, members: Vec<String>, plan: &Plan) -> KeptPlan {
        let arrangement = plan.arrangement(self.place);
        let gains = plan.ledger.iter().map(|agency| match self.objective {
            Objective::NetPresentValue => agency.npv_gbp,
            Objective::RunningCost => agency.recurring_today_gbp - agency.recurring_after_gbp,
        });
        KeptPlan {
            members,
            saving_gbp: plan.saving_gbp,
            saving_at_most_gbp: plan.saving_at_most_gbp,
            cost_gbp: plan.value,
            // As many decimals as a file gives back the same; never less than it is.
            gap: plan.gap.map(|gap| (gap * 1e9).ceil() / 1e9),
            within_gap: plan.status == Status::WithinGap,
            none: None,
            gains: gains.collect(),
            moves: KeptPlan::moves_of(self.place, &arrangement),
        }
    }
}

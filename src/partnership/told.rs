//! From the plans and the arithmetic on them to what is said.

use super::kept::KeptPlan;
use super::report::{CoalitionRow, DropOut, Partnership, Share, SharedRun, Transfer};
use super::transfers::{payments, pence_that_sum};
use super::values::Plans;
use super::{Coalition, Core, Game, Looked, Member, Partnering, ShareOf, Worth};
use crate::place::{Objective, Place};
use crate::plan::Calendar;

/// Everything that is told.
pub(super) struct Told<'a> {
    pub(super) place: &'a Place,
    pub(super) ask: &'a Partnering,
    pub(super) objective: Objective,
    pub(super) members: &'a [Member],
    pub(super) idle: &'a [Member],
    pub(super) looked: &'a Looked,
    pub(super) plans: &'a Plans,
    pub(super) game: &'a Game,
    pub(super) shares: Vec<ShareOf>,
    pub(super) core: Core,
    pub(super) seconds: f64,
}

fn known(value: f64) -> Option<f64> {
    value.is_finite().then(|| pence(value))
}

fn pence(value: f64) -> f64 {
    (value * 100.0).round() / 100.0 + 0.0
}

impl Told<'_> {
    pub(super) fn partnership(&self) -> Partnership {
        let all = Coalition::all(self.members.len());
        let whole = self.game.whole();
        let joint = self.plans.get(&all);
        let adds = self.game.adds().unwrap_or_default();
        let alone: Worth = (0..self.members.len())
            .filter_map(|m| self.game.of(Coalition::of(m)))
            .sum();
        let shares = self.shares();
        let coalitions = self.coalitions();
        let planned = coalitions.iter().filter(|row| row.none.is_none());
        let gaps: Option<Vec<f64>> = planned.map(|row| row.gap).collect();
        Partnership {
            schema_version: 1,
            audience: "partners".to_owned(),
            place: self.place.name.clone(),
            base_date: self.place.base_date.to_string(),
            objective: self.objective.name().to_owned(),
            outside: self.outside(),
            cost_gbp: joint.map_or(0.0, |plan| plan.cost_gbp),
            gap: coalitions.last().and_then(|row| row.gap),
            widest_gap: gaps.map(|gaps| gaps.into_iter().fold(0.0, f64::max)),
            together_gbp: pence(whole.least),
            together_most_gbp: known(whole.most),
            alone_gbp: pence(alone.least),
            alone_most_gbp: known(alone.most),
            adds_gbp: pence(whole.least - alone.least),
            adds_least_gbp: known(adds.least),
            adds_most_gbp: known(adds.most),
            pooled_budget_gbp: self.pooled_budget(),
            core: self.core.answer,
            subsidy_gbp: pence(self.core.subsidy),
            subsidy_least_gbp: pence(self.core.subsidy_least),
            subsidy_most_gbp: self.core.subsidy_most.map(pence),
            core_margin_gbp: pence(self.core.margin),
            would_leave: self.would_leave(&shares),
            transfers: self.transfers(&shares),
            shares,
            drop_outs: self.drop_outs(),
            coalitions,
            every_coalition: self.game.is_whole(),
            orders: match self.looked {
                Looked::Every => None,
                Looked::Orders(orders) => Some(orders.len()),
            },
            monotone: self.game.monotone,
            run: SharedRun {
                version: env!("CARGO_PKG_VERSION").to_owned(),
                inputs: self.place.inputs(),
                seed: self.ask.wish.seed,
                gap_asked: self.ask.wish.gap,
                time_asked_s: self.ask.wish.time.as_secs_f64(),
                threads: self.ask.threads,
                seconds: (self.seconds * 1000.0).round() / 1000.0,
            },
        }
    }

    /// What all may spend once together.
    fn pooled_budget(&self) -> Option<f64> {
        let budget = self.place.finance.limits.budget.as_ref()?;
        budget.pooled.map(pence)
    }

    /// Agencies of no member.
    fn outside(&self) -> Vec<String> {
        let taking_part = |at: usize| {
            let mut members = self.members.iter().chain(self.idle);
            members.any(|one| one.agencies.iter().any(|agency| agency.index() == at))
        };
        let agencies = self.place.agencies.iter().enumerate();
        let outside = agencies.filter(|(at, _)| !taking_part(*at));
        outside.map(|(_, agency)| agency.id.to_string()).collect()
    }

    fn shares(&self) -> Vec<Share> {
        let joint = self.plans.get(&Coalition::all(self.members.len()));
        let gain = |member: &Member| -> f64 {
            let gains = joint.map(|plan| plan.gains.as_slice()).unwrap_or_default();
            let own = member.agencies.iter();
            pence(own.filter_map(|at| gains.get(at.index())).sum())
        };
        let by_plans: Vec<f64> = self.shares.iter().map(|one| one.share).collect();
        let rounded = pence_that_sum(&by_plans, self.game.whole().least);
        let playing = self.members.iter().enumerate().map(|(at, member)| {
            let alone = self.game.of(Coalition::of(at)).unwrap_or_default();
            let of = self.shares[at];
            Share {
                member: member.id.clone(),
                name: member.name.clone(),
                alone_gbp: pence(alone.least),
                alone_most_gbp: known(alone.most),
                by_ledger_gbp: gain(member),
                share_gbp: rounded[at],
                share_least_gbp: known(of.interval.least),
                share_most_gbp: known(of.interval.most),
                sampling_error_gbp: pence(of.error),
                transfer_gbp: pence(rounded[at] - gain(member)),
                core_split_gbp: pence(self.core.split[at]),
            }
        });
        let idle = self.idle.iter().map(|member| Share {
            member: member.id.clone(),
            name: member.name.clone(),
            alone_gbp: 0.0,
            alone_most_gbp: Some(0.0),
            by_ledger_gbp: gain(member),
            share_gbp: 0.0,
            share_least_gbp: Some(0.0),
            share_most_gbp: Some(0.0),
            sampling_error_gbp: 0.0,
            transfer_gbp: pence(-gain(member)),
            core_split_gbp: 0.0,
        });
        playing.chain(idle).collect()
    }

    fn transfers(&self, shares: &[Share]) -> Vec<Transfer> {
        let has: Vec<f64> = shares.iter().map(|one| one.by_ledger_gbp).collect();
        let share: Vec<f64> = shares.iter().map(|one| one.share_gbp).collect();
        let paid = payments(&has, &share).into_iter();
        // What a pound in every year from year 1 is worth.
        let yearly = match self.objective {
            Objective::NetPresentValue => Calendar::new(&self.place.finance).later(),
            Objective::RunningCost => 0.0,
        };
        paid.map(|(from, to, gbp)| Transfer {
            from: shares[from].member.clone(),
            to: shares[to].member.clone(),
            gbp,
            a_year_gbp: (yearly > 0.0).then(|| pence(gbp / yearly)),
        })
        .collect()
    }

    fn drop_outs(&self) -> Vec<DropOut> {
        let all = Coalition::all(self.members.len());
        let without = (0..self.members.len()).filter_map(|member| {
            let others = self.game.of(all.without(member))?;
            let lost = self.game.added(member, all.without(member))?;
            Some(DropOut {
                member: self.members[member].id.clone(),
                others_gbp: pence(others.least),
                lost_gbp: pence(self.game.whole().least - others.least),
                lost_least_gbp: known(lost.least),
                lost_most_gbp: known(lost.most),
            })
        });
        without.collect()
    }

    /// Groups that do better by their own plan than by their members' shares.
    fn would_leave(&self, shares: &[Share]) -> Vec<(Vec<String>, f64)> {
        let all = Coalition::all(self.members.len());
        let mut leaving: Vec<(Vec<String>, f64)> = self
            .game
            .worth
            .iter()
            .filter(|(group, _)| **group != all)
            .map(|(group, worth)| {
                let has: f64 = group.members().map(|at| shares[at].share_gbp).sum();
                (self.ids(*group), pence(worth.least - has))
            })
            .filter(|(_, more)| *more >= 1.0)
            .collect();
        leaving.sort_by(|a, b| b.1.total_cmp(&a.1));
        leaving
    }

    fn coalitions(&self) -> Vec<CoalitionRow> {
        let mut rows: Vec<(usize, CoalitionRow)> = self
            .plans
            .iter()
            .map(|(coalition, plan)| {
                let worth = self.game.of(*coalition).unwrap_or_default();
                let gap = self.gap(plan, worth);
                let reached = gap.is_some_and(|gap| gap <= self.ask.wish.gap + 1e-8);
                let row = CoalitionRow {
                    members: self.ids(*coalition),
                    saving_gbp: pence(worth.least),
                    saving_at_most_gbp: worth.proven().map(pence),
                    cost_gbp: plan.cost_gbp,
                    gap,
                    within_gap: plan.within_gap || reached,
                    moves: plan.moves.len(),
                    none: plan.none.clone(),
                };
                (coalition.size(), row)
            })
            .collect();
        rows.sort_by_key(|(size, _)| *size);
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// A group's gap: that of its own plan, or what other groups' plans and bounds leave of it.
    fn gap(&self, plan: &KeptPlan, worth: Worth) -> Option<f64> {
        let own = plan.gap?;
        let drawn_in = (worth.most - worth.least) / plan.cost_gbp.abs();
        let billionths = (drawn_in.max(0.0) * 1e9).ceil() / 1e9;
        Some(if billionths.is_finite() {
            own.min(billionths)
        } else {
            own
        })
    }

    fn ids(&self, group: Coalition) -> Vec<String> {
        group
            .members()
            .map(|at| self.members[at].id.clone())
            .collect()
    }
}

//! The one call: what working together is worth, and how to share it.

use super::kept::{self, Kept, KeptPlan};
use super::outsiders::forced;
use super::report::Partnership;
use super::told::Told;
use super::values::{Plans, Solving};
use super::{Coalition, Game, Looked, Member, PartnershipError, Worth, core, members, shapley};
use crate::place::Place;
use crate::plan::{Wish, considered};
use crate::travel::Travel;
use std::time::Instant;

/// What is asked of a partnership.
#[derive(Clone, Debug, PartialEq)]
pub struct Partnering {
    /// The members, such as `police` or `council+nhs`; every agency by itself where empty. Agencies
    /// that are not named stay as today in every coalition.
    pub members: Vec<String>,
    /// Objective, gap, time and seed of each coalition's plan.
    pub wish: Wish,
    /// How many orders of joining are drawn where there are too many coalitions to look at all.
    pub orders: usize,
    /// How many coalitions are planned at a time.
    pub threads: usize,
}

/// How the run talks to its caller while it works.
pub trait Watch: Sync {
    /// Called when a coalition is planned: how many are, of how many.
    fn planned(&self, done: usize, of: usize, plan: &KeptPlan);

    /// Asked often; the run ends soon after this becomes true.
    fn cancelled(&self) -> bool;
}

/// Says nothing and never cancels.
impl Watch for () {
    fn planned(&self, _: usize, _: usize, _: &KeptPlan) {}

    fn cancelled(&self) -> bool {
        false
    }
}

/// Plans every coalition, and says what follows for the members. `before` is what an earlier run of the
/// same question kept; what it knows well enough is not planned again.
///
/// # Errors
/// See [`PartnershipError`]. [`PartnershipError::Interrupted`] holds what was solved.
pub fn partnership(
    place: &Place,
    travel: &Travel,
    ask: &Partnering,
    before: Option<&Kept>,
    watch: &dyn Watch,
) -> Result<(Partnership, Kept), PartnershipError> {
    let began = Instant::now();
    let named = Member::understood(place, &ask.members)?;
    // A member of whom a plan could change nothing adds nothing to anybody.
    let (playing, idle): (Vec<Member>, Vec<Member>) =
        named.into_iter().partition(|one| one.is_in_play(place));
    if playing.is_empty() {
        return Err(PartnershipError::Members(
            "no member has a building or team that a plan could change".to_owned(),
        ));
    }
    let objective = ask.wish.objective.unwrap_or(place.finance.objective);
    let ids: Vec<String> = playing.iter().map(|one| one.id.clone()).collect();
    let key = kept::key(place, &ids, objective, ask.wish.seed);
    let looked = Looked::new(playing.len(), ask.orders, ask.wish.seed);
    let coalitions = looked.coalitions(playing.len());
    let mut plans = before
        .filter(|kept| kept.key == key)
        .map_or(Plans::new(), |kept| {
            let plans = kept.plans.iter();
            plans
                .filter_map(|one| Some((of(&one.members, &ids)?, one.clone())))
                .collect()
        });
    let wish = Wish {
        second_stage: false,
        ..ask.wish.clone()
    };
    let solving = Solving {
        place,
        travel,
        members: &playing,
        considered: &considered(place, travel, &members::groups(place, &playing)),
        wish: &wish,
        objective,
        threads: ask.threads.max(1),
        watch,
    };
    let whole = solving.solve(&coalitions, &mut plans)?;
    let kept = Kept {
        key,
        plans: plans.values().cloned().collect(),
    };
    if !whole {
        return Err(PartnershipError::Interrupted {
            kept,
            of: coalitions.len(),
        });
    }
    plans.retain(|one, _| coalitions.contains(one));
    let worth = plans.iter().map(|(one, plan)| {
        let most = plan.saving_at_most_gbp.unwrap_or(f64::INFINITY);
        (*one, Worth::new(plan.saving_gbp, most))
    });
    let free = !forced(place) && plans.values().all(|plan| plan.none.is_none());
    let game = Game::new(playing.len(), worth.collect(), free);
    let told = Told {
        place,
        ask,
        objective,
        members: &playing,
        idle: &idle,
        looked: &looked,
        plans: &plans,
        shares: shapley(&game, &looked),
        core: core(&game)?,
        game: &game,
        seconds: began.elapsed().as_secs_f64(),
    };
    Ok((told.partnership(), kept))
}

fn of(members: &[String], ids: &[String]) -> Option<Coalition> {
    members.iter().try_fold(Coalition::NOBODY, |all, id| {
        Some(all.with(ids.iter().position(|known| known == id)?))
    })
}

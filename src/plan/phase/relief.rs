//! Where not all of an end state fits: the changes of one limit with which it would.

use super::compile::Compiled;
use super::program::{Aim, solve};
use super::schedule::schedule;
use crate::place::words::pounds;
use crate::place::{Capital, Phase, Place};
use crate::plan::{PlanError, Relief};
use crate::siting::Stop;

/// A change of each limit, the least that was found; limits that no change of would help are not
/// named.
pub(super) fn relief(compiled: &Compiled<'_>, stop: Stop) -> Result<Vec<Relief>, PlanError> {
    let mut all = Vec::new();
    all.extend(money(compiled, stop)?);
    all.extend(projects(compiled));
    all.extend(years(compiled));
    all.extend(no_wait(compiled));
    Ok(all)
}

/// More money in every year.
fn money(compiled: &Compiled<'_>, stop: Stop) -> Result<Option<Relief>, PlanError> {
    if compiled.problem.purses.is_empty() {
        return Ok(None);
    }
    let solved = solve(&compiled.problem, Aim::MoreMoney, None, stop)?;
    let Some(schedule) = solved.schedule else {
        return Ok(None);
    };
    // What the schedule that was found needs, in whole pounds: not what the solver says it needs.
    let mut raised = compiled.problem.clone();
    let flows = compiled.problem.flows(&schedule);
    let beyond = raised.purses.iter().zip(&flows).map(|(purse, years)| {
        let over = purse.limits.iter().zip(years);
        over.map(|(limit, (spent, _))| spent - limit)
            .fold(0.0, f64::max)
    });
    let most = beyond.fold(0.0, f64::max).ceil();
    let enough = |more: f64, raised: &mut super::problem::Problem| {
        for (purse, own) in raised.purses.iter_mut().zip(&compiled.problem.purses) {
            purse.limits = own.limits.iter().map(|limit| limit + more).collect();
        }
        raised.fits(&schedule) && raised.left_out(&schedule) == 0
    };
    if !enough(most, &mut raised) {
        return Ok(None);
    }
    let (mut low, mut high) = (0.0, most);
    while high - low > 1.0 {
        let middle = ((low + high) / 2.0_f64).floor();
        match enough(middle, &mut raised) {
            true => high = middle,
            false => low = middle,
        }
    }
    let (limit, whose) = match &compiled.place.phase.capital {
        Capital::ByAgency(_) => ("phase.capital_gbp_by_agency", " for each agency named"),
        Capital::Pooled(_) | Capital::Unlimited => ("phase.capital_gbp_a_year", ""),
    };
    Ok(Some(Relief {
        limit: limit.to_owned(),
        needed: high,
        words: format!("{} more in every year{whose}", pounds(high)),
    }))
}

/// More projects a year.
fn projects(compiled: &Compiled<'_>) -> Option<Relief> {
    let now = compiled.place.phase.projects_a_year?;
    let busiest = compiled.whats.len() as u32;
    let needed = first(now + 1, busiest.max(now + 1), |most| {
        all_fits(compiled, |phase| phase.projects_a_year = Some(most))
    })?;
    Some(Relief {
        limit: "phase.projects_a_year".to_owned(),
        needed: f64::from(needed),
        words: format!("{needed} projects a year instead of {now}"),
    })
}

/// More years.
fn years(compiled: &Compiled<'_>) -> Option<Relief> {
    let now = compiled.place.phase.years;
    let most = compiled.place.finance.horizon_years.min(60);
    let needed = first(now + 1, most, |years| {
        all_fits(compiled, |phase| {
            phase.years = years;
            if let Capital::Pooled(sums) = &mut phase.capital {
                let last = sums.last().copied().unwrap_or(0.0);
                sums.resize(years as usize, last);
            }
        })
    })?;
    Some(Relief {
        limit: "phase.years".to_owned(),
        needed: f64::from(needed),
        words: format!("{needed} years instead of {now}"),
    })
}

/// Works and move within one year: those who change places can, then.
fn no_wait(compiled: &Compiled<'_>) -> Option<Relief> {
    let waits = compiled.place.phase.fit_out_years > 0;
    let fits = waits && all_fits(compiled, |phase| phase.fit_out_years = 0);
    fits.then(|| Relief {
        limit: "phase.fit_out_years".to_owned(),
        needed: 0.0,
        words: "works and moves within one year (fit_out_years = 0)".to_owned(),
    })
}

/// The first number that does, where more always does where less does.
fn first(from: u32, to: u32, does: impl Fn(u32) -> bool) -> Option<u32> {
    if from > to || !does(to) {
        return None;
    }
    let (mut low, mut high) = (from, to);
    while low < high {
        let middle = low + (high - low) / 2;
        match does(middle) {
            true => high = middle,
            false => low = middle + 1,
        }
    }
    Some(high)
}

/// Whether the step-by-step search finds room for everything under other limits.
fn all_fits(compiled: &Compiled<'_>, change: impl Fn(&mut Phase)) -> bool {
    let mut place: Place = compiled.place.clone();
    change(&mut place.phase);
    let books =
        crate::plan::finance::Books::new(&place, compiled.in_play, compiled.books.objective);
    let other = Compiled::of(
        &place,
        compiled.travel,
        compiled.plan,
        compiled.end,
        compiled.in_play,
        &books,
    );
    let found = schedule(&other.problem);
    other.problem.left_out(&found) == 0
}

//! The core: whether any split exists that no group of members would leave.

use super::{Coalition, Game, PartnershipError};
use good_lp::{
    Expression, ProblemVariables, Solution, SolverModel, Variable, constraint, variable,
};
use schemars::JsonSchema;
use serde::Serialize;

/// Whether a split exists that no group would leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CoreAnswer {
    /// It does, wherever in their intervals the true values lie.
    Yes,
    /// It does not, wherever they lie.
    No,
    /// The intervals are too wide to tell, or not every group was looked at.
    Undecided,
}

/// What is known of the core.
#[derive(Clone, Debug, PartialEq)]
pub struct Core {
    /// Whether it holds any split.
    pub answer: CoreAnswer,
    /// Least money from outside with which a split exists that no group would leave: by the plans
    /// found, at least, and at most where that is proven.
    pub subsidy: f64,
    /// The subsidy is at least this, wherever the true values lie.
    pub subsidy_least: f64,
    /// The subsidy is at most this, where that is proven of every group.
    pub subsidy_most: Option<f64>,
    /// The split, by the plans found, that leaves every group furthest above what it has on its own.
    pub split: Vec<f64>,
    /// How far above its own value that split leaves the group that is nearest to leaving; negative
    /// where it would leave.
    pub margin: f64,
}

/// What a pound more or less cannot tell.
const TOLERANCE: f64 = 1.0;

/// What is known of the core of a game. Each question is a small linear program: the least total in which
/// every group has what it is worth (Bondareva 1963, Shapley 1967).
///
/// # Errors
/// [`PartnershipError::Solver`] where HiGHS refuses.
pub fn core(game: &Game) -> Result<Core, PartnershipError> {
    let whole = game.whole();
    let tolerance = TOLERANCE.max(1e-7 * whole.least.abs());
    let needed_least = least_total(game, &|one| one.least)?;
    let proven = game.is_whole() && game.worth.values().all(|one| one.proven().is_some());
    let needed_most = match proven {
        true => Some(least_total(game, &|one| one.most)?),
        false => None,
    };
    let short = |needed: f64, has: f64| match needed - has {
        short if short > tolerance => short,
        _ => 0.0,
    };
    let answer = match needed_most {
        Some(needed) if needed <= whole.least + tolerance => CoreAnswer::Yes,
        _ if needed_least > whole.most + tolerance => CoreAnswer::No,
        _ => CoreAnswer::Undecided,
    };
    let (split, margin) = furthest_inside(game)?;
    Ok(Core {
        answer,
        subsidy: short(needed_least, whole.least),
        subsidy_least: short(needed_least, whole.most),
        subsidy_most: needed_most.map(|needed| short(needed, whole.least)),
        split,
        margin,
    })
}

/// The groups that could leave, all members together aside.
fn groups(game: &Game) -> impl Iterator<Item = (Coalition, super::Worth)> + '_ {
    let all = Coalition::all(game.members);
    game.worth
        .iter()
        .map(|(group, worth)| (*group, *worth))
        .filter(move |(group, _)| *group != all)
}

/// Pounds are solved in units in which the whole is about one, so that tolerances mean the same.
fn unit(game: &Game) -> f64 {
    let values = game.worth.values().map(|one| one.least.abs());
    values.fold(1.0, f64::max)
}

/// Least total with which every group has its value.
fn least_total(game: &Game, value: &dyn Fn(super::Worth) -> f64) -> Result<f64, PartnershipError> {
    let unit = unit(game);
    let mut variables = ProblemVariables::new();
    let shares: Vec<Variable> = (0..game.members)
        .map(|_| variables.add(variable()))
        .collect();
    let total: Expression = shares.iter().sum();
    let rows = groups(game).map(|(group, worth)| (sum(&shares, group), value(worth) / unit));
    let rows = rows.map(|(sum, least)| constraint!(sum >= least)).collect();
    let split = solved(variables, total, rows, &shares)?;
    Ok(split.iter().sum::<f64>() * unit)
}

/// The split of what all save that leaves the nearest group as far as possible above its value: the least
/// core of Maschler, Peleg and Shapley (1979).
fn furthest_inside(game: &Game) -> Result<(Vec<f64>, f64), PartnershipError> {
    let (unit, whole) = (unit(game), game.whole().least);
    if game.members < 2 {
        return Ok((vec![whole; game.members], 0.0));
    }
    let mut variables = ProblemVariables::new();
    let mut shares: Vec<Variable> = (0..game.members)
        .map(|_| variables.add(variable()))
        .collect();
    let short = variables.add(variable());
    let everybody = sum(&shares, Coalition::all(game.members));
    let mut rows = vec![constraint!(everybody == whole / unit)];
    for (group, worth) in groups(game) {
        rows.push(constraint!(
            sum(&shares, group) + short >= worth.least / unit
        ));
    }
    shares.push(short);
    let mut split = solved(variables, short.into(), rows, &shares)?;
    let short = split.pop().unwrap_or_default();
    let split = split.into_iter().map(|share| share * unit).collect();
    Ok((split, -short * unit))
}

fn sum(shares: &[Variable], group: Coalition) -> Expression {
    group
        .members()
        .filter_map(|member| shares.get(member))
        .sum()
}

fn solved(
    variables: ProblemVariables,
    least: Expression,
    rows: Vec<good_lp::Constraint>,
    wanted: &[Variable],
) -> Result<Vec<f64>, PartnershipError> {
    let mut model = variables
        .minimise(least)
        .using(good_lp::solvers::highs::highs)
        .set_threads(1);
    model.set_verbose(false);
    for row in rows {
        model.add_constraint(row);
    }
    let solution = model
        .solve()
        .map_err(|fault| PartnershipError::Solver(fault.to_string()))?;
    Ok(wanted.iter().map(|one| solution.value(*one)).collect())
}

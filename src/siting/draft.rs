//! A linear program as it is drawn up, before it goes to HiGHS through `good_lp`.
//!
//! A draft knows which of its columns are decided and which merely follow from them, so that any
//! solution becomes a *complete* start: HiGHS ignores incomplete ones.

use super::answer::SitingError;
use good_lp::{Expression, ProblemVariables, SolverModel, constraint, variable};
use std::path::Path;

/// How a column gets its value in a start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fill {
    /// Given by the solution.
    Decided,
    /// The most its defining rows allow.
    Largest,
    /// The least its defining rows allow.
    Smallest,
}

#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) cost: f64,
    pub(crate) lower: f64,
    pub(crate) upper: f64,
    pub(crate) integer: bool,
    pub(crate) fill: Fill,
    defined_by: Vec<usize>,
}

#[derive(Clone, Debug)]
pub(crate) struct DraftRow {
    pub(crate) least: f64,
    pub(crate) most: f64,
    pub(crate) terms: Vec<(usize, f64)>,
}

/// Columns and rows of a program to be made least.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<DraftRow>,
    pub(crate) constant: f64,
}

/// When HiGHS stops.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stop {
    pub(crate) seconds: f64,
    pub(crate) gap: f64,
    pub(crate) nodes: Option<i32>,
    pub(crate) seed: u64,
}

/// What HiGHS found.
#[derive(Clone, Debug)]
pub(crate) enum Found {
    /// It says that no solution exists.
    Infeasible,
    /// It stopped: its columns if any, its bound if any, both in the draft's own unit.
    Stopped {
        columns: Option<Vec<f64>>,
        bound: Option<f64>,
        /// Whether it came to its end: optimal, or within its gap.
        finished: bool,
    },
}

impl Draft {
    /// Adds a column that a solution gives.
    pub(crate) fn decided(&mut self, cost: f64, lower: f64, upper: f64, integer: bool) -> usize {
        self.column(cost, lower, upper, integer, Fill::Decided)
    }

    /// Adds a continuous column that follows from earlier ones.
    pub(crate) fn follows(&mut self, cost: f64, lower: f64, upper: f64, fill: Fill) -> usize {
        self.column(cost, lower, upper, false, fill)
    }

    fn column(&mut self, cost: f64, lower: f64, upper: f64, integer: bool, fill: Fill) -> usize {
        let defined_by = Vec::new();
        self.columns.push(Column {
            cost,
            lower,
            upper,
            integer,
            fill,
            defined_by,
        });
        self.columns.len() - 1
    }

    pub(crate) fn row(&mut self, least: f64, most: f64, terms: Vec<(usize, f64)>) -> usize {
        self.rows.push(DraftRow { least, most, terms });
        self.rows.len() - 1
    }

    pub(crate) fn at_most(&mut self, most: f64, terms: Vec<(usize, f64)>) -> usize {
        self.row(f64::NEG_INFINITY, most, terms)
    }

    pub(crate) fn at_least(&mut self, least: f64, terms: Vec<(usize, f64)>) -> usize {
        self.row(least, f64::INFINITY, terms)
    }

    /// Says that a row defines a column; all other columns of the row come before it.
    pub(crate) fn defines(&mut self, row: usize, column: usize) {
        self.columns[column].defined_by.push(row);
    }

    /// A full start: the decided columns as given, the others as their rows say.
    pub(crate) fn complete(&self, decided: &dyn Fn(usize) -> f64) -> Vec<f64> {
        let mut values = vec![0.0; self.columns.len()];
        for (at, column) in self.columns.iter().enumerate() {
            values[at] = match column.fill {
                Fill::Decided => decided(at),
                Fill::Largest => self.limit(at, &values, true),
                Fill::Smallest => self.limit(at, &values, false),
            };
        }
        values
    }

    fn limit(&self, at: usize, values: &[f64], largest: bool) -> f64 {
        let column = &self.columns[at];
        let mut best = if largest { column.upper } else { column.lower };
        for &row in &column.defined_by {
            let row = &self.rows[row];
            let (mut others, mut own) = (0.0, 0.0);
            for &(term, coefficient) in &row.terms {
                if term == at {
                    own += coefficient
                } else {
                    others += coefficient * values[term]
                }
            }
            for side in [row.least, row.most]
                .into_iter()
                .filter(|side| side.is_finite())
            {
                let allowed = (side - others) / own;
                best = if largest {
                    f64::min(best, allowed)
                } else {
                    f64::max(best, allowed)
                };
            }
        }
        best.clamp(column.lower, column.upper)
    }

    /// A power of two that brings the dearest column down to about ten thousand.
    fn cost_scale(&self) -> f64 {
        let dearest = self
            .columns
            .iter()
            .map(|column| column.cost.abs())
            .fold(0.0, f64::max);
        if dearest > 16384.0 {
            (16384.0 / dearest).log2().floor().exp2()
        } else {
            1.0
        }
    }

    /// The program in `good_lp`'s words, then HiGHS's own model, with costs scaled.
    fn model(&self, scale: f64) -> Result<highs::Model, SitingError> {
        let mut variables = ProblemVariables::new();
        let mut own = Vec::with_capacity(self.columns.len() + 1);
        for column in &self.columns {
            let definition = variable().min(column.lower).max(column.upper);
            own.push(variables.add(if column.integer {
                definition.integer()
            } else {
                definition
            }));
        }
        let mut objective = Expression::with_capacity(own.len() + 1);
        for (column, &variable) in self.columns.iter().zip(&own) {
            if column.cost != 0.0 {
                objective.add_mul(column.cost * scale, variable);
            }
        }
        // HiGHS measures its gap without the constant unless a fixed column carries it.
        let unit = variables.add(variable().min(1.0).max(1.0));
        objective.add_mul(self.constant * scale, unit);
        let mut model = variables
            .minimise(objective)
            .using(good_lp::solvers::highs::highs);
        for row in &self.rows {
            let widest = row
                .terms
                .iter()
                .map(|term| term.1.abs())
                .fold(0.0, f64::max);
            let scale = if widest > 1e6 {
                (1e6 / widest).log2().floor().exp2()
            } else {
                1.0
            };
            let mut sum = Expression::with_capacity(row.terms.len());
            for &(column, coefficient) in &row.terms {
                sum.add_mul(coefficient * scale, own[column]);
            }
            if row.least == row.most {
                model.add_constraint(constraint!(sum == row.least * scale));
                continue;
            }
            match (row.least.is_finite(), row.most.is_finite()) {
                (true, true) => {
                    model.add_constraint(constraint!(sum.clone() >= row.least * scale));
                    model.add_constraint(constraint!(sum <= row.most * scale));
                }
                (true, false) => {
                    model.add_constraint(constraint!(sum >= row.least * scale));
                }
                (false, true) => {
                    model.add_constraint(constraint!(sum <= row.most * scale));
                }
                (false, false) => {}
            }
        }
        model
            .try_into_inner()
            .map_err(|error| SitingError::Solver(error.to_string()))
    }

    /// Gives the program to HiGHS on one thread and returns what it found.
    pub(crate) fn solve(&self, start: Option<&[f64]>, stop: Stop) -> Result<Found, SitingError> {
        self.run(start, stop, None)
    }

    /// The same, with every better solution written to a file on the way.
    pub(super) fn solve_aloud(
        &self,
        start: Option<&[f64]>,
        stop: Stop,
        file: &Path,
    ) -> Result<Found, SitingError> {
        self.run(start, stop, Some(file))
    }

    fn run(
        &self,
        start: Option<&[f64]>,
        stop: Stop,
        file: Option<&Path>,
    ) -> Result<Found, SitingError> {
        let scale = self.cost_scale();
        let mut model = self.model(scale)?;
        // Options come after the hand-over, which drops earlier ones; the thread count is the same
        // on every model of the process, else HiGHS refuses.
        model.set_option("threads", 1);
        // A start from the search is nearly the best: what a restart learns is not worth its time.
        model.set_option("mip_allow_restart", false);
        // Coverings live on cuts: fewer kept ones are re-solved sooner.
        model.set_option("mip_pool_soft_limit", 1000);
        model.set_option(
            "random_seed",
            i32::try_from(stop.seed % 1_000_000_007).unwrap_or(1),
        );
        model.set_option("mip_rel_gap", stop.gap.max(0.0));
        model.set_option("time_limit", stop.seconds.max(0.01));
        if let Some(nodes) = stop.nodes {
            model.set_option("mip_max_nodes", nodes);
        }
        if let Some(file) = file.and_then(Path::to_str) {
            model.set_option("mip_improving_solution_report_sparse", true);
            model.set_option("mip_improving_solution_file", file);
        }
        if let Some(start) = start {
            let mut full = start.to_vec();
            full.push(1.0);
            model.set_solution(Some(&full), None, None, None);
        }
        let solved = model
            .try_solve()
            .map_err(|status| SitingError::Solver(format!("HiGHS ended with {status:?}")))?;
        Ok(self.found(&solved, scale))
    }

    fn found(&self, solved: &highs::SolvedModel, scale: f64) -> Found {
        use highs::HighsModelStatus as Status;
        let status = solved.status();
        if status == Status::Infeasible {
            return Found::Infeasible;
        }
        let feasible = solved.primal_solution_status() == highs::HighsSolutionStatus::Feasible;
        let columns = feasible.then(|| {
            let mut columns = solved.get_solution().columns().to_vec();
            columns.truncate(self.columns.len());
            columns
        });
        let optimal = matches!(status, Status::Optimal | Status::ModelEmpty);
        let bound = if self.columns.iter().any(|column| column.integer) {
            solved
                .double_info_value(c"mip_dual_bound")
                .ok()
                .filter(|bound| {
                    // A run that stopped before its first relaxation may report 0 with a gap of 1.
                    bound.is_finite() && (optimal || *bound != 0.0)
                })
        } else {
            // A program without integers has no tree: its optimum is its bound.
            optimal.then(|| solved.objective_value())
        };
        Found::Stopped {
            columns,
            bound: bound.map(|bound| bound / scale),
            finished: optimal,
        }
    }
}

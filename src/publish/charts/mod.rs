//! The charts: where the saving comes from, what each agency pays and gains, when, what is done in which year, what it leans on, and how the access rules stand.

mod agencies;
mod bar;
mod bars;
mod cash;
mod frontier;
mod money;
mod programme;
mod programme_money;
mod programme_rows;
mod scorecard;
mod tornado;
mod waterfall;

pub(super) use agencies::{draw as agencies_chart, twin as agencies_twin};
pub(super) use bar::bar;
pub(super) use cash::{draw as cash_chart, twin as cash_twin};
pub(super) use frontier::{Curve, CurvePoint, draw as frontier_chart};
pub(super) use money::pounds;
pub(super) use programme::draw as programme_chart;
pub(super) use scorecard::draw as scorecard_chart;
pub(super) use tornado::draw as tornado_chart;
pub(super) use waterfall::draw as waterfall_chart;

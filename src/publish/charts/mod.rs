//! The charts: where the saving comes from, and what each agency pays and gains.

mod agencies;
mod frontier;
mod money;
mod waterfall;

pub(super) use agencies::draw as agencies_chart;
pub(super) use frontier::draw as frontier_chart;
pub(super) use waterfall::draw as waterfall_chart;

//! The charts: where the saving comes from, what each agency pays and gains, and when.

mod agencies;
mod bars;
mod cash;
mod money;
mod tornado;
mod waterfall;

pub(super) use agencies::draw as agencies_chart;
pub(super) use cash::draw as cash_chart;
pub(super) use tornado::draw as tornado_chart;
pub(super) use waterfall::draw as waterfall_chart;

//! The charts: where the saving comes from, what each agency pays and gains, what is done in which year.

mod agencies;
mod money;
mod programme;
mod programme_rows;
mod waterfall;

pub(super) use agencies::draw as agencies_chart;
pub(super) use programme::draw as programme_chart;
pub(super) use waterfall::draw as waterfall_chart;

//! What public bodies own in a county: the stock that a place of each rank has.
//!
//! `bodies` gives every county its agencies and every settlement its stock · `stock` makes one
//! building with its teams · `chief_town` what a city or a district's town has, with `counters`
//! for its public counters · `country` small towns and villages.

mod bodies;
mod chief_town;
mod counters;
mod country;
mod stock;

pub(super) use bodies::counties;

//! # From a place folder to a place
//!
//! [`load`] reads `place.toml` and every table it names, joins what belongs together and returns
//! one [`Place`](crate::place::Place) with everything that was noticed on the way. The order is
//! that of the files' dependence on each other:
//!
//! agencies and services → postcodes → zones and their joins → registers, joined where two hold
//! one building → occupiers → service points, matched to buildings → study area → decisions →
//! rules → matrices, roads and timetables.
//!
//! All faults are collected: an error in one table never hides those of the next.

mod access;
mod access_fields;
mod access_points;
mod added;
mod area_unit;
mod buildings;
mod circle;
mod committed;
mod counting;
mod decision_rows;
mod decisions;
mod elsewhere;
mod figures;
mod flags;
mod foreign;
mod frame;
mod funding;
mod group_modes;
mod join_rows;
mod joins;
mod known;
mod known_ids;
mod lease_dates;
mod limits_beyond;
mod loading;
mod matching;
mod matrix;
mod matrix_names;
mod money_limits;
mod names;
mod no_counter;
mod no_people;
mod nowhere;
mod occupancy;
mod occupiers;
mod one_building;
mod one_or_two;
mod overlay;
mod packs;
mod part;
mod phase;
mod points;
mod reading;
mod receipt_terms;
mod registers;
mod rents;
mod roads;
mod running_rate;
mod scales;
mod sheets;
mod strata;
mod study_area;
mod tenure;
mod together;
mod transit;
mod transit_terms;
mod unmet;
mod usage;
mod whose;
mod zone_counts;
mod zone_points;
mod zones;

pub use loading::{LoadError, LoadOptions, Loaded, load};
pub(super) use reading::no_such_column;
pub(crate) use transit::{left_out as feed_row_left_out, of_note as of_feed_note};

//! # Public transport
//!
//! Travel by timetable: on foot to a stop, with a few rides and walks between them, and on foot from
//! the last stop, over GTFS feeds and the walking network of [`roads`](super::roads).
//!
//! 1. `archive`, `calendar`, `stops`, `times`, `trips`, `feed`: from feeds to the vehicles of one day, and what
//!    is wrong with them (`fault`, `notes`);
//! 2. `timetable`: vehicles that call alike and never overtake, together;
//! 3. `legs`: everything that is walked;
//! 4. `search`: RAPTOR, departure after departure; `window`: the travel time that counts of all of them;
//! 5. `there_and_back`: whether one can be back on the same day;
//! 6. `isochrones`: the ground from which a site can be reached in time;
//! 7. `settings`, `journeys`, `work_out`: what the rules of a place ask, from disk or afresh.
//!
//! Vehicles run as the timetable says. Fares, seats and what transfers.txt says are not looked at.

mod archive;
mod calendar;
mod clock;
mod fault;
mod feed;
mod isochrones;
mod journeys;
mod legs;
mod notes;
mod rows;
mod search;
mod settings;
mod stops;
mod there_and_back;
mod times;
mod timetable;
mod trips;
mod window;
mod work_out;

pub use fault::FeedFault;
pub use journeys::{Transit, TransitFault};
pub use notes::FeedNote;
pub use settings::TransitSettings;
pub use work_out::{TimetabledTimes, timetabled};

#[cfg(test)]
mod tests;

//! # Roads and paths
//!
//! Travel on foot, by bicycle and by car over an OpenStreetMap extract, with no server to run.
//!
//! 1. `extract`: the ways that somebody may travel, and where their nodes are;
//! 2. `profile`: who may use a way, in which direction and how fast, by its tags;
//! 3. `chain`, `network`: points where a road merely bends are joined away; what is left are
//!    junctions and edges;
//! 4. `islands`: parts of the network from which there is no way to the rest and back;
//! 5. `snap`: from a point to the nearest stretch of road on a part that is a network of its own;
//! 6. `search`: Dijkstra from one point to many, no further than a rule can ask;
//! 7. `needed`, `journeys`, `work_out`: what the rules of a place ask, and its times, from disk or afresh;
//! 8. `isochrone`, `afoot`, `contour`: the ground from which a site can be reached in time.
//!
//! Turns cost nothing, ferries are not used, and roads are clear: what the times leave out is said in
//! the guide.

mod afoot;
mod chain;
mod contour;
mod extract;
mod fault;
mod islands;
mod isochrone;
mod journeys;
mod needed;
mod network;
mod profile;
mod search;
mod snap;
mod tags;
mod work_out;

pub(super) use afoot::{Afoot, SetDown, Spot};
pub use fault::RoadsFault;
pub use isochrone::Isochrone;
pub use journeys::{Landing, Landings, RoadSettings, Roads};
pub(super) use journeys::{cost, steps};
pub use needed::{Extent, NO_END, Needed, needed};
pub(super) use needed::{needed_by_timetable, services_today};
pub(super) use network::Direction;
pub use profile::Speeds;
pub(super) use search::Cost;
pub use work_out::{WorkedOut, work_out};
pub(super) use work_out::{points_of, sha256_of, sha256_of_extracts};

#[cfg(test)]
mod tests;

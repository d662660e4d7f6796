//! The maps: buildings by action, for all and for each agency; moves; and for every service the change of
//! access, the distance today and after, and who goes where.

mod access;
mod access_panel;
mod actions;
mod apart;
mod base;
mod borders;
mod by_agency;
mod catchments;
mod classes;
mod clip;
mod distances;
mod ground;
mod hosts;
mod moves;
mod names;
mod projection;
mod shaded;
mod strip;
mod travel;
mod views;

pub(super) use access::draw as access_map;
pub(super) use actions::draw as actions_map;
pub(super) use by_agency::draw as by_agency_map;
pub(super) use catchments::draw as catchment_map;
pub(super) use classes::{Classes, Scale, Way, distance_breaks};
pub(super) use distances::draw as distance_maps;
pub(super) use ground::{Ground, Levels};
pub(super) use moves::draw as moves_map;
pub(super) use names::{ACTIONS, building_name};
pub(super) use travel::{Layer as TravelLayer, draw as travel_map};

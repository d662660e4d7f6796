//! The maps: buildings by action, moves, and the change of access for every service.

mod access;
mod access_panel;
mod actions;
mod apart;
mod base;
mod classes;
mod clip;
mod ground;
mod moves;
mod names;
mod projection;
mod travel;
mod views;

pub(super) use access::draw as access_map;
pub(super) use actions::draw as actions_map;
pub(super) use classes::{Classes, Scale, Way, distance_breaks};
pub(super) use ground::{Ground, Levels};
pub(super) use moves::draw as moves_map;
pub(super) use names::ACTIONS;
pub(super) use travel::{Layer as TravelLayer, draw as travel_map};

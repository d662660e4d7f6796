//! Tables that lie elsewhere: none of their records is anywhere near the zones, so that a
//! coordinate system was taken for another, two columns are exchanged, or the file is of another
//! place.

use super::circle::Circle;
use super::reading::Desk;
use crate::load::{Located, Table};
use crate::place::{Finding, Location, Severity, Zone};

/// Records further than this beyond the outermost zone are of another place, metres.
const ELSEWHERE_M: f64 = 100_000.0;
/// From this many located records on a table is judged.
const ENOUGH: usize = 3;

/// An error where every located record of a table is far from all zones. `system` names the one that the table's
/// coordinates are read in, where it is asked.
pub(super) fn check(
    table: &Table,
    places: &[Located],
    zones: &[Zone],
    system: impl Fn() -> String,
    desk: &mut Desk,
) {
    let placed: Vec<Location> = places.iter().flatten().map(|(at, _)| *at).collect();
    let Some(area) = Circle::around(zones.iter().map(|zone| zone.point)) else {
        return;
    };
    let near = placed.iter().any(|at| area.beyond(*at) <= ELSEWHERE_M);
    if near || placed.len() < ENOUGH {
        return;
    }
    let nearest = placed
        .iter()
        .map(|at| area.beyond(*at))
        .fold(f64::INFINITY, f64::min);
    let exchanged = placed
        .iter()
        .filter_map(|at| Location::new(at.lat(), at.lon()))
        .filter(|at| area.beyond(*at) <= ELSEWHERE_M)
        .count();
    let action = if exchanged * 2 > placed.len() {
        "the two coordinate columns are exchanged: name them under columns"
    } else {
        "name the right coordinate system with crs, here or in the block of the zones, or bring the file of this place"
    };
    let of_zones: Vec<&str> = desk.zone_systems.iter().map(String::as_str).collect();
    desk.findings.push(
        Finding::new("table-elsewhere", Severity::Error, table.whole())
            .cause(format!(
                "all {} placed records, read in {}, lie {:.0} km or more from the zones, read in {}",
                placed.len(),
                system(),
                nearest / 1000.0,
                of_zones.join(" and ")
            ))
            .action(action),
    );
}

//! The year of a programme that belongs to each record of a layer.

use super::cell::Cell;
use super::edition::Issue;
use crate::plan::Act;

impl Issue<'_> {
    /// The last year of what is done about a team or a building: its move, or its letting go; of one
    /// that takes others in, the last year in which somebody comes or a new counter opens. Nothing without a
    /// programme.
    pub(super) fn year(&self, id: &str) -> Cell {
        let Some(programme) = &self.plan().programme else {
            return Cell::Null;
        };
        let own = programme.steps.iter().filter(|step| step.subject == id);
        let comes = programme
            .steps
            .iter()
            .filter(|step| matches!(step.act, Act::Move | Act::NewCounter))
            .filter(|step| step.building_id == id);
        let last = own.chain(comes).map(|step| step.year).max();
        last.map_or(Cell::Null, |year| Cell::Whole(year.into()))
    }

    /// The last year in which a service moves whose distance from a zone the plan changes.
    pub(super) fn zone_year(&self, zone: usize) -> Cell {
        let Some(programme) = &self.plan().programme else {
            return Cell::Null;
        };
        let changed: Vec<_> = self
            .access
            .iter()
            .filter(|service| {
                let zone = service.zones.get(zone).and_then(|access| access.change());
                zone.is_some_and(|km| km != 0.0)
            })
            .map(|service| service.service)
            .collect();
        let steps = programme.steps.iter();
        let of_them = steps.filter(|step| {
            let service = match step.act {
                Act::Move => self.occupier_named(&step.subject).map(|(_, o)| o.service),
                Act::NewCounter => self.point_named(&step.subject).map(|p| p.service),
                _ => None,
            };
            service.is_some_and(|service| changed.contains(&service))
        });
        let last = of_them.map(|step| step.year).max();
        last.map_or(Cell::Null, |year| Cell::Whole(year.into()))
    }
}

//! Where everybody goes under a plan: visits a year at each host, what it can take, where the overflow would go.

use crate::access::{Allocation, Arrangement, Asked, HostVisits, visits};
use crate::place::{BuildingIx, Measure, Mode, Place, RuleKind, ServiceIx, Unit};
use crate::travel::Travel;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Visits a year at one host of a service that says how often people come; to a thousandth of a visit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlannedVisits {
    /// The service.
    pub service: String,
    /// The building.
    pub building_id: String,
    /// How distance is measured.
    pub measure: String,
    /// Today; `None` where it is no host today.
    pub today: Option<f64>,
    /// Under the plan; `None` where it is no host then.
    pub after: Option<f64>,
    /// What its counters can take today, where all of them say.
    pub capacity_today: Option<f64>,
    /// The same under the plan.
    pub capacity_after: Option<f64>,
    /// Where those would go under the plan who are too many.
    pub overflow: Vec<Overflow>,
    /// Those of them for whom no host has room.
    pub without_room: f64,
    /// Under the plan, were people spread over all hosts as Huff has it.
    pub huff_after: Option<f64>,
}

/// Visits a year that would go on to another host.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Overflow {
    /// The building.
    pub building_id: String,
    /// Visits a year.
    pub visits: f64,
}

impl PlannedVisits {
    /// Visits above what can be taken, today and under the plan, where that is known.
    pub fn over(&self) -> (Option<f64>, Option<f64>) {
        let over = |visits: Option<f64>, most: Option<f64>| Some((visits? - most?).max(0.0));
        (
            over(self.today, self.capacity_today),
            over(self.after, self.capacity_after),
        )
    }
}

/// Every host, today or under an arrangement, of every service that says how often people come.
pub(crate) fn visited(
    place: &Place,
    travel: &Travel,
    arrangement: &Arrangement,
) -> Vec<PlannedVisits> {
    let services = place.services();
    let services =
        services.filter(|(_, service)| service.counter && service.visits_per_person.is_some());
    services
        .flat_map(|(service, _)| of_service(place, travel, arrangement, service))
        .collect()
}

fn of_service(
    place: &Place,
    travel: &Travel,
    arrangement: &Arrangement,
    service: ServiceIx,
) -> Vec<PlannedVisits> {
    let measure = &measure(place, service);
    let at = |arrangement, allocation| {
        let asked = Asked {
            place,
            travel,
            service,
            measure,
            arrangement,
        };
        let hosts = visits(asked, allocation).into_iter();
        hosts.map(|one| (one.host, one)).collect::<BTreeMap<_, _>>()
    };
    let huff = Allocation::Huff {
        decay: place.travel.huff_decay,
        least: place.travel.huff_least,
    };
    let now = Arrangement::today(place);
    let today = at(&now, Allocation::Nearest);
    let after = at(arrangement, Allocation::Nearest);
    let drawn = at(arrangement, huff);
    let hosts: BTreeSet<BuildingIx> = today.keys().chain(after.keys()).copied().collect();
    let visits = |one: Option<&HostVisits>| one.map(|one| thousandths(one.visits));
    let capacity = |one: Option<&HostVisits>| one.and_then(|one| one.capacity);
    let hosts = hosts.into_iter().map(|host| {
        let (before, then) = (today.get(&host), after.get(&host));
        let overflow = then.iter().flat_map(|one| &one.overflow);
        PlannedVisits {
            service: place.service(service).id.to_string(),
            building_id: place.building(host).id.to_string(),
            measure: measure.to_string(),
            today: visits(before),
            after: visits(then),
            capacity_today: capacity(before),
            capacity_after: capacity(then),
            overflow: overflow
                .map(|(next, visits)| Overflow {
                    building_id: place.building(*next).id.to_string(),
                    visits: thousandths(*visits),
                })
                .collect(),
            without_room: thousandths(then.map_or(0.0, HostVisits::without_room)),
            huff_after: visits(drawn.get(&host)),
        }
    });
    hosts.collect()
}

/// The measure of the service's first rule on capacity, else a straight line.
fn measure(place: &Place, service: ServiceIx) -> Measure {
    let mut rules = place.rules.iter();
    let rule = rules
        .find(|rule| rule.service == service && matches!(rule.kind, RuleKind::Capacity { .. }));
    rule.map_or(
        Measure {
            mode: Mode::Straight,
            unit: Unit::Km,
        },
        |rule| rule.measure.clone(),
    )
}

fn thousandths(visits: f64) -> f64 {
    (visits * 1000.0).round() / 1000.0 + 0.0
}

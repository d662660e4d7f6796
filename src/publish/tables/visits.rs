//! `visits.csv`: where everybody goes, what each counter can take, and where the overflow would go.

use super::super::access_change::arrangement;
use super::super::cell::{Cell, Record};
use super::super::edition::Issue;
use super::super::error::PublishError;
use super::Tables;
use crate::access::{Allocation, Arrangement, Asked, HostVisits, visits};
use crate::place::{BuildingIx, Measure, Mode, RuleKind, ServiceIx, Unit};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const HEADER: [&str; 14] = [
    "service",
    "asset_id",
    "name",
    "measure=visits_measure",
    "visits_today",
    "visits_after",
    "capacity_today=visits_capacity_today",
    "capacity_after=visits_capacity_after",
    "over_today=visits_over_today",
    "over_after=visits_over_after",
    "overflow_to",
    "huff_visits_after",
    "huff_decay",
    "huff_least",
];

/// `visits.csv`; only where a service says how often a person visits it.
pub(super) fn export(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let place = issue.place();
    let visited: Vec<ServiceIx> = place
        .services()
        .filter(|(_, service)| service.counter && service.visits_per_person.is_some())
        .map(|(at, _)| at)
        .collect();
    if visited.is_empty() {
        return Ok(());
    }
    let after = arrangement(issue);
    let rows = visited
        .into_iter()
        .flat_map(|service| of_service(issue, service, &after));
    let edition = issue.edition;
    super::table(
        "visits.csv",
        &HEADER,
        rows.map(|row| (row, None)),
        &edition.audience,
        to,
    )
}

fn of_service(issue: &Issue<'_>, service: ServiceIx, after: &Arrangement) -> Vec<Record> {
    let place = issue.place();
    let measure = &measure(issue, service);
    let today = &Arrangement::today(place);
    let at = |arrangement, allocation| {
        let asked = Asked {
            place,
            travel: issue.edition.travel,
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
    let (before, then) = (
        at(today, Allocation::Nearest),
        at(after, Allocation::Nearest),
    );
    let drawn = at(after, huff);
    let hosts: BTreeSet<BuildingIx> = before.keys().chain(then.keys()).copied().collect();
    hosts
        .into_iter()
        .filter(|host| issue.shows(place.building(*host)))
        .map(|host| {
            let row = Row {
                before: before.get(&host),
                then: then.get(&host),
                drawn: drawn.get(&host),
            };
            let building = place.building(host);
            row.record(issue)
                .with("service", Cell::key(place.service(service).id.as_str()))
                .with("asset_id", Cell::key(building.id.as_str()))
                .with("name", Cell::text(&building.name))
                .with("visits_measure", Cell::text(measure.to_string()))
        })
        .collect()
}

/// The measure of the service's first rule on capacity, else a straight line.
fn measure(issue: &Issue<'_>, service: ServiceIx) -> Measure {
    let mut rules = issue.place().rules.iter();
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

/// One host, where it is one.
struct Row<'a> {
    before: Option<&'a HostVisits>,
    then: Option<&'a HostVisits>,
    drawn: Option<&'a HostVisits>,
}

impl Row<'_> {
    fn record(&self, issue: &Issue<'_>) -> Record {
        let place = issue.place();
        let count = |one: Option<&HostVisits>, of: fn(&HostVisits) -> f64| match one {
            Some(one) => Cell::people(of(one)),
            None => Cell::Null,
        };
        let capacity = |one: Option<&HostVisits>| match one.and_then(|one| one.capacity) {
            Some(capacity) => Cell::people(capacity),
            None => Cell::Null,
        };
        let over = |one: Option<&HostVisits>| {
            count(one.filter(|one| one.capacity.is_some()), HostVisits::over)
        };
        let audience = &issue.edition.audience;
        let told = |visits: f64| match audience.hides(visits) {
            true => audience.count(visits),
            false => format!("{:.0}", audience.told(visits)),
        };
        let next = self.then.iter().flat_map(|one| &one.overflow);
        let mut next: Vec<String> = next
            .filter(|(host, _)| issue.shows(place.building(*host)))
            .map(|(host, visits)| format!("{} {}", place.building(*host).id, told(*visits)))
            .collect();
        let left = self.then.map_or(0.0, HostVisits::without_room);
        if left >= 0.5 {
            next.push(format!("no room {}", told(left)));
        }
        let next = (!next.is_empty()).then(|| next.join("; "));
        Record::new()
            .with("visits_today", count(self.before, |one| one.visits))
            .with("visits_after", count(self.then, |one| one.visits))
            .with("visits_capacity_today", capacity(self.before))
            .with("visits_capacity_after", capacity(self.then))
            .with("visits_over_today", over(self.before))
            .with("visits_over_after", over(self.then))
            .with("overflow_to", Cell::optional_text(next.as_deref()))
            .with("huff_visits_after", count(self.drawn, |one| one.visits))
            .with("huff_decay", Cell::Number(place.travel.huff_decay, 2))
            .with("huff_least", Cell::Number(place.travel.huff_least, 2))
    }
}

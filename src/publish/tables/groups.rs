//! `groups.csv`: every service and group of people, today and after. `equality.csv`: who loses by group.

use super::super::access_change::zone_measure;
use super::super::cell::{Cell, Record};
use super::super::edition::Issue;
use super::super::error::PublishError;
use super::Tables;
use crate::access::SAME_KM;
use crate::access::{EPSILON, GroupAccess, ServiceAccess, ZoneAccess, group_access};

pub(super) const GROUPS: [&str; 21] = [
    "service",
    "group",
    "people=group_people",
    "mean_today_km",
    "mean_after_km",
    "p90_today_km",
    "p90_after_km",
    "worst_today_km",
    "worst_after_km",
    "equal_today_km",
    "equal_after_km",
    "epsilon",
    "kappa",
    "further_5_min_walk",
    "further_10_min_walk",
    "further_5_min_drive",
    "further_10_min_drive",
    "cut_off=group_cut_off",
    "reach_none_today",
    "reach_none_after",
    "measure=zone_measure",
];

/// The columns of people further away, in the order of the steps of a summary in km.
const FURTHER: [&str; 4] = [
    "further_5_min_walk",
    "further_10_min_walk",
    "further_5_min_drive",
    "further_10_min_drive",
];

pub(super) const EQUALITY: [&str; 10] = [
    "service",
    "group",
    "people=group_people",
    "further=group_further",
    "nearer=group_nearer",
    "cut_off=group_cut_off",
    "share_worse_off",
    "against_everybody",
    "note=equality_note",
    "measure=zone_measure",
];

/// What every row of `equality.csv` says of itself.
pub(in super::super) const NOTE: &str = "Supports, and does not replace, an equality impact assessment: groups \
     are shares of each zone's people, not persons, and stand in for protected characteristics";

/// Everybody, in the column of groups.
const EVERYBODY: &str = "everybody";

/// `groups.csv`.
pub(super) fn groups(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let rows = issue.access.iter().flat_map(|service| {
        let groups = group_access(issue.place(), service);
        groups
            .into_iter()
            .map(|group| (figures(issue, service, &group), None))
    });
    let edition = issue.edition;
    super::table("groups.csv", &GROUPS, rows, &edition.audience, to)
}

fn figures(issue: &Issue<'_>, service: &ServiceAccess, group: &GroupAccess) -> Record {
    let few = issue.edition.audience.hides(group.people.get());
    let km = |distance: Option<f64>| Cell::km(distance.filter(|_| !few));
    let summary = &group.summary;
    let record = head(issue, service, group)
        .with("mean_today_km", km(summary.today.mean))
        .with("mean_after_km", km(summary.after.mean))
        .with("p90_today_km", km(summary.today.p90))
        .with("p90_after_km", km(summary.after.p90))
        .with("worst_today_km", km(summary.today.worst))
        .with("worst_after_km", km(summary.after.worst))
        .with("equal_today_km", km(group.equal_today))
        .with("equal_after_km", km(group.equal_after))
        .with("epsilon", Cell::Number(EPSILON, 2))
        .with("kappa", Cell::Number(group.equal.kappa, 6))
        .with("group_cut_off", Cell::people(summary.cut_off.get()))
        .with(
            "reach_none_today",
            Cell::people(summary.reach_none_today.get()),
        )
        .with(
            "reach_none_after",
            Cell::people(summary.reach_none_after.get()),
        );
    FURTHER
        .iter()
        .zip(&summary.further)
        .fold(record, |record, (column, further)| {
            record.with(column, Cell::people(further.people.get()))
        })
}

fn head(issue: &Issue<'_>, service: &ServiceAccess, group: &GroupAccess) -> Record {
    let id = issue.place().service(service.service).id.as_str();
    Record::new()
        .with("service", Cell::key(id))
        .with(
            "group",
            Cell::key(group.group.as_deref().unwrap_or(EVERYBODY)),
        )
        .with("group_people", Cell::people(group.people.get()))
        .with("zone_measure", Cell::text(zone_measure(issue.place())))
}

/// `equality.csv`.
pub(super) fn equality(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let rows = equality_records(issue).into_iter();
    let rows = rows.map(|record| (record, None));
    let edition = issue.edition;
    super::table("equality.csv", &EQUALITY, rows, &edition.audience, to)
}

/// Its rows, under the names of the audience table.
pub(in super::super) fn equality_records(issue: &Issue<'_>) -> Vec<Record> {
    let mut rows = Vec::new();
    for service in &issue.access {
        let groups = group_access(issue.place(), service);
        let worse: Vec<Changed> = groups
            .iter()
            .map(|group| changed(issue, service, group))
            .collect();
        let everybody = worse.first().and_then(|all| all.share);
        for (group, worse) in groups.iter().zip(&worse) {
            let against = match (worse.share, everybody) {
                (Some(own), Some(all)) if all > 0.0 => Cell::Number(own / all, 2),
                _ => Cell::Null,
            };
            let share = worse
                .share
                .map_or(Cell::Null, |share| Cell::Number(share, 4));
            let record = head(issue, service, group)
                .with("group_further", Cell::people(worse.further))
                .with("group_nearer", Cell::people(worse.nearer))
                .with("group_cut_off", Cell::people(worse.cut_off))
                .with("share_worse_off", share)
                .with("against_everybody", against)
                .with("equality_note", Cell::text(NOTE));
            rows.push(record);
        }
    }
    rows
}

/// People of a group whose way changes.
struct Changed {
    further: f64,
    nearer: f64,
    cut_off: f64,
    /// Of the group, those further away or cut off; `None` where they are too few to be told.
    share: Option<f64>,
}

fn changed(issue: &Issue<'_>, service: &ServiceAccess, group: &GroupAccess) -> Changed {
    let place = issue.place();
    let people = |counts: &dyn Fn(&ZoneAccess) -> bool| -> f64 {
        service
            .with_demand(place)
            .filter(|(_, _, access)| counts(access))
            .map(|(zone, people, _)| {
                let groups = &place.zone(zone).groups;
                let share = match &group.group {
                    Some(name) => groups.get(name).copied().unwrap_or(0.0),
                    None => 1.0,
                };
                people.get() * share
            })
            .sum()
    };
    let further = people(&|zone| zone.change().is_some_and(|km| km > SAME_KM));
    let cut_off = people(&ZoneAccess::is_cut_off);
    let audience = &issue.edition.audience;
    let few = [group.people.get(), further, cut_off]
        .iter()
        .any(|count| audience.hides(*count));
    let told = |count: f64| audience.told(count);
    Changed {
        further,
        nearer: people(&|zone| zone.change().is_some_and(|km| km < -SAME_KM)),
        cut_off,
        share: (!few).then(|| (told(further) + told(cut_off)) / told(group.people.get())),
    }
}

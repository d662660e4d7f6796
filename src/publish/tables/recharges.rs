//! `recharges.csv`: everybody who is in another agency's building, today or under the plan, and the new counters there, with who pays whom
//! for the floor, and how much.

use super::super::cell::{Cell, Record};
use super::super::edition::Issue;
use super::super::error::PublishError;
use super::{Tables, points_seen};
use crate::plan::LedgerLine;
use std::collections::BTreeMap;

pub(super) const HEADER: [&str; 11] = [
    "occupier",
    "name",
    "agency",
    "from_id",
    "from_owner",
    "to_id",
    "to_owner",
    "rent_payer",
    "recharge_today_gbp",
    "recharge_after_gbp",
    "recharge_notice_gbp",
];

/// What is paid for one occupier, £: a year today, a year under the plan, and once on leaving.
type Paid = (f64, f64, f64);

pub(super) fn export(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let (place, edition) = (issue.place(), issue.edition);
    let paid = paid(issue);
    let buildings: BTreeMap<&str, _> = place
        .buildings()
        .map(|(at, building)| (building.id.as_str(), at))
        .collect();
    let planned = place.occupiers().zip(&issue.plan().occupiers);
    let seen = planned.filter(|((_, occupier), planned)| issue.shows_occupier(planned, occupier));
    let rows = seen.filter_map(|((at, occupier), planned)| {
        let moved_to = buildings.get(planned.to_id.as_str()).copied()?;
        let owner = |building| place.building(building).agency;
        let guest =
            owner(occupier.building) != occupier.agency || owner(moved_to) != occupier.agency;
        let (today, after, notice) = paid.get(occupier.id.as_str()).copied().unwrap_or_default();
        let agency = issue.agency_id(occupier.agency);
        let record = Record::new()
            .with("occupier", Cell::key(occupier.id.as_str()))
            .with("name", Cell::text(&occupier.name))
            .with("agency", Cell::key(agency))
            .with("from_id", Cell::key(&planned.from_id))
            .with(
                "from_owner",
                Cell::key(issue.agency_id(owner(occupier.building))),
            )
            .with("to_id", Cell::key(&planned.to_id))
            .with("to_owner", Cell::key(issue.agency_id(owner(moved_to))))
            .with(
                "rent_payer",
                Cell::key(issue.agency_id(place.payer(at, moved_to))),
            )
            .with("recharge_today_gbp", Cell::gbp(today))
            .with("recharge_after_gbp", Cell::gbp(after))
            .with("recharge_notice_gbp", Cell::gbp(notice));
        guest.then_some((record, Some(agency)))
    });
    let counters = points_seen(issue).filter_map(|one| {
        let owner = issue.agency_id(issue.building_named(&one.building_id)?.1.agency);
        let (_, after, _) = paid.get(one.point.as_str()).copied().unwrap_or_default();
        let record = Record::new()
            .with("occupier", Cell::key(&one.point))
            .with("name", Cell::text(one.name(place)))
            .with("agency", Cell::key(&one.agency))
            .with("to_id", Cell::key(&one.building_id))
            .with("to_owner", Cell::key(owner))
            .with("rent_payer", Cell::key(&one.agency))
            .with("recharge_after_gbp", Cell::gbp(after));
        (owner != one.agency).then_some((record, Some(one.agency.as_str())))
    });
    let rows = rows.chain(counters);
    super::table("recharges.csv", &HEADER, rows, &edition.audience, to)
}

fn paid<'a>(issue: &Issue<'a>) -> BTreeMap<&'a str, Paid> {
    let mut paid: BTreeMap<&str, Paid> = BTreeMap::new();
    let lines = issue.plan().ledger.iter().flat_map(|one| &one.lines);
    for LedgerLine {
        subject,
        line,
        today_gbp,
        after_gbp,
        ..
    } in lines
    {
        let sums = paid.entry(subject.as_str()).or_default();
        match line.as_str() {
            "recharge_paid" => {
                sums.0 += today_gbp;
                sums.1 += after_gbp;
            }
            "recharge_notice_paid" => sums.2 += after_gbp,
            _ => {}
        }
    }
    paid
}

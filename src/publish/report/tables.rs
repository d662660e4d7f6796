//! The tables of the page. Each is a part of a CSV file of the folder, with the same marks for who sees
//! what.

use super::super::cell::Record;
use super::super::edition::Issue;
use super::super::tables::{
    agency_record, assumption_record, building_record, equality_records, finding_record,
    loser_record, move_record, point_record, points_seen, postponed_record, request_records,
    step_record, worth_records,
};
use super::table::{Entry, Layout, Table, table};
use crate::access::SAME_KM;
use crate::access::losers;
use crate::place::words::count;
use crate::plan::Action;

pub(super) fn buildings(issue: &Issue<'_>) -> Option<Table> {
    let layout = Layout {
        id: "buildings-table",
        caption: "Every building: what becomes of it, and why".to_owned(),
        twin: "actions.csv",
        columns: &[
            ("Building", "name"),
            ("Agency", "agency"),
            ("What becomes of it", "action"),
            ("Why", "reason"),
            ("Usable m²", "usable_m2"),
            ("In use after, m²", "used_after_m2"),
            ("Saved a year", "save_gbp_y"),
            ("One-off cost", "capex_gbp"),
            ("Receipt", "receipt_gbp"),
            ("Present value", "npv_gbp"),
            ("Year", "year"),
            ("How sure", "proof"),
            ("Figures are", "grade"),
        ],
    };
    let entries = issue.buildings().map(|(at, building)| {
        let action = issue.planned(at).map_or(Action::Outside, |one| one.action);
        Entry {
            record: building_record(issue, at),
            owner: Some(issue.agency_id(building.agency)),
            at: Some(building.id.to_string()),
            first: !matches!(action, Action::Outside | Action::Retain),
        }
    });
    table(issue, layout, entries)
}

pub(super) fn moves(issue: &Issue<'_>) -> Option<Table> {
    let layout = Layout {
        id: "moves-table",
        caption: "Every team and counter that moves".to_owned(),
        twin: "moves.csv",
        columns: &[
            ("Team or counter", "name"),
            ("Service", "service"),
            ("Agency", "agency"),
            ("From", "from_name"),
            ("To", "to_name"),
            ("Distance, km", "km"),
            ("Floor, m²", "area_m2"),
            ("One-off cost", "one_off_gbp"),
            ("Year", "year"),
            ("Consult on", "consult"),
            ("Why", "reason"),
        ],
    };
    let entries = issue.moves().map(|(planned, occupier)| Entry {
        record: move_record(issue, planned, occupier),
        owner: Some(issue.agency_id(occupier.agency)),
        at: Some(planned.to_id.clone()),
        first: true,
    });
    table(issue, layout, entries)
}

pub(super) fn points(issue: &Issue<'_>) -> Option<Table> {
    let layout = Layout {
        id: "points-table",
        caption: "Every small new counter that opens, and what it is for".to_owned(),
        twin: "points.csv",
        columns: &[
            ("New counter", "name"),
            ("Service", "service"),
            ("Agency", "agency"),
            ("Floor, m²", "area_m2"),
            ("Cost a year", "new_counter_gbp_y"),
            ("Opening", "new_counter_gbp"),
            ("Why", "new_counter_reason"),
        ],
    };
    let entries = points_seen(issue).map(|one| Entry {
        record: point_record(issue, one),
        owner: Some(one.agency.as_str()),
        at: Some(one.building_id.clone()),
        first: true,
    });
    table(issue, layout, entries)
}

pub(super) fn losing(issue: &Issue<'_>) -> Option<Table> {
    let layout = Layout {
        id: "losers-table",
        caption: format!(
            "Zones that end up more than {:.0} m further from a service, the greatest change of each service first",
            SAME_KM * 1_000.0
        ),
        twin: "losers.csv",
        columns: &[
            ("Service", "service"),
            ("Zone", "name"),
            ("Code", "zone_id"),
            ("People who need it", "demand"),
            ("Today, km", "today_km"),
            ("After, km", "after_km"),
            ("Further by, km", "change_km"),
            ("Change", "change"),
        ],
    };
    let entries = issue.access.iter().flat_map(|service| {
        losers(issue.place(), std::slice::from_ref(service), SAME_KM)
            .into_iter()
            .map(move |shift| loser_record(issue, service, shift.zone))
    });
    table(issue, layout, entries.map(plain))
}

pub(super) fn groups(issue: &Issue<'_>) -> Option<Table> {
    let layout = Layout {
        id: "groups-table",
        caption: "Who comes to be further from each service, by group of people".to_owned(),
        twin: "equality.csv",
        columns: &[
            ("Service", "service"),
            ("Group", "group"),
            ("People", "group_people"),
            ("Further", "group_further"),
            ("Nearer", "group_nearer"),
            ("Can reach none", "group_cut_off"),
            ("Share worse off", "share_worse_off"),
            ("Against everybody", "against_everybody"),
        ],
    };
    table(
        issue,
        layout,
        equality_records(issue).into_iter().map(plain),
    )
}

pub(super) fn agencies(issue: &Issue<'_>) -> Option<Table> {
    let layout = Layout {
        id: "agencies-table",
        caption: "Each agency: cost a year, one-off cost, receipts and present value".to_owned(),
        twin: "agencies.csv",
        columns: &[
            ("Agency", "name"),
            ("Cost a year today", "recurring_today_gbp"),
            ("After", "recurring_after_gbp"),
            ("One-off cost", "agency_one_off_gbp"),
            ("Receipts", "receipts_gbp"),
            ("Recharges paid a year, net", "recharge_net_gbp"),
            ("Present value", "npv_gbp"),
        ],
    };
    let ledger = &issue.plan().ledger;
    let entries = ledger
        .iter()
        .filter(|one| issue.edition.audience.sees("npv_gbp", Some(&one.agency)))
        .map(|one| Entry {
            record: agency_record(issue, one),
            owner: Some(one.agency.as_str()),
            at: None,
            first: true,
        });
    table(issue, layout, entries)
}

pub(super) fn worth(issue: &Issue<'_>) -> Option<Table> {
    let layout = Layout {
        id: "worth-table",
        caption: "What the money comes to over the horizon, against today".to_owned(),
        twin: "worth.csv",
        columns: &[
            ("Whose", "whose"),
            ("Of", "worth_of"),
            ("Present value", "npv_gbp"),
            ("Without receipts", "npv_without_receipts_gbp"),
            ("Benefits", "benefits_gbp"),
            ("Costs", "costs_gbp"),
            ("Benefit–cost ratio", "benefit_cost_ratio"),
            ("All money back by year", "payback_year"),
            ("Without receipts by year", "payback_without_receipts_year"),
            ("Most out", "most_out_gbp"),
        ],
    };
    table(issue, layout, worth_records(issue).into_iter().map(owned))
}

pub(super) fn programme(issue: &Issue<'_>) -> Option<Table> {
    let programme = issue.plan().programme.as_ref()?;
    let layout = Layout {
        id: "programme-table",
        caption: "Every step of the programme, and what is postponed".to_owned(),
        twin: "programme.csv",
        columns: &[
            ("Year", "year"),
            ("Step", "act"),
            ("What", "subject_name"),
            ("Building", "building_name"),
            ("Agency", "agency"),
            ("One-off cost", "step_gbp"),
            ("Receipt, net", "receipt_net_gbp"),
            ("Lease ends on", "ends_on"),
            ("Notice by", "notice_by"),
            ("Duties first", "duties"),
            ("Postponed because", "postponed"),
        ],
    };
    let steps = programme.steps.iter().map(|step| step_record(issue, step));
    let later = programme.postponed.iter();
    let later = later.map(|one| postponed_record(issue, one));
    let audience = &issue.edition.audience;
    let seen = steps
        .chain(later)
        .filter(|(_, owner)| audience.sees("step_gbp", *owner));
    table(issue, layout, seen.map(owned))
}

pub(super) fn assumptions(issue: &Issue<'_>) -> Option<Table> {
    let layout = Layout {
        id: "assumptions-table",
        caption: "Every setting and default that a figure leans on".to_owned(),
        twin: "assumptions.csv",
        columns: &[
            ("Setting", "assumption"),
            ("Value", "value"),
            ("Stated in place.toml", "stated"),
            ("Where it comes from", "source"),
            ("Records that lean on it", "used_by"),
        ],
    };
    let rows = issue.plan().assumptions.iter().map(assumption_record);
    table(issue, layout, rows.map(plain))
}

pub(super) fn findings(issue: &Issue<'_>) -> Option<Table> {
    let findings = issue.edition.findings;
    let layout = Layout {
        id: "findings-table",
        caption: format!("{} about the data", count(findings.len(), "finding")),
        twin: "quality.csv",
        columns: &[
            ("Finding", "code"),
            ("What it means", "severity"),
            ("File", "file"),
            ("Line", "row_line"),
            ("Column", "column"),
            ("As it stood", "cell"),
            ("What is wrong", "cause"),
            ("What was done", "what_was_done"),
        ],
    };
    table(
        issue,
        layout,
        findings.iter().map(finding_record).map(plain),
    )
}

pub(super) fn requests(issue: &Issue<'_>) -> Option<Table> {
    let layout = Layout {
        id: "requests-table",
        caption: "What to ask each agency for first: missing figures that could change a decision"
            .to_owned(),
        twin: "data_request.csv",
        columns: &[
            ("Rank", "rank"),
            ("Agency", "agency"),
            ("Record", "request_name"),
            ("Missing", "field"),
            ("Used instead", "used"),
            ("Money that leans on it", "leans_gbp"),
            ("Why it matters", "why"),
        ],
    };
    let asked = issue.place().data_requests();
    let records = request_records(&asked, &issue.edition.audience);
    table(issue, layout, records.map(owned))
}

pub(super) fn sources(issue: &Issue<'_>) -> Vec<Source> {
    let sources = issue.place().sources.iter();
    sources
        .map(|one| Source {
            file: one.file.clone(),
            table: one.table.clone(),
            as_of: one.as_of.map(super::super::words::day).unwrap_or_default(),
            source: one.source.clone().unwrap_or_default(),
            licence: one.licence.clone().unwrap_or_default(),
            rows: crate::place::words::whole(one.rows as f64),
        })
        .collect()
}

/// A file the plan was made from.
#[derive(Debug, serde::Serialize)]
pub(super) struct Source {
    file: String,
    table: String,
    as_of: String,
    source: String,
    licence: String,
    rows: String,
}

fn plain<'a>(record: Record) -> Entry<'a> {
    owned((record, None))
}

fn owned<'a>((record, owner): (Record, Option<&'a str>)) -> Entry<'a> {
    Entry {
        record,
        owner,
        at: None,
        first: true,
    }
}

//! Who gains and who loses: agencies in money, people in distance.

use super::super::access_change::{ServiceChange, change};
use super::super::agency_money::{AgencyMoney, agency_money};
use super::super::charts::{agencies_twin, pounds as short};
use super::super::edition::Issue;
use super::story::Fact;
use super::words::{agency, listed, more_or_less};
use crate::place::words::{counted, pounds, whole};
use serde::Serialize;
use std::collections::BTreeSet;

/// What one agency comes to, with a bar on both sides of nought.
#[derive(Debug, Serialize)]
pub(super) struct AgencyWorth {
    pub(super) name: String,
    pub(super) npv: String,
    /// Where its bar begins, how long it is and where nought stands, of a room of 200.
    pub(super) from: f64,
    pub(super) bar: f64,
    pub(super) zero: f64,
    pub(super) better: bool,
}

/// How the way to one service changes.
#[derive(Debug, Serialize)]
pub(super) struct ServiceShift {
    pub(super) service: String,
    /// People who need it.
    pub(super) people: String,
    pub(super) nearer: String,
    pub(super) further: String,
    pub(super) cut_off: String,
    pub(super) mean_today: String,
    pub(super) mean_after: String,
    /// Of the people, in per cent, for bars.
    pub(super) share_nearer: f64,
    pub(super) share_further: f64,
    /// Bars, per cent of the longest.
    pub(super) bar_nearer: f64,
    pub(super) bar_further: f64,
    #[serde(skip)]
    some_change: bool,
    #[serde(skip)]
    some_cut_off: bool,
}

/// The money of the agencies whose money the audience may see, in the order of the place.
fn seen<'a>(issue: &Issue<'a>) -> Vec<AgencyMoney<'a>> {
    let mut all = agency_money(issue.plan());
    all.retain(|one| issue.edition.audience.sees("npv_gbp", Some(one.agency)));
    all
}

/// Lines for agencies that the first screen has room for.
const MOST: usize = 14;

/// What those agencies come to, with bars. Where they are many, those that gain and lose least are one line.
pub(super) fn agencies(issue: &Issue<'_>) -> Vec<AgencyWorth> {
    let seen = seen(issue);
    let (each, others) = most_changed(&seen);
    let named = each
        .into_iter()
        .map(|one| (agency(issue, one.agency), one.npv));
    let sum: f64 = others.iter().map(|one| one.npv).sum();
    let others = match others.len() {
        0 => None,
        many => Some((format!("The {many} others together"), sum)),
    };
    let lines: Vec<(String, f64)> = named.chain(others).collect();
    let most = lines.iter().map(|(_, npv)| *npv).fold(0.0, f64::max);
    let least = lines.iter().map(|(_, npv)| *npv).fold(0.0, f64::min);
    let unit = 200.0 / (most - least).max(1.0);
    let each = lines.into_iter().map(|(name, npv)| AgencyWorth {
        from: (npv.min(0.0) - least) * unit,
        zero: -least * unit,
        name,
        npv: match npv {
            better if better >= 0.5 => format!("+{}", short(better)),
            other => short(other),
        },
        bar: npv.abs() * unit,
        better: npv >= 0.0,
    });
    each.collect()
}

/// The agencies that have a line, in their order, and those that share one.
fn most_changed<'s, 'a>(
    all: &'s [AgencyMoney<'a>],
) -> (Vec<&'s AgencyMoney<'a>>, Vec<&'s AgencyMoney<'a>>) {
    if all.len() <= MOST {
        return (all.iter().collect(), Vec::new());
    }
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by(|one, other| all[*other].npv.abs().total_cmp(&all[*one].npv.abs()));
    let named: BTreeSet<usize> = order.into_iter().take(MOST - 1).collect();
    let (mut each, mut others) = (Vec::new(), Vec::new());
    for (at, agency) in all.iter().enumerate() {
        match named.contains(&at) {
            true => each.push(agency),
            false => others.push(agency),
        }
    }
    (each, others)
}

/// Every service somebody needs, with the people whose way changes by more than 50 m.
pub(super) fn services(issue: &Issue<'_>) -> Vec<ServiceShift> {
    let mut all: Vec<ServiceShift> = issue.access.iter().map(|one| shift(issue, one)).collect();
    let longest = all
        .iter()
        .map(|one| one.share_nearer.max(one.share_further))
        .fold(0.1, f64::max);
    for one in &mut all {
        one.bar_nearer = one.share_nearer / longest * 100.0;
        one.bar_further = one.share_further / longest * 100.0;
    }
    all
}

fn shift(issue: &Issue<'_>, service: &ServiceChange) -> ServiceShift {
    let (place, audience) = (issue.place(), &issue.edition.audience);
    let (mut people, mut nearer, mut further, mut cut_off) = (0.0, 0.0, 0.0, 0.0);
    let mut reach = [(0.0, 0.0); 2];
    for (_, demand, access) in service.with_demand(place) {
        let demand = demand.get();
        people += demand;
        match change(&access) {
            "nearer" | "reached" => nearer += demand,
            "further" => further += demand,
            "cut_off" => cut_off += demand,
            _ => {}
        }
        // Both means are of those who reach it today.
        if let Some(today) = access.today {
            for (sum, km) in reach.iter_mut().zip([Some(today), access.after]) {
                *sum = (sum.0 + demand * km.unwrap_or(f64::INFINITY), sum.1 + demand);
            }
        }
    }
    let mean = |(travelled, people): (f64, f64)| match people > 0.0 && !audience.hides(people) {
        true if travelled.is_finite() => format!("{:.2} km", travelled / people),
        _ => "–".to_owned(),
    };
    let share = |part: f64| match audience.hides(part) || people <= 0.0 {
        true => 0.0,
        false => audience.told(part) / audience.told(people).max(1.0) * 100.0,
    };
    ServiceShift {
        service: place.service(service.service).name.clone(),
        people: audience.count(people),
        nearer: audience.count(nearer),
        further: audience.count(further),
        cut_off: audience.count(cut_off),
        mean_today: mean(reach[0]),
        mean_after: mean(reach[1]),
        share_nearer: share(nearer),
        share_further: share(further + cut_off),
        bar_nearer: 0.0,
        bar_further: 0.0,
        some_change: nearer + further + cut_off > 0.0,
        some_cut_off: cut_off > 0.0,
    }
}

/// The agencies in sentences.
pub(super) fn agency_facts(issue: &Issue<'_>) -> Vec<Fact> {
    let seen = seen(issue);
    if seen.is_empty() {
        return Vec::new();
    }
    let named = |better: bool| -> Vec<String> {
        let each = seen.iter().filter(|one| match better {
            true => one.npv >= 0.5,
            false => one.npv <= -0.5,
        });
        each.map(|one| agency(issue, one.agency)).collect()
    };
    let of = counted(seen.len(), "agency", "agencies");
    let mut facts = Vec::new();
    for (better, words) in [
        (true, "better off than today"),
        (false, "worse off than today"),
    ] {
        let named = named(better);
        let verb = if named.len() == 1 { "is" } else { "are" };
        let text = match named.len() {
            0 => format!("Of {of}, none is {words} in present value."),
            many => format!(
                "Of {of}, {} {verb} {words} in present value: {}.",
                whole(many as f64),
                listed(&named)
            ),
        };
        facts.push(Fact::new(text, agencies_twin(issue)));
    }
    facts
}

/// The public in sentences, beside the table of services.
pub(super) fn public_facts(issue: &Issue<'_>) -> Vec<Fact> {
    let all = services(issue);
    let mut facts = Vec::new();
    if let Some((after, today, source)) = person_km(issue).filter(|(_, today, _)| *today > 0.0) {
        let text = format!(
            "If everybody went once to each service they need, they would travel {} km together; today {} km: {}.",
            whole(after),
            whole(today),
            more_or_less((after - today) / today)
        );
        facts.push(Fact::new(text, source));
    }
    let aim = issue
        .plan()
        .travel
        .as_ref()
        .and_then(|travel| travel.aim.as_ref());
    if let Some(aim) = aim {
        let text = format!("Made least: {} {}.", whole(aim.person_km), aim.in_words());
        facts.push(Fact::new(text, "plan.json"));
    }
    for one in all.iter().filter(|one| one.some_cut_off) {
        let text = format!(
            "{} who need {} could reach none any more; they are in no mean and no sum of journeys.",
            people_of(&one.cut_off),
            one.service
        );
        facts.push(Fact::new(text, "losers.csv"));
    }
    facts.extend(nowhere(issue));
    let same: Vec<String> = all
        .iter()
        .filter(|one| !one.some_change)
        .map(|one| one.service.clone())
        .collect();
    if !same.is_empty() {
        let text = format!(
            "Nobody's way changes by more than 50 m to: {}.",
            listed(&same)
        );
        facts.push(Fact::new(text, "equality.csv"));
    }
    facts
}

fn people_of(count: &str) -> String {
    match count {
        "1" => "1 person".to_owned(),
        count => format!("{count} people"),
    }
}

/// Kilometres if everybody went once to each service they need, under the plan and today, and where they are to be
/// found. A plan that people chose has no sum of its own: its zones have.
fn person_km(issue: &Issue<'_>) -> Option<(f64, f64, &'static str)> {
    if let Some(travel) = &issue.plan().travel {
        return Some((travel.person_km, travel.person_km_today, "plan.json"));
    }
    let zones = issue.access.iter();
    let zones = zones.flat_map(|service| service.with_demand(issue.place()));
    let both = zones.filter_map(|(_, people, access)| {
        let (after, today) = (access.after?, access.today?);
        Some((people.get() * after, people.get() * today))
    });
    let sums = both.reduce(|sum, one| (sum.0 + one.0, sum.1 + one.1));
    sums.map(|(after, today)| (after, today, "zones.csv"))
}

/// How many of them are named at most.
const NAMED: usize = 6;

/// Counters that are not on the map: nobody is counted as going there.
fn nowhere(issue: &Issue<'_>) -> Vec<Fact> {
    let place = issue.place();
    let services = issue.access.iter().filter_map(|service| {
        let counters = place.occupiers.iter();
        let counters = counters.filter(|one| one.service == service.service);
        let all = counters.clone().count();
        let lost: Vec<String> = counters
            .map(|one| place.building(one.building))
            .filter(|building| building.location.is_none() && issue.shows(building))
            .map(|building| building.name.clone())
            .collect();
        let service = &place.service(service.service).name;
        let mut named = lost.clone();
        if named.len() > NAMED {
            named.truncate(NAMED - 1);
            named.push(format!("{} more", whole((lost.len() - named.len()) as f64)));
        }
        (!lost.is_empty()).then(|| {
            let text = format!(
                "{} of {} of {service} could not be placed on the map: {}. Nobody is counted as going there, so that \
                 the ways to {service} given here, today and afterwards, are longer than they are.",
                whole(lost.len() as f64),
                counted(all, "counter", "counters"),
                listed(&named)
            );
            Fact::new(text, "quality.csv")
        })
    });
    services.collect()
}

/// One agency's money on a line of the paper.
#[derive(Debug, Serialize)]
pub(super) struct AgencyLine {
    name: String,
    today: String,
    after: String,
    one_off: String,
    receipts: String,
    npv: String,
}

pub(super) fn agency_lines(issue: &Issue<'_>) -> Vec<AgencyLine> {
    let ledger = issue.plan().ledger.iter().zip(agency_money(issue.plan()));
    let seen = ledger.filter(|(one, _)| issue.edition.audience.sees("npv_gbp", Some(&one.agency)));
    let each = seen.map(|(one, money)| AgencyLine {
        name: agency(issue, &one.agency),
        today: pounds(one.recurring_today_gbp),
        after: pounds(one.recurring_after_gbp),
        one_off: pounds(one.one_off_gbp),
        receipts: pounds(one.receipts_gbp),
        npv: pounds(money.npv),
    });
    each.collect()
}

/// The one sentence on people for the first screen.
pub(super) fn journeys(issue: &Issue<'_>) -> Option<String> {
    let (after, today, _) = person_km(issue)?;
    (today > 0.0).then(|| {
        format!(
            "All journeys together: {} against today's {} km, everybody going once to each service they need.",
            more_or_less((after - today) / today),
            whole(today)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_agencies_those_that_change_least_share_a_line() {
        let of = |npv: f64| AgencyMoney {
            agency: "A",
            saved_a_year: 0.0,
            one_off: 0.0,
            receipts: 0.0,
            npv,
        };
        // Twenty, of which the last thirteen are the furthest from nought, one of them a loser.
        let mut all: Vec<_> = (1..=20).map(|k| of(f64::from(k) * 100.0)).collect();
        all[19].npv = -2_000.0;
        let (each, others) = most_changed(&all);
        assert_eq!((each.len(), others.len()), (13, 7));
        assert_eq!(each[0].npv, 800.0);
        assert_eq!(each[12].npv, -2_000.0);
        // All alike: still no more lines than there is room for.
        let alike = vec![of(5.0); 30];
        let (each, others) = most_changed(&alike);
        assert_eq!((each.len(), others.len()), (13, 17));
        assert_eq!(most_changed(&all[..14]).1.len(), 0);
    }
}

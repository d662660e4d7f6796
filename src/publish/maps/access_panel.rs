//! What stands beside an access map: distances, rules, and the zones that lose most.

use super::super::access_change::ServiceChange;
use super::super::draw::{Sheet, shown_name};
use super::super::edition::Issue;
use super::base::{Panel, capital, demand};
use crate::access::{Verdict, losers as zones_that_lose};

/// Mean and longest distance, today and under the plan, over the people who can reach it on both sides.
pub(super) fn distances(
    issue: &Issue<'_>,
    service: &ServiceChange,
    sheet: &mut Sheet<'_>,
    panel: &mut Panel,
) {
    let mut people = 0.0;
    let (mut mean, mut longest) = ([0.0; 2], [0.0_f64; 2]);
    for (zone, access) in issue.place().zones.iter().zip(&service.zones) {
        let weight = demand(service, zone);
        let (Some(today), Some(after)) = (access.today, access.after) else {
            continue;
        };
        if weight > 0.0 {
            people += weight;
            for (at, km) in [today, after].into_iter().enumerate() {
                mean[at] += weight * km;
                longest[at] = longest[at].max(km);
            }
        }
    }
    if people > 0.0 {
        panel.heading(sheet, "Distance, today → plan", false);
        let arrow = |pair: [f64; 2]| format!("{:.2} → {:.2} km", pair[0], pair[1]);
        panel.figure(
            sheet,
            "Mean of all people",
            &arrow(mean.map(|sum| sum / people)),
        );
        panel.figure(sheet, "Furthest zone", &arrow(longest));
    }
}

pub(super) fn rules(
    issue: &Issue<'_>,
    service: &ServiceChange,
    sheet: &mut Sheet<'_>,
    panel: &mut Panel,
) {
    let id = issue.place().service(service.service).id.as_str();
    let about: Vec<_> = issue
        .plan()
        .rules
        .iter()
        .filter(|rule| rule.service == id)
        .collect();
    if about.is_empty() || !panel.has_room(80.0) {
        return;
    }
    panel.heading(sheet, "Access rules", false);
    for rule in about {
        if !panel.has_room(40.0) {
            break;
        }
        let verdict = match rule.verdict {
            Verdict::Pass => "holds",
            _ if rule.is_kept_with_some_further() => "kept, some are further today",
            Verdict::FailsToday => "fails today, no worse",
            Verdict::Consult => "consult",
            Verdict::Fail => "fails",
            Verdict::Empty => "counts nobody",
        };
        panel.words(
            sheet,
            &format!(
                "{}: {verdict}.",
                capital(&shown_name(&rule.limit, &rule.rule).replace('_', " "))
            ),
        );
    }
}

/// How many zones are named at most.
const NAMED: usize = 20;

/// The zones that lose most, with the people in them.
pub(super) fn losers(
    issue: &Issue<'_>,
    service: &ServiceChange,
    sheet: &mut Sheet<'_>,
    panel: &mut Panel,
) {
    let lost = zones_that_lose(
        issue.place(),
        std::slice::from_ref(service),
        crate::access::SAME_KM,
    );
    if lost.is_empty() || !panel.has_room(84.0) {
        return;
    }
    panel.heading(sheet, "Zones that lose most (people)", false);
    for shift in lost.into_iter().take(NAMED) {
        if !panel.has_room(21.0) {
            break;
        }
        let zone = issue.place().zone(shift.zone);
        let name = shown_name(&zone.name, zone.id.as_str());
        let people = issue.edition.audience.count(shift.people.get());
        let further = match shift.access.change() {
            Some(km) => format!("+{km:.2} km"),
            None => "reaches none".to_string(),
        };
        panel.figure(sheet, &format!("{name} ({people})"), &further);
    }
}

/// The zones that are furthest away, with the people in them, where nothing changes.
pub(super) fn furthest(
    issue: &Issue<'_>,
    service: &ServiceChange,
    sheet: &mut Sheet<'_>,
    panel: &mut Panel,
) {
    let mut far: Vec<_> = service
        .with_demand(issue.place())
        .filter_map(|(at, people, access)| Some((access.after?, at, people)))
        .collect();
    far.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    if far.is_empty() || !panel.has_room(84.0) {
        return;
    }
    panel.heading(sheet, "Zones furthest away (people)", false);
    for (km, at, people) in far.into_iter().take(NAMED / 2) {
        if !panel.has_room(21.0) {
            break;
        }
        let zone = issue.place().zone(at);
        let name = shown_name(&zone.name, zone.id.as_str());
        let people = issue.edition.audience.count(people.get());
        panel.figure(sheet, &format!("{name} ({people})"), &format!("{km:.2} km"));
    }
}

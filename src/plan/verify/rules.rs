//! Every access rule as the plan prints it, against our own evaluation of it.

use super::discrepancy::{Found, of, of_plan, shown};
use super::reading::Reading;
use super::zones::{Audience, Distances, in_rule};
use super::{
    capacity, displacement, floor_per_area, mean, minimum_hosts, no_group_worse, within, words,
    worst, worst_case,
};
use crate::access::{RuleVerdict, Verdict};
use crate::place::{AccessRule, BuildingIx, Mode, RuleKind, ZoneIx};
use crate::plan::Status;
use crate::travel::Travel;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Shares, means and distances are printed to a millionth at least.
pub(super) const HALF_MILLIONTH: f64 = 5e-7;
/// People are whole thousandths.
pub(super) const HALF_THOUSANDTH: f64 = 5e-4;

/// Where a rule stands, by our own evaluation.
pub(super) struct Standing {
    pub(super) today: Option<f64>,
    pub(super) enforced: Option<f64>,
    pub(super) after: Option<f64>,
    pub(super) people_short_today: f64,
    pub(super) people_short_after: f64,
    /// Zones or occupiers beyond their limit: how far they go (where they get anywhere), and the limit.
    pub(super) beyond: Vec<Beyond>,
    /// Whether it holds as stated, and as enforced.
    pub(super) stated: bool,
    pub(super) kept: bool,
    /// Whether it counts anybody.
    pub(super) empty: bool,
    /// How much better than enforced it stands, in whole thousandths of people (times steps), and of
    /// how many; `None` where somebody reaches nothing. Of rules that may be one of several.
    pub(super) room: (Option<i128>, u128),
}

/// One zone or occupier beyond a limit.
pub(super) struct Beyond {
    pub(super) id: String,
    pub(super) distance: Option<f64>,
    pub(super) limit: f64,
    /// People of a zone; staff of an occupier.
    pub(super) people: f64,
}

impl Standing {
    /// A rule that counts nobody.
    pub(super) fn empty() -> Self {
        Self {
            today: None,
            enforced: None,
            after: None,
            people_short_today: 0.0,
            people_short_after: 0.0,
            beyond: Vec::new(),
            stated: true,
            kept: true,
            empty: true,
            room: (None, 0),
        }
    }

    pub(super) fn verdict(&self, hard: bool) -> Verdict {
        match (self.empty, self.stated, self.kept) {
            (true, _, _) => Verdict::Empty,
            (_, true, true) => Verdict::Pass,
            (_, _, true) => Verdict::FailsToday,
            _ if hard => Verdict::Fail,
            _ => Verdict::Consult,
        }
    }
}

/// Evaluates every rule and compares.
pub(super) fn check(
    reading: &Reading<'_>,
    travel: &Travel,
    distances: &Distances,
    found: &mut Found,
) {
    let said = &reading.plan.rules;
    let known: BTreeSet<&str> = reading.place.rules.iter().map(|r| r.id.as_str()).collect();
    let mut seen = BTreeSet::new();
    for verdict in said {
        let id = verdict.rule.as_str();
        if !known.contains(id) {
            let why = "the place has no such rule";
            found.note(
                "unknown-id",
                of("rules", id, "rule"),
                "a rule of the place",
                id,
                why,
            );
        } else if !seen.insert(id) {
            found.note(
                "listed-twice",
                of("rules", id, "rule"),
                "once",
                "twice",
                "it is listed more than once",
            );
        }
    }
    let ours = reading.place.rules.iter().map(|rule| rule.id.as_str());
    let theirs = said.iter().map(|verdict| verdict.rule.as_str());
    if said.len() == known.len() && seen.len() == known.len() && !ours.eq(theirs) {
        let why = "the list is not in the order of the input";
        let field = of_plan("rules");
        found.note(
            "out-of-order",
            field,
            "the order of the input",
            "another",
            why,
        );
    }
    for rule in &reading.place.rules {
        let id = rule.id.as_str();
        match said.iter().find(|verdict| verdict.rule == id) {
            Some(verdict) => one(reading, (travel, distances), rule, verdict, found),
            None => {
                found.note(
                    "left-out",
                    of("rules", id, "rule"),
                    "listed",
                    "nothing",
                    "the plan leaves it out",
                );
            }
        }
    }
}

fn one(
    reading: &Reading<'_>,
    (travel, distances): (&Travel, &Distances),
    rule: &AccessRule,
    said: &RuleVerdict,
    found: &mut Found,
) {
    let place = reading.place;
    let id = rule.id.as_str();
    let field = |field: &str| of("rules", id, field);
    let service = place.service(rule.service).id.as_str();
    let why = "the rule is another in the place";
    found.text(
        "rule-differs",
        field("service"),
        service,
        &said.service,
        why,
    );
    found.text(
        "rule-differs",
        field("kind"),
        rule.kind.name(),
        &said.kind,
        why,
    );
    found.text(
        "rule-differs",
        field("measure"),
        &rule.measure.to_string(),
        &said.measure,
        why,
    );
    let hard = |hard: bool| if hard { "hard" } else { "soft" };
    found.text(
        "rule-differs",
        field("hard"),
        hard(rule.hard),
        hard(said.hard),
        why,
    );

    let (own, audience) = stand(reading, travel, distances, rule);
    figures(&own, id, said, found);
    source(rule, said, found);
    let covers = matrix_covers(reading, travel, rule);
    let why = "the matrix knows another share of the pairs";
    let field_of = field("matrix_covers");
    found.maybe(
        "access-differs",
        field_of,
        covers,
        said.matrix_covers,
        HALF_MILLIONTH,
        why,
    );
    let unreachable: Vec<&str> = audience
        .iter()
        .flat_map(|who| &who.unreachable)
        .map(|zone| place.zone(*zone).id.as_str())
        .collect();
    let listed: Vec<&str> = said.unreachable.iter().map(String::as_str).collect();
    if unreachable != listed {
        let why = "the zones that can reach no host today are others, or in another order";
        found.note(
            "zones-differ",
            field("unreachable"),
            unreachable.join(" "),
            listed.join(" "),
            why,
        );
    }
    worst::check(own.beyond.as_slice(), id, said, found);
    words::check(rule, said, found);
    let verdict = own.verdict(rule.hard);
    if verdict != said.verdict {
        let why = "our own evaluation of the rule says otherwise";
        let (right, wrong) = (word(verdict), word(said.verdict));
        found.note("verdict-differs", field("verdict"), right, wrong, why);
    }
    // A plan that people chose may break a rule and say so; one that we propose may not.
    if verdict == Verdict::Fail && reading.plan.status != Status::Appraised {
        let why = "a hard rule does not hold";
        let (most, after) = (shown(own.enforced), shown(own.after));
        found.note("rule-broken", field("after"), most, after, why);
    }
}

/// Of the pairs of a zone with weight and a building where the service is or that is a located
/// candidate, the share that a user's matrix knows.
pub(super) fn matrix_covers(
    reading: &Reading<'_>,
    travel: &Travel,
    rule: &AccessRule,
) -> Option<f64> {
    let place = reading.place;
    let by_zones = rule.kind.is_by_zone();
    let Mode::Matrix(_) = rule.measure.mode else {
        return None;
    };
    let mut hosts: BTreeSet<BuildingIx> = reading.hosts_today(rule.service).into_iter().collect();
    let located = place
        .buildings()
        .filter(|(_, building)| building.is_candidate() && building.location.is_some());
    hosts.extend(located.map(|(at, _)| at));
    let zones: Vec<ZoneIx> = place
        .zones()
        .filter(|(_, zone)| in_rule(zone, rule))
        .map(|(at, _)| at)
        .collect();
    let pairs = zones.len() * hosts.len();
    let known: usize = zones
        .par_iter()
        .map(|zone| {
            let journey = |to: &&BuildingIx| {
                travel
                    .zone_to_building(place, &rule.measure, *zone, **to)
                    .is_some()
            };
            hosts.iter().filter(journey).count()
        })
        .sum();
    (by_zones && pairs > 0).then(|| known as f64 / pairs as f64)
}

/// Our own evaluation of a rule, and whom it counts where it counts zones.
pub(super) fn stand(
    reading: &Reading<'_>,
    travel: &Travel,
    distances: &Distances,
    rule: &AccessRule,
) -> (Standing, Option<Audience>) {
    let place = reading.place;
    let who = Audience::of(place, distances, rule);
    let own = match rule.kind {
        RuleKind::Displacement { limit } => {
            return (displacement::stand(reading, travel, rule, limit), None);
        }
        RuleKind::MinimumHosts {
            at_least,
            hours,
            ref each,
        } => {
            let own = minimum_hosts::stand(reading, rule, (at_least, hours, each.as_deref()));
            return (own, None);
        }
        RuleKind::NoGroupWorse { ref groups, keep } => {
            no_group_worse::stand(place, distances, rule, groups, keep)
        }
        RuleKind::FloorPerArea {
            ref each,
            limit,
            share,
        } => floor_per_area::stand(place, distances, rule, (each, limit, share)),
        RuleKind::Within { limit, share } => within::stand(&who, limit, share, rule, place),
        RuleKind::WorstCase { limit, increase } => {
            worst_case::stand(&who, limit, increase, rule, place)
        }
        RuleKind::Mean(limit) => mean::stand(&who, limit, rule, place),
        RuleKind::Capacity { visits_per_person } => {
            capacity::stand(reading, travel, &who, rule, visits_per_person)
        }
    };
    (own, Some(who))
}

/// The plan says where the rule comes from as the place does.
fn source(rule: &AccessRule, said: &RuleVerdict, found: &mut Found) {
    let (own, printed) = (rule.source.as_deref(), said.source.as_deref());
    if own != printed {
        let why = "the rule comes from somewhere else in the place";
        let field = of("rules", rule.id.as_str(), "source");
        let nothing = "nothing";
        let (own, printed) = (own.unwrap_or(nothing), printed.unwrap_or(nothing));
        found.note("rule-differs", field, own, printed, why);
    }
}

fn figures(own: &Standing, id: &str, said: &RuleVerdict, found: &mut Found) {
    let field = |field: &str| of("rules", id, field);
    for (name, expected, printed) in [
        ("today", own.today, said.today),
        ("enforced", own.enforced, said.enforced),
        ("after", own.after, said.after),
    ] {
        let why = "our own evaluation gives another figure";
        found.maybe(
            "access-differs",
            field(name),
            expected,
            printed,
            HALF_MILLIONTH,
            why,
        );
    }
    for (name, expected, printed) in [
        (
            "people_short_today",
            own.people_short_today,
            said.people_short_today,
        ),
        (
            "people_short_after",
            own.people_short_after,
            said.people_short_after,
        ),
    ] {
        let why = "our own count of people is another";
        found.number(
            "access-differs",
            field(name),
            expected,
            printed,
            HALF_THOUSANDTH,
            why,
        );
    }
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::FailsToday => "fails_today",
        Verdict::Consult => "consult",
        Verdict::Fail => "fail",
        Verdict::Empty => "empty",
    }
}

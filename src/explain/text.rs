//! Explanations in sentences.

use super::again::{Opposite, Outcome, Sought};
use super::rule::Saves;
use super::{
    BuildingExplained, Explanation, Hold, LimitExplained, OccupierExplained, PointExplained,
    RuleExplained,
};
use crate::place::Objective;
use crate::place::Place;
use crate::place::words::{counted, pounds, whole};
use crate::plan::{LimitVerdict, Obstacle, Sureness, over};
use std::collections::BTreeMap;
use std::fmt::Write;

/// How many records of a kind one sentence names.
const NAMED: usize = 6;

/// How many alternatives are written out.
const ALTERNATIVES: usize = 15;

impl Explanation {
    /// The answer in sentences.
    pub fn text(&self, place: &Place) -> String {
        match self {
            Explanation::Building(one) => building(one, place),
            Explanation::Occupier(one) => occupier(one),
            Explanation::Point(one) => point(one, place),
            Explanation::Rule(one) => rule(one, place),
            Explanation::Limit(one) => limit(one, place),
        }
    }
}

fn building(one: &BuildingExplained, place: &Place) -> String {
    let mut text = format!("{}\n{}\n", called(&one.asset_id, &one.name), one.reason);
    if let Some(decided) = &one.decided {
        let _ = writeln!(text, "Decided: {decided}.");
    }
    let _ = writeln!(text, "{}", sure(one));
    for hold in &one.held_by {
        held(&mut text, hold, place);
    }
    for limit in &one.held_by_money {
        let _ = writeln!(
            text,
            "Limit {} is in the way of the opposite: the cheapest way found that need not keep it comes to {}, and \
             the limit is {}.",
            called_limit(limit),
            pounds(limit.after_gbp),
            pounds(limit.limit_gbp)
        );
    }
    match &one.opposite {
        Some(opposite) => {
            turned(&mut text, opposite, place);
            improved(&mut text, one, opposite);
        }
        None => text.push_str("No plan can have it the other way round, so there is no price.\n"),
    }
    text
}

/// How sure it is, and whether that was learnt by asking.
fn sure(one: &BuildingExplained) -> String {
    let Some(sure) = Sureness::from_code(&one.proof) else {
        return "It was not in question.".to_owned();
    };
    let learnt = match Sureness::from_code(&one.proof_in_plan) {
        Some(own) if own != sure => format!(
            " (found out by asking; the plan alone says: {})",
            own.label().to_lowercase()
        ),
        _ => String::new(),
    };
    format!("{}: {}{learnt}.", sure.label(), sure.meaning())
}

/// What would fail if those in it went nowhere else.
fn held(text: &mut String, hold: &Hold, place: &Place) {
    let _ = match hold.kind.as_str() {
        "minimum_hosts" => writeln!(
            text,
            "Rule {} ({}) holds it: if its service left and nothing took its place, there would be too few.",
            hold.rule, hold.limit
        ),
        "capacity" => {
            let full = hold.zones.iter().map(|id| {
                let known = place.building_named(id).map(|at| place.building(at));
                known.map_or_else(|| id.clone(), |own| called(id, &own.name))
            });
            writeln!(
                text,
                "Rule {} ({}) holds it: if its service left and nothing took its place, {} would find no room, at {}.",
                hold.rule,
                hold.limit,
                counted(hold.people.round() as usize, "more person", "more people"),
                names_of(&full.collect::<Vec<_>>())
            )
        }
        "no_group_worse" => writeln!(
            text,
            "Rule {} ({}) holds it: if its service left and nothing took its place, {} would fare worse than it \
             allows; {}.",
            hold.rule,
            hold.limit,
            names("group", &hold.zones),
            match (
                hold.zones.len(),
                counted(hold.people.round() as usize, "person", "people")
            ) {
                (1, people) => format!("{people} in it"),
                (_, people) => format!("{people} in the largest, and a person may be in several"),
            }
        ),
        _ if hold.zones.is_empty() => writeln!(
            text,
            "Rule {} ({}) holds it: if its service left and nothing took its place, it would fail.",
            hold.rule, hold.limit
        ),
        kind => writeln!(
            text,
            "Rule {} ({}) holds it: if its service left and nothing took its place, {} more would be beyond \
             the limit, in {}.",
            hold.rule,
            hold.limit,
            counted(hold.people.round() as usize, "person", "people"),
            names(
                if kind == "floor_per_area" {
                    "area"
                } else {
                    "zone"
                },
                &hold.zones
            )
        ),
    };
}

/// A limit on money as it is asked about: `capital_budget`, `capital_budget:police`.
pub(super) fn called_limit(limit: &LimitVerdict) -> String {
    match &limit.agency {
        Some(agency) => format!("{}:{agency}", limit.limit),
        None => limit.limit.clone(),
    }
}

/// What it takes to turn it round.
fn turned(text: &mut String, opposite: &Opposite, place: &Place) {
    let what = match opposite.asked.as_str() {
        "keep" => "Keeping it",
        "leave_shut" => "Leaving it shut",
        _ => "Letting it go",
    };
    match (opposite.outcome, opposite.price) {
        (Outcome::Planned, Some(price)) => {
            let gap = gap(opposite);
            let _ = writeln!(text, "{what} {}{gap}.", price.words(place));
            let worth = price.of == Objective::NetPresentValue;
            changes(text, opposite, price.as_found_gbp.filter(|_| worth), place);
        }
        (Outcome::Impossible, _) => {
            let _ = writeln!(text, "{what} leaves no plan:");
            because(text, opposite);
        }
        (_, Some(price)) => {
            let _ = writeln!(text, "{what} {}.", price.words(place));
        }
        _ => {
            let _ = writeln!(
                text,
                "{what} is not priced: no such plan was found in the time."
            );
            because(text, opposite);
        }
    }
}

/// Where the opposite is better: what that says of the plan, and how to have it.
fn improved(text: &mut String, one: &BuildingExplained, opposite: &Opposite) {
    if opposite.price.and_then(|price| price.better_by()).is_none() {
        return;
    }
    let _ = match &one.decided {
        Some(_) => writeln!(text, "That is what the decision costs."),
        None => writeln!(
            text,
            "So the plan is not the best there is, and can be improved by that much. To have the better one: `oneroof plan \
             PLACE --out DIR --from PLAN --{} {}`; to look for more of the kind, leave that out and give it `--time 10m`.",
            opposite.asked, one.asset_id
        ),
    };
}

fn because(text: &mut String, opposite: &Opposite) {
    for reason in &opposite.because {
        let _ = writeln!(text, "  {reason}");
    }
}

fn gap(opposite: &Opposite) -> String {
    match (opposite.sought, opposite.gap) {
        // Its gap is one of the few that were planned again, and says nothing of the whole place.
        (Sought::Nearby, _) => " (planned again around it)".to_owned(),
        (Sought::Everywhere, Some(gap)) => {
            format!(" (planned again to a gap of {:.2} %)", gap * 100.0)
        }
        (Sought::Everywhere, None) => " (planned again; nothing is proven of that plan)".to_owned(),
    }
}

/// Why the agencies' lines come to something else than the price, where they do.
fn before_journeys(text: &mut String, opposite: &Opposite, costs_more: Option<f64>) {
    let lines = opposite.agencies.iter();
    let together: f64 = lines.map(|one| one.npv_b_gbp - one.npv_a_gbp).sum();
    let given = costs_more.map_or(0.0, |more| more + together);
    if opposite.sought == Sought::Everywhere && given.abs() >= 1.0 {
        let _ = writeln!(
            text,
            "  These lines are against the plan as it stands, which gives {} of its saving for shorter journeys; the price is against it before that.",
            pounds(given.abs())
        );
    }
}

/// Who pays, who gains, and what happens instead.
fn changes(text: &mut String, opposite: &Opposite, costs_more: Option<f64>, place: &Place) {
    for one in &opposite.agencies {
        let more = one.npv_b_gbp - one.npv_a_gbp;
        let better = if more > 0.0 { "better" } else { "worse" };
        let _ = writeln!(
            text,
            "  {} is {} {better} off.",
            one.agency,
            pounds(more.abs())
        );
    }
    before_journeys(text, opposite, costs_more);
    // What becomes of a building is an action; where somebody is, is a building.
    let side = |side: &Option<String>| {
        let id = side.clone().unwrap_or_else(|| "nothing".to_owned());
        let building = place.building_named(&id).map(|at| place.building(at));
        building.map_or_else(|| id.clone(), |one| called(&id, &one.name))
    };
    for (what, all) in [
        ("building", &opposite.buildings),
        ("team or counter", &opposite.occupiers),
    ] {
        for one in all.iter().take(NAMED) {
            let _ = writeln!(
                text,
                "  {what} {}: {} instead of {}.",
                one.called(),
                side(&one.b),
                side(&one.a)
            );
        }
        if all.len() > NAMED {
            let _ = writeln!(text, "  … and {} more like these.", all.len() - NAMED);
        }
    }
    if opposite.buildings.is_empty() && opposite.occupiers.is_empty() {
        text.push_str("  Nothing else changes.\n");
    }
}

fn occupier(one: &OccupierExplained) -> String {
    let mut text = format!("{}\n{}\n", called(&one.occupier, &one.name), one.reason);
    if let Some(decided) = &one.decided {
        let _ = writeln!(text, "Decided: {decided}.");
    }
    if one.alternatives.is_empty() {
        text.push_str("No other building was looked at for it.\n");
        return text;
    }
    let mut kinds: BTreeMap<Obstacle, usize> = BTreeMap::new();
    for other in &one.alternatives {
        *kinds.entry(other.obstacle).or_default() += 1;
    }
    let told: Vec<String> = kinds
        .into_iter()
        .map(|(obstacle, count)| format!("{} {}", whole(count as f64), in_words(obstacle)))
        .collect();
    let _ = writeln!(
        text,
        "Of {} near enough to matter, all else left as in the plan: {}.",
        counted(one.alternatives.len(), "other building", "other buildings"),
        told.join("; ")
    );
    for other in one.alternatives.iter().take(ALTERNATIVES) {
        let far = other.km.map_or(String::new(), |km| format!(", {km:.1} km"));
        let more = match other.costs_more_gbp {
            Some(more) if more != 0.0 => format!(" ({})", pounds(more.abs())),
            _ => String::new(),
        };
        let _ = writeln!(
            text,
            "  {}{far}: {}{more}",
            called(&other.asset_id, &other.name),
            other.because
        );
    }
    if one.alternatives.len() > ALTERNATIVES {
        let more = one.alternatives.len() - ALTERNATIVES;
        let _ = writeln!(text, "  … and {more} more; --format json lists all");
    }
    text
}

fn point(one: &PointExplained, place: &Place) -> String {
    let building = place.building_named(&one.building_id);
    let building = building.map_or(one.building_id.clone(), |at| {
        called(&one.building_id, &place.building(at).name)
    });
    let mut text = format!(
        "{}\nA small new counter of {} that is offered in {building}, for {} a year beside its floor and {} once.\n",
        called(&one.point, &one.name),
        one.service,
        pounds(one.running_gbp),
        pounds(one.opening_gbp)
    );
    let because = one.because.as_deref();
    let _ = match (one.opened, because, one.costs_more_gbp) {
        (true, ..) => writeln!(text, "The plan opens it. {}", because.unwrap_or_default()),
        (false, _, Some(more)) => writeln!(
            text,
            "The plan leaves it shut: no hard limit needs it. There is room for it beside those whom the plan has there; opened with all else as in the plan, it would cost {} more{}.",
            pounds(more),
            over(one.of, place)
        ),
        (false, ..) => writeln!(
            text,
            "The plan leaves it shut: {}.",
            because.unwrap_or("it cannot open")
        ),
    };
    if let Some(without) = &one.without {
        turned(&mut text, without, place);
    }
    text
}

fn in_words(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::Nothing => "would cost less",
        Obstacle::Cost => "would cost as much or more",
        Obstacle::Space => "without room for it",
        Obstacle::Rule => "ruled out by a limit on access",
        Obstacle::Money => "ruled out by a limit on money",
        Obstacle::LetGo => "let go by the plan",
        Obstacle::Sharing => "where it may not share",
        Obstacle::Never => "that can never take it",
    }
}

fn rule(one: &RuleExplained, place: &Place) -> String {
    let stands = &one.stands;
    let shown = |value: Option<f64>| value.map_or("-".to_owned(), |value| measured(one, value));
    let mut text = format!(
        "{}: {}\nToday {}, enforced {}, under the plan {}.\n",
        one.rule,
        stands.limit,
        shown(stands.today),
        shown(stands.enforced),
        shown(stands.after)
    );
    if !stands.hard {
        text.push_str("It is soft: it is priced or flagged, and holds nothing.\n");
    }
    eased(&mut text, &one.eased_to, one.saves, &one.eased, place);
    text
}

fn limit(one: &LimitExplained, place: &Place) -> String {
    let mut text = format!("{}\n", one.limit);
    for stands in &one.stands {
        let _ = writeln!(
            text,
            "{}: the limit is {}, the plan comes to {}{}.",
            called_limit(stands),
            pounds(stands.limit_gbp),
            pounds(stands.after_gbp),
            if stands.kept { "" } else { ", which breaks it" }
        );
    }
    eased(&mut text, &one.eased_to, one.saves, &one.eased, place);
    text
}

/// What easing a limit a step would save.
fn eased(text: &mut String, to: &str, saves: Option<Saves>, plan: &Opposite, place: &Place) {
    let step = format!("Eased a step, to {to}, ");
    match saves {
        Some(saves) if saves.as_found_gbp < 0.5 => {
            let over = over(saves.of, place);
            let most = match saves.at_most_gbp {
                Some(most) if most < 0.5 => "; no plan saves more: proven".to_owned(),
                Some(most) => format!("; none can save more than {} beyond it", pounds(most)),
                None => "; nothing is proven of it".to_owned(),
            };
            let _ = writeln!(
                text,
                "{step}no plan was found that saves more{over}{most}{}.",
                gap(plan)
            );
        }
        Some(saves) => {
            let range = match (saves.at_least_gbp, saves.at_most_gbp) {
                (Some(least), Some(most)) if pounds(least) == pounds(most) => ", proven".to_owned(),
                (Some(least), Some(most)) => {
                    format!(", between {} and {}", pounds(least), pounds(most))
                }
                _ => "; nothing is proven of it".to_owned(),
            };
            let over = over(saves.of, place);
            let _ = writeln!(
                text,
                "{step}it would save {} more{over}{range}{}.",
                pounds(saves.as_found_gbp),
                gap(plan)
            );
            let worth = saves.of == Objective::NetPresentValue;
            changes(text, plan, worth.then_some(-saves.as_found_gbp), place);
        }
        None => {
            let _ = writeln!(text, "{step}no plan was found in the time.");
            because(text, plan);
        }
    }
}

fn measured(one: &RuleExplained, value: f64) -> String {
    match one.stands.unit() {
        "share" => format!("{:.1} %", value * 100.0),
        "buildings" => counted(value.round() as usize, "building", "buildings"),
        "minutes" => format!("{value:.1} min"),
        _ => format!("{value:.2} km"),
    }
}

fn called(id: &str, name: &str) -> String {
    match name.is_empty() || name == id {
        true => id.to_owned(),
        false => format!("{name} ({id})"),
    }
}

fn names(kind: &str, all: &[String]) -> String {
    let plural = if all.len() == 1 { "" } else { "s" };
    format!("{kind}{plural} {}", names_of(all))
}

fn names_of(all: &[String]) -> String {
    let shown = all[..all.len().min(NAMED)].join(", ");
    match all.len().saturating_sub(NAMED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

//! Why an approved plan cannot be carried out as it was approved: what it needs and the data no longer have, and
//! what those who checked it find in its way, in sentences.

use super::in_play::{InPlay, Standing, WhyOpen};
use super::report::{Action, Plan, PlannedBuilding};
use super::verify::Discrepancy;
use crate::place::{BuildingIx, Place};
use std::collections::{BTreeMap, BTreeSet};

/// What verifying finds and a drift report tells elsewhere: rules and limits on money.
const TOLD_ELSEWHERE: [&str; 2] = ["rule-broken", "limit-broken"];

/// What is in the way of the arrangement of a plan, given what verifying it on the data of now finds.
pub(super) fn in_the_way(
    place: &Place,
    in_play: &InPlay,
    last: &Plan,
    found: &[Discrepancy],
) -> Vec<String> {
    let mut why = lost_hosts(place, last);
    why.extend(lost_points(place, last));
    let buildings = last.buildings.iter();
    why.extend(buildings.filter_map(|one| otherwise(place, in_play, last, one)));
    let found = found.iter();
    let found = found.filter(|one| !TOLD_ELSEWHERE.contains(&one.code));
    why.extend(found.map(|one| sentence(place, one)));
    why
}

/// Buildings that are gone, with those whom the plan has in them.
fn lost_hosts(place: &Place, last: &Plan) -> Vec<String> {
    let known: BTreeSet<&str> = place.occupiers.iter().map(|one| one.id.as_str()).collect();
    let mut lost: BTreeMap<&str, (Vec<&str>, Vec<&str>)> = BTreeMap::new();
    for one in &last.occupiers {
        if known.contains(one.occupier.as_str()) && place.building_named(&one.to_id).is_none() {
            let (moves, stays) = lost.entry(&one.to_id).or_default();
            let list = if one.from_id == one.to_id {
                stays
            } else {
                moves
            };
            list.push(&one.occupier);
        }
    }
    let words = lost.into_iter().map(|(id, (moves, stays))| {
        let told = |who: &[&str], what: &str| {
            let all: Vec<String> = who.iter().map(|id| (*id).to_owned()).collect();
            let was = if all.len() == 1 { "was" } else { "were" };
            (!all.is_empty()).then(|| format!("{} {was} to {what} there", names(&all)))
        };
        let told = [told(&moves, "move"), told(&stays, "stay")];
        let told: Vec<String> = told.into_iter().flatten().collect();
        format!("{id} is no longer in the data: {}", told.join("; "))
    });
    words.collect()
}

/// New counters that are offered no more.
fn lost_points(place: &Place, last: &Plan) -> Vec<String> {
    let offered: BTreeSet<&str> = place.points.iter().map(|one| one.id.as_str()).collect();
    let lost = last.points.iter();
    lost.filter(|one| !offered.contains(one.point.as_str()))
        .map(|one| format!("the new counter {} is offered no more", one.point))
        .collect()
}

/// A building that can no longer be what the plan makes of it.
fn otherwise(
    place: &Place,
    in_play: &InPlay,
    last: &Plan,
    planned: &PlannedBuilding,
) -> Option<String> {
    let at = place.building_named(&planned.asset_id)?;
    let who = called(place, at);
    if planned.part_m2.is_some() && place.building(at).part.is_none() {
        return Some(format!(
            "{who}: a part of it was to go, and none is offered now"
        ));
    }
    let standing = &in_play.standing[at.index()];
    match (planned.action, standing) {
        (Action::Outside, _) => None,
        (_, Standing::Outside(why)) => Some(format!(
            "{who} was to be {}, and is not in the plan's hands now: {why}",
            done(planned.action)
        )),
        (action, Standing::Closed) if action.is_open() => Some(format!(
            "{who} was to be kept, and a decision lets it go now"
        )),
        (action, Standing::Open(why)) if !action.is_open() => {
            let why = match why {
                WhyOpen::Locked => "a decision keeps it now".to_owned(),
                WhyOpen::UnknownOccupancy => "nobody knows who is in it now".to_owned(),
                WhyOpen::Holds(occupier) => {
                    format!("{} is in it and cannot move", place.occupier(*occupier).id)
                }
            };
            Some(format!("{who} was to be {}, and {why}", done(action)))
        }
        (action, _) if !action.is_open() => newcomers(place, last, at)
            .map(|new| format!("{who} was to be {}, and {new} is in it now", done(action))),
        _ => None,
    }
}

/// Those in a building whom the plan does not know.
fn newcomers(place: &Place, last: &Plan, at: BuildingIx) -> Option<String> {
    let known: BTreeSet<&str> = last
        .occupiers
        .iter()
        .map(|one| one.occupier.as_str())
        .collect();
    let inside = place.occupiers.iter();
    let new: Vec<String> = inside
        .filter(|one| one.building == at && !known.contains(one.id.as_str()))
        .map(|one| one.id.to_string())
        .collect();
    (!new.is_empty()).then(|| names(&new))
}

/// Several ids in a sentence, the first few of many.
fn names(all: &[String]) -> String {
    const NAMED: usize = 6;
    match all {
        [] => String::new(),
        [one] => one.clone(),
        all if all.len() > NAMED => {
            let more = all.len() - NAMED;
            format!("{} and {more} more", all[..NAMED].join(", "))
        }
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

fn done(action: Action) -> &'static str {
    match action {
        Action::Retain | Action::Host => "kept",
        Action::ReleaseLease => "given back",
        Action::Sell => "sold",
        Action::Transfer => "transferred",
        Action::Sublet => "let to somebody else",
        Action::Mothball => "emptied",
        Action::Outside => "left alone",
    }
}

/// A disagreement as a person would say it: whom it is about, and what is wrong.
fn sentence(place: &Place, found: &Discrepancy) -> String {
    let subject = found.subject.as_str();
    let who = match place.building_named(subject) {
        Some(at) => called(place, at),
        None => {
            let mut occupiers = place.occupiers.iter();
            let named = occupiers.find(|one| one.id.as_str() == subject);
            let named = named.filter(|one| !one.name.is_empty() && one.name != subject);
            named.map_or_else(
                || subject.to_owned(),
                |one| format!("{} ({subject})", one.name),
            )
        }
    };
    let figures = match found.code {
        "overfull" => format!(": {}, {}", found.found, found.expected),
        "decision-ignored" => format!(", in {}", found.expected),
        _ => String::new(),
    };
    let message = &found.message;
    format!("{who}: {message}{figures}").replace(char::is_control, " ")
}

fn called(place: &Place, at: BuildingIx) -> String {
    let building = place.building(at);
    match building.name.is_empty() || building.name == building.id.as_str() {
        true => building.id.to_string(),
        false => format!("{} ({})", building.name, building.id),
    }
}

//! Services that do better under one roof: links today, gained and broken.

use super::choice::Choice;
use crate::place::{OccupierIx, Place, Together};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A pair of services that do better under one roof, and how many links there are: teams or counters of
/// the first that find the second in their building.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TogetherLinks {
    /// The service whose teams and counters are counted.
    pub first: String,
    /// The service they find, or do not find, in their building.
    pub second: String,
    /// What a link is worth, £ a year, as stated. It is no part of the saving.
    pub gbp_a_year: Option<f64>,
    /// What a link is worth in points, as stated.
    pub points: Option<f64>,
    /// Where that comes from.
    pub source: Option<String>,
    /// Links today.
    pub links_today: usize,
    /// Links under the plan.
    pub links_after: usize,
    /// Teams and counters of the first that are linked under the plan and are not today.
    pub gained: Vec<String>,
    /// Those that are linked today and are not under the plan.
    pub broken: Vec<String>,
    /// Links gained less links broken, at the stated value, £ a year.
    pub change_gbp_a_year: Option<f64>,
    /// The same in points.
    pub change_points: Option<f64>,
}

/// The links of every pair of a place.
pub(crate) fn links(place: &Place, choice: &Choice) -> Vec<TogetherLinks> {
    let today = Choice::today(place);
    let pairs = place.together.iter();
    pairs
        .map(|pair| {
            let (before, after) = (linked(place, &today, pair), linked(place, choice, pair));
            let ids = |of: &BTreeSet<OccupierIx>, without: &BTreeSet<OccupierIx>| {
                let names = of.difference(without);
                names.map(|at| place.occupier(*at).id.to_string()).collect()
            };
            let change = after.len() as f64 - before.len() as f64;
            let worth = |each: Option<f64>| each.map(|each| super::finance::pence(each * change));
            TogetherLinks {
                first: place.service(pair.first).id.to_string(),
                second: place.service(pair.second).id.to_string(),
                gbp_a_year: pair.gbp_a_year,
                points: pair.points,
                source: pair.source.clone(),
                links_today: before.len(),
                links_after: after.len(),
                gained: ids(&after, &before),
                broken: ids(&before, &after),
                change_gbp_a_year: worth(pair.gbp_a_year),
                change_points: worth(pair.points),
            }
        })
        .collect()
}

/// The occupiers of the first service that share a building with one of the second.
fn linked(place: &Place, choice: &Choice, pair: &Together) -> BTreeSet<OccupierIx> {
    let of = |service| {
        let all = place.occupiers();
        all.filter(move |(_, one)| one.service == service)
            .map(|(at, _)| at)
    };
    let homes: BTreeSet<_> = of(pair.second).map(|at| choice.building(at)).collect();
    of(pair.first)
        .filter(|at| homes.contains(&choice.building(*at)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::{BuildingIx, ServiceIx, sample};

    #[test]
    fn a_link_is_gained_where_the_second_service_comes_and_broken_where_it_leaves() {
        let mut place = sample::six_buildings();
        place.together = vec![Together {
            first: ServiceIx::new(0),
            second: ServiceIx::new(2),
            gbp_a_year: Some(3_000.0),
            points: None,
            source: None,
        }];
        let mut choice = Choice::today(&place);
        // Today library-0 and office-0 are in A0. office-0 leaves for A1, where library-1 is.
        choice.arrangement.building[2] = BuildingIx::new(1);
        let links = links(&place, &choice);
        assert_eq!((links[0].links_today, links[0].links_after), (1, 1));
        assert_eq!(links[0].gained, ["library-1"]);
        assert_eq!(links[0].broken, ["library-0"]);
        assert_eq!(links[0].change_gbp_a_year, Some(0.0));
    }
}

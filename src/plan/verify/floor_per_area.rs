//! `floor_per_area`: a share of the people of every area lives within a distance of the service.

use super::rules::Standing;
use super::several::{One, together};
use super::within;
use super::zones::{Audience, Distances};
use crate::place::{AccessRule, AreaScope, Distance, Place};

/// Each area by itself, in the order of the codes.
pub(super) fn stand(
    place: &Place,
    distances: &Distances,
    rule: &AccessRule,
    (each, limit, share): (&str, Distance, f64),
) -> Standing {
    let mut codes: Vec<&str> = place
        .zones
        .iter()
        .filter_map(|zone| zone.areas.get(each).map(String::as_str))
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let one = |code: &str| {
        let mut of_area = rule.clone();
        of_area.area = Some(AreaScope {
            kind: each.to_owned(),
            code: code.to_owned(),
        });
        let who = Audience::of(place, distances, &of_area);
        One {
            id: code.to_owned(),
            own: within::stand(&who, limit, share, &of_area, place),
            by_share: true,
        }
    };
    together(codes.into_iter().map(one).collect())
}

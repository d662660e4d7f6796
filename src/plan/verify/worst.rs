//! The list of the worst of a rule: those who reach nothing, then the furthest, then by id.

use super::discrepancy::{Found, of, shown};
use super::rules::{Beyond, HALF_MILLIONTH, HALF_THOUSANDTH};
use crate::access::RuleVerdict;
use std::cmp::Ordering;

/// How many are listed.
const LISTED: usize = 20;

/// Checks that the list is the worst of ours, in order, with our figures.
pub(super) fn check(beyond: &[Beyond], id: &str, said: &RuleVerdict, found: &mut Found) {
    let own = worst(beyond);
    if said.worst.len() != own.len() {
        let why = "the list of those beyond the limit has another length";
        let field = of("rules", id, "worst");
        found.note("worst-differs", field, own.len(), said.worst.len(), why);
    }
    for (own, short) in own.iter().zip(&said.worst) {
        let name = |figure: &str| of("rules", id, &format!("worst[{}]{figure}", short.id));
        if own.id != short.id {
            let why = "somebody else is next among those beyond the limit";
            found.note("worst-differs", name(""), &own.id, &short.id, why);
            continue;
        }
        let why = "it lies at another distance";
        let (far, printed) = (own.distance, short.distance);
        let field = name(".distance");
        found.maybe("worst-differs", field, far, printed, HALF_MILLIONTH, why);
        let why = "its limit is another";
        let (limit, printed) = (own.limit, short.limit);
        let field = name(".limit");
        found.number("worst-differs", field, limit, printed, HALF_MILLIONTH, why);
        let why = "it counts another number of people";
        let (people, printed) = (own.people, short.people);
        let field = name(".people");
        found.number(
            "worst-differs",
            field,
            people,
            printed,
            HALF_THOUSANDTH,
            why,
        );
    }
    for extra in said.worst.iter().skip(own.len()) {
        let why = "it is not beyond the limit, or is listed already";
        let field = of("rules", id, &format!("worst[{}]", extra.id));
        found.note(
            "worst-differs",
            field,
            "not listed",
            shown(extra.distance),
            why,
        );
    }
}

/// The worst of those beyond, in order.
pub(super) fn worst(beyond: &[Beyond]) -> Vec<&Beyond> {
    let mut worst: Vec<&Beyond> = beyond.iter().collect();
    worst.sort_by(|one, other| worse(one, other));
    worst.truncate(LISTED);
    worst
}

/// Whether one comes before another.
fn worse(one: &Beyond, other: &Beyond) -> Ordering {
    let furthest = match (one.distance, other.distance) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Less,
        (Some(_), None) => Ordering::Greater,
        (Some(one), Some(other)) => other.total_cmp(&one),
    };
    furthest.then_with(|| one.id.cmp(&other.id))
}

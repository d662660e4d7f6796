//! What a problem file says, and the best there is by trying everything.

use serde_json::{Value, json};

pub(super) fn list<'a>(of: &'a Value, what: &str) -> &'a [Value] {
    of[what].as_array().map_or(&[], Vec::as_slice)
}

pub(super) fn number(of: &Value) -> f64 {
    of.as_f64().unwrap_or(0.0)
}

pub(super) fn positions(of: &Value, what: &str) -> Vec<usize> {
    let whole = |one: &Value| usize::try_from(one.as_u64().expect("a position")).expect("small");
    list(of, what).iter().map(whole).collect()
}

/// Chosen placements and open sites.
pub(super) struct Choice {
    pub(super) chosen: Vec<bool>,
    pub(super) open: Vec<bool>,
}

/// The cost of a choice; `None` where it breaks a limit.
pub(super) fn cost(problem: &Value, choice: &Choice) -> Option<f64> {
    let Choice { chosen, open } = choice;
    let placements = list(problem, "placements");
    let mut cost = site_costs(problem, choice)?;
    for (at, item) in list(problem, "items").iter().enumerate() {
        let own = |of: &usize| placements[*of]["item"] == json!(at);
        let own: Vec<usize> = (0..placements.len()).filter(own).collect();
        let count = own.iter().filter(|of| chosen[**of]).count();
        let kept = match item["choice"].as_str() {
            Some("any") => true,
            Some("at_most_one") => count <= 1,
            _ => count == 1,
        };
        if !kept {
            return None;
        }
        let price = number(&problem["price_per_change"]);
        let start = positions(problem, "start");
        let changes = own
            .iter()
            .filter(|of| chosen[**of] != start.contains(of))
            .count();
        let moved = match item["choice"].as_str() {
            Some("any") => changes as f64,
            _ => f64::from(u8::from(changes > 0)),
        };
        cost += if problem["start"].is_array() {
            price * moved
        } else {
            0.0
        };
    }
    for (at, placement) in placements.iter().enumerate().filter(|of| chosen[of.0]) {
        let requires = positions(placement, "requires");
        let site = placement["site"].as_u64().expect("a site") as usize;
        if !open[site] || !(requires.is_empty() || requires.iter().any(|of| chosen[*of])) {
            return None;
        }
        cost += number(&placements[at]["cost"]);
    }
    for conflict in list(problem, "conflicts") {
        let together = positions(conflict, "placements")
            .iter()
            .filter(|of| chosen[**of])
            .count();
        if together as f64 > number(&conflict["most"]) {
            return None;
        }
    }
    for pair in list(problem, "pairs") {
        let of = |what: &str| chosen[pair[what].as_u64().expect("a placement") as usize];
        cost -= if of("first") && of("second") {
            number(&pair["reward"])
        } else {
            0.0
        };
    }
    for row in list(problem, "rows") {
        cost += row_cost(row, choice)?;
    }
    for reach in list(problem, "reaches") {
        cost += reach_cost(reach, chosen)?;
    }
    Some(cost)
}

fn site_costs(problem: &Value, Choice { chosen, open }: &Choice) -> Option<f64> {
    let (sites, placements) = (list(problem, "sites"), list(problem, "placements"));
    let mut cost = 0.0;
    for (at, site) in sites.iter().enumerate() {
        let against = match site["lock"].as_str() {
            Some("open") => !open[at],
            Some("closed") => open[at],
            _ => false,
        };
        let variant = |other: usize| {
            open[at]
                && open[other]
                && site["variant_of"].is_u64()
                && sites[other]["variant_of"] == site["variant_of"]
        };
        if against || (0..at).any(variant) {
            return None;
        }
        for (kind, capacity) in list(site, "capacities").iter().enumerate() {
            let inside = placements
                .iter()
                .zip(chosen)
                .filter(|of| *of.1 && of.0["site"] == json!(at));
            let used: f64 = inside.map(|of| number(&list(of.0, "uses")[kind])).sum();
            if used > number(capacity) + 1e-9 {
                return None;
            }
        }
        cost += if open[at] {
            number(&site["fixed_cost"])
        } else {
            0.0
        };
    }
    for (at, parent) in list(problem, "parents").iter().enumerate() {
        let mut own = sites
            .iter()
            .zip(open)
            .filter(|of| of.0["parent"] == json!(at));
        cost += if own.any(|of| *of.1) {
            number(&parent["fixed_cost"])
        } else {
            0.0
        };
    }
    Some(cost)
}

fn row_cost(row: &Value, Choice { chosen, open }: &Choice) -> Option<f64> {
    let term = |term: &Value| {
        let at = |what: &str| term[0][what].as_u64().map(|at| at as usize);
        let counts = match (at("site"), at("placement")) {
            (Some(site), _) => open[site],
            (_, Some(placement)) => chosen[placement],
            _ => panic!("{term}"),
        };
        if counts { number(&term[1]) } else { 0.0 }
    };
    let sum: f64 = list(row, "terms").iter().map(term).sum();
    let over = row["at_most"].as_f64().map_or(0.0, |most| sum - most);
    let under = row["at_least"].as_f64().map_or(0.0, |least| least - sum);
    let broken = over.max(under).max(0.0);
    match row["price"].as_f64() {
        Some(price) => Some(price * broken),
        None => (broken < 1e-9).then_some(0.0),
    }
}

/// The nearest chosen host of each target, and how far one more than the farthest on its list is.
fn nearest(reach: &Value, chosen: &[bool]) -> Vec<(Option<f64>, f64)> {
    let hosts = list(reach, "hosts");
    let serves = |host: usize| {
        hosts[host]["always"] == json!(true)
            || positions(&hosts[host], "placements")
                .iter()
                .any(|of| chosen[*of])
    };
    let (starts, host) = (positions(reach, "starts"), positions(reach, "host"));
    let distance = list(reach, "distance");
    let target = |ends: &[usize]| {
        let all = ends[0]..ends[1];
        let served = all.clone().filter(|at| serves(host[*at]));
        let far = |at: usize| number(&distance[at]);
        let beyond = all.map(far).fold(-1.0, f64::max) + 1.0;
        (served.map(far).reduce(f64::min), beyond)
    };
    starts.windows(2).map(target).collect()
}

fn reach_cost(reach: &Value, chosen: &[bool]) -> Option<f64> {
    let nearest = nearest(reach, chosen);
    let within = |target: usize, limit: f64| nearest[target].0.is_some_and(|far| far <= limit);
    let mut cost = 0.0;
    for cover in list(reach, "covers") {
        if cover["each"].is_object() {
            let limits = list(&cover["each"], "limits");
            let mut pairs = positions(&cover["each"], "targets").into_iter().zip(limits);
            if !pairs.all(|(target, limit)| within(target, number(limit))) {
                return None;
            }
        }
        let (broken, of) = if cover["share"].is_object() {
            let of = &cover["share"];
            let weights = list(of, "weights").iter().enumerate();
            let inside = weights.filter(|(target, _)| within(*target, number(&of["limit"])));
            (
                number(&of["need"]) - inside.map(|(_, weight)| number(weight)).sum::<f64>(),
                of,
            )
        } else if cover["mean"].is_object() {
            let of = &cover["mean"];
            let mut sum = 0.0;
            for (weight, (far, _)) in list(of, "weights").iter().zip(&nearest) {
                if number(weight) > 0.0 {
                    sum += number(weight) * (*far)?;
                }
            }
            (sum - number(&of["most"]), of)
        } else {
            continue;
        };
        match of["price"].as_f64() {
            Some(price) => cost += price * broken.max(0.0),
            None if broken > 0.0 => return None,
            None => {}
        }
    }
    for (weight, (far, beyond)) in list(reach, "travel_weights").iter().zip(&nearest) {
        cost += number(&reach["travel_price"]) * number(weight) * far.unwrap_or(*beyond);
    }
    Some(cost)
}

/// The least cost of all choices there are.
pub(super) fn least(problem: &Value) -> Option<f64> {
    let (placements, sites) = (
        list(problem, "placements").len(),
        list(problem, "sites").len(),
    );
    let bits = |of: usize, count: usize| {
        (0..count)
            .map(|at| of >> at & 1 == 1)
            .collect::<Vec<bool>>()
    };
    let all =
        (0..1 << placements).flat_map(|chosen| (0..1 << sites).map(move |open| (chosen, open)));
    let costs = all.filter_map(|(chosen, open)| {
        let choice = Choice {
            chosen: bits(chosen, placements),
            open: bits(open, sites),
        };
        cost(problem, &choice)
    });
    costs.reduce(f64::min)
}

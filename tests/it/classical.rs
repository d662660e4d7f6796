//! Classical location problems as siting problems.

use oneroof::siting::{Choice, Cover, Host, Item, Placement, Problem, Reach, Row, Site, Term};

/// A site that is open where it is chosen to serve: one item, one placement.
fn openings(fixed: &[f64]) -> Problem {
    let mut problem = Problem::default();
    for (site, &fixed_cost) in fixed.iter().enumerate() {
        problem.sites.push(Site {
            name: format!("site {site}"),
            fixed_cost,
            ..Site::default()
        });
        problem.items.push(Item {
            name: format!("open {site}"),
            choice: Choice::AtMostOne,
            ..Item::default()
        });
        problem.placements.push(Placement {
            item: site,
            site,
            ..Placement::default()
        });
    }
    problem
}

/// At most, or exactly, so many open sites.
fn count(problem: &mut Problem, most: usize, exactly: bool) {
    let terms = (0..problem.sites.len()).map(|site| (Term::Site(site), 1.0));
    problem.rows.push(Row {
        name: "open sites".into(),
        terms: terms.collect(),
        at_least: exactly.then_some(most as f64),
        at_most: Some(most as f64),
        price: None,
    });
}

/// Every site may serve; each target's sites within a limit, nearest first.
fn reach(distance: &[Vec<u32>], sites: usize, limit: u32) -> Reach {
    let mut reach = Reach {
        hosts: (0..sites)
            .map(|site| Host {
                placements: vec![site],
                always: false,
            })
            .collect(),
        starts: vec![0],
        ..Reach::default()
    };
    for row in distance {
        let mut list: Vec<(u32, u32)> = row
            .iter()
            .enumerate()
            .filter(|(_, far)| **far <= limit)
            .map(|(site, &far)| (far, site as u32))
            .collect();
        list.sort_unstable();
        reach.distance.extend(list.iter().map(|entry| entry.0));
        reach.host.extend(list.iter().map(|entry| entry.1));
        reach.starts.push(reach.host.len());
    }
    reach
}

/// Fewest sites so that every target is within a limit. `distance[target][site]`.
pub(crate) fn set_covering(distance: &[Vec<u32>], sites: usize, limit: u32) -> Problem {
    let mut problem = openings(&vec![1.0; sites]);
    let mut reach = reach(distance, sites, limit);
    let targets: Vec<u32> = (0..distance.len() as u32).collect();
    reach.covers.push(Cover::Each {
        name: "everybody".into(),
        limits: vec![limit; targets.len()],
        targets,
    });
    problem.reaches.push(reach);
    problem
}

/// Most weight within a limit of at most `most` sites: the value is the weight left outside.
pub(crate) fn maximal_covering(
    distance: &[Vec<u32>],
    sites: usize,
    weights: &[u64],
    limit: u32,
    most: usize,
) -> Problem {
    let mut problem = openings(&vec![0.0; sites]);
    count(&mut problem, most, false);
    let mut reach = reach(distance, sites, limit);
    reach.covers.push(Cover::Share {
        name: "within".into(),
        limit,
        weights: weights.to_vec(),
        need: weights.iter().sum(),
        price: Some(1.0),
    });
    problem.reaches.push(reach);
    problem
}

/// Least weight × distance to the nearest of exactly `most` sites.
pub(crate) fn median(distance: &[Vec<u32>], sites: usize, weights: &[u64], most: usize) -> Problem {
    let mut problem = openings(&vec![0.0; sites]);
    count(&mut problem, most, true);
    let mut reach = reach(distance, sites, u32::MAX);
    reach.travel_weights = weights.to_vec();
    reach.travel_price = 1.0;
    problem.reaches.push(reach);
    problem
}

/// Customers served by sites of a fixed cost and, where given, a capacity. `cost[site][customer]` is that
/// of all of a customer's demand.
pub(crate) fn fixed_charge(
    fixed: &[f64],
    capacity: Option<(&[f64], &[f64])>,
    cost: &[Vec<f64>],
    split: bool,
) -> Problem {
    let mut problem = Problem::default();
    for (site, &fixed_cost) in fixed.iter().enumerate() {
        problem.sites.push(Site {
            name: format!("site {site}"),
            fixed_cost,
            capacities: capacity.map_or(Vec::new(), |(room, _)| vec![room[site]]),
            ..Site::default()
        });
    }
    for customer in 0..cost.first().map_or(0, Vec::len) {
        problem.items.push(Item {
            name: format!("customer {customer}"),
            split,
            ..Item::default()
        });
        for (site, row) in cost.iter().enumerate() {
            problem.placements.push(Placement {
                item: customer,
                site,
                cost: row[customer],
                uses: capacity.map_or(Vec::new(), |(_, demand)| vec![demand[customer]]),
                requires: Vec::new(),
            });
        }
    }
    problem
}

/// Open locations and equip them with services so that every point has a location for its own service.
/// `triplets` are (service, location, point).
pub(crate) fn multi_service_covering(
    opening: &[f64],
    equipping: &[f64],
    points: usize,
    triplets: &[(usize, usize, usize)],
) -> Problem {
    let mut problem = Problem::default();
    for (location, &fixed_cost) in opening.iter().enumerate() {
        problem.sites.push(Site {
            name: format!("location {location}"),
            fixed_cost,
            ..Site::default()
        });
    }
    for (service, &cost) in equipping.iter().enumerate() {
        let mut reach = Reach {
            name: format!("service {service}"),
            starts: vec![0],
            ..Reach::default()
        };
        for location in 0..opening.len() {
            reach.hosts.push(Host {
                placements: vec![problem.placements.len()],
                always: false,
            });
            problem.placements.push(Placement {
                item: problem.items.len(),
                site: location,
                cost,
                ..Placement::default()
            });
            problem.items.push(Item {
                name: format!("equip {location} with {service}"),
                choice: Choice::AtMostOne,
                ..Item::default()
            });
        }
        let mut targets = Vec::new();
        for point in 0..points {
            let hosts = triplets
                .iter()
                .filter(|of| of.0 == service && of.2 == point)
                .map(|of| of.1 as u32);
            let mut hosts: Vec<u32> = hosts.collect();
            hosts.sort_unstable();
            if hosts.is_empty() {
                continue;
            }
            targets.push(targets.len() as u32);
            reach.distance.extend(vec![0; hosts.len()]);
            reach.host.extend(hosts);
            reach.starts.push(reach.host.len());
        }
        reach.covers.push(Cover::Each {
            name: format!("service {service}"),
            limits: vec![0; targets.len()],
            targets,
        });
        problem.reaches.push(reach);
    }
    problem
}

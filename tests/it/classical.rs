//! Published instances as networks and siting problems.

use oneroof::siting::classical::{Demand, Facility, Network};
use oneroof::siting::{Choice, Cover, Host, Item, Placement, Problem, Reach, Site};

/// A network from full tables: `distance[demand][facility]`.
pub(crate) fn network(distance: &[Vec<f64>], weights: &[f64]) -> Network {
    let demand = |(at, &weight): (usize, &f64)| Demand {
        id: format!("demand {at}"),
        weight,
    };
    let facility = |at: usize| Facility {
        id: format!("facility {at}"),
        ..Facility::default()
    };
    let nearest_first = |row: &Vec<f64>| {
        let all = (0..).zip(row.iter().copied());
        // Without a way there is no distance.
        let mut list: Vec<(u32, f64)> = all.filter(|(_, far)| far.is_finite()).collect();
        list.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        list
    };
    Network {
        demands: weights.iter().enumerate().map(demand).collect(),
        facilities: (0..distance.first().map_or(0, Vec::len))
            .map(facility)
            .collect(),
        reaches: distance.iter().map(nearest_first).collect(),
    }
}

/// Customers whose whole demand costs `cost[site][customer]`, and sites of a fixed cost and, where given, a
/// capacity. Costs are those of one unit of weight, so each customer weighs as much as its demand.
pub(crate) fn fixed_charge(
    fixed: &[f64],
    capacity: Option<(&[f64], &[f64])>,
    cost: &[Vec<f64>],
) -> Network {
    let customers = cost.first().map_or(0, Vec::len);
    let weight = |customer: usize| capacity.map_or(1.0, |(_, demand)| demand[customer]);
    let weights: Vec<f64> = (0..customers).map(weight).collect();
    let unit = |customer: usize| {
        let unit = |row: &Vec<f64>| row[customer] / weights[customer];
        cost.iter().map(unit).collect()
    };
    let mut network = network(
        &(0..customers).map(unit).collect::<Vec<Vec<f64>>>(),
        &weights,
    );
    for (at, facility) in network.facilities.iter_mut().enumerate() {
        facility.fixed_cost = fixed[at];
        facility.capacity = capacity.map(|(room, _)| room[at]);
    }
    network
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

//! From a question to a siting problem.

use super::super::problem::{
    Choice, Cover, Host, Item, Placement, Problem, Reach, Row, Site, SiteLock, Term,
};
use super::coverage::{Coverage, Wanted};
use super::exchange::{self, Pace};
use super::greedy;
use super::{Network, Question, Role};

/// The problem whose solutions answer a question, with a start that is worth a part of the time. Sites are the
/// facilities, in their order.
pub(super) fn compile(network: &Network, question: &Question, pace: &Pace) -> Problem {
    match *question {
        Question::Lscp { radius, share } if share < 1.0 => {
            share_covering(network, radius, share, pace)
        }
        Question::Lscp { radius, .. } => set_covering(network, radius, pace),
        Question::Mclp { radius, count } => maximal_covering(network, radius, count, pace),
        Question::PMedian { count } => {
            let mut problem = served(network, 1.0, true, false);
            for site in &mut problem.sites {
                site.fixed_cost = 0.0;
            }
            problem.rows.push(open_sites(&problem, Some(count), count));
            problem
        }
        // Its radii are tried one after another, each as a set covering.
        Question::PCenter { .. } => Problem::default(),
        Question::Uflp { cost_per_distance } => served(network, cost_per_distance, true, false),
        Question::Cflp {
            cost_per_distance,
            whole,
        } => served(network, cost_per_distance, whole, true),
    }
}

fn sites(network: &Network) -> Vec<Site> {
    let site = |facility: &super::Facility| Site {
        name: facility.id.clone(),
        fixed_cost: facility.fixed_cost,
        lock: match facility.role {
            Role::Candidate => SiteLock::Free,
            Role::Required => SiteLock::Open,
            Role::Excluded => SiteLock::Closed,
        },
        ..Site::default()
    };
    network.facilities.iter().map(site).collect()
}

fn open_sites(problem: &Problem, at_least: Option<usize>, at_most: usize) -> Row {
    let terms = (0..problem.sites.len()).map(|site| (Term::Site(site), 1.0));
    Row {
        name: "open facilities".into(),
        terms: terms.collect(),
        at_least: at_least.map(|count| count as f64),
        at_most: Some(at_most as f64),
        price: None,
    }
}

/// Every demand is an item, placed where it is served.
fn served(network: &Network, per_distance: f64, whole: bool, limited: bool) -> Problem {
    let mut problem = Problem {
        sites: sites(network),
        ..Problem::default()
    };
    if limited {
        for (site, facility) in problem.sites.iter_mut().zip(&network.facilities) {
            site.capacities = vec![facility.capacity.unwrap_or(f64::MAX)];
        }
    }
    let pairs = network.reaches.iter().map(Vec::len).sum();
    problem.placements.reserve_exact(pairs);
    for (item, demand) in network.demands.iter().enumerate() {
        problem.items.push(Item {
            name: demand.id.clone(),
            split: !whole,
            ..Item::default()
        });
        for (site, far) in network.within(item, f64::INFINITY) {
            problem.placements.push(Placement {
                item,
                site,
                cost: demand.weight * far * per_distance,
                uses: if limited {
                    vec![demand.weight]
                } else {
                    Vec::new()
                },
                requires: Vec::new(),
            });
        }
    }
    problem
}

/// Every facility is an item that may be placed at itself, and then covers what is within the radius.
fn covering(network: &Network, radius: f64, fixed_cost: f64) -> Problem {
    let mut problem = Problem {
        sites: sites(network),
        ..Problem::default()
    };
    let mut reach = Reach {
        name: "demand".into(),
        targets: network
            .demands
            .iter()
            .map(|demand| demand.id.clone())
            .collect(),
        starts: vec![0],
        ..Reach::default()
    };
    for (at, site) in problem.sites.iter_mut().enumerate() {
        site.fixed_cost = fixed_cost;
        let required = site.lock == SiteLock::Open;
        problem.items.push(Item {
            name: site.name.clone(),
            choice: if required {
                Choice::ExactlyOne
            } else {
                Choice::AtMostOne
            },
            split: false,
        });
        problem.placements.push(Placement {
            item: at,
            site: at,
            ..Placement::default()
        });
        reach.hosts.push(Host {
            placements: vec![at],
            always: false,
        });
    }
    for demand in 0..network.demands.len() {
        let mut hosts: Vec<u32> = network
            .within(demand, radius)
            .map(|(site, _)| site as u32)
            .collect();
        hosts.sort_unstable();
        reach.distance.extend(hosts.iter().map(|_| 0));
        reach.host.extend(hosts);
        reach.starts.push(reach.host.len());
    }
    problem.reaches.push(reach);
    problem
}

/// A cover found without any bound.
fn covered(problem: &Problem, wanted: &Wanted, pace: &Pace) -> Vec<usize> {
    let mut coverage = Coverage::new(problem, wanted);
    greedy::cover(&mut coverage, wanted);
    exchange::improve(&mut coverage, wanted, pace);
    let mut chosen = coverage.open;
    chosen.sort_unstable();
    chosen
}

/// Fewest open facilities with all demand within the radius.
pub(super) fn set_covering(network: &Network, radius: f64, pace: &Pace) -> Problem {
    let mut problem = covering(network, radius, 1.0);
    let targets: Vec<u32> = (0..network.demands.len() as u32).collect();
    let wanted = Wanted {
        weights: vec![1; targets.len()],
        need: targets.len() as u64,
        most: problem.sites.len(),
    };
    problem.start = Some(covered(&problem, &wanted, pace));
    problem.reaches[0].covers.push(Cover::Each {
        name: "all demand".into(),
        limits: vec![0; targets.len()],
        targets,
    });
    problem
}

/// Fewest open facilities with a share of the weight within the radius.
fn share_covering(network: &Network, radius: f64, share: f64, pace: &Pace) -> Problem {
    let mut problem = covering(network, radius, 1.0);
    let (weights, scale) = whole_weights(network);
    let wanted = Wanted {
        weights,
        need: (share * network.weight() * scale * (1.0 - 1e-12)).ceil() as u64,
        most: problem.sites.len(),
    };
    problem.start = Some(covered(&problem, &wanted, pace));
    problem.reaches[0].covers.push(Cover::Share {
        name: "covered demand".into(),
        limit: 0,
        need: wanted.need,
        weights: wanted.weights,
        price: None,
    });
    problem
}

/// Weights as whole numbers, and how many of their units make 1: exact where they have few decimals, else
/// billionths of their sum, rounded down.
pub(super) fn whole_weights(network: &Network) -> (Vec<u64>, f64) {
    let weights = || network.demands.iter().map(|demand| demand.weight);
    let total = network.weight();
    let exact = |scale: &f64| {
        let whole =
            |weight: f64| ((weight * scale).round() / scale - weight).abs() <= 1e-15 * weight;
        let most = if *scale == 1.0 { 1e13 } else { 1e10 };
        total * scale < most && weights().all(whole)
    };
    match [1.0, 10.0, 100.0, 1e3, 1e4, 1e6, 1e7]
        .into_iter()
        .find(exact)
    {
        Some(scale) => (
            weights()
                .map(|weight| (weight * scale).round() as u64)
                .collect(),
            scale,
        ),
        None => {
            let scale = 1e9 / total;
            (
                weights().map(|weight| (weight * scale) as u64).collect(),
                scale,
            )
        }
    }
}

/// Least weight left outside the radius.
fn maximal_covering(network: &Network, radius: f64, count: usize, pace: &Pace) -> Problem {
    let mut problem = covering(network, radius, 0.0);
    let row = open_sites(&problem, None, count);
    problem.rows.push(row);
    let (weights, _) = whole_weights(network);
    let wanted = Wanted {
        need: weights.iter().sum(),
        weights,
        most: count,
    };
    problem.start = Some(covered(&problem, &wanted, pace));
    problem.reaches[0].covers.push(Cover::Share {
        name: "covered demand".into(),
        limit: 0,
        need: wanted.need,
        weights: wanted.weights,
        // One for each unit: a solver takes much smaller costs for none at all.
        price: Some(1.0),
    });
    problem
}

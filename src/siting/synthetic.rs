//! Made-up counties as hard as life: towns and villages, buildings 70–85 % full, about 14 places for
//! every occupier, public services whose cover today is only just enough.

use super::dice::Dice;
use super::problem::*;

/// A made-up county: `scale` 1 is 400 targets, 280 sites, 350 items.
pub(super) fn county(scale: f64, seed: u64, mean: bool) -> Problem {
    let mut dice = Dice::new(seed);
    let count = |base: f64| (base * scale).round().max(3.0) as usize;
    let (zones, sites, items) = (count(400.0), count(280.0), count(350.0));
    let width = 60.0 * scale.sqrt();
    let towns: Vec<(f64, f64, f64)> = (0..count(14.0))
        .map(|_| {
            (
                dice.share() * width,
                dice.share() * width,
                1.0 + 3.0 * dice.share(),
            )
        })
        .collect();
    let point = |dice: &mut Dice| {
        if dice.one_in(4) {
            return (dice.share() * width, dice.share() * width);
        }
        let (x, y, spread) = towns[dice.size(0, towns.len() - 1)];
        let off =
            |dice: &mut Dice| (dice.share() + dice.share() + dice.share() - 1.5) * 1.6 * spread;
        (x + off(dice), y + off(dice))
    };
    let targets: Vec<(f64, f64)> = (0..zones).map(|_| point(&mut dice)).collect();
    let places: Vec<(f64, f64)> = (0..sites).map(|_| point(&mut dice)).collect();
    let metres = |a: (f64, f64), b: (f64, f64)| {
        (1300.0 * ((a.0 - b.0).powi(2) + (a.1 - b.1).powi(2)).sqrt()).round() as u32
    };
    let mut problem = Problem::default();
    // Items at home: service and area; some sites hold several, some none.
    let services = 12;
    let mut home = Vec::new();
    let mut area = Vec::new();
    let mut service_of = Vec::new();
    let mut load = vec![0.0; sites];
    let mut taken = vec![[false; 12]; sites];
    for item in 0..items {
        let service = if item < 2 * services {
            item % services
        } else {
            dice.size(0, services - 1)
        };
        let mut site = dice.size(0, sites - 1);
        while service < 8 && taken[site][service] {
            site = dice.size(0, sites - 1);
        }
        taken[site][service] = true;
        let size = (80.0 + 900.0 * dice.share() * dice.share()).round();
        load[site] += size;
        home.push(site);
        area.push(size);
        service_of.push(service);
        problem.items.push(Item {
            name: format!("item {item}"),
            ..Item::default()
        });
    }
    for (site, &load) in load.iter().enumerate() {
        let full = 0.6 + 0.38 * dice.share();
        let capacity = if load > 0.0 {
            load / full
        } else {
            150.0 + 700.0 * dice.share()
        };
        let running =
            capacity * (60.0 + 90.0 * dice.share()) * 16.0 + capacity * 600.0 * dice.share();
        problem.sites.push(Site {
            name: format!("site {site}"),
            fixed_cost: running.round(),
            capacities: vec![capacity.ceil()],
            ..Site::default()
        });
    }
    let mut start = Vec::new();
    let mut hosting: Vec<Vec<Vec<usize>>> = vec![vec![Vec::new(); sites]; services];
    for item in 0..items {
        let mut order: Vec<(u32, usize)> = (0..sites)
            .map(|site| (metres(places[home[item]], places[site]), site))
            .collect();
        order.sort_unstable();
        let mut options = 0;
        for (_, site) in order {
            let fits = site == home[item] || area[item] * 1.1 <= problem.sites[site].capacities[0];
            if !fits || (site != home[item] && dice.one_in(5)) {
                continue;
            }
            let at = problem.placements.len();
            let (cost, used) = if site == home[item] {
                start.push(at);
                (0.0, area[item])
            } else {
                (
                    (area[item] * (350.0 + 250.0 * dice.share())).round(),
                    (area[item] * 1.1).round(),
                )
            };
            problem.placements.push(Placement {
                item,
                site,
                cost,
                uses: vec![used],
                requires: Vec::new(),
            });
            hosting[service_of[item]][site].push(at);
            options += 1;
            if options == 15 {
                break;
            }
        }
    }
    for (service, hosting) in hosting.iter().enumerate().take(8) {
        for placements in hosting.iter().filter(|placements| placements.len() > 1) {
            let name = format!("one service {service}");
            problem.conflicts.push(Conflict {
                name,
                placements: placements.clone(),
                most: 1,
            });
        }
        problem.reaches.push(reach(
            service, hosting, &start, &targets, &places, mean, &metres, &mut dice,
        ));
    }
    problem.start = Some(start);
    problem
}

#[expect(clippy::too_many_arguments, reason = "one call, in a test's generator")]
fn reach(
    service: usize,
    hosting: &[Vec<usize>],
    start: &[usize],
    targets: &[(f64, f64)],
    places: &[(f64, f64)],
    mean: bool,
    metres: &dyn Fn((f64, f64), (f64, f64)) -> u32,
    dice: &mut Dice,
) -> Reach {
    let mut reach = Reach {
        name: format!("service {service}"),
        starts: vec![0],
        ..Reach::default()
    };
    let mut sites = Vec::new();
    for (site, placements) in hosting.iter().enumerate() {
        if !placements.is_empty() {
            reach.hosts.push(Host {
                placements: placements.clone(),
                always: false,
            });
            sites.push(site);
        }
    }
    let limit = 2500 + 500 * dice.below(5) as u32;
    let (mut limits, mut near, mut weights) = (Vec::new(), Vec::new(), Vec::new());
    for &target in targets {
        let mut list: Vec<(u32, u32)> = sites
            .iter()
            .enumerate()
            .map(|(host, &site)| (metres(target, places[site]), host as u32))
            .collect();
        list.sort_unstable();
        let today = list.iter().find(|entry| {
            reach.hosts[entry.1 as usize]
                .placements
                .iter()
                .any(|at| start.binary_search(at).is_ok())
        });
        let today = today.map_or(0, |entry| entry.0);
        let worst = (2 * limit).max(today + 1500);
        let far = if mean {
            worst.max(3 * today).max(5000)
        } else {
            worst
        };
        list.retain(|entry| entry.0 <= far);
        reach.host.extend(list.iter().map(|entry| entry.1));
        reach.distance.extend(list.iter().map(|entry| entry.0));
        reach.starts.push(reach.host.len());
        limits.push(if mean { far } else { worst });
        near.push(today);
        weights.push(800 + dice.below(1800));
    }
    let name = || "cover".to_owned();
    reach.covers.push(Cover::Each {
        name: name(),
        targets: (0..targets.len() as u32).collect(),
        limits,
    });
    let total: u64 = weights.iter().sum();
    let covered: u64 = weights
        .iter()
        .zip(&near)
        .filter(|(_, near)| **near <= limit)
        .map(|(weight, _)| weight)
        .sum();
    let need = covered.saturating_sub(total / 50);
    reach.covers.push(Cover::Share {
        name: name(),
        limit,
        weights: weights.clone(),
        need,
        price: None,
    });
    let travel: u64 = weights
        .iter()
        .zip(&near)
        .map(|(weight, &near)| weight * u64::from(near))
        .sum();
    if mean {
        let most = travel + travel / 20;
        reach.covers.push(Cover::Mean {
            name: name(),
            weights: weights.clone(),
            most,
            price: None,
        });
    }
    reach.travel_weights = weights;
    reach
}

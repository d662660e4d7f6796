//! The classical questions on networks so small that every set of facilities can be tried.

use super::super::dice::Dice;
use super::super::{Ask, Ending, SitingError};
use super::*;
use std::time::Duration;

const ASK: Ask = Ask {
    gap: 0.0,
    time: Duration::from_secs(20),
    seed: 1,
    rounds: None,
    least_travel_within: None,
};

/// A few facilities, some required or excluded, a few demands; not every pair can be used.
fn drawn(seed: u64) -> Network {
    let mut dice = Dice::new(seed);
    let facility = |dice: &mut Dice, at: usize| Facility {
        id: format!("f{at}"),
        fixed_cost: dice.amount(0, 30),
        capacity: Some(dice.amount(5, 40)),
        role: match dice.below(8) {
            0 => Role::Required,
            1 => Role::Excluded,
            _ => Role::Candidate,
        },
    };
    let facilities: Vec<Facility> = (0..dice.size(2, 6))
        .map(|at| facility(&mut dice, at))
        .collect();
    let fraction = [0.0, 0.25, 0.1234567, 1.0 / 3.0][dice.below(4) as usize];
    let demand = |dice: &mut Dice, at: usize| Demand {
        id: format!("d{at}"),
        weight: dice.amount(0, 9) + fraction,
    };
    let demands: Vec<Demand> = (0..dice.size(1, 6))
        .map(|at| demand(&mut dice, at))
        .collect();
    let list = |dice: &mut Dice| {
        let mut list = Vec::new();
        for at in 0..facilities.len() as u32 {
            if !dice.one_in(6) {
                list.push((at, dice.amount(0, 20) / 2.0));
            }
        }
        list.sort_by(|a: &(u32, f64), b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        list
    };
    let reaches = demands.iter().map(|_| list(&mut dice)).collect();
    Network {
        demands,
        facilities,
        reaches,
    }
}

/// What a set of open facilities comes to; `None` where it is no answer.
fn worth(network: &Network, question: &Question, open: &[bool]) -> Option<f64> {
    let count = open.iter().filter(|open| **open).count();
    let near = |demand: usize, radius: f64| {
        let mut hosts = network.reaches[demand].iter();
        hosts
            .find(|host| open[host.0 as usize] && host.1 <= radius)
            .map(|host| host.1)
    };
    let all = 0..network.demands.len();
    let weight = |demand: usize| network.demands[demand].weight;
    let covered = |radius: f64| -> f64 {
        all.clone()
            .filter(|&at| near(at, radius).is_some())
            .map(weight)
            .sum::<f64>()
            + 0.0
    };
    let fixed: f64 = network
        .facilities
        .iter()
        .zip(open)
        .filter(|of| *of.1)
        .map(|of| of.0.fixed_cost)
        .sum();
    let travel = || -> Option<f64> {
        all.clone()
            .map(|at| Some(weight(at) * near(at, f64::INFINITY)?))
            .sum()
    };
    match *question {
        Question::Lscp { radius, share } if share >= 1.0 => all
            .clone()
            .all(|at| near(at, radius).is_some())
            .then_some(count as f64),
        Question::Lscp { radius, share } => {
            (covered(radius) >= share * network.weight() - 1e-9).then_some(count as f64)
        }
        Question::Mclp {
            radius,
            count: exactly,
        } => (count == exactly).then(|| -covered(radius)),
        Question::PMedian { count: exactly } => (count == exactly).then(travel)?,
        Question::PCenter { count: exactly } if count == exactly => {
            let far: Option<Vec<f64>> = all.clone().map(|at| near(at, f64::INFINITY)).collect();
            Some(far?.into_iter().fold(0.0, f64::max))
        }
        Question::PCenter { .. } => None,
        Question::Uflp { cost_per_distance } => Some(fixed + cost_per_distance * travel()?),
        Question::Cflp {
            cost_per_distance, ..
        } => {
            let room: Vec<f64> = network
                .facilities
                .iter()
                .map(|f| f.capacity.unwrap_or(0.0))
                .collect();
            Some(fixed + cost_per_distance * packed(network, open, &room, 0)?)
        }
    }
}

/// The least weight × distance of whole demands from one on, in what room is left.
fn packed(network: &Network, open: &[bool], room: &[f64], from: usize) -> Option<f64> {
    let Some(demand) = network.demands.get(from) else {
        return Some(0.0);
    };
    let hosts = network.reaches[from]
        .iter()
        .filter(|host| open[host.0 as usize]);
    let ways = hosts.filter_map(|&(site, far)| {
        let mut left = room.to_vec();
        left[site as usize] -= demand.weight;
        let fits = left[site as usize] >= -1e-9;
        Some(demand.weight * far + fits.then(|| packed(network, open, &left, from + 1))??)
    });
    ways.min_by(f64::total_cmp)
}

/// The best of every set of facilities that the roles allow.
fn enumerated(network: &Network, question: &Question) -> Option<f64> {
    let sites = network.facilities.len();
    let open = |set: u32| -> Vec<bool> { (0..sites).map(|site| set >> site & 1 == 1).collect() };
    let allowed = |open: &Vec<bool>| {
        network
            .facilities
            .iter()
            .zip(open)
            .all(|(facility, &open)| match facility.role {
                Role::Candidate => true,
                Role::Required => open,
                Role::Excluded => !open,
            })
    };
    let sets = (0u32..1 << sites).map(open).filter(allowed);
    sets.filter_map(|open| worth(network, question, &open))
        .min_by(f64::total_cmp)
}

/// What the printed open facilities and allocations come to by themselves.
fn printed(network: &Network, question: &Question, located: &Located) -> f64 {
    let of = |one: &Allocation| network.demands[one.demand].weight * one.share * one.distance;
    let travel: f64 = located.allocations.iter().map(of).sum();
    let open = network
        .facilities
        .iter()
        .zip(&located.open)
        .filter(|of| *of.1);
    match *question {
        Question::Lscp { .. } => open.count() as f64,
        Question::Mclp { .. } => located.served(network),
        Question::PMedian { .. } => travel,
        Question::PCenter { .. } => located
            .allocations
            .iter()
            .map(|one| one.distance)
            .fold(0.0, f64::max),
        Question::Uflp { cost_per_distance }
        | Question::Cflp {
            cost_per_distance, ..
        } => open.map(|of| of.0.fixed_cost).sum::<f64>() + cost_per_distance * travel,
    }
}

#[test]
fn every_question_agrees_with_trying_every_set_of_facilities() {
    let (mut answered, mut refused) = ([0; 8], 0);
    for seed in 0..250 {
        let network = drawn(seed);
        let mut dice = Dice::new(seed + 10_000);
        let (radius, count) = (dice.amount(0, 20) / 2.0, dice.size(1, 4));
        let cost_per_distance = dice.amount(1, 3);
        let share = [0.53, 0.81, 0.947][dice.below(3) as usize];
        let questions = [
            Question::Lscp { radius, share: 1.0 },
            Question::Lscp { radius, share },
            Question::Mclp { radius, count },
            Question::PMedian { count },
            Question::PCenter { count },
            Question::Uflp { cost_per_distance },
            Question::Cflp {
                cost_per_distance,
                whole: true,
            },
        ];
        for (kind, question) in questions.iter().enumerate() {
            let name = format!("seed {seed}, {question:?}");
            let found = locate(&network, question, &ASK, &());
            let located = match (found, enumerated(&network, question)) {
                (Ok(located), Some(best)) => {
                    let best = if kind == 2 { -best } else { best };
                    let close = |value: f64| (value - best).abs() <= 1e-6 * best.abs().max(1.0);
                    assert!(
                        close(located.objective),
                        "{name}: {} for {best}",
                        located.objective
                    );
                    assert!(
                        close(located.bound.expect("a bound")),
                        "{name}: {:?} for {best}",
                        located.bound
                    );
                    assert_eq!(located.ending, Ending::WithinGap, "{name}");
                    located
                }
                (Err(LocateError::Siting(SitingError::Infeasible)), None)
                | (Err(LocateError::OutOfReach(_) | LocateError::Invalid { .. }), _) => {
                    refused += 1;
                    continue;
                }
                (found, best) => panic!("{name}: {found:?} where trying says {best:?}"),
            };
            let open = located.open.iter().filter(|open| **open).count();
            assert!(question.count().is_none_or(|count| count == open), "{name}");
            let said = printed(&network, question, &located);
            let slack = 1e-6 * said.abs().max(1.0);
            assert!(
                (said - located.objective).abs() <= slack,
                "{name}: {said} is printed"
            );
            answered[kind] += 1;
        }
    }
    assert!(
        answered[..7].iter().all(|times| *times > 30),
        "{answered:?}"
    );
    assert!(refused > 30, "{refused}");
}

#[test]
fn a_divided_demand_costs_no_more_than_a_whole_one_and_fills_no_facility_too_much() {
    for seed in 0..150 {
        let network = drawn(seed);
        let ask = |whole| {
            let question = Question::Cflp {
                cost_per_distance: 1.0,
                whole,
            };
            let located = locate(&network, &question, &ASK, &()).ok()?;
            let said = printed(&network, &question, &located);
            let slack = 1e-6 * said.abs().max(1.0);
            assert!((said - located.objective).abs() <= slack, "seed {seed}");
            Some(located)
        };
        let Some(divided) = ask(false) else {
            assert!(
                ask(true).is_none(),
                "seed {seed}: whole fits where divided does not"
            );
            continue;
        };
        let mut room: Vec<f64> = network
            .facilities
            .iter()
            .map(|f| f.capacity.unwrap_or(0.0))
            .collect();
        for one in &divided.allocations {
            room[one.facility] -= one.share * network.demands[one.demand].weight;
        }
        assert!(
            room.iter().all(|left| *left >= -1e-6),
            "seed {seed}: {room:?}"
        );
        if let Some(whole) = ask(true) {
            assert!(divided.objective <= whole.objective + 1e-6, "seed {seed}");
        }
    }
}

#[test]
fn a_network_that_contradicts_itself_is_refused_by_name() {
    let good = drawn(3);
    let broken = |change: &dyn Fn(&mut Network)| {
        let mut network = good.clone();
        change(&mut network);
        match locate(&network, &Question::PMedian { count: 1 }, &ASK, &()) {
            Err(LocateError::Invalid { item, cause }) => format!("{item}: {cause}"),
            other => panic!("{other:?}"),
        }
    };
    let id = good.demands[0].id.clone();
    let weight = broken(&|network| network.demands[0].weight = f64::NAN);
    assert!(weight.contains(&id), "{weight}");
    let twice = broken(&|network| network.reaches[0] = vec![(0, 1.0), (0, 2.0)]);
    assert!(twice.contains("twice"), "{twice}");
    let nowhere = broken(&|network| network.reaches[0] = vec![(99, 1.0)]);
    assert!(nowhere.contains("does not exist"), "{nowhere}");
    let order = broken(&|network| network.reaches[0] = vec![(0, 2.0), (1, 1.0)]);
    assert!(order.contains("order"), "{order}");
    let same = broken(&|network| network.facilities[1].id.clone_from(&good.facilities[0].id));
    assert!(same.contains("not unique"), "{same}");
}

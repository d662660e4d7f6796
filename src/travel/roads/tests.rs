//! Promises of the search, on small random networks.

use super::journeys::{cost, steps};
use super::network::{Direction, Network, Piece};
use super::search::{Cost, Ends, Reach, Search, Weighing};
use super::snap::Snap;
use crate::place::{Distance, Location, Unit};
use proptest::prelude::*;

const KM: Weighing = Weighing {
    unit: Unit::Km,
    walk_kmh: 4.8,
};

/// Points in a row, and pieces between them: ends, length, whether one-way.
#[derive(Clone, Debug)]
struct Streets {
    points: u32,
    pieces: Vec<(u32, u32, u32, bool)>,
}

fn streets(one_ways: bool) -> impl Strategy<Value = Streets> {
    (3_u32..12).prop_flat_map(move |points| {
        let piece = (0..points, 0..points, 1_u32..1_000, any::<bool>())
            .prop_filter("a piece has two ends", |(from, to, ..)| from != to)
            .prop_map(move |(from, to, mm, one)| (from, to, mm, one && one_ways));
        proptest::collection::vec(piece, 1..24).prop_map(move |pieces| Streets { points, pieces })
    })
}

impl Streets {
    fn network(&self, join: bool) -> Network {
        let pieces: Vec<Piece> = self
            .pieces
            .iter()
            .map(|(from, to, mm, one_way)| Piece {
                from: *from,
                to: *to,
                mm: *mm,
                ms: mm * 2,
                one_way: *one_way,
                stop: true,
            })
            .collect();
        let places: Vec<Location> = (0..self.points)
            .map(|at| Location::new(f64::from(at) * 0.001, 0.0).expect("on Earth"))
            .collect();
        Network::of_pieces(&pieces, &places, join)
    }

    /// Least distance between every pair of points, by Floyd and Warshall.
    fn by_hand(&self) -> Vec<Vec<Option<Cost>>> {
        let count = self.points as usize;
        let mut far = vec![vec![None; count]; count];
        for (at, row) in far.iter_mut().enumerate() {
            row[at] = Some(0);
        }
        let mut shorten = |from: u32, to: u32, mm: u32| {
            let known: &mut Option<Cost> = &mut far[from as usize][to as usize];
            *known = Some(known.map_or(mm, |old| old.min(mm)));
        };
        for (from, to, mm, one_way) in &self.pieces {
            shorten(*from, *to, *mm);
            if !one_way {
                shorten(*to, *from, *mm);
            }
        }
        for by in 0..count {
            for from in 0..count {
                for to in 0..count {
                    if let (Some(one), Some(other)) = (far[from][by], far[by][to]) {
                        let way = one + other;
                        far[from][to] = Some(far[from][to].map_or(way, |old| old.min(way)));
                    }
                }
            }
        }
        far
    }

    /// A point set down on the network at the beginning or the end of one of its pieces; `None` where
    /// no piece touches it.
    fn snaps(&self, network: &Network) -> Vec<Option<Snap>> {
        let place = |at: u32| f64::from(at) * 0.001;
        (0..self.points)
            .map(|point| {
                (0..network.edges.len() as u32).find_map(|edge| {
                    let vertex = network
                        .points(edge)
                        .iter()
                        .find(|vertex| (vertex.at.lon() - place(point)).abs() < 1e-9)?;
                    Some(Snap {
                        edge,
                        mm: vertex.mm,
                        ms: vertex.ms,
                        away_mm: 0,
                        at: vertex.at,
                    })
                })
            })
            .collect()
    }
}

/// Every journey between points of a network within a reach.
fn table(network: &Network, snaps: &[Option<Snap>], reach: &Reach) -> Vec<Vec<Option<Cost>>> {
    let ends = Ends::new(snaps, Vec::new(), KM);
    let mut search = Search::new(network, KM, Direction::Out);
    let row = |snap: &Option<Snap>| {
        let mut row = vec![None; snaps.len()];
        let found = snap
            .as_ref()
            .map(|snap| search.journeys(snap, &ends, reach));
        for (end, cost) in found.into_iter().flatten() {
            row[end as usize] = Some(cost);
        }
        row
    };
    snaps.iter().map(row).collect()
}

fn everything() -> Reach {
    Reach::within(Cost::MAX)
}

proptest! {
    #[test]
    fn two_way_streets_give_what_brute_force_gives(streets in streets(false)) {
        let network = streets.network(true);
        let snaps = streets.snaps(&network);
        let (found, by_hand) = (table(&network, &snaps, &everything()), streets.by_hand());
        for (from, start) in snaps.iter().enumerate() {
            for (to, end) in snaps.iter().enumerate() {
                if start.is_some() && end.is_some() {
                    prop_assert_eq!(found[from][to], by_hand[from][to], "{} to {}", from, to);
                }
            }
        }
    }

    #[test]
    fn walking_is_as_far_there_as_back(streets in streets(false)) {
        let network = streets.network(true);
        let found = table(&network, &streets.snaps(&network), &everything());
        for (from, row) in found.iter().enumerate() {
            for (to, there) in row.iter().enumerate() {
                prop_assert_eq!(*there, found[to][from]);
            }
        }
    }

    #[test]
    fn no_way_round_is_shorter_than_the_way(streets in streets(true)) {
        let network = streets.network(true);
        let far = table(&network, &streets.snaps(&network), &everything());
        for from in &far {
            for (by, first) in from.iter().enumerate() {
                for (to, second) in far[by].iter().enumerate() {
                    if let (Some(first), Some(second)) = (first, second) {
                        prop_assert!(from[to].is_some_and(|way| way <= first + second));
                    }
                }
            }
        }
    }

    #[test]
    fn joined_streets_are_as_far_as_unjoined_ones(streets in streets(true)) {
        let (joined, apart) = (streets.network(true), streets.network(false));
        // The same spots on both: the middle of every unjoined piece.
        let middle = |edge: u32| {
            let (mm, ms) = apart.whole(edge);
            let at = apart.points(edge)[0].at;
            Snap { edge, mm: mm / 2, ms: ms / 2, away_mm: 7, at }
        };
        let on_apart: Vec<_> = (0..apart.edges.len() as u32).map(|edge| Some(middle(edge))).collect();
        let on_joined: Vec<_> = on_apart
            .iter()
            .flatten()
            .map(|snap| same_spot(&apart, &joined, snap))
            .collect();
        prop_assume!(on_joined.iter().all(Option::is_some));
        prop_assert_eq!(
            table(&joined, &on_joined, &everything()),
            table(&apart, &on_apart, &everything())
        );
    }

    #[test]
    fn a_later_cut_off_never_loses_a_pair(streets in streets(true), early in 0_u32..2_000, more in 0_u32..2_000) {
        let network = streets.network(true);
        let snaps = streets.snaps(&network);
        let all = table(&network, &snaps, &everything());
        let short = table(&network, &snaps, &Reach::within(early));
        let long = table(&network, &snaps, &Reach::within(early + more));
        for (at, row) in all.iter().enumerate() {
            for (to, way) in row.iter().enumerate() {
                prop_assert_eq!(short[at][to], way.filter(|way| *way <= early));
                prop_assert!(short[at][to].is_none() || short[at][to] == long[at][to]);
            }
        }
    }

    #[test]
    fn the_nearest_of_every_group_is_met_and_all_that_is_no_further_than_three_times_it(
        streets in streets(true), least in 0_u32..500, odd in any::<u16>()
    ) {
        let network = streets.network(true);
        let snaps = streets.snaps(&network);
        let all = table(&network, &snaps, &everything());
        let in_group = |end: usize| odd >> (end % 16) & 1 == 1;
        let groups = (0..snaps.len()).map(|end| if in_group(end) { vec![0] } else { vec![] }).collect();
        let ends = Ends::new(&snaps, groups, KM);
        let reach = Reach { at_least: least, groups: vec![0], times: 3, plus: 0 };
        let mut search = Search::new(&network, KM, Direction::Out);
        for (at, snap) in snaps.iter().enumerate() {
            let Some(snap) = snap else { continue };
            let nearest = (0..snaps.len()).filter(|end| in_group(*end)).filter_map(|end| all[at][end]).min();
            let bound = nearest.map_or(Cost::MAX, |near| least.max(3 * near));
            let wanted: Vec<(u32, Cost)> = (0..snaps.len())
                .filter_map(|end| Some((end as u32, all[at][end]?)))
                .filter(|(_, way)| *way <= bound)
                .collect();
            prop_assert_eq!(search.journeys(snap, &ends, &reach), wanted);
        }
    }

    #[test]
    fn whatever_rounds_to_a_limit_is_looked_for(limit in 0_u32..100_000) {
        for unit in [Unit::Km, Unit::Minutes] {
            let most = cost(Distance(limit), unit);
            prop_assert_eq!(steps(most, unit), Distance(limit));
            prop_assert_eq!(steps(most + 1, unit), Distance(limit + 1));
        }
    }
}

/// Where the middle of an unjoined piece is on the joined network: by the two points it lies between
/// and its length, where that tells it apart.
fn same_spot(apart: &Network, joined: &Network, snap: &Snap) -> Option<Snap> {
    let points = apart.points(snap.edge);
    let (start, end) = (points[0], points[1]);
    let one_way = apart.edges[snap.edge as usize].one_way;
    let mut found = Vec::new();
    for edge in 0..joined.edges.len() as u32 {
        if joined.edges[edge as usize].one_way != one_way {
            continue;
        }
        for pair in joined.points(edge).windows(2) {
            if pair[1].mm - pair[0].mm != end.mm {
                continue;
            }
            let is = |a: Location, b: Location| (a.lon() - b.lon()).abs() < 1e-9;
            let along = is(pair[0].at, start.at) && is(pair[1].at, end.at);
            let against = is(pair[0].at, end.at) && is(pair[1].at, start.at) && !one_way;
            if along || against {
                let (mm, ms) = match along {
                    true => (pair[0].mm + snap.mm, pair[0].ms + snap.ms),
                    false => (pair[1].mm - snap.mm, pair[1].ms - snap.ms),
                };
                found.push(Snap {
                    edge,
                    mm,
                    ms,
                    ..*snap
                });
            }
        }
    }
    // Two like pieces between the same points cannot be told apart.
    (found.len() == 1).then(|| found[0])
}

#[test]
fn a_one_way_ring_is_gone_round_the_whole_way() {
    // 0 → 1 → 2 → 0: from 1 to 0 is two pieces, from 0 to 1 one.
    let ring = Streets {
        points: 3,
        pieces: vec![(0, 1, 10, true), (1, 2, 20, true), (2, 0, 40, true)],
    };
    let network = ring.network(true);
    assert_eq!(network.edges.len(), 1);
    let spot = |mm: u32| {
        Some(Snap {
            edge: 0,
            mm,
            ms: mm * 2,
            away_mm: 0,
            at: network.points(0)[0].at,
        })
    };
    let snaps = [spot(5), spot(15)];
    let found = table(&network, &snaps, &everything());
    assert_eq!(found[0][1], Some(10));
    // On to the junction at 70, and 5 more.
    assert_eq!(found[1][0], Some(60));
}

//! Promises of the search, on thousands of tiny timetables, beside searches that know nothing of
//! rounds, patterns or windows.

use super::clock::{Clock, MINUTE, NEVER};
use super::legs::{Legs, Walks};
use super::search::Search;
use super::there_and_back::Day;
use super::timetable::{Call, Run, Timetable};
use super::window::Window;
use proptest::prelude::*;
use std::collections::HashMap;

const STOPS: usize = 6;
const ENDS: usize = 3;
const RIDES: usize = 3;
const LONG: Clock = 200 * MINUTE;

/// A day in a town of six stops, one origin and three ends.
#[derive(Clone, Debug)]
struct Town {
    runs: Vec<Run>,
    walks: Walks,
}

fn legs(from: usize, to: usize, most: usize) -> impl Strategy<Value = Legs> {
    let one = (0..from, 0..to as u32, 0_u32..12);
    proptest::collection::vec(one, 0..most).prop_map(move |all| {
        let mut rows = vec![Vec::new(); from];
        for (from, to, minutes) in all {
            // A quarter of a minute is no whole one.
            rows[from].push((to, minutes * 15_000));
        }
        Legs::new(rows)
    })
}

fn run() -> impl Strategy<Value = Run> {
    let call = (0..STOPS as u32, 0..6, 0..3, 0..9_u8);
    let calls = proptest::collection::vec(call, 2..6);
    (0..50, calls).prop_map(|(first, calls)| {
        let mut now = first * MINUTE;
        let call = |(stop, ride, wait, flags): (u32, Clock, Clock, u8)| {
            let arrives = now + ride * MINUTE;
            let leaves = arrives + wait * MINUTE / 2;
            now = leaves;
            Call {
                stop,
                arrives,
                // Who gets on must be there a little before.
                leaves: leaves - MINUTE / 2,
                may_board: flags != 0,
                may_alight: flags != 1,
            }
        };
        calls.into_iter().map(call).collect()
    })
}

/// Vehicles of their own, and vehicles that do what another does a little later, quicker or slower.
fn runs() -> impl Strategy<Value = Vec<Run>> {
    let like = (0..4_i32, 0..20_i32);
    proptest::collection::vec((run(), proptest::collection::vec(like, 0..4)), 1..6).prop_map(
        |lines| {
            let mut all = Vec::new();
            for (run, others) in lines {
                for (pace, later) in others {
                    let from = run[0].arrives;
                    let time = |time: Clock| from + (time - from) * pace / 2 + later * MINUTE;
                    let call = |call: &Call| Call {
                        arrives: time(call.arrives),
                        leaves: time(call.leaves),
                        ..*call
                    };
                    all.push(run.iter().map(call).collect());
                }
                all.push(run);
            }
            all
        },
    )
}

fn town() -> impl Strategy<Value = Town> {
    (
        runs(),
        legs(1, STOPS, 4),
        legs(STOPS, STOPS, 6),
        legs(STOPS, ENDS, 6),
        legs(1, ENDS, 2),
    )
        .prop_map(|(runs, to_stop, changes, from_stop, direct)| {
            let walks = Walks {
                to_stop,
                changes,
                from_stop,
                direct,
            };
            Town { runs, walks }
        })
}

impl Town {
    fn timetable(&self) -> Timetable {
        Timetable::new(STOPS, self.runs.clone()).expect("few vehicles")
    }

    /// When each end is reached by who leaves at a time and rides at most so often: every vehicle is
    /// tried from every stop where somebody is ready, until nothing new is found.
    fn by_hand(&self, leave: Clock, rides: usize) -> Vec<Clock> {
        let mut ready: HashMap<(usize, u32), Clock> = HashMap::new();
        for (stop, walk) in self.walks.to_stop.from(0) {
            let known = ready.entry((0, *stop)).or_insert(NEVER);
            *known = (leave + walk).min(*known);
        }
        let mut ends = vec![NEVER; ENDS];
        let mut new: Vec<(usize, u32)> = ready.keys().copied().collect();
        while let Some((ridden, stop)) = new.pop() {
            let here = ready[&(ridden, stop)];
            if ridden == rides {
                continue;
            }
            for (off, at) in self.rides(stop, here) {
                for (end, walk) in self.walks.from_stop.from(off) {
                    ends[*end as usize] = ends[*end as usize].min(at + walk);
                }
                let changes = self.walks.changes.from(off).iter().copied();
                for (next, walk) in changes.chain([(off, 0)]) {
                    let known = ready.entry((ridden + 1, next)).or_insert(NEVER);
                    if at + walk < *known {
                        *known = at + walk;
                        new.push((ridden + 1, next));
                    }
                }
            }
        }
        ends
    }

    /// Where one may get off after getting on at a stop, and when.
    fn rides(&self, stop: u32, ready: Clock) -> Vec<(u32, Clock)> {
        let mut found = Vec::new();
        for run in &self.runs {
            for (at, on) in run.iter().enumerate() {
                if on.stop == stop && on.may_board && on.leaves >= ready {
                    let later = run.iter().skip(at + 1).filter(|call| call.may_alight);
                    found.extend(later.map(|off| (off.stop, off.arrives)));
                }
            }
        }
        found
    }

    /// Travel times over a window, each departure looked at on its own and all of them sorted.
    fn window_by_hand(&self, window: Window, within: Clock) -> Vec<(u32, Clock)> {
        let minutes = (window.from / MINUTE)..(window.to / MINUTE);
        let mut times = vec![Vec::new(); ENDS];
        for minute in minutes {
            let leave = minute * MINUTE;
            for (end, arrival) in self.by_hand(leave, RIDES).into_iter().enumerate() {
                let on_foot = self.walks.direct.from(0).iter();
                let on_foot = on_foot
                    .filter(|(to, _)| *to as usize == end)
                    .map(|(_, ms)| *ms);
                let ride = if arrival == NEVER {
                    NEVER
                } else {
                    arrival - leave
                };
                times[end].push(on_foot.min().unwrap_or(NEVER).min(ride));
            }
        }
        let mut found = Vec::new();
        for (end, mut times) in times.into_iter().enumerate() {
            times.sort_unstable();
            // The shortest time that so many in a hundred do not exceed.
            let enough = |time: &&Clock| {
                let as_quick = times.iter().filter(|other| other <= time).count();
                as_quick * 100 >= times.len() * usize::from(window.percentile)
            };
            let time = times.iter().find(enough).copied().unwrap_or(NEVER);
            if time <= within {
                found.push((end as u32, time));
            }
        }
        found
    }

    fn window(&self, window: Window, within: Clock) -> Vec<(u32, Clock)> {
        let timetable = self.timetable();
        let mut search = Search::new(&timetable, &self.walks, RIDES, ENDS);
        window.travel(&mut search, &self.walks, 0, within, ENDS)
    }
}

fn time(of: &[(u32, Clock)], end: u32) -> Clock {
    of.iter()
        .find(|(at, _)| *at == end)
        .map_or(NEVER, |(_, time)| *time)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn one_departure_arrives_when_trying_every_vehicle_arrives(
        town in town(), minute in 0..40, rides in 0..4_usize
    ) {
        let timetable = town.timetable();
        let mut search = Search::new(&timetable, &town.walks, rides, ENDS);
        search.begin();
        let found = search.depart(minute * MINUTE, town.walks.to_stop.from(0), LONG).to_vec();
        prop_assert_eq!(found, town.by_hand(minute * MINUTE, rides));
    }

    #[test]
    fn a_window_gives_what_each_of_its_departures_gives_alone(
        town in town(), from in 0..20, long in 1..25, percentile in 1..=100_u8, within in 0..60
    ) {
        let window = Window { from: from * MINUTE, to: (from + long) * MINUTE, percentile };
        let within = within * MINUTE;
        prop_assert_eq!(town.window(window, within), town.window_by_hand(window, within));
    }

    #[test]
    fn no_stop_is_reached_earlier_after_another_origin_was_asked(town in town(), minute in 0..40) {
        let timetable = town.timetable();
        let mut search = Search::new(&timetable, &town.walks, RIDES, ENDS);
        search.begin();
        let leave = minute * MINUTE;
        let first = search.depart(leave, town.walks.to_stop.from(0), LONG).to_vec();
        search.begin();
        let everywhere: Vec<_> = (0..STOPS as u32).map(|stop| (stop, 0)).collect();
        search.depart(0, &everywhere, LONG);
        search.begin();
        let again = search.depart(leave, town.walks.to_stop.from(0), LONG).to_vec();
        prop_assert_eq!(first, again);
    }

    #[test]
    fn a_later_cut_off_never_loses_a_pair(town in town(), within in 0..40, more in 0..40) {
        let window = Window { from: 0, to: 20 * MINUTE, percentile: 50 };
        let short = town.window(window, within * MINUTE);
        let long = town.window(window, (within + more) * MINUTE);
        for (end, far) in short {
            prop_assert_eq!(time(&long, end), far);
        }
    }

    #[test]
    fn a_later_end_of_the_window_never_makes_the_best_time_worse(
        town in town(), long in 1..20, more in 0..20
    ) {
        let best = |to: Clock| town.window(Window { from: 0, to: to * MINUTE, percentile: 1 }, LONG);
        let (short, long) = (best(long), best(long + more));
        for end in 0..ENDS as u32 {
            prop_assert!(time(&long, end) <= time(&short, end));
        }
    }

    #[test]
    fn who_leaves_later_never_arrives_earlier(town in town(), minute in 0..40, later in 0..20) {
        let timetable = town.timetable();
        let arrive = |minute: Clock| {
            let mut search = Search::new(&timetable, &town.walks, RIDES, ENDS);
            search.begin();
            search.depart(minute * MINUTE, town.walks.to_stop.from(0), LONG).to_vec()
        };
        let (early, late) = (arrive(minute), arrive(minute + later));
        prop_assert!(early.iter().zip(&late).all(|(early, late)| early <= late));
    }

    #[test]
    fn little_memory_gives_the_same_times(town in town(), long in 1..25, percentile in 1..=100_u8, times in 1..60_usize) {
        let window = Window { from: 0, to: long * MINUTE, percentile };
        let timetable = town.timetable();
        let mut search = Search::new(&timetable, &town.walks, RIDES, ENDS);
        let few = window.travel_with(&mut search, &town.walks, 0, LONG, ENDS, times);
        prop_assert_eq!(few, town.window(window, LONG));
    }

    #[test]
    fn another_vehicle_or_ride_never_makes_a_journey_longer(town in town(), extra in run(), minute in 0..40) {
        let arrive = |town: &Town, rides| {
            let timetable = town.timetable();
            let mut search = Search::new(&timetable, &town.walks, rides, ENDS);
            search.begin();
            search.depart(minute * MINUTE, town.walks.to_stop.from(0), LONG).to_vec()
        };
        let mut richer = town.clone();
        richer.runs.push(extra);
        let plain = arrive(&town, 2);
        for other in [arrive(&richer, 2), arrive(&town, 3)] {
            prop_assert!(other.iter().zip(&plain).all(|(other, plain)| other <= plain));
        }
    }

    #[test]
    fn a_day_there_and_back_is_one_for_which_two_journeys_are_found_by_hand(
        town in town(), to_origin in legs(STOPS, 1, 4), from_ends in legs(ENDS, STOPS, 6), back in 40..90, stay in 0..20
    ) {
        let day = Day { leave: 5 * MINUTE, back: back * MINUTE, stay: stay * MINUTE };
        let timetable = town.timetable();
        let mirrored = timetable.mirrored();
        // Backwards: from the origin to stops as they are walked to it, from stops to ends as these are left.
        let walks_back = Walks {
            to_stop: to_origin.turned(1),
            changes: town.walks.changes.turned(STOPS),
            from_stop: from_ends.turned(STOPS),
            direct: Legs::new(vec![Vec::new()]),
        };
        let mut there = Search::new(&timetable, &town.walks, RIDES, ENDS);
        let mut home = Search::new(&mirrored, &walks_back, RIDES, ENDS);
        let found = day.allows((&mut there, &town.walks), (&mut home, &walks_back), 0, ENDS);
        let arrive = town.by_hand(day.leave, RIDES);
        for end in 0..ENDS {
            let on_foot = town.walks.direct.from(0).iter().filter(|(to, _)| *to as usize == end);
            let on_foot = on_foot.map(|(_, walk)| day.leave + walk).min().unwrap_or(NEVER);
            let arrive = on_foot.min(arrive[end]);
            // Home again: the ends and the origin change places.
            let home = Town {
                runs: town.runs.clone(),
                walks: Walks {
                    to_stop: Legs::new(vec![
                        from_ends.from(end as u32).iter().map(|(stop, ms)| (*stop, *ms as u32)).collect(),
                    ]),
                    from_stop: to_origin.clone(),
                    ..town.walks.clone()
                },
            };
            // The vehicles' own times are multiples of a quarter of a minute, so nothing lies between.
            let leaves = (0..=4 * back).map(|quarter| quarter * MINUTE / 4);
            let possible = arrive < NEVER && leaves.rev().any(|leave| {
                leave >= arrive + day.stay && home.by_hand(leave, RIDES)[0] <= day.back
            });
            prop_assert_eq!(found[end], possible, "end {}: there at {}", end, arrive);
        }
    }
}

#[test]
fn a_vehicle_that_overtakes_is_caught_instead_of_the_one_in_front() {
    // One leaves at 0 and takes an hour; the next leaves at 10 and takes five minutes.
    let run = |leave: Clock, ride: Clock| {
        let call = |stop, at: Clock| Call {
            stop,
            arrives: at * MINUTE,
            leaves: at * MINUTE,
            may_board: true,
            may_alight: true,
        };
        vec![call(0, leave), call(1, leave + ride)]
    };
    let timetable = Timetable::new(2, [run(0, 60), run(10, 5)]).expect("few vehicles");
    assert_eq!(timetable.patterns.len(), 2);
    let walks = Walks {
        from_stop: Legs::new(vec![Vec::new(), vec![(0, 0)]]),
        ..Walks::default()
    };
    let mut search = Search::new(&timetable, &walks, 1, 1);
    assert_eq!(search.depart(0, &[(0, 0)], LONG), [15 * MINUTE]);
}

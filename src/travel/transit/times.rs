//! The times of one trip: whole, in order, and filled in between timepoints.

use crate::place::Location;
use crate::travel::line::metres_between;

/// A call as it stands in the feed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stated {
    pub(super) sequence: u32,
    pub(super) line: u64,
    pub(super) stop: u32,
    /// Seconds after midnight of the day of service.
    pub(super) arrives: Option<u32>,
    pub(super) departs: Option<u32>,
    pub(super) may_board: bool,
    pub(super) may_alight: bool,
}

/// Why a trip cannot be used: line, column, and what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unusable {
    pub(super) line: u64,
    pub(super) column: &'static str,
    pub(super) cause: String,
}

/// Puts the calls of a trip in order and fills in the times that are not stated, by the straight line
/// between stops. Returns how many were filled in.
pub(super) fn settle(
    calls: &mut [Stated],
    place: impl Fn(u32) -> Option<Location>,
) -> Result<usize, Unusable> {
    calls.sort_by_key(|call| call.sequence);
    let unusable = |call: &Stated, column, cause: String| {
        Err(Unusable {
            line: call.line,
            column,
            cause,
        })
    };
    for pair in calls.windows(2) {
        if pair[0].sequence == pair[1].sequence {
            let cause = format!("{} stands twice in one trip", pair[1].sequence);
            return unusable(&pair[1], "stop_sequence", cause);
        }
    }
    for call in calls.iter_mut() {
        call.arrives = call.arrives.or(call.departs);
        call.departs = call.departs.or(call.arrives);
    }
    for end in [calls.first(), calls.last()].into_iter().flatten() {
        if end.arrives.is_none() {
            let cause = "the first and the last call of a trip need a time".to_owned();
            return unusable(end, "arrival_time", cause);
        }
    }
    let mut last = 0;
    for call in calls.iter() {
        for (column, time) in [
            ("arrival_time", call.arrives),
            ("departure_time", call.departs),
        ] {
            if let Some(time) = time {
                if time < last {
                    let cause = "it is earlier than what was before it in the trip".to_owned();
                    return unusable(call, column, cause);
                }
                last = time;
            }
        }
    }
    Ok(fill(calls, place))
}

/// Times between timepoints, as if the vehicle went straight and evenly.
fn fill(calls: &mut [Stated], place: impl Fn(u32) -> Option<Location>) -> usize {
    let mut filled = 0;
    let mut before = 0;
    for next in 1..calls.len() {
        let (Some(leaves), Some(arrives)) = (calls[before].departs, calls[next].arrives) else {
            continue;
        };
        if next > before + 1 {
            let along = along(&calls[before..=next], &place);
            let whole = along.last().copied().unwrap_or(0.0);
            for (step, metres) in along.iter().enumerate().take(next - before).skip(1) {
                let share = match whole > 0.0 {
                    true => metres / whole,
                    false => step as f64 / (next - before) as f64,
                };
                let time = leaves + (f64::from(arrives - leaves) * share).round() as u32;
                let call = &mut calls[before + step];
                (call.arrives, call.departs) = (Some(time), Some(time));
                filled += 1;
            }
        }
        before = next;
    }
    filled
}

/// Metres from the first of some calls to each of them; a stop that is nowhere is where the one before is.
fn along(calls: &[Stated], place: impl Fn(u32) -> Option<Location>) -> Vec<f64> {
    let mut here: Option<Location> = None;
    let mut metres = 0.0;
    calls
        .iter()
        .map(|call| {
            let there = place(call.stop).or(here);
            if let (Some(here), Some(there)) = (here, there) {
                metres += metres_between(here, there);
            }
            here = there;
            metres
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(sequence: u32, time: Option<u32>) -> Stated {
        Stated {
            sequence,
            line: u64::from(sequence) + 1,
            stop: sequence,
            arrives: time,
            departs: None,
            may_board: true,
            may_alight: true,
        }
    }

    /// Stops on the equator, a tenth of a degree apart, but the third twice as far.
    fn place(stop: u32) -> Option<Location> {
        Location::new([0.0, 0.1, 0.2, 0.4, 0.5][stop as usize], 0.0)
    }

    #[test]
    fn times_between_timepoints_follow_the_way_between_stops() {
        // 100 s for 0.4 degrees, of which 0.1 and 0.2 are passed on the way.
        let mut calls = [
            call(3, Some(1_100)),
            call(0, Some(1_000)),
            call(2, None),
            call(1, None),
        ];
        assert_eq!(settle(&mut calls, place), Ok(2));
        let times: Vec<_> = calls.iter().map(|call| call.arrives).collect();
        assert_eq!(times, [Some(1_000), Some(1_025), Some(1_050), Some(1_100)]);
    }

    #[test]
    fn where_all_stops_are_in_one_place_times_are_spread_evenly() {
        let mut calls = [call(0, Some(0)), call(1, None), call(2, Some(60))];
        let nowhere = |_| None;
        assert_eq!(settle(&mut calls, nowhere), Ok(1));
        assert_eq!(calls[1].departs, Some(30));
    }

    #[test]
    fn a_trip_that_runs_back_in_time_says_where() {
        let mut calls = [call(0, Some(100)), call(1, Some(90))];
        let fault = settle(&mut calls, place).expect_err("it runs back");
        assert_eq!((fault.line, fault.column), (2, "arrival_time"));
    }

    #[test]
    fn a_trip_without_a_last_time_is_none() {
        let mut calls = [call(0, Some(100)), call(1, None)];
        assert_eq!(
            settle(&mut calls, place).map_err(|fault| fault.line),
            Err(2)
        );
    }
}

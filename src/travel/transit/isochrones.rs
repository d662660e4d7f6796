//! Isochrones by timetable: the ground from which a site can be reached in so many minutes.
//!
//! Seen from the site the day runs backwards. For every deadline one search of the day run backwards says when to be
//! at each stop at the latest, and a look around the stops on foot says from where one gets there. What counts
//! of a spot is the time that is left over there, at the percentile of the departures.

use super::clock::{Clock, NEVER};
use super::journeys::Transit;
use super::legs::{Legs, Walks};
use super::search::Search;
use super::timetable::Timetable;
use crate::place::Location;
use crate::travel::roads::{Afoot, Cost, Direction, Isochrone, SetDown, Spot};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// More departures than this are thinned out evenly.
const MOST_DEPARTURES: usize = 30;

/// How many spots of a band are held before those that cannot count any more are left out: 12 MB of them.
const HELD: usize = 1 << 20;

/// Spots from which one gets to the site in time, by departure, with the time that is left there.
type Left = Vec<(Spot, Cost)>;

/// What all sites have in common.
struct Backwards<'a> {
    timetable: &'a Timetable,
    walks: &'a Walks,
    rides: usize,
    /// The longest walk to a stop.
    walk: Clock,
    departures: Vec<Clock>,
    /// How many departures must be as quick.
    rank: usize,
    bands: Vec<Clock>,
}

impl Transit {
    /// Isochrones of sites, for every band of minutes, by site and then by time, over the departures of the window,
    /// of thirty of them where there are more. Sites that are on no road have none; no band is longer
    /// than the longest journey.
    pub fn isochrones(&self, sites: &[Option<Location>], bands: &[f64]) -> Vec<Isochrone> {
        if bands.is_empty() {
            return Vec::new();
        }
        let stops = self.stops.len();
        let mirrored = self.timetable.mirrored();
        let walks = Walks {
            to_stop: Legs::new(self.to_stops(Direction::Back, sites)),
            changes: self.changes.turned(stops),
            ..Walks::default()
        };
        let all: Vec<Clock> = self.terms.window.departures().collect();
        let departures: Vec<Clock> = all
            .iter()
            .copied()
            .step_by(all.len().div_ceil(MOST_DEPARTURES).max(1))
            .collect();
        let backwards = Backwards {
            timetable: &mirrored,
            walks: &walks,
            rides: self.terms.rides,
            walk: self.terms.walk,
            rank: self.terms.window.rank(departures.len()),
            departures,
            bands: bands.iter().map(|band| self.in_time(*band)).collect(),
        };
        // The places that people walk to: every stop, and then every site.
        let places: Vec<_> = self.stops.iter().chain(sites).copied().collect();
        let set_down = self.roads.set_down(&places);
        let of_site = |tools: &mut Option<(Search<'_>, Afoot<'_>)>, site: usize| {
            let (Some((search, afoot)), Some(middle)) = (tools.as_mut(), sites[site]) else {
                return Vec::new();
            };
            if !set_down.is_on_road(stops + site) {
                return Vec::new();
            }
            let left = backwards.left(search, afoot, site as u32, stops as u32);
            let grounds = left.into_iter().zip(bands).map(|(left, minutes)| {
                let spots = backwards.that_count(left);
                Isochrone {
                    site,
                    minutes: *minutes,
                    ground: afoot.ground(&spots, middle),
                }
            });
            grounds.collect()
        };
        (0..sites.len())
            .into_par_iter()
            .map_init(|| self.tools(&backwards, &set_down), of_site)
            .flatten_iter()
            .collect()
    }

    fn tools<'a>(
        &'a self,
        backwards: &Backwards<'a>,
        places: &'a SetDown,
    ) -> Option<(Search<'a>, Afoot<'a>)> {
        let (timetable, walks) = (backwards.timetable, backwards.walks);
        let search = Search::new(timetable, walks, backwards.rides, 0);
        Some((search, self.roads.afoot(places)?))
    }
}

impl Backwards<'_> {
    /// For each band, from where and with how much time left one gets to a site, once for each departure.
    fn left(
        &self,
        search: &mut Search<'_>,
        afoot: &mut Afoot<'_>,
        site: u32,
        stops: u32,
    ) -> Vec<Left> {
        let mut left = vec![Vec::new(); self.bands.len()];
        let mut room = vec![HELD; self.bands.len()];
        let mut to_come = vec![self.departures.len(); self.bands.len()];
        let longest = self.bands.iter().copied().max().unwrap_or(0);
        search.begin();
        for (deadline, bands) in self.deadlines() {
            // Backwards, midnight is where it was and everything else on its other side.
            let now = -deadline;
            search.depart(now, self.walks.to_stop.from(site), now + longest);
            let of_stop = |(stop, at): (u32, Clock)| {
                let cost = (at < NEVER).then(|| at - now)?;
                let most = cost.saturating_add(self.walk).min(longest);
                (cost <= longest).then_some((stop, cost as Cost, most as Cost))
            };
            let by_stop = (0..stops).zip(search.got_off_at()).filter_map(of_stop);
            let all_on_foot = (stops + site, 0, longest as Cost);
            afoot.around(by_stop.chain([all_on_foot]), |spot, cost, most| {
                for band in &bands {
                    let most = most.min(self.bands[*band] as Cost);
                    if cost <= most {
                        left[*band].push((spot, most - cost));
                    }
                }
            });
            for band in bands {
                to_come[band] -= 1;
                if left[band].len() > room[band] {
                    thin(&mut left[band], self.rank, to_come[band]);
                    room[band] = HELD.max(2 * left[band].len());
                }
            }
        }
        left
    }

    /// When one must be there at the latest, the earliest first, and the bands for which a departure says so.
    fn deadlines(&self) -> BTreeMap<Clock, Vec<usize>> {
        let mut all: BTreeMap<Clock, Vec<usize>> = BTreeMap::new();
        for leave in &self.departures {
            for (band, minutes) in self.bands.iter().enumerate() {
                all.entry(leave + minutes).or_default().push(band);
            }
        }
        all
    }

    /// The spots from which enough departures are in time, with the time that is left at the last of those.
    fn that_count(&self, mut left: Left) -> Left {
        sort(&mut left);
        let spots = left.chunk_by(|one, other| one.0 == other.0);
        let counts = |of_spot: &[(Spot, Cost)]| of_spot.get(self.rank - 1).copied();
        spots.filter_map(counts).collect()
    }
}

/// Longest time left first, spot by spot.
fn sort(left: &mut Left) {
    left.sort_unstable_by(|one, other| one.0.cmp(&other.0).then(other.1.cmp(&one.1)));
}

/// Leaves out what cannot count any more: of each spot all but the longest times that are asked for, and spots that
/// the departures to come cannot bring up to so many. So what is held grows with the spots in reach, not with
/// the departures.
fn thin(left: &mut Left, rank: usize, to_come: usize) {
    sort(left);
    let (mut kept, mut at) = (0, 0);
    while let Some((spot, _)) = left.get(at).copied() {
        let of_spot = left[at..].partition_point(|one| one.0 == spot);
        if of_spot + to_come >= rank {
            let longest = of_spot.min(rank);
            left.copy_within(at..at + longest, kept);
            kept += longest;
        }
        at += of_spot;
    }
    left.truncate(kept);
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    /// What the spots have left at the departure that counts.
    fn counted(mut left: Left, rank: usize) -> Left {
        sort(&mut left);
        let spots = left.chunk_by(|one, other| one.0 == other.0);
        spots.filter_map(|one| one.get(rank - 1).copied()).collect()
    }

    #[test]
    fn what_is_left_out_between_departures_changes_nothing_that_counts() {
        let mut dice = ChaCha8Rng::seed_from_u64(7);
        for rank in 1..=6 {
            let (mut all, mut thinned) = (Left::new(), Left::new());
            for to_come in (0..6).rev() {
                for spot in 0..50 {
                    if dice.random_range(0..3) > 0 {
                        let one = (Spot::Junction(spot), dice.random_range(0..9));
                        all.push(one);
                        thinned.push(one);
                    }
                }
                thin(&mut thinned, rank, to_come);
                assert!(thinned.len() <= 50 * rank);
            }
            assert_eq!(counted(thinned, rank), counted(all, rank), "{rank}");
        }
    }
}

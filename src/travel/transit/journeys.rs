//! From a place, its timetables and its walks to the table of journeys that rules ask about.

use super::clock::{Clock, MINUTE, NEVER};
use super::fault::FeedFault;
use super::feed::{self, Wanted};
use super::legs::{Legs, Walks};
use super::notes::{FeedNote, Notes};
use super::search::Search;
use super::settings::{Terms, TransitSettings};
use super::stops::Stop;
use super::there_and_back::Day;
use super::timetable::{Pattern, Tangled, Timetable};
use crate::place::{BuildingIx, Distance, Location, Mode, Place, RoadMode, Unit, ZoneIx};
use crate::travel::roads::{
    Cost, Direction, Extent, Landings, NO_END, RoadSettings, Roads, RoadsFault, cost,
    services_today, steps,
};
use crate::travel::{Matrix, Origin};
use jiff::civil::Date;
use rayon::prelude::*;

/// Why there are no journeys by timetable.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TransitFault {
    /// An extract for the walks cannot be used.
    #[error(transparent)]
    Roads(#[from] RoadsFault),
    /// A feed cannot be used.
    #[error(transparent)]
    Feed(#[from] FeedFault),
}

/// The timetables of a place for one day, and the walks beside them.
pub struct Transit {
    pub(super) terms: Terms,
    pub(super) timetable: Timetable,
    /// The day run backwards, where one must be back.
    mirrored: Option<Timetable>,
    pub(super) stops: Vec<Option<Location>>,
    pub(super) changes: Legs,
    pub(super) roads: Roads,
}

const WALK: (RoadMode, Unit) = (RoadMode::Walk, Unit::Minutes);
/// How many stops are named in one line.
const NAMED: usize = 10;

impl Transit {
    /// Reads the feeds and the walking network, and what there is to say of them.
    ///
    /// # Errors
    /// [`TransitFault`] where a file is not there or none of its kind, or where a feed does not describe
    /// the day.
    pub fn read(
        settings: &TransitSettings,
        roads: &RoadSettings,
    ) -> Result<(Self, Vec<FeedNote>), TransitFault> {
        let terms = Terms::new(&settings.terms);
        let mut notes = Notes::default();
        let service = feed::read(&settings.feeds, wanted(settings, &terms), &mut notes)?;
        let roads = Roads::read(&RoadSettings {
            modes: vec![RoadMode::Walk],
            ..roads.clone()
        })?;
        // A stop that nobody calls at leads nowhere.
        let stops: Vec<_> = service
            .stops
            .iter()
            .zip(&service.called_at)
            .map(|(stop, called)| stop.at.filter(|_| *called))
            .collect();
        let near = roads.near(WALK.0, &stops);
        let timetable = Timetable::new(stops.len(), service.runs)
            .map_err(|Tangled(stop)| tangled(settings, &service.stops[stop as usize]))?;
        let walks = roads.reached(WALK, Direction::Out, &stops, &stops, walk(terms.change));
        let far: Vec<&str> = (0..stops.len())
            .filter(|at| stops[*at].is_some() && !near[*at])
            .map(|at| service.stops[at].id.as_str())
            .collect();
        let called = stops.iter().flatten().count();
        off_road(&far, called, settings, roads_limit(&roads), &mut notes);
        let reached = called - far.len();
        coverage(&timetable, reached, &service.days, settings, &mut notes);
        let transit = Self {
            mirrored: terms.day.map(|_| timetable.mirrored()),
            changes: Legs::new(walks),
            terms,
            timetable,
            stops,
            roads,
        };
        Ok((transit, notes.finish()))
    }

    /// What there is to say of the feeds alone, where nothing asks for journeys.
    ///
    /// # Errors
    /// [`FeedFault`] where a feed is not there or none, or does not describe the day.
    pub fn look(settings: &TransitSettings) -> Result<Vec<FeedNote>, FeedFault> {
        let terms = Terms::new(&settings.terms);
        let mut notes = Notes::default();
        feed::read(&settings.feeds, wanted(settings, &terms), &mut notes)?;
        Ok(notes.finish())
    }

    /// The journeys that are needed, from zones and, where moves are limited, from buildings.
    pub fn journeys(&self, place: &Place, extent: &Extent) -> Matrix {
        let zones: Vec<_> = place.zones.iter().map(|zone| Some(zone.point)).collect();
        let buildings: Vec<_> = place.buildings.iter().map(|one| one.location).collect();
        let services = services_today(place, &extent.services);
        let groups: Vec<u32> = extent.services.iter().map(|at| at.index() as u32).collect();
        let reach = Reach {
            at_least: self.clamped(extent.at_least),
            groups: &groups,
            services: &services,
            // Rounding to whole steps may lengthen three of today's distances by a step and a half.
            plus: self.clamped(Distance(extent.plus.steps().saturating_add(2))),
        };
        let to = |far: Clock| steps(far as Cost, Unit::Minutes);
        let rows = self.travel(&zones, &buildings, &reach);
        let mut pairs = pairs(rows, |at| Origin::Zone(ZoneIx::new(at)), to);
        if let Some(limit) = extent.moves {
            let reach = Reach::within(self.clamped(limit));
            let rows = self.travel(&buildings, &buildings, &reach);
            let moves = self::pairs(rows, |at| Origin::Building(BuildingIx::new(at)), to);
            pairs.extend(moves);
        }
        Matrix::new(Mode::Transit.name(), Unit::Minutes, pairs)
    }

    /// Journeys between two lists of points within a time, without a place around them: for each origin
    /// the positions of the destinations it reaches, with their tenths of a minute, by position.
    pub fn between(
        &self,
        from: &[Location],
        to: &[Location],
        within: Distance,
    ) -> Vec<Vec<(u32, Distance)>> {
        let all = |points: &[Location]| -> Vec<_> { points.iter().copied().map(Some).collect() };
        let reach = Reach::within(self.clamped(within));
        let rows = self.travel(&all(from), &all(to), &reach);
        let row = |row: Vec<(u32, Clock)>| {
            let row = row.into_iter();
            row.map(|(end, far)| (end, steps(far as Cost, Unit::Minutes)))
                .collect()
        };
        rows.into_iter().map(row).collect()
    }

    /// All journeys from zones to buildings within so many minutes, or within the longest.
    pub fn within(&self, place: &Place, minutes: Option<f64>) -> Matrix {
        let most = minutes.map_or(NO_END, |most| Distance::from_user(most, Unit::Minutes));
        self.journeys(place, &Extent::within(most))
    }

    /// Where zones and buildings meet the paths on which people walk.
    pub fn landings(&self, place: &Place) -> Landings {
        self.roads
            .landings(place, WALK.0)
            .unwrap_or_else(|| Landings {
                mode: WALK.0,
                zones: vec![None; place.zones.len()],
                buildings: vec![None; place.buildings.len()],
                km: 0.0,
                parts: 0,
                fragments_km: 0.0,
            })
    }

    /// Straight lines between the stops of vehicles, each pattern once.
    pub fn lines(&self) -> Vec<Vec<Location>> {
        let line = |pattern: &Pattern| -> Vec<Location> {
            let calls = pattern.calls.iter();
            calls
                .filter_map(|call| self.stops[call.stop as usize])
                .collect()
        };
        let mut lines: Vec<_> = self.timetable.patterns.iter().map(line).collect();
        // Patterns that differ in their times alone are one line; they stand side by side.
        lines.dedup();
        lines
    }

    /// A distance as a time, no longer than the longest journey.
    fn clamped(&self, distance: Distance) -> Clock {
        let cost = Clock::try_from(cost(distance, Unit::Minutes)).unwrap_or(NEVER);
        cost.min(self.terms.longest)
    }

    /// Minutes as a time, no longer than the longest journey.
    pub(super) fn in_time(&self, minutes: f64) -> Clock {
        let time = (minutes * f64::from(MINUTE)).round() as Clock;
        time.min(self.terms.longest)
    }

    /// Walks between points and stops.
    pub(super) fn to_stops(
        &self,
        direction: Direction,
        points: &[Option<Location>],
    ) -> Vec<Vec<(u32, Cost)>> {
        let most = walk(self.terms.walk);
        self.roads
            .reached(WALK, direction, points, &self.stops, most)
    }

    /// Travel times from many origins to many ends, side by side.
    fn travel(
        &self,
        from: &[Option<Location>],
        to: &[Option<Location>],
        reach: &Reach<'_>,
    ) -> Vec<Vec<(u32, Clock)>> {
        let (stops, ends) = (self.stops.len(), to.len());
        let furthest = walk(reach.furthest(self.terms.longest));
        let on_foot = |direction| self.roads.reached(WALK, direction, from, to, furthest);
        let walks = Walks {
            to_stop: Legs::new(self.to_stops(Direction::Out, from)),
            changes: self.changes.clone(),
            from_stop: Legs::new(self.to_stops(Direction::Back, to)).turned(stops),
            direct: Legs::new(on_foot(Direction::Out)),
        };
        let search = || Search::new(&self.timetable, &walks, self.terms.rides, ends);
        let back = self.terms.day.zip(self.mirrored.as_ref());
        let home = back.map(|(day, mirrored)| {
            let walks = Walks {
                to_stop: Legs::new(self.to_stops(Direction::Back, from)),
                changes: self.changes.turned(stops),
                from_stop: Legs::new(self.to_stops(Direction::Out, to)).turned(stops),
                direct: Legs::new(on_foot(Direction::Back)),
            };
            Home {
                day,
                mirrored,
                walks,
            }
        });
        let of_origin = |(there, back): &mut (Search<'_>, Option<Search<'_>>), origin: usize| {
            let origin = origin as u32;
            let allowed = home.as_ref().zip(back.as_mut()).map(|(home, back)| {
                let back = (back, &home.walks);
                home.day.allows((&mut *there, &walks), back, origin, ends)
            });
            let is_allowed =
                |end: u32| allowed.as_ref().is_none_or(|allowed| allowed[end as usize]);
            reach.follow(self.terms.longest, |within| {
                let mut found = self
                    .terms
                    .window
                    .travel(there, &walks, origin, within, ends);
                found.retain(|(end, _)| is_allowed(*end));
                found
            })
        };
        (0..from.len())
            .into_par_iter()
            .map_init(
                || {
                    let back = home.as_ref();
                    let back = back.map(|home| {
                        Search::new(home.mirrored, &home.walks, self.terms.rides, ends)
                    });
                    (search(), back)
                },
                of_origin,
            )
            .collect()
    }
}

fn wanted(settings: &TransitSettings, terms: &Terms) -> Wanted {
    let (from, to) = terms.under_way();
    Wanted {
        date: settings.terms.date,
        from,
        to,
        board: terms.board,
    }
}

/// A feed with vehicles that overtake each other beyond reason, by a stop of theirs.
fn tangled(settings: &TransitSettings, stop: &Stop) -> FeedFault {
    let of_stop = |path: &&std::path::PathBuf| {
        let name = path.file_name().map(std::path::Path::new);
        name == std::path::Path::new(&stop.file).parent()
    };
    let path = settings.feeds.iter().find(of_stop);
    FeedFault::TooBig {
        path: path.cloned().unwrap_or_default(),
        cause: format!(
            "thousands of vehicles from stop {} call at the same stops and overtake each other",
            stop.id
        ),
    }
}

/// What the way home needs.
struct Home<'a> {
    day: Day,
    mirrored: &'a Timetable,
    walks: Walks,
}

/// How far journeys are followed from each origin.
struct Reach<'a> {
    at_least: Clock,
    /// Services whose nearest place must be met, and three times as far.
    groups: &'a [u32],
    /// The services of each end.
    services: &'a [Vec<u32>],
    plus: Clock,
}

impl Reach<'static> {
    fn within(at_least: Clock) -> Self {
        Self {
            at_least,
            groups: &[],
            services: &[],
            plus: 0,
        }
    }
}

impl Reach<'_> {
    fn furthest(&self, longest: Clock) -> Clock {
        match self.groups.is_empty() {
            true => self.at_least,
            false => longest,
        }
    }

    /// Looks within a time, and further only where the nearest place of a service asks for it.
    fn follow(
        &self,
        longest: Clock,
        mut look: impl FnMut(Clock) -> Vec<(u32, Clock)>,
    ) -> Vec<(u32, Clock)> {
        let near = look(self.at_least);
        let bound = self.bound(&near, longest);
        if bound <= self.at_least {
            return near;
        }
        let mut far = look(longest);
        let bound = self.bound(&far, longest);
        far.retain(|(_, time)| *time <= bound);
        far
    }

    fn bound(&self, found: &[(u32, Clock)], longest: Clock) -> Clock {
        let of_group = |group: &u32| {
            let here = |end: u32| self.services[end as usize].contains(group);
            let known = found.iter().filter(|(end, _)| here(*end));
            known
                .map(|(_, time)| time.saturating_mul(3).saturating_add(self.plus))
                .min()
                .unwrap_or(longest)
        };
        let groups = self.groups.iter().map(of_group).max().unwrap_or(0);
        groups.max(self.at_least).min(longest)
    }
}

fn pairs(
    rows: Vec<Vec<(u32, Clock)>>,
    origin: impl Fn(usize) -> Origin,
    to: impl Fn(Clock) -> Distance,
) -> Vec<(Origin, BuildingIx, Distance)> {
    let rows = rows.into_iter().enumerate();
    rows.flat_map(|(at, row)| {
        let from = origin(at);
        row.into_iter()
            .map(move |(end, far)| (from, BuildingIx::new(end as usize), far))
    })
    .map(|(from, end, far)| (from, end, to(far)))
    .collect()
}

/// A time on foot, as roads count it.
fn walk(time: Clock) -> Cost {
    Cost::try_from(time).unwrap_or(0)
}

fn roads_limit(roads: &Roads) -> f64 {
    roads.furthest_snap().get()
}

fn feeds(settings: &TransitSettings) -> String {
    let name = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    };
    let names: Vec<_> = settings.feeds.iter().map(name).collect();
    names.join(", ")
}

/// Stops that no path leads to.
fn off_road(
    far: &[&str],
    called: usize,
    settings: &TransitSettings,
    limit: f64,
    notes: &mut Notes,
) {
    if far.is_empty() {
        return;
    }
    let mut named = far[..far.len().min(NAMED)].join(", ");
    if far.len() > NAMED {
        named.push_str(", …");
    }
    notes.say(FeedNote {
        column: "stop_id".to_owned(),
        cell: named,
        ..FeedNote::whole(
            "transit-stop-off-road",
            &feeds(settings),
            format!(
                "{} of {called} stops at which vehicles call have no road or path within {limit:.0} m",
                far.len()
            ),
            "nobody gets on or off there; bring a larger extract, or set snap_m, if it should be otherwise",
        )
    });
}

/// How much timetable there is.
fn coverage(
    timetable: &Timetable,
    stops: usize,
    days: &[(String, Date, Date)],
    settings: &TransitSettings,
    notes: &mut Notes,
) {
    let days = days.iter();
    let days: Vec<_> = days
        .map(|(feed, from, to)| format!("{feed} describes {from} to {to}"))
        .collect();
    notes.say(FeedNote::whole(
        "transit-coverage",
        &feeds(settings),
        format!(
            "{} vehicles are under way on {} at the time, in {} patterns, at {stops} stops that can be walked to; {}",
            timetable.vehicles(),
            settings.terms.date,
            timetable.patterns.len(),
            days.join(", ")
        ),
        "times are by timetable and on foot",
    ));
}

//! Who may use a way, in which direction, and how fast.
//!
//! A way of OpenStreetMap is judged by its own tags alone: its class (`highway`), its access tags
//! from the special to the general, its speed limit and its direction. The classes and speeds of the
//! drive are near those of OSRM's car profile; they are the speeds of a clear road.

use super::tags::Tags;
use crate::place::RoadMode;

/// How a way may be travelled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Passage {
    /// Speed, km/h.
    pub(super) kmh: f64,
    /// Which way.
    pub(super) way: Heading,
    /// Whether a journey may begin or end on it: not on a motorway.
    pub(super) stop: bool,
}

/// In which direction of its nodes a way may be travelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heading {
    Both,
    Forward,
    Backward,
}

/// Speeds on foot and by bicycle, km/h; a car's depend on the road.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Speeds {
    /// On foot, also to and from the road in every mode.
    pub walk_kmh: f64,
    /// By bicycle, on a road.
    pub cycle_kmh: f64,
}

impl Default for Speeds {
    fn default() -> Self {
        Self {
            walk_kmh: 4.8,
            cycle_kmh: 16.0,
        }
    }
}

/// How a mode may travel a way; `None` where it may not.
pub(super) fn passage(mode: RoadMode, tags: &Tags<'_>, speeds: Speeds) -> Option<Passage> {
    let class = tags.get("highway")?;
    match mode {
        RoadMode::Walk => walk(class, tags, speeds),
        RoadMode::Cycle => cycle(class, tags, speeds),
        RoadMode::Drive => drive(class, tags),
    }
}

/// Whether a mode is stopped by a node, such as a bollard or a locked gate.
pub(super) fn is_barred(mode: RoadMode, tags: &Tags<'_>) -> bool {
    let allowed = access(tags, ladder(mode));
    if allowed == Some(false) {
        return true;
    }
    let stops: &[&str] = match mode {
        RoadMode::Walk => &["wall", "fence", "hedge", "debris"],
        RoadMode::Cycle => &[
            "wall",
            "fence",
            "hedge",
            "debris",
            "stile",
            "turnstile",
            "kissing_gate",
        ],
        RoadMode::Drive => &[
            "wall",
            "fence",
            "hedge",
            "debris",
            "stile",
            "turnstile",
            "kissing_gate",
            "bollard",
            "block",
            "chain",
            "cycle_barrier",
            "jersey_barrier",
            "log",
            "motorcycle_barrier",
            "planter",
            "sump_buster",
            "bus_trap",
            "yes",
        ],
    };
    allowed.is_none()
        && tags
            .get("barrier")
            .is_some_and(|kind| stops.contains(&kind))
}

/// Access tags of a mode, the most special first.
fn ladder(mode: RoadMode) -> &'static [&'static str] {
    match mode {
        RoadMode::Walk => &["foot", "access"],
        RoadMode::Cycle => &["bicycle", "vehicle", "access"],
        RoadMode::Drive => &["motorcar", "motor_vehicle", "vehicle", "access"],
    }
}

/// What the most special access tag says; `None` where none says anything.
fn access(tags: &Tags<'_>, ladder: &[&str]) -> Option<bool> {
    let said = ladder.iter().find_map(|key| tags.get(key))?;
    let refused = [
        "no",
        "private",
        "agricultural",
        "forestry",
        "emergency",
        "psv",
        "bus",
        "delivery",
        "military",
        "restricted",
        "use_sidepath",
    ];
    Some(!refused.contains(&said))
}

/// Classes on which nobody travels: not built yet, or not for the public.
fn is_closed(class: &str) -> bool {
    [
        "construction",
        "proposed",
        "planned",
        "abandoned",
        "razed",
        "raceway",
        "bus_guideway",
        "busway",
        "escape",
        "rest_area",
        "services",
        "no",
    ]
    .contains(&class)
}

/// Roads that are built for cars alone, unless their tags give others room.
fn is_fast_road(class: &str, tags: &Tags<'_>) -> bool {
    ["motorway", "motorway_link"].contains(&class) || tags.is("motorroad", "yes")
}

fn walk(class: &str, tags: &Tags<'_>, speeds: Speeds) -> Option<Passage> {
    let allowed = access(tags, ladder(RoadMode::Walk));
    let beside = ["both", "left", "right", "yes", "separate"];
    let pavement = tags
        .get("sidewalk")
        .is_some_and(|side| beside.contains(&side));
    let trunk = ["trunk", "trunk_link"].contains(&class) && !pavement;
    let usual = !is_fast_road(class, tags) && !trunk;
    if is_closed(class) || !allowed.unwrap_or(usual) || is_fast_road(class, tags) {
        return None;
    }
    let kmh = match class {
        "steps" => speeds.walk_kmh / 2.0,
        _ => speeds.walk_kmh,
    };
    let way = match tags.get("oneway:foot") {
        Some("yes" | "1") => Heading::Forward,
        Some("-1") => Heading::Backward,
        _ => Heading::Both,
    };
    Some(Passage {
        kmh,
        way,
        stop: true,
    })
}

fn cycle(class: &str, tags: &Tags<'_>, speeds: Speeds) -> Option<Passage> {
    let allowed = access(tags, ladder(RoadMode::Cycle));
    let share = match class {
        "steps" | "corridor" | "platform" | "elevator" => return None,
        "footway" | "pedestrian" => 0.5,
        "bridleway" => 0.6,
        "path" | "track" => 0.75,
        _ => 1.0,
    };
    let usual = !["footway", "pedestrian", "trunk", "trunk_link"].contains(&class);
    if is_closed(class) || !allowed.unwrap_or(usual) || is_fast_road(class, tags) {
        return None;
    }
    let kmh = match tags.get("bicycle") {
        Some("dismount") => speeds.walk_kmh,
        _ => speeds.cycle_kmh * share,
    };
    let contraflow = tags.is("oneway:bicycle", "no")
        || [
            "cycleway",
            "cycleway:left",
            "cycleway:right",
            "cycleway:both",
        ]
        .iter()
        .filter_map(|key| tags.get(key))
        .any(|lane| lane.starts_with("opposite"));
    let way = match contraflow {
        true => Heading::Both,
        false => heading(class, tags),
    };
    Some(Passage {
        kmh,
        way,
        stop: true,
    })
}

fn drive(class: &str, tags: &Tags<'_>) -> Option<Passage> {
    // Without a speed limit, and at most whatever the limit.
    let (usual, most) = match class {
        "motorway" => (95.0, 110.0),
        "motorway_link" => (50.0, 80.0),
        "trunk" => (80.0, 100.0),
        "trunk_link" => (45.0, 70.0),
        "primary" => (60.0, 80.0),
        "primary_link" => (35.0, 60.0),
        "secondary" => (50.0, 70.0),
        "secondary_link" => (30.0, 55.0),
        "tertiary" => (45.0, 60.0),
        "tertiary_link" => (25.0, 50.0),
        "unclassified" => (35.0, 50.0),
        "residential" => (25.0, 40.0),
        "road" => (25.0, 40.0),
        "living_street" => (10.0, 15.0),
        "service" => (15.0, 20.0),
        "track" => (10.0, 15.0),
        _ => return None,
    };
    if !access(tags, ladder(RoadMode::Drive)).unwrap_or(class != "track") {
        return None;
    }
    let kmh = match tags.speed_limit() {
        // Corners, junctions and other cars take a fifth off any limit.
        Some(limit) => (0.8 * limit).clamp(5.0, most),
        None => usual,
    };
    Some(Passage {
        kmh,
        way: heading(class, tags),
        stop: !["motorway", "motorway_link", "trunk_link"].contains(&class),
    })
}

/// The direction of vehicles.
fn heading(class: &str, tags: &Tags<'_>) -> Heading {
    match tags.get("oneway") {
        Some("yes" | "1" | "true") => Heading::Forward,
        Some("-1" | "reverse") => Heading::Backward,
        Some("no" | "0" | "false") => Heading::Both,
        _ if class == "motorway"
            || tags.is("junction", "roundabout")
            || tags.is("junction", "circular") =>
        {
            Heading::Forward
        }
        _ => Heading::Both,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(mode: RoadMode, pairs: &[(&str, &str)]) -> Option<Passage> {
        passage(mode, &Tags::new(pairs.iter().copied()), Speeds::default())
    }

    fn barred(mode: RoadMode, pairs: &[(&str, &str)]) -> bool {
        is_barred(mode, &Tags::new(pairs.iter().copied()))
    }

    #[test]
    fn nobody_walks_on_a_motorway_whatever_its_tags_say() {
        assert_eq!(
            of(RoadMode::Walk, &[("highway", "motorway"), ("foot", "yes")]),
            None
        );
        assert_eq!(of(RoadMode::Cycle, &[("highway", "motorway")]), None);
    }

    #[test]
    fn one_walks_along_a_trunk_road_only_where_there_is_a_pavement() {
        assert_eq!(of(RoadMode::Walk, &[("highway", "trunk")]), None);
        assert!(
            of(
                RoadMode::Walk,
                &[("highway", "trunk"), ("sidewalk", "both")]
            )
            .is_some()
        );
    }

    #[test]
    fn the_special_access_tag_outranks_the_general_one() {
        let lane = [("highway", "track"), ("access", "private"), ("foot", "yes")];
        assert!(of(RoadMode::Walk, &lane).is_some());
        assert_eq!(of(RoadMode::Cycle, &lane), None);
    }

    #[test]
    fn a_one_way_street_binds_cars_and_not_walkers() {
        let street = [("highway", "residential"), ("oneway", "yes")];
        let way = |mode| of(mode, &street).map(|passage| passage.way);
        assert_eq!(way(RoadMode::Drive), Some(Heading::Forward));
        assert_eq!(way(RoadMode::Cycle), Some(Heading::Forward));
        assert_eq!(way(RoadMode::Walk), Some(Heading::Both));
    }

    #[test]
    fn a_contraflow_lane_frees_bicycles() {
        let street = [
            ("highway", "residential"),
            ("oneway", "yes"),
            ("oneway:bicycle", "no"),
        ];
        assert_eq!(
            of(RoadMode::Cycle, &street).map(|p| p.way),
            Some(Heading::Both)
        );
    }

    #[test]
    fn a_roundabout_is_one_way_unless_it_says_otherwise() {
        let round = [("highway", "primary"), ("junction", "roundabout")];
        assert_eq!(
            of(RoadMode::Drive, &round).map(|p| p.way),
            Some(Heading::Forward)
        );
    }

    #[test]
    fn a_car_drives_at_four_fifths_of_the_limit_and_no_faster_than_the_road_allows() {
        // 30 mph are 48.28 km/h.
        let street = [("highway", "primary"), ("maxspeed", "30 mph")];
        let kmh = of(RoadMode::Drive, &street).map_or(0.0, |p| p.kmh);
        assert!((kmh - 0.8 * 48.28032).abs() < 1e-6, "{kmh}");
        let lane = [("highway", "unclassified"), ("maxspeed", "60 mph")];
        assert_eq!(of(RoadMode::Drive, &lane).map(|p| p.kmh), Some(50.0));
    }

    #[test]
    fn a_bollard_stops_cars_alone_and_a_locked_gate_everybody() {
        let modes = [RoadMode::Walk, RoadMode::Cycle, RoadMode::Drive];
        let bollard = modes.map(|mode| barred(mode, &[("barrier", "bollard")]));
        assert_eq!(bollard, [false, false, true]);
        let gate = [("barrier", "gate"), ("access", "private")];
        assert_eq!(modes.map(|mode| barred(mode, &gate)), [true; 3]);
        assert!(!barred(RoadMode::Drive, &[("barrier", "gate")]));
    }
}

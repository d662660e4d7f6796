//! Public transport: what a bus of a made-up town says, from the command line and from the library.

use super::folder::Folder;
use super::shared::shared;
use super::travelling::isochrone;
use oneroof::load::LoadOptions;
use oneroof::place::{
    Distance, Location, Measure, Metres, Mode, RoadMode, Severity, TransitTerms, Unit,
};
use oneroof::travel::roads::{RoadSettings, Roads, Speeds};
use oneroof::travel::transit::{Transit, TransitSettings};
use std::io::Write;
use zip::write::SimpleFileOptions;

const CACHE: &str = "transit_times.gpkg";

/// The tables of a feed: a bus from South Street to North Street, by the bridge, at 7:10 and 7:40.
fn bus() -> Vec<(&'static str, String)> {
    let text = |lines: &[&str]| lines.join("\n") + "\n";
    vec![
        (
            "stops.txt",
            text(&[
                "stop_id,stop_name,stop_lat,stop_lon",
                "S,South Street,0.0000,10.0000",
                "N,North Street,0.0020,10.0000",
            ]),
        ),
        (
            "calendar.txt",
            text(&[
                "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date",
                "week,1,1,1,1,1,0,0,20260401,20260630",
            ]),
        ),
        (
            "trips.txt",
            text(&["route_id,service_id,trip_id", "1,week,a", "1,week,b"]),
        ),
        (
            "stop_times.txt",
            text(&[
                "trip_id,arrival_time,departure_time,stop_id,stop_sequence",
                "a,07:10:00,07:10:00,S,1",
                "a,07:14:00,07:14:00,N,2",
                "b,7:40:00,7:40:00,S,1",
                "b,7:44:00,7:44:00,N,2",
            ]),
        ),
    ]
}

fn feed(tables: &[(&'static str, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in tables {
        let stored =
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file(*name, stored).expect("a file");
        zip.write_all(text.as_bytes()).expect("its text");
    }
    zip.finish().expect("an archive").into_inner()
}

/// A feed with some tables in place of the bus's.
fn with(tables: &[(&'static str, &str)]) -> Vec<u8> {
    let mut all = bus();
    for (name, text) in tables {
        all.retain(|(known, _)| known != name);
        all.push((*name, (*text).to_owned()));
    }
    feed(&all)
}

/// Millbrook with a feed and a rule by timetable; some lines more under `[travel.transit]`.
fn town(feed: &[u8], more: &str) -> Folder {
    let town = Folder::of(
        "millbrook",
        &[
            "place.toml",
            "zones.csv",
            "buildings.csv",
            "occupiers.csv",
            "millbrook.osm.pbf",
        ],
    );
    std::fs::write(town.path().join("bus.zip"), feed).expect("written");
    let place = town.read("place.toml");
    let rule = "[[access]]\nid = \"bus\"\nservice = \"library\"\nrule = \"within\"\nminutes = 30\nmode = \"transit\"\nshare = 0.1\n";
    let transit = "[travel.transit]\nfeeds = \"bus.zip\"\ndate = 2026-05-12\nwindow = [\"07:00\", \"08:00\"]\n";
    town.write("place.toml", &format!("{place}\n{rule}\n{transit}{more}\n"));
    town
}

/// Tenths of a minute from South to the library on North Street.
fn far(town: &Folder) -> Option<Distance> {
    let loaded = town.load();
    let place = &loaded.place;
    let zone = place.zones().find(|(_, one)| one.id.as_str() == "south")?.0;
    let ends = |id: &str| id.ends_with("lib");
    let building = place.buildings().find(|(_, one)| ends(one.id.as_str()))?.0;
    let measure = Measure {
        mode: Mode::Transit,
        unit: Unit::Minutes,
    };
    loaded
        .travel
        .zone_to_building(place, &measure, zone, building)
}

fn codes(town: &Folder) -> Vec<&'static str> {
    match town.load_with(&LoadOptions::default()) {
        Ok(loaded) => loaded.findings.iter().map(|one| one.code).collect(),
        Err(error) => error.findings.iter().map(|one| one.code).collect(),
    }
}

// On foot from South to the library: 25.4 minutes, see `travelling`. By bus: 11.1 m to the stop (8.3 s), there a
// minute before the bus leaves, so off by 7:08 or 7:38; and 22.2 m (16.7 s) from the other stop, so there at
// 7:14:16.7 or 7:44:16.7. Of sixty departures, 7:00 to 7:08 take 14.28 down to 6.28 minutes, 7:19 to 7:38
// 25.28 down to 6.28, and the 31 others walk.

#[test]
fn the_median_of_a_bus_that_seldom_runs_is_the_walk() {
    assert_eq!(far(&town(&feed(&bus()), "")), Some(Distance(254)));
}

#[test]
fn the_24th_quickest_of_sixty_departures_is_the_40th_percentile() {
    // Twice each of 6.28 to 14.28 are 18; then 15.28, … the 24th is 20.28.
    let quick = town(&feed(&bus()), "percentile = 40");
    assert_eq!(far(&quick), Some(Distance(203)));
}

#[test]
fn a_bus_every_half_hour_is_two_buses() {
    let feed = with(&[
        ("trips.txt", "route_id,service_id,trip_id\n1,week,a\n"),
        (
            "stop_times.txt",
            "trip_id,arrival_time,departure_time,stop_id,stop_sequence\na,06:00:00,06:00:00,S,1\na,06:04:00,06:04:00,N,2\n",
        ),
        (
            "frequencies.txt",
            "trip_id,start_time,end_time,headway_secs\na,07:10:00,08:00:00,1800\n",
        ),
    ]);
    let town = town(&feed, "percentile = 40");
    assert_eq!(far(&town), Some(Distance(203)));
    assert!(codes(&town).contains(&"transit-frequencies"));
}

#[test]
fn a_bus_of_the_night_before_still_runs_in_the_morning() {
    // On Monday's service, at 31:10.
    let feed = with(&[
        (
            "calendar.txt",
            "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nweek,1,0,0,0,0,0,0,20260401,20260630\n",
        ),
        (
            "stop_times.txt",
            "trip_id,arrival_time,departure_time,stop_id,stop_sequence\na,31:10:00,31:10:00,S,1\na,31:14:00,31:14:00,N,2\nb,31:40:00,31:40:00,S,1\nb,31:44:00,31:44:00,N,2\n",
        ),
    ]);
    assert_eq!(far(&town(&feed, "percentile = 40")), Some(Distance(203)));
}

#[test]
fn a_service_that_is_taken_off_does_not_run_and_one_that_is_added_does() {
    let off = with(&[(
        "calendar_dates.txt",
        "service_id,date,exception_type\nweek,20260512,2\n",
    )]);
    let town_off = town(&off, "percentile = 40");
    assert_eq!(far(&town_off), Some(Distance(254)));
    assert!(codes(&town_off).contains(&"transit-no-trips"));
    let mut tables = bus();
    tables.retain(|(name, _)| *name != "calendar.txt");
    let days = "service_id,date,exception_type\nweek,20260512,1\n";
    tables.push(("calendar_dates.txt", days.to_owned()));
    assert_eq!(
        far(&town(&feed(&tables), "percentile = 40")),
        Some(Distance(203))
    );
}

#[test]
fn a_pair_without_a_way_home_on_the_day_is_not_reached() {
    // The walk is longer than the longest journey, so the bus decides; none goes back.
    let rules = "percentile = 40\nlongest_min = 22\nthere_and_back = { leave = \"07:00\", back = \"19:00\" }";
    assert_eq!(far(&town(&feed(&bus()), rules)), None);
    let home = with(&[
        (
            "trips.txt",
            "route_id,service_id,trip_id\n1,week,a\n1,week,b\n1,week,c\n",
        ),
        (
            "stop_times.txt",
            "trip_id,arrival_time,departure_time,stop_id,stop_sequence\na,07:10:00,07:10:00,S,1\na,07:14:00,07:14:00,N,2\nb,7:40:00,7:40:00,S,1\nb,7:44:00,7:44:00,N,2\nc,18:00:00,18:00:00,N,1\nc,18:04:00,18:04:00,S,2\n",
        ),
    ]);
    assert_eq!(far(&town(&home, rules)), Some(Distance(203)));
    // Home by 18:04:08 at the latest is not by six.
    let early = rules.replace("19:00", "18:00");
    assert_eq!(far(&town(&home, &early)), None);
}

#[test]
fn kept_times_say_the_same_and_another_feed_is_another_world() {
    let town = town(&feed(&bus()), "percentile = 40");
    let fresh = town.load();
    assert!(town.path().join(CACHE).is_file());
    assert_eq!(town.load().findings, fresh.findings);
    assert_eq!(far(&town), Some(Distance(203)));
    let late = bus_later();
    std::fs::write(town.path().join("bus.zip"), feed(&late)).expect("written");
    // Ten minutes longer on the way: 30.28, so the walk is quicker for all but a few.
    assert_eq!(far(&town), Some(Distance(254)));
}

fn bus_later() -> Vec<(&'static str, String)> {
    let later = |text: String| {
        text.replace("07:14:00", "07:24:00")
            .replace("7:44:00", "7:54:00")
    };
    bus()
        .into_iter()
        .map(|(name, text)| (name, later(text)))
        .collect()
}

#[test]
fn a_feed_without_the_day_names_the_days_it_has() {
    let town = town(&feed(&bus()), "");
    town.replace("place.toml", "date = 2026-05-12", "date = 2026-07-14");
    let errors = town.errors();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(
        errors[0].starts_with("transit-other-days place.toml"),
        "{errors:?}"
    );
    assert!(errors[0].contains("2026-04-01 to 2026-06-30"), "{errors:?}");
}

#[test]
fn a_window_without_a_vehicle_says_when_there_are_any() {
    let town = town(&feed(&bus()), "longest_min = 60");
    town.replace(
        "place.toml",
        "[\"07:00\", \"08:00\"]",
        "[\"12:00\", \"13:00\"]",
    );
    let loaded = town.load();
    let said = loaded
        .findings
        .iter()
        .find(|one| one.code == "transit-no-trips");
    let said = said.map(|one| one.cause.clone()).unwrap_or_default();
    assert!(
        said.ends_with("its vehicles run from 07:10 to 07:44 on that day"),
        "{said}"
    );
}

#[test]
fn a_feed_that_is_none_is_named_with_what_to_do() {
    let says = |bytes: &[u8]| {
        let errors = town(bytes, "").errors();
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(
            errors[0].starts_with("transit-not-read place.toml"),
            "{errors:?}"
        );
        errors.into_iter().next().unwrap_or_default()
    };
    let whole = feed(&bus());
    assert!(says(b"").contains("no zip archive"));
    assert!(says(&whole[..whole.len() / 2]).contains("no zip archive"));
    let mut tables = bus();
    tables.retain(|(name, _)| *name != "stop_times.txt");
    assert!(says(&feed(&tables)).contains("no stop_times.txt"));
    tables.retain(|(name, _)| *name != "calendar.txt");
    assert!(says(&feed(&tables)).contains("no calendar.txt and no calendar_dates.txt"));
    let without = with(&[("stop_times.txt", "trip_id,stop_id,stop_sequence\na,S,1\n")]);
    assert!(says(&without).contains("no column arrival_time"));
    let endless = "x".repeat(3 << 20);
    let long = with(&[("stops.txt", &format!("stop_id,stop_name\nS,{endless}\n"))]);
    assert!(says(&long).contains("longer than 1 MB"));
}

#[test]
fn rows_and_trips_that_make_no_sense_are_named_by_file_row_and_column_and_the_rest_counts() {
    let feed = with(&[
        (
            "trips.txt",
            "route_id,service_id,trip_id\n1,week,a\n1,week,b\n1,week,back\n1,week,lone\n",
        ),
        (
            "stop_times.txt",
            "trip_id,arrival_time,departure_time,stop_id,stop_sequence\na,07:10:00,07:10:00,S,1\na,07:14:00,07:14:00,N,2\nb,7:40:00,7:40:00,S,1\nb,7:44:00,7:44:00,N,2\nback,08:00:00,08:00:00,S,1\nback,07:50:00,07:50:00,N,2\nb,later,later,N,3\nghost,08:00:00,08:00:00,S,1\nb,08:00:00,08:00:00,X,9\n",
        ),
    ]);
    let town = town(&feed, "percentile = 40");
    assert_eq!(far(&town), Some(Distance(203)));
    let loaded = town.load();
    let said: Vec<String> = loaded
        .findings
        .iter()
        .filter(|one| one.code.starts_with("transit-row") || one.code.starts_with("transit-trip"))
        .map(|one| {
            let column = one.column.clone().unwrap_or_default();
            format!("{} {}:{} {column}", one.code, one.row.file, one.row.line)
        })
        .collect();
    for wanted in [
        "transit-row-set-aside bus.zip/stop_times.txt:8 arrival_time",
        "transit-row-set-aside bus.zip/stop_times.txt:9 trip_id",
        "transit-row-set-aside bus.zip/stop_times.txt:10 stop_id",
        "transit-trip-left-out bus.zip/stop_times.txt:7 arrival_time",
        "transit-trip-left-out bus.zip/trips.txt:5 trip_id",
    ] {
        assert!(said.iter().any(|one| one == wanted), "{wanted} in {said:?}");
    }
}

#[test]
fn a_feed_that_no_rule_goes_by_is_opened_all_the_same() {
    let no_rule = |bytes: &[u8]| {
        let town = town(bytes, "");
        town.replace("place.toml", "mode = \"transit\"\n", "mode = \"walk\"\n");
        town
    };
    let errors = no_rule(b"no feed").errors();
    assert!(
        errors
            .iter()
            .any(|one| one.starts_with("transit-not-read place.toml")),
        "{errors:?}"
    );
    let twice = with(&[(
        "stops.txt",
        "stop_id,stop_name,stop_lat,stop_lon\nS,South Street,0,10\nN,North Street,0.002,10\nS,Again,0.5,10\n",
    )]);
    let loaded = no_rule(&twice).load();
    let said = loaded
        .findings
        .iter()
        .find(|one| one.code == "transit-row-set-aside");
    let said = said.map(|one| (one.severity, one.row.line, one.column.clone()));
    let column = Some("stop_id".to_owned());
    assert_eq!(said, Some((Severity::Reject, 4, column)));
}

#[test]
fn the_first_of_two_stops_of_one_id_counts() {
    let twice = with(&[(
        "stops.txt",
        "stop_id,stop_name,stop_lat,stop_lon\nS,South Street,0,10\nN,North Street,0.002,10\nS,Again,0.5,10\n",
    )]);
    assert_eq!(far(&town(&twice, "percentile = 40")), Some(Distance(203)));
}

#[test]
fn a_time_that_no_clock_can_count_is_named_by_row_and_column() {
    let stop_times = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\na,07:10:00,07:10:00,S,1\na,07:14:00,07:14:00,N,2\nb,1193047:00:00,07:40:00,S,1\n";
    let loaded = town(&with(&[("stop_times.txt", stop_times)]), "").load();
    let said = loaded
        .findings
        .iter()
        .find(|one| one.code == "transit-row-set-aside");
    let said = said.map(|one| (one.row.line, one.column.clone()));
    assert_eq!(said, Some((4, Some("arrival_time".to_owned()))));
}

#[test]
fn columns_that_rows_cannot_do_without_are_asked_for() {
    for (table, text, column) in [
        ("trips.txt", "service_id,trip_id\nweek,a\n", "route_id"),
        (
            "calendar.txt",
            "service_id,start_date,end_date\nweek,20260401,20260630\n",
            "monday",
        ),
    ] {
        let errors = town(&with(&[(table, text)]), "").errors();
        let wanted = format!("no column {column}");
        assert!(errors.iter().any(|one| one.contains(&wanted)), "{errors:?}");
    }
}

#[test]
fn stops_that_are_nowhere_or_off_the_roads_are_named() {
    let feed = with(&[(
        "stops.txt",
        "stop_id,stop_name,stop_lat,stop_lon\nS,South Street,0.0000,10.0000\nN,North Street,0.5,10.5\n",
    )]);
    let off = town(&feed, "");
    assert!(codes(&off).contains(&"transit-stop-off-road"));
    let feed = with(&[(
        "stops.txt",
        "stop_id,stop_name,stop_lat,stop_lon\nS,South Street,0.0000,10.0000\nN,North Street,,\n",
    )]);
    assert!(codes(&town(&feed, "")).contains(&"transit-stop-nowhere"));
}

#[test]
fn terms_that_make_no_sense_are_refused_together() {
    let town = town(&feed(&bus()), "percentile = 0\nrides = 20");
    town.replace(
        "place.toml",
        "[\"07:00\", \"08:00\"]",
        "[\"09:00\", \"8 o'clock\"]",
    );
    let errors = town.errors();
    for key in [
        "no time of day",
        "0 is not between 1 and 100",
        "20 is not between 1 and 8",
    ] {
        assert!(
            errors.iter().any(|one| one.contains(key)),
            "{key} in {errors:?}"
        );
    }
}

#[test]
fn a_limit_in_kilometres_by_timetable_is_refused() {
    let town = town(&feed(&bus()), "");
    town.replace(
        "place.toml",
        "minutes = 30\nmode = \"transit\"",
        "km = 3\nmode = \"transit\"",
    );
    let errors = town.errors();
    assert!(
        errors.iter().any(|one| one.starts_with("bad-rule")),
        "{errors:?}"
    );
}

#[test]
fn a_plan_by_timetable_says_so_and_is_verified() {
    let town = town(&feed(&bus()), "");
    town.run(&["plan", ".", "--out", "plan"], 0);
    town.run(&["verify", ".", "plan"], 0);
    assert!(
        town.read("plan/access.csv")
            .contains("transit by timetable min")
    );
    let about = town.read("plan/about.txt");
    assert!(
        about.contains("by timetable on 2026-05-12: the median"),
        "{about}"
    );
}

#[test]
fn travel_writes_the_matrix_of_the_timetable_and_says_who_reaches_nothing() {
    let town = town(&feed(&bus()), "percentile = 40");
    let said = town.run(&["travel", ".", "--out", "times", "--mode", "transit"], 0);
    assert!(said.contains("by the timetable of 2026-05-12"), "{said}");
    let table = town.read("times/transit.csv");
    let row = table
        .lines()
        .find(|line| line.starts_with("south,") && line.contains("lib,"));
    assert!(row.is_some_and(|row| row.ends_with(",20.3")), "{table}");
    let unreachable = town.read("times/unreachable.csv");
    assert!(
        unreachable.contains("transit,hills,Hills,no road near"),
        "{unreachable}"
    );
    assert!(town.path().join("times/transit_library.svg").is_file());
}

#[test]
fn isochrones_by_timetable_hold_the_stop_from_which_enough_departures_are_in_time() {
    use geo::Contains;
    let town = town(&feed(&bus()), "percentile = 40");
    let bands = ["--mode", "transit", "--bands", "16,18"];
    town.run(
        &[&["travel", ".", "--out", "times"][..], &bands].concat(),
        0,
    );
    let [short, long] = [16.0, 18.0].map(|minutes| isochrone(&town, "North Library", minutes));
    // Leaving the stop itself at odd minutes takes 5.28 (7:09), 5.28 (7:39), 7.28, 7.28, 9.28, 9.28, 11.28, 11.28, 13.28, 13.28,
    // 15.28, 17.28: the twelfth quickest of thirty.
    let south = geo::Point::new(10.0, 0.0);
    assert!(long.contains(&south) && !short.contains(&south));
    let north = geo::Point::new(10.0, 0.002);
    assert!(short.contains(&north) && long.contains(&north));
}

#[test]
fn travel_by_timetable_says_what_was_noticed_and_whose_the_data_are() {
    let twice = with(&[(
        "stops.txt",
        "stop_id,stop_name,stop_lat,stop_lon\nS,South Street,0,10\nN,North Street,0.002,10\nS,Again,0.5,10\n",
    )]);
    let town = town(&twice, "source = \"Bus Company\"\nlicence = \"CC0\"");
    town.replace("place.toml", "mode = \"transit\"\n", "mode = \"walk\"\n");
    town.run(&["travel", ".", "--out", "times", "--mode", "transit"], 0);
    let about = town.read("times/about.txt");
    assert!(
        about.contains("Bus Company") && about.contains("Made up for tests"),
        "{about}"
    );
    assert!(!about.contains("car"), "{about}");
    assert!(
        town.read("times/quality.csv")
            .contains("the stop stands twice in the table")
    );
    let rejected = town.read("times/rejected.csv");
    let row = "bus.zip/stops.txt,3,4,transit-row-set-aside";
    assert!(
        rejected.contains(row) && rejected.contains(",S,Again,0.5,10"),
        "{rejected}"
    );
    assert!(
        town.read("times/landings.csv")
            .contains("transit,zone,south,")
    );
}

#[test]
fn the_terms_and_the_feeds_are_among_the_assumptions_of_a_plan() {
    let town = town(&feed(&bus()), "rides = 3");
    town.run(&["plan", ".", "--out", "plan"], 0);
    town.run(&["verify", ".", "plan"], 0);
    let assumptions = town.read("plan/assumptions.csv");
    for row in [
        "travel.transit.date,2026-05-12,",
        "travel.transit.window,07:00 to 08:00,",
        "travel.transit.rides,3 at most,",
        "travel.transit.walk_min,20 minutes,",
        "travel.transit.feeds bus.zip,SHA-256 ",
    ] {
        assert!(assumptions.contains(row), "{row} in {assumptions}");
    }
}

#[test]
fn what_a_feed_says_of_clocks_and_days_and_cannot_mean_is_named() {
    let feed = with(&[
        (
            "agency.txt",
            "agency_name,agency_url,agency_timezone\nA,a,Europe/London\nB,b,Asia/Tokyo\n",
        ),
        (
            "trips.txt",
            "route_id,service_id,trip_id\n1,week,a\n1,week,b\n1,weekend,c\n",
        ),
        (
            "frequencies.txt",
            "trip_id,start_time,end_time,headway_secs\na,08:00:00,07:00:00,600\n",
        ),
    ]);
    let loaded = town(&feed, "percentile = 40").load();
    let said = |code: &str, line: u64| {
        let is_it = |one: &&oneroof::place::Finding| one.code == code && one.row.line == line;
        loaded
            .findings
            .iter()
            .find(is_it)
            .and_then(|one| one.column.clone())
    };
    assert!(
        loaded
            .findings
            .iter()
            .any(|one| one.code == "transit-time-zones")
    );
    assert_eq!(
        said("transit-row-set-aside", 4).as_deref(),
        Some("service_id")
    );
    assert_eq!(
        said("transit-row-set-aside", 2).as_deref(),
        Some("end_time")
    );
}

#[test]
fn a_feed_in_a_folder_of_its_archive_is_read_and_two_are_refused() {
    let inside = |folders: &[&str]| {
        let tables = bus();
        let within = |folder: &&str| {
            let folder = (*folder).to_owned();
            let tables = tables.clone().into_iter();
            tables.map(move |(name, text)| (format!("{folder}{name}"), text))
        };
        let all: Vec<(String, String)> = folders.iter().flat_map(within).collect();
        let all: Vec<(&'static str, String)> = all
            .into_iter()
            .map(|(name, text)| (&*name.leak(), text))
            .collect();
        feed(&all)
    };
    let town_of = |folders: &[&str]| town(&inside(folders), "percentile = 40");
    assert_eq!(far(&town_of(&["gtfs/"])), Some(Distance(203)));
    let errors = town_of(&["bus/", "rail/"]).errors();
    assert!(
        errors[0].contains("it holds several feeds, in \"bus/\", \"rail/\""),
        "{errors:?}"
    );
}

#[test]
fn no_change_of_a_byte_in_a_feed_makes_it_panic() {
    let whole = feed(&bus());
    let town = town(&whole, "cache = \"none\"");
    for at in (0..whole.len()).step_by(11) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x81;
        std::fs::write(town.path().join("bus.zip"), &bytes).expect("written");
        let _ = codes(&town);
    }
}

#[test]
fn porto_alegre_goes_by_bus_and_train_and_never_slower_than_on_foot() {
    let Some(data) = shared("realdata/porto_alegre") else {
        return;
    };
    let roads = RoadSettings {
        extracts: vec![data.join("poa_osm.pbf")],
        modes: vec![RoadMode::Walk],
        speeds: Speeds::default(),
        furthest_snap: Metres(1_000.0),
    };
    let settings = TransitSettings {
        feeds: vec![data.join("poa_eptc.zip"), data.join("poa_trensurb.zip")],
        terms: TransitTerms {
            date: jiff::civil::date(2019, 5, 14),
            from_min: 14 * 60,
            to_min: 14 * 60 + 10,
            percentile: 50,
            rides: 3,
            walk_min: 15.0,
            change_min: 5.0,
            board_min: 1.0,
            longest_min: 90.0,
            day: None,
        },
    };
    let (transit, notes) =
        Transit::read(&settings, &roads).unwrap_or_else(|fault| panic!("{fault}"));
    let filled = notes.iter().any(|note| note.code == "transit-times-filled");
    assert!(filled, "most of the buses' calls have no time of their own");
    // The market, the bus station, a hexagon in the east, and a point between.
    let at = |lon, lat| Location::new(lon, lat).expect("on Earth");
    let ends = [at(-51.227811, -30.027565), at(-51.218856, -30.023285)];
    let starts = [at(-51.158246, -30.053846), at(-51.2, -30.04)];
    let within = Distance::from_user(90.0, Unit::Minutes);
    let by_bus = transit.between(&starts, &ends, within);
    let walking = Roads::read(&roads).unwrap_or_else(|fault| panic!("{fault}"));
    let measure = (RoadMode::Walk, Unit::Minutes);
    let on_foot = walking.between(measure, &starts, &ends, within);
    for (by_bus, on_foot) in by_bus.iter().zip(&on_foot) {
        assert_eq!(
            by_bus.len(),
            2,
            "both are reached within an hour and a half"
        );
        for (end, walk) in on_foot {
            assert!(by_bus[*end as usize].1 <= *walk);
        }
    }
    assert!(
        on_foot.iter().any(|row| row.len() < 2),
        "some are too far to walk"
    );
}

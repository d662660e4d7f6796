//! The real place: Trafford's open data through `data/trafford/place.toml`.

use oneroof::load::{LoadOptions, Loaded, load};
use oneroof::place::{MatchReason, Role};
use std::path::{Path, PathBuf};

fn trafford() -> Option<Loaded> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared =
        std::env::var_os("ONEROOF_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let data = shared.join("realdata/trafford");
    if !data.is_dir() {
        assert!(
            std::env::var_os("ONEROOF_REQUIRE_SHARED").is_none_or(|value| value != "1"),
            "{} is required",
            data.display()
        );
        println!("SKIPPED: {} is not there", data.display());
        return None;
    }
    let options = LoadOptions {
        data: Some(data),
        ..LoadOptions::default()
    };
    let loaded =
        load(&root.join("data/trafford"), &options).unwrap_or_else(|error| panic!("{error}"));
    Some(loaded)
}

#[test]
fn trafford_loads_with_every_list_in_its_place() {
    let Some(Loaded {
        place,
        findings,
        matches,
        ..
    }) = trafford()
    else {
        return;
    };
    if std::env::var_os("ONEROOF_SHOW").is_some() {
        let mut codes = std::collections::BTreeMap::new();
        for finding in &findings {
            *codes.entry((finding.severity, finding.code)).or_insert(0) += 1;
        }
        for ((severity, code), count) in codes {
            println!("{} {code} {count}", severity.name());
        }
        for finding in findings
            .iter()
            .filter(|f| f.row.record == 0 || ["points-matched", "scope"].contains(&f.code))
        {
            println!(
                "{}: {} {:?} {:?} | {} | {}",
                finding.row,
                finding.code,
                finding.column,
                finding.cell,
                finding.cause,
                finding.action
            );
        }
        for row in &matches {
            println!(
                "{} {} | {} -> {} {} | {} {:?} {:.2} {}",
                if row.joined { "JOINED" } else { "apart" },
                if row.doubtful { "?" } else { " " },
                row.point,
                row.building,
                row.building_name,
                row.reason.name(),
                row.distance_m,
                row.score,
                row.source
            );
        }
        for service in &place.services {
            let at = place
                .services
                .iter()
                .position(|s| s.id == service.id)
                .unwrap_or(0);
            let inside = place.occupiers.iter().filter(|o| o.service.index() == at);
            let (mut candidate, mut fixed, mut out) = (0, 0, 0);
            for occupier in inside {
                match &place.building(occupier.building).role {
                    Role::Candidate => candidate += 1,
                    Role::Fixed(_) => fixed += 1,
                    Role::Out(_) => out += 1,
                }
            }
            println!(
                "{}: {candidate} candidate, {fixed} fixed, {out} out",
                service.id
            );
        }
        println!("{:?}", place.confidence());
        for request in place.data_requests().iter().take(8) {
            println!("{request:?}");
        }
    }
    assert_eq!(place.zones.len(), 139);
    let people: f64 = place.zones.iter().map(|zone| zone.population.get()).sum();
    assert_eq!(people, 241_025.0);
    assert!(
        place
            .zones
            .iter()
            .all(|zone| zone.groups.contains_key("no_car") && zone.areas.contains_key("ward"))
    );
    let inside = |service: &str| {
        place
            .occupiers
            .iter()
            .filter(|o| place.service(o.service).id.as_str() == service)
            .filter(|o| !matches!(&place.building(o.building).role, Role::Fixed(why) if why.contains("buffer")))
            .count()
    };
    assert_eq!(inside("library"), 13);
    assert_eq!(inside("gp"), 26);
    assert_eq!(inside("jobcentre"), 2);
    assert_eq!(inside("police_counter"), 0);
    let police = place
        .occupiers
        .iter()
        .filter(|o| place.service(o.service).id.as_str() == "police_counter")
        .count();
    assert!(police >= 1, "the nearest police counters are neighbours");
    let timperley = matches
        .iter()
        .find(|row| row.point == "library/Timperley Library")
        .expect("it is matched");
    assert!(timperley.joined && timperley.reason == MatchReason::PostcodeName);
}

#[test]
fn pools_and_bays_of_trafford_have_no_spare_floor() {
    let Some(Loaded { place, .. }) = trafford() else {
        return;
    };
    let mut seen = 0;
    for occupier in &place.occupiers {
        let service = place.service(occupier.service);
        let building = place.building(occupier.building);
        if service.movable || building.role != Role::Candidate {
            continue;
        }
        seen += 1;
        let used: f64 = place
            .occupiers
            .iter()
            .filter(|other| other.building == occupier.building)
            .map(|other| other.needs.total().get())
            .sum();
        let floor = building.usable.value.total().get();
        assert!(
            used + 0.01 >= floor,
            "{}: {used} of {floor} m²",
            building.id
        );
    }
    assert!(seen >= 6);
}

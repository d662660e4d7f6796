//! What is asked for, and what is never assumed to be spare.

use crate::folder::Folder;
use oneroof::load::Loaded;
use oneroof::place::{Occupier, SpaceType};

/// The six buildings, with the running cost of the eastern library missing.
fn without_a_running_cost() -> Folder {
    let place = Folder::six();
    place.replace("buildings.csv", "6000,330,260,30000,", "6000,330,260,,");
    place
}

#[test]
fn a_missing_running_cost_is_asked_for_by_how_much_leans_on_it() {
    let place = without_a_running_cost().load().place;
    let asked = place.data_requests();
    let one = asked
        .iter()
        .find(|one| one.record == "C003" && one.field == "running_gbp")
        .expect("it is asked for");
    // £120 × 260 m² in years 1 to 24 at 3.5 %.
    let later: f64 = (1..25).map(|year| 1.035_f64.powi(-year)).sum();
    assert!((one.leans_gbp - 31_200.0 * later).abs() < 0.01);
    let kinds = place.missing_kinds();
    let running = kinds
        .iter()
        .find(|kind| kind.field == "running_gbp")
        .expect("it is a kind");
    assert_eq!(running.records, 1);
    assert!((running.leans_gbp - one.leans_gbp).abs() < 0.01);
    let share = running.share_of_cost.expect("something costs something");
    let confidence = place.confidence();
    assert!((share - confidence.defaulted_share).abs() < 1e-9);
}

#[test]
fn the_cost_of_a_building_that_stays_in_every_plan_is_not_asked_for() {
    let place = without_a_running_cost();
    place.write("decisions.csv", "id,decision\nC003,keep\n");
    assert!(
        place
            .load()
            .place
            .data_requests()
            .iter()
            .all(|one| one.record != "C003")
    );
}

/// The six buildings, and a pool in a list of points that stands in the branch library.
fn with_a_pool(movable: bool) -> Folder {
    let place = Folder::six();
    place
        .append(
            "place.toml",
            &format!(
                "\n[[service]]\nid = \"pool\"\nagency = \"council\"\ncounter = true\n\
                 movable = {movable}\nspace_type = \"public\"\nspace_m2 = 20\nmove_limit_km = 3\n\n\
                 [[service_points]]\nservice = \"pool\"\nfile = \"pools.csv\"\n"
            ),
        )
        .write(
            "pools.csv",
            "name,postcode,lon,lat\nEastfield Library,SX2 4QT,-1.4550,52.5050\n",
        );
    place
}

fn pool(loaded: &Loaded) -> &Occupier {
    let mut occupiers = loaded.place.occupiers.iter();
    occupiers
        .find(|occupier| occupier.id.as_str().starts_with("pool/"))
        .expect("the pool is there")
}

#[test]
fn a_place_that_cannot_move_and_states_no_floor_leaves_none_to_others() {
    let loaded = with_a_pool(false).load();
    let pool = pool(&loaded);
    assert_eq!(loaded.place.building(pool.building).id.as_str(), "C003");
    // 260 m² of the building, less the 200 of the library.
    assert_eq!(pool.needs.get(SpaceType::Public).get(), 60.0);
    let said = loaded.findings.iter().find(|f| f.code == "fills-building");
    assert!(said.is_some_and(|f| f.action.contains("40 m²")), "{said:?}");
}

#[test]
fn a_place_that_can_move_needs_what_its_service_says() {
    let loaded = with_a_pool(true).load();
    let pool = pool(&loaded);
    assert_eq!(pool.needs.get(SpaceType::Public).get(), 20.0);
}

#[test]
fn a_counter_that_may_go_anywhere_is_named() {
    let loaded = Folder::six().load();
    let free: Vec<_> = loaded
        .findings
        .iter()
        .filter(|finding| finding.code == "moves-unlimited")
        .filter_map(|finding| finding.cell.as_deref())
        .collect();
    // The jobcentre has a displacement rule, and back offices no counter.
    assert_eq!(free, ["library"]);
}

#[test]
fn a_team_may_name_its_building_by_a_name_that_only_one_has() {
    let place = Folder::six();
    place.replace(
        "occupiers.csv",
        "jobcentre,D001",
        "jobcentre,jobcentre house",
    );
    place.replace("occupiers.csv", "back_office,C001", "back_office,Town Hall");
    place.replace("buildings.csv", "Priory Offices", "Central Library");
    let loaded = place.load();
    let stands = |id: &str| {
        let occupier = loaded
            .place
            .occupiers
            .iter()
            .find(|occupier| occupier.id.as_str() == id)
            .expect("it is listed");
        loaded.place.building(occupier.building).id.to_string()
    };
    assert_eq!(stands("office-hall"), "C001");
    let named = loaded
        .findings
        .iter()
        .filter(|finding| finding.code == "building-by-name")
        .count();
    assert!(named >= 1);
    place.replace("occupiers.csv", "library,C002", "library,Central Library");
    let loaded = place.load();
    let refused = loaded
        .findings
        .iter()
        .find(|finding| finding.code == "ambiguous-building")
        .expect("two buildings have that name");
    assert!(refused.cause.contains("Central Library"));
}

//! The public counters of a city or a district's chief town.

use super::bodies::Bodies;
use super::stock::{QUARTERS, Stock};
use crate::demo::kinds::Kind;

pub(super) fn libraries(stock: &mut Stock<'_, '_>, county: usize, zones: usize, city: bool) {
    let at = stock.builder.centre(stock.settlement);
    let central = if city {
        stock.size(1_300.0, 1_900.0)
    } else {
        stock.size(480.0, 850.0)
    };
    let name = format!("{} Library", stock.town);
    let mut teams = vec![stock.counter("library", county, name.clone(), central)];
    let registrar = stock.size(110.0, 220.0);
    let office = format!("{} register office", stock.town);
    let register = stock.counter("registrar", county, office.clone(), registrar);
    let apart = stock.builder.chance.happens(0.6);
    if apart {
        let spot = stock.builder.centre(stock.settlement);
        let house = format!("{} Register Office", stock.town);
        stock.add(Kind::Office, county, house, spot, vec![register]);
    } else {
        teams.push(register);
    }
    stock.add(Kind::Library, county, name, at, teams);
    let branches = zones / 13;
    for turn in 0..branches {
        let at = stock
            .builder
            .neighbourhood(stock.settlement, turn, branches);
        let name = format!("{} Library", QUARTERS[(turn + stock.settlement) % 12]);
        let space = stock.size(170.0, 330.0);
        let mut teams = vec![stock.counter("library", county, name.clone(), space)];
        if stock.builder.chance.happens(0.2) {
            let space = stock.size(90.0, 140.0);
            let hub = format!("{} hub", QUARTERS[(turn + stock.settlement) % 12]);
            teams.push(stock.counter("community_hub", county, hub, space));
        }
        stock.add(Kind::Library, county, name, at, teams);
    }
}

pub(super) fn surgeries(stock: &mut Stock<'_, '_>, nhs: usize, zones: usize) {
    let practices = (zones as f64 / 6.2).round() as usize;
    let mut turn = 0;
    let mut sites = 0;
    while turn < practices {
        let at = stock
            .builder
            .neighbourhood(stock.settlement, turn, practices);
        let name = QUARTERS[(sites * 5 + stock.settlement) % 12];
        let pair = stock.builder.chance.happens(0.18);
        let mut teams = Vec::new();
        for half in 0..if pair { 2 } else { 1 } {
            let space = stock.size(260.0, 620.0);
            let practice = format!("{name} {}", ["Surgery", "Medical Practice"][half]);
            teams.push(stock.counter("gp", nhs, practice, space));
            turn += 1;
        }
        if stock.builder.chance.happens(0.3) {
            teams.push(stock.desk_team(nhs, "Community nursing", 12.0, 34.0));
        }
        sites += 1;
        stock.add(
            Kind::Health,
            nhs,
            format!("{name} Health Centre"),
            at,
            teams,
        );
    }
}

pub(super) fn safety(stock: &mut Stock<'_, '_>, bodies: &Bodies, city: bool) {
    for turn in 0..if city { 2 } else { 1 } {
        let at = if turn == 0 {
            stock.builder.centre(stock.settlement)
        } else {
            stock.builder.edge(stock.settlement)
        };
        let place = if turn == 0 {
            stock.town.clone()
        } else {
            "Parkway".to_owned()
        };
        let space = stock.size(70.0, 130.0);
        let name = format!("{place} police counter");
        let counter = stock.counter("police_counter", bodies.police, name, space);
        let teams = vec![
            counter,
            stock.desk_team(
                bodies.police,
                "Response and neighbourhood policing",
                35.0,
                100.0,
            ),
        ];
        stock.add(
            Kind::Police,
            bodies.police,
            format!("{place} Police Station"),
            at,
            teams,
        );
    }
    if city || stock.builder.chance.happens(0.6) {
        let at = stock.builder.neighbourhood(stock.settlement, 0, 1);
        let team = stock.desk_team(bodies.police, "Safer neighbourhoods", 10.0, 22.0);
        stock.add(
            Kind::Office,
            bodies.police,
            format!("{} Police Post", stock.town),
            at,
            vec![team],
        );
    }
    for turn in 0..if city { 2 } else { 1 } {
        let at = stock.builder.edge(stock.settlement);
        let name = format!("{} Fire Station{}", stock.town, [" North", ""][1 - turn]);
        let space = stock.size(420.0, 800.0);
        let crew = stock.counter("fire_station", bodies.fire, name.clone(), space);
        stock.add(Kind::Fire, bodies.fire, name, at, vec![crew]);
    }
}

pub(super) fn families(stock: &mut Stock<'_, '_>, bodies: &Bodies, own: usize, zones: usize) {
    let centres = (zones / 12).max(2);
    for turn in 0..centres {
        let at = stock.builder.neighbourhood(stock.settlement, turn, centres);
        let name = format!(
            "{} Children's Centre",
            QUARTERS[(turn * 3 + stock.settlement) % 12]
        );
        let space = stock.size(180.0, 360.0);
        let team = stock.counter("childrens_centre", bodies.county, name.clone(), space);
        stock.add(Kind::Children, bodies.county, name, at, vec![team]);
    }
    let hubs = (zones / 11).max(2);
    for turn in 0..hubs {
        let at = stock.builder.neighbourhood(stock.settlement, turn, hubs);
        let owner = if turn % 2 == 0 { own } else { bodies.charity };
        let name = format!(
            "{} Community Centre",
            QUARTERS[(turn * 7 + 2 + stock.settlement) % 12]
        );
        let space = stock.size(110.0, 260.0);
        let mut teams = vec![stock.counter("community_hub", owner, name.clone(), space)];
        if stock.builder.chance.happens(0.3) {
            teams.push(stock.desk_team(bodies.charity, "Advice and support", 4.0, 12.0));
        }
        stock.add(Kind::Community, owner, name, at, teams);
    }
}

pub(super) fn work_and_learning(
    stock: &mut Stock<'_, '_>,
    bodies: &Bodies,
    zones: usize,
    city: bool,
) {
    for turn in 0..if city { 2 } else { 1 } {
        let at = stock.builder.centre(stock.settlement);
        let name = format!("{} Jobcentre{}", stock.town, ["", " East"][turn]);
        let space = stock.size(420.0, 820.0);
        let teams = vec![
            stock.counter("jobcentre", bodies.dwp, name.clone(), space),
            stock.desk_team(bodies.dwp, "Employer services", 8.0, 26.0),
        ];
        stock.add(Kind::Jobcentre, bodies.dwp, name, at, teams);
    }
    for turn in 0..(zones / 20).max(1) {
        let at = stock.builder.neighbourhood(stock.settlement, turn, 2);
        let name = format!("{} Adult Learning {}", stock.town, turn + 1);
        let space = stock.size(220.0, 560.0);
        let team = stock.counter("adult_learning", bodies.county, name.clone(), space);
        stock.add(Kind::Learning, bodies.county, name, at, vec![team]);
    }
    if city || stock.builder.chance.happens(0.75) {
        let at = stock.builder.centre(stock.settlement);
        let name = format!("{} Probation Office", stock.town);
        let space = stock.size(180.0, 420.0);
        let team = stock.counter("probation", bodies.justice, name.clone(), space);
        stock.add(Kind::Probation, bodies.justice, name, at, vec![team]);
    }
}

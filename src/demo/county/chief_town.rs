//! A city, or the chief town of a district: its offices; its counters are in `counters`.

use super::bodies::Bodies;
use super::counters::{families, libraries, safety, surgeries, work_and_learning};
use super::stock::{OFFICE_TEAMS, QUARTERS, Stock};
use crate::demo::estate::{Builder, Campus, Wanted};
use crate::demo::kinds::Kind;
use crate::demo::land::Rank;

pub(super) fn chief_town(
    builder: &mut Builder<'_>,
    bodies: &Bodies,
    own: usize,
    settlement: usize,
) {
    let home = &builder.land.settlements[settlement];
    let (town, city, zones) = (
        home.name.clone(),
        home.rank == Rank::City,
        home.zones as usize,
    );
    let mut stock = Stock {
        builder,
        settlement,
        town: town.clone(),
    };
    civic_centre(&mut stock, own, city);
    if city {
        campus(&mut stock, bodies.county);
    }
    let leased_offices = if city { 4 } else { 2 };
    for turn in 0..leased_offices {
        let agency = if turn % 2 == 0 { bodies.county } else { own };
        let name = format!("{} House", QUARTERS[(turn * 5 + settlement) % 12]);
        let teams = 1 + usize::from(stock.builder.chance.happens(0.4));
        offices(&mut stock, agency, name, teams);
    }
    for turn in 0..if city { 3 } else { 1 } {
        let name = format!("{} Trust Offices {}", town, turn + 1);
        offices(&mut stock, bodies.nhs, name, 1);
    }
    if city || stock.builder.chance.happens(0.5) {
        offices(&mut stock, bodies.charity, format!("{town} Care House"), 1);
    }
    if city {
        offices(&mut stock, bodies.dwp, "Crown Buildings".to_owned(), 1);
        offices(
            &mut stock,
            bodies.police,
            "Police Headquarters Annexe".to_owned(),
            2,
        );
        offices(
            &mut stock,
            bodies.fire,
            "Fire and Rescue Headquarters".to_owned(),
            1,
        );
    }
    let at = stock.builder.edge(settlement);
    let depot = stock.desk_team(own, "Streets and parks", 14.0, 34.0);
    stock.add(Kind::Depot, own, format!("{town} Depot"), at, vec![depot]);
    libraries(&mut stock, bodies.county, zones, city);
    surgeries(&mut stock, bodies.nhs, zones);
    safety(&mut stock, bodies, city);
    families(&mut stock, bodies, own, zones);
    work_and_learning(&mut stock, bodies, zones, city);
}

fn civic_centre(stock: &mut Stock<'_, '_>, own: usize, city: bool) {
    let at = stock.builder.centre(stock.settlement);
    let mut teams: Vec<Wanted> = OFFICE_TEAMS[2..if city { 8 } else { 6 }]
        .iter()
        .map(|team| stock.desk_team(own, team, 30.0, 90.0))
        .collect();
    let housing = stock.size(110.0, 240.0);
    let name = format!("{} housing office", stock.town);
    teams.push(stock.counter("housing_office", own, name, housing));
    let contact = stock.size(120.0, 230.0);
    let name = format!("{} customer services", stock.town);
    teams.push(stock.counter("community_hub", own, name, contact));
    let name = if city { "Guildhall" } else { "Council Offices" };
    let name = format!("{} {name}", stock.town);
    let civic = stock.add(Kind::Civic, own, name, at, teams);
    if city || stock.builder.chance.happens(0.4) {
        stock.builder.estate.properties[civic].flags.push("listed");
    }
}

fn campus(stock: &mut Stock<'_, '_>, county: usize) {
    let id = format!("SITE{:03}", stock.builder.estate.campuses.len() + 1);
    stock.builder.estate.campuses.push(Campus {
        id,
        name: "County Hall".to_owned(),
        running: 180_000,
    });
    let site = stock.builder.estate.campuses.len() - 1;
    let at = stock.builder.edge(stock.settlement);
    for (turn, block) in ["Main Building", "East Block", "Records Wing"]
        .iter()
        .enumerate()
    {
        let teams = (0..3 - turn.min(1))
            .map(|team| stock.desk_team(county, OFFICE_TEAMS[(turn * 4 + team) % 10], 40.0, 95.0))
            .collect();
        let spot = (at.0 + 70.0 * turn as f64, at.1 - 55.0 * turn as f64);
        let block = stock.add(
            Kind::Civic,
            county,
            format!("County Hall {block}"),
            spot,
            teams,
        );
        stock.builder.estate.properties[block].site = Some(site);
    }
}

fn offices(stock: &mut Stock<'_, '_>, agency: usize, name: String, teams: usize) {
    let at = if stock.builder.chance.happens(0.7) {
        stock.builder.centre(stock.settlement)
    } else {
        stock.builder.edge(stock.settlement)
    };
    let teams = (0..teams)
        .map(|_| {
            let team = *stock.builder.chance.pick(&OFFICE_TEAMS);
            stock.desk_team(agency, team, 22.0, 95.0)
        })
        .collect();
    stock.add(Kind::Office, agency, name, at, teams);
}

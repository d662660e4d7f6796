//! Small towns and villages: little, but the only one for miles.

use super::bodies::Bodies;
use super::stock::{QUARTERS, Stock};
use crate::demo::estate::Builder;
use crate::demo::kinds::Kind;

pub(super) fn small_town(
    builder: &mut Builder<'_>,
    bodies: &Bodies,
    own: usize,
    settlement: usize,
) {
    let town = builder.land.settlements[settlement].name.clone();
    let mut stock = Stock {
        builder,
        settlement,
        town: town.clone(),
    };
    let at = stock.builder.centre(settlement);
    let space = stock.size(200.0, 380.0);
    let library = stock.counter("library", bodies.county, format!("{town} Library"), space);
    stock.add(
        Kind::Library,
        bodies.county,
        format!("{town} Library"),
        at,
        vec![library],
    );
    let practices = 1 + usize::from(stock.builder.chance.happens(0.6));
    for turn in 0..practices {
        let at = stock.builder.neighbourhood(settlement, turn, practices);
        let space = stock.size(260.0, 560.0);
        let name = format!("{} Surgery, {town}", QUARTERS[(turn * 5 + settlement) % 12]);
        let mut teams = vec![stock.counter("gp", bodies.nhs, name.clone(), space)];
        if stock.builder.chance.happens(0.3) {
            teams.push(stock.desk_team(bodies.nhs, "District nursing", 6.0, 18.0));
        }
        stock.add(Kind::Health, bodies.nhs, name, at, teams);
    }
    if stock.builder.chance.happens(0.6) {
        let at = stock.builder.centre(settlement);
        let mut teams = vec![stock.desk_team(own, "Area office", 8.0, 24.0)];
        let space = stock.size(80.0, 130.0);
        let name = format!("{town} housing office");
        teams.push(stock.counter("housing_office", own, name, space));
        stock.add(Kind::Civic, own, format!("{town} Area Office"), at, teams);
    }
    let at = stock.builder.neighbourhood(settlement, 0, 1);
    let space = stock.size(100.0, 200.0);
    let hub = stock.counter(
        "community_hub",
        bodies.charity,
        format!("{town} hub"),
        space,
    );
    stock.add(
        Kind::Community,
        bodies.charity,
        format!("{town} Town Hall"),
        at,
        vec![hub],
    );
    if stock.builder.chance.happens(0.75) {
        let at = stock.builder.neighbourhood(settlement, 0, 1);
        let name = format!("{town} Children's Centre");
        let space = stock.size(150.0, 260.0);
        let team = stock.counter("childrens_centre", bodies.county, name.clone(), space);
        stock.add(Kind::Children, bodies.county, name, at, vec![team]);
    }
    if stock.builder.chance.happens(0.7) {
        let at = stock.builder.centre(settlement);
        let space = stock.size(50.0, 90.0);
        let name = format!("{town} police counter");
        let mut teams = vec![stock.counter("police_counter", bodies.police, name, space)];
        teams.push(stock.desk_team(bodies.police, "Neighbourhood policing", 8.0, 20.0));
        stock.add(
            Kind::Police,
            bodies.police,
            format!("{town} Police Station"),
            at,
            teams,
        );
    }
    if stock.builder.chance.happens(0.8) {
        let at = stock.builder.edge(settlement);
        let name = format!("{town} Fire Station");
        let space = stock.size(180.0, 320.0);
        let crew = stock.counter("fire_station", bodies.fire, name.clone(), space);
        stock.add(Kind::Fire, bodies.fire, name, at, vec![crew]);
    }
    if stock.builder.chance.happens(0.3) {
        let at = stock.builder.centre(settlement);
        let name = format!("{town} Jobcentre");
        let space = stock.size(220.0, 380.0);
        let team = stock.counter("jobcentre", bodies.dwp, name.clone(), space);
        stock.add(Kind::Jobcentre, bodies.dwp, name, at, vec![team]);
    }
    if stock.builder.chance.happens(0.35) {
        let at = stock.builder.centre(settlement);
        let name = format!("{town} Adult Learning");
        let space = stock.size(140.0, 260.0);
        let team = stock.counter("adult_learning", bodies.county, name.clone(), space);
        stock.add(Kind::Learning, bodies.county, name, at, vec![team]);
    }
}

pub(super) fn village(builder: &mut Builder<'_>, bodies: &Bodies, own: usize, settlement: usize) {
    let town = builder.land.settlements[settlement].name.clone();
    let mut stock = Stock {
        builder,
        settlement,
        town: town.clone(),
    };
    if stock.builder.chance.happens(0.10) {
        let at = stock.builder.centre(settlement);
        let name = format!("{town} Library");
        let space = stock.size(80.0, 150.0);
        let team = stock.counter("library", bodies.county, name.clone(), space);
        stock.add(Kind::Library, bodies.county, name, at, vec![team]);
    }
    if stock.builder.chance.happens(0.16) {
        let at = stock.builder.centre(settlement);
        let name = format!("{town} Branch Surgery");
        let space = stock.size(110.0, 240.0);
        let team = stock.counter("gp", bodies.nhs, name.clone(), space);
        stock.add(Kind::Health, bodies.nhs, name, at, vec![team]);
    }
    if stock.builder.chance.happens(0.10) {
        let at = stock.builder.centre(settlement);
        let owner = if stock.builder.chance.happens(0.5) {
            own
        } else {
            bodies.charity
        };
        let space = stock.size(70.0, 130.0);
        let team = stock.counter("community_hub", owner, format!("{town} hub"), space);
        stock.add(
            Kind::Community,
            owner,
            format!("{town} Village Hall"),
            at,
            vec![team],
        );
    }
    if stock.builder.chance.happens(0.05) {
        let at = stock.builder.edge(settlement);
        let name = format!("{town} Fire Station");
        let space = stock.size(150.0, 240.0);
        let crew = stock.counter("fire_station", bodies.fire, name.clone(), space);
        stock.add(Kind::Fire, bodies.fire, name, at, vec![crew]);
    }
}

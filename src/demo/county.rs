//! What public bodies own in a county: the stock that a place of each rank has.

use super::estate::{Body, Builder, Estate, Order, Wanted};
use super::kinds::Kind;
use super::land::{Grid, Land, Rank};
use super::zones::Zone;

/// The agencies of one county, by number.
struct Bodies {
    county: usize,
    nhs: usize,
    police: usize,
    fire: usize,
    charity: usize,
    dwp: usize,
    justice: usize,
}

/// The estate of every county of the land.
pub(super) fn counties(land: &Land, zones: &[Zone], seed: u64) -> Estate {
    let mut builder = Builder::new(land, zones, seed);
    let dwp = builder.agency("dwp", "Department for Work and Pensions", Body::Dwp);
    let justice = builder.agency("justice", "Probation Service", Body::Justice);
    for county in 0..land.shape.counties {
        one(&mut builder, county, dwp, justice);
    }
    builder.estate
}

fn one(builder: &mut Builder<'_>, county: usize, dwp: usize, justice: usize) {
    let name = builder.land.counties[county].clone();
    let many = builder.land.shape.counties > 1;
    let id = |base: &str| {
        if many {
            format!("{base}-{:02}", county + 1)
        } else {
            base.to_owned()
        }
    };
    let bodies = Bodies {
        county: builder.agency(
            id("county"),
            format!("{name} County Council"),
            Body::Council,
        ),
        nhs: builder.agency(
            id("nhs"),
            format!("{name} Health and Care Trust"),
            Body::Nhs,
        ),
        police: builder.agency(id("police"), format!("{name} Police"), Body::Police),
        fire: builder.agency(id("fire"), format!("{name} Fire and Rescue"), Body::Fire),
        charity: builder.agency(
            id("charity"),
            format!("{name} Advice and Care"),
            Body::Charity,
        ),
        dwp,
        justice,
    };
    let mut chiefs = builder.of_rank(county, Rank::City);
    chiefs.extend(builder.of_rank(county, Rank::Town));
    // District councils, in the order of the land's districts.
    let mut district_body = std::collections::BTreeMap::new();
    for (turn, chief) in chiefs.iter().enumerate() {
        let home = &builder.land.settlements[*chief];
        let (district, town) = (home.district, home.name.clone());
        let title = if turn == 0 {
            "City Council"
        } else {
            "District Council"
        };
        let agency = builder.agency(
            id(&format!("district-{}", turn + 1)),
            format!("{town} {title}"),
            Body::District,
        );
        district_body.insert(district, agency);
    }
    let all: Vec<usize> = (0..builder.land.settlements.len())
        .filter(|at| builder.land.settlements[*at].county == county)
        .collect();
    for settlement in all {
        let home = &builder.land.settlements[settlement];
        let own = district_body
            .get(&home.district)
            .copied()
            .unwrap_or(bodies.county);
        match home.rank {
            Rank::City | Rank::Town => chief_town(builder, &bodies, own, settlement),
            Rank::SmallTown => small_town(builder, &bodies, own, settlement),
            Rank::Village => village(builder, &bodies, own, settlement),
        }
    }
}

/// A building to be made in the middle of a settlement.
struct Stock<'b, 'a> {
    builder: &'b mut Builder<'a>,
    settlement: usize,
    town: String,
}

impl Stock<'_, '_> {
    fn fill(&mut self) -> f64 {
        (0.80 + 0.085 * self.builder.chance.bell()).clamp(0.58, 0.97)
    }

    fn add(
        &mut self,
        kind: Kind,
        agency: usize,
        name: String,
        at: Grid,
        teams: Vec<Wanted>,
    ) -> usize {
        let mut fill = self.fill();
        if matches!(kind, Kind::Office | Kind::Civic) {
            // Desks stand empty more often than reading rooms.
            fill = (fill - 0.07).max(0.5);
        }
        self.builder.build(Order {
            kind,
            agency,
            name,
            at,
            settlement: self.settlement,
            fill,
            teams,
        })
    }

    fn size(&mut self, low: f64, high: f64) -> f64 {
        self.builder.chance.between(low, high).round()
    }

    fn desk_team(&mut self, agency: usize, name: &str, low: f64, high: f64) -> Wanted {
        let fte = self.size(low, high);
        Wanted {
            work: "back_office",
            agency,
            name: format!("{name}, {}", self.town),
            space: 0.0,
            fte,
        }
    }

    /// A counter with staff in proportion to its floor.
    fn counter(&mut self, work: &'static str, agency: usize, name: String, space: f64) -> Wanted {
        let each = self.builder.chance.between(22.0, 40.0);
        Wanted {
            work,
            agency,
            name,
            space,
            fte: (space / each).max(1.0),
        }
    }
}

const OFFICE_TEAMS: [&str; 10] = [
    "Finance and people",
    "Highways",
    "Planning and growth",
    "Children's social care",
    "Adult social care",
    "Digital and data",
    "Revenues and benefits",
    "Environment",
    "Legal and democratic services",
    "Public health",
];

const QUARTERS: [&str; 12] = [
    "Northfield",
    "Eastgate",
    "Southmead",
    "Westway",
    "Priory",
    "Quarry Bank",
    "Riverside",
    "Heathside",
    "Castle",
    "Station",
    "Meadows",
    "Orchard",
];

fn chief_town(builder: &mut Builder<'_>, bodies: &Bodies, own: usize, settlement: usize) {
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
    stock.builder.estate.campuses.push(super::estate::Campus {
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

fn libraries(stock: &mut Stock<'_, '_>, county: usize, zones: usize, city: bool) {
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

fn surgeries(stock: &mut Stock<'_, '_>, nhs: usize, zones: usize) {
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

fn safety(stock: &mut Stock<'_, '_>, bodies: &Bodies, city: bool) {
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

fn families(stock: &mut Stock<'_, '_>, bodies: &Bodies, own: usize, zones: usize) {
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

fn work_and_learning(stock: &mut Stock<'_, '_>, bodies: &Bodies, zones: usize, city: bool) {
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

fn small_town(builder: &mut Builder<'_>, bodies: &Bodies, own: usize, settlement: usize) {
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

fn village(builder: &mut Builder<'_>, bodies: &Bodies, own: usize, settlement: usize) {
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

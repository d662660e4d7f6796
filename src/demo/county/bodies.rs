//! The agencies of each county, and the stock of each of its settlements.

use super::chief_town::chief_town;
use super::country::{small_town, village};
use crate::demo::estate::{Body, Builder, Estate};
use crate::demo::land::{Land, Rank};
use crate::demo::zones::Zone;

/// The agencies of one county, by number.
pub(super) struct Bodies {
    pub(super) county: usize,
    pub(super) nhs: usize,
    pub(super) police: usize,
    pub(super) fire: usize,
    pub(super) charity: usize,
    pub(super) dwp: usize,
    pub(super) justice: usize,
}

/// The estate of every county of the land.
pub(in crate::demo) fn counties(land: &Land, zones: &[Zone], seed: u64) -> Estate {
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

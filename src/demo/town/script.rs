//! Puts a building on the map as the story says.

use crate::demo::estate::{Body, Builder, Estate, Held, Lease, Order, Wanted};
use crate::demo::kinds::Kind;
use crate::demo::land::{Grid, Land};
use crate::demo::zones::Zone;

/// Where a building stands: metres east and north of the middle of a settlement.
pub(super) type Spot = (usize, f64, f64);

pub(super) const WYVERN: usize = 0;
pub(super) const THORNSCOMBE: usize = 1;

/// The bodies, by number.
pub(super) struct Six {
    pub(super) council: usize,
    pub(super) nhs: usize,
    pub(super) police: usize,
    pub(super) fire: usize,
    pub(super) dwp: usize,
    pub(super) charity: usize,
}
/// The town's estate.
pub(in crate::demo) fn town(land: &Land, zones: &[Zone], seed: u64) -> Estate {
    let mut builder = Builder::new(land, zones, seed);
    let six = Six {
        council: builder.agency("council", "Wyvern Council", Body::Council),
        nhs: builder.agency("nhs", "Vale of Wyvern Health Trust", Body::Nhs),
        police: builder.agency("police", "Wyvern and Marlet Police", Body::Police),
        fire: builder.agency("fire", "Wyvern and Marlet Fire Service", Body::Fire),
        dwp: builder.agency("dwp", "Department for Work and Pensions", Body::Dwp),
        charity: builder.agency("charity", "Marlet Advice and Care", Body::Charity),
    };
    let mut script = Script { builder, six };
    script.hubs();
    script.eight();
    script.offices();
    script.rest_of_town();
    script.thornscombe();
    script.villages();
    script.oddities();
    script.builder.estate
}
pub(super) struct Script<'a> {
    pub(super) builder: Builder<'a>,
    pub(super) six: Six,
}

impl Script<'_> {
    /// A building with its teams: (work, agency, name, floor or 0, staff).
    pub(super) fn put(
        &mut self,
        kind: Kind,
        agency: usize,
        name: &str,
        spot: Spot,
        fill: f64,
        teams: &[(&'static str, usize, &str, f64, f64)],
    ) -> usize {
        let home = &self.builder.land.settlements[spot.0];
        let at: Grid = (home.at.0 + spot.1, home.at.1 + spot.2);
        let teams = teams
            .iter()
            .map(|(work, agency, name, space, fte)| Wanted {
                work,
                agency: *agency,
                name: (*name).to_owned(),
                space: *space,
                fte: *fte,
            })
            .collect();
        let number = self.builder.build(Order {
            kind,
            agency,
            name: name.to_owned(),
            at,
            settlement: spot.0,
            fill,
            teams,
        });
        // The story says who rents; chance does not.
        let property = &mut self.builder.estate.properties[number];
        if matches!(property.held, Held::Lease(_)) {
            property.held = Held::Freehold;
            property.value = property.usable() * 700 / 1_000 * 1_000;
        }
        number
    }

    /// Makes a building leased: start, expiry, breaks, rent per square metre.
    pub(super) fn lease(&mut self, number: usize, dates: (&str, &str), breaks: &[&str], rent: f64) {
        let property = &mut self.builder.estate.properties[number];
        let rent = ((f64::from(property.usable()) * rent) / 500.0).round() as u32 * 500;
        property.value = 0;
        property.backlog /= 4;
        property.held = Held::Lease(Lease {
            start: dates.0.to_owned(),
            expiry: dates.1.to_owned(),
            breaks: breaks.iter().map(|day| (*day).to_owned()).collect(),
            notice: 6,
            penalty: if breaks.is_empty() {
                0
            } else {
                rent / 1_000 * 250
            },
            rent,
            may_sublet: true,
        });
    }

    /// Says that a team may not move, and why.
    pub(super) fn hold(&mut self, team: &str, reason: &'static str) {
        for held in &mut self.builder.estate.teams {
            if held.name == team {
                held.immovable = Some(reason);
            }
        }
    }

    pub(super) fn flag(&mut self, number: usize, flag: &'static str) {
        self.builder.estate.properties[number].flags.push(flag);
    }

    pub(super) fn offer(&mut self, number: usize, tags: &[&'static str]) {
        let offers = &mut self.builder.estate.properties[number].offers;
        for tag in tags {
            if !offers.contains(tag) {
                offers.push(tag);
            }
        }
    }
}

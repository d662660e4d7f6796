//! Buildings and teams: what every agency brings to the table.

use super::chance::Chance;
use super::kinds::{Kind, M2_PER_FTE, work};
use super::land::{Grid, Land, Rank, apart};
use super::names::{inward, street};
use super::zones::Zone;

/// What sort of body an agency is; its register looks accordingly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Body {
    Council,
    District,
    Nhs,
    Police,
    Fire,
    Dwp,
    Justice,
    Charity,
}

/// An agency.
pub(super) struct Agency {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) body: Body,
}

/// How a building is held.
pub(super) enum Held {
    Freehold,
    /// Start, expiry, breaks, months of notice, penalty, rent.
    Lease(Lease),
    Pfi,
}

/// A lease; dates are ISO text.
pub(super) struct Lease {
    pub(super) start: String,
    pub(super) expiry: String,
    pub(super) breaks: Vec<String>,
    pub(super) notice: u32,
    pub(super) penalty: u32,
    pub(super) rent: u32,
    pub(super) may_sublet: bool,
}

/// A building, or a record of a register that is none.
pub(super) struct Property {
    pub(super) id: String,
    pub(super) uprn: String,
    pub(super) name: String,
    pub(super) number: u32,
    pub(super) street: String,
    pub(super) town: String,
    pub(super) postcode: String,
    pub(super) at: Grid,
    pub(super) agency: usize,
    pub(super) kind: Kind,
    pub(super) held: Held,
    /// Gross internal area, m².
    pub(super) gross: u32,
    /// Usable floor by column: `usable_m2` where it is not typed.
    pub(super) floors: Vec<(&'static str, u32)>,
    /// Fixed running cost, £ a year; absent where the register has none.
    pub(super) running: Option<u32>,
    pub(super) rates: u32,
    pub(super) backlog: u32,
    pub(super) value: u32,
    pub(super) vacant: bool,
    pub(super) flags: Vec<&'static str>,
    pub(super) offers: Vec<&'static str>,
    pub(super) site: Option<usize>,
    pub(super) energy: char,
    pub(super) condition: char,
    /// Land without a building: out of scope.
    pub(super) land: bool,
}

impl Property {
    /// Usable floor in all, m².
    pub(super) fn usable(&self) -> u32 {
        self.floors.iter().map(|(_, m2)| m2).sum()
    }
}

/// A team or counter.
pub(super) struct Team {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) agency: usize,
    /// Position of its work in [`WORK`](super::kinds::WORK).
    pub(super) work: usize,
    pub(super) property: usize,
    /// Floor it uses, m²; absent where only its staff is stated.
    pub(super) space: Option<u32>,
    pub(super) fte: f64,
    pub(super) visits: Option<u32>,
    pub(super) immovable: Option<&'static str>,
}

impl Team {
    /// Floor it needs, m²: what it states, else the standard.
    #[cfg(test)]
    pub(super) fn need(&self) -> f64 {
        self.space.map_or(self.fte * M2_PER_FTE, f64::from)
    }
}

/// A campus: id, name, shared cost £ a year.
pub(super) struct Campus {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) running: u32,
}

/// Everything the agencies have.
#[derive(Default)]
pub(super) struct Estate {
    pub(super) agencies: Vec<Agency>,
    pub(super) properties: Vec<Property>,
    pub(super) teams: Vec<Team>,
    pub(super) campuses: Vec<Campus>,
}

/// A team to be housed: work, agency, name, floor (0: by staff), staff.
#[derive(Clone)]
pub(super) struct Wanted {
    pub(super) work: &'static str,
    pub(super) agency: usize,
    pub(super) name: String,
    pub(super) space: f64,
    pub(super) fte: f64,
}

/// A building to be made for some teams.
pub(super) struct Order {
    pub(super) kind: Kind,
    pub(super) agency: usize,
    pub(super) name: String,
    pub(super) at: Grid,
    pub(super) settlement: usize,
    /// Share of its floor in use.
    pub(super) fill: f64,
    pub(super) teams: Vec<Wanted>,
}

/// Makes buildings and teams one by one.
pub(super) struct Builder<'a> {
    pub(super) land: &'a Land,
    pub(super) zones: &'a [Zone],
    pub(super) estate: Estate,
    pub(super) chance: Chance,
    /// Zones of each settlement.
    pub(super) quarters: Vec<Vec<usize>>,
    /// Postcodes given out in each settlement.
    addresses: Vec<usize>,
    /// Where buildings stand in each settlement.
    built: Vec<Vec<Grid>>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(land: &'a Land, zones: &'a [Zone], seed: u64) -> Self {
        let mut quarters = vec![Vec::new(); land.settlements.len()];
        for (number, zone) in zones.iter().enumerate() {
            quarters[zone.settlement].push(number);
        }
        Self {
            addresses: vec![0; land.settlements.len()],
            built: vec![Vec::new(); land.settlements.len()],
            quarters,
            land,
            zones,
            estate: Estate::default(),
            chance: Chance::new(seed, 5),
        }
    }

    /// Adds an agency and returns its number.
    pub(super) fn agency(
        &mut self,
        id: impl Into<String>,
        name: impl Into<String>,
        body: Body,
    ) -> usize {
        self.estate.agencies.push(Agency {
            id: id.into(),
            name: name.into(),
            body,
        });
        self.estate.agencies.len() - 1
    }

    /// A spot near the middle of a settlement.
    pub(super) fn centre(&mut self, settlement: usize) -> Grid {
        let (x, y) = self.chance.disc();
        let home = &self.land.settlements[settlement];
        let reach = (home.radius * 0.22).max(90.0);
        (home.at.0 + x * reach, home.at.1 + y * reach)
    }

    /// A spot on the edge of a settlement.
    pub(super) fn edge(&mut self, settlement: usize) -> Grid {
        let home = &self.land.settlements[settlement];
        let (mut x, mut y) = self.chance.disc();
        let far = (x * x + y * y).sqrt().max(0.05);
        let stretch = home.radius * 0.8 / far;
        x *= stretch;
        y *= stretch;
        (home.at.0 + x, home.at.1 + y)
    }

    /// A spot in the `turn`th of `of` neighbourhoods of a settlement, spread over its zones.
    pub(super) fn neighbourhood(&mut self, settlement: usize, turn: usize, of: usize) -> Grid {
        let zones = &self.quarters[settlement];
        let skip = self.chance.unit() / of.max(1) as f64;
        let share = (turn as f64 / of.max(1) as f64) + skip;
        let at = ((share * zones.len() as f64) as usize).min(zones.len().saturating_sub(1));
        let spot = zones
            .get(at)
            .map_or(self.land.settlements[settlement].at, |z| self.zones[*z].at);
        let (x, y) = self.chance.disc();
        (spot.0 + x * 160.0, spot.1 + y * 160.0)
    }

    /// Makes the building of an order, with its teams.
    pub(super) fn build(&mut self, mut order: Order) -> usize {
        order.at = self.clear_of_others(order.settlement, order.at);
        let number = self.estate.properties.len();
        let need: f64 = order
            .teams
            .iter()
            .map(|team| {
                if team.space > 0.0 {
                    team.space
                } else {
                    team.fte * M2_PER_FTE
                }
            })
            .sum();
        let usable = ((need / order.fill / 5.0).ceil() * 5.0).max(60.0);
        for wanted in &order.teams {
            self.team(number, wanted);
        }
        let property = self.property(number, &order, usable);
        self.built[order.settlement].push(property.at);
        self.estate.properties.push(property);
        number
    }

    /// A spot near another with no building within 80 m: two doors in one street are told apart.
    fn clear_of_others(&mut self, settlement: usize, wanted: Grid) -> Grid {
        let mut spot = wanted;
        for turn in 1..40 {
            let built = &self.built[settlement];
            if built.iter().all(|other| apart(spot, *other) > 80.0) {
                break;
            }
            let (x, y) = self.chance.disc();
            let reach = 40.0 + 15.0 * f64::from(turn);
            spot = (wanted.0 + x * reach, wanted.1 + y * reach);
        }
        spot
    }

    /// Puts a team into a building.
    pub(super) fn team(&mut self, property: usize, wanted: &Wanted) -> usize {
        let number = self.estate.teams.len();
        let agency = &self.estate.agencies[wanted.agency];
        let space = (wanted.space > 0.0).then_some(wanted.space.round() as u32);
        let work = work(wanted.work);
        let public = super::kinds::WORK[work].counter;
        let visits = space.filter(|_| public).map(|m2| {
            let each = self.chance.between(45.0, 130.0);
            ((f64::from(m2) * each) / 100.0).round() as u32 * 100
        });
        self.estate.teams.push(Team {
            id: format!("{}-T{:04}", agency.id.to_uppercase(), number + 1),
            name: wanted.name.clone(),
            agency: wanted.agency,
            work,
            property,
            space,
            fte: (wanted.fte * 2.0).round() / 2.0,
            visits,
            immovable: (wanted.work == "fire_station")
                .then_some("Response times are planned from here"),
        });
        number
    }

    fn property(&mut self, number: usize, order: &Order, usable: f64) -> Property {
        let terms = order.kind.terms();
        let home = &self.land.settlements[order.settlement];
        let address = self.addresses[order.settlement];
        self.addresses[order.settlement] += 1;
        let chance = &mut self.chance;
        let prefix = prefix(self.estate.agencies[order.agency].body);
        let typed: Vec<(&'static str, u32)> = terms
            .typed
            .iter()
            .map(|(column, share)| (*column, (usable * share).round() as u32))
            .collect();
        let rest = usable as u32 - typed.iter().map(|(_, m2)| m2).sum::<u32>();
        let floors = if typed.is_empty() {
            vec![("usable_m2", rest)]
        } else {
            typed.into_iter().chain([("any_m2", rest)]).collect()
        };
        let hundreds = |x: f64| (x / 100.0).round() as u32 * 100;
        let worn = chance.unit();
        let backlog = usable * (terms.backlog.0 + (terms.backlog.1 - terms.backlog.0) * worn);
        let held = if chance.happens(terms.leased) {
            let rent = usable * chance.between(terms.rent.0, terms.rent.1);
            Held::Lease(lease(hundreds(rent), chance))
        } else {
            Held::Freehold
        };
        let value = match held {
            Held::Freehold => hundreds(usable * chance.between(terms.value.0, terms.value.1)),
            _ => 0,
        };
        let repairs = if matches!(held, Held::Lease(_)) {
            0.25
        } else {
            1.0
        };
        Property {
            id: format!("{prefix}{:05}", number + 1),
            uprn: format!("9990{:08}", 10_000_000 + number * 37 % 80_000_000),
            name: order.name.clone(),
            number: chance.whole(1, 140),
            street: street(chance).to_owned(),
            town: home.name.clone(),
            postcode: format!("{} {}", home.outward, inward(address * 3 + number % 3)),
            at: (order.at.0.round(), order.at.1.round()),
            agency: order.agency,
            kind: order.kind,
            held,
            gross: (usable / chance.between(0.76, 0.84)).round() as u32,
            floors,
            running: Some(hundreds(
                usable * chance.between(terms.running.0, terms.running.1),
            )),
            rates: hundreds(usable * terms.rates),
            backlog: hundreds(backlog * repairs),
            value,
            vacant: false,
            flags: Vec::new(),
            offers: terms
                .offers
                .iter()
                .filter(|(_, share)| chance.happens(*share))
                .map(|(tag, _)| *tag)
                .collect(),
            site: None,
            energy: *chance.pick(&['B', 'C', 'C', 'D', 'D', 'D', 'E', 'E', 'F']),
            condition: ['A', 'B', 'C', 'D'][(worn * 3.999) as usize],
            land: false,
        }
    }

    /// The settlements of a rank in a county.
    pub(super) fn of_rank(&self, county: usize, rank: Rank) -> Vec<usize> {
        (0..self.land.settlements.len())
            .filter(|at| {
                let s = &self.land.settlements[*at];
                s.county == county && s.rank == rank
            })
            .collect()
    }
}

/// The first letters of an agency's asset ids.
fn prefix(body: Body) -> &'static str {
    match body {
        Body::Council => "CC",
        Body::District => "DC",
        Body::Nhs => "RWX",
        Body::Police => "POL",
        Body::Fire => "FRS",
        Body::Dwp => "GP-",
        Body::Justice => "MJ-",
        Body::Charity => "VCS",
    }
}

/// A lease in the middle of its life; one in thirty is past its end and holding over.
fn lease(rent: u32, chance: &mut Chance) -> Lease {
    let started = chance.whole(2008, 2022);
    let term = *chance.pick(&[10, 15, 15, 20, 25]);
    let mut ends = started + term;
    if ends <= 2026 && !chance.happens(0.35) {
        ends += 10;
    }
    let breaks = (1..4)
        .map(|turn| started + turn * 5)
        .filter(|year| *year > 2025 && *year < ends)
        .take(2)
        .map(|year| format!("{year}-09-29"))
        .collect();
    Lease {
        start: format!("{started}-09-29"),
        expiry: format!("{ends}-09-28"),
        breaks,
        notice: *chance.pick(&[6, 6, 6, 9, 12]),
        penalty: if chance.happens(0.5) {
            rent / 400 * 100
        } else {
            0
        },
        rent,
        may_sublet: chance.happens(0.5),
    }
}

//! The story of the smallest demo: a market town whose eight small public buildings could become
//! two hubs.
//!
//! Wyvern House, the council's 1970s offices, stands half empty since people work from home; Priory
//! Health Centre was built for a growth that did not come. Around the market place are eight small
//! buildings, each with its own boiler, roof and reception. In the villages the limits on access
//! bind: what is there is often the only one.

use super::estate::{Body, Builder, Campus, Estate, Held, Lease, Order, Wanted};
use super::kinds::Kind;
use super::land::{Grid, Land};
use super::zones::Zone;

/// Where a building stands: metres east and north of the middle of a settlement.
type Spot = (usize, f64, f64);

const WYVERN: usize = 0;
const THORNSCOMBE: usize = 1;

/// The bodies, by number.
struct Six {
    council: usize,
    nhs: usize,
    police: usize,
    fire: usize,
    dwp: usize,
    charity: usize,
}

/// The town's estate.
pub(super) fn town(land: &Land, zones: &[Zone], seed: u64) -> Estate {
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

struct Script<'a> {
    builder: Builder<'a>,
    six: Six,
}

impl Script<'_> {
    /// A building with its teams: (work, agency, name, floor or 0, staff).
    fn put(
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
    fn lease(&mut self, number: usize, dates: (&str, &str), breaks: &[&str], rent: f64) {
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

    fn flag(&mut self, number: usize, flag: &'static str) {
        self.builder.estate.properties[number].flags.push(flag);
    }

    fn offer(&mut self, number: usize, tags: &[&'static str]) {
        let offers = &mut self.builder.estate.properties[number].offers;
        for tag in tags {
            if !offers.contains(tag) {
                offers.push(tag);
            }
        }
    }

    fn hubs(&mut self) {
        let Six { council, nhs, .. } = self.six;
        let house = self.put(
            Kind::Civic,
            council,
            "Wyvern House",
            (WYVERN, 160.0, -110.0),
            0.44,
            &[
                (
                    "back_office",
                    council,
                    "Council corporate services",
                    0.0,
                    96.0,
                ),
                (
                    "back_office",
                    council,
                    "Planning and environment",
                    0.0,
                    62.0,
                ),
                (
                    "community_hub",
                    council,
                    "Council customer services",
                    190.0,
                    8.0,
                ),
                ("back_office", council, "Revenues and benefits", 0.0, 41.0),
            ],
        );
        self.offer(
            house,
            &["step_free", "private_rooms", "parking", "secure_entrance"],
        );
        let priory = self.put(
            Kind::Health,
            nhs,
            "Priory Health Centre",
            (WYVERN, -420.0, 240.0),
            0.50,
            &[
                ("gp", nhs, "Priory Practice", 640.0, 26.0),
                ("back_office", nhs, "Community nursing", 0.0, 48.0),
            ],
        );
        self.offer(
            priory,
            &["step_free", "private_rooms", "parking", "clinical_grade"],
        );
    }

    /// The eight small buildings round the market place.
    fn eight(&mut self) {
        let Six {
            council,
            nhs,
            police,
            dwp,
            charity,
            ..
        } = self.six;
        self.put(
            Kind::Library,
            council,
            "Wyvern Library",
            (WYVERN, 40.0, 60.0),
            0.74,
            &[("library", council, "Wyvern Library", 520.0, 11.0)],
        );
        let hall = self.put(
            Kind::Civic,
            council,
            "Old Town Hall",
            (WYVERN, -15.0, -20.0),
            0.52,
            &[
                ("registrar", council, "Wyvern register office", 150.0, 5.0),
                (
                    "housing_office",
                    council,
                    "Wyvern housing office",
                    160.0,
                    9.0,
                ),
                ("back_office", council, "Museums and arts", 0.0, 13.0),
            ],
        );
        self.flag(hall, "listed");
        let work = self.put(
            Kind::Jobcentre,
            dwp,
            "Wyvern Jobcentre",
            (WYVERN, -150.0, -180.0),
            0.70,
            &[
                ("jobcentre", dwp, "Wyvern Jobcentre", 470.0, 34.0),
                ("back_office", dwp, "Employer services", 0.0, 16.0),
            ],
        );
        self.lease(work, ("2018-03-29", "2033-03-28"), &["2028-03-28"], 128.0);
        self.put(
            Kind::Police,
            police,
            "Wyvern Police Station",
            (WYVERN, 230.0, 190.0),
            0.55,
            &[
                ("police_counter", police, "Wyvern police counter", 95.0, 4.0),
                ("back_office", police, "Response policing", 0.0, 58.0),
                ("back_office", police, "Neighbourhood policing", 0.0, 21.0),
            ],
        );
        self.put(
            Kind::Children,
            council,
            "Acorns Children's Centre",
            (WYVERN, -260.0, 60.0),
            0.76,
            &[(
                "childrens_centre",
                council,
                "Acorns Children's Centre",
                290.0,
                10.0,
            )],
        );
        let advice = self.put(
            Kind::Community,
            charity,
            "Marlet Advice Centre",
            (WYVERN, 90.0, 150.0),
            0.78,
            &[
                ("community_hub", charity, "Marlet Advice", 170.0, 6.0),
                ("back_office", charity, "Care co-ordination", 0.0, 9.0),
            ],
        );
        self.lease(advice, ("2019-06-24", "2029-06-23"), &[], 72.0);
        let learning = self.put(
            Kind::Learning,
            council,
            "Wyvern Adult Learning",
            (WYVERN, -90.0, 210.0),
            0.66,
            &[(
                "adult_learning",
                council,
                "Wyvern Adult Learning",
                360.0,
                9.0,
            )],
        );
        self.lease(
            learning,
            ("2016-09-29", "2031-09-28"),
            &["2027-09-28"],
            88.0,
        );
        let surgery = self.put(
            Kind::Health,
            nhs,
            "Bridge Street Surgery",
            (WYVERN, 310.0, -60.0),
            0.86,
            &[("gp", nhs, "Bridge Street Practice", 410.0, 15.0)],
        );
        self.lease(surgery, ("2014-01-06", "2029-01-05"), &[], 118.0);
    }

    fn offices(&mut self) {
        let Six {
            council,
            nhs,
            police,
            charity,
            ..
        } = self.six;
        let annexe = self.put(
            Kind::Office,
            council,
            "Station Road Annexe",
            (WYVERN, 420.0, 330.0),
            0.48,
            &[
                ("back_office", council, "Adult social care", 0.0, 44.0),
                ("back_office", council, "Children's social care", 0.0, 38.0),
            ],
        );
        self.lease(annexe, ("2017-12-25", "2032-12-24"), &["2027-12-24"], 104.0);
        let trust = self.put(
            Kind::Office,
            nhs,
            "Trust Offices",
            (WYVERN, -610.0, -160.0),
            0.62,
            &[
                ("back_office", nhs, "Trust corporate services", 0.0, 66.0),
                ("back_office", nhs, "Community mental health", 0.0, 27.0),
            ],
        );
        self.lease(trust, ("2019-03-25", "2034-03-24"), &["2029-03-24"], 112.0);
        let care = self.put(
            Kind::Office,
            charity,
            "Foundry Lane Workspace",
            (WYVERN, 520.0, -210.0),
            0.6,
            &[("back_office", charity, "Home support team", 0.0, 17.0)],
        );
        self.lease(care, ("2021-09-29", "2026-09-28"), &[], 84.0);
        let post = self.put(
            Kind::Office,
            police,
            "Eastgate Police Post",
            (WYVERN, 980.0, 260.0),
            0.7,
            &[("back_office", police, "Safer neighbourhoods", 0.0, 12.0)],
        );
        self.lease(post, ("2020-04-01", "2030-03-31"), &["2027-03-31"], 96.0);
        let site = self.builder.estate.campuses.len();
        self.builder.estate.campuses.push(Campus {
            id: "KESTREL".to_owned(),
            name: "Kestrel Park".to_owned(),
            running: 46_000,
        });
        for (turn, (name, fill, team, fte)) in [
            ("Kestrel Park Block A", 0.66, "Highways and transport", 52.0),
            ("Kestrel Park Block B", 0.57, "Digital and records", 31.0),
        ]
        .into_iter()
        .enumerate()
        {
            let spot = (WYVERN, 1_250.0 + 60.0 * turn as f64, -720.0);
            let block = self.put(
                Kind::Office,
                council,
                name,
                spot,
                fill,
                &[("back_office", council, team, 0.0, fte)],
            );
            self.builder.estate.properties[block].site = Some(site);
        }
    }

    fn rest_of_town(&mut self) {
        let Six {
            council,
            nhs,
            fire,
            charity,
            ..
        } = self.six;
        self.put(
            Kind::Fire,
            fire,
            "Wyvern Fire Station",
            (WYVERN, -780.0, 520.0),
            0.74,
            &[
                ("fire_station", fire, "Wyvern Fire Station", 560.0, 28.0),
                ("back_office", fire, "Community fire safety", 0.0, 14.0),
            ],
        );
        self.put(
            Kind::Depot,
            council,
            "Wharf Road Depot",
            (WYVERN, 1_420.0, 480.0),
            0.8,
            &[("back_office", council, "Streets and parks", 0.0, 24.0)],
        );
        let eastgate = self.put(
            Kind::Community,
            council,
            "Eastgate Centre",
            (WYVERN, 1_120.0, 380.0),
            0.64,
            &[
                ("library", council, "Eastgate Library", 210.0, 4.0),
                (
                    "childrens_centre",
                    council,
                    "Eastgate Children's Centre",
                    220.0,
                    8.0,
                ),
            ],
        );
        self.builder.estate.properties[eastgate].held = Held::Pfi;
        self.builder.estate.properties[eastgate].value = 0;
        self.offer(eastgate, &["step_free", "private_rooms"]);
        self.put(
            Kind::Health,
            nhs,
            "Northfield Surgery",
            (WYVERN, 60.0, 1_180.0),
            0.83,
            &[("gp", nhs, "Northfield Practice", 380.0, 14.0)],
        );
        self.put(
            Kind::Community,
            charity,
            "Northfield Hall",
            (WYVERN, -140.0, 1_060.0),
            0.72,
            &[(
                "community_hub",
                charity,
                "Northfield community hub",
                140.0,
                3.0,
            )],
        );
        self.put(
            Kind::Children,
            council,
            "Westway Children's Centre",
            (WYVERN, -1_260.0, -240.0),
            0.78,
            &[(
                "childrens_centre",
                council,
                "Westway Children's Centre",
                230.0,
                7.0,
            )],
        );
        self.put(
            Kind::Community,
            council,
            "Westway Community Centre",
            (WYVERN, -1_190.0, -330.0),
            0.7,
            &[(
                "community_hub",
                council,
                "Westway community hub",
                150.0,
                3.0,
            )],
        );
    }

    fn thornscombe(&mut self) {
        let Six {
            council,
            nhs,
            police,
            fire,
            charity,
            ..
        } = self.six;
        let at = |x: f64, y: f64| (THORNSCOMBE, x, y);
        self.put(
            Kind::Library,
            council,
            "Thornscombe Library",
            at(-30.0, 40.0),
            0.78,
            &[("library", council, "Thornscombe Library", 230.0, 4.0)],
        );
        self.put(
            Kind::Civic,
            council,
            "Thornscombe Area Office",
            at(70.0, -50.0),
            0.5,
            &[
                ("back_office", council, "Thornscombe area team", 0.0, 17.0),
                (
                    "housing_office",
                    council,
                    "Thornscombe housing office",
                    80.0,
                    3.0,
                ),
            ],
        );
        self.put(
            Kind::Health,
            nhs,
            "Thornscombe Surgery",
            at(180.0, 120.0),
            0.8,
            &[("gp", nhs, "Thornscombe Practice", 360.0, 12.0)],
        );
        self.put(
            Kind::Fire,
            fire,
            "Thornscombe Fire Station",
            at(-340.0, -190.0),
            0.8,
            &[("fire_station", fire, "Thornscombe Fire Station", 230.0, 6.0)],
        );
        self.put(
            Kind::Police,
            police,
            "Thornscombe Police Office",
            at(120.0, 60.0),
            0.62,
            &[
                (
                    "police_counter",
                    police,
                    "Thornscombe police counter",
                    55.0,
                    2.0,
                ),
                ("back_office", police, "Rural policing", 0.0, 11.0),
            ],
        );
        self.put(
            Kind::Community,
            charity,
            "Thornscombe Institute",
            at(-90.0, -110.0),
            0.72,
            &[(
                "community_hub",
                charity,
                "Thornscombe community hub",
                120.0,
                2.5,
            )],
        );
        self.put(
            Kind::Children,
            council,
            "Thornscombe Children's Centre",
            at(210.0, -140.0),
            0.76,
            &[(
                "childrens_centre",
                council,
                "Thornscombe Children's Centre",
                170.0,
                5.0,
            )],
        );
    }

    fn villages(&mut self) {
        let Six {
            council,
            nhs,
            charity,
            ..
        } = self.six;
        let name = |script: &Self, at: usize| script.builder.land.settlements[at].name.clone();
        for (turn, at) in [4, 9, 14].into_iter().enumerate() {
            let village = name(self, at);
            let spot = (at, 40.0 + 10.0 * turn as f64, -30.0);
            let surgery = format!("{village} Branch Surgery");
            self.put(
                Kind::Health,
                nhs,
                &surgery,
                spot,
                0.84,
                &[("gp", nhs, &surgery, 150.0, 4.0)],
            );
        }
        for (turn, at) in [6, 9, 17].into_iter().enumerate() {
            let village = name(self, at);
            let spot = (at, -50.0, 20.0 + 15.0 * turn as f64);
            let library = format!("{village} Library");
            self.put(
                Kind::Library,
                council,
                &library,
                spot,
                0.82,
                &[("library", council, &library, 110.0, 1.5)],
            );
        }
        for (turn, at) in [4, 12, 19].into_iter().enumerate() {
            let village = name(self, at);
            let hall = format!("{village} Village Hall");
            let hub = format!("{village} hub");
            let owner = if turn == 1 { council } else { charity };
            let number = self.put(
                Kind::Community,
                owner,
                &hall,
                (at, 20.0, 70.0),
                0.6,
                &[("community_hub", owner, &hub, 90.0, 1.0)],
            );
            if turn == 0 {
                self.flag(number, "covenant");
            }
        }
    }

    /// A vacant building, a piece of land, and the small faults every real file has.
    fn oddities(&mut self) {
        let council = self.six.council;
        let court = self.put(
            Kind::Civic,
            council,
            "Former Magistrates' Court",
            (WYVERN, 270.0, -260.0),
            0.9,
            &[],
        );
        let property = &mut self.builder.estate.properties[court];
        property.floors = vec![("usable_m2", 640)];
        property.gross = 810;
        property.vacant = true;
        property.running = Some(21_000);
        property.rates = 9_500;
        property.backlog = 214_000;
        property.value = 295_000;
        property.flags.push("community_value");
        let land = self.put(
            Kind::Depot,
            council,
            "Land off Quarry Road",
            (WYVERN, -1_600.0, -900.0),
            0.9,
            &[],
        );
        let property = &mut self.builder.estate.properties[land];
        property.floors = Vec::new();
        property.gross = 0;
        property.running = None;
        property.rates = 0;
        property.backlog = 0;
        property.value = 85_000;
        property.land = true;
        property.offers.clear();
        for property in &mut self.builder.estate.properties {
            match property.name.as_str() {
                // A postcode typed without its space, in lower case.
                "Westway Community Centre" => {
                    property.postcode = property.postcode.replace(' ', "").to_lowercase();
                }
                // Two running costs the register does not have.
                "Northfield Hall" | "Trust Offices" => property.running = None,
                _ => {}
            }
        }
    }
}

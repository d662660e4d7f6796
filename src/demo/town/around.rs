//! The rest of the market town, the small town, the villages, and the oddities of real registers.

use super::script::{Script, Six, THORNSCOMBE, WYVERN};
use crate::demo::estate::Held;
use crate::demo::kinds::Kind;

impl Script<'_> {
    pub(super) fn rest_of_town(&mut self) {
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
            &[("back_office", council, "Streets and parks", 560.0, 24.0)],
        );
        self.hold(
            "Streets and parks",
            "The vehicles and the salt store are here",
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
        // The contract charges for the building whole, used or not.
        let contract = &mut self.builder.estate.properties[eastgate];
        contract.held = Held::Pfi;
        contract.value = 0;
        contract.backlog = 0;
        contract.running = Some(124_000);
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

    pub(super) fn thornscombe(&mut self) {
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

    pub(super) fn villages(&mut self) {
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
    pub(super) fn oddities(&mut self) {
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
                "Wyvern Police Station" => property.condition = 'B',
                // Two running costs the register does not have.
                "Northfield Hall" | "Trust Offices" => property.running = None,
                _ => {}
            }
        }
    }
}

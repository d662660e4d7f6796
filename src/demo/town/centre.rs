//! The middle of the market town: two half-empty buildings, eight small ones, the offices.

use super::script::{Script, Six, WYVERN};
use crate::demo::estate::Campus;
use crate::demo::kinds::Kind;

impl Script<'_> {
    pub(super) fn hubs(&mut self) {
        let Six { council, nhs, .. } = self.six;
        let house = self.put(
            Kind::Civic,
            council,
            "Wyvern House",
            (WYVERN, 160.0, -110.0),
            0.42,
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
            0.42,
            &[
                ("gp", nhs, "Priory Practice", 640.0, 26.0),
                ("back_office", nhs, "Community nursing", 0.0, 48.0),
            ],
        );
        self.offer(
            priory,
            &["step_free", "private_rooms", "parking", "clinical_grade"],
        );
        // More of it was built for any use than health centres have as a rule.
        self.builder.estate.properties[priory].floors =
            vec![("clinical_m2", 900), ("any_m2", 1_425)];
        // The practice there has the town's only minor operations suite.
        self.hold(
            "Priory Practice",
            "Its minor operations suite was built for it here",
        );
    }

    /// The eight small buildings round the market place.
    pub(super) fn eight(&mut self) {
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
        self.lease(work, ("2018-03-29", "2033-03-28"), &["2028-03-28"], 106.0);
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
        self.lease(advice, ("2019-06-24", "2029-06-23"), &[], 64.0);
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
            72.0,
        );
        let surgery = self.put(
            Kind::Health,
            nhs,
            "Bridge Street Surgery",
            (WYVERN, 310.0, -60.0),
            0.86,
            &[("gp", nhs, "Bridge Street Practice", 410.0, 15.0)],
        );
        self.lease(surgery, ("2014-01-06", "2029-01-05"), &[], 98.0);
    }

    pub(super) fn offices(&mut self) {
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
            0.62,
            &[
                ("back_office", council, "Adult social care", 0.0, 44.0),
                ("back_office", council, "Children's social care", 0.0, 38.0),
            ],
        );
        self.lease(annexe, ("2017-12-25", "2032-12-24"), &["2027-12-24"], 78.0);
        let trust = self.put(
            Kind::Office,
            nhs,
            "Trust Offices",
            (WYVERN, -610.0, -160.0),
            0.82,
            &[
                ("back_office", nhs, "Trust corporate services", 0.0, 66.0),
                ("back_office", nhs, "Community mental health", 0.0, 27.0),
            ],
        );
        self.lease(trust, ("2019-03-25", "2034-03-24"), &["2029-03-24"], 82.0);
        let care = self.put(
            Kind::Office,
            charity,
            "Foundry Lane Workspace",
            (WYVERN, 520.0, -210.0),
            0.6,
            &[("back_office", charity, "Home support team", 0.0, 17.0)],
        );
        self.lease(care, ("2021-09-29", "2026-09-28"), &[], 66.0);
        let post = self.put(
            Kind::Office,
            police,
            "Eastgate Police Post",
            (WYVERN, 980.0, 260.0),
            0.7,
            &[("back_office", police, "Safer neighbourhoods", 0.0, 12.0)],
        );
        self.lease(post, ("2020-04-01", "2030-03-31"), &["2027-03-31"], 70.0);
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
}

//! Kinds of public building and of public work, with the figures usual for each.
//!
//! Money is £ a year or £ per square metre of usable floor, at prices of the base date: see the
//! calibration in the guide for estates teams. They are stated as ranges, from which chance picks.

/// A kind of public building.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Civic,
    Office,
    Library,
    Health,
    Jobcentre,
    Police,
    Fire,
    Children,
    Community,
    Learning,
    Probation,
    Depot,
}

/// What a kind of building usually costs and offers.
pub(super) struct Terms {
    /// Fixed running cost, £/m² usable.
    pub(super) running: (f64, f64),
    /// Running cost that follows use, £/m².
    pub(super) variable: f64,
    /// Business rates, £/m².
    pub(super) rates: f64,
    /// Repairs that wait, £/m².
    pub(super) backlog: (f64, f64),
    /// Market value of a freehold, £/m².
    pub(super) value: (f64, f64),
    /// Rent of a lease, £/m².
    pub(super) rent: (f64, f64),
    /// Share of them that are leased.
    pub(super) leased: f64,
    /// Shares of floor that are good for one type of space only; the rest is `any`.
    pub(super) typed: &'static [(&'static str, f64)],
    /// Tags, each with the share of buildings that offer it.
    pub(super) offers: &'static [(&'static str, f64)],
    /// Hours a week it can be open.
    pub(super) hours: u32,
}

const STEP: (&str, f64) = ("step_free", 0.85);

impl Kind {
    /// What is usual for it.
    pub(super) fn terms(self) -> Terms {
        let plain = Terms {
            running: (58.0, 88.0),
            variable: 28.0,
            rates: 28.0,
            backlog: (60.0, 300.0),
            value: (450.0, 850.0),
            rent: (70.0, 120.0),
            leased: 0.0,
            typed: &[],
            offers: &[
                ("network", 0.4),
                STEP,
                ("private_rooms", 0.5),
                ("clinical_grade", 0.25),
            ],
            hours: 55,
        };
        match self {
            Kind::Civic => Terms {
                running: (62.0, 92.0),
                variable: 32.0,
                rates: 36.0,
                backlog: (80.0, 420.0),
                value: (600.0, 1_100.0),
                typed: &[("office_m2", 0.55)],
                offers: &[
                    ("network", 1.0),
                    ("step_free", 0.95),
                    ("private_rooms", 0.95),
                    ("parking", 0.9),
                    ("clinical_grade", 0.25),
                ],
                hours: 70,
                ..plain
            },
            Kind::Office => Terms {
                rates: 38.0,
                backlog: (20.0, 220.0),
                value: (700.0, 1_250.0),
                rent: (80.0, 135.0),
                leased: 0.55,
                typed: &[("office_m2", 0.7)],
                offers: &[
                    ("network", 1.0),
                    ("step_free", 0.8),
                    ("private_rooms", 0.9),
                    ("clinical_grade", 0.15),
                    ("parking", 0.5),
                ],
                hours: 65,
                ..plain
            },
            Kind::Library => Terms {
                running: (68.0, 100.0),
                rates: 22.0,
                backlog: (80.0, 420.0),
                leased: 0.1,
                ..plain
            },
            Kind::Health => Terms {
                running: (78.0, 110.0),
                variable: 36.0,
                rates: 30.0,
                backlog: (40.0, 260.0),
                value: (700.0, 1_200.0),
                rent: (95.0, 145.0),
                leased: 0.3,
                typed: &[("clinical_m2", 0.55)],
                offers: &[
                    ("network", 1.0),
                    ("step_free", 0.98),
                    ("clinical_grade", 1.0),
                    ("private_rooms", 1.0),
                    ("parking", 0.7),
                ],
                hours: 62,
            },
            Kind::Jobcentre => Terms {
                running: (72.0, 96.0),
                variable: 32.0,
                rates: 40.0,
                backlog: (0.0, 60.0),
                rent: (105.0, 150.0),
                leased: 1.0,
                offers: &[("network", 1.0), ("step_free", 1.0), ("private_rooms", 1.0)],
                ..plain
            },
            Kind::Police => Terms {
                running: (74.0, 104.0),
                variable: 32.0,
                rates: 32.0,
                backlog: (100.0, 420.0),
                value: (550.0, 950.0),
                leased: 0.1,
                typed: &[("secure_m2", 0.12)],
                offers: &[
                    ("network", 1.0),
                    STEP,
                    ("private_rooms", 1.0),
                    ("secure_entrance", 1.0),
                    ("parking", 0.7),
                ],
                hours: 168,
                ..plain
            },
            Kind::Fire => Terms {
                offers: &[
                    ("network", 1.0),
                    STEP,
                    ("private_rooms", 0.4),
                    ("parking", 1.0),
                ],
                hours: 168,
                ..plain
            },
            Kind::Children => Terms {
                rates: 14.0,
                backlog: (60.0, 250.0),
                leased: 0.15,
                offers: &[
                    ("network", 0.25),
                    ("step_free", 1.0),
                    ("private_rooms", 0.8),
                ],
                ..plain
            },
            Kind::Community => Terms {
                running: (50.0, 76.0),
                variable: 22.0,
                rates: 8.0,
                value: (350.0, 650.0),
                leased: 0.3,
                hours: 75,
                ..plain
            },
            Kind::Learning => Terms {
                leased: 0.25,
                hours: 68,
                ..plain
            },
            Kind::Probation => Terms {
                running: (72.0, 92.0),
                rates: 36.0,
                leased: 0.85,
                rent: (95.0, 140.0),
                offers: &[
                    ("network", 1.0),
                    STEP,
                    ("private_rooms", 1.0),
                    ("secure_entrance", 1.0),
                ],
                ..plain
            },
            Kind::Depot => Terms {
                running: (34.0, 52.0),
                rates: 18.0,
                backlog: (20.0, 160.0),
                value: (300.0, 600.0),
                typed: &[("storage_m2", 0.7)],
                offers: &[("network", 1.0), ("step_free", 0.6), ("parking", 1.0)],
                ..plain
            },
        }
    }
}

/// A kind of work, as `[[service]]` and the access rules need it.
pub(super) struct Work {
    /// Id of the service.
    pub(super) id: &'static str,
    /// Its name.
    pub(super) name: &'static str,
    /// Whether the public comes to it.
    pub(super) counter: bool,
    /// Whose demand it serves: a demand expression over ages, or `population`.
    pub(super) demand: (&'static str, usize, usize),
    /// Whether its teams may merge.
    pub(super) may_merge: bool,
    /// Space it needs.
    pub(super) space: &'static str,
    /// Tags a building must offer.
    pub(super) needs: &'static [&'static str],
    /// Most of them in one building.
    pub(super) most: u32,
    /// Furthest it may move, km of travel.
    pub(super) move_km: f64,
    /// Distance of its share rule, km of travel; none for work without one.
    pub(super) within_km: f64,
    /// A group protected by a share rule of its own.
    pub(super) group: Option<&'static str>,
}

const PLAIN: Work = Work {
    id: "",
    name: "",
    counter: true,
    demand: ("population", 0, 90),
    may_merge: false,
    space: "public",
    needs: &["step_free"],
    most: 1,
    move_km: 8.0,
    within_km: 4.0,
    group: None,
};

/// Every kind of work, in the order of `place.toml`.
pub(super) const WORK: [Work; 12] = [
    Work {
        id: "library",
        name: "Library",
        within_km: 3.2,
        group: Some("over_65"),
        ..PLAIN
    },
    Work {
        id: "gp",
        name: "General practice",
        space: "clinical",
        needs: &["step_free", "clinical_grade"],
        most: 2,
        within_km: 2.4,
        group: Some("no_car"),
        move_km: 6.4,
        ..PLAIN
    },
    Work {
        id: "jobcentre",
        name: "Jobcentre",
        demand: ("16..66", 16, 66),
        needs: &["step_free", "private_rooms"],
        within_km: 8.0,
        move_km: 12.0,
        ..PLAIN
    },
    Work {
        id: "police_counter",
        name: "Police counter",
        within_km: 6.4,
        move_km: 10.0,
        ..PLAIN
    },
    Work {
        id: "childrens_centre",
        name: "Children's centre",
        demand: ("0..4", 0, 4),
        within_km: 3.2,
        group: Some("no_car"),
        ..PLAIN
    },
    Work {
        id: "community_hub",
        name: "Community hub",
        may_merge: true,
        within_km: 3.2,
        ..PLAIN
    },
    Work {
        id: "registrar",
        name: "Registrar",
        demand: ("16..", 16, 90),
        within_km: 12.0,
        move_km: 12.0,
        ..PLAIN
    },
    Work {
        id: "housing_office",
        name: "Housing office",
        needs: &["step_free", "private_rooms"],
        within_km: 8.0,
        move_km: 12.0,
        ..PLAIN
    },
    Work {
        id: "adult_learning",
        name: "Adult learning",
        demand: ("16..", 16, 90),
        within_km: 8.0,
        move_km: 12.0,
        ..PLAIN
    },
    Work {
        id: "probation",
        name: "Probation",
        demand: ("18..64", 18, 64),
        needs: &["private_rooms"],
        within_km: 12.0,
        move_km: 16.0,
        ..PLAIN
    },
    Work {
        id: "fire_station",
        name: "Fire station",
        counter: false,
        space: "any",
        needs: &[],
        ..PLAIN
    },
    Work {
        id: "back_office",
        name: "Back office",
        counter: false,
        may_merge: false,
        space: "office",
        needs: &["network"],
        move_km: 16.0,
        most: 99,
        ..PLAIN
    },
];

/// The position of a kind of work.
pub(super) fn work(id: &str) -> usize {
    WORK.iter()
        .position(|work| work.id == id)
        .unwrap_or(WORK.len() - 1)
}

/// Floor a member of staff needs by the demo's standard: 7 desks for 10 people, 10 m² each.
pub(super) const M2_PER_FTE: f64 = 7.0;

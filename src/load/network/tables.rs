//! The tables of demand and of facilities.

use super::read::Read;
use super::{NetworkTables, Noticed, Places};
use crate::load::{BUILDING_FIELDS, Field, Kind, Table, ZONE_FIELDS};
use crate::place::{Finding, Location, Severity};
use crate::siting::classical::{Demand, Facility, Role};

/// A field of ours, with the names that spopt, ArcGIS and plain tables give it.
const fn field(name: &'static str, kind: Kind, aliases: &'static [&'static str]) -> Field {
    Field {
        name,
        kind,
        aliases,
    }
}

const WEIGHT: Field = field(
    "weight",
    Kind::Number,
    &[
        "weights",
        "demand",
        "demandweight",
        "population",
        "pop",
        "people",
        "totalpopulation",
        "residents",
    ],
);
const CAPACITY: Field = field("capacity", Kind::Number, &["facilitycapacity", "cap"]);
const FIXED: Field = field(
    "fixed_cost",
    Kind::Money,
    &["fixed", "fixedcost", "facilitycost", "openingcost"],
);
const ROLE: Field = field(
    "role",
    Kind::Category,
    &["facilitytype", "predefined", "required"],
);

/// The table of who is to be served, before its places are settled.
pub(super) struct DemandTable {
    pub(super) read: Read,
    weights: bool,
}

impl DemandTable {
    pub(super) fn open(table: Table, asked: &NetworkTables, noticed: &mut Noticed) -> DemandTable {
        let own = [
            ("zone_id", "--demand-id", &asked.demand_id),
            ("weight", "--weight", &asked.weight),
        ];
        let read = Read::new(
            table,
            ZONE_FIELDS,
            &[WEIGHT],
            "zone_id",
            &own,
            Vec::new(),
            noticed,
        );
        let weights = read.columns.has("weight");
        if !weights {
            noticed.findings.push(
                Finding::new("demand-not-given", Severity::Default, read.table.whole())
                    .cause("no column holds a weight")
                    .action("every row counts as 1; name the column with --weight"),
            );
        }
        DemandTable { read, weights }
    }

    /// The demand, with the points of the other table around it.
    pub(super) fn places(self, others: Vec<Location>, noticed: &mut Noticed) -> Places<Demand> {
        let DemandTable { mut read, weights } = self;
        let things = read.each(noticed, |read, record, id, findings| Demand {
            id,
            weight: if weights {
                read.amount(record, "weight", findings)
            } else {
                1.0
            },
        });
        read.placed(things, others, noticed)
    }
}

/// The table of where from, before its places are settled.
pub(super) struct FacilityTable {
    pub(super) read: Read,
    capacity: Option<f64>,
    fixed: Option<f64>,
}

impl FacilityTable {
    pub(super) fn open(
        table: Table,
        asked: &NetworkTables,
        demand: Vec<Location>,
        noticed: &mut Noticed,
    ) -> FacilityTable {
        let constant = |asked: &Option<String>| -> Option<f64> {
            let text = asked.as_ref()?;
            if table.column(text).is_some() {
                None
            } else {
                text.parse().ok()
            }
        };
        let (capacity, fixed) = (constant(&asked.capacity), constant(&asked.fixed_cost));
        let column = |asked: &Option<String>, constant: Option<f64>| {
            if constant.is_some() {
                None
            } else {
                asked.clone()
            }
        };
        let own = [
            ("asset_id", "--facility-id", &asked.facility_id),
            ("capacity", "--capacity", &column(&asked.capacity, capacity)),
            ("fixed_cost", "--fixed", &column(&asked.fixed_cost, fixed)),
            ("role", "--facility-type", &asked.role),
        ];
        let more = [CAPACITY, FIXED, ROLE];
        let read = Read::new(
            table,
            BUILDING_FIELDS,
            &more,
            "asset_id",
            &own,
            demand,
            noticed,
        );
        for (needed, field, what, option, given) in [
            (
                asked.needs_fixed_cost,
                "fixed_cost",
                "fixed costs",
                "--fixed",
                &asked.fixed_cost,
            ),
            (
                asked.needs_capacity,
                "capacity",
                "capacities",
                "--capacity",
                &asked.capacity,
            ),
        ] {
            if needed && given.is_none() && !read.columns.has(field) {
                noticed.findings.push(
                    Finding::new("missing-column", Severity::Error, read.table.whole())
                        .cause(format!("the problem needs {what}, and no column is known to hold them"))
                        .action(format!(
                            "name the column with `{option} COLUMN`, or give one number for all: `{option} 0`"
                        )),
                );
            }
        }
        FacilityTable {
            read,
            capacity,
            fixed,
        }
    }

    /// The facilities, with the points of the other table around them.
    pub(super) fn places(self, others: Vec<Location>, noticed: &mut Noticed) -> Places<Facility> {
        let FacilityTable {
            mut read,
            capacity,
            fixed,
        } = self;
        let has = |field: &str| read.columns.has(field);
        let (has_capacity, has_fixed, has_role) = (has("capacity"), has("fixed_cost"), has("role"));
        let things = read.each(noticed, |read, record, id, findings| Facility {
            id,
            capacity: capacity
                .or_else(|| has_capacity.then(|| read.amount(record, "capacity", findings))),
            fixed_cost: match fixed {
                Some(fixed) => fixed,
                None if has_fixed => read.amount(record, "fixed_cost", findings),
                None => 0.0,
            },
            role: if has_role {
                read.role(record, findings)
            } else {
                Role::Candidate
            },
        });
        read.placed(things, others, noticed)
    }
}

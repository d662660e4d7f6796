//! The tables of demand and of facilities.

use super::{NetworkTables, Noticed, Places};
use crate::load::cells;
use crate::load::rows::set_aside_totals;
use crate::load::whole::no_such_column;
use crate::load::{
    BUILDING_FIELDS, Columns, Field, Kind, LocateOptions, POINT_FIELDS, Record, Table, ZONE_FIELDS,
    locate,
};
use crate::place::{Finding, Location, Severity};
use crate::siting::classical::{Demand, Facility, Role};
use std::collections::{BTreeMap, HashMap};

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

/// Reads who is to be served.
pub(super) fn demand(table: Table, asked: &NetworkTables, noticed: &mut Noticed) -> Places<Demand> {
    let own = [
        ("zone_id", "--demand-id", &asked.demand_id),
        ("weight", "--weight", &asked.weight),
    ];
    let mut read = Read::new(table, ZONE_FIELDS, &[WEIGHT], "zone_id", &own, noticed);
    let weights = read.columns.has("weight");
    if !weights {
        noticed.findings.push(
            Finding::new("demand-not-given", Severity::Default, read.table.whole())
                .cause("no column holds a weight")
                .action("every row counts as 1; name the column with --weight"),
        );
    }
    let things = read.each(noticed, |read, record, id, findings| Demand {
        id,
        weight: if weights {
            read.amount(record, "weight", findings)
        } else {
            1.0
        },
    });
    read.placed(things)
}

/// Reads where from.
pub(super) fn facilities(
    table: Table,
    asked: &NetworkTables,
    noticed: &mut Noticed,
) -> Places<Facility> {
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
    let mut read = Read::new(
        table,
        BUILDING_FIELDS,
        &[CAPACITY, FIXED, ROLE],
        "asset_id",
        &own,
        noticed,
    );
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
    read.placed(things)
}

/// A table, its columns, and where its records are.
struct Read {
    table: Table,
    columns: Columns,
    id: &'static str,
    at: Vec<Option<Location>>,
    names: Vec<String>,
}

impl Read {
    fn new(
        mut table: Table,
        fields: &'static [Field],
        more: &[Field],
        id: &'static str,
        own: &[(&str, &str, &Option<String>)],
        noticed: &mut Noticed,
    ) -> Read {
        // What a table of places and one of points call an id, a name and coordinates.
        let kept = |field: &&Field| ["crs", "grid", "name", id].contains(&field.name);
        let mut known: Vec<Field> = more.to_vec();
        known.extend(fields.iter().filter(kept));
        let anybody = [fields, BUILDING_FIELDS, ZONE_FIELDS, POINT_FIELDS].concat();
        let coordinate = |field: &Field| field.kind == Kind::Coordinate;
        known.extend(anybody.into_iter().filter(coordinate));
        known.extend(POINT_FIELDS.iter().filter(|field| field.name == "point_id"));
        let mut overrides = BTreeMap::new();
        for (field, flag, asked) in own {
            let Some(column) = asked else { continue };
            if table.column(column).is_some() {
                overrides.insert((*field).to_owned(), column.clone());
            } else {
                noticed.findings.push(no_such_column(&table, column, flag));
            }
        }
        let findings = &mut noticed.findings;
        let columns = Columns::recognise(&table, &known, &overrides, findings);
        set_aside_totals(&mut table, &columns, findings, &mut noticed.rejected);
        // Demand is often areas, whose own points are better than the middle of their outlines.
        let options = LocateOptions {
            areas: id == "zone_id",
            ..LocateOptions::default()
        };
        let located = locate(&mut table, &columns, &options, findings);
        let names = table
            .records
            .iter()
            .map(|record| columns.text(record, "name").unwrap_or_default());
        Read {
            names: names.collect(),
            at: located
                .into_iter()
                .map(|located| located.map(|(at, _)| at))
                .collect(),
            id,
            columns,
            table,
        }
    }

    /// One thing for each record, by its id: the id column's cell, else the name where there is no such column,
    /// else the record's number. Ids that repeat are errors.
    fn each<T>(
        &mut self,
        noticed: &mut Noticed,
        make: impl Fn(&Read, &Record, String, &mut Vec<Finding>) -> T,
    ) -> Vec<T> {
        let column = [self.id, "point_id", "name"]
            .into_iter()
            .find(|field| self.columns.has(field));
        let mut seen: HashMap<String, u64> = HashMap::new();
        let mut things = Vec::new();
        for record in &self.table.records {
            let text = column.and_then(|column| self.columns.text(record, column));
            let id = text.unwrap_or_else(|| record.at.record.to_string());
            if let Some(first) = seen.insert(id.clone(), record.at.record) {
                noticed.findings.push(
                    Finding::new("duplicate-id", Severity::Error, record.at.clone())
                        .column(
                            column
                                .and_then(|column| self.columns.header(column))
                                .unwrap_or_default(),
                        )
                        .cell(id.clone())
                        .cause(format!("the id already stands in record {first}"))
                        .action("give each row an id of its own, or name another column"),
                );
            }
            things.push(make(self, record, id, &mut noticed.findings));
        }
        if things.is_empty() {
            noticed.findings.push(
                Finding::new("file-empty", Severity::Error, self.table.whole())
                    .cause("no row can be used")
                    .action("see what was set aside, and why"),
            );
        }
        things
    }

    /// A number that is not negative; anything else is an error.
    fn amount(&self, record: &Record, field: &str, findings: &mut Vec<Finding>) -> f64 {
        let number = match field {
            "fixed_cost" => self.columns.money(record, field, findings),
            _ => self.columns.number(record, field, findings),
        };
        let cell = self.columns.raw(record, field).unwrap_or_default();
        match number {
            Some(number) if number >= 0.0 || field == "fixed_cost" => number,
            _ => {
                findings.push(
                    Finding::new("number-not-read", Severity::Error, record.at.clone())
                        .column(self.columns.header(field).unwrap_or_default())
                        .cell(cell)
                        .cause("this is to be a number, and not negative")
                        .action("correct the cell"),
                );
                0.0
            }
        }
    }

    /// Candidate, required or excluded, in the words or the numbers of ArcGIS, or yes for required.
    fn role(&self, record: &Record, findings: &mut Vec<Finding>) -> Role {
        let cell = self.columns.raw(record, "role").unwrap_or_default();
        match cells::text(cell)
            .unwrap_or_default()
            .to_lowercase()
            .as_str()
        {
            // What an earlier answer chose is a candidate in the next question.
            "" | "0" | "3" | "candidate" | "chosen" | "no" | "false" => Role::Candidate,
            "1" | "required" | "keep" | "yes" | "true" | "open" => Role::Required,
            "excluded" | "close" | "closed" | "exclude" => Role::Excluded,
            "2" | "competitor" => {
                findings.push(
                    Finding::new("competitor-left-out", Severity::Warn, record.at.clone())
                        .column(self.columns.header("role").unwrap_or_default())
                        .cell(cell)
                        .cause("competitors matter for shares of a market, which none of these problems asks about")
                        .action("excluded; say `required` if it serves this demand as well"),
                );
                Role::Excluded
            }
            _ => {
                findings.push(
                    Finding::new("unknown-category", Severity::Error, record.at.clone())
                        .column(self.columns.header("role").unwrap_or_default())
                        .cell(cell)
                        .cause("a facility is a candidate, required or excluded")
                        .action("write one of these words"),
                );
                Role::Candidate
            }
        }
    }

    fn placed<T>(self, things: Vec<T>) -> Places<T> {
        Places {
            things,
            names: self.names,
            at: self.at,
        }
    }
}

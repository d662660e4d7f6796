//! A table of a network: its ids, names, numbers and places.

use super::{Noticed, Places};
use crate::load::coordinates::{Pair, split};
use crate::load::locate::Spots;
use crate::load::rows::set_aside_totals;
use crate::load::whole::no_such_column;
use crate::load::{
    Around, BUILDING_FIELDS, Columns, Field, Kind, LocateOptions, Neighbours, POINT_FIELDS, Record,
    Table, ZONE_FIELDS, cells,
};
use crate::place::{Finding, Location, Severity};
use crate::siting::LARGEST;
use crate::siting::classical::Role;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Codes that the United States give their areas: the ids of a table that has no others, whatever it is of.
const AREA_CODE: Field = Field {
    name: "area_code",
    kind: Kind::Code,
    aliases: &[
        "geoid",
        "geoid10",
        "geoid20",
        "geoidfq",
        "affgeoid",
        "fips",
        "fipscode",
        "countyfips",
        "stcofips",
    ],
};

/// A table, its columns, and where its records are.
pub(super) struct Read {
    pub(super) table: Table,
    pub(super) columns: Columns,
    id: &'static str,
    /// The option that names the column of the ids.
    id_option: &'static str,
    options: LocateOptions,
    spots: Spots,
    names: Vec<String>,
}

impl Read {
    pub(super) fn new(
        mut table: Table,
        fields: &'static [Field],
        more: &[Field],
        id: &'static str,
        own: &[(&str, &'static str, &Option<String>)],
        others: Vec<Location>,
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
        known.push(AREA_CODE);
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
        let named = ["name", id, "point_id", AREA_CODE.name];
        let mut said = Vec::new();
        let mut columns = Columns::recognise(&table, &known, &overrides, &mut said);
        if !named.iter().any(|field| columns.has(field))
            && let Some(header) = names_its_rows(&table)
        {
            findings.push(
                Finding::new("ids-assumed", Severity::Default, table.whole())
                    .column(header.clone())
                    .cause("no column is known as its ids or names, and this one alone tells its rows apart in words")
                    .action(match own.first() {
                        Some((_, option, _)) => format!("taken for them; {option} names another"),
                        None => "taken for them".to_owned(),
                    }),
            );
            overrides.insert("name".to_owned(), header);
            said.clear();
            columns = Columns::recognise(&table, &known, &overrides, &mut said);
        }
        findings.append(&mut said);
        set_aside_totals(&mut table, &columns, findings, &mut noticed.rejected);
        // Demand is often areas, whose own points are better than the middle of their outlines.
        let options = LocateOptions {
            areas: id == "zone_id",
            around: match others.is_empty() {
                true => Around::Unknown,
                false => Around::OtherTable(Neighbours::new(others)),
            },
            ..LocateOptions::default()
        };
        let spots = Spots::read(&mut table, &columns, &options, findings);
        let names = table
            .records
            .iter()
            .map(|record| columns.text(record, "name").unwrap_or_default());
        Read {
            names: names.collect(),
            options,
            spots,
            id,
            id_option: own.first().map_or("", |(_, option, _)| option),
            columns,
            table,
        }
    }

    /// One thing for each record, by its id. Ids that repeat are errors.
    pub(super) fn each<T>(
        &mut self,
        noticed: &mut Noticed,
        make: impl Fn(&Read, &Record, String, &mut Vec<Finding>) -> T,
    ) -> Vec<T> {
        let column = self.id_column();
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
                        .action(format!(
                            "give each row an id of its own, or name another column with {}",
                            self.id_option
                        )),
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

    /// The field of the ids: a column of ids, one of codes of areas where each row has its own, else the names; `None`
    /// where rows are called by their number.
    fn id_column(&self) -> Option<&'static str> {
        let own = [self.id, "point_id"]
            .into_iter()
            .find(|field| self.columns.has(field));
        let area = Some(AREA_CODE.name).filter(|field| self.tells_apart(field));
        let name = Some("name").filter(|field| self.columns.has(field));
        own.or(area).or(name)
    }

    /// Whether each row has a text of its own in a column.
    fn tells_apart(&self, field: &str) -> bool {
        let mut seen = HashSet::new();
        let mut rows = self.table.records.iter();
        self.columns.has(field)
            && rows.all(|record| {
                let text = self.columns.text(record, field);
                text.is_some_and(|text| seen.insert(text))
            })
    }

    /// A number that is not negative; anything else is an error.
    pub(super) fn amount(&self, record: &Record, field: &str, findings: &mut Vec<Finding>) -> f64 {
        let number = match field {
            "fixed_cost" => self.columns.money(record, field, findings),
            _ => self.columns.number(record, field, findings),
        };
        let cell = self.columns.raw(record, field).unwrap_or_default();
        match number {
            // What is as good as boundless may be any number.
            Some(number)
                if (number >= 0.0 || field == "fixed_cost")
                    && (number.abs() <= LARGEST || field == "capacity") =>
            {
                number
            }
            _ => {
                findings.push(
                    Finding::new("number-not-read", Severity::Error, record.at.clone())
                        .column(self.columns.header(field).unwrap_or_default())
                        .cell(cell)
                        .cause("this is to be a number, not negative and at most 1e18")
                        .action("correct the cell"),
                );
                0.0
            }
        }
    }

    /// Candidate, required or excluded, in the words or the numbers of ArcGIS, or yes for required.
    pub(super) fn role(&self, record: &Record, findings: &mut Vec<Finding>) -> Role {
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

    /// Where the records say they are.
    pub(super) fn points(&self) -> Vec<Location> {
        self.spots.points()
    }

    /// The things of its records with their places. A point far from the rest may be right: the points of the other
    /// table tell.
    pub(super) fn placed<T>(
        self,
        things: Vec<T>,
        others: Vec<Location>,
        noticed: &mut Noticed,
    ) -> Places<T> {
        let ids = self
            .id_column()
            .and_then(|field| self.columns.header(field));
        let ids = ids.map(str::to_owned);
        let Read {
            mut table,
            columns,
            mut options,
            spots,
            names,
            ..
        } = self;
        options.around = Around::OtherTable(Neighbours::new(others));
        let located = spots.settle(&mut table, &columns, &options, &mut noticed.findings);
        let lacks = lacking(&table, &columns);
        let rows = table.records.into_iter().map(|record| record.at);
        let at = located.into_iter().map(|located| located.map(|(at, _)| at));
        Places {
            things,
            names,
            at: at.collect(),
            rows: rows.collect(),
            ids,
            lacks,
        }
    }
}

/// The one column whose cells are words, none of them blank and none twice.
fn names_its_rows(table: &Table) -> Option<String> {
    let tells = |column: &usize| {
        let mut seen = HashSet::new();
        table.records.iter().all(|record| {
            let cell = record.cell(*column).trim();
            cell.contains(char::is_alphabetic)
                && split(cell) == Pair::Text(Vec::new())
                && seen.insert(cell)
        })
    };
    let mut found = (0..table.header.len()).filter(tells);
    let column = found.next().filter(|_| table.records.len() > 1)?;
    found.next().is_none().then(|| table.header[column].clone())
}

/// What a table lacks to be placed: the half of its coordinates that has no column, or all of them.
fn lacking(table: &Table, columns: &Columns) -> Option<String> {
    let mut pairs = [
        ("lon", "lat", "longitude", "latitude"),
        ("easting", "northing", "easting", "northing"),
    ]
    .into_iter();
    if table.has_shapes {
        return None;
    }
    let one = |found: &str, is: &str, lacks: &str| {
        let header = columns.header(found)?;
        Some(format!(
            "`{header}` is its {is}, and no column is known as its {lacks}"
        ))
    };
    let half = pairs.find_map(
        |(x, y, of_x, of_y)| match (columns.has(x), columns.has(y)) {
            (true, false) => one(x, of_x, of_y),
            (false, true) => one(y, of_y, of_x),
            _ => None,
        },
    );
    let known = ["lon", "easting", "grid", "postcode"];
    half.or_else(|| {
        let none = !known.iter().any(|field| columns.has(field));
        none.then(|| format!("its columns are {}", listed(&table.header)))
    })
}

/// The first headings of a table, in their marks.
fn listed(header: &[String]) -> String {
    let shown: Vec<String> = header
        .iter()
        .take(12)
        .map(|name| format!("`{name}`"))
        .collect();
    let more = if header.len() > shown.len() {
        " and more"
    } else {
        ""
    };
    format!("{}{more}", shown.join(", "))
}

//! One row of a register to one building.

use super::frame::Named;
use super::reading::{column_named, no_such_column, shared};
use super::usage::{hours, resources};
use super::{running_rate, whose};
use crate::load::config::{BuildingsConfig, ScopeConfig, ScopeRole};
use crate::load::words;
use crate::load::words::Ended;
use crate::load::{Columns, Located, Record, Table, plain};
use crate::place::words as numbers;
use crate::place::{
    AgencyIx, Areas, Building, Commitment, Energy, Finance, Finding, Gbp, GbpPerYear, Grade,
    Graded, Lock, NO_LOCATION, Precision, Proposal, Role, Severity, SpaceType, SquareMetres,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A building as its row gives it, before ids are unique and areas settled.
pub(super) struct Row {
    /// The building; it has no id yet.
    pub building: Building,
    /// The campus it names: id, name, shared cost.
    pub site: Option<(String, Option<String>, Option<f64>)>,
}

/// What reading a row needs to know.
pub(super) struct RowReader<'a> {
    /// The recognised columns.
    pub columns: &'a Columns,
    /// Scope rows with the positions of their columns.
    pub scope: Vec<(usize, &'a ScopeConfig, Vec<String>)>,
    /// The agency of the whole table.
    pub agency: Option<AgencyIx>,
    /// Agencies by name.
    pub named: &'a Named,
    /// Shares and defaults.
    pub finance: &'a Finance,
    /// The base date.
    pub base_date: Date,
    /// Whether most rows say that a government above a town owns them.
    pub of_government: bool,
    /// What its running costs for each square metre mean.
    pub rate: running_rate::Meaning,
}

/// Why a row is set aside: code, cause, action.
pub(super) type Refused = (&'static str, String, String);

/// Finds the columns that `[[buildings.scope]]` names.
pub(super) fn scope_columns<'a>(
    block: &'a BuildingsConfig,
    table: &Table,
    findings: &mut Vec<Finding>,
) -> Vec<(usize, &'a ScopeConfig, Vec<String>)> {
    let mut scope = Vec::new();
    for step in &block.scope {
        match column_named(table, &step.column) {
            Some(at) => {
                let values: Vec<_> = step.values.0.iter().map(|value| plain(value)).collect();
                for value in &values {
                    let found =
                        value == "*" || table.records.iter().any(|r| plain(r.cell(at)) == *value);
                    if !found {
                        findings.push(
                            Finding::new("scope-value-unused", Severity::Warn, table.whole())
                                .column(step.column.clone())
                                .cell(value.clone())
                                .cause("no row has this value of `scope`")
                                .action("nothing is mapped by it"),
                        );
                    }
                }
                scope.push((at, step, values));
            }
            None => findings.push(no_such_column(table, &step.column, "scope")),
        }
    }
    scope
}

impl RowReader<'_> {
    /// Reads one row.
    pub(super) fn read(
        &self,
        record: &Record,
        located: Located,
        findings: &mut Vec<Finding>,
    ) -> Result<Row, Refused> {
        let c = self.columns;
        let agency = self.agency_of(record)?;
        let register_id = c.text(record, "asset_id");
        let name = c.text(record, "name");
        if register_id.is_none()
            && name.is_none()
            && located.is_none()
            && ["uprn", "address", "street"]
                .iter()
                .all(|field| c.text(record, field).is_none())
        {
            return Err((
                "empty-building",
                "the row has no id, name, UPRN, address or place".into(),
                "set aside".into(),
            ));
        }
        let uprn = c.uprn(record, "uprn", findings);
        let postcode = c.postcode(record, "postcode", findings);
        let address = self.address(record);
        let name = name.or_else(|| address.clone()).unwrap_or_else(|| {
            register_id
                .clone()
                .unwrap_or_else(|| format!("row {}", record.at.record))
        });
        let tenure = self.tenure(record, agency, findings);
        let floor = c.area(record, "floor_area_m2", findings);
        self.doubt_size(record, "floor_area_m2", floor, findings);
        let (gross, net) = match self.is_net(record, findings) {
            true => (None, floor),
            false => (floor, None),
        };
        let usable = self.usable(record, gross, net, findings);
        let site = c.text(record, "site_id").map(|id| {
            let shared = c.money(record, "site_running_gbp", findings);
            (id, c.text(record, "site_name"), shared)
        });
        let (running, running_per_m2) = self.running(record, floor, findings);
        let value = c.money(record, "value_gbp", findings);
        let flags = self.flags(record, findings);
        let terms = self.receipt_terms(record, &flags, findings);
        let part = self.part(record, &usable, findings);
        let building = Building {
            id: "".into(),
            register_id: register_id.map(Into::into),
            uprn: uprn.map(Into::into),
            name,
            address: address.map(Into::into),
            postcode: postcode.map(Into::into),
            agency,
            location: located.map(|(location, _)| location),
            precision: located.map(|(_, precision)| precision),
            role: self.role(record, agency, located.map(|(_, p)| p), gross, findings),
            occupancy: self.occupancy(record, findings),
            lock: self.lock(record, findings),
            tenure,
            gross_area: gross,
            usable,
            resources: resources(c, record, findings).into(),
            running_fixed: graded(running.map(GbpPerYear), c.text(record, "running_grade")),
            running_per_m2,
            rates: GbpPerYear(c.money(record, "rates_gbp", findings).unwrap_or(0.0)),
            backlog: Gbp(self.sum(record, "backlog_gbp", findings).unwrap_or(0.0)),
            market_value: graded(value.map(Gbp), c.text(record, "value_grade")),
            valued_on: c.date(record, "valued_on", findings),
            receipt_terms: terms.into(),
            part: part.map(Box::new),
            holding_cost: c.money(record, "holding_gbp", findings).map(GbpPerYear),
            flags: flags.into(),
            offers: c
                .list(record, "offers")
                .iter()
                .map(|tag| words::tag(tag))
                .collect::<BTreeSet<_>>()
                .into(),
            hours: hours(c, record, findings).into(),
            site: None,
            part_release: c.yes_no(record, "part_release", findings) == Some(true),
            committed: self.committed(record, findings).map(Box::new),
            proposed: self.proposed(record, findings).map(Box::new),
            energy_rating: c.text(record, "energy_rating").map(Into::into),
            energy: Energy {
                tco2e: c.number(record, "tco2e", findings).filter(|t| *t >= 0.0),
                liability: c.money(record, "epc_liability_gbp", findings).map(Gbp),
            }
            .into(),
            condition: c.text(record, "condition").map(Into::into),
            source: record.at.clone(),
        };
        Ok(Row { building, site })
    }

    fn agency_of(&self, record: &Record) -> Result<AgencyIx, Refused> {
        let stated = self.columns.text(record, "agency").unwrap_or_default();
        let by_row = whose::is_by_row(self.columns);
        let own = self.named.agency(&stated).filter(|_| by_row);
        if let Some(agency) = own.or(self.agency) {
            return Ok(agency);
        }
        self.named.agency(&stated).ok_or_else(|| {
            (
                "unknown-agency",
                format!("`{stated}` is no agency of place.toml"),
                self.named.agency_hint(&stated),
            )
        })
    }

    fn address(&self, record: &Record) -> Option<String> {
        let c = self.columns;
        if let Some(address) = c.text(record, "address") {
            return Some(one_line(&address));
        }
        let street = match (c.text(record, "street_number"), c.text(record, "street")) {
            (Some(number), Some(street)) => Some(format!("{number} {street}")),
            (_, Some(street)) => Some(street),
            (_, None) => None,
        };
        let parts: Vec<_> = [street, c.text(record, "town")]
            .into_iter()
            .flatten()
            .collect();
        (!parts.is_empty()).then(|| one_line(&parts.join(", ")))
    }

    /// The first scope row that fits decides; else land is out, and closed records are.
    fn role(
        &self,
        record: &Record,
        agency: AgencyIx,
        located: Option<Precision>,
        gross: Option<SquareMetres>,
        findings: &mut Vec<Finding>,
    ) -> Role {
        for (column, step, values) in &self.scope {
            let cell = plain(record.cell(*column));
            if values.iter().any(|value| value == "*" || *value == cell) {
                let said = || {
                    step.reason.clone().unwrap_or_else(|| {
                        format!("{} is `{}`", step.column, record.cell(*column).trim())
                    })
                };
                match step.role {
                    ScopeRole::Out => return Role::Out(said().into()),
                    _ if located.is_none() => return Role::Out(NO_LOCATION.into()),
                    ScopeRole::Fixed => return Role::Fixed(said().into()),
                    ScopeRole::Candidate => return Role::Candidate,
                }
            }
        }
        let c = self.columns;
        let land = c
            .text(record, "holding_type")
            .is_some_and(|words| words::is_land(&words));
        if land && gross.is_none_or(|area| area.get() <= 0.0) {
            return Role::Out("land without a building".into());
        }
        if self.has_ended(record, agency, findings) {
            return Role::Out("closed or no longer held".into());
        }
        match located {
            None => Role::Out(NO_LOCATION.into()),
            Some(_) => Role::Candidate,
        }
    }

    /// Whether its status says that it is closed or no longer held, which is told either way.
    fn has_ended(&self, record: &Record, agency: AgencyIx, findings: &mut Vec<Finding>) -> bool {
        let Some(words) = self.columns.text(record, "status") else {
            return false;
        };
        let own = self.named.words_of(agency);
        let ended = words::ended(&words, self.base_date, own);
        let (cause, action) = match ended {
            Ended::No => return false,
            Ended::Yes => (
                "its status says that it is closed or no longer held",
                "out: it is in no sum and no plan; [[buildings.scope]] settles it otherwise",
            ),
            Ended::Unsure => (
                "its status speaks of an end that is to come, of a part, or in words that are not known",
                "kept as it stands; where it is gone, say so by [[buildings.scope]] with role = \"out\"",
            ),
        };
        let found = self.doubted("no-longer-held", record, "status");
        findings.push(found.cause(cause).action(action));
        ended == Ended::Yes
    }

    fn lock(&self, record: &Record, findings: &mut Vec<Finding>) -> Lock {
        let Some(cell) = self.columns.text(record, "lock") else {
            return Lock::Free;
        };
        words::lock(&cell).unwrap_or_else(|| {
            findings.push(self.unread(record, "lock", &cell, "keep, dispose or free"));
            Lock::Free
        })
    }

    /// A doubt about the cell of a column, where its cause and what is done about it are still to be said.
    pub(super) fn doubted(&self, code: &'static str, record: &Record, field: &str) -> Finding {
        let c = self.columns;
        Finding::new(code, Severity::Warn, record.at.clone())
            .column(c.header(field).unwrap_or(field))
            .cell(c.raw(record, field).unwrap_or_default())
    }

    pub(super) fn unread(&self, record: &Record, field: &str, cell: &str, known: &str) -> Finding {
        self.doubted("word-not-read", record, field)
            .cell(cell)
            .cause(format!("the word is none of: {known}"))
            .action("read as missing")
    }

    /// Whether the floor area is a net one, by its heading or by what the row says of it in a column of its own.
    fn is_net(&self, record: &Record, findings: &mut Vec<Finding>) -> bool {
        let c = self.columns;
        if let Some(decided) = c.header("floor_area_m2").and_then(words::basis) {
            return decided == words::Basis::Net;
        }
        let Some(cell) = c.text(record, "area_basis") else {
            return false;
        };
        let basis = words::basis(&cell);
        if basis.is_none() && c.has("floor_area_m2") {
            let found = self.unread(record, "area_basis", &cell, "gia, gea, nia");
            findings.push(found.action("its floor area is read as gross"));
        }
        basis == Some(words::Basis::Net)
    }

    /// Usable floor: by type where typed columns are filled, else the total, else a share of the
    /// gross, else nothing yet (what is in use is put in later).
    fn usable(
        &self,
        record: &Record,
        gross: Option<SquareMetres>,
        net: Option<SquareMetres>,
        findings: &mut Vec<Finding>,
    ) -> Graded<Areas> {
        let c = self.columns;
        let mut areas = BTreeMap::new();
        for space in SpaceType::ALL {
            let field = format!("{}_m2", space.name());
            if let Some(area) = c.area(record, &field, findings)
                && area.get() > 0.0
            {
                areas.insert(space, area);
            }
        }
        let typed: f64 = areas.values().map(|area| area.get()).sum();
        let usable = c.area(record, "usable_m2", findings);
        self.doubt_size(record, "usable_m2", usable, findings);
        let total = usable
            .or(net)
            .map(SquareMetres::get)
            .filter(|area| *area > 0.0);
        if let Some(total) = total {
            let rest = total - typed;
            if rest > 0.5 {
                *areas.entry(SpaceType::Any).or_default() += SquareMetres(rest);
            } else if rest < -0.5 {
                findings.push(
                    Finding::new("areas-disagree", Severity::Warn, record.at.clone())
                        .column(c.header("usable_m2").unwrap_or("usable_m2"))
                        .cell(total.to_string())
                        .cause(format!(
                            "the areas by type add up to {typed:.1} m², more than the total"
                        ))
                        .action("the areas by type are used"),
                );
            }
        }
        if areas.is_empty() {
            let Some(gross) = gross.filter(|gross| gross.get() > 0.0) else {
                return Graded::defaulted(Areas::default());
            };
            let usable = gross * self.finance.usable_share;
            findings.push(
                Finding::new("usable-from-gross", Severity::Default, record.at.clone())
                    .column(c.header("floor_area_m2").unwrap_or("floor_area_m2"))
                    .cell(c.raw(record, "floor_area_m2").unwrap_or_default())
                    .cause("no usable area is stated")
                    .action(format!(
                        "{:.2} × gross = {} m² is used",
                        self.finance.usable_share,
                        numbers::whole(usable.get())
                    )),
            );
            return Graded::stated(Areas::of(SpaceType::Any, usable));
        }
        let areas = Areas::from(areas);
        if let Some(gross) = gross
            && areas.total().get() > gross.get() * 1.001 + 0.5
            && gross.get() > 0.0
        {
            findings.push(
                Finding::new("areas-disagree", Severity::Warn, record.at.clone())
                    .column(c.header("floor_area_m2").unwrap_or("floor_area_m2"))
                    .cell(format!("{}", gross.get()))
                    .cause(format!(
                        "usable {:.1} m² is more than gross",
                        areas.total().get()
                    ))
                    .action("the usable area is used"),
            );
        }
        graded(Some(areas), c.text(record, "space_grade"))
    }

    fn committed(&self, record: &Record, findings: &mut Vec<Finding>) -> Option<Commitment> {
        let stated = self.columns.text(record, "committed")?;
        let date = self.columns.date(record, "committed_date", findings);
        match plain(&stated).as_str() {
            "no" | "n" | "false" | "0" => None,
            _ => Some(Commitment { stated, date }),
        }
    }

    fn proposed(&self, record: &Record, findings: &mut Vec<Finding>) -> Option<Proposal> {
        let cost = self.columns.money(record, "opening_cost_gbp", findings);
        let year = self.columns.number(record, "first_year", findings);
        if cost.is_none() && year.is_none() {
            return None;
        }
        let year = year.unwrap_or(0.0);
        // A calendar year is counted from the base date.
        let year = match year {
            year if year > 1_900.0 => (year - f64::from(self.base_date.year())).max(0.0),
            year => year.max(0.0),
        };
        Some(Proposal {
            opening_cost: Gbp(cost.unwrap_or(0.0)),
            first_year: year.min(200.0) as u32,
        })
    }
}

fn graded<T: Default>(value: Option<T>, grade: Option<String>) -> Graded<T> {
    match value {
        Some(value) => Graded {
            value,
            grade: match grade.as_deref().map(plain).as_deref() {
                Some("measured") => Grade::Measured,
                Some("defaulted" | "default" | "assumed") => Grade::Defaulted,
                _ => Grade::Stated,
            },
        },
        None => Graded::defaulted(T::default()),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The stem of a file, for ids of rows that have none.
pub(super) fn stem(file: &str) -> String {
    let name = shared(file);
    let name = name.rsplit(['/', '\\']).next().unwrap_or(file);
    name.split('.').next().unwrap_or(name).to_string()
}

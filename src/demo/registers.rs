//! The property registers, one file for each kind of agency, with that kind's own headings.

use super::estate::{Body, Estate, Held, Property};

/// A table ready to be written.
pub(super) struct Register {
    /// The sort of body whose buildings it lists.
    pub(super) body: Body,
    /// File name.
    pub(super) file: &'static str,
    /// Its only agency; several agencies are told apart by a column.
    pub(super) agency: Option<usize>,
    pub(super) header: Vec<&'static str>,
    /// Fields whose headings `place.toml` must name.
    pub(super) named: Vec<(&'static str, &'static str)>,
    pub(super) rows: Vec<Vec<String>>,
    /// Whether it lists land too.
    pub(super) has_land: bool,
}

const FILES: [(Body, &str); 8] = [
    (Body::Council, "buildings_council.csv"),
    (Body::District, "buildings_districts.csv"),
    (Body::Nhs, "buildings_nhs.csv"),
    (Body::Police, "buildings_police.csv"),
    (Body::Fire, "buildings_fire.csv"),
    (Body::Dwp, "buildings_dwp.csv"),
    (Body::Justice, "buildings_justice.csv"),
    (Body::Charity, "buildings_charity.csv"),
];

/// Fields in the order of the columns, with the heading most registers have. One that begins with `*`
/// is not recognised by itself and is named in `place.toml`.
const FIELDS: [(&str, &str); 40] = [
    ("asset_id", "Asset ID"),
    ("uprn", "UPRN"),
    ("name", "Name"),
    ("street_number", "No"),
    ("street", "Street"),
    ("town", "Town"),
    ("postcode", "Postcode"),
    ("easting", "Easting"),
    ("northing", "Northing"),
    ("lon", "Longitude"),
    ("lat", "Latitude"),
    ("tenure", "Tenure"),
    ("holding_type", "Land or building"),
    ("lease_start", "Lease start date"),
    ("lease_expiry", "Lease expiry date"),
    ("lease_break", "Break date"),
    ("notice_months", "Break notice months"),
    ("break_penalty_gbp", "Break penalty"),
    ("rent_gbp", "Annual rent"),
    ("rates_gbp", "Business rates"),
    ("may_sublet", "May sublet"),
    ("floor_area_m2", "GIA m2"),
    ("usable_m2", "NIA m2"),
    ("office_m2", "Office area"),
    ("clinical_m2", "Clinical area"),
    ("secure_m2", "Secure area"),
    ("storage_m2", "Storage area"),
    ("any_m2", "*Other floor m2"),
    ("running_gbp", "Running cost"),
    ("running_gbp_m2", "Running cost per m2"),
    ("backlog_gbp", "Backlog maintenance"),
    ("value_gbp", "Asset value"),
    ("valued_on", "Valuation date"),
    ("occupancy", "Occupancy status"),
    ("flags", "Designations"),
    ("offers", "Facilities"),
    ("hours_per_week", "Opening hours per week"),
    ("energy_rating", "EPC"),
    ("condition", "Condition"),
    ("agency", "Organisation"),
];

/// Columns of a campus, where a register has one.
const CAMPUS: [(&str, &str); 3] = [
    ("site_id", "Campus ID"),
    ("site_name", "Campus name"),
    ("site_running_gbp", "Campus running cost"),
];

/// Headings in which a kind of body differs from most: the Transparency Code, the estates return of
/// the NHS, the government's property record, a charity's own list.
fn own_headings(body: Body) -> &'static [(&'static str, &'static str)] {
    match body {
        Body::Council | Body::District => &[
            ("uprn", "Unique Property Reference Number (UPRN)"),
            ("asset_id", "Unique Asset ID"),
            ("town", "Post Town"),
            ("postcode", "Post Code"),
            ("easting", "X Co-ordinate"),
            ("northing", "Y Co-ordinate"),
            ("running_gbp", "Total building operation cost (£)"),
            ("backlog_gbp", "Required maintenance (£)"),
            ("energy_rating", "Energy performance rating"),
        ],
        Body::Nhs => &[
            ("asset_id", "Site Code"),
            ("name", "Site Name"),
            ("street", "Street Name"),
            ("floor_area_m2", "*Gross internal floor area (m2)"),
            ("clinical_m2", "Clinical space"),
            ("any_m2", "*Non-clinical space (m2)"),
            ("running_gbp", "Estates cost (£)"),
            ("backlog_gbp", "Risk adjusted backlog cost (£)"),
            ("value_gbp", "Net book value (£)"),
        ],
        Body::Dwp | Body::Justice => &[
            ("asset_id", "Property Reference"),
            ("name", "Property Name"),
            ("street_number", "Number"),
            ("town", "Town/City"),
            ("lease_break", "Earliest Break Date"),
            ("notice_months", "Break Notice Term"),
            ("floor_area_m2", "Floor Area"),
            ("usable_m2", "Net Internal Area"),
        ],
        Body::Police => &[
            ("asset_id", "PropertyRef"),
            ("name", "Building"),
            ("floor_area_m2", "GIA_sqm"),
        ],
        Body::Fire => &[("asset_id", "Asset No"), ("name", "Station name")],
        Body::Charity => &[
            ("asset_id", "Ref"),
            ("name", "Premises"),
            ("rent_gbp", "Rent"),
            ("rates_gbp", "Rates"),
            ("floor_area_m2", "Floor area"),
            ("usable_m2", "Usable area"),
        ],
    }
}

/// The columns of a register: field and heading.
fn columns(body: Body) -> Vec<(&'static str, &'static str)> {
    let grid = matches!(body, Body::Council | Body::District | Body::Police);
    FIELDS
        .into_iter()
        .chain(CAMPUS)
        .filter(|(field, _)| match *field {
            "easting" | "northing" => grid,
            "lon" | "lat" => !grid,
            _ => true,
        })
        .map(|(field, usual)| {
            let own = own_headings(body).iter().find(|(name, _)| *name == field);
            (field, own.map_or(usual, |(_, heading)| heading))
        })
        .collect()
}

/// The registers of an estate; a kind of body without buildings has none.
pub(super) fn registers(estate: &Estate, places: &[(f64, f64)]) -> Vec<Register> {
    FILES
        .iter()
        .filter_map(|(body, file)| register(estate, *body, file, places))
        .collect()
}

fn register(
    estate: &Estate,
    body: Body,
    file: &'static str,
    places: &[(f64, f64)],
) -> Option<Register> {
    let agencies: Vec<usize> = (0..estate.agencies.len())
        .filter(|at| estate.agencies[*at].body == body)
        .collect();
    let held: Vec<(&Property, (f64, f64))> = estate
        .properties
        .iter()
        .zip(places.iter().copied())
        .filter(|(property, _)| estate.agencies[property.agency].body == body)
        .collect();
    if held.is_empty() {
        return None;
    }
    let mut columns = columns(body);
    let has_land = held.iter().any(|(property, _)| property.land);
    columns.retain(|(field, _)| match *field {
        "agency" => agencies.len() > 1,
        "holding_type" => has_land,
        _ => true,
    });
    // A column nobody fills is not in the file.
    columns.retain(|(field, _)| {
        held.iter()
            .any(|(property, at)| !cell(estate, property, field, *at).is_empty())
    });
    let rows = held
        .iter()
        .map(|(property, at)| {
            columns
                .iter()
                .map(|(field, _)| cell(estate, property, field, *at))
                .collect()
        })
        .collect();
    Some(Register {
        body,
        file,
        agency: (agencies.len() == 1).then(|| agencies[0]),
        header: columns
            .iter()
            .map(|(_, heading)| heading.trim_start_matches('*'))
            .collect(),
        named: columns
            .iter()
            .filter_map(|(field, heading)| Some((*field, heading.strip_prefix('*')?)))
            .collect(),
        rows,
        has_land,
    })
}

/// One cell, by the field's canonical name.
fn cell(estate: &Estate, property: &Property, field: &str, at: (f64, f64)) -> String {
    let lease = match &property.held {
        Held::Lease(lease) => Some(lease),
        _ => None,
    };
    let site = property.site.map(|at| &estate.campuses[at]);
    let some = |number: u32| {
        if number == 0 {
            String::new()
        } else {
            number.to_string()
        }
    };
    let leased = |text: &dyn Fn(&super::estate::Lease) -> String| lease.map_or(String::new(), text);
    match field {
        "asset_id" => property.id.clone(),
        "uprn" => property.uprn.clone(),
        "name" => property.name.clone(),
        "street_number" => property.number.to_string(),
        "street" => property.street.clone(),
        "town" => property.town.clone(),
        "postcode" => property.postcode.clone(),
        "easting" => format!("{:.0}", property.at.0),
        "northing" => format!("{:.0}", property.at.1),
        "lon" => format!("{:.6}", at.0),
        "lat" => format!("{:.6}", at.1),
        "agency" => estate.agencies[property.agency].id.clone(),
        "tenure" => match property.held {
            Held::Freehold => "Freehold",
            Held::Lease(_) => "Leasehold",
            Held::Pfi => "PFI",
        }
        .to_owned(),
        "lease_start" => leased(&|lease| lease.start.clone()),
        "lease_expiry" => leased(&|lease| lease.expiry.clone()),
        "lease_break" => leased(&|lease| lease.breaks.join(";")),
        "notice_months" => leased(&|lease| lease.notice.to_string()),
        "break_penalty_gbp" => leased(&|lease| some(lease.penalty)),
        "rent_gbp" => leased(&|lease| lease.rent.to_string()),
        "may_sublet" => leased(&|lease| if lease.may_sublet { "yes" } else { "no" }.to_owned()),
        "rates_gbp" => some(property.rates),
        "floor_area_m2" => some(property.gross),
        "running_gbp" => property
            .running
            .map_or(String::new(), |cost| cost.to_string()),
        "running_gbp_m2" if property.land => String::new(),
        "running_gbp_m2" => format!("{:.0}", property.kind.terms().variable),
        "backlog_gbp" => some(property.backlog),
        "value_gbp" => some(property.value),
        "valued_on" if property.value > 0 => "2024-04-01".to_owned(),
        "occupancy" if property.vacant => "vacant".to_owned(),
        "flags" => property.flags.join(";"),
        "offers" => property.offers.join(";"),
        "hours_per_week" if property.land => String::new(),
        "hours_per_week" => property.kind.terms().hours.to_string(),
        "site_id" => site.map_or(String::new(), |site| site.id.clone()),
        "site_name" => site.map_or(String::new(), |site| site.name.clone()),
        "site_running_gbp" => site.map_or(String::new(), |site| site.running.to_string()),
        "energy_rating" if !property.land => property.energy.to_string(),
        "condition" if !property.land => property.condition.to_string(),
        "holding_type" => if property.land {
            "Land only"
        } else {
            "Building"
        }
        .to_owned(),
        typed => property
            .floors
            .iter()
            .find(|(column, _)| *column == typed)
            .map_or(String::new(), |(_, m2)| m2.to_string()),
    }
}

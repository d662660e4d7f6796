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

/// Canonical columns of a register, in order.
fn columns(body: Body) -> Vec<(&'static str, &'static str)> {
    let grid = matches!(body, Body::Council | Body::District | Body::Police);
    let place = if grid {
        [("easting", "easting"), ("northing", "northing")]
    } else {
        [("lon", "lon"), ("lat", "lat")]
    };
    let mut columns: Vec<(&str, &str)> = [
        "asset_id",
        "uprn",
        "name",
        "street_number",
        "street",
        "town",
        "postcode",
    ]
    .into_iter()
    .map(|name| (name, name))
    .collect();
    columns.extend(place);
    columns.extend(
        [
            "tenure",
            "lease_start",
            "lease_expiry",
            "lease_break",
            "notice_months",
            "break_penalty_gbp",
            "rent_gbp",
            "rates_gbp",
            "may_sublet",
            "floor_area_m2",
            "usable_m2",
            "office_m2",
            "clinical_m2",
            "secure_m2",
            "storage_m2",
            "any_m2",
            "running_gbp",
            "running_gbp_m2",
            "backlog_gbp",
            "value_gbp",
            "valued_on",
            "occupancy",
            "flags",
            "offers",
            "hours_per_week",
            "all_day",
            "site_id",
            "site_name",
            "site_running_gbp",
            "energy_rating",
            "condition",
        ]
        .into_iter()
        .map(|name| (name, name)),
    );
    columns
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
    if has_land {
        columns.push(("land_or_building", "land_or_building"));
    }
    if agencies.len() > 1 {
        columns.push(("agency", "agency"));
    }
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
        header: columns.iter().map(|(_, heading)| *heading).collect(),
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
        "land_or_building" => if property.land {
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

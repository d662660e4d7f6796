//! What people call the layers and their columns.

use super::Column;
use crate::place::currency::in_print;

/// The name of a layer.
pub(in super::super) fn title(layer: &str) -> &'static str {
    match layer {
        "buildings" => "Buildings: what becomes of them",
        "moves" => "Moves: who goes where",
        "new_counters" => "New counters: what opens",
        "zones" => "Zones: distance to each service",
        "findings" => "Findings: faults and guesses in the input",
        "matches" => "Matches: records taken for one building",
        _ => "Decisions: to fill in",
    }
}

const NAMES: [(&str, &str); 66] = [
    ("asset_id", "Building"),
    ("uprn", "UPRN"),
    ("name", "Name"),
    ("agency", "Agency"),
    ("postcode", "Postcode"),
    ("action", "Action"),
    ("reason", "Reason"),
    ("decision", "Decision"),
    ("host_id", "Goes to"),
    ("act_year", "Year of the action"),
    ("year", "Year of the programme"),
    ("grade", "How well known"),
    ("proof", "Proof"),
    ("tenure", "Tenure"),
    ("usable_m2", "Usable floor, m²"),
    ("m2_today", "In use today, m²"),
    ("m2_after", "In use after, m²"),
    ("run_today", "Running cost today, £ a year"),
    ("run_after", "Running cost after, £ a year"),
    ("save_gbp_y", "Saving, £ a year"),
    ("capex_gbp", "One-off cost, £"),
    ("repair_gbp", "Repairs that wait, £"),
    ("receipt_gb", "Receipt, £"),
    ("npv_gbp", "Present value, £"),
    ("occupier", "Team"),
    ("service", "Service"),
    ("outcome", "Outcome"),
    ("from_id", "From"),
    ("from_name", "From, name"),
    ("to_id", "To"),
    ("to_name", "To, name"),
    ("km", "How far, km"),
    ("consult", "To consult on"),
    ("area_m2", "Floor it needs, m²"),
    ("staff_fte", "Staff, FTE"),
    ("one_off_gb", "One-off cost, £"),
    ("counter", "New counter"),
    ("in_name", "In, name"),
    ("run_gbp_y", "Running cost, £ a year"),
    ("opening_gb", "Opening, £"),
    ("zone_id", "Zone"),
    ("population", "People"),
    ("subject_id", "Record"),
    ("code", "Code"),
    ("severity", "Severity"),
    ("file", "File"),
    ("record", "Record number"),
    ("line", "Line"),
    ("column", "Column"),
    ("cell", "Cell"),
    ("cause", "What is wrong"),
    ("done", "What was done"),
    ("setting", "Line for place.toml"),
    ("point_id", "Looked-up record"),
    ("point_name", "Its name"),
    ("asset_name", "Building, name"),
    ("basis", "Basis of the match"),
    ("distance_m", "Apart, m"),
    ("score", "How alike the names are"),
    ("joined", "Made one building"),
    ("doubtful", "To be looked at"),
    ("decided_by", "Decided by"),
    ("id", "Building or team"),
    ("proposed", "What the plan proposes"),
    ("value", "The other record"),
    ("body", "Body that decided"),
];

/// The name of a column.
pub(in super::super) fn alias(layer: &str, column: &Column) -> String {
    if let Some(service) = &column.about {
        let what = match column.field {
            "today_km" => "today",
            "after_km" => "after",
            _ => "change",
        };
        // The stem keeps two services of one name apart.
        let stem = column.name.rsplitn(3, '_').nth(2).unwrap_or_default();
        return format!("{service}: {what}, km ({stem})");
    }
    let known = NAMES.iter().find(|(name, _)| *name == column.name);
    match (known, layer) {
        (Some((_, alias)), _) => in_print(alias).into_owned(),
        (None, "decisions") => match column.name.as_str() {
            "date" => "Decided on".to_owned(),
            "expires" => "Holds until".to_owned(),
            _ => "How far it has come".to_owned(),
        },
        (None, _) => column.name.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::LAYERS;
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_column_of_a_layer_has_a_name_of_its_own_for_people() {
        for (layer, properties) in LAYERS {
            let aliases: BTreeSet<String> = properties
                .iter()
                .map(|(name, field)| {
                    assert!(NAMES.iter().any(|(known, _)| known == name), "{name}");
                    let column = Column {
                        name: (*name).to_owned(),
                        field,
                        about: None,
                    };
                    alias(layer, &column)
                })
                .collect();
            assert_eq!(aliases.len(), properties.len(), "{layer}");
        }
    }
}

//! What people in the town have decided already: `decisions.csv`, beside the data and never in it.

use super::estate::Estate;

/// Heading of `decisions.csv`.
pub(super) const HEADER: [&str; 9] = [
    "id",
    "decision",
    "value",
    "reason",
    "decided_by",
    "body",
    "date",
    "expires",
    "status",
];

/// Building, decision, reason, by whom, body, date, until when, status.
const TOWN: [[&str; 8]; 4] = [
    [
        "Eastgate Centre",
        "keep",
        "The contract runs to 2038 and buying it out costs more than it saves",
        "Head of Property",
        "Wyvern Council",
        "2025-11-04",
        "",
        "officer",
    ],
    [
        "Former Magistrates' Court",
        "dispose",
        "Declared surplus; the community's right to bid is still to run its course",
        "Cabinet, minute 41",
        "Wyvern Council",
        "2025-12-09",
        "",
        "approved",
    ],
    [
        "Thornscombe Library",
        "keep",
        "Undertaking given to the town until its own review",
        "Ward members",
        "Wyvern Council",
        "2025-06-17",
        "2028-03-31",
        "member",
    ],
    [
        "Bridge Street Surgery",
        "keep",
        "No moves while the practice merged its lists; that is done",
        "Primary care lead",
        "Vale of Wyvern Health Trust",
        "2023-04-20",
        "2025-03-31",
        "officer",
    ],
];

/// The rows of `decisions.csv` about buildings this estate has.
pub(super) fn decisions(estate: &Estate) -> Vec<Vec<String>> {
    TOWN.iter()
        .filter_map(
            |[name, decision, reason, by, body, date, expires, status]| {
                let building = estate.properties.iter().find(|p| p.name == *name)?;
                let id = building.id.as_str();
                Some(
                    [id, decision, "", reason, by, body, date, expires, status]
                        .map(str::to_owned)
                        .to_vec(),
                )
            },
        )
        .collect()
}

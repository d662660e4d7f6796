//! Buildings that are already committed to go while somebody is still in them.

use super::reading::Desk;
use crate::place::words::counted;
use crate::place::{Finding, Place, Severity};

/// Names them: whoever is in one stays there in every plan, and counts as a host for access.
pub(super) fn name(place: &Place, desk: &mut Desk) {
    let mut inside = vec![0; place.buildings.len()];
    for occupier in &place.occupiers {
        inside[occupier.building.index()] += 1;
    }
    for (at, building) in place.buildings() {
        let (many, Some(committed)) = (inside[at.index()], &building.committed) else {
            continue;
        };
        if many == 0 {
            continue;
        }
        let cause = format!(
            "{} is already committed to go, and {} still in it",
            building.id,
            match many {
                1 => "1 team or counter is".to_owned(),
                many => format!(
                    "{} are",
                    counted(many, "team or counter", "teams and counters")
                ),
            }
        );
        desk.findings.push(
            Finding::new(
                "committed-occupied",
                Severity::Warn,
                building.source.clone(),
            )
            .column("committed")
            .cell(committed.stated.to_string())
            .cause(cause)
            .action("planned as if they stayed; say in their table where they will be"),
        );
    }
}

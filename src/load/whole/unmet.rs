//! What buildings are asked for and do not have, today already: tags that none offers, floor that is more than full.

use crate::place::words::{counted, whole};
use crate::place::{Finding, Grade, NeedBasis, Place, Role, RowRef, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// Floor in use above so many times what there is, is a slip in one of the two.
const OVERFULL: f64 = 1.25;

/// Says which tags nobody offers, and which buildings hold more than they can.
pub(super) fn check(place: &Place, findings: &mut Vec<Finding>) {
    tags(place, findings);
    overfull(place, findings);
}

/// A tag that some team or counter needs and no building offers keeps all of them where they are.
fn tags(place: &Place, findings: &mut Vec<Finding>) {
    let offered: BTreeSet<&String> = place
        .buildings
        .iter()
        .flat_map(|b| b.offers.iter())
        .collect();
    let mut needed: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut stuck = 0_usize;
    for occupier in &place.occupiers {
        let service = place.service(occupier.service);
        let tags = service.needs.iter().chain(&occupier.capabilities);
        let mut missing = tags.filter(|tag| !offered.contains(tag)).peekable();
        stuck += usize::from(missing.peek().is_some());
        for tag in missing {
            needed.entry(tag).or_default().insert(service.id.as_str());
        }
    }
    if needed.is_empty() {
        return;
    }
    let told = needed.iter().map(|(tag, services)| {
        let services: Vec<&str> = services.iter().copied().collect();
        format!("{tag} ({})", services.join(", "))
    });
    findings.push(
        Finding::new(
            "tag-not-offered",
            Severity::Warn,
            RowRef::file("place.toml"),
        )
        .column("offers")
        .cause(format!(
            "no building offers {}, which {} for",
            told.collect::<Vec<_>>().join("; "),
            counted(stuck, "team or counter asks", "teams and counters ask")
        ))
        .action(
            "they can move nowhere: list what each building offers, or take the tag out of `needs`",
        )
        .setting("columns = { offers = \"…\" }"),
    );
}

/// Stated teams that need far more than the stated floor of their building: one of the two is wrong, often its unit.
fn overfull(place: &Place, findings: &mut Vec<Finding>) {
    let mut used = vec![0.0; place.buildings.len()];
    for occupier in &place.occupiers {
        if matches!(occupier.basis, NeedBasis::Stated | NeedBasis::Standard) {
            used[occupier.building.index()] += occupier.needs.total().get();
        }
    }
    for (building, used) in place.buildings.iter().zip(used) {
        let floor = building.usable.value.total().get();
        let is_out = matches!(building.role, Role::Out(_));
        if is_out || building.usable.grade == Grade::Defaulted || used <= OVERFULL * floor {
            continue;
        }
        findings.push(
            Finding::new("overfull", Severity::Warn, building.source.clone())
                .column("usable_m2")
                .cell(building.id.to_string())
                .cause(format!(
                    "its teams and counters take {} m², and it has {} m² usable",
                    whole(used),
                    whole(floor)
                ))
                .action(
                    "nobody else can come in; check its area and the unit of it, or what they need",
                ),
        );
    }
}

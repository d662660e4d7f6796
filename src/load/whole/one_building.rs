//! Records of several registers that are one building, made one; and records of one campus.

use super::decisions::Decided;
use super::known::Registers;
use super::matching::{self, Index, Looked};
use super::one_or_two;
use super::reading::Desk;
use super::registers::{Register, Rows, SiteNamed};
use crate::load::config::BuildingsConfig;
use crate::load::plain;
use crate::place::{
    Building, BuildingIx, Finding, Grade, Lock, Place, Role, RowRef, Severity, Site, SiteIx,
};
use std::collections::{BTreeMap, HashMap};

/// Puts all rows into the place; rows of a later register that are a building of an earlier one
/// are joined to it.
pub(super) fn join_all(
    registers: Vec<Register<'_>>,
    place: &mut Place,
    decided: &Decided,
    desk: &mut Desk,
) -> Registers {
    let several = registers.len() > 1;
    let count = registers
        .iter()
        .map(|register| register.rows.buildings.len())
        .sum();
    let mut known = Registers::of(&place.agencies, count);
    let mut sites = Sites::default();
    for (number, register) in registers.into_iter().enumerate() {
        let before = place.buildings.len();
        if number > 0 {
            known.index = Index::of(&place.buildings);
        }
        let Rows {
            buildings,
            sites: mut named,
        } = register.rows;
        if number == 0 {
            place.buildings = buildings;
            for at in 0..place.buildings.len() {
                let site = named
                    .remove(&at)
                    .zip(place.buildings.get(at))
                    .map(|(site, b)| (site, b.source.clone()));
                let site =
                    site.map(|(site, row)| sites.find(site, &row, place, &mut desk.findings));
                if let Some(building) = place.buildings.get_mut(at) {
                    building.site = site;
                    known.learn(BuildingIx::new(at), building);
                }
            }
            continue;
        }
        place.buildings.reserve(buildings.len());
        for (at, mut building) in buildings.into_iter().enumerate() {
            let site = named.remove(&at);
            let lookable = several && number > 0 && !is_land(&building);
            let joined = lookable
                .then(|| {
                    let looked = looked(&building, register.block);
                    look_up(&looked, &building, place, &mut known, decided, before, desk)
                })
                .flatten();
            if let Some(at) = joined {
                let earlier = BuildingIx::new(at);
                for id in [
                    building.id.as_str(),
                    building.register_id.as_deref().unwrap_or_default(),
                ] {
                    if !id.is_empty() {
                        known.call(id, earlier);
                    }
                }
                if let Some(keeper) = place.buildings.get_mut(at) {
                    if one_or_two::owns_instead(keeper, &building) {
                        building.site = keeper.site;
                        std::mem::swap(keeper, &mut building);
                        if let Some(pair) = known.matches.last_mut() {
                            one_or_two::turn(pair, keeper, &building);
                        }
                    }
                    take_over(keeper, &building, &mut desk.findings);
                }
                continue;
            }
            let ix = BuildingIx::new(place.buildings.len());
            building.site =
                site.map(|site| sites.find(site, &building.source, place, &mut desk.findings));
            known.learn(ix, &building);
            place.buildings.push(building);
        }
    }
    known.learn_uprns(&place.buildings);
    known
}

/// A row of a later register as it is looked up among the buildings of the earlier ones.
fn looked(building: &Building, block: &BuildingsConfig) -> Looked {
    Looked {
        id: building.id.to_string(),
        name: building.name.clone(),
        address: building.address.as_deref().map(Into::into),
        uprn: building.uprn.as_deref().map(Into::into),
        postcode: building.postcode.as_deref().map(Into::into),
        location: building.location,
        within_m: block.match_within_m.unwrap_or(50.0),
        source: building.source.clone(),
    }
}

fn is_land(building: &Building) -> bool {
    matches!(building.role, Role::Out(_)) && !building.role.is_out_for_location()
}

/// The building of an earlier register that a record is; what only looks alike is named and kept apart.
fn look_up(
    looked: &Looked,
    building: &Building,
    place: &Place,
    known: &mut Registers,
    decided: &Decided,
    before: usize,
    desk: &mut Desk,
) -> Option<usize> {
    let found = known.index.find(
        looked,
        decided,
        |id| known.named(id).map(BuildingIx::index),
        |at| {
            place
                .buildings
                .get(at)
                .map_or_else(String::new, |b| b.id.to_string())
        },
        |at| at < before,
    );
    for doubt in &found.doubts {
        known
            .matches
            .extend(matching::row(looked, doubt, false, None, &place.buildings));
    }
    let mut pair = found.joined?;
    let keeper = place.buildings.get(pair.building)?;
    let why = one_or_two::apart(keeper, building, &pair);
    if let Some(why) = &why {
        pair.doubtful = true;
        desk.findings
            .push(one_or_two::kept_apart(keeper, building, why));
    }
    known.matches.extend(matching::row(
        looked,
        &pair,
        why.is_none(),
        found.decided_by,
        &place.buildings,
    ));
    why.is_none().then_some(pair.building)
}

/// What the first register does not say, the second may; locks that contradict are an error.
fn take_over(keeper: &mut Building, other: &Building, findings: &mut Vec<Finding>) {
    if keeper.lock != other.lock && keeper.lock != Lock::Free && other.lock != Lock::Free {
        findings.push(locks_contradict(
            &keeper.source,
            &other.source,
            keeper.id.as_str(),
        ));
    }
    if keeper.lock == Lock::Free {
        keeper.lock = other.lock;
    }
    let mut taken = Vec::new();
    if keeper.location.is_none() && other.location.is_some() {
        keeper.location = other.location;
        keeper.precision = other.precision;
        if keeper.role.is_out_for_location() {
            keeper.role = other.role.clone();
        }
        taken.push("location");
    }
    if keeper.uprn.is_none() && other.uprn.is_some() {
        keeper.uprn.clone_from(&other.uprn);
        taken.push("uprn");
    }
    if keeper.usable.grade == Grade::Defaulted && other.usable.grade != Grade::Defaulted {
        keeper.usable = other.usable.clone();
        keeper.gross_area = keeper.gross_area.or(other.gross_area);
        taken.push("area");
    }
    if keeper.running_fixed.grade == Grade::Defaulted
        && other.running_fixed.grade != Grade::Defaulted
    {
        keeper.running_fixed = other.running_fixed;
        taken.push("running cost");
    }
    let unused = one_or_two::unused(keeper, other);
    if !unused.is_empty() {
        findings.push(one_or_two::differs(keeper, other, &unused));
    }
    keeper.offers.extend(other.offers.iter().cloned());
    keeper.flags.extend(other.flags.iter().copied());
    let also = match taken.as_slice() {
        [] => String::new(),
        taken => format!("; {} taken from it", taken.join(", ")),
    };
    findings.push(
        Finding::new("registers-joined", Severity::Repair, other.source.clone())
            .cell(other.name.clone())
            .cause(format!(
                "the record is building {} of {}",
                keeper.id, keeper.source
            ))
            .action(format!("made one building{also}"))
            .setting(format!(
                "decisions.csv: {},not_match,{} if it is not",
                other.id, keeper.id
            )),
    );
}

/// An error that names both rows.
pub(super) fn locks_contradict(one: &RowRef, two: &RowRef, id: &str) -> Finding {
    Finding::new("contradictory-locks", Severity::Error, two.clone())
        .column("lock")
        .cause(format!(
            "{id}: {one} and {two} ask for opposite things, keep and dispose"
        ))
        .action("correct one of the two rows")
}

#[derive(Default)]
struct Sites {
    by_id: HashMap<String, SiteIx>,
}

impl Sites {
    fn find(
        &mut self,
        (id, name, shared): SiteNamed,
        row: &RowRef,
        place: &mut Place,
        findings: &mut Vec<Finding>,
    ) -> SiteIx {
        let ix = *self.by_id.entry(plain(&id)).or_insert_with(|| {
            place.sites.push(Site {
                id: id.as_str().into(),
                name: name.clone().unwrap_or_else(|| id.clone()),
                fixed_cost: crate::place::GbpPerYear::ZERO,
            });
            SiteIx::new(place.sites.len() - 1)
        });
        if let (Some(shared), Some(site)) = (shared, place.sites.get_mut(ix.index())) {
            let before = site.fixed_cost.get();
            if before == 0.0 {
                site.fixed_cost = crate::place::GbpPerYear(shared);
            } else if (before - shared).abs() > 0.005 {
                findings.push(
                    Finding::new("site-cost-differs", Severity::Warn, row.clone())
                        .column("site_running_gbp")
                        .cell(shared.to_string())
                        .cause(format!("another row of site {id} says {before}"))
                        .action("the first is used"),
                );
            }
        }
        ix
    }
}

/// UPRNs and ids that several buildings carry: named, never folded.
pub(super) fn report_repeats(place: &Place, findings: &mut Vec<Finding>) {
    let mut by_uprn: BTreeMap<&str, Vec<&Building>> = BTreeMap::new();
    let mut by_id: BTreeMap<(usize, String), Vec<&Building>> = BTreeMap::new();
    for building in &place.buildings {
        if let Some(uprn) = &building.uprn {
            by_uprn.entry(uprn).or_default().push(building);
        }
        if let Some(id) = &building.register_id {
            by_id
                .entry((building.agency.index(), plain(id)))
                .or_default()
                .push(building);
        }
    }
    for (uprn, buildings) in by_uprn {
        repeat("repeated-uprn", "uprn", uprn, &buildings, findings);
    }
    for ((_, id), buildings) in by_id {
        repeat("repeated-id", "asset_id", &id, &buildings, findings);
    }
}

fn repeat(
    code: &'static str,
    column: &str,
    value: &str,
    buildings: &[&Building],
    findings: &mut Vec<Finding>,
) {
    let [first, others @ ..] = buildings else {
        return;
    };
    // Repeats inside one file are named where its rows are settled.
    let elsewhere = others
        .iter()
        .filter(|other| other.source.file != first.source.file);
    for other in elsewhere {
        findings.push(
            Finding::new(code, Severity::Warn, other.source.clone())
                .column(column)
                .cell(value)
                .cause(format!(
                    "record {} ({}) has it too",
                    first.source.record, first.name
                ))
                .action(format!(
                    "kept apart, as {} and {}; two parts of one site, or an error",
                    first.id, other.id
                )),
        );
    }
}

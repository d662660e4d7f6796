//! `[travel.group_modes]`: how the people of a group travel, and the rules that follow it.

use super::access::Asked;
use super::access_fields::known_groups;
use super::frame::unknown_mode;
use super::reading::Desk;
use crate::load::config::{ConfigText, PlaceConfig, RuleWord, UnitWord, did_you_mean, mode_named};
use crate::place::{Measure, Mode, Place, Unit};
use std::collections::BTreeMap;

/// Puts the measure of every group that travels by a mode of its own into the place.
pub(super) fn settle(config: &PlaceConfig, text: &ConfigText, place: &mut Place, desk: &mut Desk) {
    let mut modes = BTreeMap::new();
    let known = known_groups(config, place);
    for (group, name) in &config.travel.group_modes {
        let key = format!("travel.group_modes.{group}");
        if !known.contains(group.as_str()) {
            let cause = format!("no zones have a group `{group}`");
            desk.findings.push(
                text.refuse("unknown-group", &key, cause)
                    .action(did_you_mean(group, known.iter().copied())),
            );
        }
        let mode = mode_named(name, &config.travel);
        match unit(config, &mode) {
            Some(unit) => {
                modes.insert(group.clone(), Measure { mode, unit });
            }
            None => desk
                .findings
                .push(unknown_mode(config, text, &key, mode.name())),
        }
    }
    place.group_modes = modes;
}

/// What a mode counts where nothing else is said: km on a straight line, what a matrix counts, else
/// minutes. `None` where no matrix has the mode.
fn unit(config: &PlaceConfig, mode: &Mode) -> Option<Unit> {
    match mode {
        Mode::Straight => Some(Unit::Km),
        Mode::Walk | Mode::Drive | Mode::Road(_) | Mode::Transit => Some(Unit::Minutes),
        Mode::Matrix(name) => {
            let mut matrices = config.travel.matrix.iter();
            let matrix = matrices.find(|matrix| matrix.mode == *name)?;
            Some(matrix.unit.map_or(Unit::Minutes, UnitWord::unit))
        }
    }
}

/// A rule that compares groups and names no mode is asked once for each mode they travel by: those without
/// a mode of their own under its own id, the others under `id.mode`.
pub(super) fn by_mode(asked: Vec<Asked>, config: &PlaceConfig, place: &Place) -> Vec<Asked> {
    asked
        .into_iter()
        .flat_map(|one| split(one, config, place))
        .collect()
}

fn split(asked: Asked, config: &PlaceConfig, place: &Place) -> Vec<Asked> {
    let modes = &config.travel.group_modes;
    let compares = asked.rule.rule == RuleWord::NoGroupWorse && asked.rule.mode.is_none();
    if !compares || modes.is_empty() {
        return vec![asked];
    }
    let groups: Vec<String> = match asked.rule.groups.is_empty() {
        false => asked.rule.groups.clone(),
        true => {
            let known = known_groups(config, place);
            known.into_iter().map(str::to_owned).collect()
        }
    };
    let mut by_mode: BTreeMap<Option<&String>, Vec<String>> = BTreeMap::new();
    for group in groups {
        by_mode.entry(modes.get(&group)).or_default().push(group);
    }
    by_mode
        .into_iter()
        .map(|(mode, groups)| {
            let mut part = asked.clone();
            part.rule.groups = groups;
            if let Some(mode) = mode {
                part.rule.id = format!("{}.{mode}", part.rule.id);
                part.rule.mode = Some(mode.clone());
            }
            part
        })
        .collect()
}

//! Access rules, held against the services, groups, areas and matrices there are.

use super::access_fields::known_groups;
use super::frame::{Named, unknown_mode};
use super::reading::Desk;
use super::{group_modes, packs};
use crate::load::config::{
    AccessConfig, ConfigText, PlaceConfig, RuleWord, UnitWord, did_you_mean, mode_named,
};
use crate::place::{
    AccessRule, AreaScope, Distance, Finding, MeanLimit, Measure, Mode, Place, Role, RuleKind,
    ServiceIx, Severity, Unit,
};
use std::collections::{BTreeSet, HashSet};

/// Puts every sound rule into the place; every fault of the others is reported.
pub(super) fn settle(
    config: &PlaceConfig,
    text: &ConfigText,
    place: &mut Place,
    named: &Named,
    desk: &mut Desk,
) {
    let mut ids = HashSet::new();
    let mut rules = Vec::new();
    group_modes::settle(config, text, place, desk);
    let asked = config.access.iter().enumerate();
    let mut asked: Vec<Asked> = asked
        .map(|(index, rule)| Asked::of_place(index, rule))
        .collect();
    asked.extend(packs::rules(config, text, desk));
    let asked = group_modes::by_mode(asked, config, place);
    for Asked { rule, key, source } in &asked {
        let mut judge = Judge {
            config,
            text,
            place,
            rule,
            key: key.clone(),
            source: source.clone(),
            findings: Vec::new(),
        };
        if !ids.insert(rule.id.clone()) {
            judge.refuse(
                "id",
                "duplicate-id",
                format!("two rules are called `{}`", rule.id),
                "give each its own id".into(),
            );
        }
        let sound = judge.settle(named);
        let faults = judge.findings;
        if let Some(sound) = sound
            && !faults.iter().any(|fault| fault.severity == Severity::Error)
        {
            rules.push(sound);
        }
        desk.findings.extend(faults);
    }
    place.rules = rules;
    check_weights(config, text, place, desk);
    name_unlimited_moves(place, text, desk);
    super::no_counter::name(place, text, desk);
    super::no_people::name(config, place, text, desk);
    super::limits_beyond::name(place, text, desk);
}

/// Groups that count more than once in journeys are groups of the zones.
fn check_weights(config: &PlaceConfig, text: &ConfigText, place: &Place, desk: &mut Desk) {
    let known = known_groups(config, place);
    for group in config.finance.travel_weights.keys() {
        if !known.contains(group.as_str()) {
            let key = format!("finance.travel_weights.{group}");
            let cause = format!("no zones have a group `{group}`");
            desk.findings.push(
                text.refuse("unknown-group", &key, cause)
                    .action(did_you_mean(group, known.iter().copied())),
            );
        }
    }
}

/// A counter that may go any distance can leave the people it serves without breaking any rule.
fn name_unlimited_moves(place: &Place, text: &ConfigText, desk: &mut Desk) {
    let mut limited: HashSet<usize> = HashSet::new();
    for rule in &place.rules {
        if matches!(rule.kind, RuleKind::Displacement { .. }) {
            limited.insert(rule.service.index());
        }
    }
    let mut movers: BTreeSet<usize> = BTreeSet::new();
    for occupier in &place.occupiers {
        if occupier.immovable.is_none() && place.building(occupier.building).role == Role::Candidate
        {
            movers.insert(occupier.service.index());
        }
    }
    for (at, service) in place.services.iter().enumerate() {
        let free = service.counter && service.movable && service.move_limit.is_none();
        if free && movers.contains(&at) && !limited.contains(&at) {
            desk.findings.push(
                Finding::new(
                    "moves-unlimited",
                    Severity::Warn,
                    text.at(&format!("service[{at}]")),
                )
                .column("move_limit_km")
                .cell(service.id.to_string())
                .cause("a counter of this service may move any distance: nothing limits it")
                .action("planned so; say how far one may move, or add a displacement rule")
                .setting("move_limit_km = …"),
            );
        }
    }
}

/// A rule that is asked for, and where.
#[derive(Clone)]
pub(super) struct Asked {
    pub(super) rule: AccessConfig,
    /// Its key in `place.toml`.
    pub(super) key: String,
    /// The pack it comes from, with source and date.
    pub(super) source: Option<String>,
}

impl Asked {
    fn of_place(index: usize, rule: &AccessConfig) -> Self {
        Self {
            rule: rule.clone(),
            key: format!("access[{index}]"),
            source: None,
        }
    }
}

pub(super) struct Judge<'a> {
    pub(super) config: &'a PlaceConfig,
    text: &'a ConfigText,
    pub(super) place: &'a Place,
    pub(super) rule: &'a AccessConfig,
    key: String,
    source: Option<String>,
    findings: Vec<Finding>,
}

impl Judge<'_> {
    pub(super) fn refuse(
        &mut self,
        field: &str,
        code: &'static str,
        cause: String,
        action: String,
    ) {
        let cause = match self.source {
            Some(_) => format!("rule `{}`: {cause}", self.rule.id),
            None => cause,
        };
        self.findings.push(
            self.text
                .refuse(code, &format!("{}.{field}", self.key), cause)
                .action(action),
        );
    }

    fn settle(&mut self, named: &Named) -> Option<AccessRule> {
        let rule = self.rule;
        let service = named.service(&rule.service);
        match service {
            None => self.refuse(
                "service",
                "unknown-service",
                format!("`{}` is no service", rule.service),
                named.service_hint(&rule.service),
            ),
            Some(ix) if !self.place.service(ix).counter && rule.rule != RuleWord::Displacement => {
                self.refuse(
                    "service",
                    "bad-rule",
                    format!("service `{}` has no public counter", rule.service),
                    "set counter = true for the service, or drop the rule".into(),
                );
            }
            Some(_) => {}
        }
        self.check_fields();
        let mode = self.mode();
        let unit = self.unit(mode.as_ref())?;
        let kind = self.kind(unit, service)?;
        self.check_group();
        self.check_area();
        if rule
            .price_gbp
            .is_some_and(|price| !(price.is_finite() && price >= 0.0))
        {
            self.refuse(
                "price_gbp",
                "bad-rule",
                "a price is 0 or more".into(),
                "correct the value".into(),
            );
        }
        if rule.hard && rule.price_gbp.is_some() {
            self.refuse(
                "price_gbp",
                "bad-rule",
                "a hard rule has no price".into(),
                "set hard = false, or drop the price".into(),
            );
        }
        Some(AccessRule {
            id: rule.id.as_str().into(),
            service: service?,
            kind,
            measure: Measure { mode: mode?, unit },
            group: rule.group.clone(),
            area: rule.area.as_ref().map(|area| AreaScope {
                kind: area.kind.clone(),
                code: area.code.clone(),
            }),
            hard: rule.hard,
            price_gbp: rule.price_gbp,
            strict: rule.strict,
            source: self.source.clone(),
        })
    }

    fn mode(&mut self) -> Option<Mode> {
        let mode = match &self.rule.mode {
            Some(name) => mode_named(name, &self.config.travel),
            None => self.own_mode(),
        };
        if let Mode::Matrix(name) = &mode
            && !self
                .config
                .travel
                .matrix
                .iter()
                .any(|matrix| matrix.mode == *name)
        {
            let finding = unknown_mode(self.config, self.text, &format!("{}.mode", self.key), name);
            self.findings.push(finding);
            return None;
        }
        Some(mode)
    }

    /// The mode of the group that the rule is about, else of the place.
    fn own_mode(&self) -> Mode {
        let group = self.rule.group.as_ref();
        let own = group.and_then(|group| self.place.group_modes.get(group));
        own.map_or_else(
            || self.place.travel.default_mode.clone(),
            |measure| measure.mode.clone(),
        )
    }

    fn unit(&mut self, mode: Option<&Mode>) -> Option<Unit> {
        let rule = self.rule;
        let stated = if rule.km.is_some() || rule.increase_km.is_some() {
            Some(Unit::Km)
        } else if rule.minutes.is_some() || rule.increase_minutes.is_some() {
            Some(Unit::Minutes)
        } else {
            None
        };
        let unit = match (stated, mode) {
            (Some(unit), _) => unit,
            (None, Some(Mode::Matrix(name))) => {
                let units: Vec<_> = self
                    .config
                    .travel
                    .matrix
                    .iter()
                    .filter(|matrix| matrix.mode == *name)
                    .map(|matrix| matrix.unit)
                    .collect();
                match units.as_slice() {
                    [Some(UnitWord::Km | UnitWord::Metres), ..] => Unit::Km,
                    _ => Unit::Minutes,
                }
            }
            (None, Some(Mode::Transit)) => Unit::Minutes,
            (None, _) => Unit::Km,
        };
        if unit == Unit::Minutes && mode == Some(&Mode::Straight) {
            self.refuse(
                "mode",
                "bad-rule",
                "a straight line takes no minutes".into(),
                "set mode = \"walk\" or \"drive\", or a matrix".into(),
            );
            return None;
        }
        if unit == Unit::Km && mode == Some(&Mode::Transit) {
            self.refuse(
                "mode",
                "bad-rule",
                "a timetable gives minutes, and no kilometres".into(),
                "state the limit in minutes, or take another mode".into(),
            );
            return None;
        }
        Some(unit)
    }

    fn kind(&mut self, unit: Unit, service: Option<ServiceIx>) -> Option<RuleKind> {
        let rule = self.rule;
        let limit = rule
            .km
            .or(rule.minutes)
            .map(|value| Distance::from_user(value, unit));
        let increase = rule.increase_km.or(rule.increase_minutes);
        match (rule.rule, limit) {
            (RuleWord::Within, Some(limit)) => Some(RuleKind::Within {
                limit,
                share: rule.share.unwrap_or(1.0),
            }),
            (RuleWord::WorstCase, limit) if limit.is_some() || increase.is_some() => {
                Some(RuleKind::WorstCase {
                    limit: limit.unwrap_or(Distance(0)),
                    increase: Distance::from_user(increase.unwrap_or(0.0), unit),
                })
            }
            (RuleWord::Displacement, Some(limit)) => Some(RuleKind::Displacement { limit }),
            (RuleWord::NoGroupWorse, limit) => self.no_group_worse(limit),
            (RuleWord::FloorPerArea, Some(limit)) => {
                self.each().map(|each| RuleKind::FloorPerArea {
                    each,
                    limit,
                    share: rule.share.unwrap_or(1.0),
                })
            }
            (RuleWord::MinimumHosts, _) => self.minimum_hosts(),
            (RuleWord::Capacity, _) => self.capacity(service),
            (RuleWord::Mean, limit) => match (rule.within_today, limit) {
                (Some(rise), None) => Some(RuleKind::Mean(MeanLimit::Relative(rise))),
                (None, Some(limit)) => Some(RuleKind::Mean(MeanLimit::Absolute(limit))),
                _ => {
                    self.refuse(
                        "within_today",
                        "bad-rule",
                        "a mean rule needs exactly one of within_today, km and minutes".into(),
                        "add within_today = 0.05, for instance".into(),
                    );
                    None
                }
            },
            _ => {
                self.refuse(
                    "km",
                    "bad-rule",
                    "the rule has no limit".into(),
                    "add km = … or minutes = …".into(),
                );
                None
            }
        }
    }

    fn check_group(&mut self) {
        let Some(group) = &self.rule.group else {
            return;
        };
        let known = known_groups(self.config, self.place);
        if !known.contains(group.as_str()) {
            self.unknown_group("group", group, &known);
        }
    }

    fn check_area(&mut self) {
        let Some(area) = &self.rule.area else { return };
        if !self.check_area_kind("area.kind", &area.kind) {
            return;
        }
        let codes: BTreeSet<&str> = self
            .place
            .zones
            .iter()
            .filter_map(|zone| zone.areas.get(&area.kind).map(String::as_str))
            .collect();
        if !self.place.zones.is_empty() && !codes.contains(area.code.as_str()) {
            self.refuse(
                "area.code",
                "unknown-area",
                format!("no zone lies in {} `{}`", area.kind, area.code),
                did_you_mean(&area.code, codes.into_iter()),
            );
        }
    }
}

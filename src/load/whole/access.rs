//! Access rules, held against the services, groups, areas and matrices there are.

use super::frame::{Named, unknown_mode};
use super::reading::Desk;
use crate::load::config::{
    AccessConfig, ConfigText, PlaceConfig, RuleWord, UnitWord, did_you_mean, mode_named,
};
use crate::place::{
    AccessRule, AreaScope, Distance, Finding, MeanLimit, Measure, Mode, Place, Role, RuleKind,
    Severity, Unit,
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
    for (index, rule) in config.access.iter().enumerate() {
        let mut judge = Judge {
            config,
            text,
            place,
            rule,
            key: format!("access[{index}]"),
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
    name_unlimited_moves(place, text, desk);
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

struct Judge<'a> {
    config: &'a PlaceConfig,
    text: &'a ConfigText,
    place: &'a Place,
    rule: &'a AccessConfig,
    key: String,
    findings: Vec<Finding>,
}

impl Judge<'_> {
    fn refuse(&mut self, field: &str, code: &'static str, cause: String, action: String) {
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
        let kind = self.kind(unit)?;
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
        })
    }

    /// Fields that belong to another rule.
    fn check_fields(&mut self) {
        let rule = self.rule;
        let word = rule.rule;
        let given = [
            ("share", rule.share.is_some(), word == RuleWord::Within),
            (
                "increase_km",
                rule.increase_km.is_some(),
                word == RuleWord::WorstCase,
            ),
            (
                "increase_minutes",
                rule.increase_minutes.is_some(),
                word == RuleWord::WorstCase,
            ),
            (
                "within_today",
                rule.within_today.is_some(),
                word == RuleWord::Mean,
            ),
            (
                "group",
                rule.group.is_some(),
                word != RuleWord::Displacement,
            ),
            ("area", rule.area.is_some(), word != RuleWord::Displacement),
        ];
        for (field, is_given, belongs) in given {
            if is_given && !belongs {
                self.refuse(
                    field,
                    "bad-rule",
                    format!("`{field}` means nothing in this rule"),
                    "drop it, or choose another rule".into(),
                );
            }
        }
        if let Some(share) = rule.share
            && !(share > 0.0 && share <= 1.0)
        {
            self.refuse(
                "share",
                "bad-rule",
                format!("share {share} is not between 0 and 1"),
                "95 % is 0.95".into(),
            );
        }
        if let Some(rise) = rule.within_today
            && !(rise.is_finite() && (-0.9..=10.0).contains(&rise))
        {
            self.refuse(
                "within_today",
                "bad-rule",
                format!("{rise} is no share"),
                "5 % more than today is 0.05, 5 % less is -0.05".into(),
            );
        }
        for (field, value) in [
            ("km", rule.km),
            ("minutes", rule.minutes),
            ("increase_km", rule.increase_km),
            ("increase_minutes", rule.increase_minutes),
        ] {
            if let Some(value) = value
                && !(value.is_finite() && (0.0..=20_000.0).contains(&value))
            {
                self.refuse(
                    field,
                    "bad-rule",
                    format!("{value} is no distance"),
                    "give 0 or more".into(),
                );
            }
        }
        if rule.km.is_some() && rule.minutes.is_some() {
            self.refuse(
                "minutes",
                "bad-rule",
                "both km and minutes are given".into(),
                "give exactly one".into(),
            );
        }
        let kilometres = rule.km.is_some() && rule.increase_minutes.is_some();
        let minutes = rule.minutes.is_some() && rule.increase_km.is_some();
        let both = rule.increase_km.is_some() && rule.increase_minutes.is_some();
        if kilometres || minutes || both {
            self.refuse(
                "increase_km",
                "bad-rule",
                "the limit and the increase count different things".into(),
                "give both in km or both in minutes".into(),
            );
        }
    }

    fn mode(&mut self) -> Option<Mode> {
        let mode = match &self.rule.mode {
            Some(name) => mode_named(name),
            None => self.place.travel.default_mode.clone(),
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
        Some(unit)
    }

    fn kind(&mut self, unit: Unit) -> Option<RuleKind> {
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
        let known: BTreeSet<&str> = self
            .config
            .zones
            .iter()
            .flat_map(|zones| zones.groups.keys().map(String::as_str))
            .collect();
        if !known.contains(group.as_str()) {
            self.refuse(
                "group",
                "unknown-group",
                format!("no zones have a group `{group}`"),
                did_you_mean(group, known.into_iter()),
            );
        }
    }

    fn check_area(&mut self) {
        let Some(area) = &self.rule.area else { return };
        let kinds: BTreeSet<&str> = self
            .config
            .zones
            .iter()
            .flat_map(|zones| zones.areas.keys().map(String::as_str))
            .collect();
        if !kinds.contains(area.kind.as_str()) {
            self.refuse(
                "area.kind",
                "unknown-area",
                format!("no zones have areas of kind `{}`", area.kind),
                did_you_mean(&area.kind, kinds.into_iter()),
            );
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

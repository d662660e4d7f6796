//! The fields of an access rule: which belong to which rule, and what those of the rules about
//! groups, areas and numbers of buildings mean.

use super::access::Judge;
use crate::load::config::{HoursWord, PlaceConfig, RuleWord, did_you_mean};
use crate::place::{Distance, GroupLimit, HoursClass, Place, RuleKind, ServiceIx};
use std::collections::BTreeSet;

impl Judge<'_> {
    /// Fields that belong to another rule.
    pub(super) fn check_fields(&mut self) {
        let rule = self.rule;
        let word = rule.rule;
        let has_distance = !matches!(word, RuleWord::MinimumHosts | RuleWord::Capacity);
        let given = [
            (
                "share",
                rule.share.is_some(),
                matches!(word, RuleWord::Within | RuleWord::FloorPerArea),
            ),
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
                matches!(
                    word,
                    RuleWord::Within
                        | RuleWord::WorstCase
                        | RuleWord::Mean
                        | RuleWord::FloorPerArea
                ),
            ),
            (
                "area",
                rule.area.is_some(),
                !matches!(
                    word,
                    RuleWord::Displacement | RuleWord::FloorPerArea | RuleWord::Capacity
                ),
            ),
            (
                "tolerance",
                rule.tolerance.is_some(),
                word == RuleWord::NoGroupWorse,
            ),
            (
                "groups",
                !rule.groups.is_empty(),
                word == RuleWord::NoGroupWorse,
            ),
            (
                "each",
                rule.each.is_some(),
                matches!(word, RuleWord::FloorPerArea | RuleWord::MinimumHosts),
            ),
            (
                "at_least",
                rule.at_least.is_some(),
                word == RuleWord::MinimumHosts,
            ),
            (
                "hours",
                rule.hours.is_some(),
                word == RuleWord::MinimumHosts,
            ),
            ("km", rule.km.is_some(), has_distance),
            ("minutes", rule.minutes.is_some(), has_distance),
            (
                "price_gbp",
                rule.price_gbp.is_some(),
                word != RuleWord::Capacity,
            ),
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
                "write it as a fraction: 95 % is 0.95".into(),
            );
        }
        if let Some(tolerance) = rule.tolerance
            && !(tolerance.is_finite() && (0.0..=1.0).contains(&tolerance))
        {
            self.refuse(
                "tolerance",
                "bad-rule",
                format!("{tolerance} is not between 0 and 1"),
                "2 % worse is 0.02".into(),
            );
        }
        if rule.each.is_some() && rule.area.is_some() {
            self.refuse(
                "each",
                "bad-rule",
                "both `each` and `area` are given".into(),
                "give `each` for every area of a kind, or `area` for one".into(),
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

    /// Groups are compared by name, each once, in the order given.
    pub(super) fn no_group_worse(&mut self, limit: Option<Distance>) -> Option<RuleKind> {
        let known = known_groups(self.config, self.place);
        if known.is_empty() {
            self.refuse(
                "groups",
                "unknown-group",
                "no zones have groups".into(),
                "add groups to [[zones]], such as groups = { no_car = … }".into(),
            );
            return None;
        }
        let mut groups: Vec<String> = Vec::new();
        for group in &self.rule.groups {
            if !known.contains(group.as_str()) {
                self.unknown_group("groups", group, &known);
            } else if !groups.contains(group) {
                groups.push(group.clone());
            }
        }
        if self.rule.groups.is_empty() {
            groups = known.into_iter().map(str::to_owned).collect();
        }
        let tolerance = self.rule.tolerance;
        let keep = match limit {
            Some(limit) => GroupLimit::Within {
                limit,
                drop: tolerance.unwrap_or(0.01),
            },
            None => GroupLimit::Mean(tolerance.unwrap_or(0.02)),
        };
        Some(RuleKind::NoGroupWorse { groups, keep })
    }

    /// How often people come, and that every counter says how often it can be visited.
    pub(super) fn capacity(&mut self, service: Option<ServiceIx>) -> Option<RuleKind> {
        let place = self.place;
        let service = service?;
        let each = place.service(service).visits_per_person;
        if each.is_none() {
            self.refuse(
                "service",
                "capacity-not-known",
                format!(
                    "service `{}` does not say how often a person visits it",
                    place.service(service).id
                ),
                "give the service visits_per_person = …".into(),
            );
        }
        let mut silent = place
            .occupiers()
            .filter(|(at, one)| one.service == service && place.visits_capacity(*at).is_none());
        if let Some((_, first)) = silent.next() {
            let more = match silent.count() {
                0 => String::new(),
                others => format!(" and {others} more"),
            };
            self.refuse(
                "service",
                "capacity-not-known",
                format!(
                    "nothing says how many visits a year {}{more} can take",
                    first.id
                ),
                "bring a column visits_capacity, or give the service visits_capacity = …".into(),
            );
        }
        each.map(|visits_per_person| RuleKind::Capacity { visits_per_person })
    }

    /// The kind of area of a rule that must name one.
    pub(super) fn each(&mut self) -> Option<String> {
        if self.rule.each.is_none() {
            self.refuse(
                "each",
                "bad-rule",
                "the rule does not say of which areas".into(),
                "add each = \"ward\", or another key of areas of the zones".into(),
            );
        }
        let each = self.rule.each.clone()?;
        self.check_area_kind("each", &each).then_some(each)
    }

    pub(super) fn minimum_hosts(&mut self) -> Option<RuleKind> {
        let at_least = self.rule.at_least.unwrap_or(0);
        if at_least == 0 {
            self.refuse(
                "at_least",
                "bad-rule",
                "the rule asks for no buildings".into(),
                "add at_least = 1, for instance".into(),
            );
            return None;
        }
        let each = match self.rule.each {
            Some(_) => Some(self.each()?),
            None => None,
        };
        Some(RuleKind::MinimumHosts {
            at_least,
            hours: match self.rule.hours {
                None | Some(HoursWord::Any) => HoursClass::Any,
                Some(HoursWord::EveningOrWeekend) => HoursClass::EveningOrWeekend,
                Some(HoursWord::AllDay) => HoursClass::AllDay,
            },
            each,
        })
    }

    pub(super) fn unknown_group(&mut self, field: &str, group: &str, known: &BTreeSet<&str>) {
        self.refuse(
            field,
            "unknown-group",
            format!("no zones have a group `{group}`"),
            did_you_mean(group, known.iter().copied()),
        );
    }

    pub(super) fn check_area_kind(&mut self, field: &str, kind: &str) -> bool {
        let kinds: BTreeSet<&str> = self
            .config
            .zones
            .iter()
            .flat_map(|zones| zones.areas.keys().map(String::as_str))
            .collect();
        let known = kinds.contains(kind);
        if !known {
            self.refuse(
                field,
                "unknown-area",
                format!("no zones have areas of kind `{kind}`"),
                did_you_mean(kind, kinds.into_iter()),
            );
        }
        known
    }
}

/// The groups that the zones have.
pub(super) fn known_groups<'a>(config: &'a PlaceConfig, place: &'a Place) -> BTreeSet<&'a str> {
    let stated = config.zones.iter();
    let stated = stated.flat_map(|zones| zones.groups.keys());
    // Strata make groups of the values there are.
    let made = place.zones.iter().flat_map(|zone| zone.groups.keys());
    stated.chain(made).map(String::as_str).collect()
}

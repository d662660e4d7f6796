//! What a rule enforces, whatever its kind.

use super::{
    Capacity, Displacement, FloorPerArea, Mean, MinimumHosts, NoGroupWorse, Parts, Scope, Within,
    WorstCase,
};
use crate::access::{Arrangement, RuleVerdict, Verdict, ZoneShort};
use crate::place::{AccessRule, Distance, Place, RuleKind, Unit, ZoneIx};
use crate::travel::Travel;

/// How many zones or occupiers a verdict names.
pub(super) const WORST: usize = 20;

/// What one rule enforces: the weaker of what it states and what today has, unless it is strict.
#[derive(Clone, Debug, PartialEq)]
pub enum Limit {
    /// R1.
    Within(Within),
    /// R2.
    WorstCase(WorstCase),
    /// R3.
    Mean(Mean),
    /// R7.
    Displacement(Displacement),
    /// R4.
    NoGroupWorse(NoGroupWorse),
    /// R5.
    FloorPerArea(FloorPerArea),
    /// R6.
    MinimumHosts(MinimumHosts),
    /// R8.
    Capacity(Capacity),
}

impl Limit {
    /// Fixes the limit of a rule from every zone's distance today.
    pub fn new(
        place: &Place,
        travel: &Travel,
        rule: &AccessRule,
        today: &[Option<Distance>],
    ) -> Self {
        let scope = || Scope::new(place, rule, today);
        match &rule.kind {
            &RuleKind::Within { limit, share } => {
                Limit::Within(Within::new(rule, scope(), today, limit, share))
            }
            &RuleKind::WorstCase { limit, increase } => {
                Limit::WorstCase(WorstCase::new(rule, scope(), today, limit, increase))
            }
            &RuleKind::Mean(stated) => Limit::Mean(Mean::new(rule, scope(), today, stated)),
            &RuleKind::Displacement { limit } => {
                Limit::Displacement(Displacement::new(place, rule, limit))
            }
            RuleKind::NoGroupWorse { groups, keep } => {
                Limit::NoGroupWorse(NoGroupWorse::new(place, rule, today, groups, *keep))
            }
            RuleKind::FloorPerArea { each, limit, share } => {
                let asked = (each.as_str(), *limit, *share);
                Limit::FloorPerArea(FloorPerArea::new(place, rule, today, asked))
            }
            RuleKind::MinimumHosts {
                at_least,
                hours,
                each,
            } => {
                let asked = (*at_least, *hours, each.as_deref());
                Limit::MinimumHosts(MinimumHosts::new(place, rule, asked))
            }
            &RuleKind::Capacity { visits_per_person } => {
                let limit = Capacity::new(place, travel, rule, today, visits_per_person);
                Limit::Capacity(limit)
            }
        }
    }

    /// What the rule asks, in words, with whom it is about where that is not everybody.
    pub(crate) fn in_words(&self, rule: &AccessRule) -> String {
        let words = match self {
            Limit::Within(limit) => limit.words(rule),
            Limit::WorstCase(limit) => limit.words(rule),
            Limit::Mean(limit) => limit.words(rule),
            Limit::Displacement(limit) => limit.words(rule),
            Limit::NoGroupWorse(limit) => limit.words(rule),
            Limit::FloorPerArea(limit) => limit.words(rule),
            Limit::MinimumHosts(limit) => limit.words(),
            Limit::Capacity(limit) => limit.words(),
        };
        words + &whom(rule)
    }

    /// The limits it is made of, each for one group or area, whose name it bears; itself, without a name, where it
    /// is not of several.
    pub(crate) fn parts(&self) -> Vec<(Option<&str>, &Limit)> {
        match self.several() {
            Some(parts) => {
                let named = parts.of.iter();
                named
                    .map(|part| (Some(part.id.as_str()), &part.limit))
                    .collect()
            }
            None => vec![(None, self)],
        }
    }

    fn several(&self) -> Option<&Parts> {
        match self {
            Limit::NoGroupWorse(limit) => Some(&limit.parts),
            Limit::FloorPerArea(limit) => Some(&limit.parts),
            _ => None,
        }
    }

    /// The zones it counts; `None` for displacement, which counts occupiers, and for a number of
    /// hosts.
    pub fn scope(&self) -> Option<&Scope> {
        match self {
            Limit::Within(limit) => Some(&limit.scope),
            Limit::WorstCase(limit) => Some(&limit.scope),
            Limit::Mean(limit) => Some(&limit.scope),
            Limit::NoGroupWorse(limit) => Some(&limit.parts.scope),
            Limit::FloorPerArea(limit) => Some(&limit.parts.scope),
            Limit::Capacity(limit) => Some(&limit.scope),
            Limit::Displacement(_) | Limit::MinimumHosts(_) => None,
        }
    }

    /// The furthest host that can serve a zone under the rule: the stated distance (within), the
    /// zone's own limit (worst case), its reach (mean); the limit of a move (displacement).
    pub fn furthest(&self, zone: ZoneIx) -> Distance {
        match self {
            Limit::Within(limit) => limit.limit,
            Limit::WorstCase(limit) => limit.limit_of(zone),
            Limit::Mean(limit) => limit.reach_of(zone),
            Limit::Displacement(limit) => limit.limit,
            Limit::NoGroupWorse(limit) => limit.parts.furthest(zone),
            Limit::FloorPerArea(limit) => limit.parts.furthest(zone),
            Limit::MinimumHosts(_) => Distance(0),
            Limit::Capacity(_) => Distance(u32::MAX),
        }
    }

    /// Where the rule stands, given every zone's distance under the arrangement. What a matrix
    /// covers is left to the caller.
    pub fn verdict(
        &self,
        place: &Place,
        travel: &Travel,
        rule: &AccessRule,
        after: &[Option<Distance>],
        arrangement: &Arrangement,
    ) -> RuleVerdict {
        let standing = match self {
            Limit::Within(limit) => limit.standing(place, rule, after),
            Limit::WorstCase(limit) => limit.standing(place, rule, after),
            Limit::Mean(limit) => limit.standing(place, rule, after),
            Limit::Displacement(limit) => limit.standing(place, travel, rule, arrangement),
            Limit::NoGroupWorse(limit) => limit.parts.standing(place, rule, after),
            Limit::FloorPerArea(limit) => limit.parts.standing(place, rule, after),
            Limit::MinimumHosts(limit) => limit.standing(place, rule, arrangement),
            Limit::Capacity(limit) => limit.standing(place, travel, rule, arrangement),
        };
        let unreachable = self.scope().map_or(&[][..], |scope| &scope.unreachable);
        let mut worst = standing.worst;
        worst.truncate(WORST);
        RuleVerdict {
            rule: rule.id.to_string(),
            service: place.service(rule.service).id.to_string(),
            kind: rule.kind.name().to_owned(),
            measure: rule.measure.to_string(),
            matrix_covers: None,
            hard: rule.hard,
            limit: self.in_words(rule),
            today: standing.today,
            enforced: standing.enforced,
            after: standing.after,
            people_short_today: standing.people_short_today,
            people_short_after: standing.people_short_after,
            unreachable: unreachable
                .iter()
                .map(|zone| place.zone(*zone).id.to_string())
                .collect(),
            worst,
            verdict: standing.verdict,
            source: rule.source.clone(),
        }
    }
}

/// What a kind of rule says of itself under an arrangement.
pub(super) struct Standing {
    /// What it measures today.
    pub(super) today: Option<f64>,
    /// What is enforced of that.
    pub(super) enforced: Option<f64>,
    /// What it measures after.
    pub(super) after: Option<f64>,
    pub(super) people_short_today: f64,
    pub(super) people_short_after: f64,
    /// Worst first.
    pub(super) worst: Vec<ZoneShort>,
    pub(super) verdict: Verdict,
}

/// The verdict of a rule that counts somebody: `stated` and `enforced` say what the arrangement
/// meets.
pub(super) fn judge(rule: &AccessRule, stated: bool, enforced: bool) -> Verdict {
    match (stated, enforced, rule.hard) {
        (true, _, _) => Verdict::Pass,
        (false, true, _) => Verdict::FailsToday,
        (false, false, false) => Verdict::Consult,
        (false, false, true) => Verdict::Fail,
    }
}

/// A distance with its unit, and with how one travels where that is minutes: `3.2 km`, `20 min on foot`.
pub(super) fn shown(rule: &AccessRule, distance: Distance) -> String {
    let by = match rule.measure.unit {
        Unit::Km => String::new(),
        Unit::Minutes => rule.measure.mode.by(),
    };
    format!("{} {by}", plain(rule, distance))
        .trim_end()
        .to_owned()
}

/// A distance with its unit alone: `3.2 km`, `20 min`.
pub(super) fn plain(rule: &AccessRule, distance: Distance) -> String {
    let unit = rule.measure.unit;
    format!("{} {}", distance.to_user(unit), unit.symbol())
}

/// Whom a rule counts, where that is not everybody: `, no_car, ward E05000001`.
fn whom(rule: &AccessRule) -> String {
    let mut words = String::new();
    if let Some(group) = &rule.group {
        words += &format!(", {group}");
    }
    if let Some(area) = &rule.area {
        words += &format!(", {} {}", area.kind, area.code);
    }
    match &rule.kind {
        RuleKind::NoGroupWorse { groups, .. } => words += &format!(", {}", groups.join(", ")),
        RuleKind::FloorPerArea { each, .. }
        | RuleKind::MinimumHosts {
            each: Some(each), ..
        } => words += &format!(", in every {each}"),
        _ => {}
    }
    words
}

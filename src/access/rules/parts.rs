//! A rule that asks the same of several groups or areas: one limit for each.

use super::limit::Standing;
use super::scope::people;
use super::{Limit, Scope};
use crate::access::{Verdict, ZoneShort};
use crate::place::{AccessRule, Distance, Place, ZoneIx};

/// One group or area of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The group's name, or the area's code.
    pub id: String,
    /// What is asked of it.
    pub limit: Limit,
}

/// The limits of a rule, one for each group or area that counts somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    /// Everybody the rule could count, whatever the group or area.
    pub scope: Scope,
    /// In the order of the groups, or of the areas' codes.
    pub of: Vec<Part>,
}

impl Parts {
    /// The furthest host that matters to a zone under any of them.
    pub(super) fn furthest(&self, zone: ZoneIx) -> Distance {
        let counts = |part: &&Part| {
            let weights = part.limit.scope().map(|scope| &scope.weights);
            weights.and_then(|w| w.get(zone.index())).copied() > Some(0)
        };
        let each = self.of.iter().filter(counts);
        let furthest = each.map(|part| part.limit.furthest(zone)).max();
        furthest.unwrap_or(Distance(0))
    }

    /// The figures are those of the part with the least room left, for its number of people; people
    /// are added up, so that somebody in two groups counts twice. Parts that fail are named, with
    /// their mean, or the share of them beyond the distance.
    pub(super) fn standing(
        &self,
        place: &Place,
        rule: &AccessRule,
        after: &[Option<Distance>],
    ) -> Standing {
        let all: Vec<(&Part, Standing)> = self
            .of
            .iter()
            .filter_map(|part| Some((part, part.standing(place, rule, after)?)))
            .collect();
        let tightest = self.tightest(after).and_then(|tightest| {
            let found = all.iter().find(|(part, _)| part.id == tightest.id);
            found.map(|(_, standing)| standing)
        });
        let sum = |of: fn(&Standing) -> f64| {
            all.iter()
                .map(|(_, s)| (of(s) * 1000.0).round())
                .sum::<f64>()
                / 1000.0
        };
        let holds = |verdicts: &[Verdict]| all.iter().all(|(_, s)| verdicts.contains(&s.verdict));
        let mut worst: Vec<ZoneShort> = all
            .iter()
            .filter(|(_, s)| !matches!(s.verdict, Verdict::Pass | Verdict::FailsToday))
            .map(|(part, standing)| part.short(standing))
            .collect();
        worst.sort_by(|one, other| {
            let far = |short: &ZoneShort| short.distance.unwrap_or(f64::INFINITY);
            far(other)
                .total_cmp(&far(one))
                .then_with(|| one.id.cmp(&other.id))
        });
        Standing {
            today: tightest.and_then(|s| s.today),
            enforced: tightest.and_then(|s| s.enforced),
            after: tightest.and_then(|s| s.after),
            people_short_today: sum(|s| s.people_short_today),
            people_short_after: sum(|s| s.people_short_after),
            worst,
            verdict: match all.is_empty() {
                true => Verdict::Empty,
                false => super::limit::judge(
                    rule,
                    holds(&[Verdict::Pass]),
                    holds(&[Verdict::Pass, Verdict::FailsToday]),
                ),
            },
        }
    }

    /// The first part with the least room for each of its people.
    fn tightest(&self, after: &[Option<Distance>]) -> Option<&Part> {
        let mut least: Option<(&Part, Option<i128>, i128)> = None;
        for part in &self.of {
            let Some((room, total)) = part.room(after) else {
                continue;
            };
            let tighter = match least {
                None => true,
                Some((_, None, _)) => false,
                Some((_, Some(other), other_total)) => {
                    room.is_none_or(|room| room * other_total < other * total)
                }
            };
            if tighter {
                least = Some((part, room, total));
            }
        }
        least.map(|(part, ..)| part)
    }
}

impl Part {
    fn standing(
        &self,
        place: &Place,
        rule: &AccessRule,
        after: &[Option<Distance>],
    ) -> Option<Standing> {
        match &self.limit {
            Limit::Within(limit) if !limit.scope.is_empty() => {
                Some(limit.standing(place, rule, after))
            }
            Limit::Mean(limit) if !limit.scope.is_empty() => {
                Some(limit.standing(place, rule, after))
            }
            _ => None,
        }
    }

    /// How much better than enforced it stands, and its weight; `None` for room where somebody
    /// reaches nothing.
    fn room(&self, after: &[Option<Distance>]) -> Option<(Option<i128>, i128)> {
        match &self.limit {
            Limit::Within(limit) if !limit.scope.is_empty() => {
                Some((Some(limit.room(after)), i128::from(limit.scope.total)))
            }
            Limit::Mean(limit) if !limit.scope.is_empty() => {
                Some((limit.room(after), i128::from(limit.scope.total)))
            }
            _ => None,
        }
    }

    fn short(&self, standing: &Standing) -> ZoneShort {
        let total = self.limit.scope().map_or(0, |scope| scope.total);
        let outside = |share: Option<f64>| share.map(|share| 1.0 - share);
        let (distance, limit) = match self.limit {
            Limit::Within(_) => (outside(standing.after), outside(standing.enforced)),
            _ => (standing.after, standing.enforced),
        };
        ZoneShort {
            id: self.id.clone(),
            distance,
            limit: limit.unwrap_or(0.0),
            people: people(total),
        }
    }
}

//! What two plans say of the same things.

use super::People;
use crate::access::Verdict;
use crate::plan::{
    Action, FileDrift, Plan, PlannedBuilding, PlannedOccupier, PlannedPoint, SettingDrift,
    data_apart,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// Two plans side by side. `b − a` wherever a difference is meant.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The place of both.
    pub place: String,
    /// Input files that the second was made from and the first was not, or that have changed in between: what
    /// differs may be the data's doing and not the plans'.
    pub data: Vec<FileDrift>,
    /// Limits and assumptions in which they differ, the first's as what was.
    pub settings: Vec<SettingDrift>,
    /// Figures of the whole: money, counts, travel.
    pub figures: Vec<Figure>,
    /// Buildings of which the plans make different things.
    pub buildings: Vec<Differs>,
    /// Teams and counters that the plans put in different buildings.
    pub occupiers: Vec<Differs>,
    /// Every agency.
    pub agencies: Vec<AgencySides>,
    /// Every access rule.
    pub rules: Vec<RuleSides>,
    /// How far people have to go to each service; empty where the plans' layers are not there.
    pub people: Vec<People>,
}

/// One figure in both plans; `None` where a plan does not state it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// A stable name: `saving_gbp`.
    pub name: &'static str,
    /// What it is, in words.
    pub words: &'static str,
    /// In the first plan.
    pub a: Option<f64>,
    /// In the second.
    pub b: Option<f64>,
}

/// A record of which the plans make different things.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Differs {
    /// The building's or occupier's id.
    pub id: String,
    /// Its name, where it is known.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What the first plan does with it: an action, or the building it is in.
    pub a: Option<String>,
    /// What the second does.
    pub b: Option<String>,
}

/// What one agency gains in both plans.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AgencySides {
    /// The agency's id.
    pub agency: String,
    /// Present value against the do-minimum in the first plan, £.
    pub npv_a_gbp: f64,
    /// The same in the second.
    pub npv_b_gbp: f64,
    /// Recurring cost a year in the first plan, £.
    pub recurring_a_gbp: f64,
    /// The same in the second.
    pub recurring_b_gbp: f64,
}

/// Where one access rule stands in both plans.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RuleSides {
    /// The rule's id.
    pub rule: String,
    /// What it asks, in words; of the second plan where the two ask different things.
    pub limit: String,
    /// `within`, `worst_case`, `mean` …
    pub kind: String,
    /// How distance is measured.
    pub measure: String,
    /// The unit of what it measures: `share`, `minutes`, `km` or `buildings`.
    pub unit: &'static str,
    /// What it measures today.
    pub today: Option<f64>,
    /// In the first plan.
    pub a: Option<f64>,
    /// In the second.
    pub b: Option<f64>,
    /// People beyond the limit in the first plan.
    pub people_short_a: Option<f64>,
    /// In the second.
    pub people_short_b: Option<f64>,
    /// Whether it holds in the first plan.
    pub verdict_a: Option<Verdict>,
    /// Whether it holds in the second.
    pub verdict_b: Option<Verdict>,
}

/// The plans are of different places, or count their money differently.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the plans cannot be set side by side: {0}")]
pub struct OtherPlace(String);

/// Sets two plans of one place side by side.
///
/// # Errors
/// [`OtherPlace`] where their names, base dates, currencies or objectives differ, or they have no building in common.
pub fn compare(a: &Plan, b: &Plan) -> Result<Comparison, OtherPlace> {
    let same = |what: &str, a: &str, b: &str| match a == b {
        true => Ok(()),
        false => Err(OtherPlace(format!(
            "the {what} of one is {a}, of the other {b}"
        ))),
    };
    same("place", &a.place, &b.place)?;
    same("base date", &a.base_date, &b.base_date)?;
    same("currency", &a.currency, &b.currency)?;
    same(
        "objective",
        &format!("{:?}", a.objective),
        &format!("{:?}", b.objective),
    )?;
    let ids = |plan: &Plan| -> Vec<String> {
        plan.buildings.iter().map(|b| b.asset_id.clone()).collect()
    };
    let known = ids(a);
    if !known.is_empty() && !ids(b).iter().any(|id| known.contains(id)) {
        return Err(OtherPlace("they have no building in common".to_owned()));
    }
    let (data, settings) = data_apart(a, b);
    Ok(Comparison {
        place: a.place.clone(),
        data,
        settings,
        figures: figures(a, b),
        buildings: differing(&a.buildings, &b.buildings, building),
        occupiers: {
            let mut all = differing(&a.occupiers, &b.occupiers, occupier);
            all.extend(differing(&a.points, &b.points, new_counter));
            all
        },
        agencies: agencies(a, b),
        rules: rules(a, b),
        people: Vec::new(),
    })
}

impl Comparison {
    /// Says what the records are called, by their ids.
    pub fn name(&mut self, names: impl Fn(&str) -> Option<String>) {
        for one in self.buildings.iter_mut().chain(&mut self.occupiers) {
            one.name = names(&one.id).unwrap_or_default();
        }
    }
}

impl Differs {
    /// Its name with its id behind it; the id alone where there is no other name.
    pub fn called(&self) -> String {
        match self.name.is_empty() || self.name == self.id {
            true => self.id.clone(),
            false => format!("{} ({})", self.name, self.id),
        }
    }
}

fn building(one: &PlannedBuilding) -> (&str, String) {
    let action = one.action.name();
    let is = match one.part_m2 {
        Some(_) => format!("{action}, a part let or given back"),
        None => action.to_owned(),
    };
    (&one.asset_id, is)
}

fn occupier(one: &PlannedOccupier) -> (&str, String) {
    (&one.occupier, one.to_id.clone())
}

/// Records whose second part differs, in the order of the first list; those of one list alone too.
fn differing<'a, T>(a: &'a [T], b: &'a [T], of: fn(&T) -> (&str, String)) -> Vec<Differs> {
    let sides = |list: &'a [T]| -> BTreeMap<&'a str, String> { list.iter().map(of).collect() };
    let (in_a, in_b) = (sides(a), sides(b));
    let more = b.iter().filter(|one| !in_a.contains_key(of(one).0));
    a.iter()
        .chain(more)
        .map(|one| of(one).0)
        .filter(|id| in_a.get(id) != in_b.get(id))
        .map(|id| Differs {
            id: id.to_owned(),
            name: String::new(),
            a: in_a.get(id).cloned(),
            b: in_b.get(id).cloned(),
        })
        .collect()
}

fn figures(a: &Plan, b: &Plan) -> Vec<Figure> {
    let of = |name, words, pick: &dyn Fn(&Plan) -> Option<f64>| Figure {
        name,
        words,
        a: pick(a),
        b: pick(b),
    };
    let count = |keep: &dyn Fn(Action) -> bool, plan: &Plan| {
        let found = plan.buildings.iter().filter(|one| keep(one.action));
        Some(found.count() as f64)
    };
    let gone = |action: Action| action != Action::Outside && !action.is_open();
    let programme = of("programme_saving_gbp", "saving, done year by year", &|p| {
        p.programme.as_ref().map(|programme| programme.saving_gbp)
    });
    let programme = (programme.a.is_some() || programme.b.is_some()).then_some(programme);
    let mut all = vec![
        of("saving_gbp", "saving", &|p| Some(p.saving_gbp)),
        of("saving_at_most_gbp", "at most, by its bound", &|p| {
            p.saving_at_most_gbp
        }),
        of("running_cost_after_gbp", "running cost a year", &|p| {
            Some(p.running_cost_after_gbp)
        }),
        of("one_off_gbp", "one-off cost", &|p| {
            Some(p.one_off().beyond_today)
        }),
        of("receipts_gbp", "receipts", &|p| {
            Some(p.ledger.iter().map(|l| l.receipts_gbp).sum())
        }),
        of("gap", "gap", &|p| p.gap),
        of("buildings_kept", "buildings kept", &|p| {
            count(&Action::is_open, p)
        }),
        of("buildings_let_go", "buildings let go", &|p| count(&gone, p)),
        of("moves", "teams and counters that move", &|p| {
            let moved = p.occupiers.iter().filter(|one| one.from_id != one.to_id);
            Some(moved.count() as f64)
        }),
        of("person_km", "journeys, km", &|p| {
            p.travel.as_ref().map(|stage| stage.person_km)
        }),
    ];
    if let Some(programme) = programme {
        all.insert(1, programme);
    }
    all
}

/// A new counter is in its building, or nowhere.
fn new_counter(one: &PlannedPoint) -> (&str, String) {
    (&one.point, one.building_id.clone())
}

fn agencies(a: &Plan, b: &Plan) -> Vec<AgencySides> {
    let mut sides: Vec<AgencySides> = Vec::new();
    for (second, plan) in [(false, a), (true, b)] {
        for ledger in &plan.ledger {
            let at = sides.iter().position(|one| one.agency == ledger.agency);
            let at = at.unwrap_or_else(|| {
                sides.push(AgencySides {
                    agency: ledger.agency.clone(),
                    npv_a_gbp: 0.0,
                    npv_b_gbp: 0.0,
                    recurring_a_gbp: 0.0,
                    recurring_b_gbp: 0.0,
                });
                sides.len() - 1
            });
            let one = &mut sides[at];
            let (npv, recurring) = match second {
                false => (&mut one.npv_a_gbp, &mut one.recurring_a_gbp),
                true => (&mut one.npv_b_gbp, &mut one.recurring_b_gbp),
            };
            (*npv, *recurring) = (ledger.npv_gbp, ledger.recurring_after_gbp);
        }
    }
    sides
}

fn rules(a: &Plan, b: &Plan) -> Vec<RuleSides> {
    let more = b
        .rules
        .iter()
        .filter(|rule| !a.rules.iter().any(|one| one.rule == rule.rule));
    a.rules
        .iter()
        .chain(more)
        .map(|rule| {
            let find =
                |plan: &'_ Plan| plan.rules.iter().find(|one| one.rule == rule.rule).cloned();
            let (a, b) = (find(a), find(b));
            RuleSides {
                rule: rule.rule.clone(),
                limit: b.as_ref().unwrap_or(rule).limit.clone(),
                kind: rule.kind.clone(),
                measure: rule.measure.clone(),
                unit: rule.unit(),
                today: rule.today,
                a: a.as_ref().and_then(|one| one.after),
                b: b.as_ref().and_then(|one| one.after),
                people_short_a: a.as_ref().map(|one| one.people_short_after),
                people_short_b: b.as_ref().map(|one| one.people_short_after),
                verdict_a: a.map(|one| one.verdict),
                verdict_b: b.map(|one| one.verdict),
            }
        })
        .collect()
}

//! Whatever is altered in a plan file, the verifier notices and names it.
//!
//! Every number, word, switch and list entry of a good `plan.json` is altered in turn, all but those
//! that the guide `verify.md` says are not worked out again.

use crate::random_places;
use oneroof::load::{LoadOptions, load};
use oneroof::place::{Place, sample};
use oneroof::plan::verify::{Discrepancy, verify};
use oneroof::plan::{Plan, Wish, plan};
use oneroof::travel::{Matrix, Travel};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

/// A place with its plan.
struct Good {
    name: String,
    place: Place,
    travel: Travel,
    plan: Plan,
}

impl Good {
    /// The plan of a place, where there is one.
    fn of(name: &str, place: Place, travel: Travel) -> Option<Self> {
        let wish = Wish {
            time: Duration::from_secs(10),
            ..Wish::default()
        };
        let plan = plan(&place, &travel, &wish, &()).ok()?;
        let good = Self {
            name: name.to_owned(),
            place,
            travel,
            plan,
        };
        let found = verify(&good.place, &good.travel, &good.plan);
        assert!(found.is_empty(), "{name}: {}", lines(&found));
        Some(good)
    }

    fn loaded(folder: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let loaded =
            load(&path, &LoadOptions::default()).unwrap_or_else(|e| panic!("{folder}: {e}"));
        Self::of(folder, loaded.place, loaded.travel).expect("today is a plan")
    }

    fn random(seed: u64) -> Option<Self> {
        let place = random_places::place(seed);
        let travel = Travel::new(&place, Vec::<Matrix>::new());
        Self::of(&format!("random place {seed}"), place, travel)
    }

    fn judge(&self, plan: &Plan) -> Vec<Discrepancy> {
        verify(&self.place, &self.travel, plan)
    }
}

/// Six buildings by hand, the six-building folder, and a dozen random places.
fn good_plans() -> Vec<Good> {
    let six = sample::six_buildings();
    let travel = Travel::new(&six, Vec::<Matrix>::new());
    let mut plans: Vec<Good> = (0..9).filter_map(Good::random).collect();
    plans.extend(Good::of("six buildings", six, travel));
    plans.push(Good::loaded("tests/places/six"));
    plans
}

fn lines(found: &[Discrepancy]) -> String {
    found.iter().map(|d| format!("{d}\n")).collect()
}

/// What `verify.md` says is not worked out again, as paths without positions.
fn is_taken_as_it_is(path: &str) -> bool {
    let words = [
        "/buildings/*/reason",
        "/buildings/*/proof",
        "/occupiers/*/reason",
        "/rules/*/limit",
        "/confidence",
        "/travel/first_value",
        "/travel/person_km_first",
        "/status",
        "/bound_source",
    ];
    let folders = ["/assumptions", "/conflicts", "/run"];
    words.contains(&path)
        || folders.iter().any(|f| path.starts_with(f)) && !path.starts_with("/run/inputs/")
}

/// Every leaf and every list of a value, by JSON pointer.
fn walk(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Array(list) => {
            found.push(at.to_owned());
            for (position, inner) in list.iter().enumerate() {
                walk(inner, &format!("{at}/{position}"), found);
            }
        }
        Value::Object(fields) => {
            for (name, inner) in fields {
                let name = name.replace('~', "~0").replace('/', "~1");
                walk(inner, &format!("{at}/{name}"), found);
            }
        }
        _ => found.push(at.to_owned()),
    }
}

/// A pointer with its positions blotted out: `/buildings/*/npv_gbp`.
fn kind_of(pointer: &str) -> String {
    let blot = |part: &str| match part.parse::<usize>() {
        Ok(_) => "*".to_owned(),
        Err(_) => part.to_owned(),
    };
    pointer.split('/').map(blot).collect::<Vec<_>>().join("/")
}

/// The ways a leaf or a list can be altered.
fn alterations(value: &Value) -> Vec<Value> {
    match value {
        Value::Number(number) => {
            let number = number.as_f64().unwrap_or(0.0);
            let mut other = vec![json!(number + 2.0), json!(number - 2.0), json!(1e300)];
            if number.fract() == 0.0 && number >= 0.0 {
                other.push(json!(number as u64 + 2));
            }
            other
        }
        Value::String(text) => {
            const CODES: [&str; 27] = [
                "retain",
                "host",
                "release_lease",
                "sell",
                "transfer",
                "sublet",
                "mothball",
                "outside",
                "stay",
                "move",
                "merge",
                "pass",
                "fails_today",
                "consult",
                "fail",
                "empty",
                "recurring",
                "one_off",
                "receipt",
                "measured",
                "stated",
                "defaulted",
                "net_present_value",
                "running_cost",
                "standard",
                "service_default",
                "unknown",
            ];
            let coded = CODES.contains(&text.as_str());
            let codes = CODES
                .iter()
                .filter(|code| coded && **code != text)
                .map(|c| json!(c));
            codes
                .chain([json!(format!("{text}?")), json!("")])
                .collect()
        }
        Value::Bool(yes) => vec![json!(!yes)],
        Value::Null => vec![json!(3.0), json!(3), json!("somewhere")],
        Value::Array(list) => {
            let mut other = Vec::new();
            for position in 0..list.len() {
                let mut less = list.clone();
                let one = less.remove(position);
                other.push(Value::Array(less));
                let mut more = list.clone();
                more.push(one);
                other.push(Value::Array(more));
            }
            other
        }
        Value::Object(_) => Vec::new(),
    }
}

/// Whether an alteration says nothing false: the same instant, a file form's own freedom.
fn is_harmless(kind: &str, before: &Value, after: &Value) -> bool {
    let same_number = before.as_f64().is_some() && before.as_f64() == after.as_f64();
    // The objective of a run need not be the place's; another one makes `value` another sum, except
    // where both sums are the same.
    same_number || before == after || kind == "/objective"
}

#[test]
fn every_figure_of_a_plan_is_checked() {
    let mut missed = std::collections::BTreeMap::new();
    let mut tried = 0;
    for good in good_plans() {
        let file = serde_json::to_value(&good.plan).expect("a plan is JSON");
        let mut places = Vec::new();
        walk(&file, "", &mut places);
        for pointer in places {
            let kind = kind_of(&pointer);
            if is_taken_as_it_is(&kind) {
                continue;
            }
            let before = file.pointer(&pointer).expect("found by walking").clone();
            for after in alterations(&before) {
                if is_harmless(&kind, &before, &after) {
                    continue;
                }
                let mut altered = file.clone();
                *altered.pointer_mut(&pointer).expect("found by walking") = after.clone();
                // What is no plan file any more is refused when it is read.
                let Ok(plan) = serde_json::from_value::<Plan>(altered) else {
                    continue;
                };
                tried += 1;
                let found = good.judge(&plan);
                if !names(&kind, &found) {
                    let what = format!(
                        "{kind}: {}: {before} became {after}\n{}",
                        good.name,
                        lines(&found)
                    );
                    missed.entry(kind.clone()).or_insert(what);
                }
            }
        }
    }
    let shown: String = missed.values().cloned().collect();
    assert!(
        missed.is_empty(),
        "{} kinds of {tried} alterations unnoticed:\n{shown}",
        missed.len()
    );
    assert!(tried > 10_000, "only {tried} alterations tried");
}

/// Whether what was found names the altered figure: the field itself, or for what identifies a
/// record (ids, list entries) the list.
fn names(kind: &str, found: &[Discrepancy]) -> bool {
    let parts: Vec<&str> = kind
        .split('/')
        .filter(|part| *part != "*" && !part.is_empty())
        .collect();
    // These are judged by what follows from them: a gap, another building's sums, an area.
    if ["/bound", "/buildings/*/action", "/occupiers/*/outcome"].contains(&kind) {
        return !found.is_empty();
    }
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
        return false;
    };
    let identifies = [
        "asset_id", "occupier", "rule", "agency", "subject", "line", "id", "column",
    ];
    found.iter().any(|d| {
        let inside = d.figure.starts_with(first);
        let figure = match *first {
            // An altered list of the plan, a record's own id, or the file's hash.
            _ if first == last || identifies.contains(last) => true,
            "run" => d.figure.contains("inputs"),
            _ => {
                d.figure.ends_with(last)
                    || d.figure.contains(&format!("{last}["))
                    || *last == "lines"
            }
        };
        inside && figure
    })
}

#[test]
fn a_hostile_plan_file_is_judged_without_a_crash() {
    for good in good_plans() {
        let extremes = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, -0.0];
        for extreme in extremes {
            let mut plan = good.plan.clone();
            plan.value = extreme;
            plan.bound = Some(extreme);
            plan.gap = Some(extreme);
            plan.saving_gbp = extreme;
            plan.run.gap_asked = extreme;
            for building in &mut plan.buildings {
                building.npv_gbp = extreme;
                building.used_after_m2 = extreme;
                building.act_year = Some(u32::MAX);
            }
            for ledger in &mut plan.ledger {
                ledger.npv_gbp = extreme;
                for line in &mut ledger.lines {
                    line.npv_gbp = extreme;
                    line.after_gbp = extreme;
                }
            }
            for rule in &mut plan.rules {
                rule.after = Some(extreme);
                rule.people_short_after = extreme;
            }
            for occupier in &mut plan.occupiers {
                occupier.km = extreme;
                occupier.area_m2 = extreme;
            }
            assert!(!good.judge(&plan).is_empty() || plan == good.plan);
        }
        let mut empty = good.plan.clone();
        empty.buildings.clear();
        empty.occupiers.clear();
        empty.rules.clear();
        empty.ledger.clear();
        assert!(!good.judge(&empty).is_empty());
    }
}

#[test]
fn a_plan_of_another_place_is_refused() {
    let plans: Vec<Good> = (0..6).filter_map(Good::random).collect();
    for pair in plans.windows(2) {
        let found = pair[0].judge(&pair[1].plan);
        assert!(!found.is_empty());
    }
}

#[test]
fn a_bound_above_the_value_is_refused() {
    let mut good = Good::loaded("tests/places/six");
    good.plan.bound = Some(good.plan.value + 1.0);
    good.plan.gap = Some(0.0);
    good.plan.saving_at_most_gbp = Some(good.plan.do_minimum - good.plan.value - 1.0);
    let found = good.judge(&good.plan);
    assert!(
        found
            .iter()
            .any(|d| d.code == "bound-above-value" && d.figure == "bound")
    );
}

#[test]
fn the_committed_town_is_planned_and_verified() {
    let good = Good::loaded("data/wyvern");
    assert!(good.plan.saving_gbp > 0.0);
}

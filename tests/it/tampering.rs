//! Whatever is altered in a plan file, the verifier notices and names it.
//!
//! Every number, word, switch and list entry of a good `plan.json` is altered in turn, all but those
//! that the guide `verify.md` says are not worked out again.

use crate::random_places;
use oneroof::load::{LoadOptions, load};
use oneroof::place::{
    BuildingIx, Decision, Distance, Measure, Mode, Place, RuleKind, TravelObjective, Unit, Verb,
    ZoneIx, sample,
};
use oneroof::plan::verify::{Discrepancy, verify};
use oneroof::plan::{Plan, Wish, plan};
use oneroof::travel::{Matrix, Origin, Travel};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// A place with its plan.
pub(crate) struct Good {
    name: String,
    place: Place,
    travel: Travel,
    pub(crate) plan: Plan,
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
        assert!(found.is_empty(), "{name}: {}", lines_of(&found));
        Some(good)
    }

    pub(crate) fn loaded(folder: &str) -> Self {
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

    pub(crate) fn judge(&self, plan: &Plan) -> Vec<Discrepancy> {
        verify(&self.place, &self.travel, plan)
    }
}

/// Six buildings by hand, the six-building folder, one that is travelled by a matrix and one that
/// people disagree about.
fn good_plans() -> Vec<Good> {
    let six = sample::six_buildings();
    let travel = Travel::new(&six, Vec::<Matrix>::new());
    let mut plans: Vec<Good> = Vec::new();
    plans.extend(Good::of("six buildings", six, travel));
    plans.push(Good::loaded("tests/places/six"));
    plans.push(by_bus());
    plans.push(disputed());
    plans.push(weighed());
    plans.push(visited());
    plans
}

/// Six buildings, whose libraries can take some of the visits that they have today.
pub(crate) fn visited() -> Good {
    let mut place = sample::six_buildings();
    place.services[0].visits_capacity = Some(3_000.0);
    let kind = RuleKind::Capacity {
        visits_per_person: 1.5,
    };
    let mut soft = sample::rule("library.capacity", 0, kind);
    soft.hard = false;
    place.rules.push(soft);
    let travel = Travel::new(&place, Vec::<Matrix>::new());
    Good::of("visited", place, travel).expect("today is a plan")
}

/// Six buildings where those without a car count twice, and long journeys for more than their length.
pub(crate) fn weighed() -> Good {
    let mut place = sample::six_buildings();
    for (zone, share) in place.zones.iter_mut().zip([0.1, 0.2, 0.3, 0.4, 0.5]) {
        zone.groups.insert("no_car".to_owned(), share);
    }
    place.finance.travel_objective = TravelObjective::Equal;
    place
        .finance
        .travel_weights
        .insert("no_car".to_owned(), 2.0);
    let travel = Travel::new(&place, Vec::<Matrix>::new());
    Good::of("weighed", place, travel).expect("today is a plan")
}

/// Six buildings, with a bus that one zone cannot take and that does not go everywhere; and a rule
/// of moves that asks for consultation.
pub(crate) fn by_bus() -> Good {
    let mut place = sample::six_buildings();
    let bus = Measure {
        mode: Mode::Matrix("bus".to_owned()),
        unit: Unit::Minutes,
    };
    place.rules[0].measure = bus.clone();
    place.rules[0].kind = RuleKind::WorstCase {
        limit: Distance(100),
        increase: Distance(50),
    };
    let kind = RuleKind::Displacement {
        limit: Distance(100),
    };
    let mut consult = sample::rule("library.consult", 0, kind);
    consult.hard = false;
    place.rules.push(consult);
    let journey = |zone: usize, to: usize| {
        let minutes = 120 + 30 * zone.abs_diff(to) as u32;
        let from = Origin::Zone(ZoneIx::new(zone));
        (from, BuildingIx::new(to), Distance(minutes))
    };
    let pairs = (0..3).flat_map(|zone| (0..4).map(move |to| journey(zone, to)));
    let travel = Travel::new(&place, vec![Matrix::new("bus", Unit::Minutes, pairs)]);
    Good::of("by bus", place, travel).expect("today is a plan")
}

/// Six buildings, of which two bodies say opposite things about one.
pub(crate) fn disputed() -> Good {
    let mut place = sample::six_buildings();
    for (verb, body) in [(Verb::Keep, "Board"), (Verb::Dispose, "Cabinet")] {
        place.decisions.push(Decision {
            body: Some(body.to_owned()),
            ..Decision::about("A2", verb, None)
        });
    }
    let travel = Travel::new(&place, Vec::<Matrix>::new());
    Good::of("disputed", place, travel).expect("today is a plan")
}

pub(crate) fn lines_of(found: &[Discrepancy]) -> String {
    found.iter().map(|d| format!("{d}\n")).collect()
}

/// What `verify.md` says is not worked out again, as paths without positions.
fn is_taken_as_it_is(path: &str) -> bool {
    let words = [
        "/buildings/*/reason",
        "/occupiers/*/reason",
        "/travel/first_value",
        "/travel/person_km_first",
        "/travel/aim/person_km_first",
    ];
    words.contains(&path) || path.starts_with("/run") && !path.starts_with("/run/inputs/")
}

/// Whether only a part of a text is worked out again, and this alteration leaves that part alone.
fn is_only_wording(path: &str, before: &Value, after: &Value) -> bool {
    let part = match path {
        // Its numbers, and whom it is about.
        "/rules/*/limit" | "/assumptions/*/value" => |text: &str| digits(text),
        // Only whether it is the user's own.
        "/assumptions/*/source" => |text: &str| (text == "place.toml").to_string(),
        // Of when a source is, is the program's own word, as the source is; that it is a year, a month or a day is not.
        "/assumptions/*/dated" => |text: &str| {
            let numbers = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            match [4, 7, 10].contains(&text.len()) && text.split('-').all(numbers) {
                true => "a day".to_owned(),
                false => text.to_owned(),
            }
        },
        // The record it is about: the price of a side is the search's word.
        "/conflicts/*" => |text: &str| text.split(": ").next().unwrap_or_default().to_owned(),
        // The letter and the share.
        "/confidence" => |text: &str| text.chars().take(1).collect::<String>() + &digits(text),
        // Which of these the search may say.
        "/buildings/*/proof" => |text: &str| {
            let said = ["proven", "optimal", "best_found"];
            said.contains(&text).to_string()
        },
        // Why a search ended short of its gap, and which of its two bounds is the better.
        "/status" => |text: &str| ["limit", "interrupted"].contains(&text).to_string(),
        "/bound_source" => |text: &str| (text == "none").to_string(),
        _ => return false,
    };
    match (before.as_str(), after.as_str()) {
        (Some(before), Some(after)) => part(before) == part(after),
        _ => false,
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
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

/// The words of a plan file that are codes: each becomes each other one.
const CODES: [&str; 38] = [
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
    "within_gap",
    "limit",
    "interrupted",
    "appraised",
    "certificate",
    "solver_tree",
    "none",
    "proven",
    "optimal",
    "best_found",
    "place.toml",
];

/// The ways a leaf or a list can be altered. `others` are texts that stand in the same field of
/// other records.
fn alterations(value: &Value, others: &[String]) -> Vec<Value> {
    match value {
        Value::Number(number) => {
            let number = number.as_f64().unwrap_or(0.0);
            let mut other: Vec<Value> = [1.0, -1.0, 2.0]
                .iter()
                .map(|more| json!(number + more))
                .chain([
                    json!(number * 1.01),
                    json!(-number),
                    json!(1e300),
                    Value::Null,
                ])
                .collect();
            if number.fract() == 0.0 && number >= 0.0 {
                other.push(json!(number as u64 + 1));
                other.push(json!((number as u64).saturating_sub(1)));
            }
            other
        }
        Value::String(text) => {
            let coded = text.is_empty() || CODES.contains(&text.as_str());
            let codes = CODES.iter().filter(|code| coded && **code != text);
            let codes = codes.map(|code| json!(code));
            let digit = text.replacen(|c: char| c.is_ascii_digit(), "7", 1);
            codes
                .chain(others.iter().map(|other| json!(other)))
                .chain([
                    json!(format!("{text}?")),
                    json!(""),
                    json!(digit),
                    Value::Null,
                ])
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
                if position > 0 {
                    let mut turned = list.clone();
                    turned.swap(position - 1, position);
                    other.push(Value::Array(turned));
                }
            }
            other
        }
        Value::Object(_) => Vec::new(),
    }
}

/// Whether an alteration says nothing false: the same instant, a file form's own freedom.
fn is_harmless(kind: &str, before: &Value, after: &Value) -> bool {
    // What rounding hides: areas to 0.01 m², distances to a metre, person-km to a tenth.
    let hidden = match kind.rsplit('/').next().unwrap_or_default() {
        field if field.ends_with("_m2") => 0.005,
        "km" => 0.000_5,
        "gap" => 1e-9,
        // Pennies are rounded before they are divided by a small saving.
        "saving_gap" => 1e-6,
        field if field.starts_with("person_km") => 0.05,
        _ => 0.0,
    };
    let same_number = match (before.as_f64(), after.as_f64()) {
        (Some(before), Some(after)) => (before - after).abs() <= hidden,
        _ => false,
    };
    // The objective of a run need not be the place's; another one makes `value` another sum, except
    // where both sums are the same.
    same_number || before == after || kind == "/objective"
}

/// Tries every alteration of a plan, or of a big one every so many; returns how many were tried and
/// what went unnoticed, by kind of figure.
fn tamper(good: &Good, every: usize) -> (usize, BTreeMap<String, String>) {
    let file = serde_json::to_value(&good.plan).expect("a plan is JSON");
    let mut pointers = Vec::new();
    walk(&file, "", &mut pointers);
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for pointer in &pointers {
        if let Some(text) = file.pointer(pointer).and_then(Value::as_str) {
            let same = texts.entry(kind_of(pointer)).or_default();
            if same.len() < 3 && !same.iter().any(|other| other == text) {
                same.push(text.to_owned());
            }
        }
    }
    let mut trials = Vec::new();
    for pointer in &pointers {
        let kind = kind_of(pointer);
        if is_taken_as_it_is(&kind) {
            continue;
        }
        let before = file.pointer(pointer).expect("found by walking");
        let others = texts.get(&kind).map(Vec::as_slice).unwrap_or_default();
        for after in alterations(before, others) {
            if !is_harmless(&kind, before, &after) && !is_only_wording(&kind, before, &after) {
                trials.push((pointer, kind.clone(), after));
            }
        }
    }
    let missed = trials
        .par_iter()
        .step_by(every)
        .filter_map(|(pointer, kind, after)| {
            let mut altered = file.clone();
            let leaf = altered.pointer_mut(pointer)?;
            let before = std::mem::replace(leaf, after.clone());
            // What is no plan file any more is refused when it is read.
            let plan = serde_json::from_value::<Plan>(altered).ok()?;
            let found = good.judge(&plan);
            (!names(kind, &found)).then(|| {
                let (name, what) = (&good.name, lines_of(&found));
                (
                    kind.clone(),
                    format!("{kind}: {name}: {before} became {after}\n{what}"),
                )
            })
        });
    (trials.len() / every, missed.collect())
}

#[test]
fn every_figure_of_a_plan_is_checked() {
    let mut missed = BTreeMap::new();
    let mut tried = 0;
    // Everything of the small ones; of the others as much as there is time for, all kinds of figures.
    let plans = good_plans().into_iter().map(|good| (good, 1));
    let random = (0..9).filter_map(Good::random).map(|good| (good, 11));
    let town = (Good::loaded("data/wyvern"), 97);
    for (good, every) in plans.chain(random).chain([town]) {
        let (trials, unnoticed) = tamper(&good, every);
        tried += trials;
        missed.extend(unnoticed);
    }
    let shown: String = missed.values().cloned().collect();
    assert!(
        missed.is_empty(),
        "{} kinds of {tried} alterations unnoticed:\n{shown}",
        missed.len()
    );
    assert!(tried > 20_000, "only {tried} alterations tried");
}

/// Whether what was found names the altered figure: the field itself, or for what identifies a
/// record (ids, list entries) the list.
fn names(kind: &str, found: &[Discrepancy]) -> bool {
    let parts: Vec<&str> = kind
        .split('/')
        .filter(|part| *part != "*" && !part.is_empty())
        .collect();
    // These are judged by what follows from them: a gap, another building's sums, an area, the
    // sums of years.
    const FOLLOWS: [&str; 7] = [
        "/bound",
        "/status",
        "/buildings/*/action",
        "/occupiers/*/outcome",
        "/occupiers/*/to_id",
        "/cash_flow/*/first_year",
        "/cash_flow/*/last_year",
    ];
    if FOLLOWS.contains(&kind) {
        return !found.is_empty();
    }
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
        return false;
    };
    let identifies = [
        "asset_id",
        "occupier",
        "rule",
        "agency",
        "subject",
        "line",
        "id",
        "column",
        "name",
        "assumption",
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

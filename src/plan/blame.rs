//! What is at fault where no plan was found: one thing at a time is left out, and the nearest thing to
//! a plan says what it breaks.

use super::compile::Sources;
use super::in_play::{Standing, named};
use super::infeasible::{
    called, contradictions, homeless, listed, rule_in_words, rule_named, whose, why_closed,
};
use super::solve::with_sources;
use crate::place::words::counted;
use crate::place::{Lock, Objective, OccupierIx, Place, Record, RuleKind, Unit};
use crate::siting::clock::from_now;
use crate::siting::{
    Ask, Cover, Elastic, Limit as Broken, Problem, Progress, Quiet, SitingError, Violation,
    explain_infeasible, solve,
};
use crate::travel::Travel;
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

/// How many things are left out, one at a time, to see whether a plan exists without them.
const SUSPECTS: usize = 24;

/// A search shorter than this is not worth starting.
const LEAST: Duration = Duration::from_millis(50);

/// The arrangement that breaks least is looked for no longer than this.
const MISS_AT_MOST: Duration = Duration::from_secs(10);

/// One thing that may be left out to see whether a plan exists without it.
enum Suspect {
    /// A cover: reach, position.
    Cover(usize, usize),
    /// A limit on money: a row.
    Row(usize),
    /// A lock or placing of people, with what the place becomes without it.
    Decision(String, Box<Place>),
}

/// What was learnt of a problem in a short search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    /// It has a solution.
    Solution,
    /// It is proven to have none.
    None,
    /// The time was up, or somebody stopped it.
    Nothing,
}

/// Names what, if left out alone, would make a plan possible; where nothing alone would, the locks
/// and strict rules together. It ends at `until`, or when somebody stops it, and says what it had no
/// time to try.
pub(crate) fn reasons(
    from: &Sources<'_>,
    problem: &Problem,
    until: Instant,
    progress: &dyn Progress,
) -> Vec<String> {
    let search = Search { until, progress };
    let suspects = suspects(from, problem);
    let half = Search {
        until: search.share(2).map_or(until, from_now),
        progress,
    };
    let miss = nearest_miss(from, problem, &half);
    let broken = miss.as_ref().map_or_else(Vec::new, |miss| {
        suspects_broken(problem, &suspects, &miss.broken)
    });
    let mut told: BTreeMap<usize, Found> = BTreeMap::new();
    if let [Some(only)] = broken.as_slice() {
        // The arrangement that breaks it alone is a plan without it.
        told.insert(*only, Found::Solution);
    }
    // What the nearest arrangement breaks is tried first.
    let others = (0..suspects.len()).filter(|at| !broken.contains(&Some(*at)));
    let first: Vec<usize> = broken.iter().copied().flatten().collect();
    let mut order: Vec<usize> = first.into_iter().chain(others).collect();
    order.retain(|at| !told.contains_key(at));
    for (nth, at) in order.iter().enumerate() {
        let Some(time) = search.share(order.len() - nth) else {
            break;
        };
        let found = without(from, problem, &suspects[*at], &search, time);
        told.insert(*at, found);
    }
    let name = |suspect: &Suspect| match suspect {
        Suspect::Cover(reach, cover) => {
            rule_in_words(from, problem.reaches[*reach].covers[*cover].name())
        }
        Suspect::Row(row) => problem.rows[*row].name.clone(),
        Suspect::Decision(name, _) => name.clone(),
    };
    let named = |wanted: Option<Found>| -> Vec<String> {
        let all = suspects.iter().enumerate();
        all.filter(|(at, _)| told.get(at).copied().or(Some(Found::Nothing)) == wanted)
            .map(|(_, suspect)| name(suspect))
            .collect()
    };
    let guilty = named(Some(Found::Solution));
    let (cleared, unknown) = (named(Some(Found::None)), named(Some(Found::Nothing)));
    let mut reasons: Vec<String> = guilty
        .iter()
        .map(|name| format!("{name}: without this alone a plan exists"))
        .collect();
    // Where the nearest arrangement breaks what is none of the suspects, that is at fault, and it is named below.
    let beyond = broken.contains(&None);
    if guilty.is_empty() && unknown.is_empty() && !cleared.is_empty() && !beyond {
        reasons.push(format!(
            "these leave no arrangement together, and none of them alone is to blame: {}",
            cleared.join("; ")
        ));
    }
    if !unknown.is_empty() {
        let why = match progress.cancelled() {
            true => "the search was stopped",
            false => "the time was up; give it more with --time",
        };
        let other = if guilty.is_empty() { "" } else { "other " };
        reasons.push(format!(
            "whether a plan exists without one {other}of these was not found out ({why}): {}",
            few(&unknown)
        ));
    }
    reasons.extend(miss.into_iter().flat_map(|miss| miss.words));
    reasons
}

/// Where no plan was found in the time: which limits the best arrangement found breaks, and by how much, a sentence
/// each. It proves nothing.
pub fn breaks_least(
    place: &Place,
    travel: &Travel,
    objective: Objective,
    time: Duration,
    progress: &dyn Progress,
) -> Vec<String> {
    let until = from_now(time);
    with_sources(place, travel, objective, false, |from| {
        let problem = from.compile().problem;
        let search = Search { until, progress };
        match nearest_miss(from, &problem, &search) {
            Some(miss) if miss.broken.is_empty() => vec![
                "there is an arrangement that breaks no limit: with more --time a plan would be found".to_owned(),
            ],
            Some(miss) => miss.words,
            None => Vec::new(),
        }
    })
}

/// The first of some limits, and how many more there are.
fn few(names: &[String]) -> String {
    const FEW: usize = 4;
    let shown = names[..names.len().min(FEW)].join("; ");
    match names.len().saturating_sub(FEW) {
        0 => shown,
        more => format!("{shown}; and {more} more"),
    }
}

/// The suspects among which what an arrangement breaks lies, each once; `None` stands for what is none of them.
fn suspects_broken(
    problem: &Problem,
    suspects: &[Suspect],
    broken: &[Violation],
) -> Vec<Option<usize>> {
    let of = |limit: Broken| {
        suspects.iter().position(|suspect| match (suspect, limit) {
            (
                Suspect::Cover(reach, cover),
                Broken::Each(own, of, _) | Broken::Share(own, of) | Broken::Mean(own, of),
            ) => (*reach, *cover) == (own, of),
            (Suspect::Row(row), Broken::Row(own)) => {
                problem.rows[*row].name == problem.rows[own].name
            }
            _ => false,
        })
    };
    let all: BTreeSet<Option<usize>> = broken.iter().map(|one| of(one.limit)).collect();
    all.into_iter().collect()
}

/// The arrangement that breaks least, as far as it was found.
struct Miss {
    broken: Vec<Violation>,
    words: Vec<String>,
}

/// The time there is to look, and who may stop it.
struct Search<'a> {
    until: Instant,
    progress: &'a dyn Progress,
}

impl Search<'_> {
    /// One of so many equal shares of the time that is left; `None` where it is not worth starting.
    fn share(&self, of: usize) -> Option<Duration> {
        let left = self.until.saturating_duration_since(Instant::now());
        let share = left / u32::try_from(of.max(1)).unwrap_or(u32::MAX);
        (share >= LEAST && !self.progress.cancelled()).then_some(share)
    }

    /// Whether a problem has any solution, as far as a short search tells.
    fn look(&self, problem: &Problem, time: Duration) -> Found {
        let ask = Ask {
            gap: 1.0e9,
            time,
            seed: 1,
            rounds: None,
            least_travel_within: None,
        };
        match solve(problem, &ask, &Quiet(self.progress)) {
            Ok(_) => Found::Solution,
            Err(SitingError::Infeasible | SitingError::LockedOut { .. }) => Found::None,
            Err(_) => Found::Nothing,
        }
    }
}

/// What becomes of the problem when one suspect is left out.
fn without(
    from: &Sources<'_>,
    problem: &Problem,
    suspect: &Suspect,
    search: &Search<'_>,
    time: Duration,
) -> Found {
    match suspect {
        Suspect::Cover(reach, cover) => {
            let mut without = problem.clone();
            without.reaches[*reach].covers.remove(*cover);
            search.look(&without, time)
        }
        Suspect::Row(row) => {
            let mut without = problem.clone();
            // A limit may be several rows of one name.
            without
                .rows
                .retain(|one| one.name != problem.rows[*row].name);
            search.look(&without, time)
        }
        Suspect::Decision(_, without) => {
            let objective = from.books.objective;
            with_sources(without, from.travel, objective, false, |from| {
                match contradictions(from).is_empty() && homeless(from).is_empty() {
                    true => search.look(&from.compile().problem, time),
                    false => Found::None,
                }
            })
        }
    }
}

/// What the arrangement that breaks least would break: zones and rules, or occupiers without room.
fn nearest_miss(from: &Sources<'_>, problem: &Problem, search: &Search<'_>) -> Option<Miss> {
    let time = search.share(1)?;
    let (time, quiet) = (time.min(MISS_AT_MOST), Quiet(search.progress));
    let miss = explain_infeasible(problem, &Elastic::default(), time, &quiet).ok()?;
    let movable: Vec<OccupierIx> = from
        .place
        .occupiers()
        .map(|(at, _)| at)
        .filter(|at| from.in_play.is_movable(*at))
        .collect();
    let rule = |reach: usize, cover: usize| {
        rule_in_words(from, problem.reaches[reach].covers[cover].name())
    };
    let mut zones: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
    let mut homeless = Vec::new();
    let mut broken = Vec::new();
    for violation in &miss.broken {
        match violation.limit {
            Broken::Each(reach, cover, target) => {
                let cover_name = problem.reaches[reach].covers[cover].name();
                let name = problem.reaches[reach].targets.get(target);
                let name = name.map_or("", String::as_str);
                let short = zones.entry((reach, cover)).or_default();
                let by = too_far(from, cover_name, violation.by);
                short.push(format!("{name} (by {by})"));
            }
            Broken::Share(reach, cover) => broken.push(format!(
                "{} is short by {}",
                rule(reach, cover),
                lacking(
                    from,
                    problem.reaches[reach].covers[cover].name(),
                    violation.by
                )
            )),
            Broken::Mean(reach, cover) => {
                let cover_of = &problem.reaches[reach].covers[cover];
                let people: u64 = match cover_of {
                    Cover::Mean { weights, .. } => weights.iter().sum(),
                    _ => 0,
                };
                let by = violation.by / (people as f64).max(1.0);
                broken.push(format!(
                    "{} is too long by {}",
                    rule(reach, cover),
                    too_far(from, cover_of.name(), by)
                ));
            }
            Broken::Row(row) => broken.push(format!(
                "{} is broken by {}",
                problem.rows[row].name,
                crate::place::words::pounds(violation.by * 1e3)
            )),
            Broken::Item(item) => homeless.push(movable.get(item).map_or_else(
                || problem.items[item].name.clone(),
                |at| called(from.place, *at),
            )),
            _ => broken.push(violation.words(problem)),
        }
    }
    for ((reach, cover), names) in zones {
        broken.push(format!(
            "{} leaves beyond its limit {}",
            rule(reach, cover),
            listed("zone", &names)
        ));
    }
    if !homeless.is_empty() {
        broken.push(format!(
            "there is no room for {}",
            listed("occupier", &homeless)
        ));
    }
    let nearest = match miss.proven {
        true => "in the arrangement nearest to a plan",
        false => "in the arrangement nearest to a plan (best found, not proven)",
    };
    let words = |broken: String| format!("{nearest}, {broken}");
    Some(Miss {
        words: broken.into_iter().map(words).collect(),
        broken: miss.broken,
    })
}

/// A distance in steps in the unit that a rule measures in, rounded up.
fn too_far(from: &Sources<'_>, rule: &str, steps: f64) -> String {
    let unit = rule_named(from.place, rule).map_or(Unit::Km, |rule| rule.measure.unit);
    match steps.is_finite() {
        true => {
            let far = (steps / unit.steps() * 100.0).ceil() / 100.0;
            format!("{far:.2} {}", unit.symbol())
        }
        false => "all there is: nothing can be reached".to_owned(),
    }
}

/// How many a rule is short by, of what it counts.
pub(super) fn lacking(from: &Sources<'_>, rule: &str, by: f64) -> String {
    let count = (by / 1000.0).round() as usize;
    let rule = rule_named(from.place, rule);
    match rule.is_some_and(|rule| matches!(rule.kind, RuleKind::MinimumHosts { .. })) {
        true => counted(count, "building", "buildings"),
        false => counted(count, "person", "people"),
    }
}

/// Rules first, then decisions, as many as there is time for.
fn suspects(from: &Sources<'_>, problem: &Problem) -> Vec<Suspect> {
    let place = from.place;
    let money = problem.rows.iter().enumerate();
    let first =
        |at: usize, name: &str| problem.rows.iter().position(|r| r.name == name) == Some(at);
    let money = money.filter(|(at, row)| row.name.starts_with("limit ") && first(*at, &row.name));
    let mut suspects: Vec<Suspect> = money.map(|(at, _)| Suspect::Row(at)).collect();
    for (at, reach) in problem.reaches.iter().enumerate() {
        let hard = reach.covers.iter().enumerate().filter(|(_, c)| c.is_hard());
        suspects.extend(hard.map(|(cover, _)| Suspect::Cover(at, cover)));
    }
    let without = |record: Record| {
        let mut without = place.clone();
        let gone = place.decisions_on(record);
        without
            .decisions
            .retain(|decision| !gone.contains(&decision));
        without
    };
    for (at, building) in place.buildings() {
        let closed = from.in_play.standing[at.index()] == Standing::Closed;
        if closed && !from.in_play.inside[at.index()].is_empty() && suspects.len() < SUSPECTS {
            let mut without = without(Record::Building(at));
            without.buildings[at.index()].lock = Lock::Keep;
            let name = format!(
                "{} is to be let go ({})",
                named(building),
                why_closed(place, at)
            );
            suspects.push(Suspect::Decision(name, Box::new(without)));
        }
    }
    for (at, _) in place.occupiers() {
        let Some(to) = place.placing(at).filter(|_| suspects.len() < SUSPECTS) else {
            continue;
        };
        let record = Record::Occupier(at);
        let name = format!(
            "{} is to be at {} ({})",
            called(place, at),
            named(place.building(to)),
            whose(&place.decisions_on(record))
        );
        suspects.push(Suspect::Decision(name, Box::new(without(record))));
    }
    suspects.truncate(SUSPECTS);
    suspects
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::{Distance, RuleKind, sample};
    use crate::siting::Snapshot;

    /// Somebody who has stopped the run.
    struct Stopped;

    impl Progress for Stopped {
        fn report(&self, _: Snapshot) {}

        fn cancelled(&self) -> bool {
            true
        }
    }

    /// A place in which a rule leaves nothing.
    fn without_a_plan() -> Place {
        let mut place = sample::six_buildings();
        place.rules[1].strict = true;
        place.rules[1].kind = RuleKind::WorstCase {
            limit: Distance(100),
            increase: Distance(0),
        };
        place
    }

    /// The reasons for it.
    fn told(time: Duration, progress: &dyn Progress) -> (Vec<String>, Duration) {
        let place = without_a_plan();
        let travel = Travel::new(&place, Vec::new());
        with_sources(&place, &travel, Objective::NetPresentValue, false, |from| {
            let problem = from.compile().problem;
            let began = Instant::now();
            let reasons = reasons(from, &problem, began + time, progress);
            (reasons, began.elapsed())
        })
    }

    #[test]
    fn the_rule_without_which_a_plan_exists_is_named() {
        let (reasons, _) = told(Duration::from_secs(20), &());
        let guilty = |r: &String| r.contains("clinic.worst") && r.contains("a plan exists");
        assert!(reasons.iter().any(guilty), "{reasons:?}");
    }

    #[test]
    fn what_the_best_arrangement_found_breaks_is_told_with_how_much() {
        let place = without_a_plan();
        let travel = Travel::new(&place, Vec::new());
        let told = |seconds| {
            let time = Duration::from_secs(seconds);
            breaks_least(&place, &travel, Objective::NetPresentValue, time, &())
        };
        let found = told(20);
        let broken = |one: &String| one.contains("clinic.worst") && one.contains("(by ");
        assert!(found.iter().any(broken), "{found:?}");
        assert!(told(0).is_empty());
    }

    #[test]
    fn no_search_is_begun_when_the_time_is_up_and_that_is_said() {
        let (reasons, took) = told(Duration::ZERO, &());
        assert!(took < Duration::from_secs(1), "{took:?}");
        assert_eq!(reasons.len(), 1, "{reasons:?}");
        assert!(reasons[0].contains("was not found out (the time was up"));
    }

    #[test]
    fn no_search_is_begun_when_somebody_stopped_the_run() {
        let (reasons, took) = told(Duration::from_secs(60), &Stopped);
        assert!(took < Duration::from_secs(1), "{took:?}");
        assert!(reasons[0].contains("the search was stopped"), "{reasons:?}");
    }
}

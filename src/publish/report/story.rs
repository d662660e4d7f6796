//! What is proposed and what it saves: the sentences and figures that page and paper begin with.

use super::super::charts::pounds as short;
use super::super::edition::Issue;
use super::when;
use super::words::{action, listed, more_or_less, percent};
use crate::place::Objective;
use crate::place::currency;
use crate::place::words::{count, counted, pounds, whole};
use crate::plan::{Action, MoneyBack, Plan, Status, Worth};
use serde::Serialize;

/// A sentence, and the file of the folder that it can be checked against.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Fact {
    pub(super) text: String,
    pub(super) source: &'static str,
}

impl Fact {
    pub(super) fn new(text: impl Into<String>, source: &'static str) -> Self {
        Self {
            text: text.into(),
            source,
        }
    }
}

/// A figure on its own, with what it is and what it is of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Card {
    pub(super) label: String,
    pub(super) figure: String,
    pub(super) beside: String,
}

fn card(label: &str, figure: impl Into<String>, beside: impl Into<String>) -> Card {
    Card {
        label: label.to_owned(),
        figure: figure.into(),
        beside: beside.into(),
    }
}

/// What becomes of buildings and teams, counted: those that the audience may know of.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Counts {
    /// Buildings in the plan.
    pub(super) of: usize,
    pub(super) kept: usize,
    pub(super) hosts: usize,
    pub(super) gone: usize,
    /// Teams and counters.
    pub(super) teams: usize,
    pub(super) moved: usize,
    /// Buildings that are carried through and not in question.
    pub(super) outside: usize,
    /// How many go which way.
    ways: Vec<(Action, usize)>,
}

impl Counts {
    pub(super) fn of(issue: &Issue<'_>) -> Self {
        let mut counts = Self::default();
        for (planned, _) in issue.planned_buildings() {
            match planned.action {
                Action::Outside => counts.outside += 1,
                Action::Host => counts.hosts += 1,
                _ => {}
            }
            if planned.action != Action::Outside {
                counts.of += 1;
                match planned.action.is_open() {
                    true => counts.kept += 1,
                    false => counts.one_more(planned.action),
                }
            }
        }
        let teams = issue.plan().occupiers.iter();
        let known = teams.filter(|planned| {
            let known = issue.occupier_named(&planned.occupier);
            known.is_some_and(|(_, occupier)| issue.shows_occupier(planned, occupier))
        });
        counts.teams = known.count();
        counts.moved = issue.moves().count();
        counts
    }

    fn one_more(&mut self, way: Action) {
        self.gone += 1;
        match self.ways.iter_mut().find(|(known, _)| *known == way) {
            Some((_, many)) => *many += 1,
            None => self.ways.push((way, 1)),
        }
    }

    /// `30 sold, 20 leases end`.
    pub(super) fn ways_in_words(&self) -> String {
        let mut ways = self.ways.clone();
        ways.sort_by_key(|(_, many)| std::cmp::Reverse(*many));
        let part = |(way, many): &(Action, usize)| {
            let words = match (way, many) {
                (Action::ReleaseLease, 1) => "lease ends",
                (Action::ReleaseLease, _) => "leases end",
                (way, _) => &action(*way).to_lowercase(),
            };
            format!("{} {words}", whole(*many as f64))
        };
        listed(&ways.iter().map(part).collect::<Vec<_>>())
    }
}

/// What is proposed, in one sentence.
pub(super) fn headline(issue: &Issue<'_>) -> String {
    let counts = Counts::of(issue);
    let who = match issue.plan().status {
        Status::Appraised => "This arrangement",
        _ => "The plan",
    };
    format!(
        "{who} keeps {} of {}, lets {} of them go, and moves {} of {}.",
        number(counts.kept),
        count(counts.of, "building"),
        number(counts.gone),
        number(counts.moved),
        counted(counts.teams, "team or counter", "teams and counters"),
    )
}

/// The same with what happens to those that go and those that stay.
pub(super) fn proposed(issue: &Issue<'_>) -> Vec<Fact> {
    let counts = Counts::of(issue);
    let mut facts = vec![Fact::new(headline(issue), "actions.csv, moves.csv")];
    if counts.gone > 0 {
        let text = format!(
            "Of the {} let go: {}.",
            count(counts.gone, "building"),
            counts.ways_in_words()
        );
        facts.push(Fact::new(text, "actions.csv"));
    }
    if counts.hosts > 0 {
        let text = format!(
            "Of the {} kept, {} in teams or counters from elsewhere.",
            number(counts.kept),
            counted(counts.hosts, "takes", "take")
        );
        facts.push(Fact::new(text, "actions.csv"));
    }
    if counts.outside > 0 {
        let text = format!(
            "{} of the registers {} not in question (land, sites locked out, or beyond the study area) and in no count above.",
            counted(counts.outside, "more record", "more records"),
            if counts.outside == 1 { "is" } else { "are" }
        );
        facts.push(Fact::new(text, "actions.csv"));
    }
    facts
}

/// The figures of the first screen, each with what it is of.
pub(super) fn cards(issue: &Issue<'_>) -> Vec<Card> {
    let plan = issue.plan();
    let mut cards = vec![saving_card(issue), running_card(issue)];
    if place_worth(issue).is_some() {
        let one_off = plan.one_off();
        let once = match one_off.beside(short) {
            words if words.is_empty() => "once: fit-out, moves, leaving".to_owned(),
            words => format!("once; {words}"),
        };
        cards.push(card("One-off cost", short(one_off.beyond_today), once));
        let receipts: f64 = plan.ledger.iter().map(|one| one.receipts_gbp).sum();
        let received = "once, from sales, before the cost of selling";
        cards.push(card("Receipts", short(receipts), received));
        cards.extend(plan.money_back().map(|back| payback_card(&back)));
    } else if let Some(travel) = &plan.travel {
        let beside = format!(
            "km for everybody to go once to each service they need; {} today",
            whole(travel.person_km_today)
        );
        cards.push(card("Journeys", whole(travel.person_km), beside));
    }
    cards.push(super::rules::card(issue));
    cards
}

fn saving_card(issue: &Issue<'_>) -> Card {
    let plan = issue.plan();
    let (label, of) = match plan.objective {
        Objective::NetPresentValue => (
            "Saved over the horizon",
            format!("{} years", issue.place().finance.horizon_years),
        ),
        Objective::RunningCost => ("Saved a year", "a year".to_owned()),
    };
    let share = match plan.do_minimum > 0.0 {
        true => format!(
            "{} of the {} that the buildings and teams that may change cost as today over {of}",
            percent(plan.saving_gbp / plan.do_minimum),
            short(plan.do_minimum)
        ),
        false => format!("over {of}, against today"),
    };
    let share = share.replace("over a year", "a year");
    match when::programme(issue) {
        Some(programme) => card(
            "Saved by the programme",
            short(programme.saving_gbp),
            format!(
                "in present value, done year by year over {} years{}; {} if all were done at once",
                issue.place().finance.horizon_years,
                match programme.postponed.len() {
                    0 => String::new(),
                    parts => format!(", {} left for later", counted(parts, "part", "parts")),
                },
                short(programme.end_state_saving_gbp)
            ),
        ),
        None => card(label, short(plan.saving_gbp), share),
    }
}

fn running_card(issue: &Issue<'_>) -> Card {
    let plan = issue.plan();
    let (before, after) = (plan.running_cost_today_gbp, plan.running_cost_after_gbp);
    let beside = format!(
        "{} against the {} a year that buildings in scope cost to run today",
        more_or_less((after - before) / before),
        short(before)
    );
    card("Running cost a year", short(after), beside)
}

fn payback_card(back: &MoneyBack) -> Card {
    let by = |year: Option<u32>| year.map_or("never".to_owned(), |year| format!("year {year}"));
    let figure = match back.year {
        Some(year) => format!("Year {year}"),
        None => "Never".to_owned(),
    };
    let beside = format!(
        "{} is out at most; without receipts {}",
        short(back.most_out_gbp),
        by(back.without_receipts_year)
    );
    card("All money back by", figure, beside)
}

/// What the place's money comes to, where the audience may see it.
pub(super) fn place_worth<'a>(issue: &Issue<'a>) -> Option<&'a Worth> {
    let seen = issue.edition.audience.sees("npv_gbp", None);
    let mut all = issue.plan().worth.iter().filter(|_| seen);
    all.find(|worth| worth.agency.is_none())
}

/// What it saves and what it costs, in sentences.
pub(super) fn money(issue: &Issue<'_>) -> Vec<Fact> {
    let plan = issue.plan();
    let years = issue.place().finance.horizon_years;
    let (before, after) = (plan.running_cost_today_gbp, plan.running_cost_after_gbp);
    let mut facts = Vec::new();
    if let Some(programme) = when::programme(issue) {
        let text = format!(
            "Done year by year, the programme saves {} in present value against today; {}.",
            pounds(programme.saving_gbp),
            back_in_words(&plan.money_back())
        );
        facts.push(Fact::new(text, "plan.json"));
    }
    facts.push(Fact::new(
        match plan.objective {
            Objective::NetPresentValue if when::programme(issue).is_some() => format!(
                "Were all of it done at once, the plan would save {} in present value over {years} years, of the {} that the buildings and teams that may change cost as today over the same years.",
                pounds(plan.saving_gbp),
                pounds(plan.do_minimum)
            ),
            Objective::NetPresentValue => format!(
                "Against today the plan saves {} in present value over {years} years, of the {} that the buildings and teams that may change cost as today over the same years.",
                pounds(plan.saving_gbp),
                pounds(plan.do_minimum)
            ),
            Objective::RunningCost => format!(
                "Against today the plan saves {} a year, of the {} a year that the buildings and teams that may change cost as today.",
                pounds(plan.saving_gbp),
                pounds(plan.do_minimum)
            ),
        },
        "plan.json",
    ));
    let text = format!(
        "The buildings in scope cost {} a year to run today and {} a year afterwards: {}.",
        pounds(before),
        pounds(after),
        more_or_less((after - before) / before)
    );
    facts.push(Fact::new(text, "plan.json"));
    if let Some(worth) = place_worth(issue) {
        facts.extend(spent(issue, worth));
    }
    facts
}

fn spent(issue: &Issue<'_>, worth: &Worth) -> Vec<Fact> {
    let plan = issue.plan();
    let one_off = plan.one_off();
    let beside = match one_off.beside(pounds) {
        words if words.is_empty() => String::new(),
        words => format!(" ({words})"),
    };
    let receipts: f64 = plan.ledger.iter().map(|one| one.receipts_gbp).sum();
    let mut facts = vec![Fact::new(
        format!(
            "{} {} once{beside}, and brings {} once from sales, before the cost of selling{}.",
            match when::programme(issue) {
                Some(_) => "Its end state costs",
                None => "It costs",
            },
            pounds(one_off.beyond_today),
            pounds(receipts),
            owed_to_others(plan),
        ),
        "agencies.csv",
    )];
    let sign = currency::sign();
    let ratio = worth.benefit_cost_ratio.map(|ratio| {
        format!("each {sign}1 spent once brings {sign}{ratio:.2} of benefit in present value")
    });
    let text = match (when::programme(issue), ratio) {
        (Some(_), None) => {
            facts.extend(parts(issue));
            return facts;
        }
        (Some(_), Some(ratio)) => format!("Were all of it done at once, {ratio}."),
        (None, ratio) => {
            let back = capital(&back_in_words(&plan.money_back()));
            format!(
                "{back}{}.",
                ratio.map_or(String::new(), |words| format!("; {words}"))
            )
        }
    };
    facts.push(Fact::new(text, "worth.csv, years.csv"));
    facts.extend(parts(issue));
    facts
}

/// How much is out at most, and when it is back.
fn back_in_words(back: &Option<MoneyBack>) -> String {
    let Some(back) = back else {
        return "when what is spent comes back is not known".to_owned();
    };
    let when = match back.year {
        Some(year) => format!("all of it is back by the end of year {year}"),
        None => "not all of it comes back within the horizon".to_owned(),
    };
    let most = pounds(back.most_out_gbp);
    format!("at most {most} is spent and not yet back, and {when}")
}

fn capital(words: &str) -> String {
    let mut rest = words.chars();
    let first = rest.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + rest.as_str()
}

/// What an overage or a grant takes of the receipts, in words to add.
fn owed_to_others(plan: &Plan) -> String {
    let of = |code: &str| -> f64 {
        let lines = plan.ledger.iter().flat_map(|one| &one.lines);
        lines
            .filter(|line| line.line == code)
            .map(|line| line.after_gbp)
            .sum()
    };
    let owed = [
        ("overage", "as overage"),
        ("clawback", "to grants that are paid back"),
    ];
    let owed: Vec<String> = owed
        .into_iter()
        .filter(|(code, _)| of(code) >= 0.5)
        .map(|(code, words)| format!("{} {words}", pounds(of(code))))
        .collect();
    match owed.is_empty() {
        true => String::new(),
        false => format!(
            "; of that, {} is owed to others, and is in the cost",
            owed.join(" and ")
        ),
    }
}

/// Parts of buildings that go while the rest stays.
fn parts(issue: &Issue<'_>) -> Option<Fact> {
    let plan = issue.plan();
    let floor = plan.buildings.iter().filter_map(|one| one.part_m2);
    let (parts, floor) = (floor.clone().count(), floor.sum::<f64>());
    let lines = plan.ledger.iter().flat_map(|one| &one.lines);
    let income = lines.filter(|line| line.line == "part_income");
    let brings: f64 = income.map(|line| -line.after_gbp).sum();
    (parts > 0).then(|| {
        let text = format!(
            "Of {} that {}, {} m² are let to others or given back to the landlord; that brings or saves {} a year.",
            counted(parts, "building", "buildings"),
            if parts == 1 { "stays" } else { "stay" },
            whole(floor),
            pounds(brings)
        );
        Fact::new(text, "actions.csv, ledger.csv")
    })
}

fn number(count: usize) -> String {
    match count {
        0 => "none".to_owned(),
        count => whole(count as f64),
    }
}

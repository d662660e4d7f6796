//! What keeps one thing of a plan from being changed while everything else is left as it is.

use super::blame::lacking;
use super::choice::Choice;
use super::compile::{Compiled, Sources};
use crate::siting::{Limit, Violation, check};
use serde::Serialize;

/// What keeps an occupier from a building while everything else is as in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// It could go there, and the plan would cost less: the plan is not the cheapest there is.
    Nothing,
    /// It could go there; it costs more, or as much.
    Cost,
    /// The floor, or a resource, is taken by those whom the plan has there.
    Space,
    /// An access rule would not hold.
    Rule,
    /// A limit on money would not hold.
    Money,
    /// The plan lets the building go.
    LetGo,
    /// Services that may not share, or more counters than a building may have.
    Sharing,
    /// It can never be there: too far, not open, without what the service needs, too small.
    Never,
}

/// The weightiest thing that a choice breaks, with words for it; `None` where it is a plan.
pub(super) fn obstacle(
    from: &Sources<'_>,
    compiled: &Compiled,
    choice: &Choice,
) -> Option<(Obstacle, String)> {
    let Some(solution) = from.solution(compiled, choice) else {
        return Some((Obstacle::Sharing, "it does not fit the rest".to_owned()));
    };
    let broken = check(&compiled.problem, &solution).err()?;
    Some(Broken { from, compiled }.in_words(&broken))
}

/// What is broken of a compiled place.
struct Broken<'a> {
    from: &'a Sources<'a>,
    compiled: &'a Compiled,
}

impl Broken<'_> {
    /// The first thing of the weightiest kind that breaks, in words.
    fn in_words(&self, broken: &[Violation]) -> (Obstacle, String) {
        let problem = &self.compiled.problem;
        let mut all: Vec<(Obstacle, String)> = broken
            .iter()
            .map(|violation| match violation.limit {
                Limit::Capacity(site, kind) => {
                    (Obstacle::Space, self.short(site, kind, violation.by))
                }
                Limit::Each(reach, cover, target) => {
                    let zone = problem.reaches[reach].targets.get(target);
                    let zone = zone.map_or("a zone", String::as_str);
                    (
                        Obstacle::Rule,
                        self.rule(reach, cover, &format!("zone {zone} would be too far away")),
                    )
                }
                Limit::Share(reach, cover) => {
                    let name = problem.reaches[reach].covers[cover].name();
                    let short = lacking(self.from, name, violation.by);
                    let what = format!("it would be {short} short");
                    (Obstacle::Rule, self.rule(reach, cover, &what))
                }
                Limit::Mean(reach, cover) => (
                    Obstacle::Rule,
                    self.rule(reach, cover, "the mean would be too long"),
                ),
                Limit::Conflict(at) => {
                    let name = &problem.conflicts[at].name;
                    (Obstacle::Sharing, format!("too many of one kind: {name}"))
                }
                Limit::Requires(_) => (
                    Obstacle::Sharing,
                    "somebody merges into it, and would be alone".to_owned(),
                ),
                Limit::Row(at) if self.compiled.money_rows.contains(&at) => {
                    (Obstacle::Money, self.money(at, violation.by))
                }
                _ => (Obstacle::Sharing, violation.words(problem)),
            })
            .collect();
        all.sort();
        all.into_iter()
            .next()
            .unwrap_or((Obstacle::Sharing, String::new()))
    }

    /// How much room is missing at a site.
    fn short(&self, site: usize, kind: usize, by: f64) -> String {
        let place = self.from.place;
        let building = place.building_named(&self.compiled.problem.sites[site].name);
        let room = building.and_then(|at| self.from.rooms[at.index()].as_ref());
        let what = room.and_then(|room| room.resource(kind)).unwrap_or("m²");
        let missing = crate::place::words::exact((by * 10.0).ceil() / 10.0);
        format!("{missing} {what} too few beside those whom the plan has there")
    }

    /// By how much a limit on money would be broken: its row counts in thousands.
    fn money(&self, row: usize, by: f64) -> String {
        let beyond = crate::place::words::pounds(by * 1e3);
        let name = &self.compiled.problem.rows[row].name;
        format!("{name}: it would be {beyond} beyond")
    }

    fn rule(&self, reach: usize, cover: usize, what: &str) -> String {
        let name = self.compiled.problem.reaches[reach].covers[cover].name();
        format!(
            "{}: {what}",
            super::infeasible::rule_in_words(self.from, name)
        )
    }
}

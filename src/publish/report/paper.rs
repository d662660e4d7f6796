//! `report.md` and `paper.html`: the committee's two pages, every sentence with the file it can be checked
//! against. Both are made from the same sentences; nothing in them is written by hand.

use super::super::about::NOTICE;
use super::super::draw::sources_line;
use super::super::edition::Issue;
use super::super::error::PublishError;
use super::super::exporter::Page;
use super::super::words::day;
use super::page::fill;
use super::policy::policy;
use super::story::Fact;
use super::{people, rules, story, sure, when};
use crate::place::currency;
use serde::Serialize;
use serde_json::{Value, json};

const STYLE: &str = include_str!("paper.css");

/// A heading and the sentences under it.
#[derive(Clone, Debug, Serialize)]
struct Section {
    title: &'static str,
    facts: Vec<Fact>,
    /// Which table follows: `agencies`, `people`, `years`, or none.
    table: &'static str,
}

/// Both forms of the paper.
pub(super) fn pages(issue: &Issue<'_>) -> Result<Vec<Page>, PublishError> {
    let form = |file: &str, text: &str, values: Value| -> Result<Page, PublishError> {
        Ok(Page::new(file, fill(file, text, values)?.into_bytes()))
    };
    Ok(vec![
        form(
            "report.md",
            include_str!("report.md"),
            values(issue, &marked),
        )?,
        form(
            "paper.html",
            include_str!("paper.html"),
            values(issue, &str::to_owned),
        )?,
    ])
}

/// What both templates are given; `form` readies words for the form they are put in.
fn values(issue: &Issue<'_>, form: &dyn Fn(&str) -> String) -> Value {
    let place = issue.place();
    let audience = &issue.edition.audience;
    let whom = match audience.sees_all() {
        true => "Printed for the partners: not for publication.".to_owned(),
        false => format!(
            "Printed for: {audience}. Figures that others may not see are left out; counts of people are in tens, and fewer than ten are not told."
        ),
    };
    let sections = sections(issue).into_iter().map(|mut section| {
        section
            .facts
            .iter_mut()
            .for_each(|fact| fact.text = form(&fact.text));
        section
    });
    let formed = |rows: Value| formed(rows, form);
    json!({
        "policy": policy("", &[STYLE]),
        "style": STYLE,
        "title": form(&place.name),
        "notice": NOTICE,
        "base_date": day(place.base_date),
        "money": currency::name(),
        "whom": whom,
        "phased": issue.plan().programme.is_some(),
        "keeps_back": issue.keeps_sites_back(),
        "version": issue.plan().run.version,
        "sections": sections.collect::<Vec<_>>(),
        "agencies": formed(json!(people::agency_lines(issue))),
        "people": formed(json!(people::services(issue))),
        "years": formed(json!(when::years(issue))),
        "sources": form(&sources_line(place)),
    })
}

/// Rows whose words are readied for a form.
fn formed(mut rows: Value, form: &dyn Fn(&str) -> String) -> Value {
    let each = rows.as_array_mut().into_iter().flatten();
    let cells = each
        .filter_map(Value::as_object_mut)
        .flat_map(|row| row.values_mut());
    for cell in cells {
        if let Some(words) = cell.as_str() {
            *cell = form(words).into();
        }
    }
    rows
}

fn sections(issue: &Issue<'_>) -> Vec<Section> {
    let section = |title, facts, table| Section {
        title,
        facts,
        table,
    };
    let mut assumed = sure::assumed(issue);
    assumed.extend(sure::leases_that_end(issue));
    let mut all = vec![
        section("What is proposed", story::proposed(issue), ""),
        section("What it saves, and of what", story::money(issue), ""),
        section(
            "Which agencies gain and lose",
            people::agency_facts(issue),
            "agencies",
        ),
        section(
            "What changes for the public",
            people::public_facts(issue),
            "people",
        ),
        section("Access rules", rules::facts(issue), ""),
        section("How sure we are, and why", sure::facts(issue), ""),
        section("What is assumed", assumed, ""),
        section("When", when::facts(issue), "years"),
    ];
    if issue.edition.audience.sees_all() && !issue.plan().conflicts.is_empty() {
        let told = issue.plan().conflicts.iter();
        let told = told.map(|one| Fact::new(one.as_str(), "plan.json"));
        all.push(section(
            "Decisions that oppose each other",
            told.collect(),
            "",
        ));
    }
    all.retain(|one| !one.facts.is_empty());
    all
}

/// Words as Markdown prints them: a mark in a name is no mark.
fn marked(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\n' | '\r' => text.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '&' | '!' | '~' => {
                text.push('\\');
                text.push(c);
            }
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn a_name_is_no_markup() {
        assert_eq!(marked("a|b\n<i> _x_"), "a\\|b \\<i\\> \\_x\\_");
    }
}

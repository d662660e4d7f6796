//! A comparison on one screen.

use super::{Comparison, Differs, RuleSides};
use crate::place::words::{MINUS, count, counted, pounds, whole};
use std::fmt::Write;

/// How many records of a kind are written out; the rest are counted and stand in the tables.
const SHOWN: usize = 20;

/// Width of the column that says what a row is about; longer names have more, up to a width.
const NAME: usize = 34;
const LONGEST: usize = 60;

impl Comparison {
    /// The comparison in words: figures, agencies, limits, then what differs record by record.
    pub fn text(&self) -> String {
        let mut text = format!("{}: two plans side by side\n\n", self.place);
        self.data_in_words(&mut text);
        row(&mut text, ["", "first", "second", "second − first"]);
        for figure in &self.figures {
            let shown =
                |value: Option<f64>| value.map_or("-".to_owned(), |v| amount(figure.name, v));
            let more = figure.a.zip(figure.b).map(|(a, b)| b - a);
            let more = more.map_or("-".to_owned(), |more| signed(figure.name, more));
            row(
                &mut text,
                [figure.words, &shown(figure.a), &shown(figure.b), &more],
            );
        }
        text.push_str("\nwho is better off than today, present value\n");
        for one in &self.agencies {
            let more = signed("_gbp", one.npv_b_gbp - one.npv_a_gbp);
            let (a, b) = (pounds(one.npv_a_gbp), pounds(one.npv_b_gbp));
            row(&mut text, [&one.agency, &a, &b, &more]);
        }
        self.rules_in_words(&mut text);
        self.people_in_words(&mut text);
        listed(&mut text, "building", &self.buildings);
        listed(&mut text, "team or counter", &self.occupiers);
        text
    }

    /// That they were made from other data, before any figure.
    fn data_in_words(&self, text: &mut String) {
        if self.data.is_empty() && self.settings.is_empty() {
            return;
        }
        text.push_str(
            "They were not made from the same data: what differs below may come from these, not from the plans.\n",
        );
        let told = |text: &mut String, lines: Vec<String>, what: &str| {
            let more = lines.len().saturating_sub(SHOWN);
            for line in lines.iter().take(SHOWN) {
                let _ = writeln!(text, "  {line}");
            }
            if more > 0 {
                let _ = writeln!(text, "  … and {}", count(more, what));
            }
        };
        let files = self.data.iter();
        let files = files.map(|one| format!("{} {} in the second", one.file, one.now));
        told(text, files.collect(), "more file");
        let settings = self.settings.iter().map(|one| {
            let side = |words: &str| match words {
                "" => "nothing".to_owned(),
                words => words.to_owned(),
            };
            format!(
                "{} {}: {}; in the second {}",
                one.kind,
                one.name,
                side(&one.then),
                side(&one.now)
            )
        });
        told(text, settings.collect(), "more setting");
        text.push('\n');
    }

    fn people_in_words(&self, text: &mut String) {
        if self.people.is_empty() {
            return;
        }
        text.push_str(
            "\npeople with further to go in the second plan than in the first, and less far\n",
        );
        for one in &self.people {
            row(
                text,
                [&one.service, &whole(one.further), &whole(one.nearer), ""],
            );
        }
    }

    fn rules_in_words(&self, text: &mut String) {
        let differs = |rule: &&RuleSides| rule.a != rule.b || rule.verdict_a != rule.verdict_b;
        let rules: Vec<_> = self.rules.iter().filter(differs).collect();
        let same = self.rules.len() - rules.len();
        if self.rules.is_empty() {
            return;
        }
        let _ = writeln!(text, "\naccess: {} the same in both", count(same, "rule"));
        for rule in rules {
            let shown = |value: Option<f64>| value.map_or("-".to_owned(), |v| measured(rule, v));
            let people = |people: Option<f64>| {
                people.map_or(String::new(), |people| format!("{} beyond", whole(people)))
            };
            row(
                text,
                [&rule.rule, &shown(rule.a), &shown(rule.b), &rule.limit],
            );
            if rule.people_short_a != rule.people_short_b {
                let (a, b) = (people(rule.people_short_a), people(rule.people_short_b));
                row(text, ["", &a, &b, ""]);
            }
        }
    }
}

fn listed(text: &mut String, what: &str, all: &[Differs]) {
    if all.is_empty() {
        let _ = writeln!(text, "\nno {what} differs");
        return;
    }
    let _ = writeln!(text, "\n{what}: {} differ", all.len());
    let shown = &all[..all.len().min(SHOWN)];
    let longest = shown.iter().map(|one| one.called().chars().count()).max();
    let wide = longest.unwrap_or(0).clamp(NAME, LONGEST);
    for one in shown {
        let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "-".to_owned());
        wide_row(
            text,
            wide,
            [&one.called(), &side(&one.a), &side(&one.b), ""],
        );
    }
    if all.len() > SHOWN {
        let _ = writeln!(text, "  … and {} more", all.len() - SHOWN);
    }
}

fn row(text: &mut String, columns: [&str; 4]) {
    wide_row(text, NAME, columns);
}

fn wide_row(text: &mut String, wide: usize, [what, a, b, beside]: [&str; 4]) {
    let line = format!("  {what:<wide$} {a:>16} {b:>16}  {beside}");
    let _ = writeln!(text, "{}", line.trim_end());
}

fn amount(name: &str, value: f64) -> String {
    match name {
        "gap" => format!("{:.2} %", value * 100.0),
        name if name.ends_with("_gbp") => pounds(value),
        _ => whole(value),
    }
}

fn signed(name: &str, more: f64) -> String {
    let size = amount(name, more.abs());
    match more {
        // What is nothing in the figures shown has no sign.
        _ if size == amount(name, 0.0) => size,
        more if more > 0.0 => format!("+{size}"),
        more if more < 0.0 => format!("{MINUS}{size}"),
        _ => size,
    }
}

fn measured(rule: &RuleSides, value: f64) -> String {
    match rule.unit {
        "share" => format!("{:.1} %", value * 100.0),
        "buildings" => counted(value.round() as usize, "building", "buildings"),
        "minutes" => format!("{value:.1} min"),
        _ => format!("{value:.2} km"),
    }
}

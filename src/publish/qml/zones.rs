//! Zones by how much further away a service gets: one style for each service.

use super::super::access_change::ServiceChange;
use super::super::draw::{Ink, OUTLINE, PAPER, Symbol};
use super::super::edition::Issue;
use super::super::layers::service_columns;
use super::super::maps::{Classes, Scale, Way};
use super::Style;
use super::document::{Document, escaped};
use super::symbol::{Pattern, area, mark};
use crate::access::SAME_KM;
use crate::access::losers;

/// The style the layer opens with, and one for each service, that of which most zones lose first.
pub(super) fn styles(issue: &Issue<'_>) -> Vec<Style> {
    let mut services = service_columns(issue);
    services.sort_by_key(|(service, _)| {
        let lost = losers(issue.place(), std::slice::from_ref(*service), SAME_KM);
        std::cmp::Reverse(lost.len())
    });
    let each: Vec<Style> = services
        .iter()
        .map(|(service, names)| {
            let name = &issue.place().service(service.service).name;
            let document = Document::new(by_class(issue, service, names), "\"name\"");
            let stem = names[0].trim_end_matches("_today_km");
            Style {
                file: format!("zones-{stem}.qml"),
                is_default: false,
                ..Style::new("zones", name, document)
            }
        })
        .collect();
    let first = match each.first() {
        Some(first) => Style {
            name: "Zones".to_owned(),
            about: format!("As the style `{}`", first.name),
            is_default: true,
            file: "zones.qml".to_owned(),
            ..first.clone()
        },
        None => Style::new("zones", "Zones", Document::new(plain(issue), "\"name\"")),
    };
    std::iter::once(first).chain(each).collect()
}

/// A rule: a condition, its words, its symbol.
type Rule = (String, String, String);

fn ruled(rules: &[Rule]) -> String {
    let mut list = String::new();
    let mut symbols = String::new();
    for (at, (filter, words, symbol)) in rules.iter().enumerate() {
        list.push_str(&format!(
            "  <rule key=\"{{r{at}}}\" filter=\"{}\" label=\"{}\" symbol=\"{at}\"/>\n",
            escaped(filter),
            escaped(words)
        ));
        symbols.push_str(symbol);
    }
    format!(
        " <renderer-v2 type=\"RuleRenderer\" symbollevels=\"0\" enableorderby=\"0\" forceraster=\"0\">\n <rules key=\"{{rules}}\">\n{list} </rules>\n <symbols>\n{symbols} </symbols>\n </renderer-v2>\n"
    )
}

fn plain(issue: &Issue<'_>) -> String {
    ruled(&[(
        "TRUE".to_owned(),
        "Zone".to_owned(),
        symbol(issue, 0, PAPER, Pattern::None),
    )])
}

/// An area, or a mark where no zone has an outline.
fn symbol(issue: &Issue<'_>, at: usize, ink: Ink, pattern: Pattern) -> String {
    let name = at.to_string();
    match issue
        .place()
        .zones
        .iter()
        .any(|zone| zone.outline.is_some())
    {
        true => area(&name, ink, OUTLINE, pattern),
        false => mark(&name, Symbol::Circle, ink, 3.0),
    }
}

/// Where the class of those who can reach none any more stands among those of a change.
const CUT_OFF: usize = 6;

/// The classes of the maps, as conditions on the fields of the layer.
fn by_class(issue: &Issue<'_>, service: &ServiceChange, names: &[String; 3]) -> String {
    let classes = Classes::of(issue, service);
    let [today, after, change] = names.each_ref().map(|name| format!("\"{name}\""));
    // A distance that no zone has is no field of the layer.
    let null = |name: &str| format!("{name} is null");
    let conditions: Vec<String> = match classes.scale {
        Scale::Change(step) => vec![
            format!("{} and {after} is not null", null(&today)),
            format!("{change} < -{step}"),
            format!("{change} >= -{step} and {change} < -{SAME_KM}"),
            format!("abs({change}) <= {SAME_KM}"),
            format!("{change} > {SAME_KM} and {change} <= {step}"),
            format!("{change} > {step}"),
            format!("{today} is not null and {}", null(&after)),
            format!("{} and {}", null(&today), null(&after)),
        ],
        Scale::Distance([first, second, third]) => vec![
            format!("{after} <= {first}"),
            format!("{after} > {first} and {after} <= {second}"),
            format!("{after} > {second} and {after} <= {third}"),
            format!("{after} > {third}"),
            null(&after),
        ],
    };
    let rules: Vec<Rule> = conditions
        .into_iter()
        .zip(&classes.all)
        .enumerate()
        .map(|(at, (condition, class))| {
            let pattern = match class.way {
                Way::Further if at == CUT_OFF => Pattern::Crossed,
                Way::Further => Pattern::Rising,
                Way::Nowhere => Pattern::Falling,
                _ => Pattern::None,
            };
            let symbol = symbol(issue, at, class.fill, pattern);
            (condition, class.words.clone(), symbol)
        })
        .collect();
    ruled(&rules)
}

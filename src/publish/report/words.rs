//! Codes as people say them.

use super::super::edition::Issue;
use crate::place::words::counted;
use crate::plan::{Action, Sureness};

/// What a code of a field is called; the words themselves where they are no code.
pub(super) fn said(issue: &Issue<'_>, field: &str, code: &str) -> String {
    match field {
        "action" => action_named(code).to_owned(),
        "agency" | "whose" => agency(issue, code),
        "service" => service(issue, code),
        "host_id" | "from_id" | "to_id" => building(issue, code),
        "proof" => Sureness::from_code(code)
            .map_or("", Sureness::label)
            .to_owned(),
        "group" => group(code),
        "duties" => duties(issue, code),
        _ => plain(code),
    }
}

/// Duties, each with how long it takes at least.
fn duties(issue: &Issue<'_>, ids: &str) -> String {
    let known = &issue.place().phase.duties;
    let each = ids.split("; ").map(|id| {
        let duty = known.iter().find(|duty| duty.id == id);
        duty_named(id, duty.map(|duty| duty.weeks))
    });
    each.collect::<Vec<_>>().join("; ")
}

/// A duty with the weeks it takes at least.
pub(super) fn duty_named(id: &str, weeks: Option<u32>) -> String {
    match weeks {
        Some(weeks) => format!(
            "{} ({})",
            spaced(id),
            counted(weeks as usize, "week", "weeks")
        ),
        None => spaced(id),
    }
}

/// A code that has no words of its own.
fn plain(code: &str) -> String {
    match code {
        "stated" => "Stated",
        "measured" => "Measured",
        "defaulted" => "Default",
        "merge" => "Joins another",
        "nearer" => "Nearer",
        "further" => "Further",
        "cut_off" => "Can reach none",
        "warn" => "To look at",
        "default" => "Default used",
        "repair" => "Value mended",
        "reject" => "Row set aside",
        "error" => "Error",
        "running_fixed" => "Running cost of the building",
        "running_variable" => "Running cost of floor in use",
        "rent" => "Rent",
        "rates" => "Business rates",
        "holding" => "Holding it empty",
        "site_fixed" => "Shared cost of the site",
        "rent_to_exit" => "Rent until it can be left",
        "fit_out" => "Fit-out",
        "move" => "Move",
        "backlog" => "Repairs that wait",
        "disposal_cost" => "Cost of selling",
        "clawback" => "Paid back to a grant",
        "overage" => "Owed to others as overage",
        "surrender" => "Price for ending the lease early, by agreement",
        "break_penalty" => "Penalty for leaving the lease",
        "opening" => "Opening",
        "point_running" => "Running cost of new counters",
        "point_opening" => "Opening of new counters",
        "part_income" => "Rent of a part let, or saved on a part given up",
        "part_works" => "Setting a part apart",
        "release_lease" => "Lease ends",
        "empty" => "Stands empty",
        "open" => "Opens",
        "sell" => "Sold",
        "transfer" => "Transferred",
        "mothball" => "Held empty",
        other => return spaced(other),
    }
    .to_owned()
}

/// `let_out` as `Let out`; words with capitals or spaces stay as they are.
fn spaced(code: &str) -> String {
    let is_code = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if code.is_empty() || !code.chars().all(is_code) {
        return code.to_owned();
    }
    let mut words = code.replace('_', " ");
    words[..1].make_ascii_uppercase();
    words
}

/// An action in two or three words.
pub(super) fn action(action: Action) -> &'static str {
    match action {
        Action::Retain => "Kept",
        Action::Host => "Kept, takes others in",
        Action::ReleaseLease => "Lease ends",
        Action::Sell => "Sold",
        Action::Transfer => "Transferred",
        Action::Sublet => "Sublet",
        Action::Mothball => "Emptied and held",
        Action::Outside => "Not in the plan",
    }
}

fn action_named(code: &str) -> &'static str {
    const ALL: [Action; 8] = [
        Action::Retain,
        Action::Host,
        Action::ReleaseLease,
        Action::Sell,
        Action::Transfer,
        Action::Sublet,
        Action::Mothball,
        Action::Outside,
    ];
    let named = ALL.into_iter().find(|one| one.name() == code);
    named.map_or("", action)
}

/// An agency's name.
pub(super) fn agency(issue: &Issue<'_>, id: &str) -> String {
    let mut known = issue.place().agencies.iter();
    let known = known.find(|one| one.id.as_str() == id);
    known.map_or_else(|| id.to_owned(), |one| one.name.clone())
}

fn service(issue: &Issue<'_>, id: &str) -> String {
    let mut known = issue.place().services();
    let known = known.find(|(_, one)| one.id.as_str() == id);
    known.map_or_else(|| id.to_owned(), |(_, one)| one.name.clone())
}

fn building(issue: &Issue<'_>, id: &str) -> String {
    let known = issue.building_named(id);
    known.map_or_else(|| id.to_owned(), |(_, one)| one.name.clone())
}

/// A group of people: `no_car` as `No car`.
pub(super) fn group(name: &str) -> String {
    spaced(name)
}

/// A share in per cent, one decimal.
pub(in super::super) fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// A change as a share of what was: `4.2 % more`, `14.2 % less`, `no change`.
pub(super) fn more_or_less(share: f64) -> String {
    let percent = format!("{:.1} %", share.abs() * 100.0);
    match share {
        share if percent == "0.0 %" || !share.is_finite() => "no change".to_owned(),
        share if share < 0.0 => format!("{percent} less"),
        _ => format!("{percent} more"),
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_said_in_words_and_words_stay_as_they_are() {
        assert_eq!(spaced("no_car"), "No car");
        assert_eq!(spaced("Old Town Hall"), "Old Town Hall");
        assert_eq!(spaced(""), "");
        assert_eq!(action_named("release_lease"), "Lease ends");
    }

    #[test]
    fn a_change_is_more_or_less_or_none() {
        assert_eq!(more_or_less(-0.142), "14.2 % less");
        assert_eq!(more_or_less(0.005), "0.5 % more");
        assert_eq!(more_or_less(0.0001), "no change");
        assert_eq!(more_or_less(f64::NAN), "no change");
    }

    #[test]
    fn a_list_has_one_and() {
        let words = |n: usize| {
            ["a", "b", "c"][..n]
                .iter()
                .map(|w| (*w).to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(listed(&words(1)), "a");
        assert_eq!(listed(&words(3)), "a, b and c");
    }
}

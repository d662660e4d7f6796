//! `partnership.md`: the same in plain words, for whoever has to sign.

use super::super::about::NOTICE;
use super::super::words::day;
use super::PartnershipEdition;
use crate::partnership::{CoreAnswer, Partnership, Share};
use crate::place::currency;
use crate::place::words::{counted, pounds};
use std::fmt::Write;

pub(super) fn write(edition: &PartnershipEdition<'_>) -> String {
    let (place, told) = (edition.place, edition.partnership);
    let mut text = format!(
        "# {}: what working together is worth\n\n{NOTICE}\n\n",
        plain(&place.name)
    );
    let kind = match told.objective.as_str() {
        "net_present_value" => format!(
            "Every figure is a present value over {} years, as the difference to today",
            place.finance.horizon_years
        ),
        _ => "Every figure is a saving of running cost in a steady year, against today".to_owned(),
    };
    let _ = writeln!(
        text,
        "{kind}; {} of {}.\n",
        currency::name(),
        day(place.base_date)
    );
    together(&mut text, told);
    if told.audience != "partners" {
        let _ = writeln!(
            text,
            "Printed for: {}. What other members gain, pay or could do by themselves is left out.\n",
            told.audience
        );
    }
    if !told.shares.is_empty() {
        shares(&mut text, told);
        transfers(&mut text, told);
    }
    stable(&mut text, told);
    if !told.drop_outs.is_empty() {
        drop_outs(&mut text, told);
    }
    how(&mut text, told);
    text
}

/// Words of the input, without what Markdown would take for a mark.
fn plain(words: &str) -> String {
    let mark = |c: &char| {
        !matches!(
            c,
            '|' | '*' | '_' | '`' | '<' | '>' | '[' | ']' | '\n' | '\r'
        )
    };
    words.chars().filter(mark).collect()
}

/// `£4,000 to £9,000`, or what is known of it.
fn between(least: Option<f64>, most: Option<f64>) -> String {
    match (least, most) {
        (Some(least), Some(most)) => format!("{} to {}", pounds(least), pounds(most)),
        (Some(least), None) => format!("at least {}; no upper limit is proven", pounds(least)),
        (None, Some(most)) => format!("at most {}; no lower limit is proven", pounds(most)),
        (None, None) => "nothing is proven".to_owned(),
    }
}

fn percent(gap: Option<f64>) -> String {
    gap.map_or("not proven".to_owned(), |gap| {
        format!("{:.2} %", gap * 100.0)
    })
}

fn together(text: &mut String, told: &Partnership) {
    let _ = writeln!(
        text,
        "## What it is worth\n\n\
         * Planning together, all members save **{}**; no plan of theirs saves more than {}. \
         The plan's cost is {}, the gap {} of it.\n\
         * Planning alone, each in its own buildings, they save **{}** in sum.\n\
         * So working together adds **{}** by the plans found; for certain it adds {}.\n",
        pounds(told.together_gbp),
        told.together_most_gbp
            .map_or("an amount that is not proven".to_owned(), pounds),
        pounds(told.cost_gbp),
        percent(told.gap),
        pounds(told.alone_gbp),
        pounds(told.adds_gbp),
        between(told.adds_least_gbp, told.adds_most_gbp)
    );
    if let Some(purse) = told.one_purse() {
        let _ = writeln!(text, "{purse}\n");
    }
    if !told.outside.is_empty() {
        let _ = writeln!(
            text,
            "Not taking part, and exactly as today in every figure here: {}.\n",
            told.outside.join(", ")
        );
    }
}

fn shares(text: &mut String, told: &Partnership) {
    let _ = writeln!(
        text,
        "## A fair share for each\n\n\
         A member's share is what it adds to those who are already in, averaged over the orders in which \
         the members could join (its Shapley value). The shares sum to the {} saved together. The interval \
         says where the share lies, given that each plan is known within its gap only.\n\n\
         | member | alone | share | share lies between | of what is saved |\n|---|---:|---:|---|---:|",
        pounds(told.together_gbp)
    );
    for one in &told.shares {
        let of = match told.together_gbp > 0.0 {
            true => format!("{:.1} %", 100.0 * one.share_gbp / told.together_gbp),
            false => String::new(),
        };
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {of} |",
            plain(&one.name),
            pounds(one.alone_gbp),
            pounds(one.share_gbp),
            between(one.share_least_gbp, one.share_most_gbp)
        );
    }
    let _ = writeln!(text, "\n![Shares with their intervals](shares.svg)\n");
    if let Some(orders) = told.orders {
        let _ = writeln!(
            text,
            "There are too many groups to plan them all: the shares are averages over {orders} orders drawn by \
             the seed {}; `sampling_error_gbp` in `shares.csv` is the standard error of that, beside the interval.\n",
            told.run.seed
        );
    }
}

fn transfers(text: &mut String, told: &Partnership) {
    let _ = writeln!(
        text,
        "## Who pays whom\n\n\
         The joint plan by itself gives each member what its ledger says: its savings, costs and receipts, \
         with the recharges between members. The transfers bring each from there to its share; they cancel out.\n\n\
         | member | by the plan's ledger | receives (+) or pays (−) | share |\n|---|---:|---:|---:|"
    );
    for one in &told.shares {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} |",
            plain(&one.name),
            pounds(one.by_ledger_gbp),
            signed(one.transfer_gbp),
            pounds(one.share_gbp)
        );
    }
    text.push('\n');
    for one in &told.transfers {
        let _ = writeln!(
            text,
            "* {} pays {} {}{}.",
            name(told, &one.from),
            name(told, &one.to),
            pounds(one.gbp),
            one.a_year_gbp
                .map_or(String::new(), |gbp| format!(", or {} a year", pounds(gbp)))
        );
    }
    if told.transfers.iter().any(|one| one.a_year_gbp.is_some()) {
        let _ = writeln!(
            text,
            "\nEach is one payment in year 0; the sum a year is its equal in every year after that, at the discount rate of the place."
        );
    }
    text.push('\n');
}

/// An amount with its sign.
fn signed(gbp: f64) -> String {
    match gbp >= 0.5 {
        true => format!("+{}", pounds(gbp)),
        false => pounds(gbp),
    }
}

fn name(told: &Partnership, id: &str) -> String {
    let known = told.shares.iter().find(|one: &&Share| one.member == id);
    plain(known.map_or(id, |one| one.name.as_str()))
}

/// `A, B and C`.
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

fn stable(text: &mut String, told: &Partnership) {
    let answer = match (told.core, told.every_coalition) {
        (CoreAnswer::Yes, _) => {
            "**Yes.** There is a split that gives every group at least what it could save by itself, \
             wherever within the gaps the true values lie."
        }
        (CoreAnswer::No, _) => {
            "**No.** Whatever the split, some group could save more by itself than it is given, \
             wherever within the gaps the true values lie."
        }
        (CoreAnswer::Undecided, true) => {
            "**Undecided at this gap.** The plans are not known exactly enough to tell; a smaller --gap may."
        }
        (CoreAnswer::Undecided, false) => {
            "**Undecided at this gap.** Not every group was planned, so that one that would leave may have been missed."
        }
    };
    let _ = writeln!(
        text,
        "## Does a split exist that no group would leave?\n\n{answer}\n"
    );
    if told.subsidy_gbp > 0.0 || told.subsidy_most_gbp.is_none_or(|most| most > 0.0) {
        let _ = writeln!(
            text,
            "By the plans found, {} from outside would be needed to keep everybody in; for certain, {}.\n",
            pounds(told.subsidy_gbp),
            between(Some(told.subsidy_least_gbp), told.subsidy_most_gbp)
        );
    }
    if told.audience != "partners" {
        return;
    }
    if told.would_leave.is_empty() {
        let _ = writeln!(
            text,
            "With the shares above, no group that was planned has more by itself, by the plans found.\n"
        );
        return;
    }
    let _ = writeln!(
        text,
        "With the shares above, {} would have more by itself, by the plans found:\n",
        counted(told.would_leave.len(), "group", "groups")
    );
    for (group, more) in told.would_leave.iter().take(8) {
        let names: Vec<String> = group.iter().map(|id| name(told, id)).collect();
        let _ = writeln!(text, "* {}: {} more.", listed(&names), pounds(*more));
    }
    let _ = writeln!(
        text,
        "\nThe split that comes nearest to pleasing everybody is `core_split_gbp` in `shares.csv`: it leaves \
         the group nearest to leaving {} {} what it has by itself.\n",
        pounds(told.core_margin_gbp.abs()),
        if told.core_margin_gbp < 0.0 {
            "below"
        } else {
            "above"
        }
    );
}

fn drop_outs(text: &mut String, told: &Partnership) {
    let _ = writeln!(
        text,
        "## If one member drops out\n\n\
         | without | the others save | of the {} lost | the loss lies between |\n|---|---:|---:|---|",
        pounds(told.together_gbp)
    );
    for one in &told.drop_outs {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} |",
            name(told, &one.member),
            pounds(one.others_gbp),
            pounds(one.lost_gbp),
            between(one.lost_least_gbp, one.lost_most_gbp)
        );
    }
    text.push('\n');
}

fn how(text: &mut String, told: &Partnership) {
    let late = told.coalitions.iter().filter(|one| !one.within_gap).count();
    let idle = told
        .coalitions
        .iter()
        .filter(|one| one.none.is_some())
        .count();
    let _ = writeln!(
        text,
        "## How this was found\n\n\
         {} of members were planned. Members of a group share buildings with each other only; everybody else, \
         with buildings, teams and money, stays exactly as today. Each plan keeps every access limit of the \
         whole place and was verified. The gap of a plan is the part of its cost by which a better plan could \
         be cheaper: {:.2} % was asked for, the widest is {}; {late} did not reach it. `coalitions.csv` has each \
         group's cost, saving and gap.",
        counted(told.coalitions.len(), "group", "groups"),
        told.run.gap_asked * 100.0,
        percent(told.widest_gap)
    );
    if told.monotone {
        let _ = writeln!(
            text,
            "\nA wider group may do whatever a smaller one may, so no group is taken to save less than one within it, \
             or more than is proven of one around it."
        );
    }
    if idle > 0 {
        let _ = writeln!(
            text,
            "\n{} no plan that keeps the limits and decisions; such a group does nothing, and saves {}.",
            counted(idle, "group has", "groups have"),
            pounds(0.0)
        );
    }
    let _ = writeln!(
        text,
        "\nA transfer is money between members and part of no saving. The joint plan here spends nothing on shorter \
         journeys; `oneroof plan` does, so its figures are a little different."
    );
}

//! How sure the plan is, and why.

use super::super::charts::pounds as short;
use super::super::edition::Issue;
use super::story::Fact;
use crate::place::currency;
use crate::place::words::{count, counted, pounds, whole};
use crate::place::{Grade, Severity, TenureKind};
use crate::plan::{Action, NO_GAP, Status, Sureness};
use crate::siting::BoundSource;
use serde::Serialize;

/// What is saved beside what could be saved at most, for a bar.
#[derive(Debug, Serialize)]
pub(super) struct Bound {
    saving: String,
    most: String,
    gap: String,
    /// Per cent of the most.
    share: f64,
}

/// The bar of bound and saving; `None` where nothing is proven or saved.
pub(super) fn bound(issue: &Issue<'_>) -> Option<Bound> {
    let plan = issue.plan();
    let most = plan.saving_at_most_gbp?.max(plan.saving_gbp);
    (most > 0.0 && plan.saving_gbp >= 0.0).then(|| Bound {
        saving: short(plan.saving_gbp),
        most: short(most),
        gap: gap(plan.gap),
        share: plan.saving_gbp / most * 100.0,
    })
}

fn gap(gap: Option<f64>) -> String {
    match gap {
        None => "not known".to_owned(),
        Some(gap) if gap <= NO_GAP => "none".to_owned(),
        Some(gap) if gap < 0.000_05 => "below 0.01 %".to_owned(),
        Some(gap) => format!("{:.2} %", gap * 100.0),
    }
}

/// Everything that says how sure the figures are.
pub(super) fn facts(issue: &Issue<'_>) -> Vec<Fact> {
    let mut facts = vec![proven(issue)];
    facts.extend(by_building(issue));
    facts.extend(chance(issue));
    facts.push(confidence(issue));
    facts.extend(unaccounted(issue));
    facts.extend(foreign(issue));
    facts.push(findings(issue));
    facts.push(Fact::new(
        "Every figure can be worked out again from the input files with none of the optimiser's code: oneroof verify does it, and oneroof plan writes no plan that it refutes.",
        "plan.json",
    ));
    facts
}

fn proven(issue: &Issue<'_>) -> Fact {
    let plan = issue.plan();
    let text = match (plan.status, plan.saving_at_most_gbp, plan.gap) {
        (Status::Appraised, _, _) => {
            "People chose this arrangement; no other was searched for, and nothing is proven about what could be saved."
                .to_owned()
        }
        (_, Some(_), Some(gap)) if gap <= NO_GAP => {
            "It is proven that no plan within the same limits saves more.".to_owned()
        }
        (_, Some(most), known) => format!(
            "It is proven that no plan within the same limits saves more than {}; {} is found. The gap is {} of the plan's cost of {}, {:.2} % was asked for.",
            pounds(most),
            pounds(plan.saving_gbp),
            gap(known),
            pounds(plan.value),
            plan.run.gap_asked * 100.0
        ),
        _ => "Nothing is proven about how much a plan within the same limits could save.".to_owned(),
    };
    let text = match plan.bound_source {
        BoundSource::SolverTree => text + BY_THE_SOLVER,
        _ => text,
    };
    Fact::new(text, "certificate.json")
}

/// Said of a bound that nobody can recompute.
const BY_THE_SOLVER: &str = " For that the solver's word is taken; the certificate alone, which anybody can recompute, proves somewhat less.";

fn by_building(issue: &Issue<'_>) -> Option<Fact> {
    let asked: Vec<_> = issue
        .planned_buildings()
        .filter(|(one, _)| one.action != Action::Outside && !one.proof.is_empty())
        .collect();
    if asked.is_empty() {
        return None;
    }
    let proven = asked.iter().filter(|(one, _)| is_proven(&one.proof));
    let all = count(asked.len(), "building");
    let text = match proven.count() {
        0 => format!(
            "For none of {all} in question is the opposite proven to save no more; each is the best that was found."
        ),
        many if many == asked.len() => {
            format!("For each of {all} in question, doing the opposite is proven to save no more.")
        }
        many => format!(
            "For {} of {all} in question, doing the opposite is proven to save no more; the others are the best that was found.",
            whole(many as f64)
        ),
    };
    Some(Fact::new(text, "actions.csv"))
}

/// Whether the opposite is proven to save no more.
fn is_proven(code: &str) -> bool {
    matches!(
        Sureness::from_code(code),
        Some(Sureness::Proven | Sureness::Optimal)
    )
}

fn chance(issue: &Issue<'_>) -> Option<Fact> {
    let trial = &issue.plan().sensitivity_as_done().trial;
    if trial.is_empty() || !issue.edition.audience.sees_all() {
        return None;
    }
    let text = format!(
        "With costs, receipts and rates drawn at random from their ranges, the {} beats today in {:.1} % of {} draws; one draw in ten is worth {} or less.",
        match issue.plan().programme {
            Some(_) => "programme",
            None => "plan",
        },
        100.0 * f64::from(trial.better) / f64::from(trial.draws),
        whole(f64::from(trial.draws)),
        pounds(trial.npv_p10_gbp)
    );
    Some(Fact::new(text, "chance.csv, sensitivity.csv"))
}

fn confidence(issue: &Issue<'_>) -> Fact {
    let defaulted = |grade: Grade| grade == Grade::Defaulted;
    let known = issue.buildings().map(|(_, one)| one);
    let all = known.filter(|one| one.is_candidate());
    let (mut of, mut area, mut running, mut value) = (0, 0, 0, 0);
    for one in all {
        of += 1;
        area += usize::from(defaulted(one.usable.grade));
        running += usize::from(defaulted(one.running_fixed.grade));
        value += usize::from(defaulted(one.market_value.grade));
    }
    let text = format!(
        "The figures are graded {}, A being best. Of {} that could change, no usable floor is stated for {}, no running cost for {} and no value for {}.",
        issue.plan().confidence,
        count(of, "building"),
        whole(area as f64),
        whole(running as f64),
        whole(value as f64),
    );
    Fact::new(text, "actions.csv, data_request.csv")
}

/// Share of the floor of what is let go below which teams are likely to be missing from the tables.
const ACCOUNTED_FOR: f64 = 0.3;

/// That most of the floor of the buildings to be let go is used by nobody in the tables, where somebody is.
fn unaccounted(issue: &Issue<'_>) -> Option<Fact> {
    let (mut usable, mut used, mut many) = (0.0, 0.0, 0_usize);
    for (one, _) in issue.planned_buildings() {
        if one.action.is_gone() && one.used_today_m2 > 0.0 {
            many += 1;
            usable += one.usable_m2;
            used += one.used_today_m2;
        }
    }
    (many > 0 && used < ACCOUNTED_FOR * usable).then(|| {
        let text = format!(
            "Of the usable floor of {} to be let go with somebody inside, the tables of teams account for {:.0} %: either it stands empty, or teams or units of area are missing or wrong. Check before anything is decided.",
            count(many, "building"),
            100.0 * used / usable
        );
        Fact::new(text, "actions.csv")
    })
}

/// That buildings which take others in are held on leases that end before the last year counted.
pub(super) fn leases_that_end(issue: &Issue<'_>) -> Option<Fact> {
    let place = issue.place();
    let years = i64::from(place.finance.horizon_years);
    let span = jiff::Span::new().try_years(years).ok()?;
    let last = place.base_date.checked_add(span).ok()?;
    let hosts = issue.planned_buildings().filter(|(planned, known)| {
        planned.action == Action::Host && known.tenure.kind == TenureKind::Leasehold
    });
    let ends = hosts.filter_map(|(_, known)| {
        let expiry = known.tenure.lease.expiry.filter(|day| *day < last)?;
        Some((expiry, known))
    });
    let mut ends: Vec<_> = ends.collect();
    ends.sort_by_key(|(day, _)| *day);
    let (first, known) = ends.first().filter(|_| issue.edition.audience.sees_all())?;
    let text = format!(
        "{} held on leases that end before the last year counted does, the first on {} ({}): they are taken to go on, at the rent of the register or its review.",
        counted(
            ends.len(),
            "building that takes others in is",
            "buildings that take others in are"
        ),
        super::super::words::day(*first),
        known.name
    );
    Some(Fact::new(text, "assumptions.csv"))
}

/// That amounts nobody stated are of another country's money.
fn foreign(issue: &Issue<'_>) -> Option<Fact> {
    let told = issue
        .edition
        .findings
        .iter()
        .find(|one| one.code == "rates-british")?;
    let text = format!(
        "Weaker than the grade says: {}; {}.",
        told.cause, told.action
    );
    Some(Fact::new(text, "quality.csv"))
}

fn findings(issue: &Issue<'_>) -> Fact {
    let findings = issue.edition.findings;
    let many = |severity: Severity| {
        let found = findings.iter().filter(|one| one.severity == severity);
        found.count()
    };
    let rows: u64 = issue.place().sources.iter().map(|one| one.rows).sum();
    let of = match rows {
        0 => String::new(),
        rows => format!(" in {} rows read", whole(rows as f64)),
    };
    let text = match findings.len() {
        0 => format!("Nothing was found amiss{of}."),
        all => format!(
            "{}{of}: {} set aside, {} mended, {} filled with a default, {} to look at.",
            counted(all, "fault or gap", "faults and gaps"),
            counted(issue.edition.rejected.len(), "row", "rows"),
            counted(many(Severity::Repair), "value", "values"),
            whole(many(Severity::Default) as f64),
            whole(many(Severity::Warn) as f64),
        ),
    };
    Fact::new(text, "quality.csv")
}

/// What is assumed, in sentences: settings that are our own, and the ones that everything leans on.
pub(super) fn assumed(issue: &Issue<'_>) -> Vec<Fact> {
    let place = issue.place();
    let all = &issue.plan().assumptions;
    let stated = all.iter().filter(|one| one.stated).count();
    let value = |name: &str| {
        let found = all.iter().find(|one| one.name == name);
        found.map(|one| one.value.clone())
    };
    let mut facts = Vec::new();
    if !all.is_empty() {
        let text = format!(
            "{} used; {} stated for this place, the others are the program's own defaults, each with its source.",
            counted(all.len(), "setting is", "settings are"),
            counted(stated, "is", "are")
        );
        facts.push(Fact::new(text, "assumptions.csv"));
    }
    if let Some(rate) = value("finance.discount") {
        let text = format!(
            "Money is in {} of {}, over {} years, discounted at {rate}.",
            currency::name(),
            super::super::words::day(place.base_date),
            place.finance.horizon_years
        );
        facts.push(Fact::new(text, "assumptions.csv"));
    }
    let fit_out = ["office", "public", "clinical"]
        .into_iter()
        .filter_map(|space| {
            let rate = value(&format!("finance.fit_out_gbp_m2.{space}"))?;
            let bias = value(&format!("finance.optimism_bias.{space}"))?;
            Some(format!("{space} {rate} + {bias}"))
        });
    let fit_out: Vec<String> = fit_out.collect();
    if !fit_out.is_empty() {
        let text = format!("Fit-out with optimism bias: {}.", fit_out.join("; "));
        facts.push(Fact::new(text, "assumptions.csv"));
    }
    let text = format!(
        "Distances are straight lines × {} unless a rule names its own measure; people go to the nearest place of a service.",
        place.travel.detour
    );
    facts.push(Fact::new(text, "assumptions.csv, access.csv"));
    facts
}

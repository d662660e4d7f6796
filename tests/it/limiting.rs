//! Limits on money through the program: exit codes, words, tables and verification.

use crate::folder::Folder;
use crate::random_places;
use oneroof::place::{CapitalBudget, MoneyLimits, WorseOff};
use oneroof::plan::verify::verify;
use oneroof::plan::{Plan, PlanError, Wish, plan};
use oneroof::travel::{Matrix, Travel};
use std::process::Command;
use std::time::Duration;

/// How a run of the program ended: its exit code, and all it printed.
fn run(verb: &str, folder: &Folder) -> (i32, String) {
    let out = folder.path().join("out");
    let mut command = Command::new(env!("CARGO_BIN_EXE_oneroof"));
    command.arg(verb).arg(folder.path());
    match verb {
        "verify" => command.arg(&out),
        _ => command.arg("--out").arg(&out).args(["--only", "csv"]),
    };
    let ended = command.output().expect("the program runs");
    let mut text = String::from_utf8_lossy(&ended.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&ended.stderr));
    (ended.status.code().unwrap_or(-1), text)
}

/// The six buildings with these lines at the end of their settings.
fn limited(lines: &str) -> Folder {
    let folder = Folder::six();
    folder.append("place.toml", lines);
    folder
}

#[test]
fn a_budget_that_is_kept_is_shown_with_what_is_spent_and_verifies() {
    let folder = limited("\n[limits.capital_budget]\npooled_gbp = 50_000\n");
    let (code, text) = run("plan", &folder);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("capital_budget"), "{text}");
    let table = folder.read("out/limits.csv");
    let row = table.lines().nth(1).expect("a row");
    assert!(
        row.starts_with("capital_budget,all agencies together,50000.00,"),
        "{row}"
    );
    assert!(row.ends_with(",true"), "{row}");
    let (code, text) = run("verify", &folder);
    assert_eq!(code, 0, "{text}");
}

#[test]
fn a_plan_made_without_the_limit_does_not_verify_with_it() {
    let folder = Folder::six();
    let (code, text) = run("plan", &folder);
    assert_eq!(code, 0, "{text}");
    folder.append("place.toml", "\n[limits.capital_budget]\npooled_gbp = 1\n");
    let (code, text) = run("verify", &folder);
    assert_eq!(code, 6, "{text}");
    assert!(text.contains("limit-broken"), "{text}");
}

#[test]
fn a_target_that_cannot_be_met_is_named() {
    let folder = limited("\n[limits]\nsavings_share = 0.99\n");
    let (code, text) = run("plan", &folder);
    assert_eq!(code, 4, "{text}");
    assert!(
        text.contains("limit savings_share (99.0 % of the running cost in scope"),
        "{text}"
    );
}

#[test]
fn every_fault_of_the_limits_is_an_error_at_its_line() {
    let folder = limited(
        "\n[limits]\nsavings_share = 20\n[limits.capital_budget]\npooled_gbp = -1\n\
         agency_gbp = { counsil = 5 }\n[[limits.transfer]]\nfrom = \"council\"\nto = \"council\"\n\
         gbp = 1\n",
    );
    let (code, text) = run("plan", &folder);
    assert_eq!(code, 3, "{text}");
    for words in [
        "limits.savings_share",
        "limits.capital_budget.pooled_gbp",
        "limits.capital_budget.agency_gbp.counsil",
        "did you mean `council`?",
        "limits.transfer[0]",
    ] {
        assert!(text.contains(words), "nothing says `{words}`:\n{text}");
    }
}

#[test]
fn a_break_after_the_lease_ends_is_left_out_and_said() {
    let folder = Folder::six();
    let register = folder.read("buildings.csv");
    let header: Vec<&str> = register
        .lines()
        .next()
        .expect("a header")
        .split(',')
        .collect();
    let at = |name: &str| {
        header
            .iter()
            .position(|column| *column == name)
            .expect("a column")
    };
    let (expiry, breaks) = (at("lease_expiry"), at("lease_break"));
    let mut row: Vec<&str> = register.lines().nth(1).expect("a row").split(',').collect();
    (row[expiry], row[breaks]) = ("2030-01-01", "2035-01-01;2029-01-01");
    let before = register.lines().nth(1).expect("a row");
    folder.replace("buildings.csv", before, &row.join(","));
    let loaded = folder.load();
    let lease = &loaded.place.buildings[0].tenure.lease;
    assert_eq!(lease.breaks.len(), 1);
    let mut found = loaded.findings.iter();
    assert!(found.any(|finding| finding.code == "break-outside-term"));
}

/// Random places, each with limits of its own: what is planned keeps them by the verifier's own sums,
/// the years add up to the ledger, and where nothing keeps them the limit is named.
#[test]
fn plans_of_random_places_keep_random_limits_and_their_years_add_up() {
    let mut kept = 0;
    for seed in 0..10 {
        let mut place = random_places::place(seed);
        let travel = Travel::new(&place, Vec::<Matrix>::new());
        let wish = Wish {
            time: Duration::from_secs(5),
            ..Wish::default()
        };
        let Ok(free) = plan(&place, &travel, &wish, &()) else {
            continue;
        };
        years_add_up(&free);
        let spent: f64 = free.worth[0].costs_gbp.max(0.0);
        place.finance.limits = MoneyLimits {
            budget: Some(CapitalBudget {
                pooled: Some(spent * 0.5),
                receipts_count: seed % 2 == 0,
                ..CapitalBudget::default()
            }),
            worse_off: (seed % 3 != 0).then(|| WorseOff {
                tolerance: 1_000.0 * seed as f64,
                ..WorseOff::default()
            }),
            ..MoneyLimits::default()
        };
        match plan(&place, &travel, &wish, &()) {
            Ok(plan) => {
                let found = verify(&place, &travel, &plan);
                assert!(found.is_empty(), "{seed}: {found:#?}");
                years_add_up(&plan);
                kept += 1;
            }
            Err(PlanError::NothingFound) => {}
            Err(error) => assert!(error.to_string().contains("limit"), "{seed}: {error}"),
        }
    }
    assert!(kept >= 3, "{kept} plans were made");
}

/// Lines sum to their agency, agencies to the place, discounted years to the present value.
fn years_add_up(plan: &Plan) {
    let pence = |pounds: f64| (pounds * 100.0).round() as i64;
    let agencies: i64 = plan.ledger.iter().map(|ledger| pence(ledger.npv_gbp)).sum();
    assert_eq!(agencies, pence(plan.worth[0].npv_gbp));
    let lines: usize = plan.ledger.iter().map(|ledger| ledger.lines.len()).sum();
    let present: f64 = plan.cash_by_year().iter().map(|year| year.present).sum();
    // Half a penny for each line and year, discounted, is the most that rounding may bring.
    let rounding = 0.01 * lines as f64 * plan.discount_factors.iter().sum::<f64>() + 0.01;
    assert!(
        (present - plan.worth[0].npv_gbp).abs() <= rounding,
        "{present}"
    );
}

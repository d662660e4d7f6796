//! What a programme is worth where the money turns out otherwise: by hand, beside the end state, and on disk.

use crate::folder::Folder;
use crate::phasing::{judged, phased, programme, quick};
use crate::planning::two_offices;
use crate::random_places;
use oneroof::place::{Capital, Phase};
use oneroof::plan::{Plan, Sensitivity, Swing, Wish, phase, plan};
use oneroof::travel::Travel;
use rayon::prelude::*;
use std::time::Duration;

fn swing<'a>(of: &'a Sensitivity, name: &str) -> &'a Swing {
    let mut all = of.swings.iter();
    all.find(|one| one.assumption == name).expect("it is tried")
}

#[test]
fn what_a_programme_leans_on_is_done_by_hand() {
    let plan = phased(&two_offices());
    let programme = programme(&plan);
    // Works of 97,216 in year 0 and a move of 10,000 in year 1; A is sold in year 3 for 970,000 and held for 13,750 a year.
    let saving = programme.saving_gbp;
    let tried = &programme.sensitivity;
    assert_eq!(tried.held_until_sale_gbp, 13_750.0);
    let ends = |name: &str| {
        let one = swing(tried, name);
        (one.npv_low_gbp - saving, one.npv_high_gbp - saving)
    };
    let near = |(a, b): (f64, f64), (c, d): (f64, f64)| {
        assert!(
            (a - c).abs() < 0.02 && (b - d).abs() < 0.02,
            "{a} {b}, not {c} {d}"
        );
    };
    near(ends("receipts"), (-194_000.0, 194_000.0));
    near(ends("fit_out"), (19_443.2, -19_443.2));
    near(ends("moves"), (2_000.0, -2_000.0));
    near(ends("leaving_leases"), (0.0, 0.0));
    // Fit-out may cost so many times as much.
    let switching = swing(tried, "fit_out").switching.expect("a value");
    assert!((switching - (1.0 + saving / 97_216.0)).abs() < 1e-5);
    // Nothing is discounted here: a late receipt costs only the holding.
    let late: Vec<f64> = tried
        .late_receipts_gbp
        .iter()
        .map(|npv| saving - npv)
        .collect();
    assert_eq!(late, [13_750.0, 27_500.0, 41_250.0]);
    assert_eq!(tried.trial.better, tried.trial.draws);
}

#[test]
fn done_all_in_year_0_a_programme_leans_on_what_its_end_state_leans_on() {
    let compared: usize = (0..40_u64)
        .into_par_iter()
        .filter(|seed| compared(*seed))
        .count();
    assert!(compared >= 12, "{compared}");
}

/// Whether the programme of a random place does all in year 0, and then leans on the same.
fn compared(seed: u64) -> bool {
    let mut place = random_places::place(seed);
    place.phase = Phase {
        years: 1,
        fit_out_years: 0,
        capital: Capital::Unlimited,
        ..Phase::default()
    };
    let wish = Wish {
        time: Duration::from_secs(5),
        ..Wish::default()
    };
    let travel = Travel::new(&place, Vec::new());
    let Ok(mut found) = plan(&place, &travel, &wish, &()) else {
        return false;
    };
    found.programme = Some(phase(&place, &travel, &found, &quick(), &()).expect("a programme"));
    assert_eq!(judged(&place, &found), Vec::new(), "seed {seed}");
    let own = programme(&found);
    // Where duties or a day in the future postpone a step, the two are not of the same thing.
    if own.steps.is_empty() || (own.saving_gbp - own.end_state_saving_gbp).abs() > 1.0 {
        return false;
    }
    let (own, all) = (&own.sensitivity, &found.sensitivity);
    for (own, all) in own.swings.iter().zip(&all.swings) {
        for (own, all) in [
            (own.npv_low_gbp, all.npv_low_gbp),
            (own.npv_high_gbp, all.npv_high_gbp),
        ] {
            assert!((own - all).abs() < 2.0, "seed {seed}: {own:?} {all:?}");
        }
    }
    for (own, all) in own.late_receipts_gbp.iter().zip(&all.late_receipts_gbp) {
        assert!((own - all).abs() < 2.0, "seed {seed}: late, {own} {all}");
    }
    assert!(
        (own.trial.mean_gbp - all.trial.mean_gbp).abs() < 2.0,
        "seed {seed}"
    );
    true
}

#[test]
fn whatever_is_altered_in_what_a_programme_leans_on_is_refused() {
    let place = two_offices();
    let plan = phased(&place);
    let refuse = |what: &str, alter: &dyn Fn(&mut Sensitivity)| {
        let mut altered: Plan = plan.clone();
        let own = altered.programme.as_mut().expect("it was phased");
        alter(&mut own.sensitivity);
        let found = judged(&place, &altered);
        let named = found
            .iter()
            .any(|one| one.to_string().contains("programme.sensitivity"));
        assert!(named, "{what}: {found:?}");
    };
    refuse("held", &|own| own.held_until_sale_gbp += 1.0);
    refuse("low", &|own| own.swings[0].npv_low_gbp += 1.0);
    refuse("high", &|own| own.swings[6].npv_high_gbp += 1.0);
    refuse("range", &|own| own.swings[3].high += 0.1);
    refuse("switching", &|own| own.swings[3].switching = None);
    refuse("late", &|own| own.late_receipts_gbp[1] += 1.0);
    refuse("fewer", &|own| own.late_receipts_gbp.truncate(2));
    refuse("better", &|own| own.trial.better -= 1);
    refuse("mean", &|own| own.trial.mean_gbp += 1.0);
    refuse("none", &|own| *own = Sensitivity::default());
}

#[test]
fn a_programmes_own_swings_and_chance_are_in_the_tables_beside_the_end_states() {
    let folder = Folder::six();
    let text = folder.run(&["plan", ".", "--out", "out", "--phase"], 0);
    assert!(text.contains("this programme held fixed"), "{text}");
    let swings = folder.read("out/sensitivity.csv");
    let chance = folder.read("out/chance.csv");
    for (table, rows) in [(&swings, 13), (&chance, 1)] {
        assert!(
            table
                .lines()
                .next()
                .is_some_and(|head| head.ends_with(",of")),
            "{table}"
        );
        for of in [",end_state", ",programme"] {
            let of_it = table.lines().filter(|line| line.trim_end().ends_with(of));
            assert_eq!(of_it.count(), rows, "{table}");
        }
    }
    let chart = folder.read("out/maps/sensitivity.svg");
    assert!(chart.contains("of the programme"), "{chart}");
    folder.run(&["verify", ".", "out"], 0);
}

//! A programme of years: what it says by hand, that it never breaks a date, a budget or an order, and
//! that the verifier refuses one that does.

use crate::folder::Folder;
use crate::planning::{exact, planned, two_offices};
use crate::random_places;
use assert_cmd::cargo::cargo_bin;
use jiff::civil::date;
use oneroof::load::{LoadOptions, load};
use oneroof::place::{
    AgencyIx, Capital, Duty, Fence, Flag, Gbp, GbpPerYear, Lease, Lock, Overage, Phase, Place,
    ReceiptTerms, RowRef, TenureKind, Trigger,
};
use oneroof::plan::verify::{Discrepancy, verify};
use oneroof::plan::{Act, PhaseWish, Plan, Programme, Step, Wish, phase, plan};
use oneroof::travel::Travel;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

pub(crate) fn quick() -> PhaseWish {
    PhaseWish {
        gap: 0.0,
        time: Duration::from_secs(10),
        seed: 1,
    }
}

/// The plan of a place with its programme; the verifier agrees with both.
pub(crate) fn phased(place: &Place) -> Plan {
    let mut plan = planned(place, &exact());
    plan.programme = Some(
        phase(place, &Travel::new(place, Vec::new()), &plan, &quick(), &()).expect("a programme"),
    );
    assert_eq!(judged(place, &plan), Vec::new());
    plan
}

pub(crate) fn judged(place: &Place, plan: &Plan) -> Vec<Discrepancy> {
    verify(place, &Travel::new(place, Vec::new()), plan)
}

pub(crate) fn programme(plan: &Plan) -> &Programme {
    plan.programme.as_ref().expect("it was phased")
}

pub(crate) fn steps(plan: &Plan) -> Vec<(u32, Act, &str)> {
    let steps = programme(plan).steps.iter();
    steps
        .map(|step| (step.year, step.act, step.subject.as_str()))
        .collect()
}

fn step(plan: &Plan, act: Act, subject: &str) -> Step {
    let mut steps = programme(plan).steps.iter();
    let found = steps.find(|step| step.act == act && step.subject == subject);
    found.cloned().expect("the step is there")
}

fn duty(id: &str, trigger: Trigger, weeks: u32) -> Duty {
    Duty {
        id: id.to_owned(),
        service: None,
        statute: String::new(),
        trigger,
        weeks,
        decides: String::new(),
        source: RowRef::default(),
    }
}

#[test]
fn an_office_is_fitted_out_moved_emptied_and_sold_in_that_order_and_the_saving_is_done_by_hand() {
    let plan = phased(&two_offices());
    assert_eq!(
        steps(&plan),
        [
            (0, Act::FitOut, "a"),
            (1, Act::Move, "a"),
            (1, Act::Empty, "A"),
            (3, Act::Sell, "A"),
        ]
    );
    // Fit-out 97,216 and move 10,000; from year 2 to 24 A's 55,000 a year are saved; year 2 it is
    // held at 13,750; sold in year 3 for 1,000,000 less 3 %.
    let saving = 23.0 * 55_000.0 - 13_750.0 + 970_000.0 - 107_216.0;
    assert_eq!(programme(&plan).saving_gbp, saving);
    assert_eq!(programme(&plan).value, 2_448_000.0 - saving);
    assert_eq!(programme(&plan).gap, Some(0.0));
    // All at once: one year of A more, 55,000.
    assert_eq!(programme(&plan).end_state_saving_gbp, saving + 55_000.0);
}

#[test]
fn done_all_in_year_0_a_programme_saves_what_the_end_state_saves() {
    let mut place = two_offices();
    place.phase.fit_out_years = 0;
    let plan = phased(&place);
    assert_eq!(programme(&plan).saving_gbp, plan.saving_gbp);
    assert!(
        programme(&plan)
            .steps
            .iter()
            .all(|step| step.year == 0 || step.act == Act::Sell)
    );
}

#[test]
fn a_lease_is_left_on_its_break_after_notice() {
    let mut place = two_offices();
    place.buildings[1].lock = Lock::Keep;
    place.buildings[0].tenure.kind = TenureKind::Leasehold;
    place.buildings[0].tenure.rent = GbpPerYear(20_000.0);
    place.buildings[0].tenure.lease = Lease {
        expiry: Some(date(2045, 1, 1)),
        breaks: vec![date(2027, 10, 1), date(2030, 10, 1)],
        notice_months: Some(6),
        ..Lease::default()
    }
    .into();
    let plan = phased(&place);
    let left = step(&plan, Act::ReleaseLease, "A");
    assert_eq!((left.year, left.date.as_deref()), (1, Some("2027-10-01")));
    assert_eq!(left.notice_by.as_deref(), Some("2027-04-01"));
    assert_eq!(step(&plan, Act::Empty, "A").year, 1);

    // With two years to fit out the first break is missed: the building waits for the second.
    place.phase.fit_out_years = 2;
    let plan = phased(&place);
    let left = step(&plan, Act::ReleaseLease, "A");
    assert_eq!((left.year, left.date.as_deref()), (4, Some("2030-10-01")));
}

#[test]
fn a_duty_is_waited_for_before_works_begin_and_a_moratorium_before_a_sale() {
    let mut place = two_offices();
    place.buildings[0].flags.insert(Flag::CommunityValue);
    place.phase.duties = vec![
        duty("consult", Trigger::Move, 60),
        duty("moratorium", Trigger::CommunityValue, 120),
    ];
    let plan = phased(&place);
    // 60 weeks from 1 April 2026 end on 26 May 2027, in year 1; 120 weeks are three years.
    let works = step(&plan, Act::FitOut, "a");
    assert_eq!(
        (works.year, works.not_before.as_deref()),
        (1, Some("2027-05-26"))
    );
    assert_eq!(works.duties, ["consult"]);
    let sold = step(&plan, Act::Sell, "A");
    assert_eq!((sold.year, sold.wait_weeks), (2 + 1 + 3, Some(120)));
}

#[test]
fn a_sale_in_a_programme_waits_for_its_moratorium_and_pays_the_grant_back() {
    let mut place = two_offices();
    place.buildings[1].lock = Lock::Keep;
    place.buildings[0].flags.insert(Flag::CommunityValue);
    place.buildings[0].flags.insert(Flag::Clawback);
    place.finance.clawback_share = 0.4;
    let plan = phased(&place);
    // Emptied in year 1; a year to sell and one of moratorium: two years held at 13,750, then
    // 1,000,000 less 3 % and less 400,000.
    assert_eq!(step(&plan, Act::Sell, "A").year, 4);
    let saving = 23.0 * 55_000.0 - 2.0 * 13_750.0 + 570_000.0 - 107_216.0;
    assert_eq!(programme(&plan).saving_gbp, saving);
    assert_eq!(judged(&place, &plan), Vec::new());
}

#[test]
fn a_sale_waits_for_an_overage_to_end_where_that_is_worth_it() {
    let mut place = two_offices();
    place.buildings[1].lock = Lock::Keep;
    let owed = |until| ReceiptTerms {
        overage: Some(Overage {
            share: 0.25,
            above: Gbp(200_000.0),
            until,
            to: None,
        }),
        ..ReceiptTerms::default()
    };
    place.buildings[0].receipt_terms = owed(None).into();
    let plan = phased(&place);
    // Sold in year 3 for 1,000,000 less 3 % and less 25 % of 800,000.
    let saving = 23.0 * 55_000.0 - 13_750.0 + 770_000.0 - 107_216.0;
    assert_eq!(programme(&plan).saving_gbp, saving);
    let year = &programme(&plan).cash[3];
    assert_eq!((year.year, year.receipts_gbp), (3, 770_000.0));
    // Undiscounted here: the agency's years add up to the saving.
    let better = programme(&plan).cash.iter().map(|year| year.better_gbp);
    assert_eq!(better.sum::<f64>(), saving);

    // It ends in year 3, on 1 June 2029: a year more of A, 55,000, and nothing is owed.
    place.buildings[0].receipt_terms = owed(Some(date(2029, 6, 1))).into();
    let plan = phased(&place);
    assert_eq!(step(&plan, Act::Sell, "A").year, 4);
    let saving = 22.0 * 55_000.0 - 13_750.0 + 970_000.0 - 107_216.0;
    assert_eq!(programme(&plan).saving_gbp, saving);
}

#[test]
fn a_receipt_pays_only_for_what_it_may_be_spent_on() {
    let mut place = two_offices();
    place.buildings[1].lock = Lock::Keep;
    place.agencies.push(oneroof::place::sample::agency("nhs"));
    // An empty building, sold in year 2; nothing else pays for anything.
    let mut empty = place.buildings[0].clone();
    empty.id = "C".into();
    empty.occupancy = oneroof::place::Occupancy::Vacant;
    place.buildings.push(empty);
    place.phase.capital = Capital::Pooled(vec![0.0; 10]);
    place.phase.receipts_recyclable = true;
    let works = |place: &Place| {
        let plan = phased(place);
        let programme = programme(&plan).clone();
        let mut steps = programme.steps.iter();
        let works = steps.find(|step| step.act == Act::FitOut);
        (works.map(|step| step.year), programme)
    };
    assert_eq!(works(&place).0, Some(2));
    place.buildings[2].receipt_terms.fence = Some(Fence::Purpose("housing".into()));
    assert_eq!(works(&place).0, None);
    place.buildings[2].receipt_terms.fence = Some(Fence::Owner);
    let (year, programme) = works(&place);
    assert_eq!(year, Some(2));
    let sum = programme.years.iter().find(|sum| sum.year == 2);
    let sum = sum.expect("a year in which something is done");
    // 1,000,000 less 3 %; fit-out and fees.
    assert_eq!(
        (sum.ring_fenced_gbp, sum.from_ring_fence_gbp),
        (970_000.0, 97_216.0)
    );
    // The other agency's receipt is its own.
    place.buildings[2].agency = AgencyIx::new(1);
    assert_eq!(works(&place).0, None);
}

#[test]
fn recharges_of_a_programme_begin_with_the_move_and_sum_to_nothing() {
    let mut place = two_offices();
    place.agencies.push(oneroof::place::sample::agency("nhs"));
    place.buildings[1].agency = AgencyIx::new(1);
    place.buildings[1].lock = Lock::Keep;
    let plan = phased(&place);
    let of = |agency: &str, year: u32| {
        let mut all = programme(&plan).cash.iter();
        let found = all.find(|one| one.agency == agency && one.year == year);
        found.cloned().expect("the year is there")
    };
    // b is the council's, in the NHS's B from today on; a comes in year 1. The rate of B:
    // (40,000 + 5,000) ÷ 500 + 10 = 100 × 100 m².
    assert_eq!(of("council", 1).recharges_saved_gbp, 0.0);
    assert_eq!(of("council", 2).recharges_saved_gbp, -10_000.0);
    assert_eq!(of("nhs", 2).recharges_saved_gbp, 10_000.0);
    // What a uses of B at 10 a m² is the owner's to pay; A's 55,000 and its 1,000 end.
    assert_eq!(of("nhs", 2).recurring_saved_gbp, -1_000.0);
    assert_eq!(of("council", 3).recurring_saved_gbp, 56_000.0);
}

#[test]
fn what_no_year_can_pay_for_is_postponed_and_the_least_rise_is_named() {
    let mut place = two_offices();
    place.phase.capital = Capital::Pooled(vec![50_000.0; 10]);
    let plan = phased(&place);
    let postponed: Vec<_> = programme(&plan)
        .postponed
        .iter()
        .map(|one| (one.act, one.subject.as_str()))
        .collect();
    assert_eq!(postponed, [(Act::Move, "a"), (Act::Empty, "A")]);
    assert!(programme(&plan).postponed[0].reason.contains("£97,216"));
    assert_eq!(programme(&plan).saving_gbp, 0.0);
    // The fit-out costs 97,216.
    let relief = &programme(&plan).relief;
    assert_eq!(relief.len(), 1, "{relief:?}");
    assert_eq!(
        (relief[0].limit.as_str(), relief[0].needed),
        ("phase.capital_gbp_a_year", 47_216.0)
    );
}

#[test]
fn an_agency_without_a_purse_of_its_own_is_not_limited_by_anothers() {
    let mut place = two_offices();
    place.agencies.push(oneroof::place::sample::agency("nhs"));
    place.phase.capital = Capital::ByAgency(BTreeMap::from([(AgencyIx::new(1), 0.0)]));
    assert!(programme(&phased(&place)).postponed.is_empty());
    place.phase.capital = Capital::ByAgency(BTreeMap::from([(AgencyIx::new(0), 0.0)]));
    assert_eq!(programme(&phased(&place)).postponed.len(), 2);
}

/// Limits that bite, from a seed.
fn limits(seed: u64, place: &Place) -> Phase {
    let capital = match seed % 4 {
        0 => Capital::Unlimited,
        1 => Capital::Pooled(vec![60_000.0 + 40_000.0 * (seed % 7) as f64; 8]),
        2 => Capital::Pooled((0..8).map(|year| 400_000.0 * f64::from(year % 2)).collect()),
        _ => Capital::ByAgency(BTreeMap::from([
            (AgencyIx::new(0), 150_000.0),
            (AgencyIx::new(1), 250_000.0),
        ])),
    };
    let service = place.occupiers.first().map(|occupier| occupier.service);
    Phase {
        years: 8,
        fit_out_years: [1, 0, 2][(seed % 3) as usize],
        capital,
        receipts_recyclable: seed % 2 == 1,
        projects_a_year: [None, Some(1), Some(2)][(seed / 3 % 3) as usize],
        duties: vec![
            Duty {
                service,
                ..duty("move", Trigger::Move, 40 * (seed % 3) as u32)
            },
            duty("sale", Trigger::Sale, 70),
        ],
    }
}

/// A random place with limits, its plan and programme; where it has a plan that moves somebody.
fn random(seed: u64) -> Option<(Place, Plan)> {
    let mut place = random_places::place(seed);
    place.phase = limits(seed, &place);
    let wish = Wish {
        time: Duration::from_secs(5),
        ..Wish::default()
    };
    let travel = Travel::new(&place, Vec::new());
    let mut found = plan(&place, &travel, &wish, &()).ok()?;
    let programme = phase(&place, &travel, &found, &quick(), &()).expect("a programme");
    found.programme = Some(programme);
    Some((place, found))
}

#[test]
fn a_programme_of_any_place_never_breaks_a_date_a_budget_or_an_order() {
    let seeds: Vec<u64> = (0..48).collect();
    let found: Vec<(u64, usize)> = seeds
        .par_iter()
        .filter_map(|seed| {
            let (place, plan) = random(*seed)?;
            let discrepancies = judged(&place, &plan);
            assert!(discrepancies.is_empty(), "seed {seed}: {discrepancies:#?}");
            let programme = programme(&plan);
            assert!(programme.bound.is_none_or(|bound| bound <= programme.value));
            Some((*seed, programme.steps.len()))
        })
        .collect();
    let steps: usize = found.iter().map(|(_, steps)| steps).sum();
    assert!(steps > 100, "{found:?}");
}

#[test]
fn without_limits_a_programme_saves_at_least_what_doing_all_at_once_saves() {
    (0..32_u64).into_par_iter().for_each(|seed| {
        let mut place = random_places::place(seed);
        place.phase.fit_out_years = 0;
        for building in &mut place.buildings {
            if let Some(proposal) = &mut building.proposed {
                proposal.first_year = 0;
            }
        }
        let wish = Wish {
            time: Duration::from_secs(5),
            ..Wish::default()
        };
        let travel = Travel::new(&place, Vec::new());
        let Ok(mut found) = plan(&place, &travel, &wish, &()) else {
            return;
        };
        found.programme = Some(phase(&place, &travel, &found, &quick(), &()).expect("a programme"));
        assert_eq!(judged(&place, &found), Vec::new(), "seed {seed}");
        let own = programme(&found);
        assert!(own.postponed.is_empty(), "seed {seed}: {:?}", own.postponed);
        // Half a penny for each line of the ledger.
        assert!(
            own.saving_gbp >= own.end_state_saving_gbp - 1.0,
            "seed {seed}: {own:#?}"
        );
    });
}

#[test]
fn whatever_is_altered_in_a_programme_is_refused() {
    let (place, plan) = (0..40)
        .find_map(|seed| {
            let (place, plan) = random(seed)?;
            let acts = |act| programme(&plan).steps.iter().any(|step| step.act == act);
            (acts(Act::Sell) && acts(Act::ReleaseLease)).then_some((place, plan))
        })
        .expect("a place whose programme sells and leaves a lease");
    let good = programme(&plan).clone();
    let mut tried = 0;
    let mut refuse = |what: String, alter: &dyn Fn(&mut Programme)| {
        let mut altered = good.clone();
        alter(&mut altered);
        assert_ne!(altered, good, "{what} changes nothing");
        let other = Plan {
            programme: Some(altered),
            ..plan.clone()
        };
        assert!(!judged(&place, &other).is_empty(), "{what} is not noticed");
        tried += 1;
    };
    for at in 0..good.steps.len() {
        let named = format!("{:?} {}", good.steps[at].act, good.steps[at].subject);
        refuse(format!("{named}, a year later"), &|p| p.steps[at].year += 1);
        if good.steps[at].year > 0 {
            refuse(format!("{named}, a year earlier"), &|p| {
                p.steps[at].year -= 1
            });
        }
        refuse(format!("{named}, left out"), &|p| drop(p.steps.remove(at)));
        refuse(format!("{named}, twice"), &|p| {
            p.steps.insert(at, p.steps[at].clone())
        });
        refuse(format!("{named}, dearer"), &|p| {
            p.steps[at].capital_gbp += 1.0
        });
        refuse(format!("{named}, brings more"), &|p| {
            p.steps[at].receipt_gbp += 1.0
        });
        refuse(format!("{named}, another payer"), &|p| {
            p.steps[at].agency.push('x')
        });
        refuse(format!("{named}, elsewhere"), &|p| {
            p.steps[at].building_id.push('x')
        });
        refuse(format!("{named}, another day"), &|p| {
            p.steps[at].date = Some("2029-02-28".to_owned());
        });
        refuse(format!("{named}, another notice"), &|p| {
            p.steps[at].notice_by = Some("2029-02-28".to_owned());
        });
        refuse(format!("{named}, another duty"), &|p| {
            p.steps[at].duties.push("x".to_owned())
        });
        refuse(format!("{named}, another gate"), &|p| {
            p.steps[at].not_before = Some("2029-02-28".to_owned());
        });
    }
    for at in 0..good.years.len() {
        refuse(format!("year sum {at}, capital"), &|p| {
            p.years[at].capital_gbp += 0.01
        });
        refuse(format!("year sum {at}, receipts"), &|p| {
            p.years[at].receipts_gbp += 0.01
        });
        refuse(format!("year sum {at}, projects"), &|p| {
            p.years[at].projects += 1
        });
        refuse(format!("year sum {at}, begins"), &|p| {
            p.years[at].begins.push('0')
        });
        refuse(format!("year sum {at}, left out"), &|p| {
            drop(p.years.remove(at))
        });
    }
    for at in 0..good.cash.len() {
        let named = format!("{} in year {}", good.cash[at].agency, good.cash[at].year);
        refuse(format!("{named}, recurring"), &|p| {
            p.cash[at].recurring_saved_gbp += 0.05
        });
        refuse(format!("{named}, recharges"), &|p| {
            p.cash[at].recharges_saved_gbp += 0.05
        });
        refuse(format!("{named}, spent"), &|p| {
            p.cash[at].one_off_gbp += 0.05
        });
        refuse(format!("{named}, received"), &|p| {
            p.cash[at].receipts_gbp += 0.05
        });
        refuse(format!("{named}, better"), &|p| {
            p.cash[at].better_gbp += 0.01
        });
        refuse(format!("{named}, left out"), &|p| drop(p.cash.remove(at)));
    }
    for at in 0..good.years.len() {
        refuse(format!("year sum {at}, ring-fenced"), &|p| {
            p.years[at].ring_fenced_gbp += 0.01
        });
        refuse(format!("year sum {at}, drawn"), &|p| {
            p.years[at].from_ring_fence_gbp += 1_000_000.0
        });
    }
    refuse("value".into(), &|p| p.value += 5.0);
    refuse("do-minimum".into(), &|p| p.do_minimum += 5.0);
    refuse("saving".into(), &|p| p.saving_gbp += 0.01);
    refuse("end state".into(), &|p| p.end_state_saving_gbp += 0.01);
    refuse("bound above the value".into(), &|p| {
        p.bound = Some(p.value + 1.0)
    });
    refuse("gap".into(), &|p| p.gap = Some(p.gap.unwrap_or(0.0) + 0.01));
    refuse("whose gap".into(), &|p| {
        p.gap_of = "the end state".to_owned()
    });
    assert!(tried > 50, "{tried}");
}

#[test]
fn a_programme_that_fits_looser_limits_is_refused_under_tighter_ones() {
    let place = two_offices();
    let plan = phased(&place);
    let codes = |change: &dyn Fn(&mut Phase)| -> Vec<&'static str> {
        let mut tighter = place.clone();
        change(&mut tighter.phase);
        judged(&tighter, &plan)
            .into_iter()
            .map(|one| one.code)
            .collect()
    };
    assert!(
        codes(&|phase| phase.capital = Capital::Pooled(vec![97_215.0; 10]))
            .contains(&"limit-broken")
    );
    assert!(codes(&|phase| phase.capital = Capital::Pooled(vec![97_216.0; 10])).is_empty());
    let purse = |sum| Capital::ByAgency(BTreeMap::from([(AgencyIx::new(0), sum)]));
    assert!(codes(&|phase| phase.capital = purse(97_215.0)).contains(&"limit-broken"));
    assert!(codes(&|phase| phase.projects_a_year = Some(0)).contains(&"limit-broken"));
    assert!(codes(&|phase| phase.years = 1).contains(&"step-too-late"));
    assert!(codes(&|phase| phase.fit_out_years = 2).contains(&"step-too-early"));
    let waits = |weeks| vec![duty("gate", Trigger::Move, weeks)];
    assert!(codes(&|phase| phase.duties = waits(53)).contains(&"step-too-early"));
}

// ---- bad input ----------------------------------------------------------------------------------

#[test]
fn limits_that_contradict_each_other_and_names_nobody_knows_stop_with_their_line() {
    for (section, code, cause) in [
        (
            "capital_gbp_a_year = -1",
            "bad-phase",
            "-1 is no sum of money",
        ),
        (
            "capital_gbp_a_year = nan",
            "bad-phase",
            "is no sum of money",
        ),
        (
            "capital_gbp_a_year = 1\ncapital_gbp_by_agency = { council = 1 }",
            "bad-phase",
            "it contradicts capital_gbp_a_year",
        ),
        (
            "capital_gbp_by_year = [1, 2]",
            "bad-phase",
            "2 sums for 10 years",
        ),
        (
            "capital_gbp_by_agency = { counsil = 1 }",
            "unknown-agency",
            "`counsil` is no agency",
        ),
        (
            "capital_gbp_by_agency = { council = -5 }",
            "bad-phase",
            "-5 is no sum of money",
        ),
        ("years = 0", "bad-phase", "0 is not between 1 and 60"),
        ("years = 40", "bad-phase", "40 years are more than the 25"),
        (
            "years = 2\nfit_out_years = 2",
            "bad-phase",
            "a move waits 2 years",
        ),
        ("projects_a_year = 0", "bad-phase", "nothing can be done"),
        ("duties = \"none.csv\"", "missing-file", "does not exist"),
        ("year = 3", "bad-config", "`year` is not a key here"),
    ] {
        let folder = Folder::six();
        folder.append("place.toml", &format!("\n[phase]\n{section}\n"));
        let errors = folder.errors();
        let said = errors
            .iter()
            .any(|error| error.starts_with(code) && error.contains(cause));
        assert!(said, "{section}: {errors:?}");
        assert!(
            errors.iter().all(|error| error.contains("place.toml:")),
            "{errors:?}"
        );
    }
}

#[test]
fn every_bad_row_of_a_duty_pack_stops_with_its_row() {
    let folder = Folder::six();
    folder.append("place.toml", "\n[phase]\nduties = \"duties.csv\"\n");
    folder.write(
        "duties.csv",
        "id,service,statute,trigger,minimum_weeks,who_decides\n\
         a,libary,An Act,move,12,Cabinet\n\
         b,library,An Act,moove,12,Cabinet\n\
         c,library,An Act,move,soon,Cabinet\n\
         c2,library,An Act,move,-3,Cabinet\n\
         d,library,An Act,move,12,Cabinet\n\
         d,,An Act,sale,12,Cabinet\n",
    );
    let errors = folder.errors();
    for (row, code) in [
        ("row 1", "unknown-service"),
        ("row 2", "bad-duty"),
        ("row 3", "bad-duty"),
        ("row 4", "bad-duty"),
        ("row 6", "duplicate-id"),
    ] {
        let said = errors.iter().any(|error| error.starts_with(code));
        assert!(said, "{row}: {code} is not in {errors:#?}");
    }
    assert_eq!(errors.len(), 5, "{errors:#?}");
}

#[test]
fn the_pack_that_comes_with_the_program_leaves_out_services_the_place_does_not_have() {
    let folder = Folder::six();
    folder.append("place.toml", "\n[phase]\nduties = \"england\"\n");
    let place = folder.load().place;
    let ids: Vec<&str> = place
        .phase
        .duties
        .iter()
        .map(|duty| duty.id.as_str())
        .collect();
    assert!(
        ids.contains(&"community_value") && ids.contains(&"counter_moves"),
        "{ids:?}"
    );
    assert!(!ids.contains(&"surgery_moves"), "{ids:?}");
}

// ---- the program --------------------------------------------------------------------------------

fn oneroof(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(cargo_bin("oneroof"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the program runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

#[test]
fn plan_phase_writes_a_programme_that_verifies_and_puts_years_on_the_layers() {
    let place = Folder::six();
    place.append(
        "place.toml",
        "\n[phase]\nyears = 6\ncapital_gbp_a_year = 1500000\nduties = \"england\"\n",
    );
    let folder = place.path();
    let (code, out, err) = oneroof(folder, &["plan", ".", "--out", "plan", "--phase"]);
    assert_eq!(code, Some(0), "{err}");
    assert!(out.contains("of the programme, done year by year"), "{out}");
    let table = std::fs::read_to_string(folder.join("plan/programme.csv")).expect("a table");
    let header =
        "year,year_begins,act,agency,subject,subject_name,building_id,building_name,step_gbp";
    assert!(table.starts_with(header), "{table}");
    assert!(
        table.contains(",fit_out,") && table.contains(",empty,"),
        "{table}"
    );
    let layer = std::fs::read_to_string(folder.join("plan/moves.geojson")).expect("a layer");
    assert!(layer.contains("\"year\":1"), "{layer}");
    for layer in ["buildings", "moves", "zones"] {
        let text = std::fs::read_to_string(folder.join(format!("plan/{layer}.geojson")));
        let text = text.expect("a layer");
        let features = text.matches("\"type\":\"Feature\"").count();
        assert_eq!(text.matches("\"year\":").count(), features, "{layer}");
    }
    assert!(folder.join("plan/maps/programme.png").exists());
    let years = std::fs::read_to_string(folder.join("plan/programme_cash.csv")).expect("a table");
    assert!(
        years.starts_with("agency,year,recurring_saved_gbp,"),
        "{years}"
    );
    // A row for every year of the horizon of each agency for which anything changes.
    assert_eq!((years.lines().count() - 1) % 25, 0, "{years}");
    let (code, _, err) = oneroof(folder, &["verify", ".", "plan"]);
    assert_eq!(code, Some(0), "{err}");

    // For the public there is no programme: it tells the terms of leases.
    let public = [
        "plan",
        ".",
        "--out",
        "public",
        "--phase",
        "--audience",
        "public",
        "--only",
        "json,csv",
    ];
    assert_eq!(oneroof(folder, &public).0, Some(0));
    let plan = std::fs::read_to_string(folder.join("public/plan.json")).expect("a plan");
    assert!(!plan.contains("programme"));
    let table = std::fs::read_to_string(folder.join("public/programme.csv")).expect("a table");
    assert_eq!(table.lines().count(), 1, "{table}");
}

#[test]
fn a_programme_that_is_altered_on_disk_is_refused_with_exit_code_6() {
    let place = Folder::six();
    let folder = place.path();
    let planned = ["plan", ".", "--out", "plan", "--phase", "--only", "json"];
    assert_eq!(oneroof(folder, &planned).0, Some(0));
    let file = folder.join("plan/plan.json");
    let text = std::fs::read_to_string(&file).expect("a plan");
    let mut plan: Plan = serde_json::from_str(&text).expect("a plan");
    let steps = &mut plan.programme.as_mut().expect("a programme").steps;
    let moved = steps
        .iter_mut()
        .find(|step| step.act == Act::Move)
        .expect("a move");
    moved.year = 0;
    std::fs::write(&file, serde_json::to_string(&plan).expect("json")).expect("written");
    let (code, _, err) = oneroof(folder, &["verify", ".", "plan"]);
    assert_eq!(code, Some(6), "{err}");
    assert!(err.contains("step-too-early"), "{err}");
}

#[test]
fn a_plan_that_people_chose_can_be_phased_too() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/places/six");
    let loaded = load(&root, &LoadOptions::default()).expect("it loads");
    let mut plan = oneroof::plan::appraise(&loaded.place, &loaded.travel).expect("a plan");
    plan.programme =
        Some(phase(&loaded.place, &loaded.travel, &plan, &quick(), &()).expect("a programme"));
    assert!(programme(&plan).steps.is_empty());
    assert_eq!(programme(&plan).saving_gbp, 0.0);
    assert_eq!(verify(&loaded.place, &loaded.travel, &plan), Vec::new());
}

#[test]
fn a_horizon_shorter_than_the_usual_programme_is_no_fault_where_no_programme_was_asked_for() {
    for years in [1, 2, 9] {
        let folder = Folder::six();
        folder.append(
            "place.toml",
            &format!("\n[finance]\nhorizon_years = {years}\n"),
        );
        folder.run(&["check", "."], 0);
    }
    let folder = Folder::six();
    folder.append(
        "place.toml",
        "\n[finance]\nhorizon_years = 2\n\n[phase]\nyears = 10\n",
    );
    folder.run(&["check", "."], 3);
}

//! What holds of every game, of small games by hand, and of a place where two gain only together.

use super::*;
use crate::place::{
    AgencyIx, Areas, CapitalBudget, Decision, Gbp, GbpPerYear, Part, PartExit, Place, SpaceType,
    SquareMetres, Verb, sample,
};
use crate::plan::Wish;
use crate::travel::Travel;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::time::Duration;

/// A game of known values, given for the coalitions 1, 2, 12, 3, 13, 23, 123 … in the order of their bits.
fn game(members: usize, values: &[f64]) -> Game {
    let worth = (1..1_u64 << members).zip(values).map(|(bits, value)| {
        let members = (0..members).filter(|member| bits >> member & 1 == 1);
        let coalition = members.fold(Coalition::NOBODY, Coalition::with);
        (coalition, Worth::exactly(*value))
    });
    Game::new(members, worth.collect(), false)
}

fn shares(of: &Game) -> Vec<f64> {
    shapley(of, &Looked::Every)
        .iter()
        .map(|one| one.share)
        .collect()
}

#[test]
fn shares_of_a_game_of_three_are_as_by_hand() {
    // 1 and 2 each bring 3 where 3 is there too, all bring 9.
    let of = game(3, &[0.0, 0.0, 0.0, 0.0, 3.0, 3.0, 9.0]);
    // Orders 123 132 213 231 312 321: 1 adds 0 0 0 6 3 6, 2 adds 0 6 0 0 6 3, 3 adds 9 3 9 3 0 0.
    let expected = [15.0 / 6.0, 15.0 / 6.0, 24.0 / 6.0];
    for (share, expected) in shares(&of).iter().zip(expected) {
        assert!((share - expected).abs() < 1e-9, "{share} {expected}");
    }
}

#[test]
fn a_convex_game_has_a_split_that_nobody_leaves() {
    let core = core(&game(3, &[0.0, 0.0, 3e6, 0.0, 3e6, 3e6, 9e6])).expect("solved");
    assert_eq!((core.answer, core.subsidy), (CoreAnswer::Yes, 0.0));
    // 3m each: every pair has 6m, 3m more than alone; nobody is nearer to leaving.
    assert!((core.margin - 3e6).abs() < 1.0, "{core:?}");
}

#[test]
fn where_every_pair_has_all_nobody_can_be_kept_and_half_is_missing() {
    // Each pair has 6m: shares of at least 9m in total, and there are 6m.
    let core = core(&game(3, &[0.0, 0.0, 6e6, 0.0, 6e6, 6e6, 6e6])).expect("solved");
    assert_eq!(core.answer, CoreAnswer::No);
    assert!((core.subsidy - 3e6).abs() < 1.0 && core.margin < 0.0);
}

#[test]
fn an_interval_that_straddles_the_border_leaves_the_core_undecided() {
    let mut of = game(3, &[0.0, 0.0, 6e6, 0.0, 6e6, 6e6, 6e6]);
    of.worth.insert(Coalition::all(3), Worth::new(8e6, 10e6));
    assert_eq!(core(&of).expect("solved").answer, CoreAnswer::Undecided);
    of.worth.insert(Coalition::all(3), Worth::new(9e6, 10e6));
    assert_eq!(core(&of).expect("solved").answer, CoreAnswer::Yes);
}

#[test]
fn a_wider_circle_is_worth_no_less_and_a_smaller_one_no_more() {
    let (one, two) = (Coalition::of(0), Coalition::of(1));
    let worth = BTreeMap::from([
        (one, Worth::new(5.0, 20.0)),
        (two, Worth::new(0.0, 1.0)),
        (one.with(1), Worth::new(4.0, 9.0)),
    ]);
    let of = Game::new(2, worth.clone(), true);
    assert_eq!(of.of(one), Some(Worth::new(5.0, 9.0)));
    assert_eq!(of.whole(), Worth::new(5.0, 9.0));
    assert_eq!(Game::new(2, worth, false).whole(), Worth::new(4.0, 9.0));
}

#[test]
fn payments_bring_each_to_its_share_to_the_penny() {
    let share = pence_that_sum(&[10.0 / 3.0, 10.0 / 3.0, 10.0 / 3.0], 10.0);
    assert_eq!(
        share.iter().map(|one| one * 100.0).sum::<f64>().round(),
        1000.0
    );
    let mut has = vec![12.0, -4.0, 2.0];
    for (from, to, gbp) in payments(&has.clone(), &share) {
        assert!(gbp > 0.0);
        has[from] -= gbp;
        has[to] += gbp;
    }
    let close = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-9;
    assert!(has.iter().zip(&share).all(close), "{has:?} {share:?}");
}

/// Whether a game of three has a core: every balanced collection of groups has no more than all together
/// (Bondareva and Shapley); those of three members are these five.
fn has_core(v: &[f64]) -> bool {
    let (a, b, ab, c, ac, bc, all) = (v[0], v[1], v[2], v[3], v[4], v[5], v[6]);
    let needed = [a + b + c, ab + c, ac + b, bc + a, (ab + ac + bc) / 2.0];
    needed.iter().all(|needed| *needed <= all)
}

proptest! {
    #[test]
    fn shapley_is_efficient_symmetric_and_gives_nothing_to_a_dummy(
        values in prop::collection::vec(0_u32..1_000_000, 15)
    ) {
        let mut values: Vec<f64> = values.into_iter().map(f64::from).collect();
        // Members 1 and 2 are alike: 1 ~ 2, 13 ~ 23, 14 ~ 24, 134 ~ 234.
        for (one, two) in [(1, 2), (5, 6), (9, 10), (13, 14)] {
            values[two - 1] = values[one - 1];
        }
        // Member 4 adds nothing to anybody.
        for bits in 8..16_usize {
            values[bits - 1] = if bits == 8 { 0.0 } else { values[bits - 9] };
        }
        let shares = shares(&game(4, &values));
        prop_assert!((shares.iter().sum::<f64>() - values[14]).abs() < 1e-6);
        prop_assert!((shares[0] - shares[1]).abs() < 1e-6);
        prop_assert!(shares[3].abs() < 1e-6);
    }

    #[test]
    fn the_core_answer_is_that_of_the_balanced_collections(
        values in prop::collection::vec(0_u32..20, 7)
    ) {
        let values: Vec<f64> = values.into_iter().map(|one| f64::from(one) * 1e6).collect();
        let answer = core(&game(3, &values)).expect("solved");
        let expected = if has_core(&values) { CoreAnswer::Yes } else { CoreAnswer::No };
        prop_assert_eq!(answer.answer, expected);
        prop_assert_eq!(answer.subsidy == 0.0, has_core(&values));
    }

    #[test]
    fn sampled_shares_sum_to_the_whole_and_true_shares_lie_in_their_intervals(
        values in prop::collection::vec(0_u32..1_000_000, 15), widths in prop::collection::vec(0_u32..1_000, 15)
    ) {
        let exact: Vec<f64> = values.into_iter().map(f64::from).collect();
        let truth = game(4, &exact);
        let mut known = truth.clone();
        for (worth, width) in known.worth.values_mut().zip(widths) {
            *worth = Worth::new(worth.least - f64::from(width), worth.most + f64::from(width));
        }
        for (share, of) in shares(&truth).iter().zip(shapley(&known, &Looked::Every)) {
            prop_assert!(of.interval.least <= share + 1e-6 && *share <= of.interval.most + 1e-6);
        }
        let orders = Looked::Orders(vec![vec![2, 0, 1, 3], vec![3, 1, 0, 2]]);
        let sampled = shapley(&truth, &orders);
        let sum: f64 = sampled.iter().map(|one| one.share).sum();
        prop_assert!((sum - truth.whole().least).abs() < 1e-6);
    }
}

#[test]
fn of_many_members_the_coalitions_along_some_orders_are_looked_at_and_the_seed_decides_which() {
    let looked = Looked::new(10, 8, 1);
    assert_eq!(looked, Looked::new(10, 8, 1));
    assert_ne!(looked, Looked::new(10, 8, 2));
    let coalitions = looked.coalitions(10);
    // 8 orders of 10 give at most 8 × 7 sets of two to eight; 10 alone, 10 all but one, all.
    assert!(coalitions.len() <= 8 * 7 + 21 && coalitions.len() > 21);
    assert!((0..10).all(|one| coalitions.contains(&Coalition::all(10).without(one))));
    assert_eq!(Looked::new(8, 8, 1), Looked::Every);
}

/// Two agencies with one half-empty office each, on one road: neither can do anything alone, together
/// one office goes.
fn two_offices() -> Place {
    let mut place = sample::empty("Two offices");
    place.agencies = vec![
        sample::agency("north"),
        sample::agency("south"),
        sample::agency("else"),
    ];
    place.services = vec![sample::service("office", false)];
    place.buildings = vec![
        sample::building("N", 0, sample::at(0.0, 0.0), 600.0),
        sample::building("S", 1, sample::at(500.0, 0.0), 600.0),
        sample::building("E", 2, sample::at(900.0, 0.0), 400.0),
    ];
    place.occupiers = vec![
        sample::occupier("north-team", 0, 0, 0, 200.0),
        sample::occupier("south-team", 1, 0, 1, 200.0),
        sample::occupier("else-team", 2, 0, 2, 100.0),
    ];
    place
}

fn asked(members: &[&str]) -> Partnering {
    Partnering {
        members: members.iter().map(ToString::to_string).collect(),
        wish: Wish {
            gap: 0.0,
            time: Duration::from_secs(10),
            ..Wish::default()
        },
        orders: 8,
        threads: 2,
    }
}

#[test]
fn two_who_gain_only_together_share_alike_and_outsiders_stay_as_today() {
    let place = two_offices();
    let travel = Travel::new(&place, Vec::new());
    let ask = asked(&["north", "south"]);
    let (told, kept) = partnership(&place, &travel, &ask, None, &()).expect("an answer");
    assert_eq!(told.outside, ["else"]);
    assert_eq!(told.alone_gbp, 0.0);
    assert!(told.together_gbp > 1e6, "{told:#?}");
    assert_eq!(told.adds_gbp, told.together_gbp);
    assert_eq!(told.core, CoreAnswer::Yes);
    let half = told.together_gbp / 2.0;
    assert!(
        told.shares
            .iter()
            .all(|one| (one.share_gbp - half).abs() <= 0.011)
    );
    // Whoever keeps its office gains less by the ledger or more; the transfer makes it half each.
    for one in &told.shares {
        assert!((one.by_ledger_gbp + one.transfer_gbp - one.share_gbp).abs() < 0.005);
    }
    for plan in &kept.plans {
        assert_eq!(plan.gains[2], 0.0, "{plan:?}");
        let touches = |one: &(String, String, bool)| one.0 == "else-team" || one.1 == "E";
        assert!(!plan.moves.iter().any(touches));
    }
    for lost in &told.drop_outs {
        assert_eq!((lost.others_gbp, lost.lost_gbp), (0.0, told.together_gbp));
    }
}

#[test]
fn a_purse_of_all_is_told_to_count_for_every_group() {
    let mut place = two_offices();
    let travel = Travel::new(&place, Vec::new());
    let told = |place: &Place| {
        let (told, _) =
            partnership(place, &travel, &asked(&["north", "south"]), None, &()).expect("an answer");
        (told.pooled_budget_gbp, told.one_purse())
    };
    assert_eq!(told(&place), (None, None));
    place.finance.limits.budget = Some(CapitalBudget {
        pooled: Some(250_000.0),
        ..CapitalBudget::default()
    });
    let (purse, words) = told(&place);
    assert_eq!(purse, Some(250_000.0));
    let words = words.expect("it is told");
    assert!(words.contains("spend once the £250,000"), "{words}");
}

#[test]
fn a_decision_to_let_a_part_of_an_outsiders_building_go_waits_and_holds_nobody_up() {
    let mut place = two_offices();
    place.buildings[2].part = Some(Box::new(Part {
        how: PartExit::Let,
        floor: Areas::of(SpaceType::Any, SquareMetres(100.0)),
        brings: GbpPerYear(1_000.0),
        receipt: Gbp(0.0),
        costs: Gbp(500_000.0),
        from_year: 0,
    }));
    place
        .decisions
        .push(Decision::about("E", Verb::PartGoes, None));
    let travel = Travel::new(&place, Vec::new());
    let (told, _) = partnership(&place, &travel, &asked(&[]), None, &()).expect("an answer");
    let two = told
        .coalitions
        .iter()
        .find(|one| one.members == ["north", "south"])
        .expect("planned");
    assert!(two.saving_gbp > 1e6, "{two:?}");
    // All three follow it, at a loss.
    let all = told.coalitions.last().expect("all");
    assert!(all.saving_gbp < two.saving_gbp, "{all:?}");
}

#[test]
fn a_tenant_whose_agency_stays_out_holds_its_landlords_building() {
    let mut place = two_offices();
    // A guest of the third agency sits in N: N stays whatever north and south agree.
    place
        .occupiers
        .push(sample::occupier("guest", 2, 0, 0, 50.0));
    let travel = Travel::new(&place, Vec::new());
    let ask = asked(&["north", "south"]);
    let (_, kept) = partnership(&place, &travel, &ask, None, &()).expect("an answer");
    let both = kept.plans.last().expect("both together");
    // South moves into N and lets S go; the guest stays and its agency's money is as today.
    assert_eq!(
        both.moves,
        [("south-team".to_owned(), "N".to_owned(), false)]
    );
    assert_eq!(both.gains[2], 0.0);
}

#[test]
fn an_agency_with_nothing_to_change_gets_nothing_and_costs_no_coalition() {
    let mut place = two_offices();
    place.agencies.push(sample::agency("idle"));
    let travel = Travel::new(&place, Vec::new());
    let (told, _) = partnership(&place, &travel, &asked(&[]), None, &()).expect("an answer");
    assert_eq!(told.coalitions.len(), 7);
    let idle = told
        .shares
        .iter()
        .find(|one| one.member == "idle")
        .expect("told");
    assert_eq!((idle.share_gbp, idle.transfer_gbp), (0.0, 0.0));
    let sum: f64 = told.shares.iter().map(|one| one.share_gbp).sum();
    assert!((sum - told.together_gbp).abs() < 0.005);
}

#[test]
fn every_wider_circle_saves_no_less_and_what_was_kept_is_not_planned_again() {
    struct Refuses;
    impl Watch for Refuses {
        fn planned(&self, _: usize, _: usize, _: &KeptPlan) {}
        fn cancelled(&self) -> bool {
            true
        }
    }
    let place = sample::six_buildings();
    let travel = Travel::new(&place, Vec::new());
    let ask = asked(&[]);
    let (told, kept) = partnership(&place, &travel, &ask, None, &()).expect("an answer");
    let whole = told
        .coalitions
        .iter()
        .find(|one| one.members.len() == 2)
        .expect("both");
    assert!(
        told.coalitions
            .iter()
            .all(|one| one.saving_gbp <= whole.saving_gbp)
    );
    // Nothing can be planned by one who always refuses, so all of it comes from what was kept.
    let (again, _) = partnership(&place, &travel, &ask, Some(&kept), &Refuses).expect("kept");
    assert_eq!(again.shares, told.shares);
    let other = partnership(
        &two_offices(),
        &Travel::new(&two_offices(), Vec::new()),
        &asked(&[]),
        Some(&kept),
        &Refuses,
    );
    assert!(matches!(
        other,
        Err(PartnershipError::Interrupted { of: 7, .. })
    ));
}

#[test]
fn agencies_that_act_as_one_are_one_member_and_names_are_checked() {
    let place = two_offices();
    let member = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(ToString::to_string).collect();
        Member::understood(&place, &words)
    };
    let two = member(&["north+else", "south"]).expect("known");
    assert_eq!(two[0].agencies, [AgencyIx::new(0), AgencyIx::new(2)]);
    assert!(matches!(
        member(&["north", "west"]),
        Err(PartnershipError::UnknownAgency { .. })
    ));
    assert!(matches!(
        member(&["north", "south+north"]),
        Err(PartnershipError::Twice(_))
    ));
    assert!(matches!(
        member(&["north"]),
        Err(PartnershipError::Members(_))
    ));
}

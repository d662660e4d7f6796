//! Problems that are no problems: refused, by name, before anything is solved.

use super::super::door::solve;
use super::super::*;
use super::{ask, two_sites};

fn refused(change: impl FnOnce(&mut Problem)) -> String {
    let mut problem = two_sites();
    change(&mut problem);
    match solve(&problem, &ask(0.0), &()) {
        Err(SitingError::Invalid { item, cause } | SitingError::LockedOut { item, cause }) => {
            format!("{item}: {cause}")
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_cost_that_is_no_number_names_its_site() {
    assert!(refused(|problem| problem.sites[1].fixed_cost = f64::NAN).contains("site \"south\""));
    assert!(refused(|problem| problem.placements[1].cost = f64::INFINITY).contains("south"));
}

#[test]
fn a_negative_capacity_names_its_site() {
    assert!(refused(|problem| problem.sites[0].capacities[0] = -1.0).contains("site \"north\""));
}

#[test]
fn an_item_without_a_placement_is_named() {
    assert!(refused(|problem| problem.placements.clear()).contains("item \"desk\""));
}

#[test]
fn positions_that_do_not_exist_are_named() {
    assert!(refused(|problem| problem.placements[0].site = 9).contains("site 9 does not exist"));
    assert!(refused(|problem| problem.start = Some(vec![7])).contains("placement 7"));
    assert!(refused(|problem| problem.placements[0].uses.clear()).contains("uses"));
}

#[test]
fn two_variants_of_one_site_cannot_both_be_locked_open() {
    let cause = refused(|problem| {
        for site in &mut problem.sites {
            (site.variant_of, site.lock) = (Some(1), SiteLock::Open);
        }
    });
    assert!(
        cause.contains("south") && cause.contains("north"),
        "{cause}"
    );
}

#[test]
fn an_item_whose_sites_are_all_locked_closed_is_named() {
    let close = |problem: &mut Problem| {
        for site in &mut problem.sites {
            site.lock = SiteLock::Closed;
        }
    };
    assert!(refused(close).contains("item \"desk\": it must be placed"));
    // Beside a variant that is locked open, another one is closed.
    let of_one = |problem: &mut Problem| {
        problem.placements.truncate(1);
        problem.sites[1].lock = SiteLock::Open;
        for site in &mut problem.sites {
            site.variant_of = Some(1);
        }
    };
    assert!(refused(of_one).contains("item \"desk\": it must be placed"));
    let mut optional = two_sites();
    close(&mut optional);
    optional.items[0].choice = Choice::AtMostOne;
    assert!(solve(&optional, &ask(0.0), &()).is_ok());
}

#[test]
fn lists_that_do_not_add_up_name_their_reach() {
    let reach = Reach {
        name: "library".into(),
        starts: vec![0, 2],
        host: vec![0],
        distance: vec![1],
        ..Reach::default()
    };
    assert!(refused(|problem| problem.reaches.push(reach)).contains("reach \"library\""));
    let host = Host {
        placements: vec![0],
        always: false,
    };
    let backwards = Reach {
        name: "library".into(),
        hosts: vec![host.clone(), host],
        starts: vec![0, 2],
        host: vec![0, 1],
        distance: vec![5, 1],
        ..Reach::default()
    };
    assert!(refused(|problem| problem.reaches.push(backwards)).contains("order of distance"));
}

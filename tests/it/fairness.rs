//! Rules about groups, areas and numbers of counters: each alone decides a plan.

use crate::planning::{exact, planned, two_offices};
use oneroof::place::{Distance, GroupLimit, HoursClass, MeanLimit, Place, RuleKind, Unit, sample};
use oneroof::plan::Action;
use oneroof::plan::verify::verify;
use oneroof::travel::Travel;

/// Two counters of one service, 1 km apart, with two zones: one at each. A is the dearer to keep,
/// and each would hold both.
pub(crate) fn two_counters() -> Place {
    let mut place = two_offices();
    place.services = vec![sample::service("library", true)];
    place.services[0].max_per_building = 2;
    place.zones = vec![
        sample::zone("ZA", sample::at(0.0, 0.0), &[1_000.0]),
        sample::zone("ZB", sample::at(1_000.0, 0.0), &[1_000.0]),
    ];
    for (zone, (ward, poor)) in place.zones.iter_mut().zip([("WA", 1.0), ("WB", 0.0)]) {
        zone.areas.insert("ward".to_owned(), ward.to_owned());
        zone.groups.insert("poor".to_owned(), poor);
        zone.groups.insert("rich".to_owned(), 1.0 - poor);
    }
    place
}

/// Which of A and B the plan keeps under one rule; the verifier agrees with the plan.
pub(crate) fn kept(mut place: Place, rule: Option<RuleKind>) -> [bool; 2] {
    place.rules = rule
        .into_iter()
        .map(|kind| sample::rule("the.rule", 0, kind))
        .collect();
    let plan = planned(&place, &exact());
    let travel = Travel::new(&place, Vec::new());
    assert_eq!(verify(&place, &travel, &plan), Vec::new());
    [0, 1].map(|at| plan.buildings[at].action != Action::Sell)
}

fn km(value: f64) -> Distance {
    Distance::from_user(value, Unit::Km)
}

#[test]
fn without_a_rule_the_dearer_counter_is_sold() {
    assert_eq!(kept(two_counters(), None), [false, true]);
}

/// Whether a rule keeps both counters.
fn keeps_both(kind: RuleKind) -> bool {
    kept(two_counters(), Some(kind)) == [true, true]
}

#[test]
fn a_share_a_worst_case_a_mean_and_a_displacement_each_keep_both_counters_or_neither() {
    // From A to B it is 1.3 km with the detour; without A half of all live that far away, 0.65 km in the mean.
    for (far, both) in [(1.0, true), (1.5, false)] {
        let limit = km(far);
        let share = RuleKind::Within { limit, share: 0.9 };
        let increase = km(0.0);
        let worst = RuleKind::WorstCase { limit, increase };
        let mean = RuleKind::Mean(MeanLimit::Absolute(km(far / 2.0)));
        for kind in [share, worst, mean, RuleKind::Displacement { limit }] {
            assert_eq!(keeps_both(kind.clone()), both, "{kind:?}");
        }
    }
}

#[test]
fn no_group_worse_keeps_the_counter_of_the_group_it_names() {
    let poor = |keep| RuleKind::NoGroupWorse {
        groups: vec!["poor".to_owned()],
        keep,
    };
    // A serves the poor: B is sold instead.
    let mean = poor(GroupLimit::Mean(0.02));
    assert_eq!(kept(two_counters(), Some(mean)), [true, false]);
    let within = poor(GroupLimit::Within {
        limit: km(1.0),
        drop: 0.01,
    });
    assert_eq!(kept(two_counters(), Some(within)), [true, false]);
}

#[test]
fn no_group_worse_for_every_group_keeps_both() {
    let every = RuleKind::NoGroupWorse {
        groups: vec!["poor".to_owned(), "rich".to_owned()],
        keep: GroupLimit::Mean(0.02),
    };
    assert_eq!(kept(two_counters(), Some(every)), [true, true]);
}

#[test]
fn a_floor_for_every_area_keeps_both_where_a_share_of_the_whole_keeps_one() {
    let (limit, share) = (km(1.0), 0.5);
    let whole = RuleKind::Within { limit, share };
    assert_eq!(kept(two_counters(), Some(whole)), [false, true]);
    let each = "ward".to_owned();
    let floor = RuleKind::FloorPerArea { each, limit, share };
    assert_eq!(kept(two_counters(), Some(floor)), [true, true]);
}

#[test]
fn two_buildings_with_a_counter_are_kept_where_two_are_asked_for() {
    let hosts = |at_least, each: Option<&str>| RuleKind::MinimumHosts {
        at_least,
        hours: HoursClass::Any,
        each: each.map(str::to_owned),
    };
    assert_eq!(kept(two_counters(), Some(hosts(1, None))), [false, true]);
    assert_eq!(kept(two_counters(), Some(hosts(2, None))), [true, true]);
    let one_each = hosts(1, Some("ward"));
    assert_eq!(kept(two_counters(), Some(one_each)), [true, true]);
}

#[test]
fn a_counter_open_day_and_night_moves_and_is_never_merged_away() {
    let rule = RuleKind::MinimumHosts {
        at_least: 1,
        hours: HoursClass::AllDay,
        each: None,
    };
    let mut place = two_counters();
    place.services[0].max_per_building = 1;
    place.services[0].may_merge = true;
    place.occupiers[0].hours.all_day = Some(true);
    assert_eq!(kept(place.clone(), None), [false, true]);
    // a may not merge into b, which closes at night; b may merge into a.
    assert_eq!(kept(place, Some(rule)), [true, false]);
}

#[test]
fn a_soft_number_of_counters_is_bought_where_its_price_is_high_enough() {
    let mut place = two_counters();
    let kind = RuleKind::MinimumHosts {
        at_least: 2,
        hours: HoursClass::Any,
        each: None,
    };
    place.rules = vec![sample::rule("soft", 0, kind)];
    place.rules[0].hard = false;
    // Closing A saves 2,169,034 over 24 years of equal weight: 90,376 a year.
    for (price, open) in [(60_000.0, false), (120_000.0, true)] {
        place.rules[0].price_gbp = Some(price);
        let plan = planned(&place, &exact());
        assert_eq!(plan.buildings[0].action != Action::Sell, open, "{price}");
    }
}

/// The rules of the small place with a pack written at the end of its `place.toml`, or what is wrong.
fn with_pack(block: &str, files: &[(&str, &str)]) -> Result<Place, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let six = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/places/six");
    for entry in std::fs::read_dir(&six).expect("the small place") {
        let entry = entry.expect("a file");
        if entry.path().is_file() {
            std::fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("a copy");
        }
    }
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    let toml = folder.path().join("place.toml");
    let text = std::fs::read_to_string(&toml).expect("it is there");
    std::fs::write(&toml, format!("{text}\n{block}\n")).expect("written");
    oneroof::load::load(folder.path(), &Default::default())
        .map(|loaded| loaded.place)
        .map_err(|error| error.to_string())
}

#[test]
fn a_pack_is_taken_over_with_its_source_and_date() {
    let block = "[[pack]]\nname = \"community_pharmacy\"\nservice = \"library\"\nhard = false";
    let place = with_pack(block, &[]).expect("it loads");
    let rule = place.rules.last().expect("the rule of the pack");
    assert_eq!(rule.id.as_str(), "library.community_pharmacy.walk");
    assert!(!rule.hard);
    let (limit, share) = (km(1.6), 0.892);
    assert_eq!(rule.kind, RuleKind::Within { limit, share });
    let source = rule.source.as_deref().unwrap_or_default();
    assert!(source.starts_with("pack community_pharmacy: "), "{source}");
    assert!(source.ends_with("2014-08"), "{source}");
}

#[test]
fn every_pack_can_be_read_and_its_groups_and_areas_are_asked_for_by_name() {
    for (pack, asks) in [
        ("post_office", "no zones have a group `deprived_urban`"),
        ("access_to_cash", "no zones have a group `rural`"),
        ("minimum_counters", "no zones have areas of kind `borough`"),
        ("dwp_displacement_transit", "`transit`"),
    ] {
        let block = format!("[[pack]]\nname = \"{pack}\"\nservice = \"library\"");
        let error = with_pack(&block, &[]).expect_err("a name is missing");
        assert!(error.contains(asks), "{pack}: {error}");
    }
    for pack in ["dwp_displacement", "library", "library_sparse"] {
        let block = format!("[[pack]]\nname = \"{pack}\"\nservice = \"library\"");
        assert!(with_pack(&block, &[]).is_ok(), "{pack}");
    }
}

#[test]
fn an_unknown_pack_is_met_with_the_likeliest() {
    let block = "[[pack]]\nname = \"postoffice\"\nservice = \"library\"";
    let error = with_pack(block, &[]).expect_err("there is none");
    assert!(error.contains("did you mean `post_office`?"), "{error}");
}

#[test]
fn a_pack_of_ones_own_is_read_from_its_file_and_its_faults_are_named() {
    let block = "[[pack]]\nfile = \"ours.toml\"\nservice = \"library\"";
    let good = "title = \"Ours\"\nsource = \"Cabinet\"\ndate = \"2026\"\n[[access]]\nid = \"two\"\n\
                service = \"library\"\nrule = \"minimum_hosts\"\nat_least = 2\n";
    let place = with_pack(block, &[("ours.toml", good)]).expect("it loads");
    let rule = place.rules.last().expect("the rule of the pack");
    assert_eq!(rule.id.as_str(), "library.ours.two");
    assert_eq!(rule.kind.name(), "minimum_hosts");
    let bad = good.replace("at_least", "atleast");
    let error = with_pack(block, &[("ours.toml", &bad)]).expect_err("a key is wrong");
    assert!(error.contains("ours.toml:8"), "{error}");
    assert!(error.contains("did you mean `at_least`?"), "{error}");
}

#[test]
fn the_service_of_a_packs_rules_is_the_one_the_place_names_or_else_each_rules_own() {
    let pack = |service: &str| {
        format!(
            "title = \"Ours\"\nsource = \"Cabinet\"\ndate = \"2026\"\n[[access]]\nid = \"two\"\n{service}\
             rule = \"minimum_hosts\"\nat_least = 2\n"
        )
    };
    let (silent, own) = (pack(""), pack("service = \"jobcentre\"\n"));
    let named = "[[pack]]\nfile = \"ours.toml\"\nservice = \"library\"";
    let unnamed = "[[pack]]\nfile = \"ours.toml\"";
    for (block, file, id) in [
        (named, &silent, "library.ours.two"),
        (named, &own, "library.ours.two"),
        (unnamed, &own, "jobcentre.ours.two"),
    ] {
        let place = with_pack(block, &[("ours.toml", file)]).expect("it loads");
        let rule = place.rules.last().expect("the rule of the pack");
        assert_eq!(rule.id.as_str(), id);
    }
    let error = with_pack(unnamed, &[("ours.toml", &silent)]).expect_err("nobody names one");
    assert!(
        error.contains("rule `two` of pack `ours` is of no service"),
        "{error}"
    );
}

use super::*;

fn faults(text: &str) -> Vec<String> {
    match read_config("place.toml", text) {
        Ok(_) => Vec::new(),
        Err(findings) => findings
            .iter()
            .map(|f| {
                let key = f.column.clone().unwrap_or_default();
                format!("{} {key}: {} | {}", f.row, f.cause, f.action)
            })
            .collect(),
    }
}

const HEAD: &str = "[place]\nname = \"Test\"\nbase_date = 2026-04-01\n";

#[test]
fn a_place_needs_only_a_name_and_a_base_date() {
    assert_eq!(faults(HEAD), Vec::<String>::new());
}

#[test]
fn every_unknown_key_is_reported_at_once_with_its_line_and_a_guess() {
    let text = format!(
        "{HEAD}[[agency]]\nid = \"a\"\nnaem = \"A\"\n[[service]]\nid = \"s\"\ncountre = true\n"
    );
    let found = faults(&text);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found
            .iter()
            .any(|f| f.starts_with("place.toml:6 agency[0].naem")
                && f.contains("did you mean `name`")),
        "{found:?}"
    );
    assert!(
        found
            .iter()
            .any(|f| f.starts_with("place.toml:9 service[0].countre")
                && f.contains("did you mean `counter`")),
        "{found:?}"
    );
}

#[test]
fn a_missing_key_and_a_wrong_kind_are_reported_together() {
    let text = format!("{HEAD}[[access]]\nid = \"x\"\nrule = \"whithin\"\nkm = \"3\"\n");
    let found = faults(&text);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(
        found.iter().any(|f| f.contains("`service` is missing")),
        "{found:?}"
    );
    assert!(
        found.iter().any(|f| f.contains("did you mean `within`")),
        "{found:?}"
    );
    assert!(
        found.iter().any(|f| f.contains("without quotation marks")),
        "{found:?}"
    );
}

#[test]
fn what_may_stand_in_a_missing_key_is_told_and_how_one_of_several_is_written() {
    let text = format!(
        "{HEAD}[[access]]\nid = \"x\"\nservice = \"library\"\n[occupiers]\nfile = \"o.csv\"\n"
    );
    let found = faults(&text);
    let told = |part: &str| found.iter().any(|fault| fault.contains(part));
    assert!(
        told("add `rule = …`, one of: within, worst_case"),
        "{found:?}"
    );
    assert!(
        told("write `[[occupiers]]`, once for each of them"),
        "{found:?}"
    );
}

#[test]
fn a_date_as_people_write_it_is_answered_with_how_it_is_written_here() {
    let action = |text: &str| {
        let findings = read_config("place.toml", text).expect_err("is not TOML");
        findings[0].action.clone()
    };
    for date in ["01/04/2026", "1/4/26 # the day"] {
        let text = format!("[place]\nname = \"X\"\nbase_date = {date}\n");
        assert!(action(&text).contains("2026-04-01"), "{date}");
    }
    assert_eq!(action("[place]\nname = X/Y\n"), "correct the line");
}

#[test]
fn text_that_is_not_toml_is_reported_with_its_line() {
    let found = faults("[place]\nname = \n");
    assert!(
        found.iter().any(|f| f.starts_with("place.toml:2")),
        "{found:?}"
    );
}

#[test]
fn a_demand_is_a_column_a_range_a_sum_or_one_of_these_by_year() {
    let text = format!(
        "{HEAD}[[zones]]\nfile = \"z.csv\"\ndemand = {{ a = \"population\", b = \"0..4\", c = [\"x\", \"y\"], d = {{ \"2026\" = \"p26\" }} }}\n"
    );
    let (config, _) = read_config("place.toml", &text).expect("it is good");
    let demand = &config.zones[0].demand;
    assert_eq!(demand["b"], Counting::Sum(vec!["0..4".into()]));
    assert_eq!(demand["c"], Counting::Sum(vec!["x".into(), "y".into()]));
    assert!(matches!(&demand["d"], Counting::ByYear(years) if years.contains_key(&2026)));
}

#[test]
fn every_field_of_the_schema_says_what_it_is() {
    let schema = schema();
    let definitions = schema["$defs"].as_object().expect("there are definitions");
    for (name, definition) in definitions {
        let Some(properties) = definition.get("properties").and_then(|p| p.as_object()) else {
            continue;
        };
        for (field, property) in properties {
            assert!(property.get("description").is_some(), "{name}.{field}");
        }
    }
}

#[test]
fn a_rate_written_as_per_cent_is_refused() {
    let text = format!("{HEAD}[finance]\ndiscount = [{{ from_year = 0, rate = 3.5 }}]\n");
    let (config, _) = read_config("place.toml", &text).expect("its form is good");
    let (_, refused) = config.finance.settle();
    assert_eq!(refused.len(), 1);
    assert!(refused[0].1.contains("3.5 % is 0.035"), "{refused:?}");
}

#[test]
fn the_six_building_place_is_well_formed() {
    let text = include_str!("../../../tests/places/six/place.toml");
    assert_eq!(faults(text), Vec::<String>::new());
}

#[test]
fn ranges_and_recharges_that_mean_nothing_are_refused_by_key() {
    let text = format!(
        "{HEAD}[finance]\nrecharge_share = 0.5\n[finance.sensitivity]\nrent = [1.1, 1.2]\n\
         receipt_delay = [0.5, 2]\ndiscount_rate = [1, 2]\ndraws = 0\n"
    );
    let (config, _) = read_config("place.toml", &text).expect("its form is good");
    let (_, refused) = config.finance.settle();
    let keys: Vec<&str> = refused.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "recharge_share",
            "sensitivity.rent",
            "sensitivity.discount_rate",
            "sensitivity.receipt_delay",
            "sensitivity.draws"
        ]
    );
}

#[test]
fn a_source_names_a_setting_that_there_is() {
    let text = format!(
        "{HEAD}[finance.travel_weights]\nelderly = 2\n[finance.sources]\nmove_gbp_fte = \"a framework\"\n\
         \"fit_out_gbp_m2.office\" = \"a guide\"\n\"sensitivity.rent\" = \"a survey\"\n\"travel_weights.elderly\" = \"minute 3\"\n\
         fees_share = \" \"\n\"fit_out_gbp_m2.ofice\" = \"a guide\"\n\"travel_weights.young\" = \"minute 4\"\n\
         \"move_gbp_fte.office\" = \"a framework\"\nfee_share = \"a list\"\n"
    );
    let (config, _) = read_config("place.toml", &text).expect("its form is good");
    let (said, refused) = config.finance.sources_of_settings();
    let said: Vec<&str> = said.keys().map(String::as_str).collect();
    assert_eq!(
        said,
        [
            "fit_out_gbp_m2.office",
            "move_gbp_fte",
            "sensitivity.rent",
            "travel_weights.elderly"
        ]
    );
    let refused: Vec<(&str, &str)> = refused
        .iter()
        .map(|(setting, _, action)| (setting.as_str(), action.as_str()))
        .collect();
    assert_eq!(
        refused,
        [
            ("fee_share", "did you mean `fees_share`?"),
            ("fees_share", "say it, or leave it out"),
            (
                "fit_out_gbp_m2.ofice",
                "did you mean `fit_out_gbp_m2.office`?"
            ),
            ("move_gbp_fte.office", "did you mean `move_gbp_fte`?"),
            ("travel_weights.young", "did you mean `travel_weights`?"),
        ]
    );
}

#[test]
fn a_recharge_is_full_marginal_or_a_stated_share() {
    for (stated, share) in [
        ("", 1.0),
        ("recharge = \"marginal\"", 0.0),
        ("recharge = \"fixed_share\"\nrecharge_share = 0.4", 0.4),
    ] {
        let text = format!("{HEAD}[finance]\n{stated}\n");
        let (config, _) = read_config("place.toml", &text).expect("its form is good");
        let (finance, refused) = config.finance.settle();
        assert_eq!(
            (finance.recharge_share, refused.len()),
            (share, 0),
            "{stated}"
        );
    }
}

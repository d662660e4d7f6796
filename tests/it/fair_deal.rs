//! Tenure, links between services and the saving in steps, through files and the program.

use crate::folder::Folder;
use jiff::civil::date;
use oneroof::load::LoadOptions;
use oneroof::place::{Fence, Finding, Flag, Repair};

/// The six buildings, with more columns in the register: a heading, and the cell of its first row.
pub(crate) fn with_columns(columns: &[(&str, &str)]) -> Folder {
    let folder = Folder::six();
    let table = folder.read("buildings.csv");
    let lines = table.lines().enumerate().map(|(at, line)| {
        let cells = columns.iter().map(|(heading, cell)| match at {
            0 => format!(",{heading}"),
            1 => format!(",{cell}"),
            _ => ",".to_owned(),
        });
        format!("{line}{}\n", cells.collect::<String>())
    });
    folder.write("buildings.csv", &lines.collect::<String>());
    folder
}

pub(crate) fn findings(folder: &Folder) -> Vec<Finding> {
    match folder.load_with(&LoadOptions::default()) {
        Ok(loaded) => loaded.findings,
        Err(error) => error.findings,
    }
}

#[test]
fn terms_of_leases_are_read_under_other_councils_headings() {
    let folder = with_columns(&[
        ("Alienation", "Permitted with consent"),
        ("Repairing Obligation", "Internal repairing"),
        ("Next Rent Review", "24/06/2028"),
        ("ERV (£)", "\"31,000\""),
        ("Rental Income pa", "4500"),
        ("CO2 emissions", "37.5"),
        ("MEES cost", "\"£12,000\""),
    ]);
    folder.replace("buildings.csv", "Freehold", "Leasehold");
    let loaded = folder.load_with(&LoadOptions::default()).expect("it loads");
    let building = &loaded.place.buildings[0];
    let lease = &building.tenure.lease;
    assert_eq!(lease.may_sublet, Some(true));
    assert_eq!(lease.repair, Some(Repair::Internal));
    let review = lease.review.expect("a review");
    // The place's years begin on 1 April 2026: 24 June 2028 lies in year 2, year 3 pays the new rent.
    assert_eq!((review.from_year, review.rent.get()), (3, 31_000.0));
    assert_eq!(building.tenure.let_income.get(), 4_500.0);
    assert_eq!(building.energy.tco2e, Some(37.5));
    assert_eq!(
        building.energy.liability.map(|gbp| gbp.get()),
        Some(12_000.0)
    );
}

#[test]
fn terms_of_a_receipt_are_read_under_other_councils_headings() {
    let folder = with_columns(&[
        ("Overage %", "25"),
        ("Overage threshold", "\"£200,000\""),
        ("Overage expiry", "01/06/2029"),
        ("Overage payable to", "Church Commissioners"),
        ("Grant clawback", "\"40,000\""),
        ("Grant conditions end", "31/03/2031"),
        ("Ring-fenced", "HRA"),
    ]);
    let loaded = folder.load_with(&LoadOptions::default()).expect("it loads");
    let terms = &loaded.place.buildings[0].receipt_terms;
    let overage = terms.overage.as_ref().expect("an overage");
    assert_eq!((overage.share, overage.above.get()), (0.25, 200_000.0));
    assert_eq!(overage.until, Some(date(2029, 6, 1)));
    assert_eq!(overage.to.as_deref(), Some("Church Commissioners"));
    assert_eq!(terms.clawback.map(|gbp| gbp.get()), Some(40_000.0));
    assert_eq!(terms.clawback_until, Some(date(2031, 3, 31)));
    assert_eq!(terms.fence, Some(Fence::Purpose("HRA".into())));
    let none = &loaded.place.buildings[1].receipt_terms;
    assert_eq!(**none, Default::default());
}

#[test]
fn an_overage_of_more_than_all_and_terms_without_a_sum_are_said_with_row_and_column() {
    let folder = with_columns(&[("Overage share", "150 %"), ("Clawback until", "2030-01-01")]);
    let found = findings(&folder);
    for (code, column) in [
        ("overage-out-of-range", "Overage share"),
        ("receipt-terms-incomplete", "Clawback until"),
    ] {
        let said = found.iter().find(|one| one.code == code);
        let said = said.unwrap_or_else(|| panic!("{code}: {found:#?}"));
        assert_eq!(said.column.as_deref(), Some(column));
        assert_eq!((said.row.record, said.row.line), (1, 2));
    }
    let folder = with_columns(&[("Overage share", ""), ("Overage until", "2030-01-01")]);
    let found = findings(&folder);
    assert!(
        found
            .iter()
            .any(|one| one.code == "receipt-terms-incomplete")
    );
}

#[test]
fn a_clawback_of_nought_is_one_and_less_than_nought_is_set_aside_and_said() {
    for (cell, stated, codes) in [
        ("0", Some(0.0), [].as_slice()),
        ("-5000", None, &["clawback-negative"]),
    ] {
        let folder = with_columns(&[("Clawback", cell), ("Flags", "clawback")]);
        let loaded = folder.load_with(&LoadOptions::default()).expect("it loads");
        let building = &loaded.place.buildings[0];
        assert!(building.flags.contains(&Flag::Clawback));
        assert_eq!(
            building.receipt_terms.clawback.map(|gbp| gbp.get()),
            stated,
            "{cell}"
        );
        let said: Vec<&str> = loaded
            .findings
            .iter()
            .filter(|one| one.column.as_deref() == Some("Clawback"))
            .map(|one| one.code)
            .collect();
        assert_eq!(said, codes, "{cell}");
    }
}

#[test]
fn the_flag_of_an_overage_goes_only_where_its_share_was_read() {
    for (share, flagged) in [("25 %", false), ("150 %", true), ("tbc", true), ("", true)] {
        let folder = with_columns(&[("Overage share", share), ("Flags", "overage")]);
        let loaded = folder.load_with(&LoadOptions::default()).expect("it loads");
        let building = &loaded.place.buildings[0];
        assert_eq!(
            building.flags.contains(&Flag::Clawback),
            flagged,
            "{share:?}"
        );
        assert_eq!(
            building.receipt_terms.overage.is_some(),
            !flagged,
            "{share:?}"
        );
    }
}

#[test]
fn what_others_take_of_a_receipt_is_a_line_of_its_own_with_its_reason_and_verifies() {
    let folder = with_columns(&[
        ("overage_share", "20 %"),
        ("overage_to", "the diocese"),
        ("ring_fenced", "yes"),
    ]);
    folder.append(
        "place.toml",
        "\n[limits.capital_budget]\npooled_gbp = 500_000\nreceipts = true\n",
    );
    let register = folder.read("buildings.csv");
    let sold = register.lines().nth(1).expect("a row").split(',').next();
    let sold = sold.expect("an id").to_owned();
    folder.run(
        &[
            "plan",
            ".",
            "--out",
            "out",
            "--dispose",
            &sold,
            "--only",
            "csv",
        ],
        0,
    );
    let ledger = folder.read("out/ledger.csv");
    assert!(ledger.contains(",overage,one_off,"), "{ledger}");
    let actions = folder.read("out/actions.csv");
    assert!(
        actions.contains("is owed to the diocese as overage"),
        "{actions}"
    );
    assert!(actions.contains("its owner's own capital"), "{actions}");
    let assumptions = folder.read("out/assumptions.csv");
    for name in ["overage,", "ring-fenced receipts,"] {
        assert!(assumptions.contains(name), "{assumptions}");
    }
    folder.run(&["verify", ".", "out"], 0);
}

#[test]
fn a_review_without_its_rent_is_said_with_its_row_and_column() {
    let folder = with_columns(&[
        ("Next Rent Review", "2028-06-24"),
        ("Rent after review", ""),
    ]);
    let found = findings(&folder);
    let said = found.iter().find(|one| one.code == "review-incomplete");
    let said = said.unwrap_or_else(|| panic!("{found:#?}"));
    assert_eq!(said.column.as_deref(), Some("Next Rent Review"));
    assert_eq!((said.row.record, said.row.line), (1, 2));
}

#[test]
fn pairs_that_make_no_sense_are_errors_at_their_keys() {
    let folder = Folder::six();
    folder.append(
        "place.toml",
        "\n[[together]]\nfirst = \"library\"\nsecond = \"library\"\n\
         [[together]]\nfirst = \"libary\"\nsecond = \"back_office\"\n\
         [[together]]\nfirst = \"library\"\nsecond = \"back_office\"\ngbp_a_year = nan\n",
    );
    let found = findings(&folder);
    let columns = |code: &str| -> Vec<String> {
        let these = found.iter().filter(|one| one.code == code);
        these.filter_map(|one| one.column.clone()).collect()
    };
    assert_eq!(
        columns("bad-together"),
        ["together[0]", "together[2].gbp_a_year"]
    );
    assert_eq!(columns("unknown-service"), ["together[1].first"]);
}

#[test]
fn steps_and_links_are_printed_written_and_verified() {
    let folder = Folder::six();
    folder.append(
        "place.toml",
        "\n[[together]]\nfirst = \"library\"\nsecond = \"back_office\"\ngbp_a_year = 3000\nsource = \"pilot\"\n",
    );
    let text = folder.run(&["plan", ".", "--out", "out", "--split"], 0);
    for words in [
        "of it, own buildings",
        "sharing adds",
        "closing adds",
        "links between services",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let saving = folder.read("out/saving.csv");
    assert!(
        saving.starts_with("step,agency,saving_gbp,adds_gbp"),
        "{saving}"
    );
    assert!(saving.contains("\nalone,the whole place,"), "{saving}");
    let together = folder.read("out/together.csv");
    assert!(together.contains("\nlibrary,back_office,"), "{together}");
    folder.run(&["verify", ".", "out"], 0);
    // Another pair in the place: the plan's links are none of its own.
    folder.replace(
        "place.toml",
        "second = \"back_office\"",
        "second = \"jobcentre\"",
    );
    let text = folder.run(&["verify", ".", "out"], 6);
    assert!(
        text.contains("each pair of the place is listed once"),
        "{text}"
    );
}

/// The six buildings with more columns: a building, a heading, and its cell there.
fn with_cells(cells: &[(&str, &str, &str)]) -> Folder {
    let mut headings: Vec<&str> = Vec::new();
    for (_, heading, _) in cells {
        if !headings.contains(heading) {
            headings.push(heading);
        }
    }
    let folder = Folder::six();
    let table = folder.read("buildings.csv");
    let lines = table.lines().enumerate().map(|(at, line)| {
        let id = line.split(',').next().unwrap_or_default();
        let more = headings.iter().map(|heading| match at {
            0 => format!(",{heading}"),
            _ => {
                let mut own = cells.iter();
                let cell = own.find(|one| one.0 == id && one.1 == *heading);
                format!(",{}", cell.map_or("", |one| one.2))
            }
        });
        format!("{line}{}\n", more.collect::<String>())
    });
    folder.write("buildings.csv", &lines.collect::<String>());
    folder
}

#[test]
fn what_a_register_says_of_leases_energy_and_covenants_is_in_actions_and_ledger() {
    let folder = with_cells(&[
        ("D001", "may_sublet", "yes"),
        ("D001", "epc_rating", "D"),
        ("D001", "rent_review_date", "2029-06-24"),
        ("D001", "rent_after_review_gbp", "150000"),
        ("D001", "repair_liability", "internal"),
        ("N001", "flags", "covenant"),
        ("C002", "epc_liability_gbp", "12000"),
        ("C002", "tco2e", "30"),
    ]);
    // A long lease without a break, and a building whose gift needs consent.
    folder.replace(
        "buildings.csv",
        "2017-04-01,2032-03-31,2027-09-30,6,35000",
        "2017-04-01,2044-12-31,,6,35000",
    );
    folder.replace("buildings.csv", ",40000,600000,", ",40000,2600000,");
    folder.append("place.toml", "[finance]\nrecharge = \"marginal\"\n");
    let let_go = ["--dispose", "D001", "--dispose", "N001"];
    let arguments = ["plan", ".", "--out", "out", "--only", "json,csv"];
    folder.run(&[&arguments[..], &let_go[..]].concat(), 0);
    let actions = folder.read("out/actions.csv");
    let row = |id: &str| {
        let mut rows = actions.lines();
        let found = rows.find(|row| row.starts_with(&format!("{id},")));
        found.unwrap_or_default().to_owned()
    };
    assert!(row("D001").contains(",sublet,"), "{actions}");
    let given = row("N001");
    assert!(given.contains(",transfer,") && given.contains(",2600000.00"));
    assert!(given.contains("which a local authority needs consent for"));
    assert!(row("C002").contains(",12000.00"), "{actions}");
    assert!(row("C002").contains(",30.00,0.00"), "{actions}");
    let ledger = folder.read("out/ledger.csv");
    for line in [
        // £10,000 more a year from the review on, no more paid once it is sublet.
        ",rent_review,recurring,10000.00,0.00,",
        ",sublet_income,recurring,",
        ",rent_to_exit,recurring,",
        // 600 m² in the town hall at £25 of running cost, nothing of its rates.
        "jc-main,Sixtown Jobcentre,recharge_paid,recurring,0.00,15000.00,",
    ] {
        assert!(ledger.contains(line), "{line}: {ledger}");
    }
    folder.run(&["verify", ".", "out"], 0);
}

#[test]
fn dispose_of_a_building_against_its_part_is_told_before_any_search_and_priced() {
    let folder = with_cells(&[
        ("C001", "part_m2", "200"),
        ("C001", "part_gbp", "9000"),
        ("C001", "part_cost_gbp", "10000"),
        ("C001", "part_exit", "let"),
    ]);
    folder.write(
        "decisions.csv",
        "id,decision,body\nC001,part_goes,Estates board\nC001,dispose,Cabinet\n",
    );
    let found = findings(&folder);
    let said = found.iter().find(|one| one.code == "decisions-opposed");
    let said = said.unwrap_or_else(|| panic!("{found:#?}"));
    assert!(said.cause.contains("decisions.csv"), "{said:?}");
    assert!(said.action.contains("planned free"), "{said:?}");
    folder.run(&["plan", ".", "--out", "out", "--only", "json,csv"], 0);
    let plan = folder.read("out/plan.json");
    assert!(plan.contains("part_goes (Estates board"), "{plan}");
    folder.run(&["verify", ".", "out"], 0);
    // With one of the two it is followed; `--keep` agrees with a part that goes.
    folder.write("decisions.csv", "id,decision\nC001,part_goes\n");
    let keep = ["--keep", "C001"];
    let arguments = ["plan", ".", "--out", "out", "--only", "json,csv"];
    let text = folder.run(&[&arguments[..], &keep[..]].concat(), 0);
    assert!(!text.contains("decision-overruled"), "{text}");
    let actions = folder.read("out/actions.csv");
    assert!(
        actions.contains(",let,") || actions.contains(",200.00"),
        "{actions}"
    );
}

#[test]
fn a_sale_already_agreed_is_credited_to_no_plan_and_whoever_is_still_inside_is_named() {
    let folder = with_cells(&[
        ("C002", "committed", "Sale agreed"),
        ("C002", "committed_date", "2026-09-30"),
    ]);
    let found = findings(&folder);
    let said = found.iter().find(|one| one.code == "committed-occupied");
    let said = said.unwrap_or_else(|| panic!("{found:#?}"));
    assert_eq!((said.row.record, said.row.line), (2, 3));
    assert_eq!(said.cell.as_deref(), Some("Sale agreed"));
    assert!(said.cause.contains("C002"), "{said:?}");
    folder.run(&["plan", ".", "--out", "out", "--only", "json,csv"], 0);
    assert!(!folder.read("out/ledger.csv").contains(",C002,"));
    let actions = folder.read("out/actions.csv");
    assert!(
        actions.contains("Outside the plan: already committed: Sale agreed"),
        "{actions}"
    );
    folder.run(&["verify", ".", "out"], 0);
}

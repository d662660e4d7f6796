//! Tenure, links between services and the saving in steps, through files and the program.

use crate::folder::Folder;
use oneroof::load::LoadOptions;
use oneroof::place::{Finding, Repair};

/// The six buildings, with more columns in the register: a heading, and the cell of its first row.
fn with_columns(columns: &[(&str, &str)]) -> Folder {
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

fn findings(folder: &Folder) -> Vec<Finding> {
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
        "of it, each alone",
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

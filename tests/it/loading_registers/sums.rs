//! What the headings of sums say of them: periods, thousands, units of area, currencies.

use super::reader::{Read, register, register_with};
use oneroof::place::Severity;

const AROUND: (f64, f64) = (-2.32, 53.42);

/// A register of one building with one more column.
fn with_column(heading: &str, cell: &str) -> Read {
    register(&format!("ID;Name;{heading}\n1;Hall;{cell}\n"), AROUND)
}

#[test]
fn a_rent_by_the_month_is_multiplied_up_in_whatever_language_it_is() {
    for heading in [
        "Rent pm",
        "Rent (pm)",
        "Loyer (€/mois)",
        "Alquiler (€/mes)",
        "Vuokra (€/kk)",
        "Husleje (pr. måned)",
        "Huur (per mnd)",
    ] {
        let read = with_column(heading, "1500");
        assert_eq!(read.facts("1", "rent"), "rent=18000", "{heading}");
        assert_eq!(read.says("sum-per-period", heading), 1, "{heading}");
    }
}

#[test]
fn a_period_in_a_cell_replaces_that_of_its_heading() {
    let read = register(
        "ID,Name,Rent pcm\n1,Hall,\"£1,250 pcm\"\n2,Shop,\"£15,000 p.a.\"\n3,Mill,£300 per week\n4,Depot,£100\n",
        AROUND,
    );
    for (id, rent) in [("1", 15000), ("2", 15000), ("3", 15600), ("4", 1200)] {
        assert_eq!(read.facts(id, "rent"), format!("rent={rent}"));
    }
}

#[test]
fn pounds_a_month_or_a_square_metre_are_no_millions() {
    let read = with_column("Rent (£ monthly)", "1500");
    assert_eq!(read.facts("1", "rent"), "rent=18000");
    let read = with_column("Running cost (£ m2)", "85");
    assert_eq!(read.facts("1", "running"), "running=0");
}

#[test]
fn thousands_beside_a_name_are_multiplied_out() {
    for (heading, fact) in [
        ("Running cost '000", "running"),
        ("Loyer K EUR", "rent"),
        ("Buchwert (k EUR)", "value"),
        ("Rent £k", "rent"),
    ] {
        let read = with_column(heading, "250");
        assert_eq!(read.facts("1", fact), format!("{fact}=250000"), "{heading}");
    }
}

#[test]
fn a_value_is_not_multiplied_by_how_often_it_is_looked_at() {
    let read = with_column("Market value (quarterly review)", "100000");
    assert_eq!(read.facts("1", "value"), "value=100000");
    assert_eq!(read.says("sum-per-period", "*"), 0);
}

#[test]
fn rents_for_each_square_metre_are_left_out_by_name() {
    for heading in ["Hyra (kr/kvm)", "Loyer (€ au m²)", "Rent (£/sq ft)"] {
        let read = with_column(heading, "12");
        assert_eq!(read.facts("1", "rent"), "rent=0", "{heading}");
        assert_eq!(read.says("rate-not-used", heading), 1, "{heading}");
    }
}

#[test]
fn a_setting_that_takes_a_rate_for_a_sum_is_refused() {
    let read = register_with(
        "register.csv",
        "ID,Name,Rent (£/sq ft)\n1,Hall,12\n",
        AROUND,
        "columns = { rent_gbp = \"Rent (£/sq ft)\" }",
    );
    assert!(read.is_refused());
    assert_eq!(read.finding("rate-not-used").severity, Severity::Error);
}

#[test]
fn floor_areas_are_not_taken_for_rates() {
    for heading in ["Current total m2", "Rentable area/sqft"] {
        let read = with_column(heading, "900");
        assert_eq!(read.says("rate-not-used", "*"), 0, "{heading}");
    }
}

#[test]
fn a_currency_that_shares_its_sign_with_the_places_is_told() {
    // Currencies are printed by process, and this one's place is in pounds.
    for (heading, code) in [
        ("Rent (USD)", "USD"),
        ("Rent (ZAR)", "ZAR"),
        ("Rent (HUF)", "HUF"),
        ("Rent (SEK)", "SEK"),
    ] {
        let read = with_column(heading, "1500");
        let finding = read.finding("currency");
        assert!(finding.cause.contains(code), "{finding:?}");
        let setting = finding.setting.as_deref().unwrap_or_default();
        assert!(setting.contains(code), "{finding:?}");
    }
}

#[test]
fn sums_whose_points_set_thousands_apart_are_read_so_and_it_is_said() {
    let read = register(
        "ID,Name,Running cost,Floor area m2\n1,Hall,98.500,1100\n2,House,31.200,900\n3,Hut,900,90\n",
        AROUND,
    );
    assert_eq!(read.facts("1", "running"), "running=98500");
    assert_eq!(read.facts("3", "running"), "running=900");
    assert_eq!(read.says("thousands-points", "Running cost"), 1);
}

#[test]
fn a_column_that_is_read_month_first_says_so() {
    let read = register(
        "ID,Name,Tenure,Rent,Lease end\n1,Hall,Leasehold,5,09/30/2028\n2,House,Leasehold,,04/03/2027\n",
        AROUND,
    );
    assert_eq!(read.says("month-first", "Lease end"), 1);
    assert_eq!(read.says("rent-not-stated", "Rent"), 1);
}

#[test]
fn points_are_what_the_other_columns_of_a_table_say() {
    // Coordinates come out of other programs and say nothing of sums.
    let read = register(
        "ID,Name,Lat,Lon,Running cost,Floor area m2\n1,Hall,53.42101,-2.32102,98.500,1.100\n2,House,53.42203,-2.32207,31.200,1.900\n",
        AROUND,
    );
    assert_eq!(
        read.facts("1", "running gross"),
        "running=98500 gross=1100.0"
    );
    assert_eq!(read.says("thousands-points", "*"), 1);
    // A decimal point in another column: these are decimal points too.
    let read = register(
        "ID,Name,Running cost,Floor area m2\n1,Hall,98.500,1100.75\n2,House,31.200,900.5\n",
        AROUND,
    );
    assert_eq!(read.facts("1", "running"), "running=98.5");
    assert_eq!(read.says("thousands-points", "*"), 0);
}

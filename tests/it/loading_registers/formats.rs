//! What spreadsheets and publishers do to a file: separators, line ends, titles, footnotes, flags.

use super::reader::{register, register_with};

const SALE: (f64, f64) = (-2.32, 53.42);

#[test]
fn a_spreadsheets_semicolons_announced_in_the_first_line_are_read() {
    let read = register(
        "sep=;\r\nAsset ID;Asset Name;Easting;Northing;Rent;\r\nA1;\"Hall; East\";378825;391994;1,200.50;\r\nA2;Depot;378900;392100;;\r\n",
        SALE,
    );
    assert_eq!(read.facts("A1", "name rent"), "name=Hall; East rent=1200.5");
    assert_eq!(read.says("unnamed-column", "*"), 0);
}

#[test]
fn a_title_a_date_and_a_blank_line_above_and_notes_below_are_no_records() {
    let read = register(
        "Northborough Council property list,,,,\nUpdated 31/03/2024,,,,\n,,,,\nAsset ID,Asset Name,Easting,Northing,GIA (m2)\nA1,Hall,378825,391994,500\nA2,Depot,378900,392100,300\n,,,,\nNotes: areas are gross internal,,,,\n© Crown copyright 2024,,,,\n",
        SALE,
    );
    assert_eq!(read.count(), 2);
    assert_eq!(read.facts("A1", "gross"), "gross=500.0");
    assert!(read.says("row-above-header", "*") >= 1);
    assert_eq!(read.says("note-row", "*"), 2);
}

#[test]
fn headers_of_several_lines_are_read() {
    let read = register(
        "\"Asset\nID\",\"Property\r\nName\",\"Easting\n(m)\",\"Northing\n(m)\",\"Gross Internal\nArea\n(m2)\"\nA1,Hall,378825,391994,500\nA2,Depot,378900,392100,300\n",
        SALE,
    );
    assert_eq!(read.facts("A1", "name gross"), "name=Hall gross=500.0");
    assert_eq!(read.says("header-trimmed", "*"), 1);
}

#[test]
fn line_ends_of_old_macintoshes_and_trailing_separators_are_read() {
    let read = register(
        "Asset ID,Asset Name,Easting,Northing,,\rA1,Hall,378825,391994,,\rA2,Depot,378900,392100,,\r",
        SALE,
    );
    assert_eq!(read.count(), 2);
    assert_eq!(read.facts("A2", "name"), "name=Depot");
}

#[test]
fn utf_16_of_either_order_is_read() {
    let text = "\u{feff}Asset ID\tAsset Name\tEasting\tNorthing\r\nA1\tCafé\t378825\t391994\r\nA2\tDepot\t378900\t392100\r\n";
    for order in [u16::to_be_bytes, u16::to_le_bytes] {
        let bytes: Vec<u8> = text.encode_utf16().flat_map(order).collect();
        let read = register_with("register.txt", bytes, SALE, "");
        assert_eq!(read.facts("A1", "name at"), "name=Café at=-2.320,53.424");
        assert_eq!(read.says("encoding", "*"), 1);
    }
}

#[test]
fn blank_lines_between_records_shift_nothing() {
    let read = register(
        "Asset ID,Asset Name,Easting,Northing\n\nA1,Hall,378825,391994\n\n\nA2,Depot,378900,392100\n,,,\n",
        SALE,
    );
    assert_eq!(read.count(), 2);
    let empty = read.finding("empty-row");
    assert_eq!((empty.row.record, empty.row.line), (3, 7));
}

#[test]
fn negative_money_in_brackets_percentages_and_millions_are_read() {
    let read = register(
        "Asset ID,Asset Name,Easting,Northing,Running Cost (£),Market Value (£m)\nA1,Hall,378825,391994,\"(1,250)\",1.5\nA2,Depot,378900,392100,\"£12,000.00 p.a.\",0.25\nA3,Mill,378950,392150,900 pcm,2\n",
        SALE,
    );
    assert_eq!(
        read.facts("A1", "running value"),
        "running=-1250 value=1500000"
    );
    assert_eq!(
        read.facts("A2", "running value"),
        "running=12000 value=250000"
    );
    assert_eq!(read.facts("A3", "running"), "running=10800");
    assert_eq!(read.says("number-tidied", "Running Cost (£)"), 2);
}

#[test]
fn flags_in_every_spelling_are_read() {
    for (yes, no) in [
        ("Y", "N"),
        ("Yes", "No"),
        ("TRUE", "FALSE"),
        ("1", "0"),
        ("Oui", "Non"),
        ("Sim", "Não"),
    ] {
        let read = register(
            &format!(
                "Asset ID,Asset Name,Easting,Northing,may_sublet\nA1,Hall,378825,391994,{yes}\nA2,Depot,378900,392100,{no}\n"
            ),
            SALE,
        );
        assert_eq!(read.facts("A1", "sublet"), "sublet=Some(true)", "{yes}");
        assert_eq!(read.facts("A2", "sublet"), "sublet=Some(false)", "{no}");
    }
}

#[test]
fn dates_of_many_offices_are_read() {
    for (written, meant) in [
        ("31-Mar-31", "2031-03-31"),
        ("31-Mar-2031", "2031-03-31"),
        ("31/03/2031", "2031-03-31"),
        ("31.03.2031", "2031-03-31"),
        ("2031-03-31T00:00:00", "2031-03-31"),
        ("2031-03-31 00:00:00", "2031-03-31"),
        ("31 March 2031", "2031-03-31"),
        ("31st March 2031", "2031-03-31"),
        ("20310331", "2031-03-31"),
        ("Mar 31, 2031", "2031-03-31"),
        ("31/03/2031 00:00", "2031-03-31"),
        ("2031/03/31", "2031-03-31"),
    ] {
        let read = register(
            &format!(
                "Asset ID,Asset Name,Easting,Northing,Lease End\nA1,Hall,378825,391994,\"{written}\"\nA2,Depot,378900,392100,\n"
            ),
            SALE,
        );
        assert_eq!(
            read.facts("A1", "expiry"),
            format!("expiry={meant}"),
            "{written}"
        );
    }
}

#[test]
fn a_row_under_the_header_that_only_gives_units_is_no_building() {
    let read = register(
        "Asset ID,Asset Name,Easting,Northing,GIA,Annual Rent\n,,(m),(m),(m2),(£)\nA1,Hall,378825,391994,500,1200\nA2,Depot,378900,392100,300,900\n",
        SALE,
    );
    assert_eq!(read.count(), 2, "{:#?}", read.findings());
    assert_eq!(read.facts("A1", "gross rent"), "gross=500.0 rent=1200");
}

#[test]
fn a_total_at_the_end_is_no_building() {
    let read = register(
        "Asset ID,Asset Name,Easting,Northing,GIA\nA1,Hall,378825,391994,500\nA2,Depot,378900,392100,300\nTotal,,,,800\n",
        SALE,
    );
    assert_eq!((read.count(), read.says("total-row", "*")), (2, 1));
}

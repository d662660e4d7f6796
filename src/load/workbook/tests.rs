use super::*;
use crate::load::{TableOptions, read_bytes};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn sheet_named(bytes: Vec<u8>, sheet: Option<&str>) -> (Result<Table, Box<Finding>>, Vec<Finding>) {
    let options = TableOptions {
        sheet: sheet.map(str::to_owned),
        ..TableOptions::default()
    };
    let mut findings = Vec::new();
    let table = read_bytes(bytes, "t.xlsx", &options, &mut findings, &mut Vec::new());
    (table, findings)
}

fn codes(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.code).collect()
}

/// A register as people keep it: a title, a blank row, the names, merged cells, a date, a formula.
fn register() -> Vec<u8> {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    book.add_worksheet().set_name("Cover").expect("a name");
    let sheet = book.add_worksheet().set_name("Assets").expect("a name");
    sheet.write(0, 0, "Asset register 2026").expect("writes");
    for (column, name) in (0..).zip([
        "UPRN",
        "Name",
        "Campus",
        "Lease expiry",
        "Running cost",
        "Rent",
    ]) {
        sheet.write(2, column, name).expect("writes");
    }
    for (row, uprn) in (3..).zip(["000012345678", "100012345678", "100012345679"]) {
        sheet.write(row, 0, uprn).expect("writes");
        sheet.write(row, 1, format!("House {row}")).expect("writes");
        sheet
            .write(row, 4, 1_000.5 * f64::from(row))
            .expect("writes");
    }
    sheet.write(4, 0, 100_012_345_678_f64).expect("a number");
    let day = ExcelDateTime::from_ymd(2031, 3, 31).expect("a day");
    sheet.write_with_format(3, 3, &day, &date).expect("writes");
    let blank = Format::new();
    sheet
        .merge_range(3, 2, 4, 2, "Civic Centre", &blank)
        .expect("merges");
    sheet.merge_range(3, 5, 4, 5, "", &blank).expect("merges");
    sheet.write(3, 5, 700).expect("writes");
    sheet
        .write(5, 5, Formula::new("=1+1").set_result("2"))
        .expect("writes");
    let notes = book.add_worksheet().set_name("Notes").expect("a name");
    notes.write(0, 0, "for us").expect("writes");
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn a_register_under_a_title_is_read_as_people_see_it() {
    let (table, findings) = sheet_named(register(), Some("assets"));
    let table = table.expect("reads");
    assert_eq!(&*table.file, "t.xlsx[Assets]");
    assert_eq!(
        table.header,
        [
            "UPRN",
            "Name",
            "Campus",
            "Lease expiry",
            "Running cost",
            "Rent"
        ]
    );
    let rows: Vec<_> = table.records.iter().map(|r| r.cells.to_vec()).collect();
    assert_eq!(
        rows,
        [
            [
                "000012345678",
                "House 3",
                "Civic Centre",
                "2031-03-31",
                "3001.5",
                "700"
            ],
            ["100012345678", "House 4", "Civic Centre", "", "4002", ""],
            ["100012345679", "House 5", "", "", "5002.5", "2"],
        ]
    );
    // Rows count as they do on the screen.
    assert_eq!(table.records[0].at.line, 4);
    let said = codes(&findings);
    for code in ["row-above-header", "merged-cells", "merged-number"] {
        assert!(said.contains(&code), "{said:?}");
    }
    let title = findings.iter().filter(|f| f.code == "row-above-header");
    assert_eq!(title.count(), 1, "the blank row is no news");
}

#[test]
fn without_a_name_the_first_sheet_that_holds_anything_is_read_and_the_others_are_told() {
    let (table, findings) = sheet_named(register(), None);
    assert_eq!(&*table.expect("reads").file, "t.xlsx[Assets]");
    let told = findings
        .iter()
        .find(|f| f.code == "several-sheets")
        .expect("told");
    assert!(told.cause.contains("Notes") && !told.cause.contains("Cover"));
    assert_eq!(told.setting.as_deref(), Some("sheet = \"Assets\""));
}

#[test]
fn a_cover_and_notes_before_the_table_are_passed_over() {
    let mut book = Workbook::new();
    let mut sheet = |name: &str, rows: &[&[&str]]| {
        let sheet = book.add_worksheet().set_name(name).expect("a name");
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(*cells) {
                sheet.write(row, column, *cell).expect("writes");
            }
        }
    };
    sheet(
        "Cover",
        &[
            &["Asset register"],
            &["As of", "31 March 2026"],
            &["By", "Estates"],
        ],
    );
    sheet(
        "Contents",
        &[&["Sheet", "Title"], &["1", "Land"], &["2", "Buildings"]],
    );
    sheet(
        "Rents",
        &[&["a", "b", "c"], &["1", "2", "3"], &["4", "5", "6"]],
    );
    sheet(
        "Buildings",
        &[
            &["Register of buildings"],
            &["UPRN", "Name", "Rent"],
            &["100012345678", "Hall", "700"],
        ],
    );
    let (table, findings) = sheet_named(book.save_to_buffer().expect("a workbook"), None);
    let table = table.expect("reads");
    assert_eq!(&*table.file, "t.xlsx[Buildings]");
    assert_eq!(table.header, ["UPRN", "Name", "Rent"]);
    let mut told = findings.iter().filter(|f| f.code == "several-sheets");
    let told = told.next().expect("told");
    assert!(
        told.cause.contains("Cover, Contents, Rents"),
        "{}",
        told.cause
    );
}

#[test]
fn a_sheet_that_is_not_there_is_named_with_those_there_are() {
    let fault = sheet_named(register(), Some("Asets"))
        .0
        .expect_err("refused");
    assert_eq!(fault.code, "no-such-sheet");
    assert!(fault.action.contains("Assets"), "{}", fault.action);
}

/// A zip archive of these parts.
fn archive(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("a part");
        zip.write_all(content).expect("writes");
    }
    zip.finish().expect("a zip").into_inner()
}

/// The parts of a workbook of one sheet with this content.
fn workbook_of(sheet: &str) -> Vec<(&'static str, Vec<u8>)> {
    let head = "<?xml version=\"1.0\"?>";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    vec![
        ("_rels/.rels", format!("{head}<Relationships xmlns=\"{package}\"><Relationship Id=\"a\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>").into_bytes()),
        ("xl/workbook.xml", format!("{head}<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r\"/></sheets></workbook>").into_bytes()),
        ("xl/_rels/workbook.xml.rels", format!("{head}<Relationships xmlns=\"{package}\"><Relationship Id=\"r\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>").into_bytes()),
        ("xl/worksheets/sheet1.xml", format!("{head}<worksheet xmlns=\"{main}\">{sheet}</worksheet>").into_bytes()),
    ]
}

#[test]
fn a_damaged_sheet_is_passed_over_and_named_wherever_it_stands() {
    use std::io::Read;
    // The cover is the first of the parts, the notes the last.
    for (damaged, name) in [("sheet1", "Cover"), ("sheet3", "Notes")] {
        let mut book = zip::ZipArchive::new(Cursor::new(register())).expect("a workbook");
        let parts = (0..book.len()).map(|at| {
            let mut part = book.by_index(at).expect("a part");
            let name = part.name().expect("a name").into_owned();
            let mut content = Vec::new();
            part.read_to_end(&mut content).expect("reads");
            if name.ends_with(&format!("{damaged}.xml")) {
                content = b"<worksheet><sheetData><row></cell>".to_vec();
            }
            (name, content)
        });
        let parts: Vec<(String, Vec<u8>)> = parts.collect();
        let parts: Vec<(&str, Vec<u8>)> = parts
            .iter()
            .map(|(name, content)| (name.as_str(), content.clone()))
            .collect();
        let (table, findings) = sheet_named(archive(&parts), None);
        assert_eq!(table.expect("reads").records.len(), 3, "{name}");
        let told = findings.iter().find(|one| one.code == "several-sheets");
        let cause = &told.expect("it is told").cause;
        assert!(
            cause.contains(&format!("{name} (cannot be read)")),
            "{cause}"
        );
    }
}

fn fault_of(bytes: Vec<u8>) -> &'static str {
    sheet_named(bytes, None)
        .0
        .map_or_else(|fault| fault.code, |_| "read")
}

#[test]
fn a_sheet_that_says_it_is_huge_and_holds_two_cells_is_read() {
    let sheet = "<dimension ref=\"A1:XFD1048576\"/><sheetData>\
        <row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>name</t></is></c></row>\
        <row r=\"1048576\"><c r=\"A1048576\" t=\"inlineStr\"><is><t>House</t></is></c></row></sheetData>";
    let (table, _) = sheet_named(archive(&workbook_of(sheet)), None);
    let table = table.expect("reads");
    assert_eq!(table.records.len(), 1);
    assert_eq!(table.records[0].at.line, 1_048_576);
}

#[test]
fn rows_that_are_wide_for_nothing_are_too_big_and_not_kept() {
    let rows: String = (1..=2_000)
        .map(|row| format!("<row r=\"{row}\"><c r=\"XFD{row}\"><v>1</v></c></row>"))
        .collect();
    let sheet = format!("<sheetData>{rows}</sheetData>");
    assert_eq!(fault_of(archive(&workbook_of(&sheet))), "workbook-too-big");
}

#[test]
fn a_zip_bomb_is_told_by_what_it_unpacks_to() {
    let mut parts = workbook_of("<sheetData/>");
    parts.push((
        "xl/sharedStrings.xml",
        vec![b' '; (archive::MOST_UNPACKED + 1) as usize],
    ));
    let bomb = archive(&parts);
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    assert_eq!(fault_of(bomb), "workbook-too-big");
}

#[test]
fn an_archive_that_is_no_workbook_and_one_that_is_cut_off_are_refused() {
    assert_eq!(
        fault_of(archive(&[("a.txt", b"a".to_vec())])),
        "not-a-table"
    );
    assert_eq!(
        fault_of(archive(&[("xl/workbook.bin", b"a".to_vec())])),
        "not-a-table"
    );
    assert_eq!(
        fault_of(archive(&workbook_of("<sheetData/>"))),
        "file-empty"
    );
    assert_eq!(
        fault_of(archive(&workbook_of(
            "<sheetData><row r=\"1\"><c r=\"A1\">"
        ))),
        "workbook-corrupt"
    );
    let whole = register();
    for cut in (4..whole.len()).step_by(whole.len() / 40) {
        assert_eq!(fault_of(whole[..cut].to_vec()), "workbook-corrupt", "{cut}");
    }
}

#[test]
fn whatever_byte_is_altered_a_workbook_is_read_or_refused() {
    let whole = register();
    for at in (4..whole.len()).step_by(97) {
        for value in [0, 0xff] {
            let mut altered = whole.clone();
            altered[at] = value;
            let _ = sheet_named(altered, None);
        }
    }
    // Unpacked parts, each altered, so that it is not the check sum that refuses them.
    for (part, _) in workbook_of("").into_iter().enumerate() {
        let sheet = "<sheetData><row r=\"1\"><c r=\"A1\"><f t=\"shared\" si=\"0\" ref=\"A1:A9\">1</f><v>1</v></c></row></sheetData><mergeCells><mergeCell ref=\"A1:A3\"/></mergeCells>";
        let parts = workbook_of(sheet);
        for at in (0..parts[part].1.len()).step_by(7) {
            for value in [b'9', b'<', b'"'] {
                let mut altered = parts.clone();
                altered[part].1[at] = value;
                let _ = fault_of(archive(&altered));
            }
        }
    }
}

/// An `.ods` of one sheet of these rows.
fn ods(rows: &str) -> Vec<u8> {
    let names = ["office", "table", "text"]
        .map(|name| format!("xmlns:{name}=\"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0\""));
    let content = format!(
        "<office:document-content {}><office:body><office:spreadsheet><table:table table:name=\"Sheet\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>",
        names.join(" ")
    );
    archive(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet".to_vec(),
        ),
        ("META-INF/manifest.xml", b"<manifest:manifest/>".to_vec()),
        ("content.xml", content.into_bytes()),
    ])
}

#[test]
fn an_open_document_sheet_is_read_and_one_that_unfolds_for_ever_is_not() {
    let cell = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let date = "<table:table-cell office:value-type=\"date\" office:date-value=\"2031-03-31\"><text:p>31/03/31</text:p></table:table-cell>";
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    let rows = row(&(cell("name") + &cell("lease_expiry"))) + &row(&(cell("House") + date));
    let (table, _) = sheet_named(ods(&rows), None);
    let table = table.expect("reads");
    assert_eq!(table.header, ["name", "lease_expiry"]);
    assert_eq!(table.records[0].cells.to_vec(), ["House", "2031-03-31"]);
    let wide = "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\"/></table:table-row>";
    assert_eq!(fault_of(ods(wide)), "workbook-too-big");
}

#[test]
fn a_formula_that_was_never_worked_out_and_one_that_failed_read_as_blank_and_are_told() {
    let sheet = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>name</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>rent</t></is></c></row>\
        <row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>House</t></is></c><c r=\"B2\"><f>SUM(C1)</f></c></row>\
        <row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>Hall</t></is></c><c r=\"B3\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData>";
    let (table, findings) = sheet_named(archive(&workbook_of(sheet)), None);
    let table = table.expect("reads");
    assert!(table.records.iter().all(|record| record.cell(1).is_empty()));
    let said = codes(&findings);
    assert!(said.contains(&"formula-without-result"), "{said:?}");
    let error = findings
        .iter()
        .find(|f| f.code == "cell-error")
        .expect("told");
    assert_eq!(
        (error.cell.as_deref(), error.row.line),
        (Some("#DIV/0!"), 3)
    );
}

//! Workbooks in and out: registers as people keep them, every table as a sheet, requests that come back.

use crate::folder::Folder;
use calamine::{Data, DataType, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::path::Path;

/// The six buildings as a workbook: a title over the names, dates as dates, a number where a lease ends.
fn register(folder: &Folder) {
    let text = folder.read("buildings.csv");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Assets").expect("a name");
    sheet
        .write(0, 0, "Estate of Sixtown, 2026")
        .expect("writes");
    let date = Format::new().set_num_format("dd mmm yyyy");
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let header = rows.headers().expect("a header").clone();
    for (column, name) in (0..).zip(&header) {
        sheet.write(3, column, name).expect("writes");
    }
    for (row, record) in (4..).zip(rows.records()) {
        for (column, cell) in (0..).zip(&record.expect("a row")) {
            let day: Option<Vec<u16>> = cell.split('-').map(|part| part.parse().ok()).collect();
            match (day.as_deref(), cell.parse::<f64>()) {
                (_, Ok(number)) => sheet.write(row, column, number).expect("writes"),
                (Some([year, month, day]), _) => {
                    let day = ExcelDateTime::from_ymd(*year, *month as u8, *day as u8);
                    sheet
                        .write_with_format(row, column, day.expect("a day"), &date)
                        .expect("writes")
                }
                _ => sheet.write(row, column, cell).expect("writes"),
            };
        }
    }
    book.save(folder.path().join("assets.xlsx")).expect("saves");
}

#[test]
fn a_place_whose_register_is_a_workbook_is_the_place_whose_register_is_a_csv() {
    let folder = Folder::six();
    let before = folder.load();
    register(&folder);
    folder.replace(
        "place.toml",
        "file = \"buildings.csv\"",
        "file = \"assets.xlsx\"\nsheet = \"Assets\"",
    );
    let after = folder.load();
    let plain = |loaded: &oneroof::load::Loaded| -> Vec<String> {
        let buildings = loaded.place.buildings.iter().cloned();
        buildings
            .map(|mut one| {
                one.source = Default::default();
                format!("{one:?}")
            })
            .collect()
    };
    assert_eq!(plain(&before), plain(&after));
    let source = &after.place.buildings[0].source;
    assert_eq!((&*source.file, source.line), ("assets.xlsx[Assets]", 5));
}

#[test]
fn faults_of_a_workbook_name_file_sheet_row_and_column() {
    let folder = Folder::six();
    register(&folder);
    folder.replace(
        "place.toml",
        "file = \"buildings.csv\"",
        "file = \"assets.xlsx\"\nsheet = \"Asets\"",
    );
    let said = folder.errors().join("\n");
    assert!(said.contains("no-such-sheet assets.xlsx"), "{said}");
    folder.replace("place.toml", "sheet = \"Asets\"", "");
    let whole = std::fs::read(folder.path().join("assets.xlsx")).expect("reads");
    std::fs::write(folder.path().join("assets.xlsx"), &whole[..whole.len() / 2]).expect("writes");
    let said = folder.errors().join("\n");
    assert!(said.contains("workbook-corrupt assets.xlsx"), "{said}");
}

fn plan(folder: &Folder, out: &str, more: &[&str]) {
    let arguments = [&["plan", ".", "--out", out][..], more].concat();
    folder.run(&arguments, 0);
}

fn open(path: &Path) -> Xlsx<std::io::BufReader<std::fs::File>> {
    open_workbook(path).expect("a workbook")
}

#[test]
fn every_table_is_a_sheet_of_the_workbook_with_the_same_rows() {
    let folder = Folder::six();
    plan(&folder, "plan", &["--only", "csv,xlsx"]);
    let mut book = open(&folder.path().join("plan/plan.xlsx"));
    let names = book.sheet_names();
    assert_eq!(names.first().map(String::as_str), Some("cover"));
    let mut tables = 0;
    for entry in std::fs::read_dir(folder.path().join("plan"))
        .expect("lists")
        .flatten()
    {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(sheet) = name.strip_suffix(".csv") else {
            continue;
        };
        tables += 1;
        let mut reader = csv::Reader::from_path(entry.path()).expect("opens");
        let header: Vec<String> = reader
            .headers()
            .expect("a header")
            .iter()
            .map(str::to_owned)
            .collect();
        let rows = reader.records().count();
        let range = book
            .worksheet_range(sheet)
            .unwrap_or_else(|fault| panic!("{sheet}: {fault}"));
        let first: Vec<String> = range
            .rows()
            .next()
            .expect("a header")
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(first, header, "{sheet}");
        assert_eq!(range.height(), rows + 1, "{sheet}");
    }
    assert_eq!(names.len(), tables + 1);
    let actions = book.worksheet_range("actions").expect("a sheet");
    let column = |name: &str| {
        let mut header = actions.rows().next().expect("a header").iter();
        header
            .position(|cell| cell.get_string() == Some(name))
            .expect("a column")
    };
    let row = actions.rows().nth(1).expect("a row");
    assert!(
        matches!(row[column("run_today_gbp")], Data::Float(_)),
        "money is a number"
    );
    assert!(
        matches!(row[column("asset_id")], Data::String(_)),
        "ids are text"
    );
}

#[test]
fn words_that_look_like_formulas_stay_words() {
    let folder = Folder::six();
    folder.replace(
        "buildings.csv",
        "Town Hall",
        "=HYPERLINK(\"\"http://evil\"\")",
    );
    folder.replace(
        "buildings.csv",
        "C001,=HYPERLINK(\"\"http://evil\"\")",
        "C001,\"=HYPERLINK(\"\"http://evil\"\")\"",
    );
    plan(&folder, "plan", &["--only", "xlsx"]);
    let mut book = open(&folder.path().join("plan/plan.xlsx"));
    let range = book.worksheet_range("actions").expect("a sheet");
    assert!(
        range
            .rows()
            .flatten()
            .any(|cell| cell.to_string().starts_with("=HYPERLINK"))
    );
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).expect("reads");
        assert!(formulas.is_empty(), "{name}");
    }
}

#[test]
fn the_same_plan_gives_the_same_workbooks_at_another_time() {
    let folder = Folder::six();
    folder.replace("buildings.csv", ",220000,25,", ",,25,");
    plan(&folder, "a", &["--only", "xlsx"]);
    std::thread::sleep(std::time::Duration::from_millis(2_100));
    plan(&folder, "b", &["--only", "xlsx"]);
    let mut compared = 0;
    for entry in std::fs::read_dir(folder.path().join("a"))
        .expect("lists")
        .flatten()
    {
        let name = entry.file_name();
        if name.to_string_lossy().ends_with(".xlsx") {
            let read = |of: &str| std::fs::read(folder.path().join(of).join(&name)).expect("reads");
            assert!(read("a") == read("b"), "{name:?} differs from run to run");
            compared += 1;
        }
    }
    assert!(compared >= 1);
}

#[test]
fn a_public_workbook_has_no_money_of_a_building_and_no_requests() {
    let folder = Folder::six();
    folder.replace("buildings.csv", ",1900,", ",,");
    plan(&folder, "plan", &["--only", "xlsx", "--audience", "public"]);
    let mut book = open(&folder.path().join("plan/plan.xlsx"));
    let actions = book.worksheet_range("actions").expect("a sheet");
    let header: Vec<String> = actions
        .rows()
        .next()
        .expect("a header")
        .iter()
        .map(ToString::to_string)
        .collect();
    for (at, name) in header
        .iter()
        .enumerate()
        .filter(|(_, name)| name.contains("gbp"))
    {
        assert!(
            actions.rows().skip(1).all(|row| row[at] == Data::Empty),
            "{name}"
        );
    }
    let cover = book.worksheet_range("cover").expect("a sheet");
    let words: Vec<String> = cover.rows().flatten().map(ToString::to_string).collect();
    assert!(
        words
            .iter()
            .any(|text| text.contains("no decision has been taken"))
    );
    assert!(
        !words
            .iter()
            .any(|text| text.starts_with("Saved in present value"))
    );
    let requests = std::fs::read_dir(folder.path().join("plan"))
        .expect("lists")
        .flatten();
    let sent = requests.filter(|one| {
        one.file_name()
            .to_string_lossy()
            .starts_with("data_request_")
    });
    assert_eq!(sent.count(), 0);
}

/// Writes answers into the yellow cells of a request, as the agency would.
fn answer(folder: &Folder, file: &str, answers: &[(&str, &str, &str)]) {
    let mut book = open(&folder.path().join(file));
    let range = book.worksheet_range("request").expect("a sheet");
    let mut back = Workbook::new();
    let sheet = back.add_worksheet().set_name("request").expect("a name");
    for (row, cells) in (0..).zip(range.rows()) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write(row, column, cell.to_string()).expect("writes");
        }
        for (id, field, value) in answers {
            if cells[0].get_string() == Some(id) && cells[1].get_string() == Some(field) {
                sheet.write(row, 2, *value).expect("writes");
                sheet.write(row, 3, "2026-03-01").expect("writes");
                sheet.write(row, 4, "A. Surveyor").expect("writes");
            }
        }
    }
    back.save(folder.path().join("back.xlsx")).expect("saves");
}

#[test]
fn a_request_that_is_filled_in_is_laid_over_the_register() {
    let folder = Folder::six();
    folder.replace("buildings.csv", "220000,25,150000", ",,150000");
    folder.run(&["check", ".", "--out", "found"], 0);
    answer(
        &folder,
        "found/data_request_council.xlsx",
        &[("C001", "running_gbp", "210000")],
    );
    folder.append(
        "place.toml",
        "\n[[overlay]]\nfile = \"back.xlsx\"\nsheet = \"request\"\nagency = \"council\"\n",
    );
    let loaded = folder.load();
    let hall = loaded
        .place
        .buildings
        .iter()
        .find(|b| b.id.as_str() == "C001")
        .expect("the hall");
    assert_eq!(hall.running_fixed.value.get(), 210_000.0);
    let applied = loaded
        .findings
        .iter()
        .find(|f| f.code == "overlay-applied")
        .expect("said");
    assert!(
        applied.cause.contains("A. Surveyor") && applied.cause.contains("2026-03-01"),
        "{applied:?}"
    );
    assert!(applied.cause.contains("back.xlsx[request]"), "{applied:?}");
}

#[test]
fn an_answer_is_in_our_unit_whatever_the_unit_of_the_column() {
    let folder = Folder::six();
    folder.replace("buildings.csv", "usable_m2", "NIA (sq ft)");
    folder.write(
        "answers.csv",
        "asset_id,field,value,as_of\nC001,usable_m2,2500,2026-03-01\n",
    );
    folder.append("place.toml", "\n[[overlay]]\nfile = \"answers.csv\"\n");
    let loaded = folder.load();
    let applied = loaded
        .findings
        .iter()
        .filter(|f| f.code == "overlay-applied");
    assert_eq!(applied.count(), 1);
    let mut buildings = loaded.place.buildings.iter();
    let hall = buildings
        .find(|b| b.id.as_str() == "C001")
        .expect("the hall");
    let usable = hall.usable.value.total().get();
    assert!((usable - 2_500.0).abs() < 0.5, "{usable}");
}

#[test]
fn older_answers_and_answers_about_nothing_are_not_used_and_said() {
    let folder = Folder::six();
    folder.replace(
        "place.toml",
        "file = \"buildings.csv\"",
        "file = \"buildings.csv\"\nas_of = 2026-02-01",
    );
    folder.write(
        "answers.csv",
        "asset_id,field,value,as_of\nC001,value_gbp,5,2026-01-01\nX999,value_gbp,5,2026-03-01\nC001,colour,red,2026-03-01\nC002,value_gbp,,\nC002,value_gbp,7,2026-03-02\nC002,value_gbp,8,2026-03-03\n",
    );
    folder.append("place.toml", "\n[[overlay]]\nfile = \"answers.csv\"\n");
    let loaded = folder.load();
    let codes: Vec<_> = loaded.findings.iter().map(|f| f.code).collect();
    for code in [
        "overlay-older",
        "overlay-unknown-id",
        "overlay-unknown-field",
    ] {
        assert_eq!(
            codes.iter().filter(|one| **one == code).count(),
            1,
            "{code}: {codes:?}"
        );
    }
    let library = loaded
        .place
        .buildings
        .iter()
        .find(|b| b.id.as_str() == "C002")
        .expect("there");
    assert_eq!(
        library.market_value.value.get(),
        8.0,
        "the newest answer counts"
    );
    assert_eq!(loaded.rejected.len(), 2);
}

#[test]
fn an_answer_is_laid_on_the_building_of_its_own_agency_where_two_have_one_id() {
    let folder = Folder::six();
    folder.append(
        "place.toml",
        "\n[[buildings]]\nfile = \"more.csv\"\nagency = \"nhs\"\n[[overlay]]\nfile = \"answers.csv\"\n",
    );
    folder.write(
        "more.csv",
        "asset_id,name,lon,lat,tenure,usable_m2,running_gbp\nC001,Clinic,-1.49,52.0,Freehold,300,40000\n",
    );
    folder.write(
        "answers.csv",
        "asset_id,field,value,as_of\nnhs/C001,running_gbp,51000,2026-04-01\n",
    );
    let place = folder.load().place;
    let cost = |name: &str| {
        let building = place.buildings.iter().find(|one| one.name == name);
        building.map(|one| one.running_fixed.value.get())
    };
    assert_eq!(cost("Clinic"), Some(51_000.0));
    assert_eq!(cost("Town Hall"), Some(220_000.0));
}

/// Opens a file in LibreOffice, where it is installed, and saves it in another form beside it.
fn saved_by_office(folder: &Folder, file: &str, form: &str) -> bool {
    let home = folder.path().join("office");
    let ended = std::process::Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", home.display()))
        .args([
            "--headless",
            "--convert-to",
            form,
            "--outdir",
            "office",
            file,
        ])
        .current_dir(folder.path())
        .output();
    match ended {
        Ok(ended) => {
            let told = String::from_utf8_lossy(&ended.stderr).into_owned();
            assert!(ended.status.success(), "{file}: {told}");
            true
        }
        Err(_) => {
            println!("SKIPPED: LibreOffice is not installed");
            false
        }
    }
}

#[test]
fn an_answer_that_libreoffice_saved_is_read_and_a_plan_is_opened_with_every_sheet() {
    let folder = Folder::six();
    folder.replace("buildings.csv", "220000,25,150000", ",,150000");
    plan(&folder, "plan", &["--only", "xlsx,csv,report"]);
    answer(
        &folder,
        "plan/data_request_council.xlsx",
        &[("C001", "running_gbp", "210000")],
    );
    for form in ["xlsx", "ods"] {
        if !saved_by_office(&folder, "back.xlsx", form) {
            return;
        }
        let place = folder.read("place.toml");
        let overlay = format!(
            "\n[[overlay]]\nfile = \"office/back.{form}\"\nsheet = \"request\"\nagency = \"council\"\n"
        );
        folder.append("place.toml", &overlay);
        let loaded = folder.load();
        let mut hall = loaded.place.buildings.iter();
        let hall = hall.find(|b| b.id.as_str() == "C001").expect("the hall");
        assert_eq!(hall.running_fixed.value.get(), 210_000.0, "{form}");
        folder.write("place.toml", &place);
    }
    let ours = open(&folder.path().join("plan/plan.xlsx"));
    assert!(saved_by_office(&folder, "plan/plan.xlsx", "xlsx"));
    let mut theirs = open(&folder.path().join("office/plan.xlsx"));
    assert_eq!(theirs.sheet_names(), ours.sheet_names());
    let actions = theirs.worksheet_range("actions").expect("a sheet");
    assert_eq!(
        actions.height(),
        folder.read("plan/actions.csv").lines().count()
    );
    // The paper becomes a word processor's document with its tables.
    assert!(saved_by_office(
        &folder,
        "plan/paper.html",
        "docx:Office Open XML Text"
    ));
    let document = std::fs::read(folder.path().join("office/paper.docx")).expect("saved");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(document)).expect("a document");
    let mut text = String::new();
    let mut part = archive.by_name("word/document.xml").expect("its text");
    std::io::Read::read_to_string(&mut part, &mut text).expect("text");
    assert!(text.matches("<w:tbl>").count() >= 2, "its tables");
}

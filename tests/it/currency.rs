//! A place whose money is not in pounds.

use crate::folder::Folder;
use std::fs;
use std::path::Path;

#[test]
fn a_place_in_euros_prints_no_pounds_anywhere() {
    let folder = Folder::six();
    let head = folder.read("place.toml");
    assert!(head.contains("base_date"));
    folder.replace("place.toml", "base_date", "currency = \"EUR\"\nbase_date");
    let checked = folder.run(&["check", "."], 0);
    assert!(checked.contains("rates-british"), "{}", checked);
    assert!(!checked.contains('£'), "{}", checked);
    let planned = folder.run(&["plan", ".", "--out", "out"], 0);
    assert!(planned.contains("saving, net present value") && planned.contains('€'));
    assert!(!planned.contains('£'), "{}", planned);
    let mut read = 0;
    texts(&folder.path().join("out"), &mut |name, text| {
        read += 1;
        let at = text.find('£').map(|at| text[..at].chars().count());
        let around = at.map(|at| {
            text.chars()
                .skip(at.saturating_sub(60))
                .take(120)
                .collect::<String>()
        });
        // What a default rests on is a British source, and says so in its own words.
        let sources = around
            .as_ref()
            .is_none_or(|around| around.contains("guides") || around.contains("usual"));
        assert!(sources, "{name}: {around:?}");
    });
    assert!(read > 40, "{read} files of text");
    assert!(
        folder
            .read("out/plan.json")
            .contains("\"currency\": \"EUR\"")
    );
    folder.run(&["verify", ".", "out"], 0);
    folder.run(&["report", ".", "out"], 0);
    for page in ["report.html", "report.md", "paper.html"] {
        let text = folder.read(&format!("out/{page}"));
        assert!(text.contains("money in EUR of that day"), "{page}");
    }
    for page in ["report.md", "paper.html"] {
        assert!(
            folder
                .read(&format!("out/{page}"))
                .contains("Weaker than the grade says"),
            "{page}"
        );
    }
    assert!(folder.read("out/report.md").contains('€'));
    folder.replace("place.toml", "\"EUR\"", "\"SEK\"");
    let other = folder.run(&["verify", ".", "out"], 6);
    assert!(other.contains("other-currency"), "{}", other);
    let again = folder.run(&["plan", ".", "--out", "again", "--only", "json"], 0);
    assert!(again.contains("SEK\u{a0}"), "{}", again);
    let apart = folder.run(&["compare", "out", "again"], 2);
    assert!(apart.contains("currency"), "{}", apart);
}

#[test]
fn a_currency_that_is_no_code_is_an_error_in_its_line() {
    let folder = Folder::six();
    folder.replace("place.toml", "base_date", "currency = \"euros\"\nbase_date");
    let checked = folder.run(&["check", "."], 3);
    assert!(checked.contains("`euros` is no currency"), "{}", checked);
}

fn texts(folder: &Path, read: &mut impl FnMut(&str, &str)) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            texts(&path, read);
        } else if let Ok(text) = fs::read_to_string(&path) {
            read(&path.display().to_string(), &text);
        }
    }
}

#[test]
fn areas_in_dollars_that_name_no_unit_are_asked_for_and_read_in_the_one_stated() {
    let folder = Folder::six();
    folder.replace("place.toml", "base_date", "currency = \"USD\"\nbase_date");
    folder.write(
        "more.csv",
        "asset_id,name,lon,lat,Floor area,Usable square footage\nU1,Annex,-1.51,52.51,21528,10764\n",
    );
    let block = "[[buildings]]\nagency = \"council\"\nfile = \"more.csv\"\n";
    folder.append("place.toml", block);
    let area = |folder: &Folder| {
        let place = folder.load().place;
        let annex = place
            .buildings
            .into_iter()
            .find(|b| b.name == "Annex")
            .expect("it is read");
        (
            annex.gross_area.map(|area| area.get().round()),
            annex.usable.value.total().get().round(),
        )
    };
    assert_eq!(area(&folder), (Some(21_528.0), 1_000.0));
    let asked = folder.load().findings;
    assert!(
        asked
            .iter()
            .any(|f| f.code == "area-unit-assumed" && f.column.as_deref() == Some("Floor area"))
    );
    folder.append("place.toml", "area_unit = \"sq ft\"\n");
    assert_eq!(area(&folder), (Some(2_000.0), 1_000.0));
    let settled = folder.load().findings;
    assert!(
        !settled
            .iter()
            .any(|f| f.code == "area-unit-assumed" && f.row.file.contains("more.csv"))
    );
}

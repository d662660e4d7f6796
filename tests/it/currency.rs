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

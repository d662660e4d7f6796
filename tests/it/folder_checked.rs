//! A plan folder whose tables were edited by hand does not verify.

use crate::folder::Folder;

/// A folder with its plan in `out`.
fn planned() -> Folder {
    let folder = Folder::six();
    folder.run(
        &["plan", ".", "--out", "out", "--only", "json,csv,geojson"],
        0,
    );
    folder
}

#[test]
fn every_table_of_a_folder_is_written_again_and_the_same() {
    let folder = planned();
    folder.write("out/notes.txt", "our own\n");
    let said = folder.run(&["verify", ".", "out"], 0);
    let same = said.lines().find(|line| line.contains("and the same"));
    let same = same.unwrap_or_else(|| panic!("{said}"));
    for file in [
        "losers.csv",
        "equality.csv",
        "groups.csv",
        "access.csv",
        "zones.geojson",
    ] {
        assert!(same.contains(file), "{file}: {said}");
    }
    assert!(said.contains("not compared: notes.txt"), "{said}");
}

#[test]
fn a_cell_that_was_edited_is_told_with_its_file_row_and_column() {
    let folder = planned();
    for (file, column) in [
        ("groups.csv", "mean_after_km"),
        ("equality.csv", "further"),
        ("zones.csv", "after_km"),
        ("access.csv", "after"),
    ] {
        let path = format!("out/{file}");
        let text = folder.read(&path);
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let at = lines[0].split(',').position(|name| name == column);
        let at = at.unwrap_or_else(|| panic!("{file} has no {column}"));
        let mut cells: Vec<&str> = lines[1].split(',').collect();
        cells[at] = "0.001";
        lines[1] = cells.join(",");
        folder.write(&path, &format!("{}\r\n", lines.join("\r\n")));
        let said = folder.run(&["verify", ".", "out"], 6);
        let told = said.lines().find(|line| line.contains("file-differs"));
        let told = told.unwrap_or_else(|| panic!("{said}"));
        assert!(
            told.contains(&format!("{file}, row 2 ("))
                && told.contains(&format!("column {column}: expected"))
                && told.contains("found 0.001"),
            "{told}"
        );
        folder.write(&path, &text);
    }
    folder.run(&["verify", ".", "out"], 0);
}

#[test]
fn a_key_that_no_plan_has_is_told() {
    let folder = planned();
    let plan = folder.read("out/plan.json");
    let edited = plan.replacen(
        "\"outcome\":",
        "\"name\": \"Another\",\n      \"outcome\":",
        1,
    );
    assert!(edited != plan);
    folder.write("out/plan.json", &edited);
    let said = folder.run(&["verify", ".", "out"], 6);
    assert!(
        said.contains("unknown-key: occupiers[0].name: expected nothing, found \"Another\""),
        "{said}"
    );
}

#[test]
fn files_that_are_not_of_the_plan_are_named_and_not_read() {
    let folder = planned();
    std::fs::create_dir(folder.path().join("out/ours")).expect("a folder");
    folder.write("out/ours/losers.csv", "our own\n");
    let said = folder.run(&["verify", ".", "out"], 0);
    assert!(said.contains("not compared: ours/"), "{said}");
}

#[test]
fn a_plan_beside_the_files_of_its_place_is_not_compared_with_them() {
    let folder = planned();
    folder.write("plan.json", &folder.read("out/plan.json"));
    // The place has a zones.csv of its own, and so has a plan folder.
    assert!(folder.path().join("zones.csv").exists());
    let said = folder.run(&["verify", ".", "plan.json"], 0);
    assert!(!said.contains("written again"), "{said}");
}

//! A folder for the public stays one, whatever other verbs do with it.

use crate::folder::Folder;
use std::fs;

#[test]
fn explaining_every_building_leaves_a_public_report_as_it_is() {
    let folder = Folder::six();
    folder.run(&["plan", ".", "--out", "out", "--only", "json"], 0);
    folder.run(&["report", ".", "out", "--audience", "public"], 0);
    let before = folder.read("out/report.html");
    folder.run(&["explain", ".", "out", "--all", "--time", "5s"], 0);
    assert!(folder.read("out/report.html") == before);
    // The partners' own is drawn anew with the prices.
    folder.run(&["report", ".", "out"], 0);
    let partners = folder.read("out/report.html");
    assert!(partners != before && partners.contains("audience\" content=\"partners"));
}

#[test]
fn a_partners_curve_does_not_stay_in_a_folder_that_is_printed_for_the_public() {
    let folder = Folder::six();
    folder.run(&["plan", ".", "--out", "out", "--only", "json"], 0);
    fs::create_dir(folder.path().join("out/frontier")).expect("made");
    folder.write("out/frontier/.oneroof", "oneroof\nfrontier\n");
    folder.write("out/frontier/frontier.csv", "saving\n1\n");
    folder.write("out/notes.txt", "our own\n");
    folder.run(&["plan", ".", "--out", "out", "--only", "json"], 0);
    assert_eq!(folder.read("out/frontier/frontier.csv"), "saving\n1\n");
    let public = [
        "plan",
        ".",
        "--out",
        "out",
        "--only",
        "json",
        "--audience",
        "public",
    ];
    folder.run(&public, 0);
    assert!(!folder.path().join("out/frontier").exists());
    assert_eq!(folder.read("out/notes.txt"), "our own\n");
}

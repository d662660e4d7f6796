//! The demo writes the committed town again, byte for byte.

use oneroof::demo::{Size, write};
use std::fs;
use std::path::Path;

#[test]
fn the_committed_town_of_wyvern_is_what_the_demo_writes() {
    let again = tempfile::tempdir().expect("a temporary folder");
    write(Size::Town, 1, again.path()).expect("the town is written");
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/wyvern");
    let mut names: Vec<_> = fs::read_dir(again.path())
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    names.sort();
    assert!(names.len() > 10);
    for name in names {
        let new = fs::read(again.path().join(&name)).expect("a written file");
        let old = fs::read(committed.join(&name)).unwrap_or_default();
        assert!(
            new == old,
            "data/wyvern/{} differs: write it again with `oneroof demo`",
            name.display()
        );
    }
}

#[test]
fn a_folder_with_a_place_of_somebody_elses_is_left_alone() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let theirs = dir.path().join("place.toml");
    fs::write(&theirs, "[place]\nname = \"Ours\"\n").expect("written");
    assert!(write(Size::Town, 1, dir.path()).is_err());
    assert_eq!(
        fs::read_to_string(&theirs).expect("still there"),
        "[place]\nname = \"Ours\"\n"
    );
}

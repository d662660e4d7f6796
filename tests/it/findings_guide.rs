//! The guide of findings and the code agree.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn sources(folder: &Path, into: &mut String) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .expect("the sources are there")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, into);
        } else if path.file_name().is_some_and(|name| name != "tests.rs") {
            into.push_str(&fs::read_to_string(&path).expect("a text"));
        }
    }
}

#[test]
fn every_finding_code_is_in_the_guide() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    sources(&root.join("src/load"), &mut text);
    let guide = fs::read_to_string(root.join("src/guide/findings.md")).expect("the guide is there");
    let mut missing = BTreeSet::new();
    for after in text.split("Finding::new(").skip(1) {
        let quoted = after.trim_start().strip_prefix('"');
        let Some((code, _)) = quoted.and_then(|code| code.split_once('"')) else {
            continue;
        };
        if !guide.contains(&format!("`{code}`")) {
            missing.insert(code.to_string());
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

//! Every console example in the documents does what it shows.
//!
//! In a `console` block, lines after `$ ` are run by `sh` in a folder that holds `data`, with the
//! built program on the path; the lines below are what it must print. `...` alone on a line stands
//! for any lines, `[..]` for anything within one. Every example ends with exit code 0. Blocks of
//! `toml` hold only keys that `place.toml` knows.

use assert_cmd::cargo::cargo_bin;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

struct Example {
    command: String,
    expected: Vec<String>,
    line: usize,
}

fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = vec![root.join("README.md"), root.join("data/wyvern/README.md")];
    let guides = fs::read_dir(root.join("src/guide")).expect("the guides are in the repository");
    found.extend(guides.filter_map(Result::ok).map(|entry| entry.path()));
    found.retain(|path| path.extension().is_some_and(|ending| ending == "md") && path.exists());
    found.sort();
    found
}

fn examples(document: &str) -> Vec<Example> {
    let mut found: Vec<Example> = Vec::new();
    let (mut inside, mut indent) = (false, 0);
    for (at, line) in document.lines().enumerate() {
        if let Some(fence) = line.trim_start().strip_prefix("```") {
            inside = fence.trim() == "console";
            indent = line.len() - line.trim_start().len();
            continue;
        }
        let line = line.get(indent..).unwrap_or_default();
        if let Some(command) = line.strip_prefix("$ ").filter(|_| inside) {
            found.push(Example {
                command: command.into(),
                expected: Vec::new(),
                line: at + 1,
            });
        } else if inside && let Some(example) = found.last_mut() {
            example.expected.push(line.to_owned());
        }
    }
    found
}

/// What a command prints, and whether it ended well.
fn run(command: &str, folder: &Path) -> (Vec<String>, bool) {
    let program = cargo_bin("oneroof");
    let programs = program.parent().expect("a program is in a folder");
    let path = std::env::var("PATH").unwrap_or_default();
    let output = Command::new("sh")
        .args(["-c", &format!("{{ {command} ; }} 2>&1")])
        .current_dir(folder)
        .env("PATH", format!("{}:{path}", programs.display()))
        .env("NO_COLOR", "1")
        .output()
        .expect("sh runs");
    let lines = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect();
    (lines, output.status.success())
}

fn line_fits(shown: &str, printed: &str) -> bool {
    let mut parts = shown.trim_end().split("[..]");
    let Some(mut rest) = printed.strip_prefix(parts.next().unwrap_or_default()) else {
        return false;
    };
    let mut last = None;
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
        last = Some(part);
    }
    rest.is_empty() || last.is_some_and(|part| part.is_empty() || printed.ends_with(part))
}

/// Whether two lines are the same but for figures that differ by no more than a fiftieth, or by a tenth: where
/// a search stops is up to the machine's clock.
fn nearly(shown: &str, printed: &str) -> bool {
    let figures = |line: &str| -> (String, Vec<f64>) {
        let (mut words, mut numbers, mut number) = (String::new(), Vec::new(), String::new());
        for sign in line
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .chars()
            .chain([' '])
        {
            match sign {
                '0'..='9' | '.' => number.push(sign),
                ',' if !number.is_empty() => {}
                sign => {
                    if let Ok(known) = number.trim_end_matches('.').parse() {
                        numbers.push(known);
                        words.push('#');
                    }
                    number.clear();
                    words.push(sign);
                }
            }
        }
        (words, numbers)
    };
    let ((words, one), (others, two)) = (figures(shown), figures(printed));
    let close = |(a, b): (&f64, &f64)| (a - b).abs() <= (0.02 * a.abs()).max(0.1);
    words == others && one.len() == two.len() && one.iter().zip(&two).all(close)
}

fn fits(shown: &[String], printed: &[String], near: bool) -> bool {
    match shown.split_first() {
        None => printed.is_empty(),
        Some((first, rest)) if first.trim() == "..." => {
            (0..=printed.len()).any(|skipped| fits(rest, &printed[skipped..], near))
        }
        Some((first, rest)) => printed.split_first().is_some_and(|(line, more)| {
            (line_fits(first, line) || near && nearly(first, line)) && fits(rest, more, near)
        }),
    }
}

/// Runs every example of a document; those that are wrong, with what they print, and how many ran.
fn wrong_examples(name: &str, text: &str) -> (Vec<String>, usize) {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::os::unix::fs::symlink(&data, folder.path().join("data")).expect("a link to the data");
    let examples = examples(text);
    let wrong = examples.iter().filter_map(|example| {
        let (printed, well) = run(&example.command, folder.path());
        let planned = ["oneroof plan ", "oneroof verify "]
            .iter()
            .any(|verb| example.command.starts_with(verb));
        (!well || !fits(&example.expected, &printed, planned)).then(|| {
            format!(
                "{name}:{}: $ {}\n--- shown\n{}\n--- printed{}\n{}\n",
                example.line,
                example.command,
                example.expected.join("\n"),
                if well { "" } else { ", with a fault" },
                printed.join("\n")
            )
        })
    });
    (wrong.collect(), examples.len())
}

#[test]
fn every_console_example_prints_what_it_shows() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for document in documents() {
        let text = fs::read_to_string(&document).expect("a document is readable");
        let (some, ran) = wrong_examples(&document.display().to_string(), &text);
        wrong.extend(some);
        seen += ran;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen >= 4, "only {seen} console examples were found");
}

#[test]
fn a_document_that_is_wrong_is_noticed() {
    let right = "```console\n$ oneroof new place\nplace/place.toml\n...\n```\n";
    assert_eq!(wrong_examples("right", right), (Vec::new(), 1));
    let indented =
        "1. So:\n   ```console\n   $ oneroof new place\n   place/place.toml\n   ...\n   ```\n";
    assert_eq!(wrong_examples("indented", indented), (Vec::new(), 1));
    for wrong in [
        right.replace("place/place.toml", "place/plaice.toml"),
        right.replace("...\n", ""),
        right.replace("$ oneroof new", "$ oneroof now"),
        "```console\n$ oneroof check nowhere\n...\n```\n".to_owned(),
    ] {
        let (found, ran) = wrong_examples("wrong", &wrong);
        assert_eq!((found.len(), ran), (1, 1), "{wrong}");
    }
}

#[test]
fn every_toml_example_holds_only_keys_that_are_known() {
    let mut seen = 0;
    for document in documents() {
        let text = fs::read_to_string(&document).expect("a document is readable");
        let settings = toml_blocks(&text);
        seen += usize::from(!settings.is_empty());
        let faults = oneroof::load::config::read_config("place.toml", &settings)
            .err()
            .unwrap_or_default();
        // A part of a place lacks the rest of it; that is no fault of a document.
        let faults: Vec<_> = faults
            .iter()
            .filter(|fault| !fault.cause.ends_with("is missing"))
            .map(|fault| format!("{}: {}; {}", fault.row, fault.cause, fault.action))
            .collect();
        assert!(
            faults.is_empty(),
            "{}\n{settings}\n{}",
            document.display(),
            faults.join("\n")
        );
    }
    assert!(seen > 0, "the documents hold no toml example");
}

/// The `toml` blocks of a document, one after the other, as the guide builds them up.
fn toml_blocks(document: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for line in document.lines() {
        match line.trim_start().strip_prefix("```") {
            Some(fence) => inside = fence.trim() == "toml",
            None if inside => {
                text.push_str(line.trim_start());
                text.push('\n');
            }
            None => {}
        }
    }
    text
}

#[test]
fn an_example_that_prints_something_else_is_noticed() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    assert!(fits(
        &lines("a\n...\nc [..] e"),
        &lines("a\nb\nb\nc d e"),
        false
    ));
    assert!(!fits(
        &lines("a\n...\nc [..] e"),
        &lines("a\nb\nc d f"),
        false
    ));
    assert!(!fits(&lines("a"), &lines("a\nb"), false));
    let figures = lines("saves £1,000 (gap 0.51 %)");
    assert!(fits(&figures, &lines("saves  £1,011 (gap 0.48 %)"), true));
    assert!(!fits(&figures, &lines("saves £1,011 (gap 0.48 %)"), false));
    assert!(!fits(&figures, &lines("saves £1,100 (gap 0.48 %)"), true));
    assert!(!fits(&figures, &lines("costs £1,000 (gap 0.51 %)"), true));
}

#[test]
fn a_place_with_every_limit_of_the_guide_on_access_is_planned_and_verified() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let guide = fs::read_to_string(root.join("src/guide/access.md")).expect("the guide is there");
    let block = |language: &str, number: usize| -> String {
        let fence = format!("```{language}\n");
        let mut blocks = guide.split(&fence).skip(1);
        let block = blocks.nth(number).and_then(|rest| rest.split("```").next());
        block.expect("the guide has it").to_owned()
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    for entry in fs::read_dir(root.join("data/wyvern")).expect("the example town") {
        let from = entry.expect("a file").path();
        let name = from.file_name().expect("a name").to_owned();
        fs::copy(&from, folder.path().join(name)).expect("a copy");
    }
    let file = folder.path().join("place.toml");
    let stated = fs::read_to_string(&file).expect("it is there");
    // The strata of the guide stand in the town's own block of zones.
    let strata = "areas = { ward = \"ward_code\", district";
    let with = format!("strata = {{ deprivation = \"imd\" }}\n{strata}");
    let text = stated.replace(strata, &with) + &block("toml", 0) + &block("toml", 2);
    fs::write(&file, text).expect("it is written");
    fs::write(folder.path().join("cabinet.toml"), block("text", 0)).expect("it is written");
    let wanted =
        "oneroof plan . --out plan --only csv,json --time 5s --gap 5% && oneroof verify . plan";
    let (printed, well) = run(wanted, folder.path());
    assert!(well, "{}", printed.join("\n"));
    let table = fs::read_to_string(folder.path().join("plan/access.csv")).expect("a table");
    for rule in [
        "library.near",
        "gp.nobody_left_behind",
        "police.counters",
        "library.cabinet.one_in_every_district",
        "community_hub.cabinet.three_km",
    ] {
        assert!(table.contains(rule), "{rule}:\n{table}");
    }
    assert!(
        table.contains("pack cabinet: Our access standard; Cabinet, minute 12, 2026-03-03"),
        "{table}"
    );
    let groups = fs::read_to_string(folder.path().join("plan/groups.csv")).expect("a table");
    assert!(groups.contains("deprivation=1"), "{groups}");
}

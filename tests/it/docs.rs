//! Every console example in the documents does what it shows.
//!
//! In a `console` block, lines after `$ ` are run by `sh` in a folder that holds `data`, with the
//! built program on the path; the lines below are what it must print. `...` alone on a line stands
//! for any lines, `[..]` for anything within one.

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
    let mut inside = false;
    for (at, line) in document.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            inside = line.trim() == "```console";
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| inside) {
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

fn run(command: &str, folder: &Path) -> Vec<String> {
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
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect()
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

fn fits(shown: &[String], printed: &[String]) -> bool {
    match shown.split_first() {
        None => printed.is_empty(),
        Some((first, rest)) if first.trim() == "..." => {
            (0..=printed.len()).any(|skipped| fits(rest, &printed[skipped..]))
        }
        Some((first, rest)) => printed
            .split_first()
            .is_some_and(|(line, more)| line_fits(first, line) && fits(rest, more)),
    }
}

#[test]
fn every_console_example_prints_what_it_shows() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut wrong = Vec::new();
    let mut seen = 0;
    for document in documents() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::os::unix::fs::symlink(&data, folder.path().join("data")).expect("a link to the data");
        let text = fs::read_to_string(&document).expect("a document is readable");
        for example in examples(&text) {
            seen += 1;
            let printed = run(&example.command, folder.path());
            if !fits(&example.expected, &printed) {
                wrong.push(format!(
                    "{}:{}: $ {}\n--- shown\n{}\n--- printed\n{}\n",
                    document.display(),
                    example.line,
                    example.command,
                    example.expected.join("\n"),
                    printed.join("\n")
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 0, "the documents hold no console example");
}

#[test]
fn an_example_that_prints_something_else_is_noticed() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    assert!(fits(&lines("a\n...\nc [..] e"), &lines("a\nb\nb\nc d e")));
    assert!(!fits(&lines("a\n...\nc [..] e"), &lines("a\nb\nc d f")));
    assert!(!fits(&lines("a"), &lines("a\nb")));
}

//! The JSON files of a siting problem and its answer, read.

use crate::cli::Failure;
use crate::place::{Finding, RowRef, Severity};
use serde::de::DeserializeOwned;
use std::path::Path;

/// Reads a file of the form that `oneroof schema SCHEMA` describes, in UTF-8 or with a byte order mark.
pub(super) fn read<T: DeserializeOwned>(file: &Path, schema: &str) -> Result<T, Failure> {
    let bytes = std::fs::read(file).map_err(|fault| {
        refused(
            file,
            "file-unreadable",
            fault.to_string(),
            "correct the name, or bring the file".to_owned(),
        )
    })?;
    let text = match encoding_rs::Encoding::for_bom(&bytes) {
        Some((encoding, _)) => encoding.decode(&bytes).0.into_owned().into_bytes(),
        None => bytes,
    };
    serde_json::from_slice(&text).map_err(|fault| {
        let at = path_at(&text, fault.line(), fault.column());
        let cause = match at.as_str() {
            "" => fault.to_string(),
            at => format!("{at}: {fault}"),
        };
        if fault.is_data() {
            invalid(file, cause, schema)
        } else {
            refused(file, "json-broken", cause, describes(schema))
        }
    })
}

/// The failure of a file that is JSON, and no such problem or answer.
pub(super) fn invalid(file: &Path, cause: String, schema: &str) -> Failure {
    refused(file, "siting-invalid", cause, describes(schema))
}

fn describes(schema: &str) -> String {
    format!("`oneroof schema {schema}` describes the file")
}

fn refused(file: &Path, code: &'static str, cause: String, action: String) -> Failure {
    let row = RowRef::file(&file.display().to_string());
    Failure::Input {
        findings: vec![
            Finding::new(code, Severity::Error, row)
                .cause(cause)
                .action(action),
        ],
        hint: "nothing was written".to_owned(),
    }
}

/// What is being read at a line and column of JSON: `placements[1].cost`. Blank where that is the file as a whole.
fn path_at(text: &[u8], line: usize, column: usize) -> String {
    let before = text
        .split(|byte| *byte == b'\n')
        .take(line.saturating_sub(1));
    let end = before.map(|line| line.len() + 1).sum::<usize>() + column;
    let (mut path, mut key): (Vec<Step>, _) = (Vec::new(), String::new());
    let (mut quoted, mut escaped) = (None, false);
    for (at, &byte) in text.iter().enumerate().take(end.saturating_sub(1)) {
        if let Some(from) = quoted {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => {
                    key = String::from_utf8_lossy(text.get(from..at).unwrap_or_default())
                        .into_owned();
                    quoted = None;
                }
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => quoted = Some(at + 1),
            b'{' => path.push(Step::Key(String::new())),
            b'[' => path.push(Step::Position(0)),
            b'}' | b']' => {
                path.pop();
            }
            b':' => {
                if let Some(Step::Key(own)) = path.last_mut() {
                    own.clone_from(&key);
                }
            }
            b',' => match path.last_mut() {
                Some(Step::Position(at)) => *at += 1,
                Some(Step::Key(own)) => own.clear(),
                None => {}
            },
            _ => {}
        }
    }
    let mut words = String::new();
    for step in path {
        match step {
            Step::Key(key) if key.is_empty() => {}
            Step::Key(key) if words.is_empty() => words = key,
            Step::Key(key) => words = format!("{words}.{key}"),
            Step::Position(at) => words = format!("{words}[{at}]"),
        }
    }
    words
}

/// One step of the way into JSON.
enum Step {
    Key(String),
    Position(usize),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_being_read_is_named_by_its_way_into_the_file() {
        let way = |text: &str| {
            let fault = serde_json::from_str::<serde_json::Value>(text).expect_err("it is broken");
            path_at(text.as_bytes(), fault.line(), fault.column())
        };
        assert_eq!(
            way("{\"sites\": [{\"a\": 1},\n {\"fixed\": NaN}]}"),
            "sites[1].fixed"
        );
        assert_eq!(
            way("{\"a\": \"x,\\\"]\", \"b\": [1, [2, Infinity]]}"),
            "b[1][1]"
        );
        assert_eq!(way(""), "");
    }
}

//! Findings that say the same of very many rows: the first are listed, the rest counted.

use crate::place::{Finding, RowRef, Severity};
use std::collections::BTreeMap;

/// Rows of one file listed one by one for one code and column, before they are only counted. More
/// than anybody reads, and few enough for a file whose every row is at fault.
const LISTED: usize = 10_000;

/// What was said how often.
#[derive(Debug, Default)]
pub(super) struct Crowds {
    by_code: BTreeMap<&'static str, Vec<Crowd>>,
    /// How many findings were looked at.
    seen: usize,
}

/// Findings of one code about one column of one file.
#[derive(Debug)]
struct Crowd {
    /// The first of them, without its row.
    example: Finding,
    count: usize,
}

impl Crowds {
    /// Looks at the findings that came since the last time, and keeps the first of each crowd.
    /// Errors and rows set aside are all kept, and so is what is said of a whole file.
    pub(super) fn thin(&mut self, findings: &mut Vec<Finding>) {
        let new = findings.split_off(self.seen.min(findings.len()));
        findings.extend(new.into_iter().filter(|finding| self.keeps(finding)));
        self.seen = findings.len();
    }

    fn keeps(&mut self, finding: &Finding) -> bool {
        let listed = matches!(finding.severity, Severity::Error | Severity::Reject);
        if listed || finding.row.record == 0 {
            return true;
        }
        let crowds = self.by_code.entry(finding.code).or_default();
        let same = crowds.iter_mut().find(|crowd| {
            crowd.example.row.file == finding.row.file && crowd.example.column == finding.column
        });
        match same {
            Some(crowd) => {
                crowd.count += 1;
                crowd.count <= LISTED
            }
            None => {
                crowds.push(Crowd {
                    example: Finding {
                        row: RowRef {
                            record: 0,
                            line: 0,
                            ..finding.row.clone()
                        },
                        cell: None,
                        ..finding.clone()
                    },
                    count: 1,
                });
                true
            }
        }
    }

    /// Counts what was not listed.
    pub(super) fn count(mut self, findings: &mut Vec<Finding>) {
        self.thin(findings);
        let crowds = self.by_code.into_values().flatten();
        findings.extend(crowds.filter(|crowd| crowd.count > LISTED).map(
            |Crowd { example, count }| {
                let cause = format!(
                    "{count} rows in all, of which {LISTED} are listed: {}",
                    example.cause
                );
                example.cause(cause)
            },
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(record: usize, column: &str, severity: Severity) -> Finding {
        let row = RowRef {
            record: record as u64,
            ..RowRef::file("t.csv")
        };
        Finding::new("number-not-read", severity, row)
            .column(column)
            .cause("text")
    }

    #[test]
    fn a_crowd_of_findings_is_counted_and_errors_and_rejections_are_all_kept() {
        let many = LISTED + 5;
        let (mut crowds, mut findings) = (Crowds::default(), Vec::new());
        for record in 1..=many {
            findings.push(finding(record, "rent", Severity::Warn));
            findings.push(finding(record, "name", Severity::Reject));
            if record % 1000 == 0 {
                crowds.thin(&mut findings);
            }
        }
        findings.push(finding(3, "value", Severity::Warn));
        crowds.count(&mut findings);
        let count = |column: &str| {
            findings
                .iter()
                .filter(|f| f.column.as_deref() == Some(column))
                .count()
        };
        assert_eq!(count("rent"), LISTED + 1);
        assert_eq!(count("name"), many);
        assert_eq!(count("value"), 1);
        let summary = findings.last().expect("there are findings");
        assert_eq!(summary.row.record, 0);
        assert!(summary.cause.contains(&many.to_string()), "{summary:?}");
    }
}

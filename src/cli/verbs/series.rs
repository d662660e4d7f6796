//! Disagreements as lines of a screen: of a figure that differs in many years, the first of them stands for all.

use crate::place::words::count;
use crate::plan::verify::Discrepancy;
use std::collections::BTreeMap;

/// A line for each disagreement that is alone, and one for the years of a row of money: the same figure with the number
/// of the year in brackets at its end. In the order in which they were found.
pub(super) fn lines(found: &[Discrepancy]) -> Vec<String> {
    let mut row_of = BTreeMap::new();
    let mut rows: Vec<(&Discrepancy, usize)> = Vec::new();
    for one in found {
        let key = (one.code, one.subject.as_str(), field(&one.figure));
        let row = *row_of.entry(key).or_insert(rows.len());
        match rows.get_mut(row) {
            Some((_, more)) => *more += 1,
            None => rows.push((one, 0)),
        }
    }
    let line = |(first, more): (&Discrepancy, usize)| match more {
        0 => first.to_string(),
        more => format!("{first}; and {} of the same row", count(more, "more year")),
    };
    rows.into_iter().map(line).collect()
}

/// A figure without the number of its year.
fn field(figure: &str) -> (&str, bool) {
    let split = figure
        .strip_suffix(']')
        .and_then(|rest| rest.rsplit_once('['));
    match split {
        Some((field, year)) if field.ends_with("_gbp") && year.parse::<u32>().is_ok() => {
            (field, true)
        }
        _ => (figure, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differs(subject: &str, figure: &str) -> Discrepancy {
        Discrepancy {
            code: "money-differs",
            subject: subject.to_owned(),
            figure: figure.to_owned(),
            expected: "£2".to_owned(),
            found: "£1".to_owned(),
            message: "another".to_owned(),
        }
    }

    #[test]
    fn years_of_one_row_are_told_by_the_first_and_everything_else_by_itself() {
        let found = [
            differs("council", "rent.today_gbp[0]"),
            differs("council", "rent.after_gbp[0]"),
            differs("council", "rent.today_gbp[1]"),
            differs("council", "rent.today_gbp[2]"),
            differs("nhs", "rent.today_gbp[0]"),
            differs("council", "lines[A1]"),
            differs("council", "lines[A2]"),
        ];
        let lines = lines(&found);
        assert_eq!(lines.len(), 5);
        assert_eq!(
            lines[0],
            "money-differs: rent.today_gbp[0]: expected £2, found £1: another; and 2 more years of the same row"
        );
        assert!(!lines[1].contains("more year"));
    }
}

//! What there is to say of a feed: kept beside its times, so that kept times say it again.

use csv::StringRecord;
use std::collections::BTreeMap;

/// How many rows of a file are named for one reason.
const NAMED: usize = 5;

/// Something that was noticed in a feed or of the stops beside the roads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedNote {
    /// What it is: one of [`CODES`](FeedNote::CODES).
    pub code: &'static str,
    /// The file, such as `buses.zip/stop_times.txt`.
    pub file: String,
    /// Line of the file, from 1; 0 where the whole of it is meant.
    pub line: u64,
    /// The column, where there is one.
    pub column: String,
    /// What stands there.
    pub cell: String,
    /// What is wrong, or what was found.
    pub cause: String,
    /// What becomes of it, or what to do.
    pub action: String,
    /// Of a row that is left out, the columns of its table …
    pub header: Vec<String>,
    /// … and its cells.
    pub cells: Vec<String>,
}

impl FeedNote {
    /// Every code a note can have.
    pub const CODES: [&'static str; 9] = [
        "transit-row-set-aside",
        "transit-trip-left-out",
        "transit-times-filled",
        "transit-frequencies",
        "transit-stop-nowhere",
        "transit-stop-off-road",
        "transit-no-trips",
        "transit-coverage",
        "transit-time-zones",
    ];

    /// The code of this name.
    pub(in crate::travel) fn code_named(name: &str) -> Option<&'static str> {
        FeedNote::CODES.into_iter().find(|code| *code == name)
    }

    /// A note about a row that is left out, for what one of its cells says.
    pub(super) fn left_out(
        file: &str,
        line: u64,
        (column, cell): (&str, &str),
        cause: impl Into<String>,
    ) -> Self {
        Self {
            line,
            column: column.to_owned(),
            cell: cell.to_owned(),
            ..Self::whole(
                "transit-row-set-aside",
                file,
                cause.into(),
                "the row is left out",
            )
        }
    }

    /// A note about a file as a whole.
    pub(super) fn whole(code: &'static str, file: &str, cause: String, action: &str) -> Self {
        Self {
            code,
            file: file.to_owned(),
            line: 0,
            column: String::new(),
            cell: String::new(),
            cause,
            action: action.to_owned(),
            header: Vec::new(),
            cells: Vec::new(),
        }
    }
}

/// A list of notes in which no reason takes more than a few lines for one file.
#[derive(Debug, Default)]
pub(super) struct Notes {
    list: Vec<FeedNote>,
    /// How many of a code there are in a file, and what becomes of them.
    many: BTreeMap<(&'static str, String), (usize, String)>,
}

impl Notes {
    /// Takes a note about the whole of a file.
    pub(super) fn say(&mut self, note: FeedNote) {
        self.list.push(note);
    }

    /// Takes a note about a row, one of possibly many.
    pub(super) fn row(&mut self, note: FeedNote) {
        let key = (note.code, note.file.clone());
        let (count, _) = self.many.entry(key).or_insert((0, note.action.clone()));
        *count += 1;
        if *count <= NAMED {
            self.list.push(note);
        }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.list.len()
    }

    /// Keeps the row that notes since so many say is left out.
    pub(super) fn keep_row(&mut self, since: usize, header: &StringRecord, cells: &StringRecord) {
        let texts = |record: &StringRecord| record.iter().map(str::to_owned).collect();
        for note in &mut self.list[since..] {
            if note.code == "transit-row-set-aside" {
                (note.header, note.cells) = (texts(header), texts(cells));
            }
        }
    }

    /// All of them, and how many there were where not all are named.
    pub(super) fn finish(mut self) -> Vec<FeedNote> {
        for ((code, file), (count, action)) in self.many {
            if count > NAMED {
                let cause = format!("{count} in all; the first {NAMED} are named");
                self.list.push(FeedNote::whole(code, &file, cause, &action));
            }
        }
        self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_that_a_thousand_rows_share_takes_a_few_lines() {
        let mut notes = Notes::default();
        for line in 1..=1_000 {
            let mut note = FeedNote::whole(
                "transit-row-set-aside",
                "a.zip/stops.txt",
                String::new(),
                "x",
            );
            note.line = line;
            notes.row(note);
        }
        let said = notes.finish();
        assert_eq!(said.len(), NAMED + 1);
        assert!(
            said.last()
                .is_some_and(|last| last.cause.starts_with("1000 in all"))
        );
    }
}

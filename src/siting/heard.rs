//! What HiGHS finds on its way, while it still runs: it writes every better solution of its tree to a file, which is
//! read here. HiGHS itself can be stopped, or asked, from outside by unsafe code alone.

use std::path::PathBuf;
use tempfile::TempDir;

/// The file that HiGHS writes to, in a folder of its own, which goes when this does.
#[derive(Debug)]
pub(super) struct Heard {
    folder: TempDir,
    /// Columns of a solution.
    columns: usize,
    /// Length of the file when it was last read.
    read: u64,
}

impl Heard {
    /// `None` where no file can be written: then nothing is heard before the end.
    pub(super) fn new(columns: usize) -> Option<Heard> {
        let folder = TempDir::new().ok()?;
        Some(Heard {
            folder,
            columns,
            read: 0,
        })
    }

    pub(super) fn path(&self) -> PathBuf {
        self.folder.path().join("solutions")
    }

    /// The last whole solution in the file, where it has grown since.
    pub(super) fn newest(&mut self) -> Option<Vec<f64>> {
        let length = std::fs::metadata(self.path()).ok()?.len();
        if length == self.read {
            return None;
        }
        self.read = length;
        newest(&std::fs::read_to_string(self.path()).ok()?, self.columns)
    }
}

/// The last whole solution in a text of HiGHS: after each objective the number of columns that are not zero, negative,
/// then a line for each with a name, the value and the position. The last of them may be half written.
fn newest(text: &str, columns: usize) -> Option<Vec<f64>> {
    text.rsplit("Objective ")
        .find_map(|block| whole(block, columns))
}

fn whole(block: &str, columns: usize) -> Option<Vec<f64>> {
    let mut lines = block.split_inclusive('\n').skip(1);
    let count = lines.next()?.strip_prefix("# Columns -")?;
    let count: usize = count.trim_end().parse().ok()?;
    let mut values = vec![0.0; columns];
    for _ in 0..count {
        let line = lines.next()?.strip_suffix('\n')?;
        let mut words = line.split_ascii_whitespace().skip(1);
        let value: f64 = words.next()?.parse().ok()?;
        let at: usize = words.next()?.parse().ok()?;
        // The last column of all carries the constant.
        if let Some(column) = values.get_mut(at) {
            *column = value;
        }
    }
    Some(values)
}

#[cfg(test)]
mod tests {
    use super::super::draft::{Draft, Found, Stop};
    use super::*;

    #[test]
    fn of_several_solutions_the_last_whole_one_counts() {
        let first = "Objective 7\n# Columns -2\nNoName 1 0\nNoName 0.5 2\n";
        let second = "Objective 5\n# Columns -1\nNoName 1 1\n";
        assert_eq!(newest(first, 3), Some(vec![1.0, 0.0, 0.5]));
        let both = format!("{first}{second}");
        assert_eq!(newest(&both, 3), Some(vec![0.0, 1.0, 0.0]));
        for cut in 1..second.len() {
            let half = &both[..both.len() - cut];
            assert_eq!(newest(half, 3), Some(vec![1.0, 0.0, 0.5]), "{cut}");
        }
        assert_eq!(newest("", 3), None);
    }

    #[test]
    fn what_highs_finds_on_its_way_is_heard() {
        // As many of twelve as hold 7 of each of two loads.
        let mut draft = Draft::default();
        let columns: Vec<usize> = (0..12)
            .map(|at| draft.decided(-1.0 - f64::from(at % 5), 0.0, 1.0, true))
            .collect();
        for turn in [3, 7] {
            let load = |&at: &usize| (at, 1.0 + (at * turn % 4) as f64);
            draft.at_most(7.0, columns.iter().map(load).collect());
        }
        let mut heard = Heard::new(columns.len()).expect("a temporary folder");
        let stop = Stop {
            seconds: 10.0,
            gap: 0.0,
            nodes: None,
            seed: 1,
        };
        let found = draft.solve_aloud(None, stop, &heard.path());
        let Ok(Found::Stopped {
            columns: Some(best),
            ..
        }) = found
        else {
            panic!("{found:?}");
        };
        assert_eq!(heard.newest(), Some(best));
        assert_eq!(heard.newest(), None, "nothing since");
    }
}

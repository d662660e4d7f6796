//! How far the search has come: a line on the terminal or one JSON object after another, and the
//! interrupt key.

use super::args::ProgressArg;
use super::{exit, out, say};
use crate::place::currency;
use crate::siting::{Objective, Progress, Snapshot};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Set once by the interrupt key or a termination signal, for the whole process.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// What the values of a search are, which decides how they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// Pounds, in millions.
    Money,
    /// Plain numbers.
    Number,
}

/// Begins to listen for the interrupt key. A second handler cannot be set; the first one does the same.
pub(super) fn listen() {
    let _ = ctrlc::set_handler(|| {
        if INTERRUPTED.swap(true, Ordering::SeqCst) {
            std::process::exit(i32::from(exit::INTERRUPTED));
        }
    });
}

/// A line that shows the best answer so far, its bound and its gap, silent where stderr is no
/// terminal; or JSON lines on stderr.
pub(super) struct SearchLine {
    bar: ProgressBar,
    shown: Shown,
    json: bool,
    /// Whether the line says already that the search is stopping.
    stopping: AtomicBool,
    /// What was told last.
    told: Mutex<Option<Snapshot>>,
}

/// A search that finds nothing new says so this often, in seconds.
const STILL_THERE: f64 = 5.0;

impl SearchLine {
    /// Starts the line and begins to listen for the interrupt key: once stops the search with its best
    /// plan, twice leaves at once.
    pub(super) fn start(progress: ProgressArg, shown: Shown) -> Self {
        listen();
        let bar = if progress == ProgressArg::Bar && std::io::stderr().is_terminal() {
            ProgressBar::new_spinner()
        } else {
            ProgressBar::hidden()
        };
        if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed:>4} {wide_msg}") {
            bar.set_style(style);
        }
        bar.set_message("drawing up the problem");
        bar.enable_steady_tick(Duration::from_millis(120));
        Self {
            bar,
            shown,
            json: progress == ProgressArg::Json,
            stopping: AtomicBool::new(false),
            told: Mutex::new(None),
        }
    }

    /// Whether a line would say anything that the last one did not.
    fn is_news(&self, now: Snapshot) -> bool {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let figures = |of: &Snapshot| (of.objective, of.value, of.bound);
        let known = told.is_some_and(|last| {
            let since = now.seconds - last.seconds;
            figures(&last) == figures(&now) && (0.0..STILL_THERE).contains(&since)
        });
        if !known {
            *told = Some(now);
        }
        !known
    }

    /// Clears the line.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }

    /// Whether a person interrupted.
    pub(super) fn interrupted() -> bool {
        INTERRUPTED.load(Ordering::SeqCst)
    }
}

impl Progress for SearchLine {
    fn report(&self, now: Snapshot) {
        if self.json && self.is_news(now) {
            // Plain numbers always become text.
            out::talk(&serde_json::to_string(&now).unwrap_or_default());
        }
        if Self::interrupted() {
            return;
        }
        let show = |value| match self.shown {
            Shown::Money => million(value),
            Shown::Number => say::figure(value),
        };
        let text = match (now.value, now.bound) {
            _ if now.objective == Objective::Travel => "shortening journeys".to_owned(),
            (Some(value), Some(bound)) if value != 0.0 => {
                let gap = ((value - bound) / value.abs()).max(0.0) * 100.0;
                format!(
                    "cost {} at least {} gap {gap:.2} %",
                    show(value),
                    show(bound)
                )
            }
            (Some(value), _) => format!("cost {}", show(value)),
            _ => "looking for a first plan".to_owned(),
        };
        self.bar.set_message(text);
    }

    fn cancelled(&self) -> bool {
        let interrupted = Self::interrupted();
        if interrupted && !self.stopping.swap(true, Ordering::SeqCst) {
            self.bar
                .set_message("stopping with the best plan so far; again to leave without it");
        }
        interrupted
    }
}

fn million(gbp: f64) -> String {
    format!("{}{:.3}m", currency::sign(), gbp / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn travel_is_not_shown_as_money() {
        let line = SearchLine::start(ProgressArg::Bar, Shown::Money);
        let now = Snapshot::new(Some(2_000_000.0), Some(1_500_000.0), 1.0);
        line.report(now);
        assert_eq!(
            line.bar.message(),
            "cost £2.000m at least £1.500m gap 25.00 %"
        );
        line.report(Snapshot {
            objective: Objective::Travel,
            ..now
        });
        assert_eq!(line.bar.message(), "shortening journeys");
    }
}

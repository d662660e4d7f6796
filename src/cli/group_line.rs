//! How far the planning of groups has come: a bar on the terminal, or one JSON object after another.

use super::args::ProgressArg;
use super::out;
use super::progress::{SearchLine, listen};
use crate::partnership::{KeptPlan, Watch};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use std::io::IsTerminal;
use std::time::Duration;

/// A bar of groups planned, silent where stderr is no terminal; or JSON lines on stderr.
pub(super) struct GroupLine {
    bar: ProgressBar,
    json: bool,
}

impl GroupLine {
    /// Starts the bar and begins to listen for the interrupt key.
    pub(super) fn start(progress: ProgressArg) -> Self {
        listen();
        let bar = match progress == ProgressArg::Bar && std::io::stderr().is_terminal() {
            true => ProgressBar::new(0),
            false => ProgressBar::hidden(),
        };
        if let Ok(style) =
            ProgressStyle::with_template("{wide_bar} {pos} of {len} groups {elapsed:>4} {msg}")
        {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        let json = progress == ProgressArg::Json;
        Self { bar, json }
    }

    /// Clears the bar.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Watch for GroupLine {
    fn planned(&self, done: usize, of: usize, plan: &KeptPlan) {
        if self.json {
            let line = json!({
                "done": done, "of": of, "members": plan.members, "saving_gbp": plan.saving_gbp, "gap": plan.gap,
            });
            out::talk(&line.to_string());
        }
        self.bar.set_length(of as u64);
        self.bar.set_position(done as u64);
        self.bar.set_message(
            plan.gap
                .map_or(String::new(), |gap| format!("gap {:.2} %", gap * 100.0)),
        );
    }

    fn cancelled(&self) -> bool {
        SearchLine::interrupted()
    }
}

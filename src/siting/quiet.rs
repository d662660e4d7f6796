//! A run within a run: it can be stopped, and reports nothing of its own.

use super::answer::{Progress, Snapshot};

/// Passes on that somebody stopped the run.
pub(crate) struct Quiet<'a>(pub(crate) &'a dyn Progress);

impl Progress for Quiet<'_> {
    fn report(&self, _: Snapshot) {}

    fn cancelled(&self) -> bool {
        self.0.cancelled()
    }
}

//! From a command to the code it exits with.

use super::{Args, Failure, exit, out, run};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Does what was typed, says on stderr why it could not, and returns the [exit code](exit).
pub fn ended(args: Args) -> u8 {
    let done = catch_unwind(AssertUnwindSafe(|| run(args)));
    // The panic has said on stderr where it happened.
    let done = done.unwrap_or_else(|_| Err(Failure::Internal("it stopped in the middle".into())));
    match done {
        Ok(()) => exit::DONE,
        Err(failure) => {
            out::talk(&failure.to_string());
            failure.exit_code()
        }
    }
}

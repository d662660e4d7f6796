//! `completions SHELL`

use crate::cli::{Failure, args::Completions, command};
use std::io;

pub(super) fn run(typed: &Completions) -> Result<(), Failure> {
    clap_complete::generate(typed.shell, &mut command(), "oneroof", &mut io::stdout());
    Ok(())
}

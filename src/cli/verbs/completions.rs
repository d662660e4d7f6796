//! `completions SHELL`

use crate::cli::{Failure, args::Completions, command, out};

pub(super) fn run(typed: &Completions) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(typed.shell, &mut command(), "oneroof", &mut script);
    out::data(&String::from_utf8_lossy(&script))
}

//! Parse, run, print, exit.

use clap::Parser;
use oneroof::cli::{Args, exit, run};
use std::process::ExitCode;

fn main() -> ExitCode {
    match run(Args::parse()) {
        Ok(()) => ExitCode::from(exit::DONE),
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}

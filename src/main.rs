//! Parse, run, print, exit.

use clap::Parser;
use oneroof::cli::{Args, ended};
use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(ended(Args::parse()))
}

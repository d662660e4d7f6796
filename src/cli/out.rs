//! The two streams: data to stdout, talk to stderr. Nothing else of the program prints.

use super::Failure;
use std::io::{self, ErrorKind, IsTerminal, Write};

/// Prints data. A reader that has seen enough, such as `head`, is no fault.
pub(super) fn data(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Err(fault) if fault.kind() != ErrorKind::BrokenPipe => Err(Failure::Disk {
            cause: format!("cannot print: {fault}"),
        }),
        _ => Ok(()),
    }
}

/// Columns of the terminal that reads stdout; unlimited where nobody watches.
pub(super) fn width() -> usize {
    if !io::stdout().is_terminal() {
        return usize::MAX;
    }
    let stated = std::env::var("COLUMNS").ok().and_then(|n| n.parse().ok());
    let measured =
        || terminal_size::terminal_size().map_or(0, |(columns, _)| usize::from(columns.0));
    match stated.unwrap_or_else(measured) {
        0 => usize::MAX,
        columns => columns,
    }
}

/// Prints a value as JSON, with a line end.
pub(super) fn json(value: &impl serde::Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|fault| Failure::Internal(fault.to_string()))?;
    data(&format!("{text}\n"))
}

/// Prints talk, a line or more. Where nobody listens, it is lost, and that is no fault either.
pub(super) fn talk(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

//! `man`: the manual page, every verb included.

use crate::cli::{Failure, command};
use std::io::{self, Write};

pub(super) fn run() -> Result<(), Failure> {
    let mut page = Vec::new();
    let whole = command();
    let rendered = clap_mangen::Man::new(whole.clone())
        .render(&mut page)
        .and_then(|()| {
            whole.get_subcommands().try_for_each(|verb| {
                let title = format!("oneroof-{}", verb.get_name());
                clap_mangen::Man::new(verb.clone())
                    .title(title)
                    .render(&mut page)
            })
        })
        .and_then(|()| io::stdout().write_all(&page));
    rendered.map_err(|fault| Failure::Internal(format!("cannot print the manual page: {fault}")))
}

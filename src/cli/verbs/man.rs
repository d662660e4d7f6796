//! `man`: the manual page, every verb included.

use crate::cli::{Failure, command, out};

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
        });
    rendered.map_err(|fault| Failure::Internal(format!("cannot make the manual page: {fault}")))?;
    out::data(&String::from_utf8_lossy(&page))
}

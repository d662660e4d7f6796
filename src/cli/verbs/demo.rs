//! `demo --size SIZE --seed N DIR`

use super::new::empty_folder;
use crate::cli::args::{Demo, SizeArg};
use crate::cli::{Failure, out};
use crate::demo::{Size, write};

pub(super) fn run(typed: &Demo) -> Result<(), Failure> {
    empty_folder(&typed.dir)?;
    let size = match typed.size {
        SizeArg::Town => Size::Town,
        SizeArg::County => Size::County,
        SizeArg::Region => Size::Region,
        SizeArg::Nation => Size::Nation,
    };
    write(size, typed.seed, &typed.dir).map_err(|fault| Failure::Disk {
        cause: fault.to_string(),
    })?;
    let dir = typed.dir.display();
    out::data(&format!("{dir}\n"))?;
    out::talk(&format!("hint: `oneroof plan {dir} --out plan` plans it"));
    Ok(())
}

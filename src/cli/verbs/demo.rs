//! `demo --size SIZE --seed N DIR`

use super::new::empty_folder;
use crate::cli::Failure;
use crate::cli::args::{Demo, SizeArg};
use crate::demo::{Size, write};

pub(super) fn run(typed: &Demo) -> Result<(), Failure> {
    empty_folder(&typed.dir)?;
    let size = match typed.size {
        SizeArg::Town => Size::Town,
        SizeArg::County => Size::County,
        SizeArg::Region => Size::Region,
        SizeArg::Nation => Size::Nation,
    };
    write(size, typed.seed, &typed.dir).map_err(|fault| Failure::Internal(fault.to_string()))?;
    println!("{}", typed.dir.display());
    eprintln!(
        "hint: `oneroof plan {} --out plan` plans it",
        typed.dir.display()
    );
    Ok(())
}

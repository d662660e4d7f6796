//! `new DIR`: a commented place folder, small but whole: it checks and plans as it is.

use crate::cli::{Failure, args::New, out};
use std::fs;
use std::path::Path;

const FILES: [(&str, &str); 5] = [
    ("place.toml", include_str!("../template/place.toml")),
    ("buildings.csv", include_str!("../template/buildings.csv")),
    ("occupiers.csv", include_str!("../template/occupiers.csv")),
    ("zones.csv", include_str!("../template/zones.csv")),
    ("decisions.csv", include_str!("../template/decisions.csv")),
];

pub(super) fn run(typed: &New) -> Result<(), Failure> {
    empty_folder(&typed.dir)?;
    for (name, text) in FILES {
        let path = typed.dir.join(name);
        fs::write(&path, text).map_err(|fault| Failure::Disk {
            cause: format!("{}: {fault}", path.display()),
        })?;
        out::data(&format!("{}\n", path.display()))?;
    }
    out::talk(&format!(
        "hint: replace the example rows with your own, then run `oneroof check {}`",
        typed.dir.display()
    ));
    Ok(())
}

/// Makes the folder, or accepts it where it is empty.
pub(super) fn empty_folder(dir: &Path) -> Result<(), Failure> {
    let usage = |cause: String| Failure::Usage {
        cause,
        hint: "name a folder that does not exist yet, or an empty one".to_owned(),
    };
    fs::create_dir_all(dir).map_err(|fault| usage(format!("{}: {fault}", dir.display())))?;
    let mut entries =
        fs::read_dir(dir).map_err(|fault| usage(format!("{}: {fault}", dir.display())))?;
    match entries.next() {
        None => Ok(()),
        Some(_) => Err(usage(format!("{} is not empty", dir.display()))),
    }
}

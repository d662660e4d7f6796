//! What stays in a folder that is written anew.

use super::error::PublishError;
use super::folder::{Kind, MARKER, is_name_of_ours, marker};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Files of the old folder that we did not write go into the new one: somebody's notes or GIS
/// project. Where the old folder has no list, every file with a name of ours is ours.
pub(super) fn carry_over(old: &Path, new: &Path, without_ours: bool) -> Result<(), PublishError> {
    if !old.exists() {
        return Ok(());
    }
    let ours = marker(old).map(|(_, list)| list);
    carry_folder(old, new, "", ours.as_ref(), without_ours)
}

fn carry_folder(
    old: &Path,
    new: &Path,
    inside: &str,
    ours: Option<&BTreeSet<String>>,
    without_ours: bool,
) -> Result<(), PublishError> {
    for entry in fs::read_dir(old).map_err(PublishError::io(old))? {
        let entry = entry.map_err(PublishError::io(old))?;
        let (from, to) = (entry.path(), new.join(entry.file_name()));
        let name = format!("{inside}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().map_err(PublishError::io(&from))?;
        if kind.is_dir() {
            match marker(&from) {
                _ if without_ours && from.join(MARKER).exists() => {}
                // Pictures are of the plan that stood there: only what is beside them stays.
                Some((Kind::Drawn, list)) => {
                    carry_folder(&from, &to, "", Some(&list), without_ours)?
                }
                _ => carry_folder(&from, &to, &format!("{name}/"), ours, without_ours)?,
            }
            continue;
        }
        let written_by_us = match ours {
            Some(list) => name == MARKER || list.contains(&name),
            None => is_name_of_ours(&name),
        };
        if written_by_us || to.symlink_metadata().is_ok() {
            continue;
        }
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(PublishError::io(folder))?;
        }
        fs::hard_link(&from, &to)
            .or_else(|_| fs::copy(&from, &to).map(|_| ()))
            .map_err(PublishError::io(&from))?;
    }
    Ok(())
}

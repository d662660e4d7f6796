//! Where the place of a plan is, seen from the plan's folder: so that the plan alone can be drawn again.

use super::verify::folder_of;
use crate::cli::Failure;
use crate::cli::args::PlaceArgs;
use crate::plan::Plan;
use std::path::{Component, Path, PathBuf};

/// The way from a plan's folder, which need not be there yet, to the place it is made from; `None` where its
/// tables are elsewhere (`--data`), or there is no such way.
pub(super) fn seen_from(folder: &Path, place: &PlaceArgs) -> Option<String> {
    if place.data.is_some() {
        return None;
    }
    let (folder, place) = (whole(folder)?, place.place.canonicalize().ok()?);
    let way = way(&folder, &place)?;
    way.to_str().map(str::to_owned)
}

/// The place of a plan that is named alone.
pub(super) fn place_of(plan: &Plan, path: &Path) -> Result<PathBuf, Failure> {
    let Some(way) = &plan.run.place else {
        return Err(Failure::Usage {
            cause: format!("{}: it does not say where its place is", path.display()),
            hint: "name it before the plan: PLACE PLAN".to_owned(),
        });
    };
    let way = Some(folder_of(path).join(way));
    let is_place = |place: &PathBuf| place.is_file() || place.join("place.toml").is_file();
    way.filter(is_place).ok_or_else(|| Failure::Usage {
        cause: format!(
            "{}: the place it was made from is not where it was",
            path.display()
        ),
        hint: "name it before the plan: PLACE PLAN".to_owned(),
    })
}

/// A path from the root, of a folder that may not be there.
fn whole(path: &Path) -> Option<PathBuf> {
    match path.canonicalize() {
        Ok(path) => Some(path),
        Err(_) => {
            let path = std::path::absolute(path).ok()?;
            let name = path.file_name()?.to_owned();
            Some(whole(path.parent()?)?.join(name))
        }
    }
}

fn way(from: &Path, to: &Path) -> Option<PathBuf> {
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    // Nothing leads from one disk to another.
    if same == 0 {
        return None;
    }
    let up = from.iter().skip(same).map(|_| Component::ParentDir);
    let way: PathBuf = up.chain(to.into_iter().skip(same)).collect();
    Some(match way.as_os_str().is_empty() {
        true => PathBuf::from("."),
        false => way,
    })
}

#[cfg(test)]
mod tests {
    use super::way;
    use std::path::Path;

    #[test]
    fn the_way_from_a_folder_to_another_goes_up_to_what_they_share() {
        for (from, to, there) in [
            ("/a/plan", "/a/place", "../place"),
            ("/a/place/plan", "/a/place", ".."),
            ("/a/place", "/a/place", "."),
            ("/a/b/plan", "/c/place.toml", "../../../c/place.toml"),
        ] {
            let found = way(Path::new(from), Path::new(to));
            assert_eq!(found.as_deref(), Some(Path::new(there)));
        }
    }
}

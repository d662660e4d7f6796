//! The folder: whole or not at all.
//!
//! Pages are written into a sibling of the target, flushed to disk, and the two folders change
//! names in one step. So at every instant the target is the old folder or the new one, also when
//! the run is killed or the disk is full. What a killed run leaves beside the target is cleared by
//! the next run, unless another run is still writing there.

use super::audience::Audience;
use super::carry::carry_over;
use super::error::PublishError;
use super::exporter::Page;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

/// The file that marks a folder as ours and lists what we wrote. It is locked while we write.
pub(super) const MARKER: &str = ".oneroof";
const MARKER_HEAD: &str = "oneroof";

/// What a folder holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A plan.
    Plan,
    /// What `check` found.
    Check,
    /// What `locate` answered.
    Located,
    /// What a partnership is worth.
    Partnership,
    /// Two plans side by side.
    Compared,
    /// Plans along a limit, one in each folder of its own.
    Frontier,
    /// Options side by side.
    Options,
    /// Travel times along roads.
    Travelled,
    /// Pictures of a plan, drawn again.
    Drawn,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Plan => "plan",
            Kind::Check => "check",
            Kind::Located => "locate",
            Kind::Partnership => "partnership",
            Kind::Compared => "compare",
            Kind::Frontier => "frontier",
            Kind::Options => "options",
            Kind::Travelled => "travel",
            Kind::Drawn => "map",
        }
    }
}

/// A folder that may be written.
#[derive(Debug)]
pub(super) struct Target {
    path: PathBuf,
    kind: Kind,
    /// Whether folders of ours inside it, which are for the partners, stay behind.
    leaves_ours_behind: bool,
}

impl Target {
    /// Accepts a folder that is absent, empty or ours.
    pub(super) fn check(out: &Path, kind: Kind) -> Result<Self, PublishError> {
        let path = resolve(out)?;
        restore(&path)?;
        let refuse = |cause: &str, action: &str| PublishError::Target {
            path: out.to_path_buf(),
            cause: cause.to_string(),
            action: action.to_string(),
        };
        match fs::metadata(&path) {
            Err(fault) if fault.kind() == ErrorKind::NotFound && path.is_symlink() => {
                return Err(refuse(
                    "this is a link to nothing",
                    "make the folder it points to, or name another",
                ));
            }
            Err(fault) if fault.kind() == ErrorKind::NotFound => {}
            Err(fault) => return Err(PublishError::io(&path)(fault)),
            Ok(found) if !found.is_dir() => {
                return Err(refuse("this is a file", "name a folder"));
            }
            Ok(_) => match held(&path)? {
                Held::Nothing
                | Held::Ours(
                    Kind::Check
                    | Kind::Located
                    | Kind::Compared
                    | Kind::Frontier
                    | Kind::Options
                    | Kind::Travelled
                    | Kind::Drawn,
                ) => {}
                Held::Ours(held @ (Kind::Plan | Kind::Partnership)) if kind == held => {}
                Held::Ours(Kind::Plan) => {
                    return Err(refuse(
                        "this folder holds a plan",
                        "name another folder, so that the plan keeps the findings it was made with",
                    ));
                }
                Held::Ours(Kind::Partnership) => {
                    return Err(refuse(
                        "this folder holds a partnership",
                        "name another folder, so that what took long to work out is kept",
                    ));
                }
                Held::Others => {
                    return Err(refuse(
                        "this folder holds files and was not written by oneroof",
                        "name a new or empty folder",
                    ));
                }
            },
        }
        Ok(Self {
            path,
            kind,
            leaves_ours_behind: false,
        })
    }

    /// A frontier or a partnership inside the folder is for the partners: it stays behind for anybody else.
    pub(super) fn for_audience(self, audience: &Audience) -> Self {
        Self {
            leaves_ours_behind: *audience != Audience::Partners,
            ..self
        }
    }

    /// Puts the pages in place of what the folder holds.
    pub(super) fn write(&self, pages: &[Page]) -> Result<(), PublishError> {
        let parent = self.parent();
        fs::create_dir_all(parent).map_err(PublishError::io(parent))?;
        clear_stale(&self.path);
        let draft = Draft::begin(&self.path)?;
        let written = draft
            .fill(self.kind, pages, &self.path)
            .and_then(|()| carry_over(&self.path, &draft.path, self.leaves_ours_behind))
            .and_then(|()| sync_folders(&draft.path))
            .and_then(|()| swap(&draft.path, &self.path));
        // After the swap the draft's name holds the old folder; after a fault, the unfinished one.
        drop(draft.lock);
        discard(&draft.path);
        written?;
        sync_folder(parent)
    }

    fn parent(&self) -> &Path {
        match self.path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        }
    }
}

/// Puts one more file into a plan folder that stands: whole or not at all. The next plan written there
/// takes it away with the rest.
pub(super) fn add(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), PublishError> {
    if !matches!(held(folder)?, Held::Ours(Kind::Plan)) {
        return Err(PublishError::Target {
            path: folder.to_path_buf(),
            cause: "this is no plan folder".to_owned(),
            action: "name one written by `oneroof plan`".to_owned(),
        });
    }
    let (file, draft) = (folder.join(name), folder.join(format!(".{name}.new")));
    let written = fs::write(&draft, bytes).and_then(|()| fs::rename(&draft, &file));
    if let Err(fault) = written {
        let _ = fs::remove_file(&draft);
        return Err(PublishError::io(&file)(fault));
    }
    match marker(folder) {
        Some((_, list)) if !list.contains(name) => File::options()
            .append(true)
            .open(folder.join(MARKER))
            .and_then(|mut list| writeln!(list, "{name}"))
            .map_err(PublishError::io(&folder.join(MARKER))),
        _ => Ok(()),
    }
}

enum Held {
    Nothing,
    Ours(Kind),
    Others,
}

/// What a folder holds: our marker or a `plan.json` of ours make it ours.
fn held(path: &Path) -> Result<Held, PublishError> {
    if let Some((kind, _)) = marker(path) {
        return Ok(Held::Ours(kind));
    }
    if is_plan_json(&path.join("plan.json")) {
        return Ok(Held::Ours(Kind::Plan));
    }
    let empty = fs::read_dir(path)
        .map_err(PublishError::io(path))?
        .all(|entry| entry.is_ok_and(|e| is_litter(&e.file_name())));
    Ok(if empty { Held::Nothing } else { Held::Others })
}

/// Kind and file list of a marker.
pub(super) fn marker(path: &Path) -> Option<(Kind, BTreeSet<String>)> {
    let text = fs::read_to_string(path.join(MARKER)).ok()?;
    let mut lines = text.lines();
    let kind = match lines.next()?.split_once(' ')? {
        (MARKER_HEAD, "plan") => Kind::Plan,
        (MARKER_HEAD, "check") => Kind::Check,
        (MARKER_HEAD, "locate") => Kind::Located,
        (MARKER_HEAD, "partnership") => Kind::Partnership,
        (MARKER_HEAD, "compare") => Kind::Compared,
        (MARKER_HEAD, "frontier") => Kind::Frontier,
        (MARKER_HEAD, "options") => Kind::Options,
        (MARKER_HEAD, "travel") => Kind::Travelled,
        (MARKER_HEAD, "map") => Kind::Drawn,
        _ => return None,
    };
    Some((kind, lines.map(str::to_string).collect()))
}

fn is_plan_json(path: &Path) -> bool {
    #[derive(serde::Deserialize)]
    struct Head {
        #[serde(rename = "schema_version")]
        _schema_version: u32,
        #[serde(rename = "buildings")]
        _buildings: Vec<serde::de::IgnoredAny>,
        #[serde(rename = "occupiers")]
        _occupiers: Vec<serde::de::IgnoredAny>,
    }
    File::open(path)
        .is_ok_and(|file| serde_json::from_reader::<_, Head>(std::io::BufReader::new(file)).is_ok())
}

/// Files that desktops leave in every folder they show.
fn is_litter(name: &std::ffi::OsStr) -> bool {
    [".DS_Store", "Thumbs.db", "desktop.ini"]
        .iter()
        .any(|litter| name == *litter)
}

/// The folder itself where `out` is a link to it, so that the link stays.
fn resolve(out: &Path) -> Result<PathBuf, PublishError> {
    let (Some(parent), Some(name), false) = (out.parent(), out.file_name(), out.exists()) else {
        return out.canonicalize().map_err(PublishError::io(out));
    };
    if !out.components().any(|part| part == Component::ParentDir) {
        return Ok(out.to_path_buf());
    }
    // Where `..` leads from a folder that does not exist is known only once it is made.
    let parent = parent.canonicalize().map_err(|_| PublishError::Target {
        path: out.to_path_buf(),
        cause: "it goes up from a folder that does not exist".to_owned(),
        action: "name the folder without `..` behind it".to_owned(),
    })?;
    Ok(parent.join(name))
}

/// A folder being written beside the target.
struct Draft {
    path: PathBuf,
    lock: File,
}

impl Draft {
    fn begin(target: &Path) -> Result<Self, PublishError> {
        for attempt in 0_u32.. {
            let path = sibling(target, &format!("new-{}-{attempt}", std::process::id()));
            match fs::create_dir(&path) {
                Ok(()) => {
                    let marker = path.join(MARKER);
                    let lock = File::create(&marker).map_err(PublishError::io(&marker))?;
                    // Where a file system knows no locks, age alone protects us from other runs.
                    let _ = lock.lock();
                    return Ok(Self { path, lock });
                }
                Err(fault) if fault.kind() == ErrorKind::AlreadyExists && attempt < 100 => {}
                Err(fault) => return Err(PublishError::io(&path)(fault)),
            }
        }
        Err(PublishError::io(target)(ErrorKind::AlreadyExists.into()))
    }

    /// Writes the pages. Faults name the file as it would stand in the target: the draft is gone when
    /// they are read.
    fn fill(&self, kind: Kind, pages: &[Page], target: &Path) -> Result<(), PublishError> {
        let mut list = format!("{MARKER_HEAD} {}\n", kind.name());
        for page in pages {
            list.push_str(&page.path);
            list.push('\n');
        }
        // Side by side: each waits for the disk.
        pages.par_iter().try_for_each(|page| {
            let path = self.path.join(&page.path);
            write_new(&path, &page.bytes).map_err(PublishError::io(&target.join(&page.path)))
        })?;
        (&self.lock)
            .write_all(list.as_bytes())
            .and_then(|()| self.lock.sync_all())
            .map_err(PublishError::io(&target.join(MARKER)))
    }
}

/// Writes a file that must not exist, and the folders it stands in, through to the disk.
fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// `.name.oneroof-what` beside the target.
fn sibling(target: &Path, what: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(format!(".oneroof-{what}"));
    target.with_file_name(name)
}

pub(super) fn is_name_of_ours(name: &str) -> bool {
    let known = |suffixes: &[&str]| suffixes.iter().any(|suffix| name.ends_with(suffix));
    if name.starts_with("maps/") {
        known(&[".svg", ".png", ".qml"])
    } else {
        !name.contains('/')
            && (known(&[".geojson", ".csv"])
                || (name.starts_with("data_request_") && known(&[".xlsx"]))
                || [
                    "plan.json",
                    "plan.gpkg",
                    "plan.xlsx",
                    "certificate.json",
                    "explanations.json",
                    "about.txt",
                    "report.html",
                    "report.md",
                    "paper.html",
                ]
                .contains(&name))
    }
}

/// Exchanges the two folders, or moves the new one where the target is absent.
fn swap(new: &Path, target: &Path) -> Result<(), PublishError> {
    if !target.exists() {
        return fs::rename(new, target).map_err(PublishError::io(target));
    }
    if exchange(new, target) {
        return Ok(());
    }
    // A file system that cannot exchange names: for an instant the old folder stands aside, under
    // a name that the next run restores if we are killed here.
    let aside = sibling(target, "old");
    let _ = fs::remove_dir_all(&aside);
    fs::rename(target, &aside).map_err(PublishError::io(target))?;
    if let Err(fault) = fs::rename(new, target) {
        let _ = fs::rename(&aside, target);
        return Err(PublishError::io(target)(fault));
    }
    let _ = fs::remove_dir_all(&aside);
    Ok(())
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(new: &Path, target: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, new, CWD, target, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}

/// Puts back a folder that a killed run had set aside.
fn restore(target: &Path) -> Result<(), PublishError> {
    let aside = sibling(target, "old");
    if target.file_name().is_some() && !target.exists() && aside.is_dir() {
        fs::rename(&aside, target).map_err(PublishError::io(target))?;
    }
    Ok(())
}

/// Removes what killed runs left beside the target: folders of our own naming that nobody holds
/// locked. Faults are let be; the next run tries again.
fn clear_stale(target: &Path) {
    let Some(name) = target
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
    else {
        return;
    };
    let parent = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let prefix = format!(".{name}.oneroof-new-");
    let Ok(entries) = fs::read_dir(parent) else {
        return;
    };
    for entry in entries.flatten() {
        let found = entry.file_name().to_string_lossy().into_owned();
        let ours = found.strip_prefix(&prefix).is_some_and(|rest| {
            !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit() || c == '-')
        });
        if ours && entry.file_type().is_ok_and(|kind| kind.is_dir()) && is_abandoned(&entry.path())
        {
            discard(&entry.path());
        }
    }
}

/// Removes a draft, its marker last: what is left when we are killed on the way is still known for
/// ours, and the next run goes on with it. Faults are let be.
fn discard(draft: &Path) {
    for entry in fs::read_dir(draft).into_iter().flatten().flatten() {
        if entry.file_name() != MARKER {
            let _ = match entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                true => fs::remove_dir_all(entry.path()),
                false => fs::remove_file(entry.path()),
            };
        }
    }
    let _ = fs::remove_dir_all(draft);
}

/// Whether no process holds a draft: its marker can be locked, or it never got one and is old.
fn is_abandoned(draft: &Path) -> bool {
    match File::open(draft.join(MARKER)) {
        Ok(marker) => marker.try_lock().is_ok(),
        Err(_) => fs::metadata(draft)
            .and_then(|found| found.modified())
            .is_ok_and(|at| at.elapsed().is_ok_and(|age| age.as_secs() > 60)),
    }
}

fn sync_folders(path: &Path) -> Result<(), PublishError> {
    for entry in fs::read_dir(path)
        .map_err(PublishError::io(path))?
        .flatten()
    {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            sync_folders(&entry.path())?;
        }
    }
    sync_folder(path)
}

/// Flushes a folder's list of names, where the system can.
fn sync_folder(path: &Path) -> Result<(), PublishError> {
    if let Ok(folder) = File::open(path) {
        let _ = folder.sync_all();
    }
    Ok(())
}

#[cfg(test)]
#[path = "folder_tests.rs"]
mod tests;

//! The files that a shapefile is made of: beside each other in a folder, or in one zip archive.

use super::corrupt;
use crate::load::config::did_you_mean;
use crate::load::table::part_of;
use crate::place::{Finding, RowRef, Severity};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;
use zip::ZipArchive;

/// The files of one shapefile.
pub(super) struct Parts {
    /// What findings call it.
    pub(super) name: String,
    pub(super) shp: Vec<u8>,
    pub(super) dbf: Vec<u8>,
    /// The system of the coordinates; nothing where there is no such file.
    prj: Vec<u8>,
    /// The label of the encoding; the same.
    cpg: Vec<u8>,
}

/// Endings of the files that are read.
const ENDINGS: [&str; 4] = ["shp", "dbf", "prj", "cpg"];

/// What an archive may unpack to: more is a zip bomb, or belongs in a folder.
const MOST_UNPACKED: u64 = 1 << 30;

impl Parts {
    fn of(name: String, mut files: BTreeMap<&'static str, Vec<u8>>) -> Result<Self, Box<Finding>> {
        let (Some(shp), Some(dbf)) = (files.remove("shp"), files.remove("dbf")) else {
            return Err(part_missing(&name));
        };
        let mut other = |ending| files.remove(ending).unwrap_or_default();
        let (prj, cpg) = (other("prj"), other("cpg"));
        Ok(Self {
            name,
            shp,
            dbf,
            prj,
            cpg,
        })
    }

    /// The system of the coordinates, in well-known text.
    pub(super) fn system(&self) -> Option<String> {
        words(&self.prj)
    }

    /// The label of the encoding.
    pub(super) fn encoding(&self) -> Option<String> {
        words(&self.cpg)
    }

    /// The bytes of all of them, in the order of [`ENDINGS`].
    pub(super) fn all(&self) -> Vec<u8> {
        [&self.shp, &self.dbf, &self.prj, &self.cpg]
            .map(Vec::as_slice)
            .concat()
    }
}

/// The words of a short file; `None` where there are none.
fn words(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes).trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// The error of a shapefile without its columns.
pub(super) fn part_missing(name: &str) -> Box<Finding> {
    Finding::new(
        "shapefile-part-missing",
        Severity::Error,
        RowRef::file(name),
    )
    .cause("a shapefile is several files, and its .dbf, which has the columns, is not there")
    .action("bring all its files into the same folder: .shp, .dbf, .prj and .cpg")
    .into()
}

/// The files beside the shapes at a path that have its name.
pub(super) fn beside(path: &Path, name: &str) -> Result<Parts, Box<Finding>> {
    let unreadable = |file: &Path, error: std::io::Error| {
        Finding::new("file-unreadable", Severity::Error, RowRef::file(name))
            .cause(format!("{} cannot be read: {error}", file.display()))
            .action("bring the file")
    };
    let mut files = BTreeMap::from([(
        "shp",
        std::fs::read(path).map_err(|error| unreadable(path, error))?,
    )]);
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let near = std::fs::read_dir(folder).map_err(|error| unreadable(folder, error))?;
    for entry in near.flatten() {
        let file = entry.path();
        let same = file.file_stem().zip(path.file_stem());
        if !same.is_some_and(|(one, other)| one.eq_ignore_ascii_case(other)) {
            continue;
        }
        let ending = ending_of(&file).filter(|ending| *ending != "shp");
        if let Some(ending) = ending {
            let bytes = std::fs::read(&file).map_err(|error| unreadable(&file, error))?;
            files.insert(ending, bytes);
        }
    }
    Parts::of(name.to_owned(), files)
}

fn ending_of(path: &Path) -> Option<&'static str> {
    let own = path.extension()?.to_str()?;
    ENDINGS
        .into_iter()
        .find(|ending| own.eq_ignore_ascii_case(ending))
}

/// Whether a zip archive holds a shapefile.
pub(in crate::load) fn is_archive(bytes: &[u8]) -> bool {
    ZipArchive::new(Cursor::new(bytes))
        .is_ok_and(|zip| zip.file_names().flatten().any(|name| is_shapes(&name)))
}

fn is_shapes(name: &str) -> bool {
    // A Mac puts a file of its own beside each, with the same ending.
    !name.contains("__MACOSX") && ending_of(Path::new(name)) == Some("shp")
}

/// The files of one shapefile of an archive.
pub(super) fn unpacked(
    bytes: &[u8],
    name: &str,
    wanted: Option<&str>,
) -> Result<Parts, Box<Finding>> {
    let fault = |why: &dyn std::fmt::Display| corrupt(name, "the archive", &why.to_string());
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
    let names: Vec<String> = zip.file_names().flatten().map(Cow::into_owned).collect();
    let stem = |file: &str| {
        Path::new(file)
            .with_extension("")
            .to_string_lossy()
            .into_owned()
    };
    let last = |stem: &str| {
        stem.rsplit(['/', '\\'])
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let all: Vec<String> = names
        .iter()
        .filter(|name| is_shapes(name))
        .map(|name| stem(name))
        .collect();
    let chosen = choose(
        &all.iter().map(|stem| last(stem)).collect::<Vec<_>>(),
        wanted,
        name,
    )?;
    let chosen = all.get(chosen).cloned().unwrap_or_default();
    let mut files = BTreeMap::new();
    let mut left = MOST_UNPACKED;
    for file in &names {
        let Some(ending) =
            ending_of(Path::new(file)).filter(|_| stem(file).eq_ignore_ascii_case(&chosen))
        else {
            continue;
        };
        let part = zip.by_name(file).map_err(|error| fault(&error))?;
        let mut content = Vec::new();
        part.take(left + 1)
            .read_to_end(&mut content)
            .map_err(|error| fault(&error))?;
        let Some(rest) = left.checked_sub(content.len() as u64) else {
            let why = format!("it unpacks to more than {} MB", MOST_UNPACKED >> 20);
            return Err(fault(&why));
        };
        left = rest;
        files.insert(ending, content);
    }
    let name = match all.len() {
        1 => name.to_owned(),
        _ => part_of(name, &last(&chosen)),
    };
    Parts::of(name, files)
}

/// Which shapefile of an archive is meant.
fn choose(all: &[String], wanted: Option<&str>, file: &str) -> Result<usize, Box<Finding>> {
    let finding = |code| Finding::new(code, Severity::Error, RowRef::file(file)).column("layer");
    match (wanted, all) {
        (Some(wanted), all) => all
            .iter()
            .position(|own| own.eq_ignore_ascii_case(wanted.trim()))
            .ok_or_else(|| {
                finding("no-such-layer")
                    .cause(format!("the archive has no shapefile `{wanted}`"))
                    .action(did_you_mean(wanted, all.iter().map(String::as_str)))
                    .into()
            }),
        (None, [_]) => Ok(0),
        (None, all) => Err(finding("several-layers")
            .cause(format!(
                "the archive has several shapefiles: {}",
                all.join(", ")
            ))
            .action("name one with `layer`")
            .setting(format!(
                "layer = {}",
                toml::Value::from(all.first().map_or("", String::as_str))
            ))
            .into()),
    }
}

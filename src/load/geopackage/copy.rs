//! A copy of a GeoPackage to read from: the user's file is never locked or changed, also while another
//! program has it open.

use crate::place::hexadecimal;
use sha2::{Digest, Sha256};
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A copy, gone when it is dropped.
pub(super) struct Copy {
    _folder: TempDir,
    path: PathBuf,
    length: u64,
    sha256: String,
}

impl Copy {
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Bytes of the file.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// SHA-256 of the file, and of what another program has written beside it and not yet into it.
    pub(super) fn sha256(&self) -> &str {
        &self.sha256
    }
}

/// Copies a file, and the log that a program beside us may be keeping of it.
pub(super) fn of(path: &Path) -> io::Result<Copy> {
    let mut log = OsString::from(path.as_os_str());
    log.push("-wal");
    let log = File::open(PathBuf::from(log)).ok();
    copy(&mut File::open(path)?, log)
}

/// Writes bytes down where they can be read as a file.
pub(super) fn of_bytes(mut bytes: &[u8]) -> io::Result<Copy> {
    copy(&mut bytes, None)
}

fn copy(from: &mut impl Read, log: Option<File>) -> io::Result<Copy> {
    let folder = TempDir::new()?;
    let path = folder.path().join("copy.gpkg");
    let mut sum = Sha256::new();
    let mut length = pour(from, &path, &mut sum)?;
    if let Some(mut log) = log {
        length += pour(&mut log, &folder.path().join("copy.gpkg-wal"), &mut sum)?;
    }
    Ok(Copy {
        _folder: folder,
        path,
        length,
        sha256: hexadecimal(&sum.finalize()),
    })
}

fn pour(from: &mut impl Read, to: &Path, sum: &mut Sha256) -> io::Result<u64> {
    let mut to = File::create_new(to)?;
    let mut room = vec![0_u8; 1 << 16];
    let mut length = 0;
    loop {
        let read = from.read(&mut room)?;
        let Some(some) = room.get(..read).filter(|some| !some.is_empty()) else {
            return Ok(length);
        };
        sum.update(some);
        to.write_all(some)?;
        length += some.len() as u64;
    }
}

//! The zip archive that a workbook is: what kind it is, and that it unpacks to a bearable size.

use super::fault::Fault;
use std::io::{Cursor, Read, copy, sink};
use zip::ZipArchive;

/// A workbook that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Xlsx,
    Ods,
}

/// All parts of a workbook together, unpacked: more is a zip bomb, or a table that belongs in a CSV file.
pub(super) const MOST_UNPACKED: u64 = 256 << 20;

/// Unpacks every part once without keeping it, since the sizes that an archive states need not be true.
pub(super) fn check(bytes: &[u8]) -> Result<Kind, Fault> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(Fault::corrupt)?;
    // Photographs in a workbook do not shrink, and are no danger.
    let most = MOST_UNPACKED.max(2 * bytes.len() as u64);
    let mut left = most;
    let (mut kind, mut binary) = (None, false);
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).map_err(Fault::corrupt)?;
        let name = part.name().map_err(Fault::corrupt)?.to_ascii_lowercase();
        match name.as_str() {
            "xl/workbook.xml" => kind = Some(Kind::Xlsx),
            "xl/workbook.bin" => binary = true,
            "content.xml" => kind = kind.or(Some(Kind::Ods)),
            _ => {}
        }
        let read = copy(&mut part.by_ref().take(left + 1), &mut sink()).map_err(Fault::corrupt)?;
        if read > left {
            return Err(Fault::too_big(format!(
                "its {} bytes unpack to more than {} MB",
                bytes.len(),
                most >> 20
            )));
        }
        left -= read;
    }
    match (kind, binary) {
        (Some(kind), _) => Ok(kind),
        (None, true) => Err(Fault::not_a_workbook("a binary workbook (.xlsb)")),
        (None, false) => Err(Fault::not_a_workbook("a zip archive")),
    }
}

/// One part, unpacked. Only after [`check`].
pub(super) fn part(bytes: &[u8], name: &str) -> Result<Vec<u8>, Fault> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(Fault::corrupt)?;
    let mut part = zip.by_name(name).map_err(Fault::corrupt)?;
    let mut content = Vec::new();
    part.read_to_end(&mut content).map_err(Fault::corrupt)?;
    Ok(content)
}

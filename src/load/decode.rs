//! Bytes to text, whatever the encoding.

use super::{Table, TableOptions};
use crate::place::{Finding, RowRef, Severity};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1252};

/// A file's text and how it was read.
pub(super) struct Decoded {
    pub(super) text: String,
    encoding: &'static Encoding,
    stated: bool,
    damaged: bool,
    bom: bool,
}

/// Decodes a file: by its byte order mark, else as the user says, else UTF-8 where it is valid, else
/// by what its bytes look like. A byte that means nothing becomes U+FFFD and is reported.
pub(super) fn decode(
    bytes: Vec<u8>,
    name: &str,
    options: &TableOptions,
) -> Result<Decoded, Box<Finding>> {
    let stated = options.encoding.as_deref();
    let stated = stated.map(|label| labelled(label, name)).transpose()?;
    let mark = Encoding::for_bom(&bytes);
    let encoding = match (mark, stated) {
        (Some((encoding, _)), _) => encoding,
        (None, Some(encoding)) => encoding,
        (None, None) => guess(&bytes),
    };
    let skip = mark.map_or(0, |(_, length)| length);
    if encoding == UTF_8 {
        // No second copy of a big file in the usual case.
        let bytes = if skip == 0 {
            bytes
        } else {
            bytes.get(skip..).unwrap_or_default().to_vec()
        };
        let (text, damaged) = match String::from_utf8(bytes) {
            Ok(text) => (text, false),
            Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), true),
        };
        return Ok(Decoded {
            text,
            encoding,
            stated: stated.is_some(),
            damaged,
            bom: skip > 0,
        });
    }
    let (text, damaged) =
        encoding.decode_without_bom_handling(bytes.get(skip..).unwrap_or_default());
    Ok(Decoded {
        text: text.into_owned(),
        encoding,
        stated: stated.is_some(),
        damaged,
        bom: skip > 0,
    })
}

/// The encoding that a user names.
pub(super) fn labelled(label: &str, name: &str) -> Result<&'static Encoding, Box<Finding>> {
    Encoding::for_label(label.as_bytes()).ok_or_else(|| {
        Finding::new("encoding-unknown", Severity::Error, RowRef::file(name))
            .cause(format!("there is no encoding `{label}`"))
            .action("use a label such as utf-8, windows-1252 or utf-16le, or leave it out")
            .into()
    })
}

/// The encoding of text by what its bytes look like.
pub(super) fn guess(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0) {
        return UTF_8;
    }
    if let Some(encoding) = wide(bytes) {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() || nearly_utf8(bytes) {
        return UTF_8;
    }
    let telling = bytes.iter().filter(|byte| **byte >= 0x80).count();
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    // Pairs of bytes that all mean something are no accident, however few.
    let pairs =
        !guess.is_single_byte() && telling >= 4 && !guess.decode_without_bom_handling(bytes).1;
    // Few single bytes above ASCII tell a statistical detector little; western European text is then by
    // far the likeliest in a register, and the finding says so.
    if pairs {
        guess
    } else if telling < 12 || is_separated(bytes) || guess == WINDOWS_1250 && has_pounds(bytes) {
        WINDOWS_1252
    } else {
        guess
    }
}

/// Whether a byte above ASCII parts the cells: no usual separator stands in the first line, and the byte as often
/// in every line.
fn is_separated(bytes: &[u8]) -> bool {
    let lines: Vec<&[u8]> = bytes
        .split(|byte| matches!(byte, b'\n' | b'\r'))
        .filter(|line| !line.is_empty())
        .take(6)
        .collect();
    let Some(first) = lines.first() else {
        return false;
    };
    let times = |line: &[u8], byte: u8| line.iter().filter(|own| **own == byte).count();
    let usual = [b',', b';', b'\t', b'|']
        .iter()
        .any(|byte| times(first, *byte) > 0);
    !usual
        && lines.len() > 1
        && (0x80..=0xff_u8).any(|byte| {
            let often = times(first, byte);
            often >= 2 && lines.iter().all(|line| times(line, byte) == often)
        })
}

/// Whether pounds stand before figures or in brackets: the byte is a letter of Polish in windows-1250, which
/// stands in neither place.
fn has_pounds(bytes: &[u8]) -> bool {
    let sums = bytes
        .windows(3)
        .filter(|three| matches!(three, [_, 0xA3, b'0'..=b'9'] | [b'(', 0xA3, b')' | b' ']));
    sums.count() > 0
}

/// UTF-16 without its mark: nearly every second byte is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let zeros = |odd: usize| {
        head.iter()
            .skip(odd)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let pairs = head.len() / 2;
    if pairs < 4 {
        None
    } else if zeros(1) * 10 > pairs * 7 && zeros(0) * 10 < pairs {
        Some(UTF_16LE)
    } else if zeros(0) * 10 > pairs * 7 && zeros(1) * 10 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// UTF-8 with a few broken bytes: many good sequences, hardly any bad.
fn nearly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= 5 && bad * 10 < good
}

/// Says which encoding was used, where it was not plain UTF-8, and in which columns it matters.
pub(super) fn report(decoded: &Decoded, table: &Table, findings: &mut Vec<Finding>) {
    if decoded.damaged {
        findings.push(
            Finding::new("encoding-damaged", Severity::Warn, table.whole())
                .cause(format!(
                    "some bytes mean nothing in {}",
                    decoded.encoding.name()
                ))
                .action("they read as \u{fffd}; name the right encoding, or save the file as UTF-8")
                .setting("encoding = \"windows-1252\""),
        );
    }
    if decoded.encoding == UTF_8 || decoded.stated {
        return;
    }
    let marked = if decoded.bom {
        "by its byte order mark"
    } else {
        "by its bytes"
    };
    let mut finding = Finding::new("encoding", Severity::Warn, table.whole())
        .cause(format!("not UTF-8: recognised as {} {marked}", decoded.encoding.name()))
        .action("check that names with accents, dashes and pound signs read right; the line below settles it")
        .setting(format!(
            "encoding = \"{}\"",
            decoded.encoding.name().to_lowercase()
        ));
    let beyond: Vec<&str> = table
        .header
        .iter()
        .enumerate()
        .filter(|(column, name)| {
            !name.is_ascii()
                || table
                    .records
                    .iter()
                    .any(|record| !record.cell(*column).is_ascii())
        })
        .map(|(_, name)| name.as_str())
        .take(10)
        .collect();
    if !beyond.is_empty() {
        finding = finding.column(beyond.join(";"));
    }
    findings.push(finding);
}

#[cfg(test)]
mod tests {
    use super::guess;
    use encoding_rs::{SHIFT_JIS, WINDOWS_1250, WINDOWS_1252};

    #[test]
    fn pounds_before_figures_are_no_letters_of_polish() {
        let rows = "C1,Civic Centre,£85,000,£265,000.00\nC2,Library,£21,500,£78,400\n".repeat(20);
        let british = format!("Barchester District Council – Property Asset Register,,,\n\n{rows}");
        let (bytes, ..) = WINDOWS_1252.encode(&british);
        assert_eq!(guess(&bytes), WINDOWS_1252);
        let rows =
            "1,Urząd Miejski w Łodzi,ul. Piotrkowska,Łódź\n2,Świetlica,Żółkiewskiego,Kraków\n";
        let polish = format!("id,name,street,town\n{}", rows.repeat(9));
        let (bytes, ..) = WINDOWS_1250.encode(&polish);
        assert_eq!(guess(&bytes), WINDOWS_1250);
    }

    #[test]
    fn headings_with_many_accents_are_no_separators() {
        let rows = "1;Urząd Miejski w Łodzi;ul. Piotrkowska;Łódź;własność\n2;Świetlica;Żółkiewskiego;Kraków;najem\n";
        let polish = format!(
            "Lp.;Nazwa obiektu;Ulica;Miejscowość;Forma władania;Powierzchnia użytkowa\n{rows}"
        );
        let (bytes, ..) = WINDOWS_1250.encode(&polish);
        assert_eq!(guess(&bytes), WINDOWS_1250);
    }

    #[test]
    fn japanese_in_pairs_of_bytes_is_recognised() {
        let text = "ID,名称,所在地,緯度,経度,延床面積\n1,川越市役所,埼玉県川越市元町1-3-1,35.9251,139.4858,16900.5\n2,中央図書館,埼玉県川越市三久保町2-9,35.9215,139.4900,4650\n";
        let (bytes, ..) = SHIFT_JIS.encode(text);
        assert_eq!(guess(&bytes), SHIFT_JIS);
    }
}

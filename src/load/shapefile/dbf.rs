//! The rows of a shapefile (`.dbf`): cells of fixed width, which are text.

use super::corrupt;
use super::files::Parts;
use crate::load::{TableOptions, decode, headers};
use crate::place::{Finding, RowRef, Severity};
use encoding_rs::{Encoding, UTF_8};
use std::slice::ChunksExact;

/// The rows, not yet cut into cells.
pub(super) struct Rows<'a> {
    pub(super) header: Vec<String>,
    fields: Vec<Field>,
    rows: ChunksExact<'a, u8>,
    encoding: &'static Encoding,
}

/// A column: where its cells stand in a row.
struct Field {
    kind: u8,
    from: usize,
    to: usize,
}

/// Bytes of the header before the columns, and of each column.
const HEADER: usize = 32;
const HEADER_OF_A_FIELD: usize = 32;

/// Reads the columns of a table and finds its rows.
pub(super) fn read<'a>(
    parts: &'a Parts,
    options: &TableOptions,
    findings: &mut Vec<Finding>,
) -> Result<Rows<'a>, Box<Finding>> {
    let refuse = |why: &str| corrupt(&parts.name, ".dbf", why);
    let bytes = parts.dbf.as_slice();
    let layout = Layout::of(bytes).ok_or_else(|| refuse("its header is cut off"))?;
    let data = bytes.get(layout.header..).unwrap_or_default();
    let most = layout.rows.saturating_mul(layout.row).min(data.len());
    let rows = data
        .get(..most)
        .unwrap_or_default()
        .chunks_exact(layout.row);
    if rows.len() < layout.rows {
        return Err(refuse(&format!("row {} is cut off", rows.len() + 1)));
    }
    let (mut names, mut fields, mut from) = (Vec::new(), Vec::new(), 1);
    let end = layout.header.min(bytes.len());
    let descriptors = bytes.get(HEADER..end).unwrap_or_default();
    for field in descriptors.chunks_exact(HEADER_OF_A_FIELD) {
        if field.first() == Some(&0x0d) {
            break;
        }
        let (name, kind, width) = (field.get(..11), field.get(11), field.get(16));
        let (Some(name), Some(kind), Some(width)) = (name, kind, width) else {
            return Err(refuse("its header is cut off"));
        };
        let to = from + usize::from(*width);
        if to > layout.row {
            return Err(refuse("its columns are wider than its rows"));
        }
        names.push(name.split(|byte| *byte == 0).next().unwrap_or_default());
        fields.push(Field {
            kind: *kind,
            from,
            to,
        });
        from = to;
    }
    let encoding = encoding(parts, options, &names, (&fields, &rows), findings)?;
    let raw = names.iter().map(|name| text(encoding, name)).collect();
    let header = headers::name_columns(raw, &RowRef::file(&parts.name), findings);
    Ok(Rows {
        header,
        fields,
        rows,
        encoding,
    })
}

/// What the first bytes say of the table.
struct Layout {
    rows: usize,
    header: usize,
    row: usize,
}

impl Layout {
    fn of(bytes: &[u8]) -> Option<Self> {
        let rows = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?);
        let short = |from: usize| {
            Some(u16::from_le_bytes(
                bytes.get(from..from + 2)?.try_into().ok()?,
            ))
        };
        let layout = Self {
            rows: usize::try_from(rows).ok()?,
            header: usize::from(short(8)?),
            row: usize::from(short(10)?),
        };
        (layout.row > 0 && layout.header <= bytes.len()).then_some(layout)
    }
}

impl Rows<'_> {
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The cells of each row; `None` where it is deleted.
    pub(super) fn iter(&self) -> impl Iterator<Item = Option<Vec<String>>> {
        self.rows.clone().map(|row| {
            let cells = self.fields.iter();
            (row.first() != Some(&b'*')).then(|| cells.map(|field| self.cell(row, field)).collect())
        })
    }

    fn cell(&self, row: &[u8], field: &Field) -> String {
        let bytes = row.get(field.from..field.to).unwrap_or_default();
        let text = text(self.encoding, bytes);
        match field.kind {
            // A number too wide for its column is written in stars.
            b'N' | b'F' if text.bytes().all(|byte| byte == b'*') => String::new(),
            b'N' | b'F' => without_noughts(text),
            b'D' => day(&text),
            b'L' => match text.as_str() {
                "T" | "t" | "Y" | "y" => "true".to_owned(),
                "F" | "f" | "N" | "n" => "false".to_owned(),
                _ => String::new(),
            },
            b'I' | b'+' => bytes
                .try_into()
                .map_or(text, |bytes| i32::from_le_bytes(bytes).to_string()),
            b'O' | b'B' if bytes.len() == 8 => {
                let number = bytes.try_into().map_or(f64::NAN, f64::from_le_bytes);
                if number.is_finite() {
                    number.to_string()
                } else {
                    String::new()
                }
            }
            _ => text,
        }
    }
}

/// `28801.000000` as `28801`: what is an id is written with the decimals that its column has.
fn without_noughts(text: String) -> String {
    let plain = text.contains('.')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b".-+".contains(&byte));
    match plain {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// `20260401` as `2026-04-01`; nothing of what is blank or all noughts.
fn day(text: &str) -> String {
    match (text.get(..4), text.get(4..6), text.get(6..8)) {
        (Some("0000"), ..) => String::new(),
        (Some(year), Some(month), Some(day)) if text.len() == 8 => format!("{year}-{month}-{day}"),
        _ => text.to_owned(),
    }
}

/// The text of a cell, without the blanks that fill it up, and without half a letter where it was cut to fit.
fn text(encoding: &'static Encoding, bytes: &[u8]) -> String {
    let filled = bytes
        .iter()
        .position(|byte| *byte == 0)
        .unwrap_or(bytes.len());
    let bytes = bytes.get(..filled).unwrap_or_default();
    decoded(encoding, bytes)
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> String {
    let text = encoding.decode_without_bom_handling(bytes).0;
    text.trim_end()
        .trim_end_matches('\u{fffd}')
        .trim()
        .to_owned()
}

/// The encoding: as the user says, else as the `.cpg` does, else UTF-8 where all text is that, else as a byte of the
/// header says, which programs seldom set, else by what the text looks like.
fn encoding(
    parts: &Parts,
    options: &TableOptions,
    names: &[&[u8]],
    (fields, rows): (&[Field], &ChunksExact<'_, u8>),
    findings: &mut Vec<Finding>,
) -> Result<&'static Encoding, Box<Finding>> {
    if let Some(label) = &options.encoding {
        return decode::labelled(label, &parts.name);
    }
    let words: Vec<&Field> = fields.iter().filter(|field| field.kind == b'C').collect();
    let cells = |row: &'_ [u8]| {
        words
            .iter()
            .filter_map(|field| row.get(field.from..field.to))
            .map(<[u8]>::to_vec)
            .collect::<Vec<_>>()
    };
    let told = || {
        let cells = rows.clone().filter(|row| !row.is_ascii()).flat_map(cells);
        let names = names.iter().map(|name| name.to_vec());
        names.chain(cells).filter(|text| !text.is_ascii())
    };
    let Some(_) = told().next() else {
        return Ok(UTF_8);
    };
    let fits = |encoding: &&'static Encoding| {
        told().all(|text| !decoded(encoding, &text).contains('\u{fffd}'))
    };
    let stated = parts.encoding().as_deref().and_then(of_label);
    if let Some(stated) = stated.filter(fits) {
        return Ok(stated);
    }
    let text: Vec<u8> = told()
        .flat_map(|text| text.into_iter().chain([b'\n']))
        .collect();
    let guess = decode::guess(&text);
    let page = parts.dbf.get(29).copied().and_then(of_page);
    if let Some(known) = page.filter(|known| guess != UTF_8 && fits(known)) {
        return Ok(known);
    }
    if guess != UTF_8 {
        findings.push(
            Finding::new("encoding", Severity::Warn, RowRef::file(&parts.name))
                .cause(format!(
                    "no .cpg says how letters are written: recognised as {} by its bytes",
                    guess.name()
                ))
                .action("check that names with accents read right; the line below settles it")
                .setting(format!("encoding = \"{}\"", guess.name().to_lowercase())),
        );
    }
    Ok(guess)
}

/// The encoding of a `.cpg`: `UTF-8`, `1252`, `ANSI 1252`, `88591`.
fn of_label(label: &str) -> Option<&'static Encoding> {
    let lower = label.trim().to_lowercase();
    let digits: String = lower.chars().filter(char::is_ascii_digit).collect();
    Encoding::for_label(lower.as_bytes()).or_else(|| match digits.as_str() {
        "65001" => Some(UTF_8),
        "932" => Encoding::for_label(b"shift_jis"),
        "936" => Encoding::for_label(b"gbk"),
        "949" => Encoding::for_label(b"euc-kr"),
        "950" => Encoding::for_label(b"big5"),
        "874" | "866" => Encoding::for_label(format!("cp{digits}").as_bytes())
            .or_else(|| Encoding::for_label(format!("ibm{digits}").as_bytes())),
        other => match other.strip_prefix("8859") {
            Some(part) => Encoding::for_label(format!("iso-8859-{part}").as_bytes()),
            None => Encoding::for_label(format!("windows-{other}").as_bytes()),
        },
    })
}

/// The encoding of the byte in a header that names one; `None` of those that nothing can be told of.
fn of_page(page: u8) -> Option<&'static Encoding> {
    let label = match page {
        0x03 | 0x57..=0x59 => "windows-1252",
        0x26 | 0x65 => "ibm866",
        0x4d | 0x7a => "gbk",
        0x4e | 0x79 => "euc-kr",
        0x4f | 0x78 => "big5",
        0x13 | 0x7b => "shift_jis",
        0x7c => "windows-874",
        0xc8 => "windows-1250",
        0xc9 => "windows-1251",
        0xca => "windows-1254",
        0xcb => "windows-1253",
        0xcc => "windows-1257",
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

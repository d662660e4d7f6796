//! The shapes of a shapefile (`.shp`), each as an ArcGIS geometry, which one reader then judges.
//!
//! ESRI Shapefile Technical Description, July 1998.

use serde_json::{Value, json};

/// Bytes before the first record, and before the content of each.
const HEADER: usize = 100;
const HEADER_OF_A_RECORD: usize = 8;

/// Every record in turn: null where it is empty, without a type where it cannot be read. Where the file breaks off,
/// the last one says so.
pub(super) fn records(bytes: &[u8]) -> impl Iterator<Item = Result<Value, String>> {
    let mut rest = bytes.get(HEADER..);
    let mut number = 0_usize;
    std::iter::from_fn(move || {
        let Some(left) = rest else {
            rest = Some(&[]);
            return Some(Err("its header is cut off".to_owned()));
        };
        if left.is_empty() {
            return None;
        }
        number += 1;
        let Some(content) = content(left) else {
            rest = Some(&[]);
            return Some(Err(format!("shape {number} is cut off")));
        };
        rest = Some(
            left.get(HEADER_OF_A_RECORD + content.len()..)
                .unwrap_or_default(),
        );
        Some(Ok(
            shape(content).unwrap_or_else(|| json!({"type": "unreadable"}))
        ))
    })
}

/// The content of the record at the beginning of what is left.
fn content(left: &[u8]) -> Option<&[u8]> {
    let words = u32::from_be_bytes(left.get(4..HEADER_OF_A_RECORD)?.try_into().ok()?);
    // Of two bytes.
    let length = usize::try_from(words).ok()?.checked_mul(2)?;
    left.get(HEADER_OF_A_RECORD..HEADER_OF_A_RECORD.checked_add(length)?)
}

fn shape(content: &[u8]) -> Option<Value> {
    // Points with heights or measures begin as the plain ones do.
    match whole(content, 0)? {
        0 => Some(Value::Null),
        1 | 11 | 21 => {
            let [x, y] = position(content, 4)?;
            Some(json!({"x": x, "y": y}))
        }
        8 | 18 | 28 => {
            let points = positions(content, 40, whole(content, 36)?)?;
            Some(json!({"type": "MultiPoint", "coordinates": points}))
        }
        3 | 13 | 23 => Some(json!({"paths": parts(content)?})),
        5 | 15 | 25 => Some(json!({"rings": parts(content)?})),
        _ => None,
    }
}

/// The rings or paths of a shape of several parts.
fn parts(content: &[u8]) -> Option<Vec<Value>> {
    let (count, points) = (whole(content, 36)?, whole(content, 40)?);
    let from = 44_usize.checked_add(count.checked_mul(4)?)?;
    let points = positions(content, from, points)?;
    let starts = (0..count).map(|part| whole(content, 44 + 4 * part));
    let mut starts = starts.collect::<Option<Vec<usize>>>()?;
    starts.push(points.len());
    let part = |pair: &[usize]| match *pair {
        [from, to] => points.get(from..to).map(|part| json!(part)),
        _ => None,
    };
    starts.windows(2).map(part).collect()
}

fn positions(content: &[u8], from: usize, count: usize) -> Option<Vec<[f64; 2]>> {
    let to = from.checked_add(count.checked_mul(16)?)?;
    let points = content.get(from..to)?.chunks_exact(16);
    points.map(|point| position(point, 0)).collect()
}

fn position(content: &[u8], from: usize) -> Option<[f64; 2]> {
    Some([number(content, from)?, number(content, from + 8)?])
}

fn number(content: &[u8], from: usize) -> Option<f64> {
    let bytes = content.get(from..from + 8)?;
    Some(f64::from_le_bytes(bytes.try_into().ok()?))
}

fn whole(content: &[u8], from: usize) -> Option<usize> {
    let bytes = content.get(from..from + 4)?;
    usize::try_from(u32::from_le_bytes(bytes.try_into().ok()?)).ok()
}

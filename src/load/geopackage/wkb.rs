//! The shapes of a GeoPackage (a header and well-known binary) as GeoJSON, which one reader then judges.

use serde_json::{Value, json};

/// Collections may nest; not for ever.
const DEEPEST: usize = 16;

/// The shape of a blob; `None` where it is no shape or breaks off, null where it is empty.
pub(super) fn to_geojson(blob: &[u8]) -> Option<Value> {
    let (magic, flags) = (blob.get(..2)?, *blob.get(3)?);
    if magic != b"GP" {
        return None;
    }
    let envelope = match (flags >> 1) & 7 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        _ => return None,
    };
    let mut bytes = Bytes {
        rest: blob.get(8 + envelope..)?,
    };
    bytes.shape(0)
}

struct Bytes<'a> {
    rest: &'a [u8],
}

/// How the numbers of one shape are written.
#[derive(Clone, Copy)]
struct Form {
    little: bool,
    /// Numbers of a position: 2, 3 or 4.
    numbers: usize,
}

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.rest.split_first_chunk::<N>()?;
        self.rest = rest;
        Some(*taken)
    }

    fn whole(&mut self, little: bool) -> Option<u32> {
        let bytes = self.take()?;
        Some(match little {
            true => u32::from_le_bytes(bytes),
            false => u32::from_be_bytes(bytes),
        })
    }

    fn number(&mut self, little: bool) -> Option<f64> {
        let bytes = self.take()?;
        Some(match little {
            true => f64::from_le_bytes(bytes),
            false => f64::from_be_bytes(bytes),
        })
    }

    /// How many things of so many bytes at least follow; `None` where that many cannot.
    fn count(&mut self, little: bool, bytes_of_one: usize) -> Option<usize> {
        let count = usize::try_from(self.whole(little)?).ok()?;
        (count.checked_mul(bytes_of_one)? <= self.rest.len()).then_some(count)
    }

    fn shape(&mut self, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        let little = match self.take::<1>()? {
            [0] => false,
            [1] => true,
            _ => return None,
        };
        let code = self.whole(little)?;
        // Heights are told by thousands (ISO) or by the highest bits (PostGIS).
        if code & 0x2000_0000 != 0 {
            self.whole(little)?;
        }
        let bits = (code >> 30).count_ones() as usize;
        let code = code & 0x0fff_ffff;
        let more = match code / 1_000 {
            0 => bits,
            1 | 2 => 1,
            3 => 2,
            _ => return None,
        };
        let form = Form {
            little,
            numbers: 2 + more,
        };
        match code % 1_000 {
            1 => Some(match self.position(form)? {
                Some(position) => json!({"type": "Point", "coordinates": position}),
                None => json!({"type": "Point", "coordinates": []}),
            }),
            2 => Some(json!({"type": "LineString", "coordinates": self.line(form)?})),
            3 => Some(json!({"type": "Polygon", "coordinates": self.rings(form)?})),
            kind @ 4..=6 => {
                let name = ["MultiPoint", "MultiLineString", "MultiPolygon"][kind as usize - 4];
                let mut parts = self.parts(little, depth)?;
                let inner = parts.iter_mut().map(|part| part["coordinates"].take());
                Some(json!({"type": name, "coordinates": inner.collect::<Vec<_>>()}))
            }
            7 => {
                let parts = self.parts(little, depth)?;
                Some(json!({"type": "GeometryCollection", "geometries": parts}))
            }
            // Curves.
            _ => None,
        }
    }

    fn parts(&mut self, little: bool, depth: usize) -> Option<Vec<Value>> {
        let count = self.count(little, 5)?;
        (0..count).map(|_| self.shape(depth + 1)).collect()
    }

    fn rings(&mut self, form: Form) -> Option<Vec<Value>> {
        let count = self.count(form.little, 4)?;
        (0..count).map(|_| self.line(form)).collect()
    }

    fn line(&mut self, form: Form) -> Option<Value> {
        let count = self.count(form.little, 8 * form.numbers)?;
        let positions: Option<Vec<Value>> = (0..count)
            .map(|_| Some(self.position(form)?.unwrap_or(Value::Null)))
            .collect();
        positions.map(Value::Array)
    }

    /// A position without its height; `Some(None)` where it is blank, as empty points are written.
    fn position(&mut self, form: Form) -> Option<Option<Value>> {
        let (x, y) = (self.number(form.little)?, self.number(form.little)?);
        for _ in 2..form.numbers {
            self.number(form.little)?;
        }
        let finite = x.is_finite() && y.is_finite();
        Some(finite.then(|| json!([x, y])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blob(shape: &[u8]) -> Vec<u8> {
        [b"GP\x00\x01".as_slice(), &27_700_i32.to_le_bytes(), shape].concat()
    }

    fn point(code: u32, numbers: &[f64]) -> Vec<u8> {
        let mut bytes = vec![1];
        bytes.extend(code.to_le_bytes());
        numbers.iter().for_each(|n| bytes.extend(n.to_le_bytes()));
        bytes
    }

    #[test]
    fn points_are_read_whatever_height_they_carry() {
        for (code, numbers) in [
            (1_u32, [1.0, 2.0].as_slice()),
            (1_001, &[1.0, 2.0, 9.0]),
            (3_001, &[1.0, 2.0, 9.0, 9.0]),
            (0x8000_0001, &[1.0, 2.0, 9.0]),
        ] {
            let shape = to_geojson(&blob(&point(code, numbers)));
            assert_eq!(
                shape,
                Some(json!({"type": "Point", "coordinates": [1.0, 2.0]})),
                "{code}"
            );
        }
        let empty = to_geojson(&blob(&point(1, &[f64::NAN, f64::NAN])));
        assert_eq!(empty, Some(json!({"type": "Point", "coordinates": []})));
    }

    #[test]
    fn a_polygon_that_says_it_has_four_thousand_million_points_is_no_polygon() {
        let mut bytes = vec![1];
        bytes.extend(3_u32.to_le_bytes());
        bytes.extend(1_u32.to_le_bytes());
        bytes.extend(u32::MAX.to_le_bytes());
        assert_eq!(to_geojson(&blob(&bytes)), None);
    }

    #[test]
    fn a_shape_cut_off_anywhere_is_no_shape() {
        let mut bytes = vec![1];
        bytes.extend(5_u32.to_le_bytes());
        bytes.extend(1_u32.to_le_bytes());
        bytes.push(1);
        bytes.extend(2_u32.to_le_bytes());
        bytes.extend(2_u32.to_le_bytes());
        for number in [0.0_f64, 0.0, 3.0, 4.0] {
            bytes.extend(number.to_le_bytes());
        }
        let whole = blob(&bytes);
        assert_eq!(
            to_geojson(&whole),
            Some(json!({"type": "MultiLineString", "coordinates": [[[0.0, 0.0], [3.0, 4.0]]]}))
        );
        for cut in 0..whole.len() {
            assert_eq!(to_geojson(&whole[..cut]), None, "{cut}");
        }
    }
}

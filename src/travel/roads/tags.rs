//! The tags of one way or node.

/// Kilometres of a mile.
const MILE: f64 = 1.609_344;

/// Keys and values.
pub(super) struct Tags<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Tags<'a> {
    /// Keeps what is given.
    pub(super) fn new(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        Self(pairs.collect())
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&'a str> {
        self.0
            .iter()
            .find(|(k, _)| *k == key)
            .map(|(_, value)| *value)
    }

    /// Whether a key has this value.
    pub(super) fn is(&self, key: &str, value: &str) -> bool {
        self.get(key) == Some(value)
    }

    /// The limit for cars, km/h; `None` where none is stated or it cannot be read.
    pub(super) fn speed_limit(&self) -> Option<f64> {
        let limit = self.get("maxspeed")?;
        // `GB:nsl_single` and the like: the law's own words.
        let law = limit.rsplit(':').next().unwrap_or(limit);
        match law {
            "nsl_single" | "national" => return Some(60.0 * MILE),
            "nsl_dual" | "motorway" => return Some(70.0 * MILE),
            "nsl_restricted" => return Some(30.0 * MILE),
            "walk" | "living_street" => return Some(7.0),
            "urban" => return Some(50.0),
            _ => {}
        }
        // Several limits, such as `50;30`: the first.
        let first = limit.split(';').next().unwrap_or(limit).trim();
        let digits = first.find(|c: char| !(c.is_ascii_digit() || c == '.'));
        let (number, unit) = first.split_at(digits.unwrap_or(first.len()));
        let number: f64 = number.parse().ok()?;
        let kmh = match unit.trim() {
            "" | "km/h" | "kmh" | "kph" => number,
            "mph" => number * MILE,
            "knots" => number * 1.852,
            _ => return None,
        };
        (kmh > 0.0 && kmh <= 200.0).then_some(kmh)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(text: &str) -> Option<f64> {
        Tags::new([("maxspeed", text)].into_iter()).speed_limit()
    }

    #[test]
    fn limits_are_read_as_people_write_them() {
        assert_eq!(limit("50"), Some(50.0));
        assert_eq!(limit("50 km/h"), Some(50.0));
        assert_eq!(limit("30 mph"), Some(30.0 * MILE));
        assert_eq!(limit("30mph"), Some(30.0 * MILE));
        assert_eq!(limit("GB:nsl_single"), Some(60.0 * MILE));
        assert_eq!(limit("50;30"), Some(50.0));
    }

    #[test]
    fn what_is_no_limit_is_none() {
        for text in ["none", "signals", "", "-5", "9999", "fast"] {
            assert_eq!(limit(text), None, "{text}");
        }
    }
}

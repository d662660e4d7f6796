//! The order in which people count: 1, 2, 10.

use super::Place;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Compares two names as people do: runs of digits by their number, all else letter by letter.
///
/// ```
/// use oneroof::place::natural;
/// let mut deciles = ["imd=10", "imd=2", "imd=1"];
/// deciles.sort_by(|a, b| natural(a, b));
/// assert_eq!(deciles, ["imd=1", "imd=2", "imd=10"]);
/// ```
pub fn natural(a: &str, b: &str) -> Ordering {
    let (mut own, mut other) = (a, b);
    while let (Some(x), Some(y)) = (own.chars().next(), other.chars().next()) {
        let order = if x.is_ascii_digit() && y.is_ascii_digit() {
            let ((m, rest), (n, others)) = (number(own), number(other));
            (own, other) = (rest, others);
            m.len().cmp(&n.len()).then_with(|| m.cmp(n))
        } else {
            (own, other) = (&own[x.len_utf8()..], &other[y.len_utf8()..]);
            x.cmp(&y)
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    // `01` and `1` are the same number and different names.
    own.len().cmp(&other.len()).then_with(|| a.cmp(b))
}

/// The digits that a text begins with, without leading zeros, and what follows.
fn number(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit());
    let (digits, rest) = text.split_at(end.unwrap_or(text.len()));
    (digits.trim_start_matches('0'), rest)
}

impl Place {
    /// The groups that its zones have, in the order in which people count.
    pub fn group_names(&self) -> Vec<&str> {
        let all = self.zones.iter().flat_map(|zone| zone.groups.keys());
        let all: BTreeSet<&str> = all.map(String::as_str).collect();
        let mut all: Vec<&str> = all.into_iter().collect();
        all.sort_by(|a, b| natural(a, b));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_within_names_count_as_numbers() {
        let mut names = ["x10", "x9a", "y", "x9", "x010", "x1.5", "x1.25", "x"];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(
            names,
            ["x", "x1.5", "x1.25", "x9", "x9a", "x010", "x10", "y"]
        );
    }

    proptest! {
        #[test]
        fn it_is_an_order(a in "[a1-30é]{0,5}", b in "[a1-30é]{0,5}", c in "[a1-30é]{0,5}") {
            prop_assert_eq!(natural(&a, &b), natural(&b, &a).reverse());
            prop_assert_eq!(natural(&a, &b) == Ordering::Equal, a == b);
            if natural(&a, &b).is_le() && natural(&b, &c).is_le() {
                prop_assert!(natural(&a, &c).is_le());
            }
        }
    }
}

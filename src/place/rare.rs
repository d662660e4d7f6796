//! Values that few records have.

use super::{Energy, Flag, Hours, Lease, ReceiptTerms};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::{Deref, DerefMut};

/// A value that most records leave at its default, such as the terms of a lease of a building that
/// is owned: it reads and changes as the value itself, and takes room only where it differs. A
/// register of a million rows would otherwise be mostly blanks.
#[derive(Clone)]
pub struct Rare<T>(Option<Box<T>>);

/// A type whose default value never changes, so that every record without one can share it.
pub trait Usual: Default + PartialEq + 'static {
    /// The default, shared.
    fn usual() -> &'static Self;
}

impl<T> Default for Rare<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Usual> From<T> for Rare<T> {
    fn from(value: T) -> Self {
        Self((value != *T::usual()).then(|| Box::new(value)))
    }
}

impl<T: Usual> Deref for Rare<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match &self.0 {
            Some(value) => value,
            None => T::usual(),
        }
    }
}

impl<T: Usual> DerefMut for Rare<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

impl<T: Usual> PartialEq for Rare<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Usual + fmt::Debug> fmt::Debug for Rare<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<'a, T: Usual> IntoIterator for &'a Rare<T>
where
    &'a T: IntoIterator,
{
    type Item = <&'a T as IntoIterator>::Item;
    type IntoIter = <&'a T as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        (**self).into_iter()
    }
}

macro_rules! usual {
    ($($type:ty = $value:expr;)*) => {
        $(impl Usual for $type {
            fn usual() -> &'static Self {
                static USUAL: $type = $value;
                &USUAL
            }
        })*
    };
}

usual! {
    Lease = Lease {
        start: None,
        expiry: None,
        breaks: Vec::new(),
        notice_months: None,
        break_penalty: super::Gbp::ZERO,
        surrender: None,
        may_sublet: None,
        repair: None,
        review: None,
    };
    Hours = Hours {
        per_week: None,
        evening_or_weekend: None,
        all_day: None,
    };
    Energy = Energy {
        tco2e: None,
        liability: None,
    };
    ReceiptTerms = ReceiptTerms {
        overage: None,
        clawback: None,
        clawback_until: None,
        fence: None,
    };
    BTreeSet<Flag> = BTreeSet::new();
    BTreeSet<String> = BTreeSet::new();
    BTreeMap<String, f64> = BTreeMap::new();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rare_value_reads_as_its_default_until_it_is_changed_and_takes_room_only_then() {
        let mut lease = Rare::<Lease>::default();
        assert_eq!(*lease, Lease::default());
        assert!(Rare::from(Lease::default()).0.is_none());
        lease.may_sublet = Some(true);
        assert_eq!(lease.may_sublet, Some(true));
        assert_ne!(lease, Rare::default());
        lease.may_sublet = None;
        assert_eq!(
            lease,
            Rare::default(),
            "what it says counts, not how it is kept"
        );
    }

    #[test]
    fn the_shared_defaults_are_the_defaults() {
        assert_eq!(*Lease::usual(), Lease::default());
        assert_eq!(*Hours::usual(), Hours::default());
    }
}

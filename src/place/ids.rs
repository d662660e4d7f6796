//! Names of things: ids are text, positions are numbers, and neither is ever mistaken for the other.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(from = "String", into = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// Wraps the text of an id, as it stands in the user's file.
            pub fn new(text: impl Into<Arc<str>>) -> Self {
                Self(text.into())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.as_str().to_owned()
            }
        }

        impl From<Arc<str>> for $name {
            fn from(text: Arc<str>) -> Self {
                Self(text)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

macro_rules! position {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The position `index` of its vector in the [`Place`](crate::place::Place).
            ///
            /// # Panics
            /// Above `u32::MAX`: no register has four billion rows.
            pub fn new(index: usize) -> Self {
                Self(u32::try_from(index).expect("fewer than four billion records"))
            }

            /// The position as a vector index.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id!(
    /// An agency's id, as named in `place.toml`.
    AgencyId
);
id!(
    /// A building's `asset_id`: the register's own where unique in the place, else `agency/id`.
    BuildingId
);
id!(
    /// An occupier's id, unique in the place.
    OccupierId
);
id!(
    /// A service's id, such as `library`.
    ServiceId
);
id!(
    /// A zone's id, such as an LSOA code.
    ZoneId
);
id!(
    /// An access rule's id, such as `library.two_miles`.
    RuleId
);
id!(
    /// A site's (campus's) id.
    SiteId
);

position!(
    /// Where an [`Agency`](crate::place::Agency) stands in [`Place::agencies`](crate::place::Place).
    AgencyIx
);
position!(
    /// Where a [`Building`](crate::place::Building) stands in [`Place::buildings`](crate::place::Place).
    BuildingIx
);
position!(
    /// Where an [`Occupier`](crate::place::Occupier) stands in [`Place::occupiers`](crate::place::Place).
    OccupierIx
);
position!(
    /// Where an [`AccessPoint`](crate::place::AccessPoint) stands in [`Place::points`](crate::place::Place).
    PointIx
);
position!(
    /// Where a [`Service`](crate::place::Service) stands in [`Place::services`](crate::place::Place).
    ServiceIx
);
position!(
    /// Where a [`Zone`](crate::place::Zone) stands in [`Place::zones`](crate::place::Place).
    ZoneIx
);
position!(
    /// Where a [`Site`](crate::place::Site) stands in [`Place::sites`](crate::place::Place).
    SiteIx
);

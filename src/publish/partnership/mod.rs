//! A partnership as files: the whole of it for programs, three tables, a chart, and a page in plain words.

mod chart;
mod folder;
mod page;
mod seen;
mod tables;

pub(super) use chart::{Shown as ShownPartnership, draw as partnership_chart};
pub use folder::{
    PartnershipEdition, kept_before, may_publish_partnership, publish_partnership, save_kept,
};

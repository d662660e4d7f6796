//! # From a plan to files
//!
//! An [`Edition`] is one printing of a plan for one [`Audience`]: the place, the plan, and what was
//! noticed on the way. [`publish`] writes it as a folder that people can open in a browser, a
//! spreadsheet and a GIS; [`publish_check`] writes what `check` found, without a plan, and
//! [`publish_located`] the answer to a location question, and [`publish_partnership`] what a partnership is worth.
//!
//! * Every file has one exporter: an issue in, pages (path and bytes) out. Exporters open no file.
//! * A record is a list of named cells. One table in `audience.rs` says which names the public may
//!   see; a cell that an audience may not see is empty in every file it would stand in.
//! * Pictures are drawn once, as SVG; the PNG is that SVG. Maps and charts share one style. [`publish_drawn`]
//!   draws them again for print, in grey, at another size, with those that a plan folder leaves out.
//! * The folder is complete on disk before it takes the place of the old one.

mod about;
mod access_change;
mod again;
mod agency_money;
mod audience;
mod beside;
mod carry;
mod cell;
mod charts;
mod check;
mod column_list;
mod compared;
mod csv_file;
mod draw;
mod drawn;
mod edition;
mod error;
mod explanations;
mod exporter;
mod fields;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod fixture_town;
mod folder;
mod frontier;
mod geojson;
mod geopackage;
mod in_years;
mod json;
mod layers;
mod located;
mod maps;
mod options;
mod partnership;
mod pictures;
#[cfg(test)]
mod pictures_tests;
mod qml;
mod report;
mod rewritten;
mod scored;
mod tables;
#[cfg(test)]
mod tests;
mod travelled;
mod words;
mod workbook;

pub use again::{has_report_for, publish_report};
pub use audience::{Audience, UnknownAudience};
pub use beside::{
    Beside, Changed, alternative, alternatives_summary, apart, changes, publish_beside,
};
pub use check::{CheckEdition, publish_check};
pub use compared::{ComparedEdition, may_publish_compared, publish_compared};
pub use csv_file::{guard_text, unguard_text};
pub use drawn::{DrawnEdition, Variant, may_publish_drawn, publish_drawn};
pub use edition::{Edition, may_publish, publish};
pub use error::PublishError;
pub use explanations::publish_explanations;
pub use exporter::{Format, UnknownFormat};
pub use frontier::{FrontierEdition, may_publish_frontier, publish_frontier};
pub use located::{LocatedEdition, Places, may_publish_located, publish_located};
pub use options::{OptionsEdition, PEOPLE_FURTHER, may_publish_options, publish_options};
pub use partnership::{
    PartnershipEdition, kept_before, may_publish_partnership, publish_partnership, save_kept,
};
pub use rewritten::{FolderChecked, check_folder, unknown_keys};
pub use travelled::{
    TravelledEdition, TravelledMode, TravelledTransit, may_publish_travelled, publish_travelled,
};

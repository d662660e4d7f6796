//! One file per verb: what was meant, done in order.

mod access_table;
mod again;
mod appraise;
mod check;
mod compare;
mod completions;
mod demo;
mod explain;
mod finish;
mod frontier;
mod how_sure;
mod in_years;
mod locate;
mod made_from;
mod man;
mod map;
mod new;
mod open;
mod options;
mod packs;
mod partnership;
mod plan;
mod report;
mod run;
mod schema;
mod series;
mod siting;
mod siting_file;
mod summary;
mod travel;
mod verify;
mod verify_answer;

pub use run::run;

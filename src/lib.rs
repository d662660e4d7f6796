//! Plans which public services share which buildings, which buildings are let go, and proves what
//! it says.
//!
//! Everything the `oneroof` program does is here to be called. Data flows one way, through rooms; a
//! room uses only those above it:
//!
//! | room | what it holds |
//! |---|---|
//! | [`place`] | what is there today: agencies, buildings, occupiers, services, zones, rules, money values |
//! | [`travel`] | how far: a spatial index, straight lines, roads and paths, timetables, a user's own matrices |
//! | [`access`] | who can reach what, today and under an arrangement |
//! | [`siting`] | the optimiser: a problem of sites, items and covers, for no place in particular |
//! | [`plan`] | from a place to a siting problem and back to a [`Plan`](plan::Plan); money; the verifier |
//! | [`partnership`] | what each group of agencies could save, and how to share it |
//! | [`compare`] | two plans of one place side by side |
//! | [`explain`] | why a building, a team or a limit is as it is in a plan, and what the opposite costs |
//! | [`options`] | what could be done, side by side: nothing, each agency alone, people's own options, ours |
//! | [`frontier`] | the curve between saving and access, each point a plan |
//! | [`load`] | from files to a place, with a finding for everything noticed on the way |
//! | [`publish`] | from a plan to layers, tables, maps and charts |
//! | [`demo`] | fictional places, as hard as life |
//! | [`cli`] | the verbs, the terminal, the exit codes |
//!
//! # From files to a plan
//!
//! ```no_run
//! use oneroof::load::{LoadOptions, load};
//! use oneroof::plan::verify::verify;
//! use oneroof::plan::{Wish, plan};
//! use oneroof::publish::{Audience, Edition, publish};
//! use std::path::Path;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // Every fault of every table comes back at once, with its file, row and column.
//! let loaded = load(Path::new("data/wyvern"), &LoadOptions::default())?;
//!
//! // `()` reports no progress and never cancels.
//! let proposal = plan(&loaded.place, &loaded.travel, &Wish::default(), &())?;
//! println!("saves £{:.0}, gap {:?}", proposal.saving_gbp, proposal.gap);
//!
//! // The verifier shares no code with the optimiser; an empty list means that they agree.
//! assert!(verify(&loaded.place, &loaded.travel, &proposal).is_empty());
//!
//! let edition = Edition {
//!     place: &loaded.place,
//!     travel: &loaded.travel,
//!     plan: &proposal,
//!     findings: &loaded.findings,
//!     rejected: &loaded.rejected,
//!     matches: &loaded.matches,
//!     audience: Audience::Partners,
//!     excel: false,
//! };
//! publish(Path::new("wyvern-plan"), &edition, &[])?;
//! # Ok(())
//! # }
//! ```
//!
//! Every formula that reaches an output stands in the [method](guide::method).

#![forbid(unsafe_code)]

pub mod access;
pub mod cli;
pub mod compare;
pub mod demo;
pub mod explain;
pub mod frontier;
pub mod guide;
pub mod load;
pub mod options;
pub mod partnership;
pub mod place;
pub mod plan;
pub mod publish;
pub mod siting;
pub mod travel;

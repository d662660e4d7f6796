//! # The second opinion
//!
//! [`verify`] reads a plan against its place and works everything out again: who is where, whether
//! they fit, what it costs, who can reach what. It is written from the guides `method.md` and
//! `verify.md` and shares no code with the optimiser: only the values of the place, the distance
//! between two points and the form of the plan file. A plan in which it finds a [`Discrepancy`] is
//! never written as a success.
//!
//! One file per thing: `structure`, `space` and `sharing` for who may be where; `rules` with
//! `within`, `worst_case`, `mean`, `displacement`, `no_group_worse`, `floor_per_area`, `minimum_hosts`,
//! `capacity`, `several`, `worst` and `words` for access; `years`, `exit`, `money`, `ledger`, `cash`, `worth`, `caps` and
//! `sensitivity` for money; `journeys` for what the second stage made least; `records`, `totals` and `assumptions` for what is printed beside them; `points` for new counters; `identity` for
//! whose plan it is; `phased` for the programme of years. All disagreements are reported, not only the first.

mod assumptions;
#[cfg(test)]
mod build;
mod capacity;
mod caps;
mod cash;
mod discrepancy;
mod displacement;
mod exit;
mod floor_per_area;
mod identity;
mod journeys;
mod least_transfers;
mod ledger;
mod mean;
mod minimum_hosts;
mod money;
mod no_group_worse;
mod numbers;
mod part;
mod phased;
mod points;
mod reading;
mod records;
mod rules;
mod scope;
mod sensitivity;
mod several;
mod sharing;
mod space;
mod split;
mod structure;
mod successors;
#[cfg(test)]
mod tests;
mod together;
mod totals;
mod verifier;
mod visits;
mod within;
mod words;
mod worst;
mod worst_case;
mod worth;
mod years;
mod zones;

pub use discrepancy::Discrepancy;
pub use verifier::verify;

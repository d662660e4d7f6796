//! # What the words of registers say
//!
//! One file for one question: what is denied ([`affirmed`]), how a building is held ([`tenure`]) and between whom
//! ([`Own`]), whether a record has ended ([`ended`]) or a building stands empty ([`emptiness`]), and what the terms of
//! a lease, a lock or a holding mean. Where words do not say it, nothing is guessed.

mod affirmed;
mod emptiness;
mod ended;
mod filler;
mod interests;
mod parties;
mod tenure;
mod terms;

pub(super) use affirmed::affirmed;
pub(super) use emptiness::{EMPTY, Emptiness, emptiness, says_empty};
pub(super) use ended::{Ended, ended, is_end};
pub(super) use parties::{Own, mostly_of_government};
pub(super) use tenure::{is_in_trust, letter, tenure};
pub(super) use terms::{Basis, basis, is_land, lock, may_sublet, repair, tag};

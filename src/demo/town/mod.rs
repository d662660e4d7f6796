//! The story of the smallest demo: a market town whose eight small public buildings could become
//! two hubs.
//!
//! Wyvern House, the council's 1970s offices, stands half empty since people work from home; Priory
//! Health Centre was built for a growth that did not come. Around the market place are eight small
//! buildings, each with its own boiler, roof and reception. In the villages the limits on access
//! bind: what is there is often the only one.
//!
//! `script` puts a building on the map as the story says · `centre` is the market town's middle ·
//! `around` the rest of it, the small town and the villages.

mod around;
mod centre;
mod script;

pub(super) use script::town;

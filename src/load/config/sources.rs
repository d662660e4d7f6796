//! The `[finance.sources]` section: where the settings that are stated come from.

use super::{FinanceConfig, did_you_mean};
use crate::place::{Driver, SpaceType};
use std::collections::BTreeMap;

/// A source that nobody can follow: the setting it names, what is wrong, and what to do.
pub(crate) type NoSource = (String, String, String);

impl FinanceConfig {
    /// The words of every setting that there is, and what is wrong with the others.
    pub fn sources_of_settings(&self) -> (BTreeMap<String, String>, Vec<NoSource>) {
        let known = self.settings();
        let mut said = BTreeMap::new();
        let mut refused = Vec::new();
        for (setting, words) in &self.sources {
            let words = words.trim();
            if !known.contains(setting) {
                let cause = "no setting of [finance] has this name".to_owned();
                let action = did_you_mean(setting, known.iter().map(String::as_str));
                refused.push((setting.clone(), cause, action));
            } else if words.is_empty() {
                let cause = "it says nothing of where the setting comes from".to_owned();
                refused.push((setting.clone(), cause, "say it, or leave it out".to_owned()));
            } else {
                said.insert(setting.clone(), words.to_owned());
            }
        }
        (said, refused)
    }

    /// Every setting of the section, and those within one, such as `fit_out_gbp_m2.office`.
    fn settings(&self) -> Vec<String> {
        let schema = schemars::schema_for!(FinanceConfig);
        let own = schema.get("properties").and_then(|own| own.as_object());
        let own = own.into_iter().flat_map(|own| own.keys().cloned());
        let by_space = ["fit_out_gbp_m2", "optimism_bias"]
            .into_iter()
            .flat_map(|family| SpaceType::ALL.map(|space| format!("{family}.{}", space.name())));
        let trial = ["draws", "seed"].into_iter();
        let ranges = Driver::ALL.into_iter().map(Driver::name).chain(trial);
        let groups = self.travel_weights.keys();
        own.filter(|name| name != "sources")
            .chain(by_space)
            .chain(ranges.map(|name| format!("sensitivity.{name}")))
            .chain(groups.map(|group| format!("travel_weights.{group}")))
            .collect()
    }
}

//! The JSON forms of a problem and of its answer.

use super::answer::Answer;
use super::problem::Problem;

/// The JSON Schema (draft 2020-12) of a [`Problem`] in its JSON form.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Problem).to_value()
}

/// The JSON Schema (draft 2020-12) of an [`Answer`] in its JSON form.
pub fn answer_schema() -> serde_json::Value {
    schemars::schema_for!(Answer).to_value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_survives_its_json_form() {
        for seed in 0..50 {
            let problem = super::super::tiny::tiny(seed, true);
            let text = serde_json::to_string(&problem).expect("plain data");
            let back: Problem = serde_json::from_str(&text).expect("its own words");
            assert_eq!(problem, back);
        }
    }

    #[test]
    fn the_schema_names_every_part() {
        let schema = schema().to_string();
        for part in [
            "sites",
            "items",
            "placements",
            "reaches",
            "rows",
            "conflicts",
            "parents",
        ] {
            assert!(schema.contains(part), "{part}");
        }
    }
}

//! How a decision is edited: drop-downs, a calendar, and fields that only tell.

use super::document::escaped;

/// How QGIS writes a blank choice.
const NOTHING: &str = "{2839923C-8B7D-419E-B84B-CA2FE9B80EC7}";

/// A choice: the value that is stored, and its words.
pub(in super::super) type Choice = (&'static str, &'static str);

/// What may be decided.
pub(in super::super) const DECISIONS: [Choice; 6] = [
    ("keep", "keep: the building or team stays"),
    ("dispose", "dispose: the building is let go"),
    ("free", "free: the plan decides"),
    (
        "place_at",
        "place_at: the team goes to the building in “value”",
    ),
    ("match", "match: it is the building in “value”"),
    ("not_match", "not_match: it is not the building in “value”"),
];

/// How far a decision may have come.
pub(in super::super) const STATUSES: [Choice; 3] = [
    ("officer", "officer: an officer's view"),
    ("member", "member: a member's view"),
    ("approved", "approved"),
];

/// The fields of a decision.
pub(in super::super) const FIELDS: [&str; 12] = [
    "id",
    "name",
    "agency",
    "proposed",
    "decision",
    "value",
    "reason",
    "decided_by",
    "body",
    "date",
    "expires",
    "status",
];

/// Fields that only tell what the plan proposes.
const TOLD: [&str; 3] = ["name", "agency", "proposed"];

pub(super) fn decision_form() -> String {
    let mut fields = String::new();
    for (field, choices) in [("decision", &DECISIONS[..]), ("status", &STATUSES[..])] {
        fields.push_str(&widget(field, "ValueMap", &value_map(choices)));
    }
    for field in ["date", "expires"] {
        let config = [
            ("allow_null", "bool", "true"),
            ("calendar_popup", "bool", "true"),
            ("display_format", "QString", "yyyy-MM-dd"),
            ("field_format", "QString", "yyyy-MM-dd"),
        ];
        let config: String = config
            .iter()
            .map(|(name, kind, value)| {
                format!("     <Option name=\"{name}\" type=\"{kind}\" value=\"{value}\"/>\n")
            })
            .collect();
        fields.push_str(&widget(field, "DateTime", &config));
    }
    let told: String = TOLD
        .iter()
        .map(|field| format!("  <field name=\"{field}\" editable=\"0\"/>\n"))
        .collect();
    format!(
        " <fieldConfiguration>\n{fields} </fieldConfiguration>\n <editable>\n{told} </editable>\n"
    )
}

fn widget(field: &str, kind: &str, config: &str) -> String {
    format!(
        "  <field name=\"{field}\">\n   <editWidget type=\"{kind}\">\n    <config><Option type=\"Map\">\n{config}    </Option></config>\n   </editWidget>\n  </field>\n"
    )
}

fn value_map(choices: &[Choice]) -> String {
    let blank = std::iter::once((NOTHING, "(nothing)"));
    let all: String = blank
        .chain(choices.iter().copied())
        .map(|(value, words)| {
            format!(
                "      <Option type=\"Map\"><Option name=\"{}\" type=\"QString\" value=\"{}\"/></Option>\n",
                escaped(words),
                escaped(value)
            )
        })
        .collect();
    format!("     <Option name=\"map\" type=\"List\">\n{all}     </Option>\n")
}

//! One row of `decisions.csv`: what was decided, and whether that is in force.

use crate::load::cells::{self, Style};
use crate::load::config::did_you_mean;
use crate::load::{Columns, Field, Record, columns::Kind, plain};
use crate::place::{Decision, DecisionStatus, Finding, Severity, Verb};

pub(super) const FIELDS: &[Field] = &[
    field("id", Kind::Code, &["assetid", "recordid", "pointid"]),
    field("decision", Kind::Category, &["verb", "action"]),
    field("value", Kind::Code, &["target", "building"]),
    field("reason", Kind::Text, &["why"]),
    field("decided_by", Kind::Text, &["decidedby", "who"]),
    field("body", Kind::Text, &["board", "committee"]),
    field("date", Kind::Date, &["decidedon", "when"]),
    field("expires", Kind::Date, &["until", "expiry"]),
    field("status", Kind::Category, &[]),
];

const fn field(name: &'static str, kind: Kind, aliases: &'static [&'static str]) -> Field {
    Field {
        name,
        kind,
        aliases,
    }
}

/// Whether a date of a row is another one with the month first.
pub(super) fn has_open_date(record: &Record, c: &Columns) -> bool {
    let read = |cell: &str, month_first| {
        let style = Style {
            month_first,
            ..Style::default()
        };
        cells::date(cell, &style).value
    };
    let cells = ["date", "expires"]
        .into_iter()
        .filter_map(|field| c.raw(record, field));
    cells
        .into_iter()
        .any(|cell| match (read(cell, false), read(cell, true)) {
            (Some(one), Some(two)) => one != two,
            _ => false,
        })
}

/// Words of a status by which nothing is decided, or not any more.
const NOT_IN_FORCE: [&str; 14] = [
    "draft",
    "proposed",
    "proposal",
    "pending",
    "deferred",
    "rejected",
    "refused",
    "declined",
    "withdrawn",
    "cancelled",
    "superseded",
    "lapsed",
    "revoked",
    "not approved",
];

/// What is said of a row whose status says that it is not in force.
pub(super) fn not_in_force(record: &Record, c: &Columns) -> Option<Finding> {
    let status = c.text(record, "status")?;
    NOT_IN_FORCE.contains(&plain(&status).as_str()).then(|| {
        Finding::new("decision-not-in-force", Severity::Warn, record.at.clone())
            .column("status")
            .cell(status)
            .cause("its status says that it is not decided, or not any more")
            .action("not applied; where it is, write officer, member or approved")
    })
}

/// The decision of a row.
pub(super) fn row(
    record: &Record,
    c: &Columns,
    findings: &mut Vec<Finding>,
) -> Result<Decision, Box<Finding>> {
    let refuse = |column: &str, cell: &str, cause: String, action: String| {
        Box::new(
            Finding::new("bad-decision", Severity::Error, record.at.clone())
                .column(column)
                .cell(cell)
                .cause(cause)
                .action(action),
        )
    };
    let Some(id) = c.text(record, "id") else {
        return Err(refuse(
            "id",
            "",
            "the decision names no record".into(),
            "give its id".into(),
        ));
    };
    let word = c.text(record, "decision").unwrap_or_default();
    let verb = match plain(&word).replace([' ', '-'], "_").as_str() {
        "keep" | "retain" | "required" => Verb::Keep,
        "dispose" | "sell" | "closed" | "close" => Verb::Dispose,
        "free" | "candidate" => Verb::Free,
        "part_goes" | "part_release" | "let_part" | "sell_part" => Verb::PartGoes,
        "match" => Verb::Match,
        "not_match" | "no_match" => Verb::NotMatch,
        "place_at" | "move_to" => Verb::PlaceAt,
        other => {
            let known = [
                "keep",
                "dispose",
                "free",
                "part_goes",
                "match",
                "not_match",
                "place_at",
            ];
            return Err(refuse(
                "decision",
                &word,
                "it is no decision".into(),
                did_you_mean(other, known.into_iter()),
            ));
        }
    };
    let value = c.text(record, "value");
    if matches!(verb, Verb::Match | Verb::NotMatch | Verb::PlaceAt) && value.is_none() {
        return Err(refuse(
            "value",
            "",
            format!("`{word}` needs a building"),
            "give its id".into(),
        ));
    }
    let status = c
        .text(record, "status")
        .and_then(|cell| match plain(&cell).as_str() {
            "officer" => Some(DecisionStatus::Officer),
            "member" => Some(DecisionStatus::Member),
            "approved" => Some(DecisionStatus::Approved),
            _ => {
                findings.push(*refuse(
                    "status",
                    &cell,
                    "the word is none of: officer, member, approved".into(),
                    "correct it; draft, proposed, rejected, withdrawn and the like leave the row out".into(),
                ));
                None
            }
        });
    Ok(Decision {
        id,
        verb,
        value,
        reason: c.text(record, "reason"),
        decided_by: c.text(record, "decided_by"),
        body: c.text(record, "body"),
        date: c.date(record, "date", findings),
        expires: c.date(record, "expires", findings),
        status,
        source: record.at.clone(),
    })
}

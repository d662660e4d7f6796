//! Decisions in words: who decided what, when and why.

use crate::place::{BuildingIx, Decision, DecisionStatus, Lock, Place, Record, Verb};

/// What people have decided about a record, with the reason, who, when and until when: the decisions in
/// force, or the lock its own table states. `None` where nobody decided anything.
pub fn decided(place: &Place, record: Record) -> Option<String> {
    let mut decisions = place.decisions_on(record);
    if let Record::Building(at) = record {
        let known = decisions.clone();
        let parts = place.decisions_on_part(at);
        decisions.extend(parts.filter(|one| !known.contains(one)));
    }
    if decisions.is_empty() {
        let lock = match record {
            Record::Building(at) => place.building(at).lock,
            Record::Occupier(at) => place.occupier(at).lock,
        };
        let stated = match lock {
            Lock::Free => return None,
            Lock::Keep => "keep",
            Lock::Dispose => "dispose",
        };
        return Some(format!("{stated}: stated in its own table"));
    }
    let told: Vec<String> = decisions.iter().map(|one| in_full(one)).collect();
    Some(told.join("; "))
}

/// `dispose: Declared surplus (Cabinet, minute 41; Wyvern Council; 2025-12-09; approved)`.
fn in_full(decision: &Decision) -> String {
    let mut text = verb(decision).to_owned();
    if let Some(value) = &decision.value {
        text.push_str(&format!(" {value}"));
    }
    if let Some(reason) = &decision.reason {
        text.push_str(&format!(": {reason}"));
    }
    let status = decision.status.map(|status| match status {
        DecisionStatus::Officer => "officer's view".to_owned(),
        DecisionStatus::Member => "member's view".to_owned(),
        DecisionStatus::Approved => "approved".to_owned(),
    });
    let from_elsewhere = decision.source.file.starts_with("--");
    let stated = [
        decision.decided_by.clone(),
        decision.body.clone(),
        decision.date.map(|date| date.to_string()),
        decision.expires.map(|date| format!("until {date}")),
        status,
        from_elsewhere.then(|| format!("asked for with {}", decision.source.file)),
    ];
    let stated: Vec<String> = stated.into_iter().flatten().collect();
    match stated.is_empty() {
        true => text,
        false => format!("{text} ({})", stated.join("; ")),
    }
}

/// Why a building is to be let go.
pub(crate) fn why_closed(place: &Place, at: BuildingIx) -> String {
    let decisions = place.decisions_on(Record::Building(at));
    match (decisions.is_empty(), place.building(at).lock) {
        (true, Lock::Dispose) => "locked dispose in its register".to_owned(),
        _ => whose(&decisions),
    }
}

/// What was decided, by whom, and where it stands.
pub(crate) fn whose(decisions: &[&Decision]) -> String {
    let one = |decision: &&Decision| match decision.source.file.starts_with("--") {
        true => decision.source.file.to_string(),
        false => format!("{}: {}", verb(decision), who(decision)),
    };
    decisions.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// Who decided something, and where it stands.
pub(crate) fn who(decision: &Decision) -> String {
    let body = decision.body.as_deref().or(decision.decided_by.as_deref());
    match body {
        Some(body) => format!("{body}, {}", decision.source),
        None => decision.source.to_string(),
    }
}

fn verb(decision: &Decision) -> &'static str {
    match decision.verb {
        Verb::Keep => "keep",
        Verb::Dispose => "dispose",
        Verb::Free => "free",
        Verb::PartGoes => "part_goes",
        Verb::PlaceAt => "place_at",
        Verb::Match => "match",
        Verb::NotMatch => "not_match",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::sample;
    use jiff::civil::date;

    #[test]
    fn a_decision_is_told_with_its_reason_who_when_and_until_when() {
        let mut place = sample::six_buildings();
        let record = Record::Building(BuildingIx::new(0));
        assert_eq!(decided(&place, record), None);
        place.buildings[0].lock = Lock::Keep;
        let own = decided(&place, record);
        assert_eq!(own.as_deref(), Some("keep: stated in its own table"));
        place.decisions.push(Decision {
            reason: Some("Declared surplus".into()),
            decided_by: Some("Cabinet, minute 41".into()),
            body: Some("Council".into()),
            date: Some(date(2025, 12, 9)),
            expires: Some(date(2040, 3, 31)),
            status: Some(DecisionStatus::Approved),
            ..Decision::about("A0", Verb::Dispose, None)
        });
        assert_eq!(
            decided(&place, record).as_deref(),
            Some(
                "dispose: Declared surplus (Cabinet, minute 41; Council; 2025-12-09; \
                 until 2040-03-31; approved)"
            )
        );
    }
}

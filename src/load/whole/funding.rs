//! `[[funding]]`: who pays the rent of those who move into another agency's building.

use super::frame::Named;
use crate::load::config::{ConfigText, FundingConfig};
use crate::place::{Finding, Funding};

/// The payers that are declared; each fault is an error at its key.
pub(super) fn settle(
    config: &[FundingConfig],
    text: &ConfigText,
    named: &Named,
    findings: &mut Vec<Finding>,
) -> Vec<Funding> {
    let mut all: Vec<Funding> = Vec::new();
    for (index, one) in config.iter().enumerate() {
        let at = format!("funding[{index}]");
        let mut agency = |field: &str, id: &str| {
            let found = named.agency(id);
            if found.is_none() {
                let key = format!("{at}.{field}");
                let finding = text.refuse("unknown-agency", &key, format!("`{id}` is no agency"));
                findings.push(finding.action(named.agency_hint(id)));
            }
            found
        };
        let by = agency("by", &one.by);
        let whose = one.agency.as_deref().map(|id| agency("agency", id));
        let service = one.service.as_deref().map(|id| {
            let found = named.service(id);
            if found.is_none() {
                let key = format!("{at}.service");
                let finding = text.refuse("unknown-service", &key, format!("`{id}` is no service"));
                findings.push(finding.action(named.service_hint(id)));
            }
            found
        });
        if service.is_none() && whose.is_none() {
            let finding = text.refuse(
                "bad-funding",
                &at,
                "it names neither a service nor an agency",
            );
            findings.push(finding.action("say whose rent is paid: service, agency, or both"));
            continue;
        }
        let (Some(by), Some(service), Some(agency)) = (by, known(service), known(whose)) else {
            continue;
        };
        if all
            .iter()
            .any(|other| (other.service, other.agency) == (service, agency))
        {
            let finding = text.refuse("bad-funding", &at, "the same is declared before");
            findings.push(finding.action("declare each service and agency once: the first counts"));
            continue;
        }
        all.push(Funding {
            service,
            agency,
            by,
            source: one.source.clone(),
        });
    }
    all
}

/// What is named and found, or not named; `None` where it is named and not found.
fn known<T>(named: Option<Option<T>>) -> Option<Option<T>> {
    match named {
        None => Some(None),
        Some(found) => found.map(Some),
    }
}

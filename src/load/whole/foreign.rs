//! A place whose money is not in pounds: amounts that it does not state are British ones.

use crate::place::words::exact;
use crate::place::{Currency, Finance, Finding, Place, RowRef, Severity, SpaceType};

/// Names the amounts of `[finance]` that are still those of Britain, where the place's money is in another currency.
pub(super) fn check(place: &Place, findings: &mut Vec<Finding>) {
    if place.currency == Currency::POUND {
        return;
    }
    let (stated, ours) = (&place.finance, Finance::default());
    let kept = amounts(stated)
        .into_iter()
        .zip(amounts(&ours))
        .filter(|(own, default)| own.1 == default.1)
        .map(|((name, amount), _)| format!("{name} = {}", exact(amount)));
    let kept: Vec<String> = kept.collect();
    if kept.is_empty() {
        return;
    }
    findings.push(
        Finding::new("rates-british", Severity::Warn, RowRef::file("place.toml"))
            .column("finance")
            .cause(format!(
                "money is in {}, and these amounts are not stated: they are British ones, of pounds: {}",
                place.currency,
                kept.join(", ")
            ))
            .action(format!("read as they stand, in {}; state your own", place.currency)),
    );
}

/// The amounts of money among the settings, by name.
fn amounts(finance: &Finance) -> Vec<(String, f64)> {
    let fit_out = SpaceType::ALL.into_iter().map(|space| {
        let rate = finance.fit_out_gbp_m2.get(&space).copied();
        let name = format!("fit_out_gbp_m2.{}", space.name());
        (name, rate.unwrap_or(0.0))
    });
    let others = [
        ("move_gbp_fte", finance.move_gbp_fte),
        ("dilapidations_gbp_m2", finance.dilapidations_gbp_m2),
        ("default_running_gbp_m2", finance.default_running_gbp_m2),
        ("undervalue_limit_gbp", finance.undervalue_limit_gbp),
    ];
    let others = others.map(|(name, amount)| (name.to_owned(), amount));
    fit_out.chain(others).collect()
}

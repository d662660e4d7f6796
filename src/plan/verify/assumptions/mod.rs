//! The list of assumptions: every setting once, with the place's own numbers and those who lean on it.

mod travel;

use super::discrepancy::{Found, of, of_plan, tidy};
use super::numbers::{numbers_in, same};
use super::reading::Reading;
use crate::place::{
    Building, Driver, Finance, Flag, Grade, NeedBasis, OccupierIx, SpaceType, TenureKind,
    TravelObjective,
};
use travel::travel;

/// One setting as the place has it.
struct Setting {
    name: String,
    /// The numbers of its value, in the order and units in which they are printed.
    numbers: Vec<f64>,
    /// Whether it is another than ours.
    stated: bool,
    used_by: usize,
}

/// Compares the printed list with the place's settings.
pub(super) fn check(reading: &Reading<'_>, found: &mut Found) {
    let expected = settings(reading);
    let said = &reading.plan.assumptions;
    let names: Vec<&str> = expected.iter().map(|one| one.name.as_str()).collect();
    let listed: Vec<&str> = said.iter().map(|one| one.name.as_str()).collect();
    if names != listed {
        let missing = names.iter().find(|name| !listed.contains(name));
        let extra = listed.iter().find(|name| !names.contains(name));
        let (expected, shown) = match (missing, extra) {
            (Some(missing), _) => (format!("{missing} among them"), "left out".to_owned()),
            (None, Some(extra)) => ("no such setting".to_owned(), (*extra).to_owned()),
            (None, None) => ("each once, in order".to_owned(), "another order".to_owned()),
        };
        let why = "the settings that figures lean on are others";
        found.note(
            "assumption-differs",
            of_plan("assumptions"),
            expected,
            shown,
            why,
        );
    }
    for printed in said {
        let Some(own) = expected.iter().find(|one| one.name == printed.name) else {
            continue;
        };
        let field = |field: &str| of("assumptions", &printed.name, field);
        let numbers = numbers_in(&printed.value);
        if !same(&own.numbers, &numbers) {
            let why = "the place has other numbers";
            let own: Vec<_> = own.numbers.iter().map(|n| tidy(*n)).collect();
            found.note(
                "assumption-differs",
                field("value"),
                own.join(" "),
                &printed.value,
                why,
            );
        }
        let finance = &reading.place.finance;
        let stated = own.stated || finance.said_source_of(&printed.name).is_some();
        if stated != printed.stated {
            let why =
                "a setting is stated where it is another than ours or has a source of its own";
            found.note(
                "assumption-differs",
                field("stated"),
                stated,
                printed.stated,
                why,
            );
        }
        let source = reading.place.finance.source_of(&printed.name);
        if (printed.source == source) != printed.stated {
            let why = "what is stated comes from place.toml, a default from a source of ours";
            let (own, said) = (printed.stated, &printed.source);
            found.note("assumption-differs", field("source"), own, said, why);
        }
        // Only a default has a date: of when its source is.
        let is_dated = match &printed.dated {
            Some(dated) => !printed.stated && is_of_a_day(dated),
            None => printed.stated,
        };
        if !is_dated {
            let why = "a default has the year, the month or the day of its source, what is stated has none";
            let said = printed.dated.as_deref().unwrap_or("nothing");
            let own = if printed.stated { "nothing" } else { "a date" };
            found.note("assumption-differs", field("dated"), own, said, why);
        }
        if own.used_by != printed.used_by {
            let why = "another number of records leans on it";
            found.note(
                "assumption-differs",
                field("used_by"),
                own.used_by,
                printed.used_by,
                why,
            );
        }
    }
}

/// Whether a text is a year, a month of one, or a day: `2026`, `2026-11`, `2026-11-29`.
fn is_of_a_day(text: &str) -> bool {
    let digits = |part: &str, many: usize| {
        part.len() == many && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut parts = text.split('-');
    let year = parts.next().is_some_and(|year| digits(year, 4));
    let rest: Vec<&str> = parts.collect();
    year && rest.len() <= 2 && rest.iter().all(|part| digits(part, 2))
}

/// Every setting in the order in which they are printed.
fn settings(reading: &Reading<'_>) -> Vec<Setting> {
    let mut settings = Vec::new();
    money(reading, &mut settings);
    space(reading, &mut settings);
    travel(reading, &mut settings);
    settings
}

/// How many buildings in play are so.
fn buildings(reading: &Reading<'_>, so: impl Fn(&Building) -> bool) -> usize {
    let known = reading.place.buildings.iter().zip(&reading.scope.in_play);
    known
        .filter(|(building, in_play)| **in_play && so(building))
        .count()
}

/// How many occupiers that can move are so.
fn movers(reading: &Reading<'_>, so: impl Fn(OccupierIx) -> bool) -> usize {
    let all = reading.place.occupiers().map(|(at, _)| at);
    all.filter(|at| reading.scope.movable[at.index()] && so(*at))
        .count()
}

fn money(reading: &Reading<'_>, settings: &mut Vec<Setting>) {
    use TenureKind::{Freehold, GroundLease, Leasehold, LetOut};
    let place = reading.place;
    let (finance, ours) = (&place.finance, Finance::default());
    let all = buildings(reading, |_| true);
    // A day as it is read from words: `2026-04-01` is 2026, −4, −1.
    let base = place.base_date;
    let day = [
        base.year(),
        -i16::from(base.month()),
        -i16::from(base.day()),
    ];
    settings.push(Setting {
        name: "price base".to_owned(),
        numbers: day.map(f64::from).to_vec(),
        stated: true,
        used_by: all,
    });
    let mut add = |name: &str, numbers: Vec<f64>, stated: bool, used_by: usize| {
        settings.push(Setting {
            name: format!("finance.{name}"),
            numbers,
            stated,
            used_by,
        });
    };
    let moving = movers(reading, |_| true);
    let steps = finance.discount.iter();
    let steps = steps.filter(|step| step.from_year < finance.horizon_years);
    let steps = steps.flat_map(|step| [step.rate * 100.0, f64::from(step.from_year)]);
    add(
        "discount",
        steps.collect(),
        finance.discount != ours.discount,
        all,
    );
    let horizon = f64::from(finance.horizon_years);
    let other = finance.horizon_years != ours.horizon_years;
    add("horizon_years", vec![horizon], other, all);
    for space in SpaceType::ALL {
        let needs = |at: OccupierIx| place.occupier(at).needs.get(space).get() > 0.0;
        let needing = movers(reading, needs);
        for (name, unit, own, default) in [
            (
                "fit_out_gbp_m2",
                1.0,
                &finance.fit_out_gbp_m2,
                &ours.fit_out_gbp_m2,
            ),
            (
                "optimism_bias",
                100.0,
                &finance.optimism_bias,
                &ours.optimism_bias,
            ),
        ] {
            let (own, default) = (own.get(&space), default.get(&space));
            let number = own.copied().unwrap_or(0.0) * unit;
            let name = format!("{name}.{}", space.name());
            add(&name, vec![number], own != default, needing);
        }
    }
    let held = |kinds: &[TenureKind]| buildings(reading, |b| kinds.contains(&b.tenure.kind));
    let (owned, leased) = (held(&[Freehold, LetOut]), held(&[Leasehold, GroundLease]));
    let unheld = buildings(reading, |b| b.holding_cost.is_none());
    let unpriced = buildings(reading, |b| b.running_fixed.grade == Grade::Defaulted);
    let flagged = |flag: Flag| buildings(reading, |b| b.flags.contains(&flag));
    let sublettable = buildings(reading, |b| {
        b.tenure.kind == Leasehold && b.tenure.lease.may_sublet == Some(true)
    });
    let given = buildings(reading, |b| {
        matches!(b.tenure.kind, Freehold | LetOut) && b.flags.contains(&Flag::Covenant)
    });
    let lag = |finance: &Finance| f64::from(finance.disposal_lag_years);
    for (name, own, default, used_by) in [
        (
            "listed_optimism_bias",
            finance.listed_optimism_bias,
            ours.listed_optimism_bias,
            flagged(Flag::Listed),
        ),
        ("fees_share", finance.fees_share, ours.fees_share, moving),
        (
            "move_gbp_fte",
            finance.move_gbp_fte,
            ours.move_gbp_fte,
            moving,
        ),
        (
            "dilapidations_gbp_m2",
            finance.dilapidations_gbp_m2,
            ours.dilapidations_gbp_m2,
            leased,
        ),
        (
            "disposal_cost_share",
            finance.disposal_cost_share,
            ours.disposal_cost_share,
            owned,
        ),
        ("disposal_lag_years", lag(finance), lag(&ours), owned),
        (
            "moratorium_years",
            f64::from(finance.moratorium_years),
            f64::from(ours.moratorium_years),
            flagged(Flag::CommunityValue),
        ),
        (
            "clawback_share",
            finance.clawback_share,
            ours.clawback_share,
            buildings(reading, |b| {
                b.receipt_terms.clawback.is_none() && b.flags.contains(&Flag::Clawback)
            }),
        ),
        (
            "sublet_share",
            finance.sublet_share,
            ours.sublet_share,
            sublettable,
        ),
        (
            "sublet_void_years",
            f64::from(finance.sublet_void_years),
            f64::from(ours.sublet_void_years),
            sublettable,
        ),
        (
            "undervalue_limit_gbp",
            finance.undervalue_limit_gbp,
            ours.undervalue_limit_gbp,
            given,
        ),
        (
            "holding_share",
            finance.holding_share,
            ours.holding_share,
            unheld,
        ),
        (
            "recharge_notice_years",
            finance.recharge_notice_years,
            ours.recharge_notice_years,
            moving,
        ),
        (
            "recharge_share",
            finance.recharge_share,
            ours.recharge_share,
            all,
        ),
        (
            "default_running_gbp_m2",
            finance.default_running_gbp_m2,
            ours.default_running_gbp_m2,
            unpriced,
        ),
        ("travel_give", finance.travel_give, ours.travel_give, 1),
    ] {
        // Shares are said in per cent.
        let share =
            name.ends_with("_share") || ["travel_give", "listed_optimism_bias"].contains(&name);
        let said = if share { own * 100.0 } else { own };
        add(name, vec![said], own != default, used_by);
    }
    journeys(reading, settings);
    ranges(finance, &ours, all, settings);
    let terms = [
        (
            "overage",
            buildings(reading, |b| b.receipt_terms.overage.is_some()),
        ),
        (
            "clawback",
            buildings(reading, |b| b.receipt_terms.clawback.is_some()),
        ),
        (
            "ring-fenced receipts",
            buildings(reading, |b| b.receipt_terms.fence.is_some()),
        ),
        (
            "rates of an empty listed building",
            buildings(reading, |b| {
                b.holding_cost.is_none() && b.flags.contains(&Flag::Listed)
            }),
        ),
        (
            "surrenders",
            buildings(reading, |b| b.tenure.lease.surrender.is_some()),
        ),
        (
            "part release",
            buildings(reading, |b| b.site.is_some() && b.part_release),
        ),
        (
            "parts of buildings",
            buildings(reading, |b| b.part.is_some()),
        ),
    ];
    let stated = terms.into_iter().filter(|(_, used_by)| *used_by > 0);
    settings.extend(stated.map(|(name, used_by)| words(name, Vec::new(), used_by)));
    let declared = place.funding.len();
    if declared > 0 {
        let mut funding = words("funding", Vec::new(), declared);
        funding.stated = true;
        settings.push(funding);
    }
    let shared = buildings(reading, |b| b.site.is_some());
    if shared > 0 {
        settings.push(words("site receipts", Vec::new(), shared));
    }
}

/// Which journeys are made least, where that is not the plain sum of them: ε is 1.
fn journeys(reading: &Reading<'_>, settings: &mut Vec<Setting>) {
    let place = reading.place;
    let mut add = |name: String, number: f64, used_by: usize| {
        settings.push(Setting {
            name,
            numbers: vec![number],
            stated: true,
            used_by,
        });
    };
    if place.finance.travel_objective == TravelObjective::Equal {
        add("finance.travel_objective".to_owned(), 1.0, 1);
    }
    for (group, times) in &place.finance.travel_weights {
        let mut living = 0;
        for zone in &place.zones {
            living += usize::from(zone.groups.get(group).copied().unwrap_or(0.0) > 0.0);
        }
        add(format!("finance.travel_weights.{group}"), *times, living);
    }
}

/// How far the money may turn out otherwise: in per cent, and for late receipts in years.
fn ranges(finance: &Finance, ours: &Finance, used_by: usize, settings: &mut Vec<Setting>) {
    let mut add = |name: &str, numbers: Vec<f64>, stated: bool| {
        settings.push(Setting {
            name: format!("finance.sensitivity.{name}"),
            numbers,
            stated,
            used_by,
        });
    };
    let (own, ours) = (&finance.ranges, &ours.ranges);
    for driver in Driver::ALL {
        let (low, high) = own.of(driver);
        let unit = if driver == Driver::ReceiptDelay {
            1.0
        } else {
            100.0
        };
        let stated = (low, high) != ours.of(driver);
        add(driver.name(), vec![low * unit, high * unit], stated);
    }
    let draws = f64::from(own.draws);
    add("draws", vec![draws], own.draws != ours.draws);
    add("seed", vec![own.seed as f64], own.seed != ours.seed);
}

/// A setting in words, which the place has no say in.
fn words(name: &str, numbers: Vec<f64>, used_by: usize) -> Setting {
    Setting {
        name: name.to_owned(),
        numbers,
        stated: false,
        used_by,
    }
}

fn space(reading: &Reading<'_>, settings: &mut Vec<Setting>) {
    let place = reading.place;
    let (finance, ours) = (&place.finance, Finance::default());
    let from_gross = buildings(reading, |building| {
        building.gross_area.is_some_and(|gross| {
            let usable = building.usable.value.total().get();
            (usable - finance.usable_share * gross.get()).abs() < 0.01
        })
    });
    for (name, own, default, used_by) in [
        (
            "headroom",
            finance.headroom,
            ours.headroom,
            movers(reading, |_| true),
        ),
        (
            "usable_share",
            finance.usable_share,
            ours.usable_share,
            from_gross,
        ),
    ] {
        settings.push(Setting {
            name: format!("finance.{name}"),
            numbers: vec![own * 100.0],
            stated: own != default,
            used_by,
        });
    }
    let unknown = buildings(reading, |b| b.usable.grade == Grade::Defaulted);
    settings.push(words("usable area not known", Vec::new(), unknown));
    let of_basis = |basis: NeedBasis| place.occupiers.iter().filter(|o| o.basis == basis).count();
    let standard = of_basis(NeedBasis::Standard);
    settings.push(words("space standard", Vec::new(), standard));
    let default = of_basis(NeedBasis::ServiceDefault);
    settings.push(words("service.space_m2", Vec::new(), default));
    for (service_at, service) in place.services() {
        let used_by = movers(reading, |at| place.occupier(at).service == service_at);
        if service.may_merge && used_by > 0 {
            settings.push(Setting {
                name: format!("service.{}.merge_space", service.id),
                numbers: vec![service.merge_space * 100.0],
                stated: service.merge_space != 0.6,
                used_by,
            });
        }
    }
}

/// For tests: the list as an honest plan prints it.
#[cfg(test)]
pub(super) fn listed(reading: &Reading<'_>) -> Vec<crate::plan::Assumption> {
    let print = |setting: Setting| {
        let numbers: Vec<String> = setting.numbers.iter().map(f64::to_string).collect();
        crate::plan::Assumption {
            name: setting.name,
            value: numbers.join(" and "),
            stated: setting.stated,
            source: if setting.stated { "place.toml" } else { "ours" }.to_owned(),
            dated: (!setting.stated).then(|| "2026".to_owned()),
            used_by: setting.used_by,
        }
    };
    settings(reading).into_iter().map(print).collect()
}

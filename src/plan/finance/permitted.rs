//! Which ways of letting a building go its tenure and flags permit, and why not the others.

use crate::place::{Building, Flag, TenureKind};
use jiff::ToSpan;
use jiff::civil::Date;

/// Whether it may be sold in a year, and why not.
pub(crate) fn may_sell(building: &Building, base_date: Date, year: u32) -> Result<(), String> {
    let flags = &building.flags;
    let tenure = &building.tenure;
    if flags.contains(&Flag::Covenant) {
        return Err("a covenant bars a sale".to_owned());
    }
    if flags.contains(&Flag::OpenSpace) {
        return Err("open space is not sold".to_owned());
    }
    let sold = base_date.saturating_add(i64::from(year).saturating_add(1).years());
    match tenure.kind {
        TenureKind::Freehold | TenureKind::LetOut => Ok(()),
        TenureKind::GroundLease if building.market_value.value.get() <= 0.0 => {
            Err("nobody says what its ground lease is worth".to_owned())
        }
        TenureKind::GroundLease => match tenure.lease.expiry {
            Some(expiry) if expiry > sold => Ok(()),
            Some(_) => Err("its ground lease ends too soon to be sold".to_owned()),
            None => Err("no end of its ground lease is stated".to_owned()),
        },
        TenureKind::Pfi if building.tenure.lease.surrender.is_some() => Err(
            "ending its private finance contract early costs more, or comes too late".to_owned(),
        ),
        TenureKind::Pfi => Err("a private finance contract has no early exit".to_owned()),
        TenureKind::Unknown => Err("nobody says how it is held".to_owned()),
        TenureKind::Leasehold | TenureKind::Licence => Err("it is rented".to_owned()),
    }
}

/// Whether it may be given to a partner or community body.
pub(crate) fn may_transfer(building: &Building) -> bool {
    building.tenure.is_owned() && building.flags.contains(&Flag::Covenant)
}

/// Whether a leased building may be let on, and why not.
pub(crate) fn may_sublet(building: &Building, base_date: Date) -> Result<(), String> {
    let lease = &building.tenure.lease;
    if building.tenure.kind != TenureKind::Leasehold {
        return Err("only what is leased is sublet".to_owned());
    }
    match lease.may_sublet {
        Some(true) => {}
        Some(false) => return Err("its lease does not allow subletting".to_owned()),
        None => return Err("nobody says whether its lease allows subletting".to_owned()),
    }
    if let Some(band) = below_letting_standard(building) {
        return Err(format!("EPC {band} is below E, and may not be let"));
    }
    match lease.expiry {
        Some(expiry) if expiry > base_date => Ok(()),
        Some(_) => Err("its lease has run out".to_owned()),
        None => Err("no end of its lease is stated".to_owned()),
    }
}

/// For what price a lease, or a private finance contract, can be ended before its time by agreement, and from
/// which day.
pub(crate) fn may_surrender(building: &Building, base_date: Date) -> Option<(f64, Date)> {
    let tenure = &building.tenure;
    let agreed = tenure.lease.surrender.as_ref()?;
    let rented = matches!(
        tenure.kind,
        TenureKind::Leasehold | TenureKind::GroundLease | TenureKind::Pfi
    );
    let from = agreed.from.unwrap_or(base_date).max(base_date);
    rented.then_some((agreed.price.get(), from))
}

/// The energy band of a building that may not be let: F or G (Energy Efficiency (Private Rented Property)
/// Regulations 2015; all leases since 1 April 2023).
pub(crate) fn below_letting_standard(building: &Building) -> Option<char> {
    let stated = building.energy_rating.as_deref()?;
    let band = stated.trim().chars().next()?.to_ascii_uppercase();
    matches!(band, 'F' | 'G').then_some(band)
}

/// Why a building that is emptied can only be held: what bars each other way, in a sentence's words.
pub(crate) fn barred(building: &Building, base_date: Date, sale_year: u32) -> Vec<String> {
    let mut why = Vec::new();
    match building.tenure.kind {
        TenureKind::Leasehold | TenureKind::GroundLease => {
            let lease = &building.tenure.lease;
            if lease.expiry.is_none() && lease.breaks.is_empty() && lease.surrender.is_none() {
                why.push("its lease states neither an end nor a break".to_owned());
            }
            why.extend(may_sublet(building, base_date).err());
        }
        _ => why.extend(may_sell(building, base_date, sale_year).err()),
    }
    why
}

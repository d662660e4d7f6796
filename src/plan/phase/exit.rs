//! How a building that stands empty from the end of a year is left, and what that costs.

use super::gate::Gate;
use crate::place::{Building, BuildingIx, Place, TenureKind};
use crate::plan::Action;
use crate::plan::finance::{
    Calendar, Paid, PartWorth, Taken, dilapidations, holding_cost, lease_years, licence_years,
    may_surrender, part_of, rent_until_sold, years_on_sale,
};
use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// The end of a building that is let go, once it stands empty.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Leaving {
    /// The year the action takes effect.
    pub(super) year: u32,
    /// Holding cost from standing empty to the action.
    pub(super) holding: Paid,
    /// Rent from standing empty to the action, less rent received.
    pub(super) rent: Paid,
    /// Break penalty and dilapidations, £, in that year.
    pub(super) paid: f64,
    /// Receipt less the cost of the sale and what a grant takes back, £, in that year.
    pub(super) received: f64,
    /// The day the lease ends, where it ends on a day.
    pub(super) date: Option<Date>,
    /// The last day for notice.
    pub(super) notice_by: Option<Date>,
    /// Whether the landlord lets the tenant go early.
    pub(super) by_agreement: bool,
}

impl Leaving {
    /// The sale of a part of a building that stays.
    pub(super) fn sold(part: &PartWorth) -> Self {
        Self {
            year: part.brings_from,
            received: part.receipt - part.disposal_cost,
            ..Self::at_once(0)
        }
    }

    /// Present value of rent and holding cost from standing empty to the action.
    pub(super) fn waiting(&self) -> f64 {
        self.holding.worth + self.rent.worth
    }

    fn at_once(emptied: u32) -> Self {
        Self {
            year: emptied + 1,
            holding: Paid::default(),
            rent: Paid::default(),
            paid: 0.0,
            received: 0.0,
            date: None,
            notice_by: None,
            by_agreement: false,
        }
    }
}

/// How a building is left that stands empty from the end of year `emptied`; it is sold, where it is,
/// once `whole` stands empty too: its site. `None` where it cannot be left after that year.
pub(super) fn leaving(
    place: &Place,
    at: BuildingIx,
    action: Action,
    (emptied, whole): (u32, u32),
    calendar: &Calendar,
) -> Option<Leaving> {
    let building = place.building(at);
    let finance = &place.finance;
    let holding = holding_cost(building, finance);
    let rent = |year: u32| building.tenure.rent_in(year);
    let worth = |from: u32, to: u32, amount: &dyn Fn(u32) -> f64| {
        let paid = |t: u32| {
            if (from..=to).contains(&t) {
                amount(t)
            } else {
                0.0
            }
        };
        Paid::of(calendar, paid)
    };
    let at_once = Leaving::at_once(emptied);
    match action {
        Action::Mothball => Some(Leaving {
            holding: worth(emptied + 1, finance.horizon_years, &|_| holding),
            rent: worth(emptied + 1, finance.horizon_years, &rent),
            ..at_once
        }),
        Action::Transfer => Some(at_once),
        Action::Sell => {
            let lag =
                years_on_sale(building, finance).max(Gate::of_sale(place, at, action).years());
            let receipt = building.market_value.value.get();
            let year = whole + 1 + lag;
            let taken = Taken::of(building, finance, place.base_date, year);
            // A receipt after the horizon counts for nothing: the building is not sold by then.
            calendar.holds(year).then(|| Leaving {
                year,
                holding: worth(emptied + 1, whole + lag, &|_| holding),
                rent: worth(emptied + 1, whole + lag, &|t| rent_until_sold(building, t)),
                received: receipt * (1.0 - finance.disposal_cost_share) - taken.total(),
                ..at_once
            })
        }
        Action::ReleaseLease if building.tenure.kind == TenureKind::Licence => {
            let years = licence_years(building, place.base_date).max(f64::from(emptied + 1));
            let year = (years.ceil() as u32).saturating_sub(1).max(emptied + 1);
            calendar.holds(year).then(|| Leaving {
                year,
                holding: worth(emptied + 1, finance.horizon_years, &|t| {
                    part_of(t, years) * holding
                }),
                rent: worth(emptied + 1, finance.horizon_years, &|t| {
                    part_of(t, years) * rent(t)
                }),
                ..at_once
            })
        }
        Action::Sublet => {
            let ends = lease_years(building, place.base_date)?;
            let year = emptied + 1 + finance.sublet_void_years;
            (f64::from(year) < ends && calendar.holds(year)).then(|| Leaving {
                year,
                holding: worth(emptied + 1, year - 1, &|_| holding),
                rent: worth(emptied + 1, finance.horizon_years, &|t| {
                    let received = if t >= year { finance.sublet_share } else { 0.0 };
                    rent(t) * part_of(t, ends) * (1.0 - received)
                }),
                paid: dilapidations(building, finance),
                ..at_once
            })
        }
        Action::ReleaseLease => {
            let own = lease_end(building, place.base_date, emptied);
            let agreed = surrender(building, place.base_date, emptied);
            let mut best: Option<(f64, Leaving)> = None;
            for end in [own, agreed].into_iter().flatten() {
                let year = end.year.max(emptied).max(1);
                let left = Leaving {
                    year,
                    holding: worth(emptied + 1, finance.horizon_years, &|t| {
                        part_of(t, end.years) * holding
                    }),
                    rent: worth(emptied + 1, finance.horizon_years, &|t| {
                        part_of(t, end.years) * rent(t)
                    }),
                    paid: match end.how {
                        Ending::Surrender(price) => price,
                        Ending::Break => {
                            building.tenure.lease.break_penalty.get()
                                + dilapidations(building, finance)
                        }
                        Ending::Expiry => dilapidations(building, finance),
                    },
                    received: 0.0,
                    date: Some(end.date),
                    notice_by: end.notice_by,
                    by_agreement: matches!(end.how, Ending::Surrender(_)),
                };
                let costs = left.waiting() + calendar.factor(year) * left.paid;
                if calendar.holds(year) && best.as_ref().is_none_or(|(least, _)| costs < *least) {
                    best = Some((costs, left));
                }
            }
            best.map(|(_, left)| left)
        }
        Action::Retain | Action::Host | Action::Outside => None,
    }
}

/// How a lease ends.
enum Ending {
    Expiry,
    Break,
    /// By agreement, for a price.
    Surrender(f64),
}

struct LeaseEnd {
    date: Date,
    notice_by: Option<Date>,
    how: Ending,
    /// Years from the base date, the year of emptying whole: rent is paid for that long.
    years: f64,
    /// The year in which the day falls.
    year: u32,
}

/// The first day on which a lease can be left once the building is emptied in year `emptied`: a break
/// after the beginning of that year and after notice, else its expiry, else (where it has expired by
/// then and goes on from year to year) the end of that year, after notice.
fn lease_end(building: &Building, base: Date, emptied: u32) -> Option<LeaseEnd> {
    let lease = &building.tenure.lease;
    if building.tenure.kind == TenureKind::Pfi {
        return None;
    }
    let notice = i64::from(lease.notice_months.unwrap_or(6).min(1_200)).months();
    let notice_ends = base.saturating_add(notice);
    let begins = base.saturating_add(i64::from(emptied).years());
    let ends = base.saturating_add(i64::from(emptied + 1).years());
    let first_break = lease
        .breaks
        .iter()
        .copied()
        .filter(|day| lease.expiry.is_none_or(|expiry| *day < expiry))
        .filter(|day| *day >= notice_ends && (*day > begins || emptied == 0))
        .min();
    let expiry = lease.expiry.map(|day| {
        if day <= base && emptied == 0 {
            notice_ends
        } else if day <= begins {
            notice_ends.max(ends)
        } else {
            day
        }
    });
    let (date, by_break) = match (expiry, first_break) {
        (Some(expiry), Some(early)) if early < expiry => (early, true),
        (Some(expiry), _) => (expiry, false),
        (None, Some(early)) => (early, true),
        (None, None) => return None,
    };
    let how = if by_break {
        Ending::Break
    } else {
        Ending::Expiry
    };
    Some(ending(base, emptied, date, Some(notice), how))
}

/// The end that the landlord agrees to: no sooner than the building is empty.
fn surrender(building: &Building, base: Date, emptied: u32) -> Option<LeaseEnd> {
    let (price, from) = may_surrender(building, base)?;
    let empty = base.saturating_add(i64::from(emptied + 1).years());
    let how = Ending::Surrender(price);
    Some(ending(base, emptied, from.max(empty), None, how))
}

fn ending(base: Date, emptied: u32, date: Date, notice: Option<Span>, how: Ending) -> LeaseEnd {
    let days = base.until(date).map_or(0, |span| span.get_days());
    let years = f64::from(days) / 365.25;
    LeaseEnd {
        date,
        notice_by: notice.map(|notice| date.saturating_sub(notice)),
        how,
        years: years.max(f64::from(emptied + 1)),
        year: (years.ceil() as u32).saturating_sub(1),
    }
}

//! How a building is held, from its row: the kind of interest and the terms of its lease.

use super::buildings::RowReader;
use super::lease_dates;
use crate::load::Record;
use crate::load::words::{self, Own};
use crate::place::{
    AgencyIx, Finding, Gbp, GbpPerYear, Lease, Repair, Review, Surrender, Tenure, TenureKind,
};
use jiff::civil::Date;

impl RowReader<'_> {
    pub(super) fn tenure(
        &self,
        record: &Record,
        agency: AgencyIx,
        findings: &mut Vec<Finding>,
    ) -> Tenure {
        let c = self.columns;
        let (kind, detail) = (c.text(record, "tenure"), c.text(record, "tenure_detail"));
        let own = Own {
            words: self.named.words_of(agency),
            of_government: self.of_government,
        };
        let letter = || {
            let (heading, cell) = (c.header("tenure")?, kind.as_deref()?);
            words::letter(heading, cell, own)
        };
        let read = match words::tenure(kind.as_deref(), detail.as_deref(), own) {
            TenureKind::Unknown => letter().unwrap_or(TenureKind::Unknown),
            read => read,
        };
        if read == TenureKind::Unknown
            && let Some(word) = &kind
        {
            let found = self.unread(
                record,
                "tenure",
                word,
                "freehold, leasehold, leasehold out, licence, pfi, ground lease",
            );
            findings.push(match words::is_in_trust(word) {
                true => found
                    .cause("held in trust: who may sell it, and who would have the money, it does not say")
                    .action("read as missing: ask, and write freehold where the agency may sell it"),
                false => found,
            });
        }
        let stated: Vec<_> = [kind, detail].into_iter().flatten().collect();
        let mut breaks = c.dates(record, "lease_break", findings);
        breaks.sort_unstable();
        breaks.dedup();
        let (start, expiry) = (
            c.date(record, "lease_start", findings),
            c.date(record, "lease_expiry", findings),
        );
        lease_dates::settle(c, record, (start, expiry), &mut breaks, findings);
        if matches!(read, TenureKind::Leasehold | TenureKind::GroundLease)
            && expiry.is_some_and(|day| day < self.base_date)
        {
            let cause = "the lease has run out before the base date";
            let action = "taken as held over: it can be left at any time, with notice; give the new \
                          end, or a licence as the tenure";
            let found = self.doubted("lease-run-out", record, "lease_expiry");
            findings.push(found.cause(cause).action(action));
        }
        if read == TenureKind::Leasehold && c.text(record, "rent_gbp").is_none() {
            let action =
                "no rent is counted, so that leaving it saves none; state it, 0 where none is paid";
            let found = self.doubted("rent-not-stated", record, "rent_gbp");
            findings.push(found.cause("a lease without a rent").action(action));
        }
        let owned = matches!(read, TenureKind::Freehold | TenureKind::LetOut);
        let (rent, let_income) = self.rents(record, read, own, findings);
        let notice = c.number(record, "notice_months", findings);
        Tenure {
            kind: read,
            stated: (!stated.is_empty()).then(|| stated.join(" / ").into()),
            lease: Lease {
                start,
                expiry,
                breaks,
                notice_months: notice
                    .filter(|n| (0.0..=1200.0).contains(n))
                    .map(|n| n.round() as u32),
                break_penalty: Gbp(c
                    .money(record, "break_penalty_gbp", findings)
                    .unwrap_or(0.0)),
                surrender: self.surrender(record, read, expiry, findings),
                may_sublet: self.may_sublet(record, findings),
                repair: self.repair(record, findings),
                review: self.review(record, findings).filter(|_| !owned),
            }
            .into(),
            rent,
            let_income,
        }
    }

    /// What the landlord asks for letting the tenant go early; terms that cannot be met are said.
    fn surrender(
        &self,
        record: &Record,
        kind: TenureKind,
        expiry: Option<Date>,
        findings: &mut Vec<Finding>,
    ) -> Option<Surrender> {
        let c = self.columns;
        let price = self.no_credit(record, "surrender_gbp", findings);
        let from = c.date(record, "surrender_from", findings);
        let mut refuse = |code, field: &str, cause: &str, action: &str| {
            findings.push(
                self.doubted(code, record, field)
                    .cause(cause)
                    .action(action),
            );
            None
        };
        let rented = matches!(
            kind,
            TenureKind::Leasehold | TenureKind::GroundLease | TenureKind::Pfi
        );
        let late = from.zip(expiry).is_some_and(|(from, end)| from >= end);
        match (price, from) {
            (None, None) => None,
            (None, Some(_)) => refuse(
                "surrender-incomplete",
                "surrender_from",
                "the day of a surrender is stated, and not its price",
                "no surrender is looked at; give surrender_gbp, 0 where the landlord asks nothing",
            ),
            (Some(price), _) if price < 0.0 => refuse(
                "surrender-out-of-range",
                "surrender_gbp",
                "it is less than nought",
                "no surrender is looked at; write what the landlord asks as a positive sum",
            ),
            (Some(_), _) if !rented => refuse(
                "surrender-not-rented",
                "surrender_gbp",
                "only a lease or a private finance contract is surrendered",
                "no surrender is looked at; correct the tenure, or leave the cell empty",
            ),
            (Some(_), _) if late => refuse(
                "surrender-out-of-range",
                "surrender_from",
                "the lease has ended by then",
                "no surrender is looked at; correct one of the dates",
            ),
            (Some(price), from) => Some(Surrender {
                price: Gbp(price),
                from,
            }),
        }
    }

    /// Yes or no, or the words of a lease about subletting.
    fn may_sublet(&self, record: &Record, findings: &mut Vec<Finding>) -> Option<bool> {
        let cell = self.columns.text(record, "may_sublet")?;
        words::may_sublet(&cell).or_else(|| self.columns.yes_no(record, "may_sublet", findings))
    }

    fn repair(&self, record: &Record, findings: &mut Vec<Finding>) -> Option<Repair> {
        let cell = self.columns.text(record, "repair_liability")?;
        let read = words::repair(&cell);
        if read.is_none() {
            let known = "full, internal, landlord";
            findings.push(self.unread(record, "repair_liability", &cell, known));
        }
        read
    }

    /// A review without the rent it leads to changes nothing, and a rent without its day neither: both are said.
    fn review(&self, record: &Record, findings: &mut Vec<Finding>) -> Option<Review> {
        let c = self.columns;
        let on = c.date(record, "rent_review", findings);
        let rent = c.money(record, "review_rent_gbp", findings);
        let half = |field: &str, cause: &str| {
            self.doubted("review-incomplete", record, field)
                .cause(cause)
                .action("today's rent is used in every year; give both the day and the rent from then on")
        };
        match (on, rent) {
            (Some(on), Some(rent)) => Some(Review {
                on,
                from_year: lease_dates::first_whole_year(self.base_date, on),
                rent: GbpPerYear(rent),
            }),
            (Some(_), None) if c.has("review_rent_gbp") => {
                findings.push(half("rent_review", "the review states no rent"));
                None
            }
            (None, Some(_)) if c.has("rent_review") && c.text(record, "rent_gbp").is_some() => {
                findings.push(half(
                    "review_rent_gbp",
                    "the rent after a review has no day",
                ));
                None
            }
            _ => None,
        }
    }
}

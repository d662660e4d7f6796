//! What others take of a receipt and what the rest may be spent on, from a building's row.

use super::buildings::RowReader;
use crate::load::{Record, normalise};
use crate::place::{Fence, Finding, Flag, Gbp, Overage, ReceiptTerms, Severity};
use std::collections::BTreeSet;

impl RowReader<'_> {
    /// Terms that contradict each other are said, and what was done about them.
    pub(super) fn receipt_terms(
        &self,
        record: &Record,
        flags: &BTreeSet<Flag>,
        findings: &mut Vec<Finding>,
    ) -> ReceiptTerms {
        let c = self.columns;
        let clawback = self.clawback(record, findings);
        let clawback_until = c.date(record, "clawback_until", findings);
        let takes_back = clawback.is_some() || flags.contains(&Flag::Clawback);
        if clawback_until.is_some() && !takes_back {
            let cause = "a grant has an end and no amount";
            let action = "nothing is taken back; give clawback_gbp, or the flag `clawback`";
            findings.push(self.incomplete(record, "clawback_until", cause, action));
        }
        ReceiptTerms {
            overage: self.overage(record, findings),
            clawback: clawback.map(Gbp),
            clawback_until: clawback_until.filter(|_| takes_back),
            fence: self.fence(record),
        }
    }

    /// What is stated, nought too: a share of the receipt stands only for what is not stated.
    fn clawback(&self, record: &Record, findings: &mut Vec<Finding>) -> Option<f64> {
        let (c, field) = (self.columns, "clawback_gbp");
        let stated = self.no_credit(record, field, findings)?;
        if stated < 0.0 {
            findings.push(
                Finding::new("clawback-negative", Severity::Warn, record.at.clone())
                    .column(c.header(field).unwrap_or(field))
                    .cell(c.raw(record, field).unwrap_or_default())
                    .cause("a grant takes back no sum below nought")
                    .action("set aside as if it were not stated; write what is taken back as a positive sum"),
            );
        }
        (stated >= 0.0).then_some(stated)
    }

    /// A sum that is no credit where it is below nought: what is done about that is for who reads it to say.
    pub(super) fn no_credit(
        &self,
        record: &Record,
        field: &str,
        findings: &mut Vec<Finding>,
    ) -> Option<f64> {
        let mut own = Vec::new();
        let stated = self.columns.money(record, field, &mut own);
        findings.extend(own.into_iter().filter(|one| one.code != "negative-money"));
        stated
    }

    fn overage(&self, record: &Record, findings: &mut Vec<Finding>) -> Option<Overage> {
        let c = self.columns;
        let share = c.share(record, "overage_share", findings);
        let above = c.money(record, "overage_above_gbp", findings);
        let until = c.date(record, "overage_until", findings);
        let to = c.text(record, "overage_to");
        let Some(share) = share else {
            let stated = [
                ("overage_above_gbp", above.is_some()),
                ("overage_until", until.is_some()),
                ("overage_to", to.is_some()),
            ];
            if let Some((field, _)) = stated.iter().find(|(_, stated)| *stated) {
                let cause = "an overage is spoken of and its share is not stated";
                let action = "no overage is counted; give overage_share";
                findings.push(self.incomplete(record, field, cause, action));
            }
            return None;
        };
        if !(0.0..=1.0).contains(&share) {
            findings.push(
                Finding::new("overage-out-of-range", Severity::Warn, record.at.clone())
                    .column(c.header("overage_share").unwrap_or("overage_share"))
                    .cell(c.raw(record, "overage_share").unwrap_or_default())
                    .cause("it is no share between 0 and 100 %")
                    .action("no overage is counted; write 25 % as `25 %` or `0.25`"),
            );
            return None;
        }
        (share > 0.0).then(|| Overage {
            share,
            above: Gbp(above.unwrap_or(0.0).max(0.0)),
            until,
            to: to.map(Into::into),
        })
    }

    /// Yes stands for the owner's own capital; other words are a purpose outside the plan.
    fn fence(&self, record: &Record) -> Option<Fence> {
        let cell = self.columns.text(record, "ring_fenced")?;
        match normalise(&cell).as_str() {
            "" | "no" | "n" | "false" | "0" | "none" | "notringfenced" | "unrestricted" => None,
            "yes" | "y" | "true" | "1" | "owner" | "agency" | "ownagency" | "owncapital"
            | "owneronly" | "ringfenced" => Some(Fence::Owner),
            _ => Some(Fence::Purpose(cell.into())),
        }
    }

    /// Whether a flag is an overage whose share the row states, and can be read.
    pub(super) fn is_overage(&self, record: &Record, flag: &str) -> bool {
        let word = normalise(flag);
        word.contains("overage")
            && !word.contains("clawback")
            && !word.contains("grant")
            && self
                .columns
                .share(record, "overage_share", &mut Vec::new())
                .is_some_and(|share| (0.0..=1.0).contains(&share))
    }

    fn incomplete(&self, record: &Record, field: &str, cause: &str, action: &str) -> Finding {
        Finding::new(
            "receipt-terms-incomplete",
            Severity::Warn,
            record.at.clone(),
        )
        .column(self.columns.header(field).unwrap_or(field))
        .cell(self.columns.raw(record, field).unwrap_or_default())
        .cause(cause)
        .action(action)
    }
}

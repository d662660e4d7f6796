//! Who pays the rent that a register states: the agency, or somebody else to it.

use super::buildings::RowReader;
use crate::load::words::{Own, says_empty};
use crate::load::{Record, normalise, plain};
use crate::place::{Finding, GbpPerYear, TenureKind};

impl RowReader<'_> {
    /// Rent paid and rent received. An owner pays none for what is its own: a rent beside it is received where the
    /// building is let out or a tenant is named, and not counted where nobody says who pays it, so that no plan
    /// saves it.
    pub(super) fn rents(
        &self,
        record: &Record,
        kind: TenureKind,
        own: Own<'_>,
        findings: &mut Vec<Finding>,
    ) -> (GbpPerYear, GbpPerYear) {
        let c = self.columns;
        let stated = c.money(record, "rent_gbp", findings).unwrap_or(0.0);
        let income = c.money(record, "let_income_gbp", findings);
        let owned = matches!(kind, TenureKind::Freehold | TenureKind::LetOut);
        if !owned || stated == 0.0 {
            return (GbpPerYear(stated), GbpPerYear(income.unwrap_or(0.0)));
        }
        let tenant = c.text(record, "tenant").filter(|name| is_tenant(name, own));
        let let_out = kind == TenureKind::LetOut || tenant.is_some();
        let received = income.is_none() && let_out;
        let (cause, action) = match received {
            false if let_out => (
                "a rent beside an income that is stated in a column of its own, of a building that is let out",
                "the income counts, the rent does not; where it is paid, correct the tenure",
            ),
            true => (
                "a rent of a building that is owned and let out",
                "counted as rent received, which ends with a sale; where it is paid, correct the tenure",
            ),
            false => (
                "a rent of a building that is owned, and nothing says who pays it",
                "not counted, so that no plan saves it; where it is received, map it to let_income_gbp, and \
                 where it is paid, correct the tenure",
            ),
        };
        let code = match received {
            true => "rent-received",
            false => "rent-of-owner",
        };
        let found = self.doubted(code, record, "rent_gbp");
        findings.push(found.cause(cause).action(action));
        let income = income.unwrap_or(if received { stated } else { 0.0 });
        (GbpPerYear::ZERO, GbpPerYear(income))
    }
}

/// Whether a cell names somebody else as the tenant: neither the agency itself nor nobody.
fn is_tenant(name: &str, own: Own<'_>) -> bool {
    const NOBODY: [&str; 3] = ["owner", "no ", "not "];
    let name = plain(name);
    !NOBODY.iter().any(|nobody| name.starts_with(nobody))
        && !says_empty(&normalise(&name))
        && !name
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| own.words.contains(&normalise(word)))
}

//! Where our own defaults come from, and of when they are.

/// Set by us without a published figure: of when this list is.
const SET: &str = "2026-11";
const OURS: &str = "oneroof default";

/// The beginning of a setting's name, where its default comes from, and of when that is.
const SOURCES: [(&str, &str, &str); 27] = [
    (
        "finance.discount",
        "HM Treasury Green Book: social time preference rate",
        "2026-02-05",
    ),
    (
        "finance.horizon_years",
        "oneroof default: the 25 years of business cases for public hubs",
        SET,
    ),
    (
        "finance.fit_out_gbp_m2",
        "UK fit-out market guides, £540–1,080/m² (Cat B)",
        "2024",
    ),
    (
        "finance.optimism_bias",
        "Mott MacDonald for HM Treasury, Review of Large Public Procurement in the UK: upper bounds of standard and non-standard \
         buildings; that clinical and secure floor is non-standard is ours",
        "2002",
    ),
    (
        "finance.listed_optimism_bias",
        "Mott MacDonald for HM Treasury, Review of Large Public Procurement in the UK: upper bound of non-standard buildings; that a \
         listed one is non-standard is ours",
        "2002",
    ),
    (
        "finance.fees_share",
        "oneroof placeholder, of the usual 10–15 % of works",
        SET,
    ),
    (
        "finance.move_gbp_fte",
        "oneroof placeholder, of the usual £500–1,500 a person",
        SET,
    ),
    (
        "finance.dilapidations_gbp_m2",
        "oneroof placeholder, of the usual £50–150/m²",
        SET,
    ),
    (
        "finance.disposal_cost_share",
        "oneroof placeholder, of the usual 2–4 % of a receipt",
        SET,
    ),
    (
        "finance.disposal_lag_years",
        "oneroof default: the shortest of the 1–3 years that sales take",
        SET,
    ),
    (
        "finance.moratorium_years",
        "Localism Act 2011 s95: six weeks, or six months in all where a community group asks to bid; as whole years",
        "2011",
    ),
    (
        "finance.clawback_share",
        "oneroof default: all of it, where the grant's terms are not stated",
        SET,
    ),
    (
        "finance.undervalue_limit_gbp",
        "General Disposal Consent (England) 2003",
        "2003",
    ),
    (
        "finance.default_running_gbp_m2",
        "oneroof placeholder, of £120–200/m² without rent",
        SET,
    ),
    (
        "finance.usable_share",
        "net internal area is 80–85 % of gross; practitioner figure",
        SET,
    ),
    (
        "finance.sublet_share",
        "oneroof placeholder: no published figure",
        SET,
    ),
    (
        "finance.holding_share",
        "oneroof placeholder: security, insurance and what is left of rates; no published figure",
        SET,
    ),
    (
        "finance.sensitivity",
        "oneroof default: ±20 % as in business cases, wider where less is known",
        SET,
    ),
    (
        "rates of an empty listed building",
        "Non-Domestic Rating (Unoccupied Property) (England) Regulations 2008, regulation 4(e): exempt",
        "2008",
    ),
    ("surrenders", REGISTER, REGISTERED),
    ("part release", REGISTER, REGISTERED),
    ("overage", REGISTER, REGISTERED),
    ("clawback", REGISTER, REGISTERED),
    ("ring-fenced receipts", REGISTER, REGISTERED),
    ("parts of buildings", REGISTER, REGISTERED),
    ("space standard", STANDARDS, SET),
    ("service.space_m2", STANDARDS, SET),
];

const REGISTER: &str = "the registers, building by building";
/// Of when the registers are: the base date of the place.
pub(super) const REGISTERED: &str = "the base date";
const STANDARDS: &str = "place.toml, or its defaults";

/// The source of a default, and of when it is.
pub(super) fn of(name: &str) -> (&'static str, Option<&'static str>) {
    let belongs = |to: &str| {
        let rest = name.strip_prefix(to);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let known = SOURCES.iter().find(|(to, _, _)| belongs(to));
    let (source, dated) = known.map_or((OURS, SET), |(_, source, dated)| (*source, *dated));
    (source, Some(dated))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_has_the_source_of_its_family_and_none_of_a_name_alike() {
        assert_eq!(of("finance.fit_out_gbp_m2.office").1, Some("2024"));
        assert_eq!(of("finance.discounts").0, OURS);
        assert_eq!(of("travel.detour"), (OURS, Some(SET)));
    }
}

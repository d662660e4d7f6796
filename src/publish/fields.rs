//! Every field of every table and layer: who may see it, its unit, and what it means. One list, so
//! that no column is written that nobody marked or explained; `columns.csv` is made from it.

use Seen::{Partners, Public};

/// Who may see a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// Anybody.
    Public,
    /// The partners, and the agency whose record it is in.
    Partners,
}

/// Name, who sees it, unit or form, meaning.
pub(super) type Field = (&'static str, Seen, &'static str, &'static str);

/// The field of this name.
pub(super) fn field(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|(known, ..)| *known == name)
}

/// The public sees where services are, where they go and how far people travel; money of single
/// buildings and agencies, lease terms, staff, and the words of registers stay with the partners.
#[rustfmt::skip]
pub(super) const FIELDS: &[Field] = &[
    // Records and where they are.
    ("asset_id", Public, "id", "The building's id: its register's own where that is unique in the place, else agency/id"),
    ("uprn", Public, "id", "Unique Property Reference Number, 12 digits as text"),
    ("name", Public, "words", "Name, as in the agency's own table"),
    ("postcode", Public, "words", "Postcode"),
    ("agency", Public, "id", "The agency that owns or leases the building, or whose team it is"),
    ("lon", Public, "degrees", "Longitude, WGS84"),
    ("lat", Public, "degrees", "Latitude, WGS84"),
    ("easting", Public, "metres", "British National Grid easting; empty outside Great Britain"),
    ("northing", Public, "metres", "British National Grid northing; empty outside Great Britain"),
    ("from_lon", Public, "degrees", "Longitude of the building it leaves, WGS84"),
    ("from_lat", Public, "degrees", "Latitude of the building it leaves, WGS84"),
    ("to_lon", Public, "degrees", "Longitude of the building it goes to, WGS84"),
    ("to_lat", Public, "degrees", "Latitude of the building it goes to, WGS84"),
    ("from_easting", Public, "metres", "British National Grid easting of the building it leaves"),
    ("from_northing", Public, "metres", "British National Grid northing of the building it leaves"),
    ("to_easting", Public, "metres", "British National Grid easting of the building it goes to"),
    ("to_northing", Public, "metres", "British National Grid northing of the building it goes to"),
    // Buildings. The year of an exit tells the term of a lease, and so do the plan's own words:
    // where those are not seen, the reason is what the action means.
    ("action", Public, "retain, host, release_lease, sell, transfer, sublet, mothball, outside", "What becomes of the building: kept; kept and takes others in; lease ended; sold; given to a partner or community body; let to somebody else; emptied and held; not part of the plan"),
    ("reason", Public, "words", "Why; for those who may not read the agency's figures, what the action means"),
    ("words", Partners, "words", "The plan's own words about a record"),
    ("host_id", Public, "id", "Of a building that is let go: the building that most of what was in it goes to"),
    ("proof", Public, "proven, optimal, best_found", "proven: the opposite action costs more than the plan even by the bound; optimal: the whole plan is proven the cheapest, to a millionth of its cost, so the opposite costs no less; best_found: nothing cheaper was found; empty where it was not in question"),
    ("grade", Public, "measured, stated, defaulted", "The weakest of how well floor, running cost and value are known"),
    ("tenure", Public, "freehold, leasehold, let_out, licence, pfi, ground_lease, unknown", "How the agency holds the building"),
    ("usable_m2", Public, "m²", "Usable (net internal) floor"),
    ("used_today_m2", Public, "m²", "Floor in use today"),
    ("used_after_m2", Public, "m²", "Floor in use under the plan"),
    // A programme. What is done when tells the terms of leases, as the year of an action does.
    ("year", Partners, "years", "The year of the programme by whose end it is done, whole years from the base date; for a zone the last year in which one of its journeys changes"),
    ("year_begins", Partners, "date", "The first day of that year"),
    ("act", Partners, "open, fit_out, move, empty, release_lease, sell, transfer, mothball", "The step: a proposed building opens; floor is fitted out; a team or counter moves in; a building stands empty; its lease ends; it is sold; it is given away; it is held empty"),
    ("building_id", Partners, "id", "The building where the step is taken"),
    ("building_name", Partners, "words", "Its name"),
    ("step_gbp", Partners, "£ once", "What the step costs once"),
    ("receipt_net_gbp", Partners, "£ once", "What it brings, less the cost of the sale"),
    ("ends_on", Partners, "date", "The day on which the lease ends"),
    ("notice_by", Partners, "date", "The last day on which notice for it can be given"),
    ("duties", Partners, "ids", "Duties of the duty pack that come before it"),
    ("not_before", Partners, "date", "The first day on which those duties allow it"),
    ("wait_weeks", Partners, "weeks", "How long the sale of an empty building waits for its duties"),
    ("postponed", Partners, "words", "Why no year of the programme has room for it; such a row has no year"),
    ("after_year", Partners, "see unit", "What the rule measures at the end of that year"),
    ("short_by", Partners, "see unit", "How far that is beyond what is enforced; empty where somebody can reach nothing, and where zones have limits of their own (people_short counts who is beyond theirs)"),
    ("people_short_year", Partners, "people", "People outside the limit at the end of that year"),
    ("act_year", Partners, "years", "Whole years from the base date to the action: 0 is the first year"),
    ("run_today_gbp", Partners, "£ a year", "Running cost, rent and rates today"),
    ("run_after_gbp", Partners, "£ a year", "The same in a steady year under the plan"),
    ("save_gbp_y", Partners, "£ a year", "Running cost today less running cost after: positive is saved"),
    ("capex_gbp", Partners, "£ once", "One-off cost at the building: fit-out for arrivals and leaving costs; repairs avoided are taken off, repairs needed anyway are left out"),
    ("repairs_gbp", Partners, "£ once", "Repairs that wait today: avoided where the building is let go, needed anyway where it is kept"),
    ("decision", Partners, "words", "What people have decided about the record: why, who, when, until when; empty where nobody decided anything"),
    ("receipt_gbp", Partners, "£ once", "What its sale brings, before the cost of selling"),
    ("epc", Public, "band", "Energy performance band, as stated; what is below E may not be let"),
    ("epc_liability_gbp", Partners, "£ once", "Works that the energy standard asks for today, as stated; no part of any sum"),
    ("epc_left_gbp", Partners, "£ once", "The same under the plan: nothing once the building is sold, given up or given away"),
    ("tco2e_today", Public, "tonnes of CO2 equivalent a year", "What its energy use emits today, as stated"),
    ("tco2e_after", Public, "tonnes of CO2 equivalent a year", "The same under the plan: as today where it is kept, nothing once it is let go or held empty; what moves with its teams is not in it"),
    ("value_forgone_gbp", Partners, "£ once", "Of a building that is given away: what a sale would bring"),
    ("undervalue", Partners, "within, consent_needed", "That value against undervalue_limit_gbp: beyond it a local authority in England needs the Secretary of State's consent (General Disposal Consent 2003; Local Government Act 1972, s123)"),
    ("npv_gbp", Partners, "£ present value", "Worth against today over the horizon, discounted: positive is better off"),
    // Moves.
    ("occupier", Public, "id", "The team or counter"),
    ("service", Public, "id", "The service"),
    ("outcome", Public, "move, merge", "It moves, or joins another of its service"),
    ("from_id", Public, "id", "The building it leaves"),
    ("from_name", Public, "words", "Name of the building it leaves"),
    ("to_id", Public, "id", "The building it goes to"),
    ("to_name", Public, "words", "Name of the building it goes to"),
    ("km", Public, "km", "Straight line × detour between the two"),
    ("consult", Public, "ids", "Soft limits on the distance of a move that it breaches: a duty to consult"),
    ("area_m2", Partners, "m²", "Floor it uses under the plan"),
    ("basis", Partners, "stated, standard, service_default, unknown", "Where that floor comes from: its own table; staff × the space standard; the service's default"),
    ("staff_fte", Partners, "full-time equivalents", "Its staff"),
    ("one_off_gbp", Partners, "£ once", "One-off cost: fit-out, fees and the move"),
    // Access.
    ("zone_id", Public, "id", "The zone's code"),
    ("population", Public, "people", "People who live in the zone"),
    ("demand", Public, "people", "People of the zone who need the service"),
    ("today_km", Public, "km", "Straight line × detour from the zone's point to the nearest place of the service today; empty where it reaches none"),
    ("after_km", Public, "km", "The same under the plan"),
    ("change_km", Public, "km", "After less today: positive is further"),
    ("change", Public, "nearer, same, further, reached, cut_off, none", "same: within 50 m; reached: for the first time; cut_off: it can reach none any more; none: it reaches none today or after"),
    ("host_today", Public, "id", "The building of the service that is nearest to the zone today; empty where it reaches none, or where the building is not shown"),
    ("host_after", Public, "id", "The same under the plan: the map of catchments shows it"),
    ("zone_measure", Public, "words", "How the three distances are measured, for every service alike"),
    ("rules_measure", Public, "words", "How the access rules of the service measure, where that is something else: their figures are in access.csv"),
    ("groups", Public, "people", "Of those, the people of each group: shares of the zone, not counted persons"),
    ("group", Public, "id", "The group of people, as place.toml names it; everybody first"),
    ("group_people", Public, "people", "Demand of the group for the service: its share of each zone's, not counted persons (households where the demand is in households)"),
    ("mean_today_km", Public, "km", "The group's mean distance today, straight line × detour, of those who reach the service"),
    ("mean_after_km", Public, "km", "The same under the plan"),
    ("p90_today_km", Public, "km", "The distance within which nine tenths of them are today"),
    ("p90_after_km", Public, "km", "The same under the plan"),
    ("worst_today_km", Public, "km", "The greatest distance of any of them today"),
    ("worst_after_km", Public, "km", "The same under the plan"),
    ("equal_today_km", Public, "km", "Kolm-Pollak equally-distributed equivalent today: the distance that, if all of the group had it, would be as good as those they have; higher than the mean where they are unequal"),
    ("equal_after_km", Public, "km", "The same under the plan, with the same kappa"),
    ("epsilon", Public, "number", "How much inequality counts in the equivalent: 0 not at all"),
    ("kappa", Public, "per km", "epsilon × alpha, alpha from everybody's distances today: the same for every group, today and under the plan"),
    ("further_5_min_walk", Public, "people", "People of the group who are more than 5 minutes' walk further away, at the walking speed of place.toml"),
    ("further_10_min_walk", Public, "people", "The same, 10 minutes' walk"),
    ("further_5_min_drive", Public, "people", "The same, 5 minutes' drive"),
    ("further_10_min_drive", Public, "people", "The same, 10 minutes' drive"),
    ("group_cut_off", Public, "people", "People of the group who can reach none any more"),
    ("group_further", Public, "people", "People of the group who are more than 50 m further away"),
    ("group_nearer", Public, "people", "People of the group who are more than 50 m nearer"),
    ("share_worse_off", Public, "share", "Of the group, those further away or cut off, 0 to 1; empty where they are too few to be told"),
    ("against_everybody", Public, "number", "That share over everybody's: above 1, the group loses more often"),
    ("equality_note", Public, "words", "What the table is for, and what it is not"),
    ("rule", Public, "id", "The access rule"),
    ("rule_source", Public, "words", "Where the rule comes from, where it is part of a pack: the pack, its source and date"),
    ("kind", Public, "within, worst_case, mean, displacement, no_group_worse, floor_per_area, minimum_hosts", "What kind of limit it is"),
    ("measure", Public, "words", "How it measures distance"),
    ("matrix_covers", Public, "share", "Part of the zone-to-building pairs that the given travel times know, 0 to 1; empty for straight lines"),
    ("hard", Public, "true, false", "Whether every plan must keep it"),
    ("limit", Public, "words", "The limit"),
    ("unit", Public, "share, km, minutes, buildings", "Unit of the three figures that follow"),
    ("today", Public, "see unit", "What the rule measures today"),
    ("enforced", Public, "see unit", "What was enforced: the weaker of the limit and today, unless the rule is strict"),
    ("after", Public, "see unit", "What the rule measures under the plan"),
    ("people_short_today", Public, "people", "People outside the limit today"),
    ("people_short_after", Public, "people", "People outside the limit under the plan"),
    ("verdict", Public, "pass, fails_today, consult, fail, empty", "fails_today: today fails it as stated and the plan is no worse; consult: a soft rule does not hold; empty: it counts nobody"),
    ("worst", Public, "ids", "Zones, teams, groups or areas furthest beyond the limit, worst first, twenty at most"),
    ("unreachable", Public, "ids", "Zones left out because they can reach none today"),
    // Money.
    ("subject", Partners, "id", "The building, team or site the line is about"),
    ("subject_name", Partners, "words", "Its name"),
    ("line", Partners, "code", "Kind of cost or income: see the guide to the method"),
    ("column_kind", Partners, "recurring, one_off, receipt", "The three kinds of money, never added to one another"),
    ("today_gbp", Partners, "£, a year where recurring", "Amount today; costs are positive, and so are receipts"),
    ("after_gbp", Partners, "£, a year where recurring", "Amount under the plan"),
    ("recurring_today_gbp", Partners, "£ a year", "The agency's property cost today, recharges included"),
    ("recurring_after_gbp", Partners, "£ a year", "The same in a steady year under the plan"),
    ("agency_one_off_gbp", Partners, "£ once", "All its one-off cost: repairs avoided are taken off, repairs needed anyway are left out"),
    ("repairs_avoided_gbp", Partners, "£ once", "Repairs that wait today in its buildings that are let go: taken off the one-off cost"),
    ("repairs_anyway_gbp", Partners, "£ once", "Repairs that wait today in its buildings that are kept: left out of the one-off cost"),
    ("receipts_gbp", Partners, "£ once", "Receipts, before the cost of selling"),
    ("recharge_net_gbp", Partners, "£ a year", "Recharges it pays to other agencies less those it receives, in a steady year under the plan; part of recurring_after_gbp"),
    ("recharge_npv_gbp", Partners, "£ present value", "Part of npv_gbp that comes of recharges: what it pays other agencies less, or receives more, than today"),
    // Limits on money.
    ("money_limit", Partners, "capital_budget, no_agency_worse_off, savings_share", "What is limited: how much is spent once; how much an agency may lose; how much a year is left to run"),
    ("limited", Partners, "id", "The agency, or all of them together"),
    ("limit_gbp", Partners, "£", "The most that may be spent once; the least present value against today; the most running cost a year"),
    ("limited_gbp", Partners, "£", "What the plan comes to: receipts deducted where they count, agreed transfers added"),
    ("of_gbp", Partners, "£ a year", "What a share is of: the running cost in scope today"),
    ("kept", Partners, "true, false", "Whether it holds, to a pound; only a plan that people chose may break one"),
    // A fair deal.
    ("split_step", Partners, "alone, sharing, closing, shorter_journeys", "How the saving comes about: each agency alone in its own buildings; sharing each other's, every counter kept; counters that merge as well; what is given up so that people travel less"),
    ("split_saving_gbp", Partners, "£ present value, or £ a year", "What a plan saves that may do this step and those before it; of an agency, what it gains, recharges included"),
    ("split_adds_gbp", Partners, "£ present value, or £ a year", "The same less that of the step before"),
    ("split_most_gbp", Partners, "£ present value, or £ a year", "No plan of this step saves more; empty where nothing is proven"),
    ("split_moves", Partners, "number", "Teams and counters that move in this step; empty for the steps that are the plan itself"),
    ("split_let_go", Partners, "number", "Buildings that are let go in it"),
    ("split_note", Partners, "words", "Why the step has no plan of its own, and does nothing"),
    ("transfer_kind", Partners, "agreed, needed", "agreed: stated in place.toml; needed: part of the least that would leave no agency worse off, after what is agreed"),
    ("transfer_from", Partners, "id", "The agency that pays"),
    ("transfer_to", Partners, "id", "The agency that is paid"),
    ("transfer_gbp", Partners, "£ present value", "How much"),
    ("together_first", Partners, "id", "The service whose teams and counters are counted"),
    ("together_second", Partners, "id", "The service they do better beside"),
    ("together_link", Partners, "gained, broken, all", "gained: beside it under the plan and not today; broken: the other way; all: the sum of the pair"),
    ("together_gbp", Partners, "£ a year", "What the change is worth at the stated value; no part of the saving"),
    ("together_points", Partners, "number", "The same in points"),
    ("together_today", Partners, "number", "Teams and counters of the first service that are beside the second today"),
    ("together_after", Partners, "number", "The same under the plan"),
    // Money by year, and what it comes to.
    ("cash_year", Partners, "years", "Counted from the base date: 0 is the first year"),
    ("better_gbp", Partners, "£", "What the year leaves better than today: cost saved, or receipts; negative is worse"),
    ("factor", Partners, "present pounds per pound", "What a pound of that year is worth in year 0"),
    ("present_gbp", Partners, "£ present value", "better_gbp × factor"),
    ("recurring_saved_gbp", Partners, "£", "Recurring cost saved in that year, all agencies together"),
    ("one_off_better_gbp", Partners, "£", "One-off cost avoided less one-off cost spent in that year: negative where more is spent than today"),
    ("so_far_gbp", Partners, "£", "Sum of better_gbp to the end of that year"),
    ("present_so_far_gbp", Partners, "£ present value", "The same discounted: in the last year the net present value, but for rounding"),
    ("whose", Partners, "id", "The agency; the whole place in the first row"),
    ("npv_without_receipts_gbp", Partners, "£ present value", "npv_gbp without receipts and the cost of selling"),
    ("benefits_gbp", Partners, "£ present value", "Recurring cost saved, repairs avoided and receipts"),
    ("costs_gbp", Partners, "£ present value", "One-off cost, repairs aside: fit-out, fees, moves, leaving leases, selling"),
    ("benefit_cost_ratio", Partners, "ratio", "benefits ÷ costs; empty where nothing is spent"),
    ("annual_cost_today_gbp", Partners, "£ a year", "Equivalent annual cost of the do-minimum: the level yearly sum with the same present value"),
    ("annual_cost_after_gbp", Partners, "£ a year", "The same of the plan, receipts deducted"),
    ("payback_year", Partners, "years", "The first year from whose end on all that was spent is back: 0 where nothing is ever out, empty where it never is back"),
    ("payback_discounted_year", Partners, "years", "The same in present values"),
    ("payback_without_receipts_year", Partners, "years", "The same without receipts and the cost of selling"),
    ("most_out_gbp", Partners, "£", "The most that is spent and not yet back at the end of any year"),
    // Money that turns out otherwise; the plan is held fixed.
    ("tried", Partners, "range, late_receipts", "range: one thing at both ends of its range; late_receipts: receipts so many years late"),
    ("leans_on", Partners, "code", "The thing that turns out otherwise, for all buildings together, as in [finance.sensitivity]"),
    ("low", Partners, "see leans_on", "The least it may be: a multiple of what is assumed; points for discount_rate, years for receipt_delay"),
    ("high", Partners, "see leans_on", "The most it may be"),
    ("npv_low_gbp", Partners, "£ present value", "What the plan is then worth at the least"),
    ("npv_high_gbp", Partners, "£ present value", "What it is worth at the most"),
    ("switching", Partners, "see leans_on", "The value at which the plan is no better than today; empty where none is"),
    ("draws", Partners, "number", "Draws from all ranges at once, each thing by itself, most likely as assumed"),
    ("seed", Partners, "number", "Seed of the draws"),
    ("better_share", Partners, "share", "Share of the draws in which the plan is better than today"),
    ("npv_mean_gbp", Partners, "£ present value", "Mean of what the plan is worth in the draws"),
    ("npv_p10_gbp", Partners, "£ present value", "One draw in ten is worth no more"),
    ("npv_p50_gbp", Partners, "£ present value", "One draw in two is worth no more"),
    ("npv_p90_gbp", Partners, "£ present value", "Nine draws in ten are worth no more"),
    // Assumptions.
    ("assumption", Public, "code", "The setting or default, as in place.toml"),
    ("value", Public, "with its unit", "Its value"),
    ("stated", Public, "true, false", "true: stated in place.toml; false: the program's own default"),
    ("source", Public, "words", "Where the value comes from"),
    ("used_by", Public, "records", "How many records lean on it"),
    // Findings. Cells, causes and actions repeat what registers say, rents included.
    ("code", Public, "code", "The kind of finding: see the guide to findings"),
    ("severity", Public, "error, reject, repair, default, warn", "What it means: nothing is planned; the row is set aside; a value was changed to be read; a value was missing and a named default was used; noted, nothing was changed"),
    ("file", Public, "words", "The file"),
    ("record", Public, "number", "Which record of the file, from 1, the header not counted"),
    ("row_line", Public, "number", "The line it begins on, from 1"),
    ("column", Public, "words", "The column, by its name in the file"),
    ("cell", Partners, "words", "The cell as it stood"),
    ("cause", Partners, "words", "What is wrong"),
    ("what_was_done", Partners, "words", "What was done about it, or should be"),
    ("setting", Partners, "words", "The line to add to place.toml that settles it"),
    // Rows set aside.
    ("rejected_file", Partners, "words", "The file of the row; the columns after these four are the file's own"),
    ("rejected_record", Partners, "number", "Which record of the file, from 1"),
    ("rejected_line", Partners, "number", "The line it begins on, from 1"),
    ("rejected_code", Partners, "code", "Why it was set aside: see quality.csv"),
    // Matches.
    ("point_id", Public, "id", "The record that was looked up: a service point's or a second register's"),
    ("point_name", Public, "words", "Its name"),
    ("asset_name", Public, "words", "Name of the building it was joined to or compared with"),
    ("match_basis", Public, "uprn, postcode_name, postcode_door, distance_name, distance_only, postcode_only, decision", "What the match rests on"),
    ("distance_m", Public, "metres", "Straight line between the two"),
    ("score", Public, "0 to 1", "How alike the names are"),
    ("joined", Public, "true, false", "Whether they were made one building"),
    ("doubtful", Public, "true, false", "Whether a person should look at the pair"),
    ("decided_by", Partners, "words", "Who settled it"),
    // Data requests.
    ("rank", Partners, "number", "Order in this file: 1 is what most money leans on"),
    ("request_record", Partners, "id", "The building or team"),
    ("request_name", Partners, "words", "Its name"),
    ("field", Partners, "code", "The missing column"),
    ("used", Partners, "words", "What was used instead"),
    ("leans_gbp", Partners, "£ present value", "How much money leans on that over the horizon: what the building costs to keep, its running cost or its value, whichever the cell is about"),
    ("why", Partners, "words", "Why it matters"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_marked_once_and_has_a_unit_and_a_meaning_and_no_pounds_are_public() {
        for (at, (name, seen, unit, meaning)) in FIELDS.iter().enumerate() {
            let earlier = FIELDS[..at].iter().any(|(other, ..)| other == name);
            assert!(!earlier, "{name} is marked twice");
            assert!(!unit.is_empty() && meaning.len() > 3, "{name}");
            let money = name.contains("gbp") || unit.contains('£');
            assert!(!(money && *seen == Public), "{name}");
            assert_eq!(money, unit.contains('£'), "{name} has no unit of money");
        }
    }
}

//! Every setting and default that a figure leans on, with its source and who leans on it.

mod sources;
mod travel;

use super::in_play::InPlay;
use super::placements::Placements;
use super::report::Assumption;
use crate::access::EPSILON;
use crate::place::currency;
use crate::place::words::exact;
use crate::place::{
    Building, Driver, Finance, Flag, Grade, NeedBasis, Place, Ranges, SpaceType, TenureKind,
    TravelObjective, Zone,
};

/// Lists the assumptions of a place, money first.
pub(crate) fn assumptions(
    place: &Place,
    in_play: &InPlay,
    placements: &Placements,
) -> Vec<Assumption> {
    let mut list = List {
        place,
        in_play,
        rows: Vec::new(),
    };
    list.money();
    list.space();
    list.travel(placements);
    list.rows
}

struct List<'a> {
    place: &'a Place,
    in_play: &'a InPlay,
    rows: Vec<Assumption>,
}

impl List<'_> {
    fn add(&mut self, name: &str, value: String, stated: bool, used_by: usize) {
        let stated = stated || self.place.finance.said_source_of(name).is_some();
        let (source, dated) = match stated {
            true => (self.place.finance.source_of(name), None),
            false => sources::of(name),
        };
        self.rows.push(Assumption {
            name: name.to_owned(),
            value,
            stated,
            source: source.to_owned(),
            dated: dated.map(|dated| match dated {
                sources::REGISTERED => self.place.base_date.to_string(),
                dated => dated.to_owned(),
            }),
            used_by,
        });
    }

    /// How many buildings in play are so.
    fn buildings(&self, so: impl Fn(&Building) -> bool) -> usize {
        self.place
            .buildings()
            .filter(|(at, building)| self.in_play.is_in_play(*at) && so(building))
            .count()
    }

    /// How many occupiers that can move need floor of a type.
    fn movers(&self, space: Option<SpaceType>) -> usize {
        self.place
            .occupiers()
            .filter(|(at, occupier)| {
                self.in_play.is_movable(*at)
                    && space.is_none_or(|space| occupier.needs.get(space).get() > 0.0)
            })
            .count()
    }

    fn money(&mut self) {
        let ours = Finance::default();
        let finance = self.place.finance.clone();
        let all = self.buildings(|_| true);
        let movers = self.movers(None);
        let freehold =
            self.buildings(|b| matches!(b.tenure.kind, TenureKind::Freehold | TenureKind::LetOut));
        let leased = self.buildings(|b| {
            matches!(
                b.tenure.kind,
                TenureKind::Leasehold | TenureKind::GroundLease
            )
        });
        // What begins after the horizon is in no figure.
        let steps: Vec<String> = finance
            .discount
            .iter()
            .filter(|step| step.from_year < finance.horizon_years)
            .map(|step| format!("{} from year {}", percent(step.rate), step.from_year))
            .collect();
        let prices = format!("real {} of {}", currency::name(), self.place.base_date);
        self.add("price base", prices, true, all);
        self.add(
            "finance.discount",
            steps.join(", "),
            finance.discount != ours.discount,
            all,
        );
        self.add(
            "finance.horizon_years",
            years(f64::from(finance.horizon_years)),
            finance.horizon_years != ours.horizon_years,
            all,
        );
        for space in SpaceType::ALL {
            let used_by = self.movers(Some(space));
            let fit_out = finance.fit_out_gbp_m2.get(&space).copied().unwrap_or(0.0);
            self.add(
                &format!("finance.fit_out_gbp_m2.{}", space.name()),
                rate(fit_out, "/m²"),
                finance.fit_out_gbp_m2.get(&space) != ours.fit_out_gbp_m2.get(&space),
                used_by,
            );
            let bias = finance.optimism_bias.get(&space).copied().unwrap_or(0.0);
            self.add(
                &format!("finance.optimism_bias.{}", space.name()),
                percent(bias),
                finance.optimism_bias.get(&space) != ours.optimism_bias.get(&space),
                used_by,
            );
        }
        let no_holding_cost = self.buildings(|b| b.holding_cost.is_none());
        let no_running_cost = self.buildings(|b| b.running_fixed.grade == Grade::Defaulted);
        let clawed = self
            .buildings(|b| b.flags.contains(&Flag::Clawback) && b.receipt_terms.clawback.is_none());
        let waiting = self.buildings(|b| b.flags.contains(&Flag::CommunityValue));
        let listed = self.buildings(|b| b.flags.contains(&Flag::Listed));
        let sublettable = self.buildings(|b| {
            b.tenure.kind == TenureKind::Leasehold && b.tenure.lease.may_sublet == Some(true)
        });
        let given = self.buildings(|b| b.tenure.is_owned() && b.flags.contains(&Flag::Covenant));
        let rows: [Row; 16] = [
            (
                "listed_optimism_bias",
                finance.listed_optimism_bias,
                ours.listed_optimism_bias,
                percent,
                listed,
            ),
            (
                "fees_share",
                finance.fees_share,
                ours.fees_share,
                |share| percent(share) + " of fit-out",
                movers,
            ),
            (
                "move_gbp_fte",
                finance.move_gbp_fte,
                ours.move_gbp_fte,
                |amount| rate(amount, " per FTE"),
                movers,
            ),
            (
                "dilapidations_gbp_m2",
                finance.dilapidations_gbp_m2,
                ours.dilapidations_gbp_m2,
                |amount| rate(amount, "/m² usable"),
                leased,
            ),
            (
                "disposal_cost_share",
                finance.disposal_cost_share,
                ours.disposal_cost_share,
                |share| percent(share) + " of the receipt",
                freehold,
            ),
            (
                "disposal_lag_years",
                f64::from(finance.disposal_lag_years),
                f64::from(ours.disposal_lag_years),
                years,
                freehold,
            ),
            (
                "moratorium_years",
                f64::from(finance.moratorium_years),
                f64::from(ours.moratorium_years),
                years,
                waiting,
            ),
            (
                "clawback_share",
                finance.clawback_share,
                ours.clawback_share,
                |share| percent(share) + " of the receipt",
                clawed,
            ),
            (
                "sublet_share",
                finance.sublet_share,
                ours.sublet_share,
                |share| percent(share) + " of its own rent",
                sublettable,
            ),
            (
                "sublet_void_years",
                f64::from(finance.sublet_void_years),
                f64::from(ours.sublet_void_years),
                years,
                sublettable,
            ),
            (
                "undervalue_limit_gbp",
                finance.undervalue_limit_gbp,
                ours.undervalue_limit_gbp,
                |amount| rate(amount, ""),
                given,
            ),
            (
                "holding_share",
                finance.holding_share,
                ours.holding_share,
                |share| percent(share) + " of fixed running cost and rates",
                no_holding_cost,
            ),
            (
                "recharge_notice_years",
                finance.recharge_notice_years,
                ours.recharge_notice_years,
                years,
                movers,
            ),
            (
                "recharge_share",
                finance.recharge_share,
                ours.recharge_share,
                |share| percent(share) + " of fixed cost, rent and rates per m²",
                all,
            ),
            (
                "default_running_gbp_m2",
                finance.default_running_gbp_m2,
                ours.default_running_gbp_m2,
                |amount| rate(amount, "/m² usable a year"),
                no_running_cost,
            ),
            (
                "travel_give",
                finance.travel_give,
                ours.travel_give,
                |share| percent(share) + " of cost",
                1,
            ),
        ];
        for (name, value, default, words, used_by) in rows {
            self.add(
                &format!("finance.{name}"),
                words(value),
                value != default,
                used_by,
            );
        }
        self.journeys();
        self.ranges(all);
        self.receipt_terms();
        let shared = self.buildings(|b| b.site.is_some());
        if shared > 0 {
            self.add(
                "site receipts",
                "only where all of a site goes: part of one is held, transferred or released, unless part_release says that it is sold by itself"
                    .to_owned(),
                false,
                shared,
            );
        }
    }

    /// Which journeys the second stage makes least, where they are not the plain sum.
    fn journeys(&mut self) {
        let finance = self.place.finance.clone();
        if finance.travel_objective == TravelObjective::Equal {
            let value = format!("equal: the Kolm-Pollak equivalent, epsilon {EPSILON}");
            self.add("finance.travel_objective", value, true, 1);
        }
        for (group, times) in &finance.travel_weights {
            let has = |zone: &&Zone| zone.groups.get(group).is_some_and(|share| *share > 0.0);
            let used_by = self.place.zones.iter().filter(has).count();
            let value = format!(
                "{} times in the journeys that are made least",
                exact(*times)
            );
            let name = format!("finance.travel_weights.{group}");
            self.add(&name, value, true, used_by);
        }
    }

    /// What registers say about receipts, where any does.
    fn receipt_terms(&mut self) {
        let rows = [
            (
                "overage",
                "a share of the receipt above a base, while it is owed in the year of the sale",
                self.buildings(|b| b.receipt_terms.overage.is_some()),
            ),
            (
                "clawback",
                "the stated sum, while it is owed in the year of the sale",
                self.buildings(|b| b.receipt_terms.clawback.is_some()),
            ),
            (
                "ring-fenced receipts",
                "worth as much as any to their owner; in a shared budget they pay for its own capital, or for nothing",
                self.buildings(|b| b.receipt_terms.fence.is_some()),
            ),
            (
                "rates of an empty listed building",
                "none",
                self.buildings(|b| b.flags.contains(&Flag::Listed) && b.holding_cost.is_none()),
            ),
            (
                "surrenders",
                "what the landlord asks, repairs settled, from the day on which the building is empty",
                self.buildings(|b| b.tenure.lease.surrender.is_some()),
            ),
            (
                "part release",
                "a building that its register says can be sold by itself is, while others of its site stay",
                self.buildings(|b| b.part_release && b.site.is_some()),
            ),
            (
                "parts of buildings",
                "one that is let stands empty for sublet_void_years first, one that is sold waits for its buyer; what it brings goes on to the end",
                self.buildings(|b| b.part.is_some()),
            ),
        ];
        for (name, value, used_by) in rows {
            if used_by > 0 {
                self.add(name, value.to_owned(), false, used_by);
            }
        }
        let declared = self.place.funding.len();
        if declared > 0 {
            let value =
                "who pays the rent of those who come into another agency's building, as declared";
            self.add("funding", value.to_owned(), true, declared);
        }
    }

    /// How far the money may turn out otherwise.
    fn ranges(&mut self, used_by: usize) {
        let (ours, ranges) = (Ranges::default(), self.place.finance.ranges.clone());
        for driver in Driver::ALL {
            let (low, high) = ranges.of(driver);
            let value = match driver {
                Driver::ReceiptDelay => format!("{} to {}", exact(low), years(high)),
                _ => format!("{} to {}", percent(low), percent(high)),
            };
            let stated = ranges.of(driver) != ours.of(driver);
            let name = format!("finance.sensitivity.{}", driver.name());
            self.add(&name, value, stated, used_by);
        }
        for (name, value, stated) in [
            ("draws", u64::from(ranges.draws), ranges.draws != ours.draws),
            ("seed", ranges.seed, ranges.seed != ours.seed),
        ] {
            let name = format!("finance.sensitivity.{name}");
            self.add(&name, value.to_string(), stated, used_by);
        }
    }

    fn space(&mut self) {
        let ours = Finance::default();
        let finance = &self.place.finance;
        let (headroom, usable_share) = (finance.headroom, finance.usable_share);
        let from_gross = self.buildings(|b| {
            let share =
                b.usable.value.total().get() - usable_share * b.gross_area.map_or(0.0, |a| a.get());
            b.gross_area.is_some() && share.abs() < 0.01
        });
        let movers = self.movers(None);
        self.add(
            "finance.headroom",
            percent(headroom),
            headroom != ours.headroom,
            movers,
        );
        self.add(
            "finance.usable_share",
            percent(usable_share),
            usable_share != ours.usable_share,
            from_gross,
        );
        let no_area = self.buildings(|b| b.usable.grade == Grade::Defaulted);
        self.add(
            "usable area not known",
            "what is in use today; receives nobody".to_owned(),
            false,
            no_area,
        );
        for basis in [NeedBasis::Standard, NeedBasis::ServiceDefault] {
            let used_by = self
                .place
                .occupiers
                .iter()
                .filter(|occupier| occupier.basis == basis)
                .count();
            let (name, value) = match basis {
                NeedBasis::Standard => ("space standard", "FTE × desks per FTE × m² per desk"),
                _ => ("service.space_m2", "the service's own area"),
            };
            self.add(name, value.to_owned(), false, used_by);
        }
        for (at, service) in self.place.services() {
            let used_by = self
                .place
                .occupiers()
                .filter(|(o, occupier)| occupier.service == at && self.in_play.is_movable(*o))
                .count();
            if service.may_merge && used_by > 0 {
                self.add(
                    &format!("service.{}.merge_space", service.id),
                    percent(service.merge_space),
                    service.merge_space != 0.6,
                    used_by,
                );
            }
        }
    }
}

/// Name, value, our own value, the value in words, how many records lean on it.
type Row = (&'static str, f64, f64, fn(f64) -> String, usize);

fn years(number: f64) -> String {
    match number {
        1.0 => "1 year".to_owned(),
        number => format!("{} years", exact(number)),
    }
}

/// A share as a percentage, without noise.
fn percent(share: f64) -> String {
    let rounded = (share * 1e6).round() / 1e4;
    format!("{rounded} %")
}

/// A rate as a reader takes it in: `£120/m²`.
fn rate(amount: f64, of: &str) -> String {
    format!("{}{}{of}", currency::sign(), exact(amount))
}

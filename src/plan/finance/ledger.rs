//! The ledger: who pays what, line by line, to the penny.

use super::cash::CashBook;
use super::exit::Paid;
use super::{Books, Exit, MoveCost, PartWorth, recharge};
use crate::place::{AccessPoint, AgencyIx, Building, BuildingIx, OccupierIx, Place, SiteIx};
use crate::plan::choice::Choice;
use crate::plan::in_play::InPlay;
use crate::plan::{Action, AgencyLedger, Column, LedgerLine};
use std::collections::BTreeMap;

/// A sum in whole pence, as pounds.
pub(crate) fn pence(pounds: f64) -> f64 {
    let rounded = (pounds * 100.0).round() / 100.0;
    // No negative zero in any output.
    rounded + 0.0
}

/// The ledger of a choice, with sums over it that the plan prints.
pub(crate) struct Ledger {
    /// By agency, in the order of the place; agencies without a line left out.
    pub(crate) agencies: Vec<AgencyLedger>,
    /// The same money by year.
    pub(crate) cash: CashBook,
}

impl Ledger {
    /// Present value of all lines together, £.
    pub(crate) fn npv(&self) -> f64 {
        total(self.lines().map(|line| line.npv_gbp))
    }

    /// Running cost of a steady year, today and after, £: the lines that are property cost.
    pub(crate) fn running(&self) -> (f64, f64) {
        let lines = || self.lines().filter(|line| running_line(&line.line));
        (
            total(lines().map(|line| line.today_gbp)),
            total(lines().map(|line| line.after_gbp)),
        )
    }

    /// Every line of every agency.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &LedgerLine> {
        self.agencies.iter().flat_map(|agency| &agency.lines)
    }
}

/// Whether a line code is property running cost.
pub(crate) fn running_line(line: &str) -> bool {
    matches!(
        line,
        "running_fixed"
            | "rent"
            | "rates"
            | "running_variable"
            | "point_running"
            | "holding"
            | "site_fixed"
            | "rent_to_exit"
            | "rent_review"
            | "let_income"
            | "sublet_income"
            | "part_income"
    )
}

/// A sum of printed amounts, exact in pence.
pub(crate) fn total(amounts: impl Iterator<Item = f64>) -> f64 {
    let pence: i64 = amounts.map(|pounds| (pounds * 100.0).round() as i64).sum();
    pence as f64 / 100.0
}

/// Writes the ledger of a choice.
pub(crate) fn ledger(
    place: &Place,
    in_play: &InPlay,
    books: &Books<'_>,
    choice: &Choice,
) -> Ledger {
    let mut writer = Writer {
        place,
        books,
        entries: BTreeMap::new(),
        cash: CashBook::new(place.finance.horizon_years),
    };
    let used = choice.used(place);
    for (at, building) in place.buildings() {
        if in_play.is_in_play(at) {
            let used = (
                in_play.used_today[at.index()].total().get(),
                used[at.index()],
            );
            let exit = match choice.is_open(at) {
                true => None,
                false => books.exit(choice, at),
            };
            writer.building(building, choice.is_open(at), exit, used);
            if let Some(part) = books.part(choice, at) {
                writer.part(building, part);
            }
        }
    }
    for site in (0..place.sites.len()).map(SiteIx::new) {
        writer.site(in_play, site, choice);
    }
    for (at, occupier) in place.occupiers() {
        if in_play.is_in_play(occupier.building) {
            writer.occupier(in_play, at, choice);
        }
    }
    for (_, point) in choice.arrangement.opened(place) {
        writer.point(in_play, point);
    }
    writer.close()
}

/// Amounts of one line before they are rounded.
struct Entry {
    column: Column,
    today: f64,
    after: f64,
    npv: f64,
}

struct Writer<'a> {
    place: &'a Place,
    books: &'a Books<'a>,
    entries: BTreeMap<(AgencyIx, String, &'static str), Entry>,
    cash: CashBook,
}

impl Writer<'_> {
    fn add(
        &mut self,
        (agency, subject, line): (AgencyIx, &str, &'static str),
        column: Column,
        (today, after, npv): (f64, f64, f64),
    ) {
        let entry = self
            .entries
            .entry((agency, subject.to_owned(), line))
            .or_insert(Entry {
                column,
                today: 0.0,
                after: 0.0,
                npv: 0.0,
            });
        entry.today += today;
        entry.after += after;
        entry.npv += npv;
    }

    /// A cost of every year from year 1.
    fn yearly(&mut self, key: (AgencyIx, &str, &'static str), today: f64, after: f64) {
        let npv = self.books.calendar.later() * (today - after);
        self.add(key, Column::Recurring, (today, after, npv));
        self.cash
            .every_year((key.0, key.2, Column::Recurring), (today, after));
    }

    /// What one agency pays another in every year from year 1. Each payment is whole pence, so that what is
    /// paid is received where a line adds several up.
    fn recharge(
        &mut self,
        (payer, owner): (AgencyIx, AgencyIx),
        subject: &str,
        (today, after): (f64, f64),
    ) {
        if payer == owner {
            return;
        }
        let npv = pence(self.books.calendar.later() * (today - after));
        for (who, line, sign) in [
            (payer, "recharge_paid", 1.0),
            (owner, "recharge_received", -1.0),
        ] {
            let paid = (sign * today, sign * after);
            let amounts = (pence(paid.0), pence(paid.1), sign * npv);
            self.add((who, subject, line), Column::Recurring, amounts);
            let key = (who, line, Column::Recurring);
            self.cash.every_year(key, paid);
        }
    }

    /// A cost in one year.
    fn once(&mut self, key: (AgencyIx, &str, &'static str), today: f64, after: f64, year: u32) {
        let factor = self.books.calendar.factor(year);
        self.add(
            key,
            Column::OneOff,
            (today, after, factor * (today - after)),
        );
        self.cash
            .in_year((key.0, key.2, Column::OneOff), year, (today, after));
    }

    /// A cost of each year from year 1 that is not the same in all of them: today, and after.
    fn by_year(
        &mut self,
        key: (AgencyIx, &str, &'static str),
        steady: (f64, f64),
        paid: impl Fn(u32) -> (f64, f64),
    ) {
        let npv = self
            .books
            .calendar
            .worth(|year| paid(year).0 - paid(year).1);
        self.add(key, Column::Recurring, (steady.0, steady.1, npv));
        for year in 1..self.place.finance.horizon_years {
            let key = (key.0, key.2, Column::Recurring);
            self.cash.in_year(key, year, paid(year));
        }
    }

    /// A cost of the plan year by year until a building is gone.
    fn until_gone(&mut self, key: (AgencyIx, &str, &'static str), steady: f64, paid: &Paid) {
        self.by_year(key, (0.0, steady), |year| (0.0, paid.in_year(year)));
    }

    fn building(&mut self, building: &Building, open: bool, exit: Option<&Exit>, used: (f64, f64)) {
        let (owner, id) = (building.agency, building.id.as_str());
        let mothballed = exit.is_some_and(|exit| exit.action == Action::Mothball);
        let is_there = building.proposed.is_none();
        let when = |holds: bool, amount: f64| if holds { amount } else { 0.0 };

        let fixed = building.running_fixed.value.get();
        self.yearly(
            (owner, id, "running_fixed"),
            when(is_there, fixed),
            when(open, fixed),
        );
        let rates = building.rates.get();
        self.yearly(
            (owner, id, "rates"),
            when(is_there, rates),
            when(open, rates),
        );
        let rent = building.tenure.rent.get();
        self.yearly(
            (owner, id, "rent"),
            when(is_there, rent),
            when(open || mothballed, rent),
        );
        let last = self.books.calendar.last();
        let adds = |year: u32| {
            let adds = building.tenure.review_adds(year);
            (when(is_there, adds), when(open || mothballed, adds))
        };
        if building.tenure.lease.review.is_some() {
            self.by_year((owner, id, "rent_review"), adds(last), adds);
            let key = (owner, "rent_review", Column::Recurring);
            let paid = adds(0).0;
            self.cash.in_year(key, 0, (paid, paid));
        }
        let income = -building.tenure.let_income.get();
        self.yearly(
            (owner, id, "let_income"),
            when(is_there, income),
            when(open, income),
        );
        let per_m2 = building.running_per_m2.get();
        self.yearly(
            (owner, id, "running_variable"),
            per_m2 * used.0,
            when(open, per_m2 * used.1),
        );
        let backlog = building.backlog.get();
        self.once(
            (owner, id, "backlog"),
            when(is_there, backlog),
            when(open || mothballed, backlog),
            0,
        );
        if let Some(proposal) = &building.proposed {
            let opening = when(open, proposal.opening_cost.get());
            self.once((owner, id, "opening"), 0.0, opening, 0);
        }
        if let Some(exit) = exit {
            self.exit(owner, id, exit);
        }
    }

    fn exit(&mut self, owner: AgencyIx, id: &str, exit: &Exit) {
        self.until_gone((owner, id, "holding"), exit.steady_holding, &exit.holding);
        self.until_gone((owner, id, "rent_to_exit"), 0.0, &exit.rent_to_exit);
        let received = match exit.action {
            Action::Sublet => "sublet_income",
            _ => "let_income",
        };
        let negative = Paid {
            by_year: exit.received.by_year.iter().map(|gbp| -gbp).collect(),
            worth: -exit.received.worth,
        };
        self.until_gone((owner, id, received), 0.0, &negative);
        for (line, amount) in [
            ("break_penalty", exit.break_penalty),
            ("surrender", exit.surrender),
            ("dilapidations", exit.dilapidations),
            ("disposal_cost", exit.disposal_cost),
            ("clawback", exit.clawback),
            ("overage", exit.overage),
        ] {
            self.once((owner, id, line), 0.0, amount, exit.year);
        }
        self.receipt((owner, id), exit.receipt, exit.year);
    }

    /// A part that goes while the building stays.
    fn part(&mut self, building: &Building, part: &PartWorth) {
        let (owner, id) = (building.agency, building.id.as_str());
        self.by_year((owner, id, "part_income"), (0.0, -part.steady), |year| {
            (0.0, -part.in_year(year))
        });
        self.once((owner, id, "part_works"), 0.0, part.costs, part.year);
        let sold = part.brings_from;
        self.once((owner, id, "disposal_cost"), 0.0, part.disposal_cost, sold);
        self.receipt((owner, id), part.receipt, sold);
    }

    /// What a sale brings, in its year.
    fn receipt(&mut self, (owner, id): (AgencyIx, &str), receipt: f64, year: u32) {
        let worth = self.books.calendar.factor(year) * receipt;
        self.add(
            (owner, id, "receipt"),
            Column::Receipt,
            (0.0, receipt, worth),
        );
        let key = (owner, "receipt", Column::Receipt);
        self.cash.in_year(key, year, (0.0, receipt));
    }

    fn site(&mut self, in_play: &InPlay, site: SiteIx, choice: &Choice) {
        let place = self.place;
        let buildings = &in_play.on_site[site.index()];
        let Some(first) = buildings.first() else {
            return;
        };
        if !buildings.iter().any(|at| in_play.is_in_play(*at)) {
            return;
        }
        let record = &place.sites[site.index()];
        let cost = record.fixed_cost.get();
        // What is left out of the plan stays as it is.
        let stays = |at: &BuildingIx| !in_play.is_in_play(*at);
        let is_there = |at: &BuildingIx| stays(at) || place.building(*at).proposed.is_none();
        let open_today = buildings.iter().any(is_there);
        let open_after = buildings.iter().any(|at| stays(at) || choice.is_open(*at));
        self.yearly(
            (
                place.building(*first).agency,
                record.id.as_str(),
                "site_fixed",
            ),
            if open_today { cost } else { 0.0 },
            if open_after { cost } else { 0.0 },
        );
    }

    fn occupier(&mut self, in_play: &InPlay, at: OccupierIx, choice: &Choice) {
        let place = self.place;
        let occupier = place.occupier(at);
        let (agency, id) = (occupier.agency, occupier.id.as_str());
        let (from, to) = (occupier.building, choice.building(at));
        let areas = choice.areas(place, at);
        let rate = |b: BuildingIx| recharge::of(place, b, in_play.used_today[b.index()].total());
        let area_today = occupier.needs.total().get();

        let from_owner = place.building(from).agency;
        self.recharge((agency, from_owner), id, (rate(from) * area_today, 0.0));
        let (to_owner, payer) = (place.building(to).agency, place.payer(at, to));
        let amount = rate(to) * areas.total().get();
        self.recharge((payer, to_owner), id, (0.0, amount));
        if from == to {
            return;
        }
        if from_owner != agency {
            let amount = rate(from) * area_today * place.finance.recharge_notice_years;
            self.once((agency, id, "recharge_notice_paid"), 0.0, amount, 1);
            self.once(
                (from_owner, id, "recharge_notice_received"),
                0.0,
                -amount,
                1,
            );
        }
        let cost = MoveCost::of(place, at, to, &areas);
        self.once((agency, id, "fit_out"), 0.0, cost.fit_out, 0);
        self.once((agency, id, "fees"), 0.0, cost.fees, 0);
        self.once((agency, id, "move"), 0.0, cost.removal, 0);
    }

    /// A new counter: what it costs beside its floor, and what it pays for that to another owner.
    fn point(&mut self, in_play: &InPlay, point: &AccessPoint) {
        let (agency, id) = (point.agency, point.id.as_str());
        self.yearly((agency, id, "point_running"), 0.0, point.running.get());
        self.once((agency, id, "point_opening"), 0.0, point.opening.get(), 0);
        let owner = self.place.building(point.building).agency;
        let used = in_play.used_today[point.building.index()].total();
        let rate = recharge::of(self.place, point.building, used);
        let amount = rate * point.needs.total().get();
        self.recharge((agency, owner), id, (0.0, amount));
    }

    fn close(self) -> Ledger {
        let agencies = 0..self.place.agencies.len();
        let mut by_agency: BTreeMap<AgencyIx, Vec<LedgerLine>> =
            agencies.map(|at| (AgencyIx::new(at), Vec::new())).collect();
        for ((agency, subject, line), entry) in self.entries {
            let line = LedgerLine {
                subject,
                line: line.to_owned(),
                column: entry.column,
                today_gbp: pence(entry.today),
                after_gbp: pence(entry.after),
                npv_gbp: pence(entry.npv),
            };
            if line.today_gbp != 0.0 || line.after_gbp != 0.0 || line.npv_gbp != 0.0 {
                by_agency.entry(agency).or_default().push(line);
            }
        }
        let agencies = by_agency
            .into_iter()
            .map(|(agency, lines)| agency_ledger(self.place, agency, lines))
            .collect();
        Ledger {
            agencies,
            cash: self.cash,
        }
    }
}

fn agency_ledger(place: &Place, agency: AgencyIx, lines: Vec<LedgerLine>) -> AgencyLedger {
    let sum = |pick: &dyn Fn(&LedgerLine) -> Option<f64>| total(lines.iter().filter_map(pick));
    let of =
        |column: Column, line: &LedgerLine, amount: f64| (line.column == column).then_some(amount);
    AgencyLedger {
        agency: place.agency(agency).id.to_string(),
        recurring_today_gbp: sum(&|line| of(Column::Recurring, line, line.today_gbp)),
        recurring_after_gbp: sum(&|line| of(Column::Recurring, line, line.after_gbp)),
        one_off_gbp: sum(&|line| of(Column::OneOff, line, line.after_gbp - line.today_gbp)),
        repairs_avoided_gbp: sum(&|line| {
            (line.line == "backlog").then_some((line.today_gbp - line.after_gbp).max(0.0))
        }),
        repairs_anyway_gbp: sum(&|line| {
            (line.line == "backlog").then_some(line.today_gbp.min(line.after_gbp))
        }),
        receipts_gbp: sum(&|line| of(Column::Receipt, line, line.after_gbp)),
        recharge_net_gbp: sum(&|line| {
            matches!(line.line.as_str(), "recharge_paid" | "recharge_received")
                .then_some(line.after_gbp)
        }),
        recharge_npv_gbp: sum(&|line| line.line.starts_with("recharge").then_some(line.npv_gbp)),
        npv_gbp: sum(&|line| Some(line.npv_gbp)),
        lines,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::{Objective, sample};

    fn moved() -> (Place, Choice) {
        let place = sample::six_buildings();
        let mut choice = Choice::today(&place);
        // office-0 leaves A0 for the NHS's N1, library-0 merges into A1: A0 is empty and sold.
        choice.arrangement.building[2] = BuildingIx::new(5);
        choice.arrangement.building[0] = BuildingIx::new(1);
        choice.arrangement.merged[0] = true;
        choice.open[0] = false;
        (place, choice)
    }

    #[test]
    fn the_lines_present_values_sum_to_the_saving() {
        let (place, choice) = moved();
        let in_play = InPlay::new(&place);
        let books = Books::new(&place, &in_play, Objective::NetPresentValue);
        let ledger = ledger(&place, &in_play, &books, &choice);
        let saving = books.do_minimum() - books.cost(&choice);
        assert!(
            (ledger.npv() - saving).abs() < 0.5,
            "{} {saving}",
            ledger.npv()
        );
    }

    #[test]
    fn recharges_sum_to_zero_over_the_place() {
        let (place, choice) = moved();
        let in_play = InPlay::new(&place);
        let books = Books::new(&place, &in_play, Objective::NetPresentValue);
        let ledger = ledger(&place, &in_play, &books, &choice);
        let recharges = || ledger.lines().filter(|l| l.line.starts_with("recharge"));
        // rate of N1: 55,000 ÷ 1,000 + 10 = 65; × 150 m²
        assert!(recharges().any(|l| l.line == "recharge_paid" && l.after_gbp == 9_750.0));
        assert_eq!(total(recharges().map(|l| l.npv_gbp)), 0.0);
    }
}

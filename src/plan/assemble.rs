//! A chosen arrangement written out as a plan: actions, money, rules, reasons.

use super::assumptions::assumptions;
use super::bodies;
use super::choice::Choice;
use super::compile::Sources;
use super::confidence;
use super::finance::{Ledger, ledger, pence, running_line, total, worths};
use super::in_play::Standing;
use super::least_transfers::least_transfers;
use super::limits::money::verdicts;
use super::offers::why_opened;
use super::opposed;
use super::placements::straight_km;
use super::reasons::Reasons;
use super::report::{
    Action, Column, LedgerLine, NO_GAP, Outcome, Plan, PlannedBuilding, PlannedOccupier,
    PlannedPoint, Run, SCHEMA_VERSION, Status, TravelStage,
};
use super::sensitivity::{Parts, sensitivity};
use super::sureness::Sureness;
use super::together::links;
use super::visited::visited;
use crate::access::{assess, nearest};
use crate::place::{
    BuildingIx, Grade, Objective, Occupancy, OccupierIx, Place, RuleKind, TenureKind,
};
use crate::siting::{BoundSource, Certificate, Proof};
use crate::travel::Travel;
use std::collections::BTreeMap;

/// Floors that differ by less, m², are the same: sums of desks round differently from the cells they come from.
const SAME_AREA: f64 = 1e-9;

/// What the search found and proved, beside the choice itself.
pub(crate) struct Found {
    pub(crate) status: Status,
    pub(crate) bound: Option<f64>,
    pub(crate) bound_source: BoundSource,
    pub(crate) certificate: Option<Certificate>,
    /// By building.
    pub(crate) proofs: Vec<Option<Proof>>,
    pub(crate) travel: Option<TravelStage>,
    pub(crate) run: Run,
}

impl Found {
    /// Of what people chose: its rules may fail, and nothing is proven of it.
    pub(super) fn appraised(whose: &str) -> Self {
        Self {
            status: Status::Appraised,
            bound: None,
            bound_source: BoundSource::None,
            certificate: None,
            proofs: Vec::new(),
            travel: None,
            run: Run {
                version: env!("CARGO_PKG_VERSION").to_owned(),
                engine: whose.to_owned(),
                ..Run::default()
            },
        }
    }
}

/// Writes a choice out as a plan.
pub(crate) fn assemble(from: &Sources<'_>, choice: &Choice, found: Found) -> Plan {
    let place = from.place;
    let books = from.books;
    let ledger = ledger(place, from.in_play, books, choice);
    let (running_today, running_after) = ledger.running();
    let value = pence(books.cost(choice));
    let do_minimum = pence(books.do_minimum());
    let saving = match books.objective {
        Objective::NetPresentValue => ledger.npv(),
        Objective::RunningCost => pence(do_minimum - value),
    };
    let bound = found.bound.map(|bound| floor_pence(bound).min(value));
    let at_most = bound.map(|bound| pence(do_minimum - bound));
    let mut run = found.run;
    run.inputs = place.inputs();
    let writer = Writer {
        from,
        choice,
        lines: by_subject(&ledger),
        used: choice.used(place),
        arrivals: choice.arrivals(place),
        proofs: &found.proofs,
        cheapest: bound
            .and_then(|bound| gap(value, bound))
            .is_some_and(|gap| gap <= NO_GAP),
    };
    Plan {
        schema_version: SCHEMA_VERSION,
        place: place.name.clone(),
        base_date: place.base_date.to_string(),
        currency: place.currency.to_string(),
        status: found.status,
        objective: books.objective,
        value,
        bound,
        certificate: found.certificate,
        bound_source: match bound {
            Some(_) => found.bound_source,
            None => BoundSource::None,
        },
        gap: bound.and_then(|bound| gap(value, bound)),
        do_minimum,
        saving_gbp: saving,
        saving_at_most_gbp: at_most,
        saving_gap: at_most
            .filter(|_| saving > 0.0)
            .map(|at_most| ((at_most - saving) / saving).max(0.0)),
        running_cost_today_gbp: running_today,
        running_cost_after_gbp: running_after,
        travel: found.travel,
        buildings: place
            .buildings()
            .map(|(at, _)| writer.building(at))
            .collect(),
        occupiers: place
            .occupiers()
            .map(|(at, _)| writer.occupier(at))
            .collect(),
        points: choice
            .arrangement
            .opened(place)
            .map(|(at, point)| PlannedPoint {
                point: point.id.to_string(),
                service: place.service(point.service).id.to_string(),
                building_id: place.building(point.building).id.to_string(),
                agency: place.agency(point.agency).id.to_string(),
                area_m2: centiares(point.needs.total().get()),
                running_gbp: pence(point.running.get()),
                one_off_gbp: pence(point.opening.get()),
                reason: why_opened(from, choice, at),
            })
            .collect(),
        visits: visited(place, from.travel, &choice.arrangement),
        rules: assess(place, from.travel, from.today, &choice.arrangement),
        limits: verdicts(place, &from.sums(), choice),
        sensitivity: sensitivity(
            place,
            &Parts::of_cash(
                &ledger.cash.spans(place),
                &place.finance,
                held_until_sale(from, choice),
            ),
        ),
        discount_factors: books.calendar.factors().to_vec(),
        successors: bodies::of_cash(place, books.calendar.factors(), &ledger.cash.spans(place)),
        cash_flow: ledger.cash.spans(place),
        worth: worths(place, &ledger, &books.calendar),
        saving_split: None,
        least_transfers: least_transfers(place, &ledger.agencies),
        together: links(place, choice),
        ledger: ledger.agencies,
        assumptions: assumptions(place, from.in_play, from.placements),
        confidence: confidence::of_place(place),
        conflicts: opposed::named(place),
        programme: None,
        run,
    }
}

/// By year of sale: holding cost of a year of the buildings that are sold, £.
fn held_until_sale(from: &Sources<'_>, choice: &Choice) -> BTreeMap<u32, f64> {
    let mut held = BTreeMap::new();
    for (at, _) in from.place.buildings() {
        if !from.in_play.is_in_play(at) || choice.is_open(at) {
            continue;
        }
        let exit = from.books.exit(choice, at);
        if let Some(exit) = exit.filter(|exit| exit.action == Action::Sell) {
            *held.entry(exit.year).or_default() += exit.held_a_year;
        }
    }
    held
}

/// (value − bound) ÷ |value|; 0 where they are the same penny, `None` where it is no number.
pub(crate) fn gap(value: f64, bound: f64) -> Option<f64> {
    let above = value - bound;
    if above < 0.005 {
        return Some(0.0);
    }
    Some(above / value.abs()).filter(|gap| gap.is_finite())
}

/// A bound is rounded down, so that rounding never claims more than is proven; noise of adding up
/// (a ten-thousandth of a penny) is none.
fn floor_pence(pounds: f64) -> f64 {
    (pounds * 100.0 + 1e-4).floor() / 100.0 + 0.0
}

/// An area to 0.01 m², without a negative zero.
fn centiares(area: f64) -> f64 {
    (area * 100.0).round() / 100.0 + 0.0
}

/// Demand-weighted distance to the nearest host over all services with a counter, person-km.
pub(crate) fn person_km(place: &Place, travel: &Travel, choice: &Choice) -> f64 {
    let mut sum = 0.0;
    for (at, service) in place.services() {
        if !service.counter {
            continue;
        }
        let hosts = choice.arrangement.hosts(place, at);
        let near = nearest(place, travel, &straight_km(), &hosts);
        for ((_, zone), found) in place.zones().zip(near) {
            let demand = zone
                .demand
                .get(at.index())
                .map_or(0.0, |people| people.get());
            if let Some((far, _)) = found {
                sum += demand * f64::from(far.steps()) / 1000.0;
            }
        }
    }
    (sum * 1000.0).round() / 1000.0 + 0.0
}

/// How a stated amount of a building stands today and under the plan.
struct Stated {
    there: bool,
    outside: bool,
}

impl Stated {
    fn today(&self, stated: Option<f64>) -> Option<f64> {
        stated.map(|amount| if self.there { amount } else { 0.0 })
    }

    fn after(&self, stated: Option<f64>, stays: bool) -> Option<f64> {
        match self.outside {
            true => self.today(stated),
            false => stated.map(|amount| if stays { amount } else { 0.0 }),
        }
    }
}

type Lines<'a> = BTreeMap<&'a str, Vec<&'a LedgerLine>>;

fn by_subject(ledger: &Ledger) -> Lines<'_> {
    let mut lines: Lines<'_> = BTreeMap::new();
    for line in ledger.lines() {
        lines.entry(line.subject.as_str()).or_default().push(line);
    }
    lines
}

/// What a line of one-off cost adds to what today's buildings need anyway; negative where a repair is
/// avoided.
fn one_off_beyond_today(line: &LedgerLine) -> Option<f64> {
    (line.column == Column::OneOff).then_some(line.after_gbp - line.today_gbp)
}

/// Whether a line code is about an occupier; the rest are about buildings and sites.
fn of_occupier(code: &str) -> bool {
    matches!(code, "fit_out" | "fees" | "move") || code.starts_with("recharge")
}

struct Writer<'a> {
    from: &'a Sources<'a>,
    choice: &'a Choice,
    lines: Lines<'a>,
    used: Vec<f64>,
    /// By building: those who come into it.
    arrivals: Vec<Vec<OccupierIx>>,
    proofs: &'a [Option<Proof>],
    /// Whether no plan costs less, as far as solvers tell.
    cheapest: bool,
}

impl Writer<'_> {
    fn lines_about(&self, id: &str) -> &[&LedgerLine] {
        self.lines.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    fn reasons(&self) -> Reasons<'_> {
        Reasons {
            place: self.from.place,
            in_play: self.from.in_play,
            books: self.from.books,
            placements: self.from.placements,
            choice: self.choice,
            arrivals: &self.arrivals,
        }
    }

    fn action(&self, at: BuildingIx) -> Action {
        if !self.from.in_play.is_in_play(at) {
            return Action::Outside;
        }
        if self.choice.is_open(at) {
            let takes_in =
                !self.arrivals[at.index()].is_empty() || self.choice.opens_in(self.from.place, at);
            return match takes_in {
                true => Action::Host,
                false => Action::Retain,
            };
        }
        self.from
            .books
            .exit(self.choice, at)
            .map_or(Action::Outside, |exit| exit.action)
    }

    fn building(&self, at: BuildingIx) -> PlannedBuilding {
        let place = self.from.place;
        let building = place.building(at);
        let action = self.action(at);
        let lines: Vec<&LedgerLine> = self
            .lines_about(building.id.as_str())
            .iter()
            .copied()
            .filter(|line| !of_occupier(&line.line) && line.line != "site_fixed")
            .collect();
        let sum = |pick: &dyn Fn(&LedgerLine) -> Option<f64>| {
            total(lines.iter().filter_map(|line| pick(line)))
        };
        let used_today = self.from.in_play.used_today[at.index()].total().get();
        let (running_today, running_after) = if self.from.in_play.is_in_play(at) {
            (
                sum(&|line| running_line(&line.line).then_some(line.today_gbp)),
                sum(&|line| running_line(&line.line).then_some(line.after_gbp)),
            )
        } else {
            let fixed = building.fixed_a_year().get();
            let there = building.proposed.is_none();
            let running = pence(fixed + building.running_per_m2.get() * used_today);
            let running = if there { running } else { 0.0 };
            (running, running)
        };
        let own_once = sum(&|line| one_off_beyond_today(line));
        let arriving = self.arrivals[at.index()]
            .iter()
            .map(|occupier| self.one_off(*occupier));
        let liability = building.energy.liability.map(|gbp| pence(gbp.get()));
        let energy = Stated {
            there: building.proposed.is_none(),
            outside: action == Action::Outside,
        };
        let goes = self.from.books.part(self.choice, at).is_some();
        let part = building.part.as_deref().filter(|_| goes);
        let part = part.map(|part| part.floor.total().get());
        PlannedBuilding {
            asset_id: building.id.to_string(),
            action,
            reason: self.reasons().building(at, action),
            proof: self.proof(at),
            host_id: self.host_of(at, action),
            act_year: self.act_year(at, action),
            usable_m2: centiares(building.usable.value.total().get()),
            used_today_m2: centiares(used_today),
            used_after_m2: centiares(self.used[at.index()]),
            running_today_gbp: running_today,
            running_after_gbp: running_after,
            one_off_gbp: total([own_once].into_iter().chain(arriving)),
            receipt_gbp: sum(&|line| (line.line == "receipt").then_some(line.after_gbp)),
            npv_gbp: sum(&|line| Some(line.npv_gbp)),
            tco2e_today: energy.today(building.energy.tco2e),
            tco2e_after: energy.after(building.energy.tco2e, action.is_open()),
            epc_liability_gbp: energy.today(liability),
            epc_left_gbp: energy.after(liability, !action.is_gone()),
            value_forgone_gbp: (action == Action::Transfer)
                .then(|| pence(building.market_value.value.get())),
            part_m2: part.map(centiares),
            void_today_gbp: self.void(at, used_today, building.proposed.is_none()),
            void_after_gbp: self.void(
                at,
                self.used[at.index()] + part.unwrap_or(0.0),
                action.is_open(),
            ),
            grade: confidence::of_building(building),
        }
    }

    /// What the owner pays for floor that nobody uses, £ a year, while the building is in use; `taken` is what is
    /// in use, or goes.
    fn void(&self, at: BuildingIx, taken: f64, in_use: bool) -> Option<f64> {
        let building = self.from.place.building(at);
        let usable = building.usable.value.total().get();
        let known = building.occupancy != Occupancy::Unknown
            && building.usable.grade != Grade::Defaulted
            && building.tenure.kind != TenureKind::LetOut;
        let asked = self.from.in_play.is_in_play(at) && known && usable > 0.0;
        asked.then(|| match in_use {
            true => pence(building.fixed_a_year().get() / usable * (usable - taken).max(0.0)),
            false => 0.0,
        })
    }

    fn proof(&self, at: BuildingIx) -> String {
        if self.from.in_play.standing[at.index()] != Standing::Free {
            return String::new();
        }
        match self.proofs.get(at.index()).copied().flatten() {
            Some(Proof::Proven) => Sureness::Proven.code(),
            // The whole plan is the cheapest there is; another may cost the same.
            Some(Proof::BestFound) if self.cheapest => Sureness::Optimal.code(),
            Some(Proof::BestFound) => Sureness::BestFound.code(),
            None => "",
        }
        .to_owned()
    }

    fn act_year(&self, at: BuildingIx, action: Action) -> Option<u32> {
        match action {
            Action::Retain | Action::Host | Action::Outside => None,
            _ => self.from.books.exit(self.choice, at).map(|exit| exit.year),
        }
    }

    /// Where most of the floor of those in an emptied building goes; the first where two take the same.
    fn host_of(&self, at: BuildingIx, action: Action) -> Option<String> {
        if action.is_open() || action == Action::Outside {
            return None;
        }
        let mut taken: BTreeMap<BuildingIx, f64> = BTreeMap::new();
        for occupier in &self.from.in_play.inside[at.index()] {
            let area = self.from.place.occupier(*occupier).needs.total().get();
            *taken.entry(self.choice.building(*occupier)).or_default() += area;
        }
        let mut best: Option<(BuildingIx, f64)> = None;
        for (host, area) in taken {
            if best.is_none_or(|(_, most)| area > most + SAME_AREA) {
                best = Some((host, area));
            }
        }
        best.map(|(host, _)| self.from.place.building(host).id.to_string())
    }

    fn one_off(&self, at: OccupierIx) -> f64 {
        let id = self.from.place.occupier(at).id.as_str();
        total(
            self.lines_about(id)
                .iter()
                .filter(|line| matches!(line.line.as_str(), "fit_out" | "fees" | "move"))
                .map(|line| line.after_gbp),
        )
    }

    fn occupier(&self, at: OccupierIx) -> PlannedOccupier {
        let place = self.from.place;
        let occupier = place.occupier(at);
        let (from, to) = (occupier.building, self.choice.building(at));
        let outcome = match (from == to, self.choice.merges(at)) {
            (true, _) => Outcome::Stay,
            (false, true) => Outcome::Merge,
            (false, false) => Outcome::Move,
        };
        let far = match outcome {
            Outcome::Stay => None,
            _ => self
                .from
                .travel
                .building_to_building(place, &straight_km(), from, to),
        };
        PlannedOccupier {
            occupier: occupier.id.to_string(),
            outcome,
            from_id: place.building(from).id.to_string(),
            to_id: place.building(to).id.to_string(),
            km: far.map_or(0.0, |far| f64::from(far.steps()) / 1000.0),
            area_m2: centiares(self.choice.areas(place, at).total().get()),
            basis: occupier.basis,
            reason: self.reasons().occupier(at, outcome),
            one_off_gbp: self.one_off(at),
            consult: self.consult(at, from, to),
        }
    }

    /// Soft displacement rules that a move breaches.
    fn consult(&self, at: OccupierIx, from: BuildingIx, to: BuildingIx) -> Vec<String> {
        let place = self.from.place;
        if from == to {
            return Vec::new();
        }
        let service = place.occupier(at).service;
        place
            .rules
            .iter()
            .filter(|rule| !rule.hard && rule.service == service)
            .filter(|rule| match rule.kind {
                RuleKind::Displacement { limit } => self
                    .from
                    .travel
                    .building_to_building(place, &rule.measure, from, to)
                    .is_none_or(|far| far > limit),
                _ => false,
            })
            .map(|rule| rule.id.to_string())
            .collect()
    }
}

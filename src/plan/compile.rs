//! A place as a siting problem, and a solution of it as a choice.

use super::choice::Choice as Chosen;
use super::finance::Books;
use super::in_play::{InPlay, Standing};
use super::limits::access::{Access, Terms};
use super::limits::money::{self, Campuses, Sums};
use super::limits::space::Room;
use super::limits::{counters, separation};
use super::offers::Offer;
use super::placements::{Kind, Placements};
use crate::access::Today;
use crate::place::{BuildingIx, OccupierIx, Place, ServiceIx, SiteIx};
use crate::siting::{
    Answer, Certificate, Choice, Conflict, Item, Parent, Placement, Problem, Proof, Site, SiteLock,
    Solution,
};
use crate::travel::Travel;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What a place compiles from.
pub(crate) struct Sources<'a> {
    pub(crate) place: &'a Place,
    pub(crate) travel: &'a Travel,
    pub(crate) in_play: &'a InPlay,
    pub(crate) books: &'a Books<'a>,
    pub(crate) rooms: &'a [Option<Room>],
    pub(crate) placements: &'a Placements,
    pub(crate) today: &'a Today,
    /// Whether travel is wanted for a second stage.
    pub(crate) second_stage: bool,
}

/// A compiled place: the problem, and which of its sites and items are whose.
#[derive(Clone)]
pub(crate) struct Compiled {
    pub(crate) problem: Problem,
    /// By building: its site.
    site_of: Vec<Option<usize>>,
    /// The rows that are limits on money.
    pub(crate) money_rows: Range<usize>,
    /// By building of which a part may go: the placement that says that it does.
    pub(crate) parts: BTreeMap<BuildingIx, usize>,
}

impl Sources<'_> {
    /// Compiles the place. The placements of the problem are those of [`Placements::list`], in order.
    pub(crate) fn compile(&self) -> Compiled {
        let mut compiled = Compiled {
            problem: Problem::default(),
            site_of: vec![None; self.place.buildings.len()],
            money_rows: 0..0,
            parts: BTreeMap::new(),
        };
        self.sites(&mut compiled);
        self.items(&mut compiled);
        self.merges(&mut compiled.problem);
        self.offers(&mut compiled);
        self.counters(&mut compiled.problem);
        self.separations(&mut compiled.problem);
        compiled.problem.reaches = Access {
            place: self.place,
            travel: self.travel,
            in_play: self.in_play,
            placements: self.placements,
            today: self.today,
            terms: Terms {
                yearly: super::finance::yearly(self.books.objective, &self.books.calendar),
            },
            second_stage: self.second_stage,
        }
        .reaches();
        compiled.problem.start = self.start();
        self.parts(&mut compiled);
        self.money_limits(&mut compiled);
        compiled
    }

    /// What sums of money over a plan are made from.
    pub(crate) fn sums(&self) -> Sums<'_> {
        Sums {
            place: self.place,
            in_play: self.in_play,
            books: self.books,
            placements: self.placements,
        }
    }

    /// M1–M3, where any is stated.
    fn money_limits(&self, compiled: &mut Compiled) {
        let sums = self.sums();
        if money::limits(&sums).is_empty() {
            return;
        }
        let campuses = Campuses::add(self, &compiled.site_of, &mut compiled.problem);
        let rows = money::rows(&sums, &compiled.site_of, &campuses, &compiled.parts);
        let first = compiled.problem.rows.len();
        compiled.problem.rows.extend(rows);
        compiled.money_rows = first..compiled.problem.rows.len();
    }

    /// Sites: buildings whose cost a plan decides, or that somebody may be in. What every plan pays
    /// stands at a site of its own that is always open, so that cost, bound and gap are the plan's.
    fn sites(&self, compiled: &mut Compiled) {
        let mut used = vec![false; self.place.buildings.len()];
        for placement in &self.placements.list {
            used[placement.building.index()] = true;
        }
        for offer in &self.placements.offers {
            used[offer.building.index()] = true;
        }
        for at in self.books.parts.keys() {
            used[at.index()] = true;
        }
        let mut constant = 0.0;
        for site in (0..self.place.sites.len()).map(SiteIx::new) {
            if self.books.site(site).is_some() {
                constant -= self.books.sold_together(site);
            }
        }
        let mut parents: BTreeMap<SiteIx, usize> = BTreeMap::new();
        for (at, building) in self.place.buildings() {
            let standing = &self.in_play.standing[at.index()];
            if matches!(standing, Standing::Outside(_)) {
                continue;
            }
            constant += self.books.go(at) - self.books.counted_today(at);
            constant += self.books.per_m2(at) * self.held_m2(at);
            let lock = match standing {
                Standing::Free => SiteLock::Free,
                Standing::Open(_) => SiteLock::Open,
                Standing::Closed | Standing::Outside(_) => continue,
            };
            if !used[at.index()] && !self.in_play.is_in_cost(self.place, at) {
                continue;
            }
            let parent = building.site.and_then(|site| {
                // While anything of it stays, it is not sold.
                let cost = self.books.site(site)? + self.books.sold_together(site);
                let name = self.place.sites[site.index()].name.clone();
                Some(*parents.entry(site).or_insert_with(|| {
                    compiled.problem.parents.push(Parent {
                        name,
                        fixed_cost: cost,
                    });
                    compiled.problem.parents.len() - 1
                }))
            });
            compiled.site_of[at.index()] = Some(compiled.problem.sites.len());
            compiled.problem.sites.push(Site {
                name: building.id.to_string(),
                fixed_cost: self.books.keep(at) - self.books.go(at),
                capacities: self.rooms[at.index()]
                    .as_ref()
                    .map(Room::capacities)
                    .unwrap_or_default(),
                lock,
                parent,
                variant_of: None,
            });
        }
        compiled.problem.sites.push(Site {
            name: "what every plan pays".to_owned(),
            fixed_cost: constant,
            lock: SiteLock::Open,
            ..Site::default()
        });
    }

    /// Floor of those in a building who cannot move, m².
    fn held_m2(&self, at: BuildingIx) -> f64 {
        self.in_play.inside[at.index()]
            .iter()
            .filter(|occupier| !self.in_play.is_movable(**occupier))
            .map(|occupier| self.place.occupier(*occupier).needs.total().get())
            .sum()
    }

    fn items(&self, compiled: &mut Compiled) {
        let mut item_of: BTreeMap<OccupierIx, usize> = BTreeMap::new();
        for (at, occupier) in self.place.occupiers() {
            if self.in_play.is_movable(at) {
                item_of.insert(at, compiled.problem.items.len());
                compiled.problem.items.push(Item {
                    name: occupier.id.to_string(),
                    ..Item::default()
                });
            }
        }
        for placement in &self.placements.list {
            let site = compiled.site_of[placement.building.index()];
            let item = item_of.get(&placement.occupier).copied();
            let (Some(site), Some(item)) = (site, item) else {
                continue;
            };
            let occupier = self.place.occupier(placement.occupier);
            let floor = self.books.per_m2(placement.building) * placement.areas.total().get();
            let moving = match placement.kind {
                Kind::Stay => 0.0,
                Kind::Move | Kind::Merge => {
                    self.books
                        .move_cost(placement.occupier, placement.building, &placement.areas)
                }
            };
            let uses = self.rooms[placement.building.index()]
                .as_ref()
                .map(|room| room.uses(&placement.asks, &occupier.resources))
                .unwrap_or_default();
            compiled.problem.placements.push(Placement {
                item,
                site,
                cost: floor + moving,
                uses,
                requires: Vec::new(),
            });
        }
    }

    /// New counters: each an item of its own that may be left out, after those of the list.
    fn offers(&self, compiled: &mut Compiled) {
        for offer in &self.placements.offers {
            let point = self.place.point(offer.point);
            // A building that can take somebody in has a site as soon as somebody could be in it.
            let Some(site) = compiled.site_of[offer.building.index()] else {
                continue;
            };
            let item = compiled.problem.items.len();
            compiled.problem.items.push(Item {
                name: point.id.to_string(),
                choice: Choice::AtMostOne,
                split: false,
            });
            let floor = self.books.per_m2(offer.building) * point.needs.total().get();
            let room = self.rooms[offer.building.index()].as_ref();
            compiled.problem.placements.push(Placement {
                item,
                site,
                cost: floor + self.books.point(point),
                uses: room
                    .map(|room| room.uses(&offer.asks, &BTreeMap::new()))
                    .unwrap_or_default(),
                requires: Vec::new(),
            });
        }
    }

    /// Placements of a service in a building that are not merges, by building.
    fn unmerged(&self) -> BTreeMap<(BuildingIx, ServiceIx), Vec<usize>> {
        let mut unmerged: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (position, placement) in self.placements.list.iter().enumerate() {
            if placement.kind != Kind::Merge {
                let service = self.place.occupier(placement.occupier).service;
                unmerged
                    .entry((placement.building, service))
                    .or_default()
                    .push(position);
            }
        }
        unmerged
    }

    /// S9: a merge needs an unmerged occupier of its service there.
    fn merges(&self, problem: &mut Problem) {
        let unmerged = self.unmerged();
        for (position, placement) in self.placements.list.iter().enumerate() {
            if placement.kind != Kind::Merge {
                continue;
            }
            let service = self.place.occupier(placement.occupier).service;
            let held = self.in_play.inside[placement.building.index()]
                .iter()
                .any(|other| {
                    !self.in_play.is_movable(*other)
                        && self.place.occupier(*other).service == service
                });
            if held {
                continue;
            }
            let hosts = unmerged
                .get(&(placement.building, service))
                .map(Vec::as_slice)
                .unwrap_or_default();
            problem.placements[position].requires = hosts
                .iter()
                .copied()
                .filter(|host| self.placements.list[*host].occupier != placement.occupier)
                .collect();
        }
    }

    /// S4.
    fn counters(&self, problem: &mut Problem) {
        let mut unmerged = self.unmerged();
        for (position, offer) in self.offered() {
            let service = self.place.point(offer.point).service;
            let key = (offer.building, service);
            unmerged.entry(key).or_default().push(position);
        }
        for ((building, service), placements) in unmerged {
            let most = counters::left(self.place, self.in_play, service, building);
            if placements.len() > most as usize {
                problem.conflicts.push(Conflict {
                    name: format!(
                        "{} in {}",
                        self.place.service(service).id,
                        self.place.building(building).id
                    ),
                    placements,
                    most,
                });
            }
        }
    }

    /// S6, for pairs that do not both stay.
    fn separations(&self, problem: &mut Problem) {
        if self.place.separations.is_empty() {
            return;
        }
        let mut there: BTreeMap<(BuildingIx, ServiceIx), Vec<usize>> = BTreeMap::new();
        for (position, placement) in self.placements.list.iter().enumerate() {
            let service = self.place.occupier(placement.occupier).service;
            let key = (placement.building, service);
            there.entry(key).or_default().push(position);
        }
        for (position, offer) in self.offered() {
            let key = (offer.building, self.place.point(offer.point).service);
            there.entry(key).or_default().push(position);
        }
        let mut pairs = BTreeSet::new();
        for ((building, service), firsts) in &there {
            for other in separation::separated_from(self.place, *service) {
                let seconds = there.get(&(*building, other)).map(Vec::as_slice);
                for first in firsts {
                    for second in seconds.unwrap_or_default() {
                        pairs.insert((*building, *first.min(second), *first.max(second)));
                    }
                }
            }
        }
        for (building, first, second) in pairs {
            let listed = |at: usize| self.placements.list.get(at);
            let may_share = listed(first)
                .zip(listed(second))
                .is_some_and(|(one, other)| {
                    let both_stay = one.kind == Kind::Stay && other.kind == Kind::Stay;
                    one.occupier == other.occupier || both_stay
                });
            if !may_share {
                problem.conflicts.push(Conflict {
                    name: format!("separation in {}", self.place.building(building).id),
                    placements: vec![first, second],
                    most: 1,
                });
            }
        }
    }

    /// Today, without those who may not stay. The engine checks whether it keeps every limit.
    fn start(&self) -> Option<Vec<usize>> {
        let stays: Vec<usize> = self
            .placements
            .list
            .iter()
            .enumerate()
            .filter(|(_, placement)| placement.kind == Kind::Stay)
            .map(|(position, _)| position)
            .collect();
        Some(stays)
    }

    /// New counters that a plan could open, each with its placement in the problem.
    fn offered(&self) -> impl Iterator<Item = (usize, &Offer)> {
        let first = self.placements.list.len();
        let all = self.placements.offers.iter().enumerate();
        all.map(move |(at, offer)| (first + at, offer))
    }

    /// The choice a solution stands for.
    pub(crate) fn choice(&self, compiled: &Compiled, solution: &Solution) -> Chosen {
        let mut choice = Chosen::today(self.place);
        for position in &solution.chosen {
            // Beyond the list stand new counters, and those that say whether a site is open.
            let Some(placement) = self.placements.list.get(*position) else {
                let offer = position - self.placements.list.len();
                if let Some(offer) = self.placements.offers.get(offer) {
                    choice.arrangement.points[offer.point.index()] = true;
                }
                continue;
            };
            let at = placement.occupier.index();
            choice.arrangement.building[at] = placement.building;
            choice.arrangement.merged[at] = placement.kind == Kind::Merge;
        }
        choice.parts = compiled.parts_of(solution);
        for (at, _) in self.place.buildings() {
            let open = &mut choice.open[at.index()];
            match (
                &self.in_play.standing[at.index()],
                compiled.site_of[at.index()],
            ) {
                (Standing::Outside(_), _) => {}
                (Standing::Closed, _) => *open = false,
                (Standing::Open(_), _) => *open = true,
                (Standing::Free, Some(site)) => {
                    *open = solution.open.get(site).copied().unwrap_or(true);
                }
                (Standing::Free, None) => {}
            }
        }
        self.let_what_is_free(&mut choice);
        choice
    }
}

impl Compiled {
    /// The site of a building, where it has one.
    pub(super) fn site(&self, at: BuildingIx) -> Option<usize> {
        self.site_of[at.index()]
    }

    /// By site: whether it is open under a choice.
    pub(crate) fn open(&self, choice: &Chosen) -> Vec<bool> {
        let locked = |site: &Site| site.lock == SiteLock::Open;
        let mut open: Vec<bool> = self.problem.sites.iter().map(locked).collect();
        for (building, site) in self.site_of.iter().enumerate() {
            if let Some(site) = site {
                open[*site] = choice.open[building];
            }
        }
        open
    }

    /// The site of a building that the optimiser decides about.
    pub(crate) fn free_site(&self, at: BuildingIx) -> Option<usize> {
        let site = self.site_of[at.index()]?;
        (self.problem.sites[site].lock == SiteLock::Free).then_some(site)
    }

    /// How well a building's state in a plan of this cost is known: proven where the opposite costs
    /// more even by the certificate's bound, which is one on money alone where nothing is priced.
    pub(crate) fn proof(
        &self,
        at: BuildingIx,
        open: bool,
        cost: f64,
        answer: &Answer,
    ) -> Option<Proof> {
        let position = self.site_of[at.index()]?;
        let site = self.problem.sites.get(position)?;
        if site.lock != SiteLock::Free {
            return Some(Proof::Proven);
        }
        let proven = answer.certificate.as_ref().is_some_and(|certificate| {
            let margin = 0.01 + 1e-9 * cost.abs();
            self.opposite(at, open, certificate)
                .is_some_and(|more| certificate.bound + more > cost + margin)
        });
        Some(if proven {
            Proof::Proven
        } else {
            Proof::BestFound
        })
    }

    /// What a building's opposite state adds to a certificate's bound; `None` where that says nothing of it.
    pub(crate) fn opposite(
        &self,
        at: BuildingIx,
        open: bool,
        certificate: &Certificate,
    ) -> Option<f64> {
        let position = self.site_of[at.index()]?;
        let site = self.problem.sites.get(position)?;
        let term = *certificate.sites.get(position)?;
        let known = site.lock == SiteLock::Free && site.parent.is_none();
        let against = if open { -term } else { term };
        known.then_some(against.max(0.0))
    }
}

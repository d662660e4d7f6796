//! Small places with everything in them that a plan must mind, from a seed.

use jiff::civil::date;
use oneroof::place::{sample, *};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A dice with the questions this module asks.
struct Dice(ChaCha8Rng);

impl Dice {
    /// True this many times in a hundred.
    fn percent(&mut self, chance: u32) -> bool {
        self.0.next_u32() % 100 < chance
    }

    fn below(&mut self, end: usize) -> usize {
        self.0.next_u32() as usize % end.max(1)
    }

    /// A number between two, in steps of a tenth.
    fn between(&mut self, low: f64, high: f64) -> f64 {
        let share: f64 = self.0.random_range(0.0..1.0);
        ((low + share * (high - low)) * 10.0).round() / 10.0
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }
}

/// A place of 3 to 9 buildings and 2 to 12 occupiers; the same seed gives the same place.
pub(crate) fn place(seed: u64) -> Place {
    let mut dice = Dice(ChaCha8Rng::seed_from_u64(seed));
    let mut place = sample::empty("Random");
    place.agencies = vec![
        sample::agency("council"),
        sample::agency("nhs"),
        sample::agency("police"),
    ];
    place.services = services(&mut dice);
    finance(&mut dice, &mut place.finance);
    if dice.percent(40) {
        place.sites.push(Site {
            id: "campus".into(),
            name: "Campus".to_owned(),
            fixed_cost: GbpPerYear(dice.between(0.0, 40_000.0)),
        });
    }
    for at in 0..3 + dice.below(7) {
        let building = building(&mut dice, at, place.sites.len());
        place.buildings.push(building);
    }
    for at in 0..2 + dice.below(11) {
        let occupier = occupier(&mut dice, at, &place);
        place.occupiers.push(occupier);
    }
    occupancies(&mut dice, &mut place);
    for at in 0..2 + dice.below(6) {
        let zone = zone(&mut dice, at, place.services.len());
        place.zones.push(zone);
    }
    rules(&mut dice, &mut place);
    if dice.percent(40) {
        place.separations.push(Separation {
            first: ServiceIx::new(0),
            second: ServiceIx::new(dice.below(3)),
            reason: None,
        });
    }
    decisions(&mut dice, &mut place);
    if place.finance.recharge_notice_years > 1.0 {
        place.funding.push(Funding {
            service: Some(ServiceIx::new(2)),
            agency: None,
            by: AgencyIx::new(0),
            source: None,
        });
    }
    place
}

fn services(dice: &mut Dice) -> Vec<Service> {
    let mut services = vec![
        sample::service("library", true),
        sample::service("clinic", true),
        sample::service("office", false),
    ];
    for service in &mut services {
        service.may_merge = dice.percent(50);
        service.merge_space = dice.one(&[0.6, 0.5, 1.0]);
        service.max_per_building = 1 + dice.below(2) as u32;
        service.movable = dice.percent(92);
        if dice.percent(20) {
            service.needs.insert("step_free".to_owned());
        }
        if dice.percent(20) {
            let km = Distance::from_user(dice.between(2.0, 12.0), Unit::Km);
            service.move_limit = Some((sample::straight_km(), km));
        }
    }
    services
}

fn finance(dice: &mut Dice, finance: &mut Finance) {
    if dice.percent(20) {
        finance.objective = Objective::RunningCost;
    }
    finance.horizon_years = dice.one(&[25, 25, 10, 2, 40]);
    finance.disposal_lag_years = dice.below(4) as u32;
    finance.recharge_notice_years = dice.between(0.0, 2.0);
    finance.headroom = dice.one(&[0.10, 0.0, 0.25]);
    if dice.percent(30) {
        finance.discount = vec![
            DiscountStep {
                from_year: 0,
                rate: 0.05,
            },
            DiscountStep {
                from_year: 5,
                rate: 0.02,
            },
        ];
    }
}

fn building(dice: &mut Dice, at: usize, sites: usize) -> Building {
    let here = sample::at(dice.between(0.0, 9_000.0), dice.between(0.0, 9_000.0));
    let agency = dice.below(3);
    let mut building = sample::building(&format!("B{at}"), agency, here, 0.0);
    building.usable = Graded::stated(floor(dice));
    building.running_fixed = Graded::stated(GbpPerYear(dice.between(0.0, 90_000.0)));
    if dice.percent(15) {
        building.running_fixed.grade = Grade::Defaulted;
    }
    building.running_per_m2 = GbpPerYear(dice.between(0.0, 40.0));
    building.rates = GbpPerYear(dice.between(0.0, 9_000.0));
    building.backlog = Gbp(dice.between(0.0, 90_000.0));
    building.market_value = Graded::stated(Gbp(dice.between(0.0, 900_000.0)));
    if dice.percent(20) {
        building.holding_cost = Some(GbpPerYear(dice.between(0.0, 9_000.0)));
    }
    tenure(dice, &mut building.tenure);
    building.part = part(&building).map(Box::new);
    building.part_release = (building.market_value.value.get() as u64).is_multiple_of(3);
    building.receipt_terms = receipt_terms(building.market_value.value.get()).into();
    building.energy = Energy {
        tco2e: Some(40.5),
        liability: Some(Gbp(9_000.0)),
    }
    .into();
    if building.tenure.rent.get() as u64 % 3 == 1 {
        building.energy_rating = Some("F".into());
    }
    for flag in [Flag::Covenant, Flag::OpenSpace, Flag::Listed] {
        if dice.percent(8) {
            building.flags.insert(flag);
        }
    }
    for tag in ["step_free", "clinical_grade"] {
        if dice.percent(70) {
            building.offers.insert(tag.to_owned());
        }
    }
    if dice.percent(15) {
        building
            .resources
            .insert("desks".to_owned(), dice.between(0.0, 60.0));
    }
    building.hours.per_week = dice.percent(30).then(|| dice.between(20.0, 80.0));
    building.hours.evening_or_weekend = dice.one(&[None, None, Some(true), Some(false)]);
    if sites > 0 && dice.percent(30) {
        building.site = Some(SiteIx::new(0));
    }
    building.lock = match dice.below(20) {
        0 => Lock::Keep,
        1 => Lock::Dispose,
        _ => Lock::Free,
    };
    building.role = match dice.below(15) {
        0 => Role::Fixed("in the buffer".into()),
        1 => Role::Out("land".into()),
        _ => Role::Candidate,
    };
    if dice.percent(4) {
        building.committed = Some(Box::new(Commitment {
            stated: "sold".to_owned(),
            date: None,
        }));
    }
    if dice.percent(4) {
        building.location = None;
        building.role = Role::Out("no location".into());
    }
    building
}

fn floor(dice: &mut Dice) -> Areas {
    let mut floor = Areas::default();
    if dice.percent(60) {
        floor.add(SpaceType::Any, SquareMetres(dice.between(100.0, 1_200.0)));
    }
    for space in [SpaceType::Office, SpaceType::Public, SpaceType::Clinical] {
        if dice.percent(25) {
            floor.add(space, SquareMetres(dice.between(50.0, 600.0)));
        }
    }
    floor
}

fn tenure(dice: &mut Dice, tenure: &mut Tenure) {
    use TenureKind::{Freehold, GroundLease, Leasehold, LetOut, Licence, Pfi, Unknown};
    tenure.kind = dice.one(&[
        Freehold,
        Freehold,
        Freehold,
        Leasehold,
        Leasehold,
        Leasehold,
        LetOut,
        Licence,
        Pfi,
        GroundLease,
        Unknown,
    ]);
    if !matches!(tenure.kind, Freehold | LetOut) {
        tenure.rent = GbpPerYear(dice.between(0.0, 60_000.0));
    }
    if matches!(tenure.kind, Leasehold | GroundLease) {
        let day = |dice: &mut Dice| {
            date(
                2024 + dice.below(16) as i16,
                1 + dice.below(12) as i8,
                1 + dice.below(28) as i8,
            )
        };
        tenure.lease.expiry = dice.percent(80).then(|| day(dice));
        for _ in 0..dice.below(3) {
            let day = day(dice);
            tenure.lease.breaks.push(day);
        }
        tenure.lease.breaks.sort();
        tenure.lease.notice_months = dice.one(&[None, Some(0), Some(6), Some(12)]);
        tenure.lease.break_penalty = Gbp(dice.between(0.0, 30_000.0));
    }
    terms(tenure);
}

/// What else a lease may say, by the pence of its rent and penalty, so that the dice fall as before.
fn terms(tenure: &mut Tenure) {
    let rent = tenure.rent.get();
    let odd = (rent * 100.0) as u64 ^ (tenure.lease.break_penalty.get() * 100.0) as u64;
    if tenure.kind == TenureKind::LetOut {
        tenure.let_income = GbpPerYear(17_500.0);
    }
    if matches!(tenure.kind, TenureKind::Leasehold | TenureKind::GroundLease) {
        tenure.lease.may_sublet = [None, Some(true), Some(false), Some(true)][(odd % 4) as usize];
        tenure.lease.repair =
            [None, Some(Repair::Internal), Some(Repair::Landlord)][(odd % 3) as usize];
        tenure.lease.review = (odd % 5 < 2).then(|| Review {
            on: date(2028, 4, 1),
            from_year: 2,
            rent: GbpPerYear(rent * if odd.is_multiple_of(2) { 1.2 } else { 0.9 }),
        });
    }
    let rented = matches!(
        tenure.kind,
        TenureKind::Leasehold | TenureKind::GroundLease | TenureKind::Pfi
    );
    tenure.lease.surrender = (rented && odd % 3 != 1).then(|| Surrender {
        price: Gbp(rent * [0.4, 2.0][(odd % 2) as usize]),
        from: (odd.is_multiple_of(5)).then(|| date(2029, 9, 1)),
    });
    if tenure.kind == TenureKind::Licence && odd.is_multiple_of(2) {
        tenure.lease.notice_months = Some(30);
    }
}

/// A part that could go, by the pence of the rates, so that the dice fall as before: some are too big to fit
/// beside what is in use, and some bring too little.
fn part(building: &Building) -> Option<Part> {
    let odd = (building.rates.get() * 10.0) as u64;
    let (space, most) = building.usable.value.iter().next()?;
    let wanted = odd.is_multiple_of(3) && most.get() > 0.0;
    wanted.then(|| Part {
        how: match (building.tenure.kind, odd.is_multiple_of(2)) {
            (TenureKind::Freehold, false) => PartExit::Sell,
            (_, true) => PartExit::Let,
            (_, false) => PartExit::GiveUp,
        },
        receipt: Gbp(building.rates.get() * 6.0),
        floor: Areas::of(space, most * 0.4),
        brings: GbpPerYear(building.rates.get()),
        costs: Gbp(12_000.0),
        from_year: (odd % 4) as u32,
    })
}

/// What is said of a receipt, by the pence of the value, so that the dice fall as before.
fn receipt_terms(value: f64) -> ReceiptTerms {
    let odd = (value * 10.0) as u64;
    ReceiptTerms {
        overage: odd.is_multiple_of(5).then(|| Overage {
            share: 0.3,
            above: Gbp(100_000.0),
            until: odd.is_multiple_of(2).then(|| date(2029, 6, 1)),
            to: None,
        }),
        clawback: odd.is_multiple_of(7).then_some(Gbp(50_000.0)),
        clawback_until: odd.is_multiple_of(14).then(|| date(2028, 4, 1)),
        fence: match odd % 4 {
            0 => Some(Fence::Owner),
            1 => Some(Fence::Purpose("housing".into())),
            _ => None,
        },
    }
}

fn occupier(dice: &mut Dice, at: usize, place: &Place) -> Occupier {
    let service = dice.below(place.services.len());
    let building = dice.below(place.buildings.len());
    let agency = dice.below(place.agencies.len());
    let mut occupier = sample::occupier(&format!("o{at}"), agency, service, building, 0.0);
    let space = match service {
        0 => SpaceType::Public,
        1 => SpaceType::Clinical,
        _ => SpaceType::Office,
    };
    occupier.needs = Areas::of(space, SquareMetres(dice.between(20.0, 300.0)));
    if dice.percent(40) {
        let any = SquareMetres(dice.between(5.0, 80.0));
        occupier.needs.add(SpaceType::Any, any);
    }
    occupier.staff_fte = dice.between(0.0, 30.0);
    if dice.percent(15) {
        occupier
            .resources
            .insert("desks".to_owned(), dice.between(0.0, 30.0));
    }
    if dice.percent(10) {
        occupier.capabilities.insert("clinical_grade".to_owned());
    }
    occupier.hours.per_week = dice.percent(30).then(|| dice.between(10.0, 60.0));
    occupier.hours.all_day = dice.one(&[None, None, Some(true), Some(false)]);
    occupier.hours.evening_or_weekend = dice.one(&[None, Some(true), Some(false)]);
    if dice.percent(8) {
        occupier.immovable = Some("fixed plant".to_owned());
    }
    if dice.percent(5) {
        occupier.lock = Lock::Keep;
    }
    if dice.percent(5) {
        occupier.basis = NeedBasis::Unknown;
        occupier.needs = Areas::default();
    }
    occupier
}

/// A building with nobody in it is vacant, unknown, or proposed; one of an unknown area has the
/// area in use.
fn occupancies(dice: &mut Dice, place: &mut Place) {
    for at in 0..place.buildings.len() {
        let inside = |o: &&Occupier| o.building.index() == at;
        let used: SquareMetres = place
            .occupiers
            .iter()
            .filter(inside)
            .map(|o| o.needs.total())
            .sum();
        let empty = !place.occupiers.iter().any(|o| o.building.index() == at);
        let building = &mut place.buildings[at];
        if empty {
            building.occupancy =
                dice.one(&[Occupancy::Vacant, Occupancy::Vacant, Occupancy::Unknown]);
            if building.occupancy == Occupancy::Vacant
                && building.committed.is_none()
                && dice.percent(30)
            {
                building.lock = Lock::Free;
                building.proposed = Some(Box::new(Proposal {
                    opening_cost: Gbp(dice.between(0.0, 200_000.0)),
                    first_year: 1,
                }));
            }
        } else if dice.percent(10) {
            building.usable = Graded::defaulted(Areas::of(SpaceType::Any, used));
        }
    }
}

fn zone(dice: &mut Dice, at: usize, services: usize) -> Zone {
    let point = sample::at(dice.between(-500.0, 9_500.0), dice.between(-500.0, 9_500.0));
    let demand: Vec<f64> = (0..services)
        .map(|_| {
            if dice.percent(15) {
                0.0
            } else {
                dice.between(0.0, 2_000.0)
            }
        })
        .collect();
    let mut zone = sample::zone(&format!("Z{at}"), point, &demand);
    if dice.percent(80) {
        let no_car = dice.between(0.0, 1.0);
        zone.groups.insert("no_car".to_owned(), no_car);
        zone.groups.insert("car".to_owned(), 1.0 - no_car);
    }
    zone.areas
        .insert("ward".to_owned(), dice.one(&["W1", "W2"]).to_owned());
    zone
}

fn rules(dice: &mut Dice, place: &mut Place) {
    for at in 0..dice.below(6) {
        let km =
            |low, high, dice: &mut Dice| Distance::from_user(dice.between(low, high), Unit::Km);
        let kind = match dice.below(8) {
            0 => RuleKind::Within {
                limit: km(1.0, 8.0, dice),
                share: dice.between(0.0, 1.0),
            },
            1 => RuleKind::WorstCase {
                limit: km(1.0, 8.0, dice),
                increase: km(0.0, 3.0, dice),
            },
            2 => RuleKind::Mean(MeanLimit::Relative(dice.between(0.0, 1.0))),
            3 => RuleKind::Mean(MeanLimit::Absolute(km(1.0, 8.0, dice))),
            4 => RuleKind::NoGroupWorse {
                groups: vec!["no_car".to_owned(), "car".to_owned()],
                keep: match dice.percent(50) {
                    true => GroupLimit::Mean(dice.between(0.0, 0.5)),
                    false => GroupLimit::Within {
                        limit: km(1.0, 8.0, dice),
                        drop: dice.between(0.0, 0.5),
                    },
                },
            },
            5 => RuleKind::FloorPerArea {
                each: "ward".to_owned(),
                limit: km(1.0, 8.0, dice),
                share: dice.between(0.0, 1.0),
            },
            6 => RuleKind::MinimumHosts {
                at_least: 1 + dice.below(3) as u32,
                hours: dice.one(&[
                    HoursClass::Any,
                    HoursClass::EveningOrWeekend,
                    HoursClass::AllDay,
                ]),
                each: dice.percent(50).then(|| "ward".to_owned()),
            },
            _ => RuleKind::Displacement {
                limit: km(1.0, 12.0, dice),
            },
        };
        let mut rule = sample::rule(&format!("r{at}"), dice.below(2), kind.clone());
        let plain = matches!(
            kind,
            RuleKind::Within { .. } | RuleKind::WorstCase { .. } | RuleKind::Mean(_)
        );
        if plain {
            rule.group = dice.percent(25).then(|| "no_car".to_owned());
            rule.area = dice.percent(20).then(|| AreaScope {
                kind: "ward".to_owned(),
                code: "W1".to_owned(),
            });
            // A strict rule that today fails would often leave no plan at all.
            rule.strict = dice.percent(8);
        }
        rule.hard = dice.percent(75);
        rule.price_gbp = (!rule.hard && dice.percent(50)).then_some(5.0);
        if dice.percent(15) {
            rule.measure = Measure {
                mode: Mode::Walk,
                unit: Unit::Minutes,
            };
        }
        place.rules.push(rule);
    }
}

fn decisions(dice: &mut Dice, place: &mut Place) {
    if !dice.percent(25) {
        return;
    }
    let verb = dice.one(&[
        Verb::Keep,
        Verb::Dispose,
        Verb::Free,
        Verb::PlaceAt,
        Verb::Keep,
    ]);
    let building = dice.one(&place.buildings).id.to_string();
    let occupier = dice.one(&place.occupiers).id.to_string();
    let about_occupier = verb == Verb::PlaceAt || (verb == Verb::Keep && dice.percent(40));
    let value = (verb == Verb::PlaceAt).then(|| building.clone());
    let id = if about_occupier { occupier } else { building };
    place
        .decisions
        .push(Decision::about(id, verb, value.as_deref()));
}

//! One plain sentence for each building and each occupier: what becomes of it, and why.

use super::choice::Choice;
use super::finance::{Books, PartWorth, Taken, barred, may_part, years_on_sale};
use super::in_play::{InPlay, Standing, WhyOpen, named};
use super::infeasible::called;
use super::placements::Placements;
use super::report::{Action, Outcome};
use crate::place::words::pounds;
use crate::place::{
    BuildingIx, Fence, Flag, Occupancy, OccupierIx, PartExit, Place, Record, TenureKind,
};

/// Share of usable floor in use below which a sentence asks who else is in a building let go.
const ACCOUNTED_FOR: f64 = 0.3;

/// How many names one sentence lists.
const NAMED: usize = 4;

/// Everything a sentence may speak of.
pub(crate) struct Reasons<'a> {
    pub(crate) place: &'a Place,
    pub(crate) in_play: &'a InPlay,
    pub(crate) books: &'a Books<'a>,
    pub(crate) placements: &'a Placements,
    pub(crate) choice: &'a Choice,
    /// By building: those who come into it.
    pub(crate) arrivals: &'a [Vec<OccupierIx>],
}

impl Reasons<'_> {
    /// Why a building becomes what it becomes.
    pub(crate) fn building(&self, at: BuildingIx, action: Action) -> String {
        match action {
            Action::Outside => match &self.in_play.standing[at.index()] {
                Standing::Outside(reason) => format!("Outside the plan: {reason}."),
                _ => "Not opened: no cheaper plan was found with it.".to_owned(),
            },
            Action::Retain => self.kept(at) + &self.part(at),
            Action::Host => self.host(at) + &self.part(at),
            _ => self.exit(at, action),
        }
    }

    fn kept(&self, at: BuildingIx) -> String {
        match &self.in_play.standing[at.index()] {
            Standing::Open(WhyOpen::Locked) => format!("Kept: {}.", self.by_whom(at)),
            Standing::Open(WhyOpen::UnknownOccupancy) => {
                "Kept: nobody is listed in it and nobody says it is vacant.".to_owned()
            }
            Standing::Open(WhyOpen::Holds(occupier)) => format!(
                "Kept: it holds {}, which cannot move ({}).",
                called(self.place, *occupier),
                self.held(*occupier)
            ),
            _ if self.in_play.inside[at.index()].is_empty() => {
                "Kept empty: letting it go would cost more.".to_owned()
            }
            _ => {
                "Kept: no cheaper way to house those in it was found within every limit.".to_owned()
            }
        }
    }

    fn host(&self, at: BuildingIx) -> String {
        let arriving = &self.arrivals[at.index()];
        let mut from: Vec<BuildingIx> = arriving
            .iter()
            .map(|o| self.place.occupier(*o).building)
            .collect();
        from.sort_unstable();
        from.dedup();
        let opened = self.choice.arrangement.opened(self.place);
        let opened = opened.filter(|(_, point)| point.building == at);
        let opened: Vec<String> = opened.map(|(_, point)| point.name.clone()).collect();
        let new = match opened.is_empty() {
            true => String::new(),
            false => format!("{} opens in it.", list(opened.into_iter())),
        };
        if arriving.is_empty() {
            return new;
        }
        let moved = format!(
            "Takes in {} from {}.",
            list(arriving.iter().map(|o| called(self.place, *o))),
            list(from.iter().map(|b| named(self.place.building(*b)))),
        );
        [moved, new].join(" ").trim_end().to_owned()
    }

    /// What becomes of a part that could go by itself, and why it stays where it does.
    fn part(&self, at: BuildingIx) -> String {
        let building = self.place.building(at);
        let Some(part) = building.part.as_deref() else {
            return String::new();
        };
        let floor = part.floor.total().get();
        if let Some(worth) = self.books.part(self.choice, at) {
            let how = match part.how {
                PartExit::Let => "let to somebody else",
                PartExit::GiveUp => "given back to the landlord",
                PartExit::Sell => return self.part_sold(floor, worth),
            };
            return format!(
                " {floor:.0} m² of it are {how}: {} a year from year {}, for {} once.",
                pounds(worth.brings),
                worth.brings_from,
                pounds(worth.costs),
            );
        }
        let why = match may_part(building, part) {
            Err(why) => why,
            Ok(()) if !self.books.parts.contains_key(&at) => {
                "that would cost more than it brings, or more floor is in use today than there is"
                    .to_owned()
            }
            Ok(()) => {
                "the floor is in use, a limit on money does not allow it, or nobody decided it"
                    .to_owned()
            }
        };
        format!(" The part of {floor:.0} m² that could go stays: {why}.")
    }

    fn part_sold(&self, floor: f64, worth: &PartWorth) -> String {
        let saves = match worth.brings > 0.0 {
            true => format!(", and {} a year less from then on", pounds(worth.brings)),
            false => String::new(),
        };
        format!(
            " {floor:.0} m² of it are sold in year {}: {} less {} of selling{saves}, for works of {}.",
            worth.brings_from,
            pounds(worth.receipt),
            pounds(worth.disposal_cost),
            pounds(worth.costs),
        )
    }

    fn exit(&self, at: BuildingIx, action: Action) -> String {
        let inside = &self.in_play.inside[at.index()];
        let mut hosts: Vec<BuildingIx> = inside.iter().map(|o| self.choice.building(*o)).collect();
        hosts.sort_unstable();
        hosts.dedup();
        let emptied = match inside.len() {
            0 if self.place.building(at).occupancy == Occupancy::Vacant => {
                "it stands empty".to_owned()
            }
            0 => "nobody is listed in it, and nobody said that it stands empty".to_owned(),
            _ => format!(
                "{} {} to {}",
                list(inside.iter().map(|o| called(self.place, *o))),
                if inside.len() == 1 { "goes" } else { "go" },
                list(hosts.iter().map(|b| named(self.place.building(*b)))),
            ),
        };
        let year = self.books.exit(self.choice, at).map_or(0, |exit| exit.year);
        let how = match action {
            Action::ReleaseLease => self.lease_left(at, year),
            Action::Sell => self.sold(at, year),
            Action::Transfer => self.given(at),
            Action::Mothball => self.held_empty(at),
            Action::Sublet => format!("Sublet from year {year} until its lease ends"),
            _ => "Let go".to_owned(),
        };
        let locked = match self.in_play.standing[at.index()] {
            Standing::Closed => format!(" To be let go: {}.", self.by_whom(at)),
            _ => String::new(),
        };
        format!("{how}: {emptied}.{locked}{}", self.doubt(at))
    }

    /// A lease that ends, by its own terms or by agreement.
    fn lease_left(&self, at: BuildingIx, year: u32) -> String {
        let building = self.place.building(at);
        let exit = self.books.exit(self.choice, at);
        let ends = exit.is_some_and(|exit| exit.by_agreement);
        if !ends {
            return format!("Lease left in year {year}");
        }
        let what = match building.tenure.kind {
            TenureKind::Pfi => "Private finance contract bought out",
            _ => "Lease surrendered",
        };
        let price = exit.map_or(0.0, |exit| exit.surrender);
        format!(
            "{what} in year {year}, for {} (its own end comes later, or costs more)",
            pounds(price)
        )
    }

    /// A building that is held empty, with what bars another way where anything does.
    fn held_empty(&self, at: BuildingIx) -> String {
        let building = self.place.building(at);
        let sale_year = years_on_sale(building, &self.place.finance) + 1;
        let mut why = barred(building, self.place.base_date, sale_year);
        why.extend(self.part_of_what_stays(at));
        match why.as_slice() {
            [] => "Emptied and held, because no permitted exit costs less".to_owned(),
            why => format!("Emptied and held, because {}", why.join(", and ")),
        }
    }

    /// Of a building that would be sold if all of its site went: that it does not.
    fn part_of_what_stays(&self, at: BuildingIx) -> Option<String> {
        let site = self.place.building(at).site?;
        let whole = self.books.exit_of(at, true)?;
        let name = &self.place.sites[site.index()].name;
        (whole.action == Action::Sell)
            .then(|| format!("part of {name} is not sold while other parts of it stay"))
    }

    /// A building that is given away, with what that forgoes.
    fn given(&self, at: BuildingIx) -> String {
        let forgone = self.place.building(at).market_value.value.get();
        let limit = self.place.finance.undervalue_limit_gbp;
        let test = match forgone {
            forgone if forgone <= 0.0 => {
                return "Transferred, because a covenant bars a sale".to_owned();
            }
            forgone if forgone > limit => "which a local authority needs consent for",
            _ => "which a local authority may forgo without consent",
        };
        format!(
            "Transferred, because a covenant bars a sale ({} of value forgone, {test})",
            pounds(forgone)
        )
    }

    /// A sale, with what its flags do to it.
    fn sold(&self, at: BuildingIx, year: u32) -> String {
        let flags = &self.place.building(at).flags;
        let mut words = format!("Sold in year {year}");
        if flags.contains(&Flag::CommunityValue) {
            words.push_str(", after the moratorium of an asset of community value");
        }
        words.push_str(&self.taken(at, year));
        if self.place.building(at).tenure.let_income.get() > 0.0 {
            words.push_str(", and its rent received ends with it");
        }
        words
    }

    /// Who else takes part of a receipt, and what the rest is for.
    fn taken(&self, at: BuildingIx, year: u32) -> String {
        let (building, finance) = (self.place.building(at), &self.place.finance);
        let taken = Taken::of(building, finance, self.place.base_date, year);
        let terms = &building.receipt_terms;
        let mut words = String::new();
        if taken.clawback > 0.0 {
            let until = until(terms.clawback_until);
            let gbp = pounds(taken.clawback);
            words.push_str(&format!(
                ", and a grant takes {gbp} of the receipt back{until}"
            ));
        }
        if let Some(overage) = terms.overage.as_ref().filter(|_| taken.overage > 0.0) {
            let to = overage.to.as_deref().unwrap_or("somebody else");
            let (gbp, until) = (pounds(taken.overage), until(overage.until));
            words.push_str(&format!(
                ", and {gbp} of the receipt is owed to {to} as overage{until}"
            ));
        }
        match &terms.fence {
            None => {}
            Some(Fence::Owner) => words.push_str("; the receipt is for its owner's own capital"),
            Some(Fence::Purpose(purpose)) => {
                words.push_str(&format!("; the receipt is for: {purpose}"));
            }
        }
        words
    }

    /// That people decided it, or that its register says so.
    fn by_whom(&self, at: BuildingIx) -> &'static str {
        match self.place.decisions_on(Record::Building(at)).is_empty() {
            true => "its register says so",
            false => "it was decided",
        }
    }

    /// A building that is let go though most of its floor is not accounted for: who else is there?
    fn doubt(&self, at: BuildingIx) -> String {
        let building = self.place.building(at);
        let usable = building.usable.value.total().get();
        let used = self.in_play.used_today[at.index()].total().get();
        if used > 0.0 && used < ACCOUNTED_FOR * usable {
            format!(
                " Only {:.0} % of its floor is accounted for: check who else is in it.",
                100.0 * used / usable
            )
        } else {
            String::new()
        }
    }

    /// Why an occupier goes where it goes.
    pub(crate) fn occupier(&self, at: OccupierIx, outcome: Outcome) -> String {
        let place = self.place;
        let from = place.occupier(at).building;
        let to = self.choice.building(at);
        if outcome == Outcome::Stay {
            return self.stays(at);
        }
        let why = if place.placing(at) == Some(to) {
            " by decision".to_owned()
        } else if !self.arrivals[from.index()].is_empty() {
            format!(", which makes room at {}", named(place.building(from)))
        } else if self.choice.is_open(from) {
            " because that costs less, or shortens travel".to_owned()
        } else {
            format!(" because {} is let go", named(place.building(from)))
        };
        match outcome {
            Outcome::Merge => format!(
                "Merges into its service at {}{why}.",
                named(place.building(to))
            ),
            _ => format!("Moves to {}{why}.", named(place.building(to))),
        }
    }

    fn stays(&self, at: OccupierIx) -> String {
        if !self.in_play.is_movable(at) {
            return format!("Stays: {}.", self.held(at));
        }
        if self.placements.can_leave[at.index()] {
            return "Stays: no cheaper building for it was found within every limit.".to_owned();
        }
        match self.placements.refused[at.index()].first() {
            Some(refusal) => format!(
                "Stays: no other building can take it; of {}, {}.",
                named(self.place.building(refusal.building)),
                refusal.reason
            ),
            None => "Stays: no other building is near enough.".to_owned(),
        }
    }

    fn held(&self, at: OccupierIx) -> &str {
        self.in_play.held[at.index()].as_deref().unwrap_or_default()
    }
}

/// `a, b and c`, or `a, b, c, d and 3 more`.
fn list(names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    let more = names.len().saturating_sub(NAMED);
    if more > 0 {
        return format!("{} and {more} more", names[..NAMED].join(", "));
    }
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => "nobody".to_owned(),
    }
}

/// The day on which a claim ends, where it has one.
fn until(day: Option<jiff::civil::Date>) -> String {
    day.map_or_else(String::new, |day| format!(" (until {day})"))
}

#[cfg(test)]
mod tests {
    use super::list;

    #[test]
    fn long_lists_are_cut_and_counted() {
        let names = |n: usize| (0..n).map(|i| format!("b{i}"));
        assert_eq!(list(names(1)), "b0");
        assert_eq!(list(names(3)), "b0, b1 and b2");
        assert_eq!(list(names(6)), "b0, b1, b2, b3 and 2 more");
    }
}

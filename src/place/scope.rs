//! What a plan is about: buildings, floor and running cost by the part they take. The one place that
//! says what the estate costs to run today.

use super::{Building, BuildingIx, GbpPerYear, Place, Role, SiteIx, SquareMetres};
use std::collections::BTreeMap;

/// Buildings that take the same part in a plan, for the same reason.
#[derive(Clone, Debug, PartialEq)]
pub struct ScopeRow {
    /// The part, with its reason: `candidate`, `fixed: let to others`, `out: open land`.
    pub part: String,
    /// Whether a plan may change them: what every saving is a share of.
    pub in_play: bool,
    /// How many they are.
    pub buildings: usize,
    /// Their usable floor.
    pub usable: SquareMetres,
    /// What they cost to run today.
    pub running: GbpPerYear,
}

impl Building {
    /// Whether a plan may change it; else why not, in words.
    pub fn in_play(&self) -> Result<(), String> {
        match &self.role {
            Role::Fixed(reason) | Role::Out(reason) => Err(reason.to_string()),
            Role::Candidate => {
                if let Some(commitment) = &self.committed {
                    Err(format!("already committed: {}", commitment.stated))
                } else if self.location.is_none() {
                    Err("it has no location".to_owned())
                } else {
                    Ok(())
                }
            }
        }
    }

    /// Fixed running cost, rent and rates of a year.
    pub fn fixed_a_year(&self) -> GbpPerYear {
        let rent_and_rates = self.tenure.rent.get() + self.rates.get();
        GbpPerYear(self.running_fixed.value.get() + rent_and_rates)
    }

    /// What a year costs while the building is kept, £, without floor in use: fixed running cost, rates, rent as
    /// reviewed by then, less rent received.
    pub fn kept_in(&self, year: u32) -> f64 {
        let fixed = self.fixed_a_year().get() + self.tenure.review_adds(year);
        fixed - self.tenure.let_income.get()
    }

    fn part(&self) -> (u8, String) {
        match (&self.role, self.in_play()) {
            (Role::Candidate, Ok(())) => (0, "candidate".to_owned()),
            (Role::Candidate, Err(reason)) => (1, format!("kept as it is: {reason}")),
            (Role::Fixed(reason), _) => (2, format!("fixed: {reason}")),
            (Role::Out(reason), _) => (3, format!("out: {reason}")),
        }
    }
}

impl Place {
    /// Every part that buildings take in a plan: what may change first.
    pub fn scope(&self) -> Vec<ScopeRow> {
        let running = self.running_today();
        let mut rows: BTreeMap<(u8, String), ScopeRow> = BTreeMap::new();
        for (at, building) in self.buildings() {
            let key = building.part();
            let row = rows.entry(key.clone()).or_insert(ScopeRow {
                in_play: key.0 == 0,
                part: key.1,
                buildings: 0,
                usable: SquareMetres(0.0),
                running: GbpPerYear(0.0),
            });
            row.buildings += 1;
            row.usable = SquareMetres(row.usable.get() + building.usable.value.total().get());
            row.running = GbpPerYear(row.running.get() + running[at.index()].get());
        }
        rows.into_values().collect()
    }

    /// What the buildings that a plan may change cost to run today: rent, rates, the running cost of
    /// the building and of the floor in use, and what campuses share.
    pub fn running_in_scope(&self) -> GbpPerYear {
        let rows = self.scope().into_iter().filter(|row| row.in_play);
        GbpPerYear(rows.map(|row| row.running.get()).sum::<f64>() + 0.0)
    }

    /// What each building costs to run today. The shared cost of a campus is counted at the first of
    /// its buildings that a plan may change, else at its first.
    pub fn running_today(&self) -> Vec<GbpPerYear> {
        let mut used = vec![0.0; self.buildings.len()];
        for occupier in &self.occupiers {
            used[occupier.building.index()] += occupier.needs.total().get();
        }
        let mut running: Vec<f64> = self
            .buildings()
            .map(|(at, building)| match building.proposed {
                Some(_) => 0.0,
                None => {
                    let steady = building.kept_in(self.finance.horizon_years.saturating_sub(1));
                    steady + building.running_per_m2.get() * used[at.index()]
                }
            })
            .collect();
        for (at, site) in self.sites.iter().enumerate() {
            if let Some(bearer) = self.bearer(SiteIx::new(at)) {
                running[bearer.index()] += site.fixed_cost.get();
            }
        }
        running.into_iter().map(GbpPerYear).collect()
    }

    /// The building at which the shared cost of a campus that runs today is counted: one that a plan
    /// may change, were it only proposed, makes the cost a part of what the plan is about.
    fn bearer(&self, site: SiteIx) -> Option<BuildingIx> {
        let there = || {
            self.buildings().filter(move |(_, building)| {
                building.site == Some(site) && !matches!(building.role, Role::Out(_))
            })
        };
        let stands = |building: &Building| building.proposed.is_none();
        let first = there().find(|(_, building)| stands(building))?;
        let in_play = || there().filter(|(_, building)| building.in_play().is_ok());
        let standing = in_play().find(|(_, building)| stands(building));
        let bearer = standing.or_else(|| in_play().next()).unwrap_or(first);
        Some(bearer.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::{Commitment, Gbp, Proposal, Site, sample};

    #[test]
    fn floor_in_use_and_the_shared_cost_of_a_campus_are_part_of_what_the_estate_costs() {
        let mut place = sample::six_buildings();
        // 6 × 55,000 and 10 × 1,650 m²
        assert_eq!(place.running_in_scope().get(), 346_500.0);
        place.sites = vec![Site {
            id: "campus".into(),
            name: "Campus".into(),
            fixed_cost: GbpPerYear(4_000.0),
        }];
        place.buildings[0].site = Some(SiteIx::new(0));
        place.buildings[1].site = Some(SiteIx::new(0));
        assert_eq!(place.running_in_scope().get(), 350_500.0);
    }

    #[test]
    fn a_campus_with_a_proposed_building_beside_a_fixed_one_is_in_scope_with_what_it_costs_today() {
        let mut place = sample::six_buildings();
        place.sites = vec![Site {
            id: "campus".into(),
            name: "Campus".into(),
            fixed_cost: GbpPerYear(4_000.0),
        }];
        for building in &mut place.buildings {
            building.role = Role::Fixed("buffer".into());
        }
        place.buildings[0].site = Some(SiteIx::new(0));
        place.buildings[1].site = Some(SiteIx::new(0));
        assert_eq!(place.running_in_scope().get(), 0.0);
        place.buildings[1].role = Role::Candidate;
        place.buildings[1].proposed = Some(Box::new(Proposal {
            opening_cost: Gbp(50_000.0),
            first_year: 1,
        }));
        assert_eq!(place.running_in_scope().get(), 4_000.0);
        // A campus of proposals alone costs nothing today.
        place.buildings[0].site = None;
        assert_eq!(place.running_in_scope().get(), 0.0);
    }

    #[test]
    fn a_building_that_is_already_committed_is_counted_apart() {
        let mut place = sample::six_buildings();
        place.buildings[0].committed = Some(Box::new(Commitment {
            stated: "sold".into(),
            date: None,
        }));
        let scope = place.scope();
        assert_eq!(scope.len(), 2);
        assert_eq!(
            (scope[0].part.as_str(), scope[0].buildings),
            ("candidate", 5)
        );
        assert_eq!(scope[1].part, "kept as it is: already committed: sold");
    }
}

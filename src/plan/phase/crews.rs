//! How many projects an agency has in a year.

use super::compile::{Compiled, What};
use super::problem::{Crew, Project};
use crate::place::{AgencyIx, BuildingIx};
use std::collections::BTreeMap;

impl Compiled<'_> {
    /// Works in one building for one agency are one project a year; so is each building let go.
    pub(super) fn crews(&mut self) {
        let Some(most) = self.place.phase.projects_a_year else {
            return;
        };
        let lead = self.lead() as usize;
        let mut works: BTreeMap<(AgencyIx, BuildingIx), Vec<(usize, usize)>> = BTreeMap::new();
        let mut projects: BTreeMap<AgencyIx, Vec<Project>> = BTreeMap::new();
        for (event, what) in self.whats.iter().enumerate() {
            match what {
                What::Move(at) => {
                    let agency = self.place.occupier(*at).agency;
                    let own = works.entry((agency, self.end.building(*at))).or_default();
                    own.push((event, lead));
                }
                What::Point(at) => {
                    let point = self.place.point(*at);
                    let own = works.entry((point.agency, point.building)).or_default();
                    own.push((event, 0));
                }
                What::Empty(at) => {
                    let owner = self.place.building(*at).agency;
                    let events = vec![(event, 0)];
                    projects.entry(owner).or_default().push(Project { events });
                }
                What::Gone(_) | What::Open(_) | What::Begun(_) | What::Part(_) => {}
            }
        }
        for ((agency, _), events) in works {
            projects.entry(agency).or_default().push(Project { events });
        }
        let crew = |projects| Crew {
            most: most as usize,
            projects,
        };
        self.problem.crews = projects.into_values().map(crew).collect();
    }
}

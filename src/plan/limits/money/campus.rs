//! Whether anything of a site is open, as one placement: rows on money need it where the shared cost of a
//! site, or its sale as a whole, depends on the plan.
//!
//! An item stands for the site. It goes to one of the open buildings, or to "gone", which only a site
//! without any open building may choose.

use crate::place::{Place, SiteIx};
use crate::plan::compile::Sources;
use crate::siting::{Choice, Item, Placement, Problem, Row, SiteLock, Term};
use std::collections::BTreeMap;

/// By site whose cost depends on the plan: the placement that says that nothing of it is open.
#[derive(Default)]
pub(crate) struct Campuses {
    gone: BTreeMap<SiteIx, usize>,
}

impl Campuses {
    /// Adds the items, after everything else of the problem, whose last site is always open.
    pub(crate) fn add(
        from: &Sources<'_>,
        site_of: &[Option<usize>],
        problem: &mut Problem,
    ) -> Self {
        let mut campuses = Self::default();
        let always = problem.sites.len().saturating_sub(1);
        let movable = problem.items.len();
        for site in (0..from.place.sites.len()).map(SiteIx::new) {
            if from.books.site(site).is_none() {
                continue;
            }
            let on_it = from.in_play.on_site[site.index()].iter();
            let open: Vec<usize> = on_it.filter_map(|at| site_of[at.index()]).collect();
            if open.is_empty() {
                continue;
            }
            let item = problem.items.len();
            problem.items.push(Item {
                name: named(from.place, site),
                ..Item::default()
            });
            let mut place = |site: usize| {
                problem.placements.push(Placement {
                    item,
                    site,
                    uses: vec![0.0; problem.sites[site].capacities.len()],
                    ..Placement::default()
                });
                problem.placements.len() - 1
            };
            for building in &open {
                place(*building);
            }
            let gone = place(always);
            for building in open {
                problem.rows.push(Row {
                    name: named(from.place, site),
                    terms: vec![(Term::Site(building), 1.0), (Term::Placement(gone), 1.0)],
                    at_most: Some(1.0),
                    ..Row::default()
                });
            }
            campuses.gone.insert(site, gone);
        }
        if let Some(mut start) = problem.start.take() {
            complete(problem, movable, &mut start, |_| false);
            problem.start = Some(start);
        }
        campuses
    }

    /// The placement that says that nothing of a site is open.
    pub(crate) fn gone(&self, site: SiteIx) -> Option<usize> {
        self.gone.get(&site).copied()
    }
}

/// Chooses for each item after the movable ones that must be somewhere, and so stands for a site: its first open building, or that
/// nothing of it is open. Open are sites that something is chosen at, those that are always open, and those
/// said to be.
pub(crate) fn complete(
    problem: &Problem,
    movable: usize,
    chosen: &mut Vec<usize>,
    said: impl Fn(usize) -> bool,
) {
    let mut open: Vec<bool> = problem
        .sites
        .iter()
        .map(|site| site.lock == SiteLock::Open)
        .collect();
    for at in chosen.iter() {
        open[problem.placements[*at].site] = true;
    }
    let mut ways: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, placement) in problem.placements.iter().enumerate() {
        let asked = problem.items[placement.item].choice == Choice::ExactlyOne;
        if placement.item >= movable && asked {
            ways.entry(placement.item).or_default().push(at);
        }
    }
    for own in ways.into_values() {
        // The last says that nothing of the site is open; it stands at a site that always is.
        if let Some((gone, homes)) = own.split_last() {
            let is_open = |at: &&usize| {
                let site = problem.placements[**at].site;
                open[site] || said(site)
            };
            chosen.push(*homes.iter().find(is_open).unwrap_or(gone));
        }
    }
}

fn named(place: &Place, site: SiteIx) -> String {
    format!(
        "whether anything of {} is open",
        place.sites[site.index()].name
    )
}

//! What the sites of a tile can hold together: structure, conflicts, requirements, groups, rows.

use super::super::draft::Fill;
use super::super::problem::Choice;
use super::Tile;
use std::collections::{BTreeMap, BTreeSet};

impl Tile<'_> {
    pub(super) fn structure(&mut self) {
        let problem = self.ground.problem;
        for &item in &self.free {
            let own = self.ground.layout.of_item[item]
                .iter()
                .filter_map(|at| self.option.get(at));
            let terms = own.map(|&column| (column, 1.0)).collect();
            match problem.items[item].choice {
                Choice::ExactlyOne => self.draft.row(1.0, 1.0, terms),
                Choice::AtMostOne | Choice::Any => self.draft.at_most(1.0, terms),
            };
        }
        let mut at_site: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &placement in self.option.keys() {
            at_site
                .entry(problem.placements[placement].site)
                .or_default()
                .push(placement);
        }
        for (&site, placements) in &at_site {
            let own = self.site.get(&site).copied();
            for (kind, &capacity) in problem.sites[site].capacities.iter().enumerate() {
                let leaving: f64 = placements
                    .iter()
                    .filter(|at| self.current.contains(at))
                    .map(|&at| problem.placements[at].uses[kind])
                    .sum();
                let room = (capacity - (self.state.load[site][kind] - leaving)).max(0.0);
                let uses = placements
                    .iter()
                    .map(|at| (self.option[at], problem.placements[*at].uses[kind]));
                let mut terms: Vec<_> = uses.filter(|term| term.1 > 0.0).collect();
                if terms.iter().map(|term| term.1).sum::<f64>() <= room {
                    continue;
                }
                match own {
                    Some(column) => {
                        terms.push((column, -room));
                        self.draft.at_most(0.0, terms);
                    }
                    None => {
                        self.draft.at_most(room, terms);
                    }
                }
            }
            if let Some(column) = own {
                for at in placements {
                    self.draft
                        .at_most(0.0, vec![(self.option[at], 1.0), (column, -1.0)]);
                }
            }
        }
        self.conflicts();
        self.requirements();
    }

    fn conflicts(&mut self) {
        let ground = self.ground;
        let mut touched: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &placement in self.option.keys() {
            for &conflict in &ground.layout.conflicts_of[placement] {
                touched.entry(conflict).or_default().push(placement);
            }
        }
        for (conflict, placements) in touched {
            let leaving = placements
                .iter()
                .filter(|at| self.current.contains(at))
                .count() as u32;
            let fixed = self.state.conflict[conflict].saturating_sub(leaving);
            let most = ground.problem.conflicts[conflict]
                .most
                .saturating_sub(fixed);
            if placements.len() as u32 <= most {
                continue;
            }
            let mut terms: Vec<_> = placements.iter().map(|at| (self.option[at], 1.0)).collect();
            let site = placements
                .first()
                .map(|&at| ground.problem.placements[at].site);
            match site.and_then(|site| self.site.get(&site)) {
                Some(&column) => {
                    terms.push((column, -f64::from(most)));
                    self.draft.at_most(0.0, terms);
                }
                None => {
                    self.draft.at_most(f64::from(most), terms);
                }
            }
        }
    }

    fn requirements(&mut self) {
        let ground = self.ground;
        let placements = &ground.problem.placements;
        let fixed = |at: usize| self.state.chosen[at] && !self.current.contains(&at);
        let mut rows = Vec::new();
        let mut asking: BTreeSet<usize> = self.option.keys().copied().collect();
        for &leaving in &self.current {
            asking.extend(
                ground.required_by[leaving]
                    .iter()
                    .map(|&at| at as usize)
                    .filter(|&at| fixed(at)),
            );
        }
        for at in asking {
            let requires = &placements[at].requires;
            if requires.is_empty() || requires.iter().any(|&other| fixed(other)) {
                continue;
            }
            let met = requires
                .iter()
                .filter_map(|other| self.option.get(other))
                .map(|&column| (column, 1.0));
            let mut terms: Vec<_> = met.collect();
            match self.option.get(&at) {
                Some(&column) => {
                    terms.push((column, -1.0));
                    rows.push((0.0, terms));
                }
                None => rows.push((1.0, terms)),
            }
        }
        for (least, terms) in rows {
            self.draft.at_least(least, terms);
        }
    }

    /// Parents, variants and pairs.
    pub(super) fn groups(&mut self) {
        let ground = self.ground;
        let (problem, layout) = (ground.problem, ground.layout);
        let parents: BTreeSet<usize> = self
            .site
            .keys()
            .filter_map(|&site| problem.sites[site].parent)
            .collect();
        for parent in parents {
            let (own, others): (Vec<usize>, Vec<usize>) = layout.children[parent]
                .iter()
                .partition(|site| self.site.contains_key(site));
            if others.iter().any(|&site| self.state.is_open(ground, site)) {
                continue;
            }
            let cost = problem.parents[parent].fixed_cost;
            if cost >= 0.0 {
                let column = self.draft.follows(cost, 0.0, 1.0, Fill::Smallest);
                for site in own {
                    let row = self
                        .draft
                        .at_least(0.0, vec![(column, 1.0), (self.site[&site], -1.0)]);
                    self.draft.defines(row, column);
                }
            } else {
                let column = self.draft.follows(cost, 0.0, 1.0, Fill::Largest);
                let mut terms = vec![(column, 1.0)];
                terms.extend(own.iter().map(|site| (self.site[site], -1.0)));
                let row = self.draft.at_most(0.0, terms);
                self.draft.defines(row, column);
            }
        }
        let groups: BTreeSet<u32> = self
            .site
            .keys()
            .filter_map(|&site| ground.group_of[site])
            .collect();
        for group in groups {
            let (own, others): (Vec<usize>, Vec<usize>) = layout.variants[group as usize]
                .iter()
                .partition(|site| self.site.contains_key(site));
            let taken = others
                .iter()
                .filter(|&&site| self.state.is_open(ground, site))
                .count();
            let terms = own.iter().map(|site| (self.site[site], 1.0)).collect();
            self.draft.at_most(1.0 - taken.min(1) as f64, terms);
        }
        let options: Vec<(usize, usize)> = self
            .option
            .iter()
            .map(|(&at, &column)| (at, column))
            .collect();
        for (at, column) in options {
            for &(other, reward) in &ground.pairs_of[at] {
                let other = other as usize;
                if let Some(&beside) = self.option.get(&other) {
                    if at < other {
                        self.pair(column, beside, reward);
                    }
                } else if self.state.chosen[other] {
                    self.draft.columns[column].cost -= reward;
                }
            }
        }
    }

    fn pair(&mut self, first: usize, second: usize, reward: f64) {
        if reward >= 0.0 {
            let column = self.draft.follows(-reward, 0.0, 1.0, Fill::Largest);
            for own in [first, second] {
                let row = self.draft.at_most(0.0, vec![(column, 1.0), (own, -1.0)]);
                self.draft.defines(row, column);
            }
        } else {
            let column = self.draft.follows(-reward, 0.0, 1.0, Fill::Smallest);
            let row = self
                .draft
                .at_least(-1.0, vec![(column, 1.0), (first, -1.0), (second, -1.0)]);
            self.draft.defines(row, column);
        }
    }

    pub(super) fn rows(&mut self) {
        let ground = self.ground;
        let mut touched: BTreeMap<u32, (f64, BTreeMap<usize, f64>)> = BTreeMap::new();
        for (&site, &column) in &self.site {
            let open = self.state.is_open(ground, site);
            for &(row, coefficient) in &ground.rows_of_site[site] {
                let of = touched.entry(row).or_default();
                *of.1.entry(column).or_insert(0.0) += coefficient;
                of.0 += if open { coefficient } else { 0.0 };
            }
        }
        for (&placement, &column) in &self.option {
            let chosen = self.current.contains(&placement);
            for &(row, coefficient) in &ground.rows_of_placement[placement] {
                let of = touched.entry(row).or_default();
                *of.1.entry(column).or_insert(0.0) += coefficient;
                of.0 += if chosen { coefficient } else { 0.0 };
            }
        }
        for (at, (free, terms)) in touched {
            let row = &ground.problem.rows[at as usize];
            let fixed = self.state.row[at as usize] - free;
            let terms: Vec<(usize, f64)> = terms.into_iter().filter(|term| term.1 != 0.0).collect();
            let broken = row.price.map(|price| {
                self.draft
                    .follows(price, 0.0, f64::INFINITY, Fill::Smallest)
            });
            for (limit, sign) in [(row.at_most, 1.0), (row.at_least, -1.0)] {
                let Some(limit) = limit else { continue };
                let mut own: Vec<_> = terms.iter().map(|term| (term.0, sign * term.1)).collect();
                own.extend(broken.map(|broken| (broken, -1.0)));
                let row = self.draft.at_most(sign * (limit - fixed), own);
                if let Some(broken) = broken {
                    self.draft.defines(row, broken);
                }
            }
        }
    }
}

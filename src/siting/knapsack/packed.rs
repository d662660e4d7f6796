//! The most that a site of cells gains: a table of what each number of cells can bring, one family after another.

use super::cells::{Family, Member, Part, Site};

/// What placements gain.
pub(super) trait Gains {
    /// What one gains without its hosts and with them; `None` where that is nothing.
    fn of(&self, placement: u32) -> Option<(f64, f64)>;
}

/// At least the most that a site can gain; puts the placements that do into `chosen`. They may take a little more room than
/// there is, and an item twice.
pub(super) fn most(site: &Site, gains: &impl Gains, chosen: &mut Vec<u32>) -> f64 {
    chosen.clear();
    let tables: Vec<Table> = site
        .parts
        .iter()
        .map(|part| Table::new(part, gains))
        .collect();
    let Some(together) = site.together else {
        for table in &tables {
            table.trace(table.most.len() - 1, chosen);
        }
        return tables.iter().map(Table::last).sum();
    };
    // What parts bring together, and how many cells the last of them has of that.
    let mut most = vec![0.0; together + 1];
    let mut shares: Vec<Vec<u32>> = Vec::new();
    for table in &tables {
        let before = most.clone();
        let mut own = vec![0; together + 1];
        for (cells, gained) in table.steps() {
            for at in cells..=together {
                let value = before[at - cells] + gained;
                if value > most[at] {
                    most[at] = value;
                    own[at] = cells as u32;
                }
            }
        }
        shares.push(own);
    }
    let mut left = together;
    for (table, share) in tables.iter().zip(&shares).rev() {
        let own = share[left] as usize;
        table.trace(own, chosen);
        left -= own;
    }
    most[together]
}

/// For each placement of a site with what it gains, by `full`: at least the most that the site gains with it; negative infinity
/// where there is no room for it.
pub(super) fn most_with_each(
    site: &Site,
    gains: &impl Gains,
    full: impl Fn(u32) -> f64,
) -> Vec<(u32, f64)> {
    let parts: Vec<Vec<Table>> = site.parts.iter().map(|part| up_to(part, gains)).collect();
    let mut found = Vec::new();
    for (number, (part, before)) in site.parts.iter().zip(&parts).enumerate() {
        let others = parts.iter().enumerate().filter(|other| other.0 != number);
        let others: f64 = others
            .filter_map(|other| Some(other.1.last()?.last()))
            .sum();
        let mut after = Table::empty(part);
        for (at, family) in part.families().enumerate().rev() {
            // Others of its family may be chosen as well, where it lets them.
            let beside = &before[if family.most == 1 { at } else { at + 1 }];
            for member in family.members {
                let most = match part.cells.checked_sub(member.cells()) {
                    Some(left) => {
                        beside.most_beside(&after, left) + full(member.placement) + others
                    }
                    None => f64::NEG_INFINITY,
                };
                found.push((member.placement, most));
            }
            after.add(family, gains);
        }
    }
    found
}

/// The tables of a part without its families, with the first, the first two, and so on.
fn up_to<'a>(part: &'a Part, gains: &impl Gains) -> Vec<Table<'a>> {
    let mut tables = vec![Table::empty(part)];
    for family in part.families() {
        let last = &tables[tables.len() - 1];
        let mut next = Table {
            most: last.most.clone(),
            layers: Vec::new(),
        };
        next.add(family, gains);
        tables.push(next);
    }
    tables
}

/// What each number of cells of a part brings, and which placements do.
struct Table<'a> {
    most: Vec<f64>,
    layers: Vec<Layer<'a>>,
}

/// What a family added to it.
enum Layer<'a> {
    /// For each number of cells the member that is chosen, counted from 1.
    Once(Vec<&'a Member>, Vec<u32>),
    /// For each number of cells how many members are chosen; and for each member and number of chosen ones so far, how it is.
    Several(Vec<&'a Member>, Vec<usize>, Vec<Vec<Vec<Chosen>>>),
}

/// How a member comes to a number of chosen ones.
#[derive(Clone, Copy, PartialEq)]
enum Chosen {
    No,
    /// One fewer was chosen before it.
    Next,
    /// As many as are told apart were.
    Further,
}

/// Numbers of chosen members that are told apart; where more may be chosen, any number more counts as the last of them.
const TOLD_APART: usize = 3;

impl<'a> Table<'a> {
    fn new(part: &'a Part, gains: &impl Gains) -> Table<'a> {
        let mut table = Table::empty(part);
        for family in part.families() {
            table.add(family, gains);
        }
        table
    }

    /// That of no family.
    fn empty(part: &Part) -> Table<'a> {
        Table {
            most: vec![0.0; part.cells + 1],
            layers: Vec::new(),
        }
    }

    /// The most that this and another table bring in so many cells together.
    fn most_beside(&self, other: &Table, cells: usize) -> f64 {
        let own = self.most[..=cells].iter();
        let pairs = own.zip(other.most[..=cells].iter().rev());
        pairs
            .map(|(own, other)| own + other)
            .fold(f64::NEG_INFINITY, f64::max)
    }

    fn add(&mut self, family: Family<'a>, gains: &impl Gains) {
        let last = self.most.len() - 1;
        let gainful =
            |member: &&Member| member.cells() <= last && gains.of(member.placement).is_some();
        let members: Vec<&Member> = family.members.iter().filter(gainful).collect();
        if members.is_empty() {
            return;
        }
        let before = self.most.clone();
        if family.most == 1 || members.len() == 1 {
            let mut which = vec![0; last + 1];
            for (number, member) in (1..).zip(&members) {
                let (_, full) = gains.of(member.placement).unwrap_or_default();
                for at in member.cells()..=last {
                    let value = before[at - member.cells()] + full;
                    if value > self.most[at] {
                        self.most[at] = value;
                        which[at] = number;
                    }
                }
            }
            self.layers.push(Layer::Once(members, which));
            return;
        }
        self.add_several(family.most, members, gains);
    }

    /// Adds a family of which several may be chosen, the first of whom earns what they earn together.
    fn add_several(&mut self, most: usize, members: Vec<&'a Member>, gains: &impl Gains) {
        let last = self.most.len() - 1;
        let before = self.most.clone();
        let numbers = most.min(members.len()).min(TOLD_APART);
        let any_more = most.min(members.len()) > TOLD_APART;
        let mut values = vec![vec![f64::NEG_INFINITY; last + 1]; numbers];
        let mut how = Vec::new();
        for member in &members {
            let (own, full) = gains.of(member.placement).unwrap_or_default();
            let mut chosen = vec![vec![Chosen::No; last + 1]; numbers];
            for number in (0..numbers).rev() {
                for at in (member.cells()..=last).rev() {
                    let rest = at - member.cells();
                    let next = match number.checked_sub(1) {
                        None => before[rest] + full,
                        Some(fewer) => values[fewer][rest] + own,
                    };
                    let further = match any_more && number == numbers - 1 {
                        true => values[number][rest] + own,
                        false => f64::NEG_INFINITY,
                    };
                    let (value, by) = match further > next {
                        true => (further, Chosen::Further),
                        false => (next, Chosen::Next),
                    };
                    if value > values[number][at] {
                        values[number][at] = value;
                        chosen[number][at] = by;
                    }
                }
            }
            how.push(chosen);
        }
        let mut count = vec![0; last + 1];
        for (number, values) in (1..).zip(&values) {
            for (at, value) in values.iter().enumerate() {
                if *value > self.most[at] {
                    self.most[at] = *value;
                    count[at] = number;
                }
            }
        }
        self.layers.push(Layer::Several(members, count, how));
    }

    fn last(&self) -> f64 {
        self.most[self.most.len() - 1]
    }

    /// The numbers of cells that bring more than any fewer do.
    fn steps(&self) -> impl Iterator<Item = (usize, f64)> {
        let is_step = |&at: &usize| {
            at > 0 && self.most[at] > self.most[at - 1] || at == 0 && self.most[0] > 0.0
        };
        (0..self.most.len())
            .filter(is_step)
            .map(|at| (at, self.most[at]))
    }

    /// The placements that bring the most of so many cells.
    fn trace(&self, mut at: usize, into: &mut Vec<u32>) {
        for layer in self.layers.iter().rev() {
            match layer {
                Layer::Once(members, which) => {
                    if let Some(number) = which[at].checked_sub(1) {
                        let member = members[number as usize];
                        into.push(member.placement);
                        at -= member.cells();
                    }
                }
                Layer::Several(members, count, how) => {
                    let mut number = count[at];
                    for (member, how) in members.iter().zip(how).rev() {
                        let chosen = number.checked_sub(1).map(|number| how[number][at]);
                        if let Some(by @ (Chosen::Next | Chosen::Further)) = chosen {
                            into.push(member.placement);
                            number -= usize::from(by == Chosen::Next);
                            at -= member.cells();
                        }
                    }
                }
            }
        }
    }
}

//! What one site gains at most: a knapsack of whole items, by depth-first branch and bound (Horowitz and Sahni).
//!
//! Sums of all items before each make the bound of what is left one search for where the room ends. Where it runs out
//! of nodes, the bounds of what was left unexplored keep the answer valid, only weaker.

/// What an item gains at a site.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gain {
    pub(super) gain: f64,
    pub(super) uses: f64,
    pub(super) item: u32,
}

/// A site's items that gain anything, most for their room first, and scratch space.
#[derive(Clone, Debug, Default)]
pub(super) struct Sack {
    gains: Vec<Gain>,
    /// Room and gain of all items before each.
    sums: Vec<(f64, f64)>,
    /// The best set found, by position among the gains.
    best: Vec<u32>,
    taken: Vec<(u32, f64, f64)>,
}

impl Sack {
    /// Takes the items that there are.
    pub(super) fn load(&mut self, gains: &[Gain]) {
        self.gains.clear();
        self.gains.extend_from_slice(gains);
        // What takes no room comes first.
        let rate = |gain: &Gain| gain.gain / gain.uses;
        self.gains
            .sort_unstable_by(|a, b| rate(b).total_cmp(&rate(a)).then(a.item.cmp(&b.item)));
        self.sums.clear();
        let (mut uses, mut gain) = (0.0, 0.0);
        self.sums.push((0.0, 0.0));
        for own in &self.gains {
            uses += own.uses;
            gain += own.gain;
            self.sums.push((uses, gain));
        }
    }

    /// The gain of the items from a position on that fit into so much room, the last of them in part; and the
    /// position of that one.
    fn filled(&self, from: usize, room: f64) -> (f64, usize) {
        let (uses, gain) = self.sums[from];
        let end = from + self.sums[from + 1..].partition_point(|sum| sum.0 - uses <= room);
        let whole = self.sums[end].1 - gain;
        let Some(next) = self.gains.get(end) else {
            return (whole, end);
        };
        let left = (room - (self.sums[end].0 - uses)).max(0.0);
        (whole + next.gain * (left / next.uses), end)
    }

    /// At least the most that fits into so much room where items may be divided.
    pub(super) fn divided(&self, room: f64) -> f64 {
        self.filled(0, room).0
    }

    /// What goes there where items may be divided: each item and its share.
    pub(super) fn shares(&self, room: f64, picked: &mut Vec<(u32, f64)>) {
        picked.clear();
        let (_, end) = self.filled(0, room);
        picked.extend(self.gains[..end].iter().map(|gain| (gain.item, 1.0)));
        if let Some(next) = self.gains.get(end) {
            let share = (room - self.sums[end].0) / next.uses;
            if share > 0.0 {
                picked.push((next.item, share));
            }
        }
    }

    /// The same without one of the items.
    pub(super) fn divided_without(&self, item: u32, room: f64) -> f64 {
        let (all, end) = self.filled(0, room);
        let Some(at) = self.gains.iter().position(|gain| gain.item == item) else {
            return all;
        };
        if at > end {
            return all;
        }
        let before = self.sums[at];
        before.1 + self.filled(at + 1, room - before.0).0
    }

    /// At least the most that whole items gain in so much room.
    pub(super) fn whole(&mut self, room: f64, nodes: u32) -> f64 {
        self.best.clear();
        self.taken.clear();
        let root = self.divided(room);
        let (mut best, mut open, mut spent) = (0.0f64, f64::NEG_INFINITY, 0);
        let (mut at, mut left, mut gain) = (0, room, 0.0);
        loop {
            let bound = gain + self.filled(at, left).0;
            let mut done = bound <= best;
            if !done && spent > nodes {
                open = open.max(bound);
                done = true;
            }
            if !done {
                spent += 1;
                while let Some(next) = self.gains.get(at).filter(|next| next.uses <= left) {
                    self.taken.push((at as u32, left, gain));
                    left -= next.uses;
                    gain += next.gain;
                    at += 1;
                }
                if gain > best {
                    best = gain;
                    self.best.clear();
                    self.best.extend(self.taken.iter().map(|taken| taken.0));
                }
                done = at >= self.gains.len();
            }
            if !done {
                at += 1;
                continue;
            }
            let Some((last, before, gained)) = self.taken.pop() else {
                break;
            };
            (at, left, gain) = (last as usize + 1, before, gained);
        }
        best.max(open).min(root)
    }

    /// The items of the best set found.
    pub(super) fn chosen(&self, picked: &mut Vec<(u32, f64)>) {
        picked.clear();
        let items = self
            .best
            .iter()
            .map(|&at| (self.gains[at as usize].item, 1.0));
        picked.extend(items);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::dice::Dice;
    use super::*;

    /// The most that any set gains.
    fn enumerated(gains: &[Gain], room: f64) -> f64 {
        let set = |set: u32| {
            let inside = || (0..gains.len()).filter(move |at| set >> at & 1 == 1);
            let uses: f64 = inside().map(|at| gains[at].uses).sum();
            let gain: f64 = inside().map(|at| gains[at].gain).sum();
            if uses <= room { gain } else { 0.0 }
        };
        (0..1u32 << gains.len()).map(set).fold(0.0, f64::max)
    }

    #[test]
    fn a_sack_gains_what_the_best_of_all_sets_does_and_never_less_where_its_nodes_run_out() {
        let mut short = 0;
        for seed in 0..3000 {
            let mut dice = Dice::new(seed);
            let gain = |item: u32, dice: &mut Dice| Gain {
                gain: dice.amount(1, 30),
                uses: dice.amount(0, 9),
                item,
            };
            let gains: Vec<Gain> = (0..dice.size(0, 10) as u32)
                .map(|item| gain(item, &mut dice))
                .collect();
            let room = dice.amount(0, 30);
            let most = enumerated(&gains, room);
            let mut sack = Sack::default();
            sack.load(&gains);
            assert_eq!(sack.whole(room, u32::MAX), most, "{seed}");
            let mut picked = Vec::new();
            sack.chosen(&mut picked);
            let chosen = |of: &Gain| picked.iter().any(|picked| picked.0 == of.item);
            let sum: f64 = gains.iter().filter(|of| chosen(of)).map(|of| of.gain).sum();
            assert_eq!(sum, most, "{seed}");
            let divided = sack.divided(room);
            assert!(divided >= most - 1e-9, "{seed}");
            let bound = sack.whole(room, 0);
            assert!(bound >= most && bound <= divided, "{seed}");
            short += usize::from(bound > most);
            for out in 0..gains.len() as u32 {
                let others: Vec<Gain> = gains.iter().copied().filter(|of| of.item != out).collect();
                let mut without = Sack::default();
                without.load(&others);
                let apart = sack.divided_without(out, room) - without.divided(room);
                assert!(apart.abs() < 1e-9, "{seed}: {apart}");
            }
        }
        assert!(short > 300, "{short}");
    }
}

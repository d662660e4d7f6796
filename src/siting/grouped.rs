//! Short lists, one for each position, in two flat vectors.

use std::ops::Index;

/// A list for each position. Where all are empty it takes no memory, however many positions there are.
#[derive(Clone, Debug, Default)]
pub(super) struct Grouped<T> {
    starts: Vec<u32>,
    entries: Vec<T>,
}

impl<T: Copy + PartialEq> Grouped<T> {
    /// From pairs of a position and what belongs to it, in any order; each list keeps their order, without
    /// repetitions.
    pub(super) fn new(positions: usize, pairs: Vec<(u32, T)>) -> Grouped<T> {
        Self::gathered(positions, pairs, &|own, entry| own.contains(entry))
    }
}

impl<T: Copy> Grouped<T> {
    /// The same with whatever is repeated.
    pub(super) fn with_repetitions(positions: usize, pairs: Vec<(u32, T)>) -> Grouped<T> {
        Self::gathered(positions, pairs, &|_, _| false)
    }

    fn gathered(
        positions: usize,
        mut pairs: Vec<(u32, T)>,
        leaves_out: &dyn Fn(&[T], &T) -> bool,
    ) -> Grouped<T> {
        if pairs.is_empty() {
            let (starts, entries) = (Vec::new(), Vec::new());
            return Grouped { starts, entries };
        }
        pairs.sort_by_key(|pair| pair.0);
        let mut starts = Vec::with_capacity(positions + 1);
        let mut entries: Vec<T> = Vec::with_capacity(pairs.len());
        let mut own = 0;
        starts.push(0);
        for (position, entry) in pairs {
            while starts.len() <= position as usize {
                own = entries.len();
                starts.push(own as u32);
            }
            if !leaves_out(&entries[own..], &entry) {
                entries.push(entry);
            }
        }
        starts.resize(positions + 1, entries.len() as u32);
        Grouped { starts, entries }
    }
}

impl<T> Index<usize> for Grouped<T> {
    type Output = [T];

    fn index(&self, position: usize) -> &[T] {
        match self.starts.get(position..position + 2) {
            Some(&[from, to]) => &self.entries[from as usize..to as usize],
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_list_keeps_its_order_without_repetitions() {
        let pairs = vec![(3, 'b'), (1, 'z'), (3, 'a'), (1, 'z'), (3, 'b')];
        let grouped = Grouped::new(5, pairs);
        let lists: Vec<String> = (0..5).map(|at| grouped[at].iter().collect()).collect();
        assert_eq!(lists, ["", "z", "", "ba", ""]);
    }

    #[test]
    fn what_is_repeated_is_kept_where_it_counts() {
        let pairs = vec![(1, 'z'), (0, 'a'), (1, 'z')];
        let grouped = Grouped::with_repetitions(2, pairs);
        let lists: Vec<String> = (0..2).map(|at| grouped[at].iter().collect()).collect();
        assert_eq!(lists, ["a", "zz"]);
    }

    #[test]
    fn lists_of_nothing_are_empty() {
        assert!(Grouped::<u32>::new(4, Vec::new())[3].is_empty());
        assert_eq!(Grouped::new(1, vec![(0, 7)])[0], [7]);
    }
}

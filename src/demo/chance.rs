//! The one source of chance: a seeded stream that is the same on every machine.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A stream of chance. Different strands of one seed are independent, so that adding a building
/// somewhere does not reshuffle the zones elsewhere.
pub(super) struct Chance(ChaCha8Rng);

impl Chance {
    /// The strand `strand` of `seed`.
    pub(super) fn new(seed: u64, strand: u64) -> Self {
        let mut stream = ChaCha8Rng::seed_from_u64(seed);
        stream.set_stream(strand);
        Self(stream)
    }

    /// A number in [0, 1).
    pub(super) fn unit(&mut self) -> f64 {
        // 53 bits: every value is exact, so no machine rounds it differently.
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number between two others.
    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// A whole number from `low` to `high`, both included.
    pub(super) fn whole(&mut self, low: u32, high: u32) -> u32 {
        low + (self.unit() * f64::from(high - low + 1)) as u32
    }

    /// Bell-shaped around 0, spread 1, never beyond ±3: the sum of uniform numbers, because a
    /// logarithm may differ between machines in its last digit.
    pub(super) fn bell(&mut self) -> f64 {
        let sum: f64 = (0..12).map(|_| self.unit()).sum();
        (sum - 6.0).clamp(-3.0, 3.0)
    }

    /// Whether something of this probability happens.
    pub(super) fn happens(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of a list; the list is not empty.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let at = (self.unit() * from.len() as f64) as usize;
        &from[at.min(from.len() - 1)]
    }

    /// A point in the unit disc.
    pub(super) fn disc(&mut self) -> (f64, f64) {
        loop {
            let (x, y) = (self.between(-1.0, 1.0), self.between(-1.0, 1.0));
            if x * x + y * y <= 1.0 {
                return (x, y);
            }
        }
    }
}

/// A number in [0, 1) that belongs to a pair of things, whatever the order they are met in.
pub(super) fn of_pair(seed: u64, first: usize, second: usize, turn: u64) -> f64 {
    let (low, high) = (first.min(second) as u64, first.max(second) as u64);
    let mut x = seed
        .wrapping_add(low.wrapping_mul(0x9E37_79B9_7F4A_7C15))
        .wrapping_add(high.wrapping_mul(0xC2B2_AE3D_27D4_EB4F))
        .wrapping_add(turn.wrapping_mul(0x1656_67B1_9E37_79F9));
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((x ^ (x >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_and_strand_give_the_same_numbers_and_another_strand_gives_others() {
        let take = |strand| {
            let mut chance = Chance::new(7, strand);
            [chance.unit(), chance.unit(), chance.unit()]
        };
        assert_eq!(take(1), take(1));
        assert_ne!(take(1), take(2));
    }

    #[test]
    fn the_number_of_a_pair_does_not_depend_on_its_order() {
        assert_eq!(of_pair(1, 4, 9, 0), of_pair(1, 9, 4, 0));
    }
}

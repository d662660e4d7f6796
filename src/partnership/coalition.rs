//! A set of members.

/// A set of members, by position; at most [`Coalition::MOST`] of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Coalition(u64);

impl Coalition {
    /// Most members a partnership can have.
    pub const MOST: usize = 60;

    /// Nobody.
    pub const NOBODY: Self = Self(0);

    /// The first `members` members.
    pub fn all(members: usize) -> Self {
        Self((1 << members.min(Self::MOST)) - 1)
    }

    /// One member.
    pub fn of(member: usize) -> Self {
        Self(1 << member)
    }

    /// Whether a member is in it.
    pub fn has(self, member: usize) -> bool {
        self.0 >> member & 1 == 1
    }

    /// With one more member.
    pub fn with(self, member: usize) -> Self {
        Self(self.0 | 1 << member)
    }

    /// Without a member.
    pub fn without(self, member: usize) -> Self {
        Self(self.0 & !(1 << member))
    }

    /// Those who are not in another.
    pub fn beyond(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether all of it is in another.
    pub fn within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// How many members it has.
    pub fn size(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Its members, in order.
    pub fn members(self) -> impl Iterator<Item = usize> {
        (0..Self::MOST).filter(move |member| self.has(*member))
    }

    /// Every coalition of some members but nobody, the smaller first.
    pub fn every(members: usize) -> Vec<Self> {
        let mut every: Vec<Self> = (1..1 << members).map(Self).collect();
        every.sort_by_key(|one| (one.size(), one.0));
        every
    }
}

//! Whether somebody can go, stay and be back on the same day.

use super::clock::{Clock, NEVER};
use super::legs::Walks;
use super::search::Search;

/// When somebody leaves at the earliest, is back at the latest, and how long the stay is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) leave: Clock,
    pub(super) back: Clock,
    pub(super) stay: Clock,
}

impl Day {
    /// For each end whether somebody from an origin can be there long enough and be back in time: the
    /// first searches the day, the second the day run backwards, both with their own walks.
    pub(super) fn allows(
        self,
        (there, walks): (&mut Search<'_>, &Walks),
        (back, walks_back): (&mut Search<'_>, &Walks),
        origin: u32,
        ends: usize,
    ) -> Vec<bool> {
        let arrive = once(there, walks, origin, self.leave, self.back, ends);
        // Backwards, midnight is where it was and everything else on its other side.
        let leave = once(back, walks_back, origin, -self.back, -self.leave, ends);
        arrive
            .iter()
            .zip(leave)
            .map(|(arrive, leave)| {
                *arrive < NEVER && leave < NEVER && arrive.saturating_add(self.stay) <= -leave
            })
            .collect()
    }
}

/// When each end is reached by who leaves an origin at a time.
fn once(
    search: &mut Search<'_>,
    walks: &Walks,
    origin: u32,
    at: Clock,
    until: Clock,
    ends: usize,
) -> Vec<Clock> {
    let mut reached = vec![NEVER; ends];
    search.begin();
    let rides = search.depart(at, walks.to_stop.from(origin), until);
    reached.copy_from_slice(rides);
    for (end, walk) in walks.direct.from(origin) {
        let known = &mut reached[*end as usize];
        *known = at.saturating_add(*walk).min(*known);
    }
    reached
}

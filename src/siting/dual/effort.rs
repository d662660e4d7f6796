//! How long knapsacks are searched: so many nodes each, and so many gains looked at by all of them together, so that a problem
//! whose sites are crowded takes no longer than others.

/// Gains that a node of a knapsack looks at, as long as its site is not crowded.
const USUAL: u64 = 40;

/// Gains that the knapsacks of one round look at, all together; and at least so many each, however many there are.
const OF_A_ROUND: u64 = 20_000_000;
const EACH: u64 = 4_000;

/// Gains that the last evaluation looks at, and as many all reduced costs together.
const LAST: u64 = 1_000_000_000;

/// Nodes of one knapsack behind a reduced cost: there is one for each placement.
const REDUCED_NODES: u32 = 500;

/// A knapsack that may look at no more than so many times its gains is not drawn up for each placement of its site.
const CROWDED: u64 = 32;

/// How long knapsacks are searched.
#[derive(Clone, Copy)]
pub(super) struct Effort {
    /// Nodes of each.
    pub(super) nodes: u32,
    /// Gains that each may look at.
    pub(super) gains: u64,
}

impl Effort {
    /// Of one knapsack for each site, in every round of an ascent.
    pub(super) fn of_a_round(nodes: u32, sites: usize) -> Effort {
        Effort::shared(nodes, OF_A_ROUND.max(EACH * sites as u64), sites)
    }

    /// The same after the last round.
    pub(super) fn at_last(nodes: u32, sites: usize) -> Effort {
        Effort::shared(nodes, LAST, sites)
    }

    /// Of one knapsack for each placement.
    pub(super) fn of_reduced_costs(nodes: u32, placements: usize) -> Effort {
        Effort::shared(nodes.min(REDUCED_NODES), LAST, placements)
    }

    fn shared(nodes: u32, gains: u64, knapsacks: usize) -> Effort {
        let share = gains / knapsacks.max(1) as u64;
        Effort {
            nodes,
            gains: share.min(USUAL * u64::from(nodes)),
        }
    }

    /// Whether that is too little for a site with so many gains.
    pub(super) fn is_crowded(self, gains: usize) -> bool {
        self.gains < CROWDED * gains as u64
    }
}

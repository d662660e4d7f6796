//! # Siting: what to place where, for no place in particular
//!
//! Items go to sites. Sites cost money while open and hold only so much; items cost money where
//! they are placed; targets must keep a host within reach. This room knows nothing of agencies or
//! zones: a [`Place`](crate::place::Place) compiles into a [`Problem`], and so do the classical
//! location problems, which is how the engines are checked against published optima.
//!
//! [`solve`] is the one door. It validates, chooses an engine, and returns only solutions that [`check`]
//! accepts, with a bound that no solution beats:
//!
//! * `reduce` takes out what cannot matter, and splits what nothing holds together;
//! * `web` turns reaches into flat lists; `state` keeps a solution in the making up to date;
//! * `dual` climbs to a bound with a `knapsack` per site, and `certificate` lets anybody recompute it;
//! * `search` anneals, `tile` lets small programs finish the work and `tiles` runs them in rounds,
//!   `decompose` runs all of it;
//! * `settled` asks a solved problem again, with the lock of one site turned;
//! * `median` decides fixed charges and medians by itself, `divided` fixed charges with capacities where demand may
//!   be divided, and `undivided` those where it goes whole to one site: prices `climb` in all three, and `counted` says
//!   which sites they open;
//! * `classical` asks the questions of the literature;
//! * `size` counts and `milp` draws up the whole problem, `draft` hands it to HiGHS through `good_lp`, `whole` waits for the answer, and
//!   `heard` reads what HiGHS finds on its way;
//! * `elastic` says what would have to give way where nothing fits.
//!
//! ```
//! use oneroof::siting::{self, Ask, Item, Placement, Problem, Site};
//! use std::time::Duration;
//!
//! let site = |name: &str, fixed_cost| Site { name: name.into(), fixed_cost, ..Site::default() };
//! let at = |site, cost| Placement { item: 0, site, cost, ..Placement::default() };
//! let problem = Problem {
//!     sites: vec![site("town hall", 10.0), site("annexe", 4.0)],
//!     items: vec![Item { name: "library".into(), ..Item::default() }],
//!     placements: vec![at(0, 0.0), at(1, 3.0)],
//!     ..Problem::default()
//! };
//! let ask = Ask { gap: 0.0, time: Duration::from_secs(5), rounds: None, seed: 1, least_travel_within: None };
//! let answer = siting::solve(&problem, &ask, &())?;
//! assert_eq!((answer.value, answer.solution.chosen), (7.0, vec![1]));
//! # Ok::<(), siting::SitingError>(())
//! ```

mod alone;
mod answer;
mod around;
mod beside;
mod certificate;
mod check;
pub mod classical;
mod climb;
pub(crate) mod clock;
mod cores;
mod counted;
mod decompose;
mod dice;
mod divided;
mod door;
mod draft;
#[cfg(test)]
mod drawn;
mod dual;
mod elastic;
mod engine;
mod grouped;
mod heard;
mod insertion;
mod json;
mod knapsack;
mod layout;
mod limits;
mod median;
mod mend;
mod milp;
mod milp_covers;
mod problem;
mod quiet;
mod reduce;
mod rehouse;
mod roomy;
mod search;
mod settled;
mod size;
mod state;
#[cfg(test)]
mod tests;
mod thrift;
mod tile;
mod tiles;
#[cfg(test)]
mod tiny;
mod undivided;
mod validate;
mod violation;
mod web;
mod whole;
mod witness;

pub use answer::{
    Answer, Ask, BoundSource, Ending, Progress, Proof, SitingError, Snapshot, Solution,
};
pub use certificate::{Certificate, ReachPrices, recompute_bound};
pub use check::{Objective, check, value};
pub(crate) use cores::threads;
pub use door::solve;
pub(crate) use draft::{Draft, Fill, Found, Stop};
pub use elastic::{Elastic, Relaxation, explain_infeasible};
pub use engine::{start_faults, start_of};
pub use json::{answer_schema, schema};
pub use problem::{
    Choice, Conflict, Cover, Host, Item, Pair, Parent, Placement, Problem, Reach, Row, Site,
    SiteLock, Term,
};
pub(crate) use quiet::Quiet;
pub(crate) use settled::{Settled, Turn, Turned};
pub use validate::{LARGEST, validate};
pub use violation::{Limit, Violation};
pub use witness::witness;

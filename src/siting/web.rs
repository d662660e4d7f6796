//! Who reaches whom: all reaches of a problem as flat lists, both ways round.
//!
//! Hosts, targets and covers of all reaches are numbered through. Only targets that some cover or the
//! travel counts are kept, each with the part of its list that can matter.

use super::grouped::Grouped;
use super::milp_covers::{each_limits, whole_slack};
use super::problem::{Cover, Problem, Reach};
use std::ops::Range;

/// What a cover asks of one target.
#[derive(Clone, Copy, Debug)]
pub(super) struct Care {
    pub(super) cover: u32,
    pub(super) asks: Asks,
    pub(super) weight: i64,
}

/// The kind of question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    /// A host within this limit, or else a broken limit.
    Each(u32),
    /// A host within this limit, or else weight outside.
    Share(u32),
    /// The nearest host, weight × distance.
    Mean,
    /// The nearest host, weight × distance; this far without one.
    Travel(u32),
}

/// A cover, or the travel of a reach, numbered through.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count {
    /// Weight outside, or weight × steps, that is free.
    pub(super) slack: i64,
    /// Of a share: the weight needed.
    pub(super) need: Option<i64>,
    /// Price beyond it; `None` for a hard limit.
    pub(super) price: Option<f64>,
    pub(super) reach: usize,
    /// Whether it counts unmet targets.
    pub(super) each: bool,
    /// Position among the covers of its reach; `None` for its travel.
    pub(super) cover: Option<usize>,
}

/// All reaches as flat lists.
pub(super) struct Web {
    pub(super) counts: Vec<Count>,
    /// First host of each reach.
    pub(super) first_host: Vec<usize>,
    pub(super) always: Vec<bool>,
    /// Hosts that each placement makes serve.
    pub(super) hosts_of: Grouped<u32>,
    /// Reach and position of each target kept.
    pub(super) target_of: Vec<(u32, u32)>,
    starts: Vec<usize>,
    pub(super) host: Vec<u32>,
    pub(super) distance: Vec<u32>,
    care_starts: Vec<usize>,
    cares: Vec<Care>,
    host_starts: Vec<usize>,
    /// Target and rank in its list, of each host's entries.
    entries: Vec<(u32, u32)>,
    /// The least limit of a cover that asks for each target.
    pub(super) limit: Vec<Option<u32>>,
    /// For each reach: the targets' least limits and the slacks of its covers.
    pub(super) limits: Vec<Vec<Option<u32>>>,
    pub(super) slack: Vec<Vec<i128>>,
}

impl Web {
    /// The web of a problem, with travel where it is wanted or has a price; `None` where sums could leave
    /// 64 bits.
    pub(super) fn new(problem: &Problem, travel: bool) -> Option<Web> {
        let mut web = Web {
            counts: Vec::new(),
            first_host: Vec::new(),
            always: Vec::new(),
            hosts_of: Grouped::default(),
            target_of: Vec::new(),
            starts: vec![0],
            host: Vec::new(),
            distance: Vec::new(),
            care_starts: vec![0],
            cares: Vec::new(),
            host_starts: Vec::new(),
            entries: Vec::new(),
            limit: Vec::new(),
            limits: Vec::new(),
            slack: Vec::new(),
        };
        let mut hosts_of = Vec::new();
        for (at, reach) in problem.reaches.iter().enumerate() {
            web.add(at, reach, travel || reach.travel_price > 0.0, &mut hosts_of)?;
        }
        web.hosts_of = Grouped::new(problem.placements.len(), hosts_of);
        web.turn();
        u32::try_from(web.host.len()).ok()?;
        Some(web)
    }

    /// Adds a reach, and which placements serve through which of its hosts.
    fn add(
        &mut self,
        at: usize,
        reach: &Reach,
        travel: bool,
        hosts_of: &mut Vec<(u32, u32)>,
    ) -> Option<()> {
        let first_host = self.always.len();
        self.first_host.push(first_host);
        for (host, serving) in reach.hosts.iter().enumerate() {
            self.always.push(serving.always);
            let own = u32::try_from(first_host + host).ok()?;
            let placements = serving.placements.iter().filter(|_| !serving.always);
            hosts_of.extend(placements.map(|&at| (at as u32, own)));
        }
        let first_count = self.counts.len();
        let slacks = whole_slack(reach);
        for (position, cover) in reach.covers.iter().enumerate() {
            let (slack, price) = match cover {
                Cover::Each { .. } => (0, None),
                Cover::Share { price, .. } | Cover::Mean { price, .. } => {
                    (slacks[position], *price)
                }
            };
            let slack = i64::try_from(slack).ok()?;
            let need = match cover {
                Cover::Share { need, .. } => Some(i64::try_from(*need).ok()?),
                Cover::Each { .. } | Cover::Mean { .. } => None,
            };
            let each = matches!(cover, Cover::Each { .. });
            self.counts.push(Count {
                slack,
                need,
                price,
                reach: at,
                each,
                cover: Some(position),
            });
        }
        if travel && !reach.travel_weights.is_empty() {
            let price = Some(reach.travel_price);
            self.counts.push(Count {
                slack: 0,
                need: None,
                price,
                reach: at,
                each: false,
                cover: None,
            });
        }
        let limits = each_limits(reach);
        let mut sum = 0i64;
        for (target, &limit) in limits.iter().enumerate() {
            let cares = target_cares(reach, target, first_count, limit, travel);
            if cares.is_empty() {
                continue;
            }
            let farthest = i64::try_from(reach.beyond(target)).ok()?.max(1);
            for care in &cares {
                sum = sum.checked_add(care.weight.checked_mul(farthest)?)?;
            }
            self.add_list(reach, target, first_host, &cares)?;
            self.target_of.push((at as u32, target as u32));
            self.limit.push(limit);
            self.cares.extend(cares);
            self.care_starts.push(self.cares.len());
        }
        (sum < i64::MAX / 64).then_some(())?;
        self.limits.push(limits);
        self.slack.push(slacks);
        Some(())
    }

    fn add_list(
        &mut self,
        reach: &Reach,
        target: usize,
        first_host: usize,
        cares: &[Care],
    ) -> Option<()> {
        let farthest = cares.iter().map(|care| match care.asks {
            Asks::Each(limit) | Asks::Share(limit) => limit,
            Asks::Mean | Asks::Travel(_) => u32::MAX,
        });
        let farthest = farthest.max().unwrap_or(0);
        for at in reach.list(target) {
            let (host, distance) = (reach.host[at] as usize, reach.distance[at]);
            let serving = &reach.hosts[host];
            if distance > farthest {
                break;
            }
            if serving.placements.is_empty() && !serving.always {
                continue;
            }
            self.host.push(u32::try_from(first_host + host).ok()?);
            self.distance.push(distance);
            if serving.always {
                break;
            }
        }
        self.starts.push(self.host.len());
        Some(())
    }

    /// Turns the lists of targets into lists of hosts.
    fn turn(&mut self) {
        let mut starts = vec![0usize; self.always.len() + 1];
        for &host in &self.host {
            starts[host as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        self.entries = vec![(0, 0); self.host.len()];
        for target in 0..self.target_of.len() {
            for (rank, at) in self.list(target).enumerate() {
                let host = self.host[at] as usize;
                self.entries[next[host]] = (target as u32, rank as u32);
                next[host] += 1;
            }
        }
        self.host_starts = starts;
    }

    pub(super) fn targets(&self) -> usize {
        self.target_of.len()
    }

    /// Where a target's list lies in `host` and `distance`.
    pub(super) fn list(&self, target: usize) -> Range<usize> {
        self.starts[target]..self.starts[target + 1]
    }

    /// What is asked of a target.
    pub(super) fn cares(&self, target: usize) -> &[Care] {
        &self.cares[self.care_starts[target]..self.care_starts[target + 1]]
    }

    /// Targets that have a host on their list, and its rank there.
    pub(super) fn entries(&self, host: usize) -> &[(u32, u32)] {
        &self.entries[self.host_starts[host]..self.host_starts[host + 1]]
    }

    pub(super) fn entry_count(&self) -> usize {
        self.entries.len()
    }

    /// Distance of a rank of a target's list; `None` past its end.
    pub(super) fn at_rank(&self, target: usize, rank: u32) -> Option<u32> {
        let list = self.list(target);
        let at = list.start + rank as usize;
        (at < list.end).then(|| self.distance[at])
    }
}

fn target_cares(
    reach: &Reach,
    target: usize,
    first: usize,
    limit: Option<u32>,
    travel: bool,
) -> Vec<Care> {
    let mut cares = Vec::new();
    let weigh = |weight: u64| i64::try_from(weight).unwrap_or(i64::MAX);
    let each = reach
        .covers
        .iter()
        .position(|cover| matches!(cover, Cover::Each { .. }));
    if let (Some(limit), Some(at)) = (limit, each) {
        // The strictest limit stands for all; it is booked under the first cover of its kind.
        cares.push(Care {
            cover: (first + at) as u32,
            asks: Asks::Each(limit),
            weight: 1,
        });
    }
    for (at, cover) in reach.covers.iter().enumerate() {
        let cover_id = (first + at) as u32;
        match cover {
            Cover::Each { .. } => {}
            Cover::Share { limit, weights, .. } if weights[target] > 0 => {
                let weight = weigh(weights[target]);
                cares.push(Care {
                    cover: cover_id,
                    asks: Asks::Share(*limit),
                    weight,
                });
            }
            Cover::Mean { weights, .. } if weights[target] > 0 => {
                cares.push(Care {
                    cover: cover_id,
                    asks: Asks::Mean,
                    weight: weigh(weights[target]),
                });
            }
            Cover::Share { .. } | Cover::Mean { .. } => {}
        }
    }
    if let Some(&weight) = reach.travel_weights.get(target)
        && travel
        && weight > 0
    {
        let cover = (first + reach.covers.len()) as u32;
        let beyond = u32::try_from(reach.beyond(target)).unwrap_or(u32::MAX);
        cares.push(Care {
            cover,
            asks: Asks::Travel(beyond),
            weight: weigh(weight),
        });
    }
    cares
}

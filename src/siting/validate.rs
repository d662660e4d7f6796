//! What a problem must be before any solving: every index in range, every number finite.

use super::answer::SitingError;
use super::problem::{Choice, Cover, Problem, Reach, SiteLock};
use std::collections::BTreeMap;

/// Checks that a problem is well formed: numbers finite, capacities and uses not negative, indices in
/// range, distance lists in order, locks that can hold together.
///
/// # Errors
/// [`SitingError::Invalid`] names the first thing at fault.
pub fn validate(problem: &Problem) -> Result<(), SitingError> {
    sites(problem)?;
    items(problem)?;
    placements(problem)?;
    for reach in 0..problem.reaches.len() {
        hosts(problem, reach)?;
        lists(problem, reach)?;
        covers(problem, reach)?;
    }
    rows(problem)?;
    groups(problem)?;
    start(problem)
}

/// Checks that the locks of a well formed problem leave every item that must be placed a site that may be open.
///
/// # Errors
/// [`SitingError::LockedOut`] names the first item that they leave none.
pub(super) fn locks_agree(problem: &Problem) -> Result<(), SitingError> {
    let mut open_variant = BTreeMap::new();
    for (position, site) in problem.sites.iter().enumerate() {
        if let (Some(variant), SiteLock::Open) = (site.variant_of, site.lock) {
            open_variant.insert(variant, position);
        }
    }
    let may_open = |position: usize| {
        let site = &problem.sites[position];
        let variant = site.variant_of.and_then(|of| open_variant.get(&of));
        site.lock != SiteLock::Closed && variant.is_none_or(|&open| open == position)
    };
    let mut has_home = vec![false; problem.items.len()];
    for placement in &problem.placements {
        has_home[placement.item] |= may_open(placement.site);
    }
    for (position, item) in problem.items.iter().enumerate() {
        if item.choice == Choice::ExactlyOne && !has_home[position] {
            return Err(SitingError::LockedOut {
                item: called("item", position, &item.name),
                cause: "it must be placed, and every site that it may go to is locked closed, or is a variant of one \
                        that is locked open"
                    .to_owned(),
            });
        }
    }
    Ok(())
}

/// A thing's name in messages: its own, or its kind and position.
pub(super) fn called(kind: &str, position: usize, name: &str) -> String {
    if name.is_empty() {
        format!("{kind} {position}")
    } else {
        format!("{kind} {name:?}")
    }
}

/// A placement's name in messages.
pub(super) fn placement_name(problem: &Problem, position: usize) -> String {
    let names = problem.placements.get(position).and_then(|placement| {
        let item = problem.items.get(placement.item)?;
        let site = problem.sites.get(placement.site)?;
        Some(format!(
            "{} at {}",
            called("item", placement.item, &item.name),
            called("site", placement.site, &site.name)
        ))
    });
    match names {
        Some(names) => format!("placement {position} ({names})"),
        None => format!("placement {position}"),
    }
}

fn fault(item: String, cause: impl Into<String>) -> SitingError {
    SitingError::Invalid {
        item,
        cause: cause.into(),
    }
}

/// The largest cost or amount that counts: sums of larger ones lose what they are made of.
pub const LARGEST: f64 = 1e18;

fn finite(item: impl Fn() -> String, what: &str, value: f64) -> Result<(), SitingError> {
    if !value.is_finite() {
        let cause = format!("{what} is {value}, not a number that can be added");
        return Err(fault(item(), cause));
    }
    if value.abs() > LARGEST {
        let cause = format!("{what} is {value:e}: more than {LARGEST:e} cannot be added up");
        return Err(fault(item(), cause));
    }
    Ok(())
}

/// The largest weight: whole numbers are exact up to here.
const MOST_WEIGHT: u64 = 1 << 53;

fn weights(name: impl Fn() -> String, what: &str, weights: &[u64]) -> Result<(), SitingError> {
    match weights.iter().find(|weight| **weight > MOST_WEIGHT) {
        Some(weight) => Err(fault(
            name(),
            format!("{what} is {weight}: more than {MOST_WEIGHT} is not exact"),
        )),
        None => Ok(()),
    }
}

fn not_negative(item: impl Fn() -> String, what: &str, value: f64) -> Result<(), SitingError> {
    finite(&item, what, value)?;
    if value < 0.0 {
        return Err(fault(item(), format!("{what} is negative: {value}")));
    }
    Ok(())
}

fn in_range(
    item: impl Fn() -> String,
    what: &str,
    index: usize,
    count: usize,
) -> Result<(), SitingError> {
    if index < count {
        Ok(())
    } else {
        Err(fault(
            item(),
            format!("{what} {index} does not exist: there are {count}"),
        ))
    }
}

fn sites(problem: &Problem) -> Result<(), SitingError> {
    let mut open_variant = BTreeMap::new();
    for (position, site) in problem.sites.iter().enumerate() {
        let name = || called("site", position, &site.name);
        finite(name, "its fixed cost", site.fixed_cost)?;
        for &capacity in &site.capacities {
            // What is as good as boundless may be any number.
            let counts = if capacity.is_finite() {
                capacity.min(LARGEST)
            } else {
                capacity
            };
            not_negative(name, "a capacity", counts)?;
        }
        if let Some(parent) = site.parent {
            in_range(name, "its parent", parent, problem.parents.len())?;
        }
        if let (Some(variant), SiteLock::Open) = (site.variant_of, site.lock)
            && let Some(other) = open_variant.insert(variant, position)
        {
            let other = problem
                .sites
                .get(other)
                .map_or("", |site| site.name.as_str());
            return Err(fault(
                name(),
                format!("it is locked open, and so is its variant {other:?}: one of them at most"),
            ));
        }
    }
    for (position, parent) in problem.parents.iter().enumerate() {
        let name = || called("parent", position, &parent.name);
        finite(name, "its fixed cost", parent.fixed_cost)?;
    }
    not_negative(
        || "the problem".into(),
        "the price per change",
        problem.price_per_change,
    )
}

fn items(problem: &Problem) -> Result<(), SitingError> {
    let mut count = vec![0usize; problem.items.len()];
    for placement in &problem.placements {
        if let Some(count) = count.get_mut(placement.item) {
            *count += 1;
        }
    }
    for (position, item) in problem.items.iter().enumerate() {
        if item.choice == Choice::ExactlyOne && count.get(position) == Some(&0) {
            return Err(fault(
                called("item", position, &item.name),
                "it must be placed and has no placement",
            ));
        }
    }
    Ok(())
}

fn placements(problem: &Problem) -> Result<(), SitingError> {
    for (position, placement) in problem.placements.iter().enumerate() {
        let name = || placement_name(problem, position);
        in_range(name, "its item", placement.item, problem.items.len())?;
        in_range(name, "its site", placement.site, problem.sites.len())?;
        finite(name, "its cost", placement.cost)?;
        let kinds = problem.sites[placement.site].capacities.len();
        if placement.uses.len() != kinds {
            return Err(fault(
                name(),
                format!(
                    "it has {}, and its site {}",
                    match placement.uses.len() {
                        1 => "1 use".to_owned(),
                        uses => format!("{uses} uses"),
                    },
                    match kinds {
                        1 => "1 capacity".to_owned(),
                        kinds => format!("{kinds} capacities"),
                    }
                ),
            ));
        }
        for &used in &placement.uses {
            not_negative(name, "a use", used)?;
        }
        same_site(problem, &placement.requires, Some(placement.site), name)?;
    }
    Ok(())
}

/// Placements named by something must exist and stand at one site.
fn same_site(
    problem: &Problem,
    placements: &[usize],
    site: Option<usize>,
    name: impl Fn() -> String,
) -> Result<(), SitingError> {
    let mut site = site;
    for &position in placements {
        in_range(&name, "placement", position, problem.placements.len())?;
        let own = problem.placements[position].site;
        if *site.get_or_insert(own) != own {
            return Err(fault(
                name(),
                format!(
                    "{} stands at another site",
                    placement_name(problem, position)
                ),
            ));
        }
    }
    Ok(())
}

fn hosts(problem: &Problem, reach: usize) -> Result<(), SitingError> {
    let of = &problem.reaches[reach];
    for (position, host) in of.hosts.iter().enumerate() {
        let name = || format!("host {position} of {}", called("reach", reach, &of.name));
        same_site(problem, &host.placements, None, name)?;
        for &placement in &host.placements {
            let item = problem.placements[placement].item;
            if problem.items.get(item).is_some_and(|item| item.split) {
                return Err(fault(
                    name(),
                    format!(
                        "{} belongs to an item that may be split, and a part cannot host",
                        placement_name(problem, placement)
                    ),
                ));
            }
        }
    }
    Ok(())
}

fn lists(problem: &Problem, position: usize) -> Result<(), SitingError> {
    let reach = &problem.reaches[position];
    let name = || called("reach", position, &reach.name);
    let ends = (reach.starts.first().copied(), reach.starts.last().copied());
    if ends != (Some(0), Some(reach.host.len())) || !reach.starts.is_sorted() {
        return Err(fault(
            name(),
            "its list starts must rise from 0 to the number of listed hosts",
        ));
    }
    if reach.distance.len() != reach.host.len() {
        return Err(fault(
            name(),
            "it has not one distance for each listed host",
        ));
    }
    let targets = reach.starts.len() - 1;
    if !reach.targets.is_empty() && reach.targets.len() != targets {
        return Err(fault(name(), "it has not one name for each target"));
    }
    if !reach.travel_weights.is_empty() && reach.travel_weights.len() != targets {
        return Err(fault(
            name(),
            "it has not one travel weight for each target",
        ));
    }
    weights(name, "a travel weight", &reach.travel_weights)?;
    not_negative(name, "its travel price", reach.travel_price)?;
    let mut listed_by = vec![usize::MAX; reach.hosts.len()];
    for target in 0..targets {
        let range = reach.starts[target]..reach.starts[target + 1];
        let of = || {
            format!(
                "{} of {}",
                called("target", target, target_name(reach, target)),
                name()
            )
        };
        if !reach.distance[range.clone()].is_sorted() {
            return Err(fault(of(), "its hosts are not in order of distance"));
        }
        for &host in &reach.host[range] {
            in_range(of, "host", host as usize, reach.hosts.len())?;
            if std::mem::replace(&mut listed_by[host as usize], target) == target {
                return Err(fault(of(), format!("host {host} is listed twice")));
            }
        }
    }
    Ok(())
}

/// A target's own name, or nothing.
pub(super) fn target_name(reach: &Reach, target: usize) -> &str {
    reach.targets.get(target).map_or("", String::as_str)
}

fn covers(problem: &Problem, position: usize) -> Result<(), SitingError> {
    let reach = &problem.reaches[position];
    let count = reach.starts.len() - 1;
    for (at, cover) in reach.covers.iter().enumerate() {
        let name = || {
            let own = called("cover", at, cover.name());
            format!("{own} of {}", called("reach", position, &reach.name))
        };
        match cover {
            Cover::Each {
                targets, limits, ..
            } => {
                if targets.len() != limits.len() {
                    return Err(fault(name(), "it has not one limit for each target"));
                }
                for &target in targets {
                    in_range(name, "target", target as usize, count)?;
                }
            }
            Cover::Share {
                weights: own,
                price,
                ..
            }
            | Cover::Mean {
                weights: own,
                price,
                ..
            } => {
                if own.len() != count {
                    return Err(fault(name(), "it has not one weight for each target"));
                }
                weights(name, "a weight", own)?;
                not_negative(name, "its price", price.unwrap_or(0.0))?;
            }
        }
    }
    Ok(())
}

fn rows(problem: &Problem) -> Result<(), SitingError> {
    use super::problem::Term;
    for (position, row) in problem.rows.iter().enumerate() {
        let name = || called("row", position, &row.name);
        for &(term, coefficient) in &row.terms {
            finite(name, "a coefficient", coefficient)?;
            match term {
                Term::Site(site) => in_range(name, "site", site, problem.sites.len())?,
                Term::Placement(at) => in_range(name, "placement", at, problem.placements.len())?,
            }
        }
        let (least, most) = (row.at_least.unwrap_or(0.0), row.at_most.unwrap_or(0.0));
        for (what, limit) in [("its least", least), ("its most", most)] {
            let counts = if limit.is_finite() {
                limit.clamp(-LARGEST, LARGEST)
            } else {
                limit
            };
            finite(name, what, counts)?;
        }
        if row.at_least.is_some() && row.at_most.is_some() && least > most {
            return Err(fault(
                name(),
                format!("its least {least} is above its most {most}"),
            ));
        }
        not_negative(name, "its price", row.price.unwrap_or(0.0))?;
    }
    Ok(())
}

fn groups(problem: &Problem) -> Result<(), SitingError> {
    for (position, conflict) in problem.conflicts.iter().enumerate() {
        let name = || called("conflict", position, &conflict.name);
        same_site(problem, &conflict.placements, None, name)?;
    }
    for (position, pair) in problem.pairs.iter().enumerate() {
        let name = || format!("pair {position}");
        same_site(problem, &[pair.first, pair.second], None, name)?;
        if pair.first == pair.second {
            return Err(fault(name(), "it pairs a placement with itself"));
        }
        finite(name, "its reward", pair.reward)?;
    }
    Ok(())
}

fn start(problem: &Problem) -> Result<(), SitingError> {
    for &placement in problem.start.iter().flatten() {
        in_range(
            || "the start".into(),
            "placement",
            placement,
            problem.placements.len(),
        )?;
    }
    Ok(())
}

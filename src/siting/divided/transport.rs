//! What goes where once the open sites are known: a linear program, solved by HiGHS in a thread of its own.

use super::super::draft::{Draft, Found, Stop};
use super::frame::Divided;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// The shares of the placements that are chosen, by placement, and what they and the open sites cost.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) open: Vec<bool>,
    pub(super) shares: Vec<(usize, f64)>,
    pub(super) value: f64,
}

/// What became of a set of open sites.
pub(super) enum Carried {
    /// The cheapest that it can carry.
    Best(Plan),
    /// It cannot carry everything.
    Nothing,
    /// It is not known.
    Stopped,
}

/// Shares below this are rounding.
const ROUNDING: f64 = 1e-9;

/// The cheapest way to serve everything from the open sites.
pub(super) fn carry(
    divided: &Divided,
    open: &[bool],
    stop: &dyn Fn() -> bool,
    seconds: f64,
) -> Carried {
    let mut draft = Draft::default();
    let mut of_item = vec![Vec::new(); divided.cheapest.len()];
    let mut placements = Vec::new();
    let opened = || (0..open.len()).filter(|&site| open[site]);
    for site in opened() {
        draft.constant += divided.fixed[site];
        let mut used = Vec::new();
        for entry in &divided.entries[site] {
            let column = draft.decided(entry.cost, 0.0, 1.0, false);
            placements.push((entry.placement as usize, entry.item));
            of_item[entry.item as usize].push((column, 1.0));
            used.push((column, entry.uses));
        }
        if divided.room[site].is_finite() {
            draft.at_most(divided.stated[site], used);
        }
    }
    if of_item.iter().any(Vec::is_empty) {
        return Carried::Nothing;
    }
    for terms in of_item {
        draft.row(1.0, 1.0, terms);
    }
    let ends = Stop {
        seconds,
        gap: 0.0,
        nodes: None,
        seed: 1,
    };
    let (send, receive) = channel();
    std::thread::spawn(move || {
        // Nobody may be listening any more; then the answer is dropped.
        let _ = send.send(draft.solve(None, ends));
    });
    let found = loop {
        match receive.recv_timeout(Duration::from_millis(5)) {
            Ok(found) => break found,
            Err(RecvTimeoutError::Timeout) if !stop() => {}
            Err(_) => return Carried::Stopped,
        }
    };
    match found {
        Ok(Found::Infeasible) => Carried::Nothing,
        Ok(Found::Stopped {
            columns: Some(columns),
            finished: true,
            ..
        }) => Carried::Best(plan(divided, open, &placements, &columns)),
        _ => Carried::Stopped,
    }
}

/// A plan whose shares add up to 1 for each item.
fn plan(divided: &Divided, open: &[bool], placements: &[(usize, u32)], columns: &[f64]) -> Plan {
    let share = |column: f64| {
        if column > ROUNDING {
            column.min(1.0)
        } else {
            0.0
        }
    };
    let mut total = vec![0.0; divided.cheapest.len()];
    for (&(_, item), &column) in placements.iter().zip(columns) {
        total[item as usize] += share(column);
    }
    let shares = placements.iter().zip(columns);
    let shares = shares.filter(|&(_, &column)| share(column) > 0.0);
    let shares: Vec<(usize, f64)> = shares
        .map(|(&(at, item), &column)| (at, share(column) / total[item as usize]))
        .collect();
    let opened = open.iter().zip(&divided.fixed).filter(|(open, _)| **open);
    let fixed: f64 = opened.map(|(_, fixed)| fixed).sum();
    let costs: f64 = shares
        .iter()
        .map(|&(at, share)| share * divided.cost[at])
        .sum();
    Plan {
        open: open.to_vec(),
        value: fixed + costs,
        shares,
    }
}

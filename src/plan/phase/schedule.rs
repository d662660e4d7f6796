//! A first programme, made step by step: each at its earliest year that still keeps every limit.

use super::problem::{Problem, Schedule};

/// The best of several orders of working: fewest steps left out, then least cost.
pub(super) fn schedule(problem: &Problem) -> Schedule {
    let worth: Vec<f64> = (0..problem.events.len())
        .map(|event| best_cost(problem, event))
        .collect();
    let outlay: Vec<f64> = (0..problem.events.len())
        .map(|event| outlay(problem, event))
        .collect();
    let mut before = vec![Vec::new(); problem.events.len()];
    for (earlier, later) in &problem.orders {
        before[*later].push(*earlier);
    }
    let whole = |of: &[f64], event: usize| -> f64 {
        of[event] + before[event].iter().map(|e| of[*e]).sum::<f64>()
    };
    let last_year = |event: usize| {
        let choices = &problem.events[event].choices;
        choices.iter().rposition(Option::is_some).unwrap_or(0) as f64
    };
    let orders: [Box<dyn Fn(usize) -> f64>; 3] = [
        Box::new(|event| whole(&worth, event)),
        Box::new(|event| whole(&worth, event) / (whole(&outlay, event) + 1_000.0)),
        Box::new(last_year),
    ];
    let mut best: Option<Schedule> = None;
    for order in &orders {
        let made = in_order(problem, order);
        let key = |s: &Schedule| (problem.left_out(s), problem.cost(s));
        let better = best.as_ref().is_none_or(|known| key(&made) < key(known));
        if better {
            best = Some(made);
        }
    }
    best.unwrap_or_else(|| vec![None; problem.events.len()])
}

fn best_cost(problem: &Problem, event: usize) -> f64 {
    let choices = problem.events[event].choices.iter().flatten();
    choices.map(|choice| choice.cost).fold(0.0, f64::min)
}

fn outlay(problem: &Problem, event: usize) -> f64 {
    let choices = problem.events[event].choices.iter().flatten();
    let spent = |flows: &[super::problem::Flow]| flows.iter().map(|flow| flow.spent).sum::<f64>();
    choices
        .map(|choice| spent(&choice.flows))
        .fold(0.0, f64::max)
}

/// Places events by what `key` says, least first, each with what must come before it.
fn in_order(problem: &Problem, key: &dyn Fn(usize) -> f64) -> Schedule {
    let mut events: Vec<usize> = (0..problem.events.len()).collect();
    // Those that nothing waits for come last: buildings bring their teams with them.
    let waited_for = |event: usize| problem.orders.iter().any(|(earlier, _)| *earlier == event);
    events.sort_by(|a, b| {
        let rank = |event: usize| (waited_for(event), key(event));
        rank(*a)
            .partial_cmp(&rank(*b))
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    let mut work = Work {
        problem,
        schedule: vec![None; problem.events.len()],
        asked: vec![false; problem.events.len()],
    };
    for _ in 0..2 {
        for event in &events {
            if work.schedule[*event].is_none() {
                let before = work.schedule.clone();
                if !work.place(*event) {
                    work.schedule = before;
                }
            }
        }
    }
    work.schedule
}

struct Work<'a> {
    problem: &'a Problem,
    schedule: Schedule,
    /// Events that are being placed: nothing waits for itself.
    asked: Vec<bool>,
}

impl Work<'_> {
    /// Places an event with all that comes before it; `false` where it does not fit.
    fn place(&mut self, event: usize) -> bool {
        if self.schedule[event].is_some() {
            return true;
        }
        if self.asked[event] {
            return false;
        }
        self.asked[event] = true;
        let placed = self.place_with_others(event);
        self.asked[event] = false;
        placed
    }

    fn place_with_others(&mut self, event: usize) -> bool {
        let problem = self.problem;
        let before = problem.orders.iter().filter(|(_, later)| *later == event);
        for (earlier, _) in before {
            if !self.place(*earlier) {
                return false;
            }
        }
        for (events, later) in &problem.any {
            if *later == event && !events.iter().any(|one| self.place(*one)) {
                return false;
            }
        }
        self.at_earliest(event) || {
            let rooms = problem.rooms.iter();
            let leavers: Vec<usize> = rooms
                .filter(|room| room.coming.iter().any(|one| one.event == event))
                .flat_map(|room| room.leaving.iter().map(|(one, _)| *one))
                .collect();
            let mut any = false;
            for leaver in leavers {
                if self.schedule[leaver].is_none() {
                    let before = self.schedule.clone();
                    match self.place(leaver) {
                        true => any = true,
                        false => self.schedule = before,
                    }
                }
            }
            any && self.at_earliest(event)
        }
    }

    fn at_earliest(&mut self, event: usize) -> bool {
        for year in 0..self.problem.years {
            if self.problem.events[event].choices[year].is_none() {
                continue;
            }
            self.schedule[event] = Some(year);
            if self.problem.fits(&self.schedule) {
                return true;
            }
        }
        self.schedule[event] = None;
        false
    }
}

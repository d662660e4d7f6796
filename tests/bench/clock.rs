//! Timing and its words.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Does `times` pieces of work, prints how long all of it took and each piece, and gives the
/// seconds of each. Of three runs the shortest counts: the one the machine disturbed least.
pub(crate) fn time<T>(what: &str, times: usize, work: impl Fn() -> T) -> f64 {
    let run = |_| {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    let took = (0..3)
        .map(run)
        .min()
        .unwrap_or(Duration::ZERO)
        .as_secs_f64();
    let each = took / times as f64;
    println!(
        "  {what:<50} {took:>9.3} s {:>10.2} µs each of {times}",
        each * 1e6
    );
    each
}

/// Prints how many times as long the rival takes for each.
pub(crate) fn ratio(rival: f64, own: f64) {
    println!("  {:<50} {:>9.1} × as long as the index", "", rival / own);
}

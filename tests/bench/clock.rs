//! Timing and its words.

use std::hint::black_box;
use std::time::Instant;

/// Does `times` pieces of work, prints how long all of it took and each piece, and gives the
/// seconds of each. Of three runs the shortest counts: the one the machine disturbed least.
///
/// Processor seconds, of all threads together, stand beside the seconds on the wall where the
/// system tells them: on a busy machine they are the ones to compare.
pub(crate) fn time<T>(what: &str, times: usize, work: impl Fn() -> T) -> f64 {
    let run = |_| {
        let (start, used) = (Instant::now(), processor_seconds());
        black_box(work());
        let wall = start.elapsed().as_secs_f64();
        (
            wall,
            processor_seconds().zip(used).map(|(now, then)| now - then),
        )
    };
    let runs: Vec<(f64, Option<f64>)> = (0..3).map(run).collect();
    let least = |times: &mut dyn Iterator<Item = f64>| times.min_by(f64::total_cmp);
    let wall = least(&mut runs.iter().map(|(wall, _)| *wall)).unwrap_or(0.0);
    let busy = least(&mut runs.iter().filter_map(|(_, busy)| *busy));
    let each = wall / times as f64;
    let busy = busy.map_or(String::new(), |busy| format!("{busy:>8.2} s busy"));
    println!(
        "  {what:<50} {wall:>9.3} s{busy} {:>10.2} µs each of {times}",
        each * 1e6
    );
    each
}

/// Prints how many times as long the rival takes for each.
pub(crate) fn ratio(rival: f64, own: f64) {
    println!("  {:<50} {:>9.1} × as long as the index", "", rival / own);
}

/// Processor time of this process so far, on Linux: fields 14 and 15 of `/proc/self/stat`, in
/// hundredths of a second.
pub(crate) fn processor_seconds() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    let after_name = text.rsplit(')').next()?;
    let ticks = after_name.split_whitespace().skip(11).take(2);
    let ticks: Option<Vec<f64>> = ticks.map(|field| field.parse().ok()).collect();
    Some(ticks?.iter().sum::<f64>() / 100.0)
}

/// The most memory this process ever held, on Linux.
pub(crate) fn most_memory_mb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace()
        .nth(1)?
        .parse::<u64>()
        .ok()
        .map(|kb| kb / 1024)
}

//! The engine on demo places: how soon a gap is reached, and where it stands in the end.

use oneroof::demo::{Size, write};
use oneroof::load::{LoadOptions, Loaded, load};
use oneroof::plan::{Wish, plan};
use oneroof::siting::{Progress, Snapshot};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Gaps whose moment is told.
const MARKS: [f64; 5] = [0.025, 0.015, 0.01, 0.005, 0.001];

/// Notes when each gap was first reached.
#[derive(Default)]
struct Watch {
    reached: Mutex<[Option<f64>; MARKS.len()]>,
}

impl Progress for Watch {
    fn report(&self, now: Snapshot) {
        let (Some(value), Some(bound)) = (now.value, now.bound) else {
            return;
        };
        let gap = (value - bound) / value.abs();
        let mut reached = self.reached.lock().unwrap_or_else(PoisonError::into_inner);
        for (mark, reached) in MARKS.iter().zip(reached.iter_mut()) {
            if gap <= *mark {
                reached.get_or_insert(now.seconds);
            }
        }
    }

    fn cancelled(&self) -> bool {
        false
    }
}

pub(crate) fn demo(size: Size, seed: u64, file: &str) -> Loaded {
    let made = tempfile::tempdir().map_err(|error| error.to_string());
    let loaded = made.and_then(|dir| {
        write(size, seed, dir.path()).map_err(|error| error.to_string())?;
        load(&dir.path().join(file), &LoadOptions::default()).map_err(|error| error.to_string())
    });
    match loaded {
        Ok(loaded) => loaded,
        Err(error) => panic!("{error}"),
    }
}

fn solve(size: Size, file: &str, gap: f64, seconds: u64) {
    for seed in 1..=3 {
        let loaded = demo(size, seed, file);
        let wish = Wish {
            gap,
            time: Duration::from_secs(seconds),
            second_stage: false,
            ..Wish::default()
        };
        let watch = Watch::default();
        let start = Instant::now();
        let (place, travel) = (&loaded.place, &loaded.travel);
        match plan(place, travel, &wish, &watch) {
            Ok(plan) => {
                let reached = watch.reached.lock().unwrap_or_else(PoisonError::into_inner);
                let marks: Vec<String> = MARKS
                    .iter()
                    .zip(reached.iter())
                    .filter_map(|(mark, seconds)| {
                        Some(format!("{:.1} % at {:.1} s", mark * 100.0, (*seconds)?))
                    })
                    .collect();
                println!(
                    "  {} {file} {seed}: gap {:.2} % after {:.1} s, £{:.3}m to £{:.3}m, {} ({})",
                    size.name(),
                    plan.gap.unwrap_or(f64::INFINITY) * 100.0,
                    start.elapsed().as_secs_f64(),
                    plan.bound.unwrap_or(f64::NEG_INFINITY) / 1e6,
                    plan.value / 1e6,
                    plan.run.engine,
                    marks.join(", "),
                );
            }
            Err(error) => println!("  {} {file} {seed}: {error}", size.name()),
        }
    }
}

pub(crate) fn town() {
    solve(Size::Town, "place.toml", 0.001, 10);
}

pub(crate) fn county() {
    solve(Size::County, "place.toml", 0.005, 60);
}

pub(crate) fn mean() {
    solve(Size::County, "place-mean.toml", 0.015, 120);
}

pub(crate) fn region() {
    solve(Size::Region, "place.toml", 0.02, 90);
}

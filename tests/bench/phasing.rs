//! A county's end state put into ten years.

use super::clock::processor_seconds;
use super::engine::demo;
use oneroof::demo::Size;
use oneroof::plan::{PhaseWish, Wish, phase, plan};
use std::time::{Duration, Instant};

pub(crate) fn run() {
    for seed in 1..=3 {
        let loaded = demo(Size::County, seed, "place.toml");
        let wish = Wish {
            gap: 0.015,
            time: Duration::from_secs(30),
            second_stage: false,
            ..Wish::default()
        };
        let found = match plan(&loaded.place, &loaded.travel, &wish, &()) {
            Ok(found) => found,
            Err(error) => panic!("{error}"),
        };
        for gap in [0.01, 0.001] {
            let wish = PhaseWish {
                gap,
                time: Duration::from_secs(20),
                seed: 1,
            };
            let (start, used) = (Instant::now(), processor_seconds());
            let programme = match phase(&loaded.place, &loaded.travel, &found, &wish, &()) {
                Ok(programme) => programme,
                Err(error) => panic!("{error}"),
            };
            let busy = processor_seconds()
                .zip(used)
                .map_or(0.0, |(now, then)| now - then);
            println!(
                "  county {seed}, {} steps in {} years, to {:.1} %: {:.1} s, {busy:.1} s busy, gap {:.2} %, {} postponed, £{:.2}m of £{:.2}m saved",
                programme.steps.len(),
                loaded.place.phase.years,
                gap * 100.0,
                start.elapsed().as_secs_f64(),
                programme.gap.unwrap_or(f64::INFINITY) * 100.0,
                programme.postponed.len(),
                programme.saving_gbp / 1e6,
                programme.end_state_saving_gbp / 1e6,
            );
        }
    }
}

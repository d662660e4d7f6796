//! Six agencies of a county: 63 groups, each asked for within 1 % of its cost; the others stay as today.

use super::clock::processor_seconds;
use super::engine::demo;
use oneroof::demo::Size;
use oneroof::partnership::{Partnering, partnership};
use oneroof::plan::Wish;
use std::time::{Duration, Instant};

pub(crate) fn run() {
    let loaded = demo(Size::County, 1, "place.toml");
    let members = ["county", "nhs", "police", "fire", "dwp", "district-1"];
    let ask = Partnering {
        members: members.map(str::to_owned).to_vec(),
        wish: Wish {
            gap: 0.01,
            time: Duration::from_secs(30),
            ..Wish::default()
        },
        orders: 24,
        threads: 2,
    };
    let (start, used) = (Instant::now(), processor_seconds());
    match partnership(&loaded.place, &loaded.travel, &ask, None, &()) {
        Ok((told, _)) => {
            let late = told.coalitions.iter().filter(|one| !one.within_gap).count();
            let busy = processor_seconds().zip(used).map(|(now, then)| now - then);
            println!(
                "  county 1, six agencies: {} groups in {:.0} s ({busy:.0?} s of processor), {late} above 1 %, the widest {:?}; \
                 adds {:.0}, core {:?}",
                told.coalitions.len(),
                start.elapsed().as_secs_f64(),
                told.widest_gap,
                told.adds_gbp,
                told.core
            );
        }
        Err(error) => println!("  {error}"),
    }
}

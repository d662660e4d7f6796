//! Questions about a county: every building explained, one lock, a curve of twelve points, why nothing fits.

use super::clock::processor_seconds;
use super::engine::demo;
use oneroof::demo::Size;
use oneroof::explain::{Asking, Outcome, Subject, explain, explain_all};
use oneroof::frontier::{Asking as Turning, Dial, frontier};
use oneroof::load::Loaded;
use oneroof::place::{Place, RuleKind};
use oneroof::plan::{Plan, Wish, plan};
use std::time::{Duration, Instant};

/// Does something once, and prints how long it took on the wall and of a processor.
fn once<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let (start, used) = (Instant::now(), processor_seconds());
    let done = work();
    let busy = processor_seconds().zip(used).map(|(now, then)| now - then);
    let wall = start.elapsed().as_secs_f64();
    println!(
        "  {what}: {wall:.1} s, {:.1} s of processor",
        busy.unwrap_or(0.0)
    );
    done
}

pub(crate) fn run() {
    let loaded = demo(Size::County, 1, "place.toml");
    let wish = Wish {
        gap: 0.01,
        time: Duration::from_secs(60),
        ..Wish::default()
    };
    let planned = once("county 1 planned", || {
        plan(&loaded.place, &loaded.travel, &wish, &())
    });
    match planned {
        Ok(plan) => questions(&loaded, &plan),
        Err(error) => println!("  {error}"),
    }
    curve(&loaded);
    nothing_fits(&loaded);
}

fn questions(loaded: &Loaded, plan: &Plan) {
    let asking = |seconds| Asking {
        place: &loaded.place,
        travel: &loaded.travel,
        plan,
        certificate: plan.certificate.as_ref(),
        gap: 0.005,
        time: Duration::from_secs(seconds),
        rounds: None,
        progress: &(),
    };
    let all = once("every building explained", || {
        explain_all(&asking(55), Duration::from_secs(55))
    });
    let of = |outcome| {
        let opposites = all.iter().filter_map(|one| one.opposite.as_ref());
        opposites.filter(|one| one.outcome == outcome).count()
    };
    println!(
        "    {} priced, {} impossible, {} not found; gap of the plan {:?}",
        of(Outcome::Planned),
        of(Outcome::Impossible),
        of(Outcome::NotFound),
        plan.gap
    );
    let open = |one: &&oneroof::plan::PlannedBuilding| one.action.is_open();
    if let Some(one) = plan.buildings.iter().find(open)
        && let Ok(subject) = Subject::find(&loaded.place, &one.asset_id)
    {
        once("one building explained", || explain(&asking(6), subject));
    }
}

fn curve(loaded: &Loaded) {
    let found = once("a curve of twelve points", || {
        frontier(&Turning {
            place: &loaded.place,
            travel: &loaded.travel,
            dial: Dial::Means,
            points: 12,
            gap: 0.01,
            time: Duration::from_secs(40),
            seed: 1,
            progress: &(),
        })
    });
    match found {
        Ok(curve) => {
            let gaps = curve.points.iter().filter_map(|point| point.gap());
            let widest = gaps.fold(0.0, f64::max);
            println!(
                "    {} points, the widest gap {:.2} %",
                curve.points.len(),
                widest * 100.0
            );
        }
        Err(error) => println!("    {error}"),
    }
}

/// Every share one tenth above what it is today, strictly: no place has the counters for that.
fn nothing_fits(loaded: &Loaded) {
    let mut place: Place = loaded.place.clone();
    for rule in &mut place.rules {
        if let RuleKind::Within { share, .. } = &mut rule.kind {
            *share = (*share + 0.1).min(1.0);
            rule.strict = true;
        }
    }
    let wish = Wish {
        time: Duration::from_secs(10),
        ..Wish::default()
    };
    let told = once("why nothing fits", || {
        plan(&place, &loaded.travel, &wish, &())
    });
    let reasons = told
        .err()
        .map_or(0, |fault| fault.to_string().lines().count());
    println!("    {reasons} lines of reasons");
}

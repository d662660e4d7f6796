//! A made country: towns of zones and buildings, the same on every machine.

use oneroof::place::{Location, Place, sample};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Towns in it.
const TOWNS: usize = 400;

/// A country about as large as England, with this many zones and buildings in its towns. One
/// building in twenty is a library.
pub(crate) fn country(zones: usize, buildings: usize) -> Place {
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let towns: Vec<(f64, f64)> = (0..TOWNS)
        .map(|_| {
            (
                random.random_range(-5.0..1.5),
                random.random_range(50.5..55.0),
            )
        })
        .collect();
    let mut somewhere = || {
        let (lon, lat) = towns[random.random_range(0..TOWNS)];
        // The sum of three is dense in the middle of a town and thin at its edge.
        let mut off = || {
            (0..3)
                .map(|_| random.random_range(-0.05..0.05))
                .sum::<f64>()
        };
        Location::new(lon + off(), lat + off()).expect("in the country")
    };
    let mut place = sample::empty("Country");
    place.agencies = vec![sample::agency("council")];
    place.services = vec![sample::service("library", true)];
    for at in 0..buildings {
        let building = sample::building(&format!("B{at}"), 0, somewhere(), 500.0);
        place.buildings.push(building);
        if at % 20 == 0 {
            let library = sample::occupier(&format!("L{at}"), 0, 0, at, 100.0);
            place.occupiers.push(library);
        }
    }
    for at in 0..zones {
        place
            .zones
            .push(sample::zone(&format!("Z{at}"), somewhere(), &[1_500.0]));
    }
    place
}

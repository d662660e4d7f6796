//! How fast the product is, and beside what. One command runs everything:
//!
//! ```console
//! cargo bench --bench oneroof
//! cargo bench --bench oneroof -- reach
//! ```
//!
//! Words after `--` choose the rooms to time. Each room is one file; what was measured when is in
//! the guide `performance.md`. Nothing here asserts a time.

#[path = "../it/classical.rs"]
mod classical;
mod clock;
mod country;
mod engine;
mod explaining;
#[path = "../it/instances.rs"]
mod instances;
mod layers;
mod loading;
mod partnership;
mod phasing;
mod planning;
mod published;
mod reach;
mod roads;
#[path = "../it/shared.rs"]
mod shared;
mod transit;

/// The rooms, by name.
const ROOMS: [(&str, fn()); 14] = [
    ("reach", reach::run),
    ("roads", roads::run),
    ("transit", transit::run),
    ("loading", loading::run),
    ("planning", planning::run),
    ("explaining", explaining::run),
    ("phasing", phasing::run),
    ("town", engine::town),
    ("county", engine::county),
    ("mean", engine::mean),
    ("region", engine::region),
    ("published", published::run),
    ("partnership", partnership::run),
    ("layers", layers::run),
];

fn main() {
    // `cargo bench` itself adds `--bench`.
    let asked: Vec<_> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with("--"))
        .collect();
    for (name, run) in ROOMS {
        if asked.is_empty() || asked.iter().any(|word| word == name) {
            println!("{name}");
            run();
        }
    }
}

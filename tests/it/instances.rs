//! Reading published instances, for the tests and for the benchmark.

use super::classical;
use oneroof::siting::Problem;
use oneroof::siting::classical::Network;
use std::fs;
use std::path::Path;

pub(crate) fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub(crate) fn numbers(text: &str) -> impl Iterator<Item = f64> + '_ {
    text.split_whitespace().filter_map(|word| word.parse().ok())
}

/// Rows of a folder's `values.csv`: instance, problem, parameters, value.
pub(crate) fn values(folder: &Path) -> Vec<[String; 4]> {
    let reader = csv::Reader::from_path(folder.join("values.csv"));
    let records = reader.expect("values.csv").into_records();
    records
        .map(|record| {
            let record = record.expect("a row");
            [0, 1, 2, 3].map(|at| record[at].to_owned())
        })
        .collect()
}

/// A named number of a parameter list such as `S=40 p=8`.
pub(crate) fn parameter(list: &str, name: &str) -> f64 {
    let of = |word: &str| word.strip_prefix(name)?.strip_prefix('=')?.parse().ok();
    list.split_whitespace()
        .find_map(of)
        .unwrap_or_else(|| panic!("no {name} in {list}"))
}

/// Fixed costs, capacities, demands and the cost of each customer at each site.
pub(crate) type Charges = (Vec<f64>, Vec<f64>, Vec<f64>, Vec<Vec<f64>>);

/// Of a file of the OR-Library: each customer's demand is followed by what it costs at every site.
pub(crate) fn or_library(text: &str) -> Charges {
    let (fixed, room, mut rest, customers) = sites_first(text);
    let mut demand = Vec::new();
    let mut cost = vec![Vec::new(); fixed.len()];
    for _ in 0..customers {
        demand.push(rest());
        for row in &mut cost {
            row.push(rest());
        }
    }
    (fixed, room, demand, cost)
}

/// Of a file of Holmberg's: all demands come first, then what each site costs every customer.
pub(crate) fn holmberg(text: &str) -> Charges {
    let (fixed, room, mut rest, customers) = sites_first(text);
    let mut row = || (0..customers).map(|_| rest()).collect::<Vec<f64>>();
    let demand = row();
    let cost = fixed.iter().map(|_| row()).collect();
    (fixed, room, demand, cost)
}

/// Fixed costs and capacities of the sites, which come first; the numbers that follow, and how many customers there are.
fn sites_first(text: &str) -> (Vec<f64>, Vec<f64>, impl FnMut() -> f64 + '_, usize) {
    let mut of = numbers(text);
    let mut next = move || of.next().expect("a number");
    let (sites, customers) = (next() as usize, next() as usize);
    let (mut room, mut fixed) = (Vec::new(), Vec::new());
    for _ in 0..sites {
        room.push(next());
        fixed.push(next());
    }
    (fixed, room, next, customers)
}

/// Fixed and connection costs of UflLib's simple format.
pub(crate) fn simple(text: &str) -> (Vec<f64>, Vec<Vec<f64>>) {
    let mut lines = text.lines().skip(1);
    let sizes: Vec<f64> = numbers(lines.next().unwrap_or_default()).collect();
    let customers = sizes[1] as usize;
    let of: Vec<f64> = lines.flat_map(numbers).collect();
    let rows = of.chunks_exact(customers + 2);
    rows.map(|row| (row[1], row[2..].to_vec())).unzip()
}

/// Shortest paths of an OR-Library graph, and its p.
pub(crate) fn graph(text: &str) -> (Network, usize) {
    let of: Vec<f64> = numbers(text).collect();
    let (nodes, edges, open) = (of[0] as usize, of[1] as usize, of[2] as usize);
    let mut far = vec![vec![f64::INFINITY; nodes]; nodes];
    for (at, row) in far.iter_mut().enumerate() {
        row[at] = 0.0;
    }
    for edge in of[3..].chunks_exact(3).take(edges) {
        let (a, b) = (edge[0] as usize - 1, edge[1] as usize - 1);
        (far[a][b], far[b][a]) = (edge[2], edge[2]);
    }
    for by in 0..nodes {
        let through = far[by].clone();
        for row in &mut far {
            let first = row[by];
            for (own, second) in row.iter_mut().zip(&through) {
                *own = own.min(first + second);
            }
        }
    }
    (classical::network(&far, &vec![1.0; nodes]), open)
}

/// Several services' covering, of its own JSON format.
pub(crate) fn services(text: &str) -> Problem {
    let read: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let costs = |key: &str| -> Vec<f64> {
        let list = read[key].as_array().expect("a list").iter();
        list.map(|cost| cost.as_f64().expect("a number")).collect()
    };
    let triplets: Vec<(usize, usize, usize)> =
        serde_json::from_value(read["triplets_service_location_point"].clone()).expect("triplets");
    classical::multi_service_covering(
        &costs("opening_cost"),
        &costs("equip_cost_by_service"),
        read["points"].as_u64().expect("a count") as usize,
        &triplets,
    )
}

/// Points with demand that are also the sites.
pub(crate) fn points(text: &str) -> Network {
    let rows = text
        .lines()
        .skip(1)
        .map(|line| numbers(line).collect::<Vec<f64>>());
    let points: Vec<Vec<f64>> = rows.filter(|point| point.len() == 3).collect();
    let far = |a: &Vec<f64>| {
        let apart = |b: &Vec<f64>| (a[0] - b[0]).hypot(a[1] - b[1]);
        points.iter().map(apart).collect()
    };
    let distances: Vec<Vec<f64>> = points.iter().map(far).collect();
    let weights: Vec<f64> = points.iter().map(|point| point[2]).collect();
    classical::network(&distances, &weights)
}

/// Points of TSPLIB, each a customer and a site; distances are rounded down.
pub(crate) fn plane(text: &str) -> Network {
    let rows = text
        .lines()
        .skip_while(|line| line.trim() != "NODE_COORD_SECTION");
    let rows = rows.map(|line| numbers(line).collect::<Vec<f64>>());
    let points: Vec<Vec<f64>> = rows.filter(|point| point.len() == 3).collect();
    let far = |a: &Vec<f64>| {
        let apart = |b: &Vec<f64>| (a[1] - b[1]).hypot(a[2] - b[2]).floor();
        points.iter().map(apart).collect()
    };
    let distances: Vec<Vec<f64>> = points.iter().map(far).collect();
    classical::network(&distances, &vec![1.0; points.len()])
}

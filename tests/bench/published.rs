//! Every published instance of the shared folder: what is found, what is proven, and how long it takes.

use super::classical;
use super::instances::{
    graph, holmberg, numbers, or_library, parameter, plane, points, services, simple, text, values,
};
use super::shared::shared;
use oneroof::siting::classical::{Network, Question, locate};
use oneroof::siting::{Ask, solve};
use std::path::Path;
use std::time::{Duration, Instant};

/// Seconds for each instance.
const SECONDS: u64 = 150;

/// What one instance came to.
struct Came {
    value: f64,
    bound: Option<f64>,
    engine: String,
}

/// Instances of one folder, those proven, those with the published value or better, and the seconds of all.
#[derive(Default)]
struct Tally {
    instances: usize,
    proven: usize,
    reached: usize,
    seconds: f64,
}

impl Tally {
    /// Runs one instance and prints its line; `most` where the largest value is looked for.
    fn run(
        &mut self,
        name: &str,
        published: &str,
        most: bool,
        run: impl FnOnce() -> Result<Came, String>,
    ) {
        let began = Instant::now();
        let came = run();
        let seconds = began.elapsed().as_secs_f64();
        self.instances += 1;
        self.seconds += seconds;
        let (Ok(came), Ok(known)) = (&came, published.parse::<f64>()) else {
            let said = came.map_or_else(|error| error, |came| came.value.to_string());
            println!("  {name}: {said}, published {published}, {seconds:.2} s");
            self.reached += usize::from(published.starts_with("infeasible"));
            self.proven += usize::from(published.starts_with("infeasible"));
            return;
        };
        let slack = 1e-6 * known.abs().max(1.0);
        let gap = came.bound.map_or(f64::INFINITY, |bound| {
            (came.value - bound).abs() / came.value.abs().max(1e-9)
        });
        let behind = if most {
            known - came.value
        } else {
            came.value - known
        };
        self.proven += usize::from(gap <= 1e-6);
        self.reached += usize::from(behind <= 2.0 * slack);
        println!(
            "  {name}: {} published {published}, gap {:.4} %, {seconds:.2} s, {}",
            came.value,
            100.0 * gap,
            came.engine
        );
    }

    fn tell(&self, folder: &str) {
        println!(
            "{folder}: {} instances, {} proven, {} at the published value, {:.1} s together",
            self.instances, self.proven, self.reached, self.seconds
        );
    }
}

fn ask() -> Ask {
    Ask {
        gap: 1e-9,
        time: Duration::from_secs(SECONDS),
        seed: 1,
        rounds: None,
        least_travel_within: None,
    }
}

fn answer(network: &Network, question: Question) -> Result<Came, String> {
    let located = locate(network, &question, &ask(), &()).map_err(|error| error.to_string())?;
    Ok(Came {
        value: located.objective,
        bound: located.bound,
        engine: located.engine,
    })
}

/// A folder of instances, and what runs them.
type Folder = (&'static str, fn(&Path, &mut Tally));

pub(crate) fn run() {
    let folders: [Folder; 6] = [
        ("pmed", pmed),
        ("tsplib", tsplib),
        ("uflp", uflp),
        ("cflp", cflp),
        ("mclp", mclp),
        ("mslscp", mslscp),
    ];
    for (folder, run) in folders {
        if let Some(path) = shared(&format!("bench/{folder}")) {
            let mut tally = Tally::default();
            run(&path, &mut tally);
            tally.tell(folder);
        }
    }
}

fn pmed(folder: &Path, tally: &mut Tally) {
    for [instance, kind, _, value] in values(folder) {
        let (network, count) = graph(&text(&folder.join(format!("{instance}.txt"))));
        let question = match kind.as_str() {
            "p-median" => Question::PMedian { count },
            _ => Question::PCenter { count },
        };
        tally.run(&format!("{instance} {kind}"), &value, false, || {
            answer(&network, question)
        });
    }
}

fn tsplib(folder: &Path, tally: &mut Tally) {
    for [instance, _, parameters, value] in values(folder) {
        let network = plane(&text(&folder.join(format!("{instance}.tsp"))));
        let count = parameter(&parameters, "p") as usize;
        tally.run(&format!("{instance} {parameters}"), &value, false, || {
            answer(&network, Question::PMedian { count })
        });
    }
}

fn uflp(folder: &Path, tally: &mut Tally) {
    for [instance, _, _, value] in values(folder) {
        let file = text(&folder.join(&instance));
        let (fixed, cost) = if instance.starts_with("ORLIB") || instance.starts_with("M/") {
            // What stands for a capacity counts for nothing here.
            let (fixed, _, _, cost) = or_library(&file.replace("capacity", "0"));
            (fixed, cost)
        } else {
            simple(&file)
        };
        let network = classical::fixed_charge(&fixed, None, &cost);
        let question = Question::Uflp {
            cost_per_distance: 1.0,
        };
        tally.run(&instance, &value, false, || answer(&network, question));
    }
}

fn cflp(folder: &Path, tally: &mut Tally) {
    for [instance, kind, _, value] in values(folder) {
        let (file, capacity) = instance.split_once(" with ").unwrap_or((&instance, ""));
        let file = text(&folder.join(file)).replace("capacity", capacity);
        let (fixed, room, demand, cost) = if instance.starts_with("holmberg") {
            holmberg(&file)
        } else {
            or_library(&file)
        };
        let network = classical::fixed_charge(&fixed, Some((&room, &demand)), &cost);
        let question = Question::Cflp {
            cost_per_distance: 1.0,
            whole: kind == "CFLP single source",
        };
        tally.run(&format!("{instance}, {kind}"), &value, false, || {
            answer(&network, question)
        });
    }
}

fn mclp(folder: &Path, tally: &mut Tally) {
    for [instance, _, parameters, value] in values(folder) {
        let file = text(&folder.join(&instance));
        let network = match instance.as_str() {
            "SJC324.txt" => points(&file),
            "GR100.txt" => demand_graph(&file),
            _ => two_sorts(&file),
        };
        let question = Question::Mclp {
            radius: parameter(&parameters, "S"),
            count: parameter(&parameters, "p") as usize,
        };
        tally.run(&format!("{instance} {parameters}"), &value, true, || {
            answer(&network, question)
        });
    }
}

fn mslscp(folder: &Path, tally: &mut Tally) {
    for [instance, _, _, value] in values(folder) {
        let problem = services(&text(&folder.join(format!("{instance}.json"))));
        tally.run(&instance, &value, false, || {
            let answer = solve(&problem, &ask(), &()).map_err(|error| error.to_string())?;
            Ok(Came {
                value: answer.value,
                bound: answer.bound,
                engine: answer.engine,
            })
        });
    }
}

/// A graph whose first lines of edges carry the demand of node 1, 2, 3 and so on as a fourth number.
fn demand_graph(text: &str) -> Network {
    let rows: Vec<Vec<f64>> = text.lines().map(|line| numbers(line).collect()).collect();
    let (nodes, edges) = (rows[0][0] as usize, rows[0][1] as usize);
    let mut plain = format!("{nodes} {edges} 1\n");
    let mut weights = vec![0.0; nodes];
    for (at, row) in rows[1..]
        .iter()
        .filter(|row| row.len() >= 3)
        .take(edges)
        .enumerate()
    {
        plain += &format!("{} {} {}\n", row[0], row[1], row[2]);
        if let Some(&demand) = row.get(3) {
            weights[at] = demand;
        }
    }
    let (mut network, _) = graph(&plain);
    for (demand, weight) in network.demands.iter_mut().zip(weights) {
        demand.weight = weight;
    }
    network
}

/// Sites (`F`) and customers (`C`), each an id, two coordinates and a demand.
fn two_sorts(text: &str) -> Network {
    let of = |sort: &'static str| {
        let lines = text
            .lines()
            .filter_map(move |line| line.trim().strip_prefix(sort));
        lines.map(|line| numbers(line).collect::<Vec<f64>>())
    };
    let sites: Vec<Vec<f64>> = of("F").collect();
    let customers: Vec<Vec<f64>> = of("C").collect();
    let far = |a: &Vec<f64>| {
        sites
            .iter()
            .map(|b| (a[1] - b[1]).hypot(a[2] - b[2]))
            .collect()
    };
    let distances: Vec<Vec<f64>> = customers.iter().map(far).collect();
    let weights: Vec<f64> = customers.iter().map(|row| row[3]).collect();
    classical::network(&distances, &weights)
}

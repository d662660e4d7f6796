//! `locate`: a classical location problem from two tables, or the optimiser's own problem file.

use super::finish::refused;
use crate::cli::locate_args::{Locate, ProblemArg};
use crate::cli::progress::{SearchLine, Shown};
use crate::cli::say::{figure, hanging};
use crate::cli::{Failure, out};
use crate::load::{LoadedNetwork, NetworkTables, load_network};
use crate::place::words::{count, counted, whole};
use crate::place::{Finding, RowRef, Severity};
use crate::publish::{LocatedEdition, Places, may_publish_located, publish_located};
use crate::siting::classical::{LocateError, Located, Network, Question, Role, locate};
use crate::siting::{Ask, Ending, SitingError};
use std::fmt::Write;
use std::path::Path;

pub(super) fn run(typed: &Locate) -> Result<(), Failure> {
    match &typed.siting {
        Some(file) => super::siting::run(file, typed),
        None => classical(typed),
    }
}

fn classical(typed: &Locate) -> Result<(), Failure> {
    let question = question(typed)?;
    may_publish_located(&typed.out).map_err(refused)?;
    let needed = |path: &Option<std::path::PathBuf>, flag: &str| {
        path.clone()
            .ok_or_else(|| usage(format!("{flag} is not given"), "name the table"))
    };
    let tables = NetworkTables {
        demand: needed(&typed.demand, "--demand")?,
        facilities: needed(&typed.facilities, "--facilities")?,
        matrix: typed.matrix.clone(),
        demand_crs: typed.demand_crs.clone(),
        facilities_crs: typed.facilities_crs.clone(),
        demand_id: typed.demand_id.clone(),
        facility_id: typed.facility_id.clone(),
        weight: typed.weight.clone(),
        capacity: typed.capacity.clone(),
        fixed_cost: typed.fixed.clone(),
        role: typed.facility_type.clone(),
        distance: typed.cost.clone(),
        detour: typed.detour,
        farthest: typed.radius,
        needs_fixed_cost: matches!(question, Question::Uflp { .. } | Question::Cflp { .. }),
        needs_capacity: matches!(question, Question::Cflp { .. }),
    };
    let mut loaded = load_network(&tables).map_err(|error| Failure::Input {
        findings: error.findings,
        hint: "nothing was written".to_owned(),
    })?;
    if typed.skip_uncoverable {
        let left = skip_uncoverable(&mut loaded, &tables.demand);
        if loaded.network.demands.is_empty() {
            return Err(Failure::Uncoverable(vec![format!(
                "no facility can reach any demand: {}",
                named(&left)
            )]));
        }
        if !left.is_empty() {
            out::talk(&format!(
                "warning: left out, with no facility in reach: {}; all are in quality.csv",
                named(&left)
            ));
        }
    }
    let line = SearchLine::start(typed.progress, Shown::Number);
    let found = locate(&loaded.network, &question, &ask(typed), &line);
    line.finish();
    let located = found.map_err(|error| failure(error, &loaded.network, typed))?;
    let edition = LocatedEdition {
        network: &loaded.network,
        demand: Places {
            names: &loaded.demand_names,
            at: &loaded.demand_at,
        },
        facilities: Places {
            names: &loaded.facility_names,
            at: &loaded.facility_at,
        },
        unit: &loaded.unit,
        findings: &loaded.findings,
        rejected: &loaded.rejected,
        question: &question,
        located: &located,
        excel: typed.excel,
    };
    publish_located(&typed.out, &edition).map_err(refused)?;
    out::data(&on_screen(&edition))?;
    out::talk(&format!(
        "{} is written: begin with facilities.csv",
        typed.out.display()
    ));
    ended(&located, typed.gap)
}

/// The limits of the engine that were typed.
pub(super) fn ask(typed: &Locate) -> Ask {
    Ask {
        gap: typed.gap,
        time: typed.time,
        seed: typed.seed,
        rounds: typed.rounds,
        least_travel_within: None,
    }
}

fn usage(cause: impl Into<String>, hint: &str) -> Failure {
    Failure::Usage {
        cause: cause.into(),
        hint: hint.to_owned(),
    }
}

/// Refuses options that the problem has no use for, rather than leave them out in silence.
fn unused(typed: &Locate) -> Result<(), Failure> {
    use ProblemArg::{Cflp, Lscp, Mclp, PCenter, PMedian, Uflp};
    let asked = [
        (
            typed.count.is_some(),
            "--count",
            &[Mclp, PMedian, PCenter][..],
        ),
        (typed.share < 1.0, "--share", &[Lscp]),
        (typed.whole, "--whole", &[Cflp]),
        (typed.capacity.is_some(), "--capacity", &[Cflp]),
        (typed.fixed.is_some(), "--fixed", &[Uflp, Cflp]),
        (typed.per_distance != 1.0, "--per-distance", &[Uflp, Cflp]),
        (
            typed.cost.is_some() && typed.matrix.is_none(),
            "--cost",
            &[],
        ),
    ];
    for (given, option, problems) in asked {
        if given
            && typed
                .problem
                .is_some_and(|problem| !problems.contains(&problem))
        {
            return Err(usage(
                format!("{option} means nothing here"),
                "leave it out, or see `oneroof locate --help` for what it belongs to",
            ));
        }
    }
    Ok(())
}

/// What was asked, with what each problem needs.
fn question(typed: &Locate) -> Result<Question, Failure> {
    let radius = || {
        typed.radius.ok_or_else(|| {
            usage(
                "--radius is not given",
                "say within what distance demand is covered: `--radius 5`",
            )
        })
    };
    let facilities = || {
        typed.count.ok_or_else(|| {
            usage(
                "--count is not given",
                "say how many facilities are to be open: `--count 4`",
            )
        })
    };
    unused(typed)?;
    let Some(problem) = typed.problem else {
        return Err(usage(
            "--problem is not given",
            "name one of lscp, mclp, p-median, p-center, uflp, cflp",
        ));
    };
    Ok(match problem {
        ProblemArg::Lscp => Question::Lscp {
            radius: radius()?,
            share: typed.share,
        },
        ProblemArg::Mclp => Question::Mclp {
            radius: radius()?,
            count: facilities()?,
        },
        ProblemArg::PMedian => Question::PMedian {
            count: facilities()?,
        },
        ProblemArg::PCenter => Question::PCenter {
            count: facilities()?,
        },
        ProblemArg::Uflp => Question::Uflp {
            cost_per_distance: typed.per_distance,
        },
        ProblemArg::Cflp => Question::Cflp {
            cost_per_distance: typed.per_distance,
            whole: typed.whole,
        },
    })
}

/// Leaves demand without any facility in reach out of the network, each with a finding; returns its ids.
fn skip_uncoverable(loaded: &mut LoadedNetwork, table: &Path) -> Vec<String> {
    let file = table.file_name().unwrap_or_default().to_string_lossy();
    let out = loaded.network.out_of_reach(f64::INFINITY);
    let mut left = Vec::new();
    for &at in out.iter().rev() {
        left.push(loaded.network.demands.remove(at).id);
        loaded.network.reaches.remove(at);
        loaded.demand_names.remove(at);
        loaded.demand_at.remove(at);
    }
    left.reverse();
    loaded.findings.extend(left.iter().map(|id| {
        Finding::new(
            "zone-reaches-nothing",
            Severity::Reject,
            RowRef::file(&file),
        )
        .cell(id.clone())
        .cause("no facility is in reach of it")
        .action("left out, as --skip-uncoverable asks")
    }));
    left
}

/// The first few of a list of names, and how many more there are.
fn named<S: AsRef<str>>(names: &[S]) -> String {
    const SHOWN: usize = 12;
    let shown: Vec<&str> = names.iter().take(SHOWN).map(AsRef::as_ref).collect();
    match names.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {} more", shown.join(", "), whole(more as f64)),
    }
}

fn failure(error: LocateError, network: &Network, typed: &Locate) -> Failure {
    match error {
        LocateError::OutOfReach(demands) => {
            let ids: Vec<&str> = demands
                .iter()
                .map(|&at| network.demands[at].id.as_str())
                .collect();
            let within = typed
                .radius
                .map_or("at all".to_owned(), |radius| format!("within {radius}"));
            Failure::Uncoverable(vec![
                format!(
                    "{} with no facility {within}: {}",
                    count(ids.len(), "demand"),
                    named(&ids)
                ),
                "--skip-uncoverable leaves them out; a larger --radius may reach them".to_owned(),
            ])
        }
        LocateError::Siting(SitingError::Infeasible) => {
            Failure::Uncoverable(why_none(network, typed))
        }
        LocateError::Siting(error) => siting_failure(error),
        error => usage(error.to_string(), "see `oneroof locate --help`"),
    }
}

/// Why nothing answers the question, with the figures that show it where there are such.
fn why_none(network: &Network, typed: &Locate) -> Vec<String> {
    let all = network.weight();
    let usable = network
        .facilities
        .iter()
        .filter(|one| one.role != Role::Excluded);
    let room: Option<f64> = usable.map(|one| one.capacity).sum();
    let mut why = vec!["more facilities, capacity or distance are needed".to_owned()];
    match (typed.problem, room) {
        (Some(ProblemArg::Cflp), Some(room)) if room < all => why.insert(
            0,
            format!(
                "all facilities together have room for {}, and {} are to be served",
                figure(room),
                figure(all)
            ),
        ),
        (Some(ProblemArg::Lscp), _) if all > 0.0 => {
            let out = network.out_of_reach(typed.radius.unwrap_or(f64::INFINITY));
            let lost: f64 = out.iter().map(|at| network.demands[*at].weight).sum();
            why.insert(
                0,
                format!(
                    "with every facility open {:.2} % would be within the radius, and {:.2} % are asked for",
                    (1.0 - lost / all) * 100.0,
                    typed.share * 100.0
                ),
            );
        }
        _ => {}
    }
    why
}

/// What the engine could not do, in the words and with the code of the command line.
pub(super) fn siting_failure(error: SitingError) -> Failure {
    match error {
        SitingError::Infeasible => Failure::Uncoverable(vec![
            "more facilities, capacity or distance are needed".to_owned(),
        ]),
        SitingError::NothingFound if SearchLine::interrupted() => Failure::Interrupted,
        SitingError::NothingFound => Failure::NothingFound,
        SitingError::Invalid { item, cause } | SitingError::LockedOut { item, cause } => {
            Failure::Input {
                findings: vec![
                    Finding::new(
                        "number-not-read",
                        Severity::Error,
                        RowRef::file("the tables"),
                    )
                    .cause(format!("{item}: {cause}"))
                    .action("correct the numbers it is made from"),
                ],
                hint: "nothing was written".to_owned(),
            }
        }
        error => Failure::Internal(error.to_string()),
    }
}

/// A gap above the one asked for is said with its exit code.
fn ended(located: &Located, gap: f64) -> Result<(), Failure> {
    if located.ending == Ending::WithinGap {
        return Ok(());
    }
    let left = located.gap().map_or("without a bound".to_owned(), |left| {
        format!(
            "its gap is {:.3} %, above the {:.3} % asked for",
            left * 100.0,
            gap * 100.0
        )
    });
    Err(Failure::GapLeft(format!("the answer is written; {left}")))
}

fn on_screen(edition: &LocatedEdition<'_>) -> String {
    let (network, located) = (edition.network, edition.located);
    let open: Vec<&str> = network
        .facilities
        .iter()
        .zip(&located.open)
        .filter(|of| *of.1)
        .map(|of| of.0.id.as_str())
        .collect();
    let unit = edition.unit;
    let (what, more) = match edition.question {
        Question::Lscp { .. } if located.objective == 1.0 => ("facility".to_owned(), "at least"),
        Question::Lscp { .. } => ("facilities".to_owned(), "at least"),
        Question::Mclp { .. } => ("weight covered".to_owned(), "at most"),
        Question::PMedian { .. } => (format!("weight × {unit}"), "at least"),
        Question::PCenter { .. } => (unit.to_owned(), "at least"),
        Question::Uflp { .. } | Question::Cflp { .. } => ("cost".to_owned(), "at least"),
    };
    let mut text = format!(
        "{}: {} of {} open\n",
        edition.question.name(),
        whole(open.len() as f64),
        counted(network.facilities.len(), "facility", "facilities"),
    );
    let bound = located.bound.map_or("not known".to_owned(), figure);
    let gap = located
        .gap()
        .map_or(String::new(), |gap| format!(", gap {:.3} %", gap * 100.0));
    let _ = writeln!(
        text,
        "  objective   {} {what}; {more} {bound}{gap}",
        figure(located.objective)
    );
    let (weight, served) = (network.weight(), located.served(network));
    let share = located.served_percent(network);
    let _ = writeln!(
        text,
        "  served      {} of {} weight ({share:.2} %), {}",
        figure(served),
        figure(weight),
        count(
            network.demands.len() - located.unserved(network).len(),
            "demand"
        ),
    );
    let weighted = |allocation: &crate::siting::classical::Allocation| {
        network.demands[allocation.demand].weight * allocation.share * allocation.distance
    };
    let total: f64 = located.allocations.iter().map(weighted).sum();
    let farthest = located
        .allocations
        .iter()
        .map(|one| one.distance)
        .fold(0.0, f64::max);
    if served > 0.0 {
        let _ = writeln!(
            text,
            "  distance    mean {} {unit}, farthest {} {unit}",
            figure(total / served),
            figure(farthest)
        );
    }
    let _ = writeln!(text, "  open        {}", named(&open));
    let unserved = located.unserved(network);
    if !unserved.is_empty() {
        let _ = writeln!(text, "  not served  {}", named(&unserved));
    }
    text.push_str(&noticed(edition.findings));
    let _ = writeln!(
        text,
        "  engine      {}, {:.2} s",
        located.engine, located.seconds
    );
    text
}

/// Kinds of findings that are shown on the screen.
const KINDS: usize = 3;

/// What was noticed of the tables: the first finding of a few kinds, rows set aside and assumptions before repairs.
fn noticed(findings: &[Finding]) -> String {
    let rank = |finding: &Finding| match finding.severity {
        Severity::Error | Severity::Reject => 0,
        Severity::Default => 1,
        Severity::Warn => 2,
        Severity::Repair => 3,
    };
    let mut kinds: Vec<(&Finding, usize)> = Vec::new();
    for finding in findings {
        match kinds.iter_mut().find(|kind| kind.0.code == finding.code) {
            Some(kind) => kind.1 += 1,
            None => kinds.push((finding, 1)),
        }
    }
    kinds.sort_by_key(|kind| rank(kind.0));
    let mut lines: Vec<String> = Vec::new();
    for (first, times) in kinds.iter().take(KINDS) {
        let others = match times {
            1 => String::new(),
            _ => format!(" (and {} more like it)", whole((times - 1) as f64)),
        };
        let what = [first.cause.as_str(), first.action.as_str()].join("; ");
        let what = what.trim_end_matches("; ");
        lines.push(format!("{}: {what}{others}", first.row));
    }
    let more = match kinds.len().saturating_sub(KINDS) {
        0 => String::new(),
        more => format!("{} more; ", counted(more, "kind", "kinds")),
    };
    if !lines.is_empty() {
        lines.push(format!("{more}all in quality.csv"));
    }
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        let label = if at == 0 { "noticed" } else { "" };
        let _ = writeln!(text, "  {label:<12}{}", hanging(line, 14, out::width()));
    }
    text
}

//! Whoever stops a search, or gives it a time, has the best plan within two seconds: asked of the program itself.
//!
//! Seconds on the wall say little where other tests run beside these. So the processor time is counted that the
//! program takes from the moment it is to stop until it has ended: of two seconds on two cores there are four.

use assert_cmd::cargo::cargo_bin;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Two seconds of two cores.
const PROCESSOR_SECONDS: f64 = 4.0;

/// The processor time that a county may take to stop: the same, or more where a build without optimisation takes long
/// merely to read it.
fn allowed(folder: &Path) -> f64 {
    let mut child = Command::new(cargo_bin("oneroof"))
        .current_dir(folder)
        .args(["check", "place"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    let spent = ended(&mut child, "check");
    PROCESSOR_SECONDS.max(8.0 * spent.1)
}

/// A program that has not ended by then hangs.
const PATIENCE: Duration = Duration::from_secs(300);

/// When a program is to stop.
enum Until<'a> {
    /// Interrupted, once it has said so many lines on its progress, the last of which says this.
    Line(usize, &'a str),
    /// By itself, after so much time of solving, which its first line begins.
    Time(Duration),
}

/// A demo place, in a folder of its own.
fn demo(size: &str) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    let made = Command::new(cargo_bin("oneroof"))
        .current_dir(&folder)
        .args(["demo", "--size", size, "--seed", "3", "place"])
        .status();
    assert!(made.expect("the program runs").success());
    folder
}

/// Processor time of a process in seconds, as the system tells; also of one that has ended and was not waited for.
fn processor_time(process: u32) -> (f64, bool) {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).expect("the system tells");
    let (_, after) = text.rsplit_once(')').expect("its name is in brackets");
    let words: Vec<&str> = after.split_whitespace().collect();
    let ticks = |at: usize| words[at].parse::<f64>().expect("ticks");
    // The system counts in hundredths of a second.
    ((ticks(11) + ticks(12)) / 100.0, words[0] == "Z")
}

/// Waits for a program to end; its exit code, and the processor time it took in all.
fn ended(child: &mut Child, what: &str) -> (Option<i32>, f64) {
    let began = Instant::now();
    let after = loop {
        let (seconds, ended) = processor_time(child.id());
        if ended {
            break seconds;
        }
        assert!(began.elapsed() < PATIENCE, "{what}: it does not end");
        std::thread::sleep(Duration::from_millis(20));
    };
    (child.wait().expect("it ended").code(), after)
}

fn interrupt(child: &Child) {
    let sent = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(sent.expect("kill runs").success());
}

/// The lines that a program says of its progress, as they come.
fn lines(child: &mut Child) -> Receiver<String> {
    let (send, receive) = channel();
    let said = BufReader::new(child.stderr.take().expect("it is piped"));
    std::thread::spawn(move || {
        for line in said.lines().map_while(Result::ok) {
            if send.send(line).is_err() {
                return;
            }
        }
    });
    receive
}

/// Runs a program until it is to stop; its exit code, and the processor time it took after that.
fn stopped(folder: &Path, arguments: &str, until: &Until) -> (Option<i32>, f64) {
    let mut child = Command::new(cargo_bin("oneroof"))
        .current_dir(folder)
        .args(arguments.split_whitespace())
        .args(["--gap", "0", "--progress", "json"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let said = lines(&mut child);
    let first = said
        .recv_timeout(PATIENCE)
        .expect("it says how far it has come");
    match until {
        Until::Line(count, what) => {
            let (mut told, mut last) = (1, first);
            while told < *count || !last.contains(what) {
                last = said
                    .recv_timeout(PATIENCE)
                    .unwrap_or_else(|_| panic!("{arguments}: no {what} after {last}"));
                told += 1;
            }
            interrupt(&child);
        }
        Until::Time(time) => std::thread::sleep(*time),
    }
    let (before, _) = processor_time(child.id());
    let (code, after) = ended(&mut child, arguments);
    (code, after - before)
}

/// Stops a program and sees that it wrote its answer in time.
fn stops_in_time(folder: &Path, arguments: &str, until: &Until, allowed: f64) {
    let (code, spent) = stopped(folder, arguments, until);
    assert!(matches!(code, Some(0 | 5)), "{arguments}: {code:?}");
    assert!(
        spent <= allowed,
        "{arguments}: {spent} s of processor time after the end, of {allowed}"
    );
}

fn verifies(folder: &Path, place: &str) {
    let verified = Command::new(cargo_bin("oneroof"))
        .current_dir(folder)
        .args(["verify", place, "plan"])
        .output()
        .expect("the program runs");
    assert!(
        verified.status.success(),
        "{}",
        String::from_utf8_lossy(&verified.stderr)
    );
}

#[test]
fn a_county_is_planned_until_somebody_interrupts_at_any_stage_or_its_time_is_up() {
    let folder = demo("county");
    let allowed = allowed(folder.path());
    for place in ["place/place.toml", "place/place-mean.toml"] {
        let plan = |time: &str| format!("plan {place} --only json --out plan --time {time}");
        // The dual and the first searches; tiles, with programs beside them; the second stage.
        let stages = [("1h", 1, "cost"), ("1h", 20, "cost"), ("12s", 1, "travel")];
        for (time, lines, what) in stages {
            stops_in_time(
                folder.path(),
                &plan(time),
                &Until::Line(lines, what),
                allowed,
            );
        }
        for seconds in [1, 6] {
            let until = Until::Time(Duration::from_secs(seconds));
            stops_in_time(folder.path(), &plan(&seconds.to_string()), &until, allowed);
        }
        verifies(folder.path(), place);
    }
}

#[test]
fn a_program_of_the_solvers_own_is_not_waited_for() {
    let folder = demo("county");
    let drawn = "plan place --only json --out plan --time 0.1 --siting problem.json";
    stops_in_time(
        folder.path(),
        drawn,
        &Until::Time(Duration::ZERO),
        f64::INFINITY,
    );
    let text = fs::read_to_string(folder.path().join("problem.json")).expect("a problem");
    // An item that may be anywhere any number of times leaves only the whole model.
    let any = text.replacen("\"choice\":\"exactly_one\"", "\"choice\":\"any\"", 1);
    assert!(any != text, "there are items");
    fs::write(folder.path().join("problem.json"), any).expect("written");
    let solve =
        |time: &str| format!("locate --siting problem.json --out answer.json --time {time}");
    let hour = Until::Line(2, "");
    stops_in_time(folder.path(), &solve("1h"), &hour, PROCESSOR_SECONDS);
    let seconds = Until::Time(Duration::from_secs(3));
    stops_in_time(folder.path(), &solve("3s"), &seconds, PROCESSOR_SECONDS);
}

/// So many points in a square degree, by chance.
fn points(folder: &Path, name: &str, head: &str, count: usize, last: &dyn Fn(u64) -> u64) {
    let mut state = count as u64;
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    let mut text = format!("id,longitude,latitude,{head}\n");
    for at in 0..count {
        let (x, y) = (next() % 1_000_000, next() % 1_000_000);
        text += &format!("p{at},0.{x:06},0.{y:06},{}\n", last(next()));
    }
    fs::write(folder.join(name), text).expect("written");
}

#[test]
fn every_question_about_facilities_is_answered_when_somebody_interrupts_or_the_time_is_up() {
    let folder = demo("county");
    let allowed = allowed(folder.path());
    points(folder.path(), "demand.csv", "population", 800, &|dice| {
        1 + dice % 100
    });
    points(folder.path(), "sites.csv", "rent", 200, &|dice| {
        3000 + dice % 9000
    });
    let questions = [
        "p-median --count 60",
        "p-center --count 25",
        "lscp --radius 10 --skip-uncoverable",
        "lscp --radius 10 --share 90%",
        "mclp --radius 5 --count 40",
        "uflp --fixed rent",
        "cflp --fixed rent --capacity 1000",
        "cflp --fixed rent --capacity 1000 --whole",
    ];
    for question in questions {
        let locate = |time: &str| {
            format!(
                "locate --problem {question} --demand demand.csv --facilities sites.csv --out out --time {time} \
                 --weight population"
            )
        };
        let hour = Until::Line(2, "");
        stops_in_time(folder.path(), &locate("1h"), &hour, allowed);
        let second = Until::Time(Duration::from_secs(1));
        // So little time may be up before there is any answer.
        let (_, spent) = stopped(folder.path(), &locate("1s"), &second);
        assert!(
            spent <= allowed,
            "{question}: {spent} s of processor time after the time"
        );
        assert!(folder.path().join("out/locate.json").exists(), "{question}");
    }
}

#[test]
fn demand_that_goes_whole_to_tightly_filled_facilities_has_a_plan_when_the_time_is_up() {
    let folder = TempDir::new().expect("a temporary folder");
    // About 76,000 of weight, and room for 81,000.
    points(folder.path(), "demand.csv", "population", 1500, &|dice| {
        1 + dice % 100
    });
    points(folder.path(), "sites.csv", "rent", 150, &|dice| {
        3000 + dice % 9000
    });
    let locate = "locate --problem cflp --whole --fixed rent --capacity 540 --demand demand.csv --facilities sites.csv \
                  --out out --time 1s --weight population";
    let second = Until::Time(Duration::from_secs(1));
    stops_in_time(folder.path(), locate, &second, 2.0 * PROCESSOR_SECONDS);
    assert!(folder.path().join("out/locate.json").exists());
}

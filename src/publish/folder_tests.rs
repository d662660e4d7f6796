use super::*;
use std::io::Read;
use std::process::{Command, Stdio};

fn page(path: &str, text: &str) -> Page {
    Page::new(path, text.as_bytes().to_vec())
}

fn write(out: &Path, pages: &[Page]) -> Result<(), PublishError> {
    Target::check(out, Kind::Plan)?.write(pages)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("lists")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_new_edition_takes_the_place_of_the_old_one_and_leaves_nothing_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("a/b/plan");
    write(
        &out,
        &[
            page("plan.json", "1"),
            page("old.csv", "1"),
            page("maps/a.svg", "1"),
        ],
    )
    .expect("writes");
    write(&out, &[page("plan.json", "2")]).expect("writes");
    assert_eq!(names(&out), [MARKER, "plan.json"]);
    assert_eq!(
        fs::read_to_string(out.join("plan.json")).expect("reads"),
        "2"
    );
    assert_eq!(names(&folder.path().join("a/b")), ["plan"]);
}

#[test]
fn a_folder_with_other_peoples_files_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("thesis.txt"), "mine").expect("writes");
    let fault = write(folder.path(), &[page("plan.json", "1")]).expect_err("refuses");
    assert!(fault.is_usage(), "{fault}");
    assert_eq!(names(folder.path()), ["thesis.txt"]);
    let fault = write(&folder.path().join("thesis.txt"), &[]).expect_err("refuses");
    assert!(fault.is_usage(), "{fault}");
}

#[test]
fn an_empty_folder_is_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("plan");
    fs::create_dir(&out).expect("makes");
    write(&out, &[page("plan.json", "1")]).expect("writes");
    assert_eq!(names(&out), [MARKER, "plan.json"]);
}

#[test]
fn notes_somebody_keeps_in_a_plan_folder_survive_the_next_plan() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("plan");
    write(&out, &[page("plan.json", "1"), page("maps/a.svg", "1")]).expect("writes");
    fs::write(out.join("notes.txt"), "mine").expect("writes");
    fs::write(out.join("maps/project.qgz"), "mine too").expect("writes");
    write(&out, &[page("plan.json", "2")]).expect("writes");
    assert_eq!(names(&out), [MARKER, "maps", "notes.txt", "plan.json"]);
    assert_eq!(names(&out.join("maps")), ["project.qgz"]);
}

#[test]
fn check_never_takes_the_place_of_a_plan() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("plan");
    write(&out, &[page("plan.json", "1")]).expect("writes");
    assert!(
        Target::check(&out, Kind::Check)
            .expect_err("refuses")
            .is_usage()
    );
    let found = folder.path().join("found");
    Target::check(&found, Kind::Check)
        .and_then(|t| t.write(&[]))
        .expect("writes");
    write(&found, &[page("plan.json", "1")]).expect("a plan may take the place of a check");
}

#[test]
fn a_run_that_fails_halfway_leaves_the_old_folder_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("plan");
    write(&out, &[page("plan.json", "1"), page("a.csv", "1")]).expect("writes");
    // A page whose folder is a file cannot be written, nor a file that is a folder: whichever comes first.
    let pages = [
        page("plan.json", "2"),
        page("a.csv", "2"),
        page("a.csv/b", "2"),
    ];
    let fault = write(&out, &pages).expect_err("cannot be written");
    let told = out.join("a.csv").display().to_string();
    assert!(fault.to_string().contains(&told), "{fault}");
    assert_eq!(names(&out), [MARKER, "a.csv", "plan.json"]);
    assert_eq!(
        fs::read_to_string(out.join("plan.json")).expect("reads"),
        "1"
    );
    assert_eq!(names(folder.path()), ["plan"]);
}

#[test]
fn a_link_to_a_plan_folder_stays_a_link() {
    #[cfg(unix)]
    {
        let folder = tempfile::tempdir().expect("a folder");
        let (out, link) = (folder.path().join("plan"), folder.path().join("latest"));
        write(&out, &[page("plan.json", "1")]).expect("writes");
        std::os::unix::fs::symlink(&out, &link).expect("links");
        write(&link, &[page("plan.json", "2")]).expect("writes");
        assert!(
            link.symlink_metadata()
                .expect("is there")
                .file_type()
                .is_symlink()
        );
        assert_eq!(
            fs::read_to_string(out.join("plan.json")).expect("reads"),
            "2"
        );
    }
}

#[test]
#[cfg(unix)]
fn a_link_to_nothing_is_refused_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let link = folder.path().join("latest");
    std::os::unix::fs::symlink(folder.path().join("gone"), &link).expect("links");
    let fault = write(&link, &[page("plan.json", "1")]).expect_err("refuses");
    assert!(
        fault.is_usage() && fault.to_string().contains("link"),
        "{fault}"
    );
    assert_eq!(names(folder.path()), ["latest"]);
}

#[test]
fn a_folder_set_aside_by_a_killed_run_is_put_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("plan");
    write(&out, &[page("plan.json", "1")]).expect("writes");
    fs::rename(&out, sibling(&out, "old")).expect("moves");
    let target = Target::check(&out, Kind::Plan).expect("accepts");
    assert_eq!(
        fs::read_to_string(out.join("plan.json")).expect("reads"),
        "1"
    );
    drop(target);
}

const CHILD: &str = "ONEROOF_TEST_WRITES_INTO";

/// Not a test of its own: the process that the next test kills in the middle of its writing.
#[test]
fn a_child_process_that_stops_in_the_middle_of_writing() {
    let Some(out) = std::env::var_os(CHILD) else {
        return;
    };
    let draft = Draft::begin(Path::new(&out)).expect("begins");
    draft
        .fill(Kind::Plan, &[page("plan.json", "half")], Path::new(&out))
        .expect("writes");
    println!("half way");
    std::thread::sleep(std::time::Duration::from_secs(60));
}

#[test]
fn a_run_that_is_killed_leaves_the_old_folder_whole_and_the_next_run_clears_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("plan");
    write(&out, &[page("plan.json", "1")]).expect("writes");
    let mut child = Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", "--nocapture"])
        .arg("publish::folder::tests::a_child_process_that_stops_in_the_middle_of_writing")
        .env(CHILD, &out)
        .stdout(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut told = String::new();
    let mut stdout = child.stdout.take().expect("piped");
    let mut byte = [0];
    while !told.contains("half way") && stdout.read(&mut byte).expect("reads") == 1 {
        told.push(char::from(byte[0]));
    }
    assert_eq!(
        names(folder.path()).len(),
        2,
        "the draft stands beside the old folder"
    );
    // While the child lives, its draft is not touched.
    clear_stale(&out);
    assert_eq!(names(folder.path()).len(), 2);
    child.kill().expect("kills");
    child.wait().expect("ends");
    assert_eq!(names(&out), [MARKER, "plan.json"]);
    assert_eq!(
        fs::read_to_string(out.join("plan.json")).expect("reads"),
        "1"
    );
    write(&out, &[page("plan.json", "2")]).expect("writes");
    assert_eq!(names(folder.path()), ["plan"]);
}

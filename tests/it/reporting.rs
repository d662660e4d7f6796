//! The report as its readers open it: in a real browser, from a file, without a network.

use crate::browser::Browser;
use oneroof::load::{LoadOptions, Loaded, load};
use oneroof::plan::Plan;
use oneroof::publish::{Audience, Edition, Format, publish};
use std::path::{Path, PathBuf};

/// Wyvern and the plan of the gallery.
struct Town {
    loaded: Loaded,
    plan: Plan,
    folder: tempfile::TempDir,
}

impl Town {
    fn wyvern() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let text =
            std::fs::read_to_string(root.join("maps/plan.json")).expect("the gallery's plan");
        Self {
            loaded: load(&root.join("data/wyvern"), &LoadOptions::default()).expect("Wyvern loads"),
            plan: serde_json::from_str(&text).expect("a plan"),
            folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    /// Writes the report for an audience and gives its folder.
    fn printed(&self, audience: Audience) -> PathBuf {
        let out = self.folder.path().join("plan");
        let edition = Edition {
            place: &self.loaded.place,
            travel: &self.loaded.travel,
            plan: &self.plan,
            findings: &self.loaded.findings,
            rejected: &self.loaded.rejected,
            matches: &self.loaded.matches,
            audience,
            excel: false,
        };
        publish(&out, &edition, &[Format::Report]).expect("the report is written");
        out
    }
}

/// Wyvern's report for an audience, open in a window of this size.
fn open(town: &Town, audience: Audience, size: (u32, u32)) -> Option<Browser> {
    let page = town.printed(audience).join("report.html");
    let browser = Browser::open(size.0, size.1)?;
    browser.go(&page);
    Some(browser)
}

const DESK: (u32, u32) = (1440, 900);
/// Where the lowest of the summary's panels ends.
const FOOT_OF_PANELS: &str = "return Math.max(...[...document.querySelectorAll('#summary .panels > .panel')].map(p => p.getBoundingClientRect().bottom))";
const PHONE: (u32, u32) = (375, 760);

#[test]
fn the_report_tells_the_story_on_one_screen_and_fetches_nothing() {
    let town = Town::wyvern();
    let Some(browser) = open(&town, Audience::Partners, DESK) else {
        return;
    };
    browser.picture("report_first_screen.png", false);
    let gone = town.plan.buildings.iter();
    let gone = gone
        .filter(|b| !b.action.is_open() && b.action.name() != "outside")
        .count();
    let headline = browser.text("document.querySelector('.lead').textContent");
    assert!(
        headline.contains(&format!("lets {gone} of them go")),
        "{headline}"
    );
    for (part, least) in [
        (".cards dd.figure", 6),
        (".panel", 4),
        ("figure svg[role=img]", 4),
        (".table", 6),
    ] {
        assert!(
            browser.count(part) >= least,
            "{part}: {}",
            browser.count(part)
        );
    }
    // The cards and all four panels are on the first screen.
    let low = browser.run(FOOT_OF_PANELS);
    assert!(low.as_f64().is_some_and(|low| low < 900.0), "{low}");
    let complaints = browser.complaints();
    assert!(complaints.is_empty(), "{complaints:?}");
    for address in browser.fetched() {
        // The browser's own empty page is none of ours.
        let own = ["file://", "data:", "chrome://"];
        assert!(
            own.iter().any(|known| address.starts_with(known)),
            "{address}"
        );
    }
}

#[test]
fn the_whole_story_fits_on_the_screen_of_a_small_laptop() {
    let town = Town::wyvern();
    for audience in [Audience::Partners, Audience::Public] {
        let Some(browser) = open(&town, audience, (1280, 800)) else {
            return;
        };
        let low = browser.run(FOOT_OF_PANELS);
        assert!(low.as_f64().is_some_and(|low| low < 800.0), "{low}");
    }
}

#[test]
fn every_control_of_the_map_does_what_it_says() {
    let town = Town::wyvern();
    let Some(browser) = open(&town, Audience::Partners, DESK) else {
        return;
    };
    let seen = |selector: &str| {
        let script = format!(
            "[...document.querySelectorAll('{selector}')].filter(e => e.getBoundingClientRect().width > 0).length"
        );
        browser.text(&script).parse::<usize>().expect("a count")
    };
    let view = || browser.text("document.querySelector('#map svg').getAttribute('viewBox')");
    let wide = || {
        view()
            .split(' ')
            .nth(2)
            .and_then(|w| w.parse::<f64>().ok())
            .expect("a width")
    };

    // Before, after, what changes.
    let gone = seen("#map .s-sell") + seen("#map .s-release_lease");
    assert!(gone > 0 && seen("#map .move") > 0);
    browser.click("input[value=today]");
    assert_eq!((seen("#map .s-sell"), seen("#map .move")), (0, 0));
    browser.click("input[value=after]");
    assert_eq!(seen("#map .s-sell") + seen("#map .s-release_lease"), 0);
    browser.click("input[value=change]");
    assert_eq!(seen("#map .s-sell") + seen("#map .s-release_lease"), gone);

    // Layers.
    browser.click("#show-moves");
    assert_eq!(seen("#map .move"), 0);
    browser.click("#show-moves");
    browser.click("#show-names");
    assert!(seen("#map .name text") > 3);
    browser.click("#show-actions");
    assert_eq!(seen("#map .mark"), 0);
    browser.click("#show-actions");

    // Access by service and group: shading, and a legend that counts people.
    assert_eq!(browser.count("#map .zone[class*=' k']"), 0);
    browser.select("#service", "0");
    assert!(browser.count("#map .zone[class*=' k'], #map .zone[class*=' d']") > 10);
    let everybody = browser.text("document.querySelector('#legend').textContent");
    browser.select("#group", "1");
    let group = browser.text("document.querySelector('#legend').textContent");
    assert!(everybody != group, "{group}");
    browser.picture("report_access.png", false);

    // One agency: the others are dimmed.
    assert_eq!(browser.count(".mark.dim"), 0);
    browser.select("#agency", "0");
    assert!(browser.count(".mark.dim") > 3);
    browser.select("#agency", "");

    // Zoom and pan, by button and by mouse.
    let whole = view();
    browser.click("#zoom-in");
    let near = wide();
    assert!(near < 10_000.0);
    browser.drag("#map", (120, 60));
    assert_ne!(view(), whole);
    assert_eq!(wide(), near);
    browser.click("#zoom-out");
    assert!(wide() > near);
    browser.click("#zoom-all");
    assert_eq!(view(), whole);

    // Where buildings stand closest: a sixth of the whole, with larger marks and names on both sides.
    let size = "document.querySelector('.mark').getBoundingClientRect().width";
    let small: f64 = browser.text(size).parse().expect("a width");
    browser.click("#zoom-crowd");
    assert!(wide() < 10_000.0 / 5.0, "{}", wide());
    let large: f64 = browser.text(size).parse().expect("a width");
    assert!(large > 1.2 * small, "{small} {large}");
    browser.click("#zoom-all");
    assert_eq!(view(), whole);

    // A building: by the list, and by a click on its mark.
    browser.select("#building", "3");
    assert!(
        browser.count("#told dl dt") > 3,
        "what is told of a building"
    );
    assert_eq!(browser.count(".mark.on"), 1);
    browser.click("#zoom-all");
    browser.run("document.querySelectorAll('.mark')[10].dispatchEvent(new PointerEvent('pointerdown', {bubbles: true, pointerId: 1}));
        document.querySelectorAll('.mark')[10].dispatchEvent(new PointerEvent('pointerup', {bubbles: true, pointerId: 1}))");
    let told = browser.text("document.querySelector('#told .name').textContent");
    assert!(!told.is_empty());
    assert!(browser.count("#told table") > 0, "its cash-flow");
    browser.picture("report_map.png", false);

    // From a table to the map.
    browser.click("#buildings-table [data-at]");
    let name = browser.text("document.querySelector('#buildings-table [data-at]').textContent");
    assert_eq!(
        browser.text("document.querySelector('#told .name').textContent"),
        name
    );
    assert_eq!(browser.text("document.activeElement.id"), "about-h");
    let complaints = browser.complaints();
    assert!(complaints.is_empty(), "{complaints:?}");
}

#[test]
fn the_map_is_used_by_keyboard_alone() {
    let town = Town::wyvern();
    let Some(browser) = open(&town, Audience::Partners, DESK) else {
        return;
    };
    let view = || browser.text("document.querySelector('#map svg').getAttribute('viewBox')");
    let whole = view();
    browser.keys("#map", "++");
    let near = view();
    assert_ne!(near, whole);
    // WebDriver's names of the left arrow and of Enter.
    browser.keys("#map", "\u{e012}");
    assert_ne!(view(), near);
    browser.keys("#map", "0");
    assert_eq!(view(), whole);
    browser.keys("#map", "n");
    let first = browser.text("document.getElementById('said').textContent");
    browser.keys("#map", "n");
    let second = browser.text("document.getElementById('said').textContent");
    assert!(!first.is_empty() && first != second, "{first}");
    browser.keys("#map", "p");
    assert_eq!(
        browser.text("document.getElementById('said').textContent"),
        first
    );
    browser.keys("#map", "\u{e007}");
    assert_eq!(browser.text("document.activeElement.id"), "about-h");
}

#[test]
fn tables_are_sorted_searched_and_unfolded() {
    let town = Town::wyvern();
    let Some(browser) = open(&town, Audience::Partners, DESK) else {
        return;
    };
    let rows =
        "[...document.querySelectorAll('#buildings-table tbody tr')].filter(r => r.offsetParent)";
    let shown = || {
        browser
            .text(&format!("{rows}.length"))
            .parse::<usize>()
            .expect("a count")
    };
    let folded = shown();
    browser.click("#buildings-table [data-all]");
    let all = shown();
    assert!(all > folded, "{all} of {folded}");

    // Usable floor is the first column of numbers: greatest first, then least.
    let numbers = || -> Vec<f64> {
        let values = browser.run(&format!(
            "return {rows}.map(r => r.querySelector('td[data-v]')).filter(Boolean).map(c => Number(c.dataset.v))"
        ));
        values
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|v| v.as_f64())
            .collect()
    };
    browser.click("#buildings-table th.n [data-sort]");
    let down = numbers();
    assert!(
        down.len() > 5 && down.windows(2).all(|two| two[0] >= two[1]),
        "{down:?}"
    );
    assert_eq!(
        browser.count("#buildings-table th[aria-sort=descending]"),
        1
    );
    browser.click("#buildings-table th.n [data-sort]");
    assert!(numbers().windows(2).all(|two| two[0] <= two[1]));

    let name = town
        .plan
        .buildings
        .first()
        .map(|b| b.asset_id.clone())
        .expect("a building");
    let name = town
        .loaded
        .place
        .buildings
        .iter()
        .find(|b| b.id.as_str() == name)
        .expect("it")
        .name
        .clone();
    browser.keys("#buildings-table [data-find]", &name);
    assert!(shown() >= 1 && shown() < all);
    let told = browser.text("document.querySelector('#buildings-table .count').textContent");
    assert!(told.contains(" of "), "{told}");
}

#[test]
fn axe_finds_no_violation_in_the_report_or_the_paper() {
    let town = Town::wyvern();
    for (audience, name) in [
        (Audience::Partners, "partners"),
        (Audience::Public, "public"),
    ] {
        let folder = town.printed(audience);
        for (size, shape) in [(DESK, "desk"), (PHONE, "phone")] {
            let Some(browser) = Browser::open(size.0, size.1) else {
                return;
            };
            browser.go(&folder.join("report.html"));
            browser.select("#service", "0");
            browser.select("#building", "3");
            browser.picture(&format!("report_{name}_{shape}.png"), true);
            let Some(found) = browser.violations() else {
                return;
            };
            assert!(found.is_empty(), "{name}, {shape}:\n{}", found.join("\n"));
            // Nothing is wider than the window, so that a page is read without scrolling sideways.
            let wide = browser.run("return document.documentElement.scrollWidth");
            assert!(
                wide.as_u64().is_some_and(|wide| wide <= u64::from(size.0)),
                "{wide}"
            );
            browser.go(&folder.join("paper.html"));
            let found = browser.violations().unwrap_or_default();
            assert!(found.is_empty(), "paper, {name}:\n{}", found.join("\n"));
        }
    }
}

#[test]
fn hostile_names_run_nothing_and_stand_as_they_are_written() {
    let mut town = Town::wyvern();
    let evil = "</script><script>window.ran = 1</script><img src=x onerror='window.ran = 2'>{{ 7 * 7 }}\u{2028}";
    let place = &mut town.loaded.place;
    place.name = evil.to_owned();
    place
        .agencies
        .iter_mut()
        .for_each(|one| one.name = evil.to_owned());
    place
        .services
        .iter_mut()
        .for_each(|one| one.name = evil.to_owned());
    place
        .buildings
        .iter_mut()
        .for_each(|one| one.name = evil.to_owned());
    place
        .occupiers
        .iter_mut()
        .for_each(|one| one.name = evil.to_owned());
    place
        .zones
        .iter_mut()
        .for_each(|one| one.name = evil.to_owned());
    for one in &mut town.plan.buildings {
        one.reason = evil.to_owned();
    }
    town.plan.conflicts = vec![evil.to_owned()];
    let folder = town.printed(Audience::Partners);
    let Some(browser) = Browser::open(DESK.0, DESK.1) else {
        return;
    };
    for page in ["report.html", "paper.html"] {
        browser.go(&folder.join(page));
        if page == "report.html" {
            browser.select("#service", "0");
            browser.select("#building", "3");
            browser.click("#show-names");
            let told = browser.text("document.querySelector('#told .name').textContent");
            assert!(told.contains("<img src=x"), "{told}");
        }
        assert_eq!(browser.text("window.ran"), "undefined", "{page}");
        assert_eq!(browser.count("img"), 0, "{page}");
        let heading = browser.text("document.querySelector('h1').textContent");
        assert!(
            heading.contains("</script><script>") && heading.contains("{{ 7 * 7 }}"),
            "{heading}"
        );
        let complaints = browser.complaints();
        assert!(complaints.is_empty(), "{page}: {complaints:?}");
    }
    // Nor may a script that got in by some other way: the policy forbids it.
    browser.run("const s = document.createElement('script'); s.textContent = 'window.ran = 3'; document.body.append(s)");
    assert_eq!(browser.text("window.ran"), "undefined");
}

#[test]
fn the_report_and_the_paper_print() {
    let town = Town::wyvern();
    let folder = town.printed(Audience::Partners);
    let Some(browser) = Browser::open(DESK.0, DESK.1) else {
        return;
    };
    browser.go(&folder.join("report.html"));
    let pages = |pdf: &[u8]| {
        String::from_utf8_lossy(pdf)
            .matches("/Type /Page\n")
            .count()
    };
    let report = pages(&browser.print("report.pdf"));
    assert!((4..40).contains(&report), "{report} pages");
    browser.go(&folder.join("paper.html"));
    let paper = pages(&browser.print("paper.pdf"));
    assert!((1..=3).contains(&paper), "{paper} pages");
}

#[test]
fn the_paper_says_which_lease_of_a_host_ends_before_the_money_does() {
    let folder = crate::folder::Folder::six();
    folder.replace(
        "buildings.csv",
        "council,Freehold,,,,,,",
        "council,Leasehold,2020-01-01,2031-03-24,,,,50000",
    );
    folder.run(
        &[
            "plan",
            ".",
            "--keep",
            "C001",
            "--dispose",
            "C002",
            "--out",
            "out",
        ],
        0,
    );
    let hosts = folder
        .read("out/actions.csv")
        .lines()
        .any(|line| line.starts_with("C001,") && line.contains("host"));
    assert!(hosts, "{}", folder.read("out/actions.csv"));
    assert!(
        folder.read("out/report.md").contains("24 March 2031"),
        "{}",
        folder.read("out/report.md")
    );
}

//! Page and paper as text; what a browser makes of them is tested from outside.

use super::super::audience::Audience;
use super::super::edition::Issue;
use super::super::fixture::Fixture;
use super::super::publish_report;
use super::super::{Format, publish};
use super::{Beside, export};
use std::fs;

/// The three files of a fixture.
fn printed(fixture: &Fixture, audience: Audience) -> [String; 3] {
    let mut edition = fixture.edition();
    edition.audience = audience;
    let pages = export(&Issue::new(&edition), &Beside::default()).expect("prints");
    ["report.html", "report.md", "paper.html"].map(|name| {
        let page = pages.iter().find(|page| page.path == name).expect(name);
        String::from_utf8(page.bytes.clone()).expect("UTF-8")
    })
}

#[test]
fn the_page_says_what_is_proposed_and_what_it_saves_of_what() {
    let [page, paper, _] = printed(&Fixture::six(), Audience::Partners);
    // Six buildings, of which A1 is sold; one of seven teams moves.
    let teams = Fixture::six().place.occupiers.len();
    let headline = format!(
        "The plan keeps 5 of 6 buildings, lets 1 of them go, and moves 1 of {teams} teams and counters."
    );
    assert!(
        page.contains(&headline) && paper.contains(&headline),
        "{paper}"
    );
    // 1.5 of 4.5 million is 33.3 %; the running cost falls by 55 of 352 thousand, 15.6 %.
    assert!(
        page.contains("33.3 % of the £4.50m"),
        "the saving has its denominator"
    );
    assert!(
        page.contains("15.6 % less against the £352k"),
        "and so has the running cost"
    );
    assert!(paper.contains("no plan within the same limits saves more than £1,510,000"));
    assert!(paper.contains("The gap is 0.33 % of the plan's cost of £3,000,000"));
}

#[test]
fn an_arrangement_that_people_chose_says_what_changes_for_the_public() {
    let mut fixture = Fixture::six();
    fixture.plan.status = crate::plan::Status::Appraised;
    fixture.plan.travel = None;
    let [_, paper, _] = printed(&fixture, Audience::Partners);
    assert!(paper.contains("What changes for the public"), "{paper}");
    assert!(
        paper.contains("If everybody went once to each service they need"),
        "{paper}"
    );
}

#[test]
fn counters_that_are_not_on_the_map_are_named_beside_the_ways_to_the_others() {
    let mut fixture = Fixture::six();
    let [_, paper, _] = printed(&fixture, Audience::Partners);
    assert!(!paper.contains("could not be placed on the map"));
    let counter = fixture.place.occupiers.iter().find(|one| {
        let service = fixture.place.service(one.service);
        service.counter
    });
    let building = counter.expect("there is one").building;
    fixture.place.buildings[building.index()].location = None;
    let [_, paper, _] = printed(&fixture, Audience::Partners);
    assert!(paper.contains("could not be placed on the map"), "{paper}");
}

#[test]
fn every_sentence_of_the_paper_names_its_source() {
    let [_, paper, html] = printed(&Fixture::six(), Audience::Partners);
    let sentences: Vec<&str> = paper
        .lines()
        .filter(|line| line.starts_with("* "))
        .collect();
    assert!(sentences.len() > 12, "{paper}");
    for sentence in &sentences {
        assert!(
            sentence.contains("(Source: ") && sentence.ends_with(')'),
            "{sentence}"
        );
    }
    assert_eq!(html.matches("<li>").count(), sentences.len());
    assert!(!html.contains("<script"));
}

#[test]
fn nothing_but_the_pages_own_script_may_run_and_nothing_is_fetched() {
    let [page, ..] = printed(&Fixture::six(), Audience::Partners);
    assert!(
        page.contains("default-src &#x27;none&#x27;") || page.contains("default-src 'none'"),
        "{}",
        &page[..600]
    );
    assert_eq!(
        page.matches("<script").count(),
        2,
        "the data and the page's own"
    );
    for address in ["http://", "https://", "src=\"//", "@import", "url(//"] {
        let outside = page.replace("http://www.w3.org/", "");
        assert!(!outside.contains(address), "{address}");
    }
}

#[test]
fn names_that_are_markup_are_text() {
    let mut fixture = Fixture::six();
    let evil = "</script><script>alert(1)</script>|*_`{{ 1 + 1 }}";
    fixture.place.name = evil.into();
    for building in &mut fixture.place.buildings {
        building.name = evil.into();
    }
    for service in &mut fixture.place.services {
        service.name = evil.into();
    }
    fixture.plan.conflicts = vec![evil.into()];
    let [page, paper, html] = printed(&fixture, Audience::Partners);
    assert!(!page.contains("<script>alert") && !html.contains("<script"));
    assert!(!paper.contains("<script>"), "{paper}");
    assert!(
        page.contains("{{ 1 + 1 }}"),
        "a template of the data is not filled in"
    );
}

#[test]
fn the_public_reads_who_goes_where_and_no_agencys_money() {
    let fixture = Fixture::six();
    let [page, paper, _] = printed(&fixture, Audience::Public);
    assert!(page.contains("printed for: public") && paper.contains("Printed for: public."));
    for part in [
        "id=\"money\"",
        "id=\"choices\"",
        "One-off cost",
        "Decisions that oppose",
    ] {
        assert!(!page.contains(part), "{part}");
    }
    assert!(page.contains("id=\"map\"") && page.contains("buildings-table"));
    let [page, ..] = printed(&fixture, Audience::Partners);
    assert!(page.contains("id=\"choices\"") && page.contains("Decisions that oppose"));
}

#[test]
fn what_other_verbs_put_beside_a_plan_is_shown_and_till_then_the_page_says_how_to_make_it() {
    let fixture = Fixture::six();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("plan");
    publish(&out, &fixture.edition(), &[Format::Report]).expect("publishes");
    let read = || fs::read_to_string(out.join("report.html")).expect("a report");
    for how in [
        "explain PLACE PLAN --all",
        "frontier PLACE --out PLAN/frontier",
        "partnership PLACE --out PLAN/partnership",
    ] {
        assert!(read().contains(how), "{how}");
    }
    let put = |name: &str, bytes: &[u8]| {
        let file = out.join(name);
        fs::create_dir_all(file.parent().expect("a folder")).expect("makes");
        fs::write(file, bytes).expect("writes");
    };
    put(
        "explanations.json",
        br#"[{"asset_id": "A1", "name": "A1", "action": "sell", "reason": "", "proof": "", "decided": null,
            "held_by": [{"rule": "r", "limit": "all within 3 km", "people": 12.0, "zones": []}],
            "opposite": {"asked": "keep", "outcome": "planned", "gap": null, "agencies": [], "buildings": [], "occupiers": [], "because": [],
            "price": {"at_least_gbp": 1000.0, "as_found_gbp": 2000.0, "at_most_gbp": 3000.0, "of": "net_present_value"}}}]"#,
    );
    put("frontier/frontier.png", b"\x89PNG...");
    let run = format!(
        "\"run\": {}",
        serde_json::json!({"inputs": fixture.plan.run.inputs})
    );
    put(
        "frontier/point-01/plan.json",
        format!("{{{run}}}").as_bytes(),
    );
    put(
        "frontier/frontier.json",
        br#"{"turned": "the mean way", "points": [{"folder": "point-01", "limit": 0.5, "saving_gbp": 4321.0, "saving_at_most_gbp": null}], "knee": null}"#,
    );
    put("partnership/shares.png", b"\x89PNG...");
    put(
        "partnership/partnership.json",
        format!(
            r#"{{{run}, "together_gbp": 9.0, "alone_gbp": 5.0, "adds_gbp": 4.0, "shares": [
            {{"name": "Council", "alone_gbp": 1.0, "by_ledger_gbp": 2.0, "share_gbp": 3.0, "transfer_gbp": 765.0}}]}}"#
        )
        .as_bytes(),
    );
    publish_report(&out, &fixture.edition()).expect("writes it again");
    let page = read();
    for told in [
        "Keeping it costs £2,000 more than the plan",
        "£4,321",
        "£765",
        "for 12 people more",
    ] {
        assert!(page.contains(told), "{told}");
    }
    // Partners' figures stay with them.
    let mut public = fixture.edition();
    public.audience = Audience::Public;
    publish_report(&out, &public).expect("writes it again");
    for told in ["£2,000", "£4,321", "£765"] {
        assert!(!read().contains(told), "{told}");
    }
    // A new plan is not explained by what explained the old one; the curve and the shares stay.
    publish(&out, &fixture.edition(), &[Format::Report]).expect("publishes");
    assert!(!read().contains("Keeping it costs") && read().contains("£4,321"));
    // Those of other data are none of this plan.
    put(
        "frontier/point-01/plan.json",
        br#"{"run": {"inputs": {"buildings.csv": "of last year"}}}"#,
    );
    publish(&out, &fixture.edition(), &[Format::Report]).expect("publishes");
    assert!(!read().contains("£4,321"));
}

//! What every picture keeps to, whatever it shows: read from its SVG.

use super::agency_money::agency_money;
use super::audience::Audience;
use super::charts::pounds;
use super::draw::{Ink, Paper, WHITE, in_grey, width};
use super::edition::Issue;
use super::fixture::Fixture;
use super::fixture_town::planned_town;
use super::pictures::{of_every_plan, on_request};
use crate::plan::{PhaseWish, Wish, phase, plan};
use resvg::usvg::roxmltree::{Document, Node};

/// Units of a picture for each of its pixels.
const FINE: f64 = 4.0;

/// The six buildings, planned and put into years for real.
fn phased() -> Fixture {
    let mut fixture = Fixture::six();
    let Fixture { place, travel, .. } = &fixture;
    let mut made = plan(place, travel, &Wish::default(), &()).expect("a plan");
    made.programme =
        Some(phase(place, travel, &made, &PhaseWish::default(), &()).expect("a programme"));
    fixture.plan = made;
    fixture
}

/// Every picture of a town and of the six buildings, on both papers.
fn all(audience: &Audience) -> Vec<(String, String)> {
    let mut drawn = Vec::new();
    for (place, fixture) in [
        ("town", planned_town()),
        ("six", Fixture::six()),
        ("phased", phased()),
    ] {
        for paper in [Paper::Flowing, Paper::A4] {
            let mut edition = fixture.edition();
            edition.audience = audience.clone();
            let mut issue = Issue::new(&edition);
            issue.paper = paper;
            let pictures = of_every_plan(&issue).into_iter().chain(on_request(&issue));
            for (name, svg) in pictures.flat_map(|picture| picture.sheets().expect("draws")) {
                drawn.push((format!("{place} {paper:?} {name}"), svg));
            }
        }
    }
    assert!(drawn.len() > 30, "{}", drawn.len());
    drawn
}

/// A piece of text: its words, and left, top, right, bottom in pixels.
struct Text {
    words: String,
    size: f64,
    ink: String,
    at: [f64; 4],
}

fn texts(document: &Document<'_>) -> Vec<Text> {
    let is_text = |node: &Node<'_, '_>| node.has_tag_name("text");
    document.descendants().filter(is_text).map(text).collect()
}

fn text(node: Node<'_, '_>) -> Text {
    let number = |name: &str| -> f64 {
        let value = node.attribute(name).and_then(|value| value.parse().ok());
        value.unwrap_or_else(|| panic!("{name} of {node:?}"))
    };
    let words = node.text().unwrap_or_default().trim().to_string();
    let size = number("font-size") / FINE;
    let wide = width(&words, size, node.attribute("font-weight") == Some("bold"));
    let left = number("x") / FINE
        - match node.attribute("text-anchor") {
            Some("middle") => wide / 2.0,
            Some("end") => wide,
            _ => 0.0,
        };
    let middle = number("y") / FINE;
    // From the top of a small letter to the baseline, and no more.
    let half = size * 0.28;
    Text {
        size,
        ink: node.attribute("fill").unwrap_or_default().to_string(),
        at: [left, middle - half, left + wide, middle + half],
        words,
    }
}

fn ink(hex: &str) -> Ink {
    let part = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("hex");
    Ink(part(1), part(3), part(5))
}

#[test]
fn every_picture_says_what_it_is_for_whom_and_whose_data_it_shows() {
    for (name, svg) in all(&Audience::Partners) {
        let document = Document::parse(&svg).expect("XML");
        let root = document.root_element();
        assert_eq!(root.attribute("role"), Some("img"), "{name}");
        for id in ["title", "desc"] {
            let told = document
                .descendants()
                .find(|n| n.attribute("id") == Some(id));
            let words = told.and_then(|n| n.text()).unwrap_or_default();
            assert!(words.len() > 10, "{id} of {name}");
        }
        assert!(svg.contains("The same in a table: "), "{name}");
        let words: Vec<String> = texts(&document).into_iter().map(|t| t.words).collect();
        let all = words.join(" ");
        assert!(all.contains("no decision has been taken"), "{name}: {all}");
        assert!(all.contains("Sources:"), "{name}");
        let is_map = [
            "actions",
            "moves",
            "access",
            "catchment",
            "distance",
            "by_agency",
        ];
        if is_map.iter().any(|kind| name.contains(&format!(" {kind}"))) {
            assert!(words.iter().any(|w| w == "N"), "no north on {name}");
            let bar = |w: &&String| w.ends_with(" km") && w.len() < 9;
            assert!(words.iter().any(|w| bar(&w)), "no scale on {name}");
        }
    }
}

#[test]
fn the_pictures_of_a_programme_count_its_money_and_not_that_of_its_end_state() {
    let fixture = phased();
    let edition = fixture.edition();
    let issue = Issue::new(&edition);
    let plan = &fixture.plan;
    let programme = plan.programme.as_ref().expect("phased");
    assert!((programme.saving_gbp - plan.saving_gbp).abs() > 1_000.0);
    // Each agency's years, discounted, come to what the programme saves; so does the sum of the years.
    let each: f64 = agency_money(plan).iter().map(|one| one.npv).sum();
    assert!((each - programme.saving_gbp).abs() < 1.0, "{each}");
    let years = plan.cash_as_done();
    let last = years.last().expect("a year");
    assert!((last.present_so_far - programme.saving_gbp).abs() < 1.0);
    let back = plan.money_back().expect("known");
    let most_out = years.iter().map(|year| -year.so_far).fold(0.0, f64::max);
    assert!((back.most_out_gbp - most_out).abs() < 0.01);
    for picture in of_every_plan(&issue) {
        let Some((_, svg)) = picture.sheets().expect("draws").pop() else {
            continue;
        };
        match picture.name.as_str() {
            "agencies" | "cash_flow" => assert_eq!(picture.twin, "programme_cash.csv"),
            "savings" => assert!(svg.contains(&pounds(programme.saving_gbp)), "savings"),
            _ => continue,
        }
        let lines = texts(&Document::parse(&svg).expect("XML"));
        let words: Vec<String> = lines.into_iter().map(|line| line.words).collect();
        let words = words.join(" ");
        assert!(
            words.contains("year by year") || words.contains("programme"),
            "{}",
            picture.name
        );
    }
}

#[test]
fn text_is_twelve_pixels_dark_and_on_the_sheet() {
    for (name, svg) in all(&Audience::Partners) {
        let document = Document::parse(&svg).expect("XML");
        let view = document.root_element().attribute("viewBox").expect("one");
        let view: Vec<f64> = view
            .split(' ')
            .map(|n| n.parse::<f64>().expect("a number") / FINE)
            .collect();
        for text in texts(&document) {
            // On A4, which is 297 mm wide, as it is printed: 96 pixels to the inch.
            let printed = match name.contains("A4") {
                true => text.size * (297.0 / 25.4 * 96.0) / view[2],
                false => text.size,
            };
            assert!(printed >= 12.0, "{name}: {printed} px, {}", text.words);
            assert!(
                ink(&text.ink).contrast(WHITE) >= 4.5,
                "{name}: {}",
                text.words
            );
            let [left, top, right, bottom] = text.at;
            let inside = left >= view[0] && right <= view[0] + view[2] && top >= 0.0;
            assert!(
                inside && bottom <= view[3],
                "{name}: {} {:?}",
                text.words,
                text.at
            );
        }
    }
}

#[test]
fn a_picture_with_many_rows_takes_more_sheets_of_paper_and_not_smaller_letters() {
    let mut fixture = phased();
    let rule = fixture.plan.rules[0].clone();
    let own = fixture.plan.ledger[0].clone();
    fixture.plan.rules = vec![rule; 40];
    fixture.plan.ledger = vec![own; 30];
    let edition = fixture.edition();
    let mut issue = Issue::new(&edition);
    for (paper, of_rules, of_agencies) in [(Paper::Flowing, 1, 1), (Paper::A4, 2, 3)] {
        issue.paper = paper;
        for picture in of_every_plan(&issue) {
            let sheets = picture.sheets().expect("draws");
            match picture.name.as_str() {
                "rules" => assert_eq!(sheets.len(), of_rules),
                "agencies" => assert_eq!(sheets.len(), of_agencies),
                _ => continue,
            }
            let totals = sheets
                .iter()
                .filter(|(_, svg)| svg.contains("All agencies"));
            assert_eq!(totals.count(), usize::from(picture.name == "agencies"));
            for (at, (name, svg)) in sheets.iter().enumerate() {
                let own = match at {
                    0 => picture.name.clone(),
                    at => format!("{}_{}", picture.name, at + 1),
                };
                assert_eq!(*name, own);
                let told = format!("Sheet {} of {}.", at + 1, sheets.len());
                assert_eq!(svg.contains(&told), sheets.len() > 1);
                let wide = svg.split_once("viewBox=\"0 0 ").expect("no margin").1;
                assert!(wide.starts_with("4800 "), "{name}");
            }
        }
    }
}

#[test]
fn no_words_are_written_over_others() {
    let mut over = Vec::new();
    for (name, svg) in all(&Audience::Partners) {
        let document = Document::parse(&svg).expect("XML");
        let all = texts(&document);
        for (at, one) in all.iter().enumerate() {
            for other in &all[..at] {
                let (a, b) = (one.at, other.at);
                let wide = a[2].min(b[2]) - a[0].max(b[0]);
                let high = a[3].min(b[3]) - a[1].max(b[1]);
                if wide > 1.0 && high > 1.0 {
                    over.push(format!("{name}: {} | {}", one.words, other.words));
                }
            }
        }
    }
    assert!(over.is_empty(), "{over:#?}");
}

#[test]
fn a_grey_picture_has_no_colour() {
    for (name, svg) in all(&Audience::Partners) {
        let grey = in_grey(&svg);
        let document = Document::parse(&grey).expect("XML");
        for node in document.descendants() {
            for colour in ["fill", "stroke"].iter().filter_map(|a| node.attribute(*a)) {
                if colour.starts_with('#') {
                    let Ink(red, green, blue) = ink(colour);
                    assert!(red == green && green == blue, "{name}: {colour}");
                }
            }
        }
        assert_eq!(grey.matches("<text").count(), svg.matches("<text").count());
    }
}

#[test]
fn paper_is_a4_landscape() {
    for (name, svg) in all(&Audience::Public) {
        if name.contains("A4") {
            let document = Document::parse(&svg).expect("XML");
            let root = document.root_element();
            assert_eq!(root.attribute("width"), Some("297mm"), "{name}");
            let view: Vec<f64> = root
                .attribute("viewBox")
                .expect("one")
                .split(' ')
                .map(|n| n.parse().expect("a number"))
                .collect();
            let ratio = view[2] / view[3];
            assert!((ratio - 297.0 / 210.0).abs() < 0.001, "{name}: {ratio}");
        }
    }
}

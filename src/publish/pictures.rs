//! Every picture of an edition: drawn once as SVG, and again as PNG from that SVG.

use super::charts::{agencies_chart, cash_chart, programme_chart, tornado_chart, waterfall_chart};
use super::draw::png;
use super::edition::Issue;
use super::error::PublishError;
use super::exporter::Page;
use super::maps::{access_map, actions_map, moves_map};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Pixels of a PNG for each pixel of the SVG: sharp on screens and in print, and made in seconds.
const PNG_SCALE: f32 = 1.5;

type Drawing<'a> = Box<dyn Fn() -> Option<Result<String, String>> + Send + Sync + 'a>;

/// The pictures in the formats asked for.
pub(super) fn export(
    issue: &Issue<'_>,
    svg: bool,
    as_png: bool,
) -> Result<Vec<Page>, PublishError> {
    let mut drawings: Vec<(String, Drawing<'_>)> = vec![
        ("actions".into(), Box::new(|| Some(actions_map(issue)))),
        ("moves".into(), Box::new(|| Some(moves_map(issue)))),
        ("savings".into(), Box::new(|| waterfall_chart(issue))),
        ("agencies".into(), Box::new(|| agencies_chart(issue))),
        ("cash_flow".into(), Box::new(|| cash_chart(issue))),
        ("sensitivity".into(), Box::new(|| tornado_chart(issue))),
        ("programme".into(), Box::new(|| programme_chart(issue))),
    ];
    let mut taken = BTreeSet::new();
    for service in &issue.access {
        let id = issue.place().service(service.service).id.as_str();
        let name = format!("access_{}", file_stem(id, &mut taken));
        drawings.push((name, Box::new(move || Some(access_map(issue, service)))));
    }
    let pages: Result<Vec<Vec<Page>>, PublishError> = drawings
        .par_iter()
        .map(|(name, drawing)| {
            let Some(drawn) = drawing() else {
                return Ok(Vec::new());
            };
            let file = format!("maps/{name}.svg");
            let drawn = drawn.map_err(|fault| PublishError::page(&file, fault))?;
            let mut pages = Vec::new();
            if as_png {
                let file = format!("maps/{name}.png");
                let bytes =
                    png(&drawn, PNG_SCALE).map_err(|fault| PublishError::page(&file, fault))?;
                pages.push(Page::new(file, bytes));
            }
            if svg {
                pages.push(Page::new(file, drawn.into_bytes()));
            }
            Ok(pages)
        })
        .collect();
    Ok(pages?.into_iter().flatten().collect())
}

/// A service's id as a file name that is its own on every system.
pub(super) fn file_stem(id: &str, taken: &mut BTreeSet<String>) -> String {
    let plain: String = id
        .to_lowercase()
        .chars()
        .take(40)
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    let tails = std::iter::once(String::new()).chain((2_u32..).map(|n| format!("_{n}")));
    let free = tails
        .map(|tail| format!("{plain}{tail}"))
        .find(|name| !taken.contains(name));
    let free = free.unwrap_or(plain);
    taken.insert(free.clone());
    free
}

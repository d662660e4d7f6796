//! Every picture of an edition: drawn once as SVG, and again as PNG from that SVG.

use super::charts::{
    agencies_chart, agencies_twin, cash_chart, cash_twin, frontier_chart, programme_chart,
    scorecard_chart, tornado_chart, waterfall_chart,
};
use super::draw::png;
use super::edition::Issue;
use super::error::PublishError;
use super::exporter::Page;
use super::maps::{
    access_map, actions_map, by_agency_map, catchment_map, distance_maps, moves_map,
};
use super::partnership::partnership_chart;
use super::report::Beside;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Pixels of a PNG for each pixel of the SVG: sharp on screens and in print, and made in seconds.
const PNG_SCALE: f32 = 1.5;

type Drawing<'a> = Box<dyn Fn() -> Option<Result<Vec<String>, String>> + Send + Sync + 'a>;

/// One picture, on as many sheets as it needs.
pub(super) struct Picture<'a> {
    /// The name of its file, without its ending.
    pub(super) name: String,
    /// The table that says the same.
    pub(super) twin: &'static str,
    draw: Drawing<'a>,
}

impl<'a> Picture<'a> {
    fn new(
        name: impl Into<String>,
        twin: &'static str,
        draw: impl Fn() -> Option<Result<String, String>> + Send + Sync + 'a,
    ) -> Self {
        Self::on_sheets(name, twin, move || {
            draw().map(|one| one.map(|svg| vec![svg]))
        })
    }

    fn on_sheets(
        name: impl Into<String>,
        twin: &'static str,
        draw: impl Fn() -> Option<Result<Vec<String>, String>> + Send + Sync + 'a,
    ) -> Self {
        Self {
            name: name.into(),
            twin,
            draw: Box::new(draw),
        }
    }

    /// Its sheets, each with the name of its file and its SVG; none where there is nothing to show, or
    /// nothing that the audience may see.
    pub(super) fn sheets(&self) -> Result<Vec<(String, String)>, PublishError> {
        let fault = |fault| PublishError::page(&format!("{}.svg", self.name), fault);
        let sheets = (self.draw)().transpose().map_err(fault)?;
        let names = std::iter::once(self.name.clone())
            .chain((2_u32..).map(|sheet| format!("{}_{sheet}", self.name)));
        Ok(names.zip(sheets.unwrap_or_default()).collect())
    }
}

/// The pictures that are in every plan folder.
pub(super) fn of_every_plan<'a>(issue: &'a Issue<'_>) -> Vec<Picture<'a>> {
    let mut all = vec![
        Picture::new("actions", "actions.csv", || Some(actions_map(issue))),
        Picture::new("moves", "moves.csv", || Some(moves_map(issue))),
        Picture::new("savings", "ledger.csv", || waterfall_chart(issue)),
        Picture::on_sheets("agencies", agencies_twin(issue), || agencies_chart(issue)),
        Picture::new("cash_flow", cash_twin(issue), || cash_chart(issue)),
        Picture::new("sensitivity", "sensitivity.csv", || tornado_chart(issue)),
        Picture::on_sheets("programme", "programme.csv", || programme_chart(issue)),
        Picture::on_sheets("rules", "access.csv", || scorecard_chart(issue)),
    ];
    all.extend(of_services(issue).map(|(stem, service)| {
        let name = format!("access_{stem}");
        Picture::new(name, "zones.csv", move || Some(access_map(issue, service)))
    }));
    all
}

/// Those that are drawn when somebody asks for them.
pub(super) fn on_request<'a>(issue: &'a Issue<'_>) -> Vec<Picture<'a>> {
    let by_agency = || Some(by_agency_map(issue));
    let mut all = vec![Picture::new("by_agency", "actions.csv", by_agency)];
    for (stem, service) in of_services(issue) {
        let distances = move || Some(distance_maps(issue, service));
        let catchments = move || Some(catchment_map(issue, service));
        all.extend([
            Picture::new(format!("distance_{stem}"), "zones.csv", distances),
            Picture::new(format!("catchment_{stem}"), "zones.csv", catchments),
        ]);
    }
    all
}

/// Those of what other verbs have put into the plan folder.
pub(super) fn of_beside<'a>(issue: &'a Issue<'_>, beside: &'a Beside) -> Vec<Picture<'a>> {
    let (place, paper) = (issue.place(), issue.paper);
    let curve = beside.curve.iter().map(|curve| {
        let draw = move || Some(frontier_chart(place, curve, paper));
        Picture::new("frontier", "frontier/frontier.csv", draw)
    });
    let shares = beside.shares.iter().map(|shares| {
        let draw = move || Some(partnership_chart(place, shares, paper));
        Picture::new("partnership", "partnership/shares.csv", draw)
    });
    curve.chain(shares).collect()
}

/// The services that have maps, with a name for files.
fn of_services<'a>(
    issue: &'a Issue<'_>,
) -> impl Iterator<Item = (String, &'a super::access_change::ServiceChange)> {
    let mut taken = BTreeSet::new();
    issue.access.iter().map(move |service| {
        let id = issue.place().service(service.service).id.as_str();
        (file_stem(id, &mut taken), service)
    })
}

/// The pictures of a plan folder, in the formats asked for.
pub(super) fn export(
    issue: &Issue<'_>,
    svg: bool,
    as_png: bool,
) -> Result<Vec<Page>, PublishError> {
    let pages: Result<Vec<Vec<Page>>, PublishError> = of_every_plan(issue)
        .par_iter()
        .with_max_len(1)
        .map(|picture| {
            let mut pages = Vec::new();
            for (name, drawn) in picture.sheets()? {
                if as_png {
                    let file = format!("maps/{name}.png");
                    let bytes =
                        png(&drawn, PNG_SCALE).map_err(|fault| PublishError::page(&file, fault))?;
                    pages.push(Page::new(file, bytes));
                }
                if svg {
                    let file = format!("maps/{name}.svg");
                    pages.push(Page::new(file, drawn.into_bytes()));
                }
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

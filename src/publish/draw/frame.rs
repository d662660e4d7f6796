//! What every picture has around it: title, subtitle, notes, sources.

use super::labels::Box2;
use super::sheet::{Anchor, Pen, Sheet, draw};
use super::style::{MARGIN, OUTLINE, PAGE_WIDTH, QUIET, SMALL, SUBTITLE, TEXT, TITLE};
use super::text::{elided, wrapped};
use crate::place::Place;
use std::collections::BTreeSet;

const HEAD: f64 = 92.0;
const LINE: f64 = SMALL * 1.4;

/// The words of a picture.
pub(in super::super) struct Frame {
    /// What it says, with the place's name.
    pub(in super::super) title: String,
    /// What it is of: measure, unit, base date.
    pub(in super::super) subtitle: String,
    /// The same for those who hear it read out, with the main figures.
    pub(in super::super) description: String,
    /// What it leaves out and how to read it.
    pub(in super::super) notes: Vec<String>,
    /// Licences and attributions.
    pub(in super::super) sources: String,
    /// Height of the middle part, pixels.
    pub(in super::super) body: f64,
}

impl Frame {
    /// Draws the words, and lets `paint` fill the middle.
    pub(in super::super) fn draw(
        &self,
        paint: impl FnOnce(&mut Sheet<'_>, Box2),
    ) -> Result<String, String> {
        let room = PAGE_WIDTH - 2.0 * MARGIN;
        let notes = self.notes.join(" ");
        let mut lines = wrapped(&notes, SMALL, room);
        lines.extend(wrapped(&self.sources, SMALL, room));
        let foot = lines.len() as f64 * LINE + 30.0;
        let size = (PAGE_WIDTH, HEAD + self.body + foot);
        draw(size, &self.title, &self.description, |sheet| {
            let title = elided(&self.title, TITLE, true, room);
            sheet.text(&title, (MARGIN, 38.0), TITLE, TEXT, true, Anchor::Start);
            let subtitle = elided(&self.subtitle, SUBTITLE, false, room);
            sheet.text(
                &subtitle,
                (MARGIN, 66.0),
                SUBTITLE,
                QUIET,
                false,
                Anchor::Start,
            );
            paint(
                sheet,
                Box2(MARGIN, HEAD, PAGE_WIDTH - MARGIN, HEAD + self.body),
            );
            let mut y = HEAD + self.body + 16.0;
            sheet.polyline(
                &[(MARGIN, y), (PAGE_WIDTH - MARGIN, y)],
                Pen(OUTLINE, 0.5, 1.0),
            );
            y += 14.0;
            for line in &lines {
                sheet.text(line, (MARGIN, y), SMALL, QUIET, false, Anchor::Start);
                y += LINE;
            }
        })
    }
}

/// Who published what a picture shows, and under which licence: every licence once.
pub(in super::super) fn sources_line(place: &Place) -> String {
    let mut said = BTreeSet::new();
    let mut words = Vec::new();
    for source in &place.sources {
        let who = source
            .source
            .as_deref()
            .map(str::trim)
            .filter(|w| !w.is_empty());
        let licence = source
            .licence
            .as_deref()
            .map(str::trim)
            .filter(|w| !w.is_empty());
        let one = match (who, licence) {
            (Some(who), Some(licence)) => format!("{who}: {licence}"),
            (Some(one), None) | (None, Some(one)) => one.to_string(),
            (None, None) => continue,
        };
        if said.insert(one.clone()) {
            words.push(one);
        }
    }
    if words.is_empty() {
        return "Sources: the tables named in place.toml; they state no licence.".to_string();
    }
    format!("Sources: {}.", words.join("; ").trim_end_matches('.'))
}

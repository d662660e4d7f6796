//! What every picture has around it: title, subtitle, notes, sources.

use super::labels::Box2;
use super::paper::Paper;
use super::sheet::{Anchor, Pen, Sheet, draw};
use super::style::{MARGIN, OUTLINE, PAGE_WIDTH, QUIET, SMALL, SUBTITLE, TEXT, TITLE};
use super::text::{elided, width, wrapped};
use crate::place::Place;

pub(super) const HEAD: f64 = 92.0;
const LINE: f64 = SMALL * 1.4;

/// The words of a picture.
pub(in super::super) struct Frame {
    /// The place's name, cut where the message leaves it too little room.
    pub(in super::super) place: String,
    /// What the picture says, in a few words after the place's name.
    pub(in super::super) message: String,
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
    /// Draws the words on a page that is as high as it needs, and lets `paint` fill the middle.
    pub(in super::super) fn draw(
        &self,
        paint: impl FnOnce(&mut Sheet<'_>, Box2),
    ) -> Result<String, String> {
        self.draw_on(Paper::Flowing, paint)
    }

    /// Draws the words on this paper, and lets `paint` fill the middle.
    pub(in super::super) fn draw_on(
        &self,
        paper: Paper,
        paint: impl FnOnce(&mut Sheet<'_>, Box2),
    ) -> Result<String, String> {
        let room = PAGE_WIDTH - 2.0 * MARGIN;
        let notes = self.notes.join(" ");
        let mut lines = wrapped(&notes, SMALL, room);
        lines.extend(wrapped(&self.sources, SMALL, room));
        let foot = lines.len() as f64 * LINE + 30.0;
        let canvas = paper.canvas(HEAD + self.body + foot);
        let bottom = canvas.size.1 - foot;
        let title = format!("{}: {}", self.place, self.message);
        draw(&canvas, &title, &self.description, |sheet| {
            let message = format!(": {}", self.message);
            let left = (room - width(&message, TITLE, true)).max(room * 0.2);
            let title = elided(&self.place, TITLE, true, left) + &message;
            let title = elided(&title, TITLE, true, room);
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
            paint(sheet, Box2(MARGIN, HEAD, PAGE_WIDTH - MARGIN, bottom));
            let mut y = bottom + 16.0;
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

/// Who published what a picture shows, of when, and under which licence: each licence once, with the
/// sources it covers.
pub(in super::super) fn sources_line(place: &Place) -> String {
    let said = |words: &Option<String>| {
        let words = words.as_deref().map(str::trim).unwrap_or_default();
        words.trim_end_matches('.').to_string()
    };
    let mut licences: Vec<(String, Vec<String>)> = Vec::new();
    for source in &place.sources {
        let (who, licence) = (said(&source.source), said(&source.licence));
        if who.is_empty() && licence.is_empty() {
            continue;
        }
        let at = licences.iter().position(|(known, _)| *known == licence);
        let at = at.unwrap_or_else(|| {
            licences.push((licence, Vec::new()));
            licences.len() - 1
        });
        let month = source.as_of.map(|day| day.strftime("%B %Y").to_string());
        let one = match month {
            Some(month) if !who.is_empty() => format!("{who} ({month})"),
            _ => who,
        };
        if !one.is_empty() && !licences[at].1.contains(&one) {
            licences[at].1.push(one);
        }
    }
    let lines: Vec<String> = licences
        .into_iter()
        .map(
            |(licence, who)| match (licence.is_empty(), who.is_empty()) {
                (true, _) => format!("{}.", who.join("; ")),
                (_, true) => format!("{licence}."),
                _ => format!("{licence}: {}.", who.join("; ")),
            },
        )
        .collect();
    if lines.is_empty() {
        return "Sources: the tables named in place.toml; they state no licence.".to_string();
    }
    format!("Sources: {}", lines.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::Source;
    use crate::place::sample::empty;

    #[test]
    fn a_licence_is_said_once_with_the_sources_and_months_it_covers() {
        let mut place = empty("Wyvern");
        let source = |who: Option<&str>, licence: Option<&str>, as_of: Option<&str>| Source {
            file: "x.csv".into(),
            table: "buildings".into(),
            as_of: as_of.and_then(|day| day.parse().ok()),
            source: who.map(String::from),
            licence: licence.map(String::from),
            sha256: String::new(),
            rows: 1,
        };
        place.sources = vec![
            source(None, Some("Contains OS data."), None),
            source(Some("Council"), Some("OGL v3"), Some("2026-01-31")),
            source(Some("NHS"), Some("OGL v3"), None),
            source(Some("NHS"), Some("OGL v3"), None),
            source(None, None, None),
        ];
        assert_eq!(
            sources_line(&place),
            "Sources: Contains OS data. OGL v3: Council (January 2026); NHS."
        );
    }
}

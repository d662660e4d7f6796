//! What every picture has around it: title, subtitle, notes, sources.

use super::labels::Box2;
use super::paper::Paper;
use super::sheet::{Anchor, Pen, Sheet, draw};
use super::style::{MARGIN, OUTLINE, PAGE_WIDTH, QUIET, SMALL, SUBTITLE, TEXT, TITLE};
use super::text::{elided, width, wrapped};
use crate::place::Place;

pub(super) const HEAD: f64 = 92.0;
const LINE: f64 = SMALL * 1.4;
const ROOM: f64 = PAGE_WIDTH - 2.0 * MARGIN;

/// Height of so many lines of notes and sources, with the line above them.
pub(super) fn foot(lines: usize) -> f64 {
    lines as f64 * LINE + 30.0
}

/// Words under a picture, line by line.
pub(super) fn lines(words: &str) -> Vec<String> {
    wrapped(words, SMALL, ROOM)
}

/// Where a sheet stands among those of one picture.
#[derive(Clone, Copy)]
pub(in super::super) struct Turn {
    pub(in super::super) is_first: bool,
    pub(in super::super) is_last: bool,
}

/// The words of a picture.
#[derive(Clone)]
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
    /// Notes and sources, line by line.
    fn lines(&self) -> Vec<String> {
        let mut all = lines(&self.notes.join(" "));
        all.extend(lines(&self.sources));
        all
    }

    /// How high the middle may be on this paper, if text is to keep its size.
    pub(in super::super) fn room(&self, paper: Paper) -> f64 {
        paper
            .room(foot(self.lines().len()))
            .unwrap_or(f64::INFINITY)
    }

    /// Draws rows on as many sheets as they need: `high` is what a row takes, `beside` what the other parts
    /// of a sheet take of its height. `paint` fills the middle of a sheet with the rows it is given.
    pub(in super::super) fn draw_rows<T>(
        &self,
        paper: Paper,
        rows: &[T],
        high: impl Fn(&T) -> f64,
        beside: impl Fn(usize) -> f64,
        paint: impl Fn(&mut Sheet<'_>, Box2, Turn, &[T]),
    ) -> Result<Vec<String>, String> {
        let room = self.room(paper);
        let pages = in_pages(rows, &high, |page| room - beside(page));
        let sheet = |(page, rows): (usize, &&[T])| {
            let mut frame = self.clone();
            frame.body = beside(page) + rows.iter().map(&high).sum::<f64>();
            if pages.len() > 1 {
                let of = format!(" Sheet {} of {}.", page + 1, pages.len());
                frame.subtitle += &of;
                frame.description += &of;
            }
            let turn = Turn {
                is_first: page == 0,
                is_last: page + 1 == pages.len(),
            };
            frame.draw_on(paper, |sheet, area| paint(sheet, area, turn, rows))
        };
        pages.iter().enumerate().map(sheet).collect()
    }

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
        let lines = self.lines();
        let foot = foot(lines.len());
        let canvas = paper.canvas(HEAD + self.body + foot);
        let bottom = canvas.size.1 - foot;
        let title = format!("{}: {}", self.place, self.message);
        draw(&canvas, &title, &self.description, |sheet| {
            let message = format!(": {}", self.message);
            let left = (ROOM - width(&message, TITLE, true)).max(ROOM * 0.2);
            let title = elided(&self.place, TITLE, true, left) + &message;
            let size = fitting(&title, TITLE, true);
            let title = elided(&title, size, true, ROOM);
            sheet.text(&title, (MARGIN, 38.0), size, TEXT, true, Anchor::Start);
            let size = fitting(&self.subtitle, SUBTITLE, false);
            let subtitle = elided(&self.subtitle, size, false, ROOM);
            sheet.text(&subtitle, (MARGIN, 66.0), size, QUIET, false, Anchor::Start);
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

/// The size in which words fit on a line, no smaller than three quarters of theirs, nor than the smallest letter.
fn fitting(words: &str, size: f64, bold: bool) -> f64 {
    let fits = size * ROOM / width(words, size, bold).max(1.0);
    fits.clamp((size * 0.75).max(SMALL), size)
}

/// Rows by the page: as many on each as its room holds, but one at least.
fn in_pages<T>(rows: &[T], high: impl Fn(&T) -> f64, room: impl Fn(usize) -> f64) -> Vec<&[T]> {
    let mut pages = Vec::new();
    let mut left = rows;
    loop {
        let mut taken = 0.0;
        let fits = left.iter().take_while(|row| {
            taken += high(row);
            taken <= room(pages.len())
        });
        let many = fits.count().clamp(1.min(left.len()), left.len());
        let (page, rest) = left.split_at(many);
        pages.push(page);
        left = rest;
        if left.is_empty() {
            return pages;
        }
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
    fn rows_go_onto_as_many_pages_as_they_need() {
        let high = |row: &f64| *row;
        // 60 fit on the first page, 100 on the others: 20 + 30, then 50 + 40, then one that fits nowhere.
        let room = |page: usize| if page == 0 { 60.0 } else { 100.0 };
        let rows = [20.0, 30.0, 50.0, 40.0, 500.0];
        let pages = in_pages(&rows, high, room);
        assert_eq!(pages, [&rows[..2], &rows[2..4], &rows[4..]]);
        assert_eq!(in_pages(&[], high, room), [&[] as &[f64]]);
        assert_eq!(in_pages(&rows, high, |_| f64::INFINITY), [&rows]);
    }

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

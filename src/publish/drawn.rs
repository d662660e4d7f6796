//! The pictures of a plan, drawn again: for print, in grey, at another size.

use super::about::{NOTICE, audience_line};
use super::cell::Cell;
use super::csv_file::CsvFile;
use super::draw::{Paper, Size, in_grey, sized_png, sources_line};
use super::edition::{Edition, Issue};
use super::error::PublishError;
use super::exporter::Page;
use super::folder;
use super::pictures::{Picture, of_beside, of_every_plan, on_request};
use super::report::Beside;
use rayon::prelude::*;
use std::path::Path;

/// What pictures are drawn for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Variant {
    /// Screens: in colour, each as high as it needs to be.
    #[default]
    Light,
    /// Paper: in colour, A4 landscape.
    Print,
    /// Screens, in grey.
    Grey,
    /// Paper, in grey.
    PrintGrey,
}

impl Variant {
    fn paper(self) -> Paper {
        match self {
            Self::Light | Self::Grey => Paper::Flowing,
            Self::Print | Self::PrintGrey => Paper::A4,
        }
    }

    fn is_grey(self) -> bool {
        matches!(self, Self::Grey | Self::PrintGrey)
    }

    fn words(self) -> &'static str {
        match self {
            Self::Light => "in colour, for screens",
            Self::Print => "in colour, A4 landscape",
            Self::Grey => "in grey, for screens",
            Self::PrintGrey => "in grey, A4 landscape",
        }
    }

    /// Pixels of a PNG from left to right, where nobody asks for others: on paper 300 to the inch.
    pub fn width(self) -> u32 {
        match self.paper() {
            Paper::Flowing => 1_800,
            Paper::A4 => 3_508,
        }
    }
}

/// The pictures of a plan, as they were asked for.
#[derive(Clone, Debug)]
pub struct DrawnEdition<'a> {
    /// The plan and its place.
    pub edition: Edition<'a>,
    /// The plan's folder: where `frontier` and `partnership` lie in it and are of this plan, their charts
    /// are drawn too.
    pub folder: &'a Path,
    /// What they are drawn for.
    pub variant: Variant,
    /// Pixels of each PNG from left to right.
    pub width: u32,
    /// Only these, by name, or by what their names begin with (`access` for `access_library` and the
    /// like); all where empty.
    pub only: &'a [String],
}

/// Writes a folder of pictures, each as SVG and PNG: those that a plan folder has in `maps/`, and of every
/// service the distance today and after and who goes where, and a small map for each agency. `pictures.csv`
/// has their titles, descriptions and table twins. Gives how many there are.
///
/// # Errors
/// [`PublishError::Target`] where the folder is not ours, [`PublishError::Audience`] where the place has no
/// such agency, [`PublishError::Picture`] where a name is none of a picture (exit code 2); else what went wrong.
pub fn publish_drawn(out: &Path, drawn: &DrawnEdition<'_>) -> Result<usize, PublishError> {
    drawn.edition.audience.check(drawn.edition.place)?;
    let target = folder::Target::check(out, folder::Kind::Drawn)?;
    let mut issue = Issue::new(&drawn.edition);
    issue.paper = drawn.variant.paper();
    let edition = &drawn.edition;
    let beside = Beside::read(drawn.folder, &edition.audience, false, edition.plan);
    let mut all = of_every_plan(&issue);
    all.extend(on_request(&issue));
    all.extend(of_beside(&issue, &beside));
    let made: Vec<Made> = drawn.made(&all)?;
    drawn.knows_all(&all, &made)?;
    let mut pages = vec![drawn.about(made.len()), drawn.table(&made)?];
    let count = made.len();
    for one in made {
        pages.push(Page::new(format!("{}.png", one.name), one.png));
        pages.push(Page::new(format!("{}.svg", one.name), one.svg.into_bytes()));
    }
    target.write(&pages)?;
    Ok(count)
}

/// Whether [`publish_drawn`] may write there: asked before the work rather than after it.
///
/// # Errors
/// As [`publish_drawn`] where the target is not ours.
pub fn may_publish_drawn(out: &Path) -> Result<(), PublishError> {
    folder::Target::check(out, folder::Kind::Drawn).map(|_| ())
}

/// A picture that was drawn.
struct Made {
    name: String,
    twin: &'static str,
    svg: String,
    png: Vec<u8>,
}

impl DrawnEdition<'_> {
    fn made(&self, all: &[Picture<'_>]) -> Result<Vec<Made>, PublishError> {
        let wanted = |picture: &&Picture<'_>| {
            self.only.is_empty() || self.only.iter().any(|name| named(&picture.name, name))
        };
        let made: Result<Vec<Vec<Made>>, PublishError> = all
            .par_iter()
            .with_max_len(1)
            .filter(wanted)
            .map(|picture| {
                let sheets = picture.sheets()?.into_iter();
                sheets.map(|sheet| self.one(picture, sheet)).collect()
            })
            .collect();
        Ok(made?.into_iter().flatten().collect())
    }

    fn one(
        &self,
        picture: &Picture<'_>,
        (name, svg): (String, String),
    ) -> Result<Made, PublishError> {
        let svg = match self.variant.is_grey() {
            true => in_grey(&svg),
            false => svg,
        };
        let fault = |fault| PublishError::page(&format!("{name}.png"), fault);
        Ok(Made {
            twin: picture.twin,
            png: sized_png(&svg, Size::Width(self.width)).map_err(fault)?,
            name,
            svg,
        })
    }

    /// Refuses a name that nothing was drawn for.
    fn knows_all(&self, all: &[Picture<'_>], made: &[Made]) -> Result<(), PublishError> {
        let drawn = |name: &String| made.iter().any(|one| named(&one.name, name));
        let Some(unknown) = self.only.iter().find(|name| !drawn(name)) else {
            return Ok(());
        };
        let mut known = Vec::new();
        for picture in all {
            if !picture.sheets()?.is_empty() {
                known.push(picture.name.clone());
            }
        }
        Err(PublishError::Picture {
            name: unknown.clone(),
            known,
        })
    }

    fn about(&self, count: usize) -> Page {
        let place = self.edition.place;
        let text = format!(
            "{}: {count} maps and charts of a plan, {}, PNG {} pixels wide\n\n{NOTICE}\n{}\n\
             pictures.csv: title, description in words, and the table of the plan folder that says the same, of each.\n\n{}\n",
            place.name,
            self.variant.words(),
            self.width,
            audience_line(&self.edition.audience),
            sources_line(place)
        );
        Page::new("about.txt", text.into_bytes())
    }

    fn table(&self, made: &[Made]) -> Result<Page, PublishError> {
        let header = ["picture", "title", "description", "table"];
        let mut file = CsvFile::new("pictures.csv", &header, self.edition.excel)?;
        for one in made {
            file.row(&[
                Cell::key(&one.name),
                Cell::text(told(&one.svg, "title")),
                Cell::text(told(&one.svg, "desc")),
                Cell::key(one.twin),
            ])?;
        }
        Ok(Page::new("pictures.csv", file.finish()?))
    }
}

/// Whether a picture goes by a name: its own, or that of its kind.
fn named(picture: &str, name: &str) -> bool {
    let rest = picture.strip_prefix(name);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
}

/// The words of an element of a picture of ours.
fn told(svg: &str, element: &str) -> String {
    let from = format!("<{element} id=\"{element}\">");
    let words = svg
        .split_once(&from)
        .and_then(|(_, rest)| rest.split_once("</"));
    let words = words.map_or("", |(words, _)| words);
    let plain = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ];
    plain.iter().fold(words.to_string(), |words, (from, to)| {
        words.replace(from, to)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_of_picture_names_all_of_it_and_nothing_else() {
        assert!(named("access_library", "access_library"));
        assert!(named("access_library", "access"));
        assert!(!named("access_library", "acc"));
        assert!(!named("access_library", "access_lib"));
    }

    #[test]
    fn words_of_a_picture_are_read_back_as_they_were_meant() {
        let svg = "<svg><title id=\"title\">A &amp;lt; B &lt;i&gt;</title></svg>";
        assert_eq!(told(svg, "title"), "A &lt; B <i>");
        assert_eq!(told(svg, "desc"), "");
    }
}

//! PNG from the same SVG, with the bundled font, so that it looks the same on every machine.

use resvg::{tiny_skia, usvg};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Arc, OnceLock};

const REGULAR: &[u8] = include_bytes!("../fonts/Inter-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../fonts/Inter-Bold.ttf");

fn fonts() -> Arc<usvg::fontdb::Database> {
    static FONTS: OnceLock<Arc<usvg::fontdb::Database>> = OnceLock::new();
    FONTS
        .get_or_init(|| {
            let mut fonts = usvg::fontdb::Database::new();
            fonts.load_font_data(REGULAR.to_vec());
            fonts.load_font_data(BOLD.to_vec());
            // Without this every letter vanishes, and no error says so.
            fonts.set_sans_serif_family("Inter");
            Arc::new(fonts)
        })
        .clone()
}

/// How large a picture is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) enum Size {
    /// So many pixels for each of its own.
    Scale(f32),
    /// So many pixels wide.
    Width(u32),
}

/// Draws an SVG of ours at `scale` pixels for each of its own.
pub(in super::super) fn png(svg: &str, scale: f32) -> Result<Vec<u8>, String> {
    sized_png(svg, Size::Scale(scale))
}

/// Draws an SVG of ours in this size.
pub(in super::super) fn sized_png(svg: &str, wanted: Size) -> Result<Vec<u8>, String> {
    let options = usvg::Options {
        fontdb: fonts(),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(svg, &options).map_err(|fault| fault.to_string())?;
    let size = tree.size();
    let scale = match wanted {
        Size::Scale(scale) => scale,
        Size::Width(width) => width as f32 / size.width(),
    };
    // A width that was asked for is met exactly, also where the product is a hair above it.
    let pixels = |length: f32| (length * scale - 1e-3).ceil().max(1.0) as u32;
    let mut picture = tiny_skia::Pixmap::new(pixels(size.width()), pixels(size.height()))
        .ok_or("a picture without width or height")?;
    let scaled = tiny_skia::Transform::from_scale(scale, scale);
    resvg::render(&tree, scaled, &mut picture.as_mut());
    encoded(&picture, scale).map_err(|fault| fault.to_string())
}

type Colour = [u8; 3];

/// Millions of pixels are looked up: the hash of a colour need not withstand anybody.
type Quick = BuildHasherDefault<Mixed>;

#[derive(Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let mixed = self.0.rotate_left(5) ^ u64::from(*byte);
            self.0 = mixed.wrapping_mul(0x517c_c1b7_2722_0a95);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A picture of ours has few colours, and those between them where edges are smooth: a palette of 256
/// holds them all, or all but a few that nobody can tell from their neighbours.
fn encoded(picture: &tiny_skia::Pixmap, scale: f32) -> Result<Vec<u8>, png::EncodingError> {
    let colours: Vec<Colour> = picture.pixels().iter().map(on_white).collect();
    let (palette, indices) = indexed(&colours);
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_filter(png::Filter::NoFilter);
    // So that a document shows it as large as the SVG: 96 of whose pixels are an inch.
    let a_metre = (f64::from(scale) * 96.0 / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: a_metre,
        yppu: a_metre,
        unit: png::Unit::Meter,
    }));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&indices)?;
    writer.finish()?;
    Ok(bytes)
}

/// The colour of a pixel on white paper.
fn on_white(pixel: &tiny_skia::PremultipliedColorU8) -> Colour {
    let paper = 255 - pixel.alpha();
    [pixel.red(), pixel.green(), pixel.blue()].map(|part| part.saturating_add(paper))
}

/// Colours of a palette that are chosen because they are most used.
const COMMON: usize = 224;

/// A palette of 256 colours, and for each pixel the nearest of them: the most used, then those that
/// differ most from all that are in it.
fn indexed(colours: &[Colour]) -> (Vec<Colour>, Vec<u8>) {
    let mut counts: HashMap<Colour, usize, Quick> = HashMap::default();
    for run in colours.chunk_by(|a, b| a == b) {
        *counts.entry(run[0]).or_default() += run.len();
    }
    let mut known: Vec<(Colour, usize)> = counts.into_iter().collect();
    known.sort_unstable_by_key(|(colour, count)| (Reverse(*count), *colour));
    let palette = palette(&known);
    let places: HashMap<Colour, u8, Quick> = known
        .iter()
        .map(|(colour, _)| (*colour, nearest(&palette, *colour)))
        .collect();
    let mut indices = Vec::with_capacity(colours.len());
    for run in colours.chunk_by(|a, b| a == b) {
        let index = places.get(&run[0]).copied().unwrap_or(0);
        indices.resize(indices.len() + run.len(), index);
    }
    (palette, indices)
}

fn palette(known: &[(Colour, usize)]) -> Vec<Colour> {
    let colours = || known.iter().map(|(colour, _)| *colour);
    if known.len() <= 256 {
        return colours().collect();
    }
    let mut palette: Vec<Colour> = colours().take(COMMON).collect();
    let mut apart: Vec<u32> = colours()
        .map(|one| difference(palette[usize::from(nearest(&palette, one))], one))
        .collect();
    while palette.len() < 256 {
        // The first of equals, which is the most used.
        let farthest = (0..apart.len()).rev().max_by_key(|at| apart[*at]);
        let Some(next) = farthest.map(|at| known[at].0) else {
            break;
        };
        palette.push(next);
        for (least, one) in apart.iter_mut().zip(colours()) {
            *least = difference(next, one).min(*least);
        }
    }
    palette
}

/// How much two colours differ.
fn difference(one: Colour, other: Colour) -> u32 {
    let parts = one.iter().zip(other);
    parts.map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

/// The place in a palette of the colour that differs least; the first of equals.
fn nearest(palette: &[Colour], wanted: Colour) -> u8 {
    (0..=u8::MAX)
        .zip(palette)
        .min_by_key(|(_, colour)| difference(**colour, wanted))
        .map_or(0, |(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::super::text::width;
    use super::*;

    #[test]
    fn measured_widths_are_those_that_are_drawn() {
        for (words, weight, bold) in [
            ("Altrincham Library", "normal", false),
            ("£1,250,000 ≥ −3", "bold", true),
        ] {
            let svg = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"900\" height=\"60\"><text x=\"0\" y=\"40\" \
                 font-family=\"Inter\" font-size=\"40\" font-weight=\"{weight}\">{words}</text></svg>"
            );
            let options = usvg::Options {
                fontdb: fonts(),
                ..usvg::Options::default()
            };
            let tree = usvg::Tree::from_str(&svg, &options).expect("an SVG");
            let drawn = f64::from(tree.root().abs_bounding_box().width());
            let measured = width(words, 40.0, bold);
            assert!(
                (drawn - measured).abs() < 0.06 * measured,
                "{words}: {drawn} {measured}"
            );
        }
    }
    #[test]
    fn a_palette_keeps_common_colours_exactly_and_rare_ones_nearly() {
        // 300 greys and blues of two pixels each, and two colours that are common.
        let mut colours: Vec<Colour> = (0..300_u16)
            .flat_map(|k| [[(k % 250) as u8, (k % 250) as u8, (k / 250) as u8]; 2])
            .collect();
        colours.extend([[18, 67, 109]; 500]);
        colours.extend([[255, 255, 255]; 500]);
        let (palette, indices) = indexed(&colours);
        assert_eq!((palette.len(), indices.len()), (256, colours.len()));
        for (colour, index) in colours.iter().zip(&indices) {
            let shown = palette[usize::from(*index)];
            let apart = colour.iter().zip(shown).map(|(a, b)| a.abs_diff(b));
            assert!(apart.max().is_some_and(|most| most <= 3), "{colour:?}");
        }
        assert_eq!(palette[usize::from(indices[700])], [18, 67, 109]);
    }

    #[test]
    fn an_encoded_picture_reads_back_with_the_colours_that_were_drawn() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"10\">\
                   <rect width=\"10\" height=\"10\" fill=\"#12436D\"/></svg>";
        let bytes = png(svg, 2.0).expect("draws");
        let read = tiny_skia::Pixmap::decode_png(&bytes).expect("a PNG");
        assert_eq!((read.width(), read.height()), (40, 20));
        let at = |x, y| read.pixel(x, y).expect("inside").demultiply();
        assert_eq!(
            at(4, 4),
            tiny_skia::ColorU8::from_rgba(0x12, 0x43, 0x6D, 255)
        );
        assert_eq!(at(30, 4), tiny_skia::ColorU8::from_rgba(255, 255, 255, 255));
    }
}

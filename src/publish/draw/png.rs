//! PNG from the same SVG, with the bundled font, so that it looks the same on every machine.

use resvg::{tiny_skia, usvg};
use std::sync::{Arc, OnceLock};

const REGULAR: &[u8] = include_bytes!("../fonts/Inter-Regular.otf");
const BOLD: &[u8] = include_bytes!("../fonts/Inter-Bold.otf");

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

/// Draws an SVG of ours at `scale` pixels for each of its own.
pub(in super::super) fn png(svg: &str, scale: f32) -> Result<Vec<u8>, String> {
    let options = usvg::Options {
        fontdb: fonts(),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(svg, &options).map_err(|fault| fault.to_string())?;
    let size = tree.size();
    let pixels = |length: f32| (length * scale).ceil() as u32;
    let mut picture = tiny_skia::Pixmap::new(pixels(size.width()), pixels(size.height()))
        .ok_or("a picture without width or height")?;
    let scaled = tiny_skia::Transform::from_scale(scale, scale);
    resvg::render(&tree, scaled, &mut picture.as_mut());
    picture.encode_png().map_err(|fault| fault.to_string())
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
}

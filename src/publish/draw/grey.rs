//! The same picture in grey.

use super::style::Ink;

/// Every colour of a picture of ours as the grey of the same luminance: contrasts stay what they are.
pub(in super::super) fn in_grey(svg: &str) -> String {
    let mut grey = String::with_capacity(svg.len());
    // Words of the data stand between tags, where `<` is escaped; colours are attributes, within.
    for (at, part) in svg.split('<').enumerate() {
        if at > 0 {
            grey.push('<');
        }
        let (tag, words) = part.split_once('>').unwrap_or(("", part));
        if tag.is_empty() {
            grey.push_str(part);
        } else {
            toned(tag, &mut grey);
            grey.push('>');
            grey.push_str(words);
        }
    }
    grey
}

/// A tag with its colours in grey.
fn toned(tag: &str, to: &mut String) {
    let mut rest = tag;
    while let Some(at) = rest.find("\"#") {
        let (before, from) = rest.split_at(at);
        to.push_str(before);
        match from.get(2..8).and_then(ink) {
            Some(ink) if from.get(8..9) == Some("\"") => {
                let grey = shade(ink);
                to.push_str(&format!("\"#{grey:02X}{grey:02X}{grey:02X}\""));
                rest = &from[9..];
            }
            _ => {
                to.push_str("\"#");
                rest = &from[2..];
            }
        }
    }
    to.push_str(rest);
}

fn ink(hex: &str) -> Option<Ink> {
    let part = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    Some(Ink(part(0)?, part(2)?, part(4)?))
}

/// The grey of a colour's luminance, 0 to 255.
fn shade(ink: Ink) -> u8 {
    let light = ink.luminance();
    let share = match light <= 0.003_130_8 {
        true => 12.92 * light,
        false => 1.055 * light.powf(1.0 / 2.4) - 0.055,
    };
    (share * 255.0).round().clamp(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::super::style::{NAVY, ORANGE, TEAL, WHITE};
    use super::*;

    #[test]
    fn a_grey_has_the_contrast_of_its_colour() {
        for ink in [NAVY, ORANGE, TEAL] {
            let grey = shade(ink);
            let grey = Ink(grey, grey, grey);
            let apart = grey.contrast(WHITE) - ink.contrast(WHITE);
            assert!(apart.abs() < 0.1, "{ink:?} {grey:?}");
        }
    }

    #[test]
    fn colours_of_tags_turn_grey_and_words_stay_as_they_are() {
        let svg = "<svg><title>fill=\"#12436D\" é</title><rect fill=\"#12436D\" stroke=\"#FFFFFF\"/><a b=\"#x\"/></svg>";
        let grey = in_grey(svg);
        assert_eq!(grey.matches("#12436D").count(), 1, "{grey}");
        assert!(grey.contains("<title>fill=\"#12436D\" é</title>"), "{grey}");
        assert!(
            grey.contains("stroke=\"#FFFFFF\"/><a b=\"#x\"/></svg>"),
            "{grey}"
        );
    }
}

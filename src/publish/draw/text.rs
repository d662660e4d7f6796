//! Words in pictures: measured, cut to size, and free of what a picture cannot show.

use super::glyphs::WIDTHS;

/// Width in pixels of `text` at a size, in the bundled font.
pub(in super::super) fn width(text: &str, size: f64, bold: bool) -> f64 {
    text.chars()
        .map(|c| {
            let known = glyph(c).map_or(
                600,
                |(_, regular, heavy)| if bold { heavy } else { regular },
            );
            f64::from(known) * size / 1000.0
        })
        .sum()
}

fn glyph(c: char) -> Option<(u32, u16, u16)> {
    WIDTHS
        .binary_search_by_key(&u32::from(c), |row| row.0)
        .ok()
        .map(|at| WIDTHS[at])
}

/// `text` if it fits, else as much of it as fits with an ellipsis. What stands in brackets at its end tells
/// it from others of its name, and is kept where a third of the room is left for the name.
pub(in super::super) fn elided(text: &str, size: f64, bold: bool, room: f64) -> String {
    if width(text, size, bold) <= room {
        return text.to_string();
    }
    if let Some((name, apart)) = text.rsplit_once(" (").filter(|_| text.ends_with(')')) {
        let apart = format!(" ({apart}");
        let left = room - width(&apart, size, bold);
        if left >= room / 3.0 {
            return elided(name, size, bold, left) + &apart;
        }
    }
    let mut cut = String::new();
    for c in text.chars() {
        cut.push(c);
        if width(&cut, size, bold) + width("…", size, bold) > room {
            cut.pop();
            break;
        }
    }
    format!("{}…", cut.trim_end())
}

/// Lines no wider than `room`; a single word that is wider is elided.
pub(in super::super) fn wrapped(text: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() {
            word.to_string()
        } else {
            format!("{line} {word}")
        };
        if width(&longer, size, false) <= room {
            line = longer;
        } else {
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line = elided(word, size, false, room);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// A name as a picture can show it: letters of the bundled font, single spaces, no control
/// characters. Where most of its letters are missing from the font, the id stands in, so that no
/// label is a row of boxes; tables carry the full name.
pub(in super::super) fn shown_name(name: &str, id: &str) -> String {
    let kept: String = name
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| glyph(*c).is_some())
        .collect();
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let words: Vec<&str> = kept.split_whitespace().collect();
    if letters(&kept) > 0 && letters(&kept) * 2 >= letters(name) {
        let words = words.join(" ");
        // What stood between words that are gone stands between none.
        return match letters(&kept) == letters(name) {
            true => words,
            false => words
                .trim_matches([' ', '–', '-', ',', ';', ':', '/'])
                .to_owned(),
        };
    }
    let plain: String = id.chars().filter(|c| glyph(*c).is_some()).collect();
    if plain.trim().is_empty() {
        "(no name to show)".to_string()
    } else {
        plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_glyph_table_is_in_order() {
        assert!(WIDTHS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn long_names_are_cut_to_the_room_they_have() {
        let long = "Library and community learning centre ".repeat(8);
        let cut = elided(&long, 13.0, false, 200.0);
        assert!(
            cut.ends_with('…') && width(&cut, 13.0, false) <= 200.0,
            "{cut}"
        );
    }

    #[test]
    fn what_tells_two_of_a_name_apart_is_kept_where_the_name_is_cut() {
        let cut = elided("Quarry Bank Health Centre (NHS-00123)", 13.0, false, 180.0);
        assert!(
            cut.ends_with("… (NHS-00123)") && width(&cut, 13.0, false) <= 180.0,
            "{cut}"
        );
        let cut = elided(
            "Hub (in a very long explanation of what it is)",
            13.0,
            false,
            100.0,
        );
        assert!(
            cut.ends_with('…') && width(&cut, 13.0, false) <= 100.0,
            "{cut}"
        );
    }

    #[test]
    fn emoji_are_dropped_and_names_the_font_cannot_write_give_way_to_the_id() {
        assert_eq!(shown_name("Llŷn Hub 🎉\u{202e}", "A1"), "Llŷn Hub");
        for name in [
            "Δημοτική Βιβλιοθήκη",
            "Миколаївська бібліотека",
            "Biblioteka w Łodzi",
        ] {
            assert_eq!(shown_name(name, "LIB-6"), name);
        }
        assert_eq!(shown_name("Łódź – Λαμία – يافا", "LIB-8"), "Łódź – Λαμία");
        assert_eq!(shown_name("ספרייה מרכזית", "LIB-7"), "LIB-7");
        assert_eq!(shown_name("🎉", "🎉"), "(no name to show)");
    }

    #[test]
    fn lines_never_exceed_their_room() {
        for line in wrapped(
            "an option for discussion: nothing has been decided yet",
            12.0,
            120.0,
        ) {
            assert!(width(&line, 12.0, false) <= 120.0, "{line}");
        }
    }
}

//! What words say, less what they deny: `not owned` says nothing of an owner, `no lease` nothing of a lease.

use crate::load::cells::{self, Style};
use crate::load::normalise;
use jiff::civil::Date;
use std::ops::Range;

/// Words that deny what follows them, as [`normalise`] leaves them.
const DENIALS: [&str; 34] = [
    "not", "no", "non", "none", "never", "nor", "neither", "without", "nicht", "kein", "keine",
    "keinen", "ohne", "pas", "sans", "aucun", "aucune", "sin", "ningun", "ninguna", "nao", "sem",
    "senza", "geen", "niet", "zonder", "ikke", "ingen", "uden", "uten", "inte", "utan", "nie",
    "bez",
];

/// A word of a text: where it stands, and as it is compared.
pub(in crate::load) struct Word {
    /// Where it stands in the text, in bytes.
    pub(in crate::load) at: Range<usize>,
    /// As [`normalise`] leaves it.
    pub(in crate::load) plain: String,
}

/// The words of a text.
pub(in crate::load) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, c.is_alphanumeric()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let plain = normalise(text.get(from..at).unwrap_or_default());
                words.push(Word {
                    at: from..at,
                    plain,
                });
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// The parts of a text that signs set apart: brackets, commas, a dash between blanks.
pub(in crate::load) fn phrases(text: &str) -> Vec<Range<usize>> {
    let mut phrases = Vec::new();
    let mut from = 0;
    let mut before = ' ';
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let next = rest.peek().map_or(' ', |(_, next)| *next);
        let dash = matches!(c, '-' | '–' | '—') && before == ' ' && next == ' ';
        if dash
            || matches!(
                c,
                ',' | ';' | ':' | '(' | ')' | '[' | ']' | '|' | '/' | '\n'
            )
        {
            phrases.push(from..at);
            from = at + c.len_utf8();
        }
        before = c;
    }
    phrases.push(from..text.len());
    phrases
}

/// A text without what it denies: of every phrase, what stands behind a `not` or a `no`.
pub(in crate::load) fn affirmed(text: &str) -> String {
    without(text, |words| {
        let denial = (0..words.len()).find(|at| denies(words, *at))?;
        Some(denial..words.len())
    })
}

/// A text without some of the words of each of its phrases; blanks stand in their place.
pub(in crate::load) fn without(
    text: &str,
    cut: impl Fn(&[Word]) -> Option<Range<usize>>,
) -> String {
    let mut left = text.to_owned();
    for phrase in phrases(text) {
        let words = words(text.get(phrase.clone()).unwrap_or_default());
        let Some(cut) = cut(&words).and_then(|cut| words.get(cut)) else {
            continue;
        };
        let (Some(first), Some(last)) = (cut.first(), cut.last()) else {
            continue;
        };
        let gone = phrase.start + first.at.start..phrase.start + last.at.end;
        left.replace_range(gone.clone(), &" ".repeat(gone.len()));
    }
    left
}

/// Whether a word denies what follows it. `No 12` is a number.
fn denies(words: &[Word], at: usize) -> bool {
    let Some(word) = words.get(at) else {
        return false;
    };
    let numbered = words
        .get(at + 1)
        .is_some_and(|next| next.plain.starts_with(|c: char| c.is_ascii_digit()));
    // `Gebruik om niet` is use for nothing.
    let for_nothing = word.plain == "niet"
        && at
            .checked_sub(1)
            .is_some_and(|before| words.get(before).is_some_and(|word| word.plain == "om"));
    DENIALS.contains(&word.plain.as_str()) && !(word.plain == "no" && numbered) && !for_nothing
}

/// When words say that something was or will be so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::load) enum When {
    /// No figures stand in them.
    Unsaid,
    /// On a day that has come.
    Past,
    /// On a day that is still to come, in a year that may still be to come, or in figures that are not read.
    Open,
}

/// What the figures among words say of the day they speak of, seen from the base date.
pub(in crate::load) fn when(text: &str, base_date: Date) -> When {
    let words = words(text);
    let figures = |word: &Word| word.plain.starts_with(|c: char| c.is_ascii_digit());
    let Some(first) = words.iter().position(figures) else {
        return When::Unsaid;
    };
    let last = words.iter().rposition(figures).unwrap_or(first);
    // `March 2021`: the month stands before the figures.
    let first = match first.checked_sub(1).and_then(|before| words.get(before)) {
        Some(before) if cells::month(&before.plain).is_some() => first - 1,
        _ => first,
    };
    let span = words
        .get(first)
        .zip(words.get(last))
        .and_then(|(first, last)| text.get(first.at.start..last.at.end))
        .unwrap_or_default();
    // Day or month may stand first: it is past where it is so either way.
    let read = |month_first| {
        let style = Style {
            month_first,
            ..Style::default()
        };
        cells::date(span, &style).value
    };
    if let Some(latest) = [false, true].into_iter().filter_map(read).max() {
        return match latest <= base_date {
            true => When::Past,
            false => When::Open,
        };
    }
    let years = words.iter().filter_map(|word| {
        let year = word.plain.parse::<i16>().ok()?;
        (word.plain.len() == 4 && (1900..=2200).contains(&year)).then_some(year)
    });
    match years.max() {
        Some(year) if year < base_date.year() => When::Past,
        _ => When::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_is_denied_is_not_said() {
        for (text, left) in [
            ("Freehold", "Freehold"),
            ("Not Council owned", ""),
            ("None - not leased", "-"),
            ("Freehold, no lease", "Freehold,"),
            ("Freehold (non-operational)", "Freehold ( )"),
            ("Lease No 12", "Lease No 12"),
            ("Eigentum, nicht vermietet", "Eigentum,"),
        ] {
            let said = affirmed(text);
            let said: Vec<&str> = said.split_whitespace().collect();
            assert_eq!(said.join(" "), left, "{text}");
        }
    }

    #[test]
    fn a_day_among_words_has_come_or_not() {
        let base = date(2026, 4, 1);
        for (text, read) in [
            ("Sold", When::Unsaid),
            ("Sold 2019", When::Past),
            ("Sold 12/03/2021", When::Past),
            ("Sold 12/03/21", When::Past),
            ("Sold March 2021 at auction", When::Past),
            ("Sold 31 March 2026", When::Past),
            ("Sold 2 April 2026", When::Open),
            ("Sold 06/03/2026", When::Open),
            ("Sold 2026", When::Open),
            ("Closing 2028", When::Open),
            ("Disposed 2019, completion 2027", When::Open),
            ("Lot 5", When::Open),
        ] {
            assert_eq!(when(text, base), read, "{text}");
        }
    }
}

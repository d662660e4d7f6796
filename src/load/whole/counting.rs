//! Columns of ages, and sums of them: `"0..4"`, `"75.."`, both ends included.

/// A span of ages: from, and to (`None` is open-ended). Both ends are included.
pub(super) type Ages = (u32, Option<u32>);

/// The range of ages a user asks for, if the text is one.
pub(super) fn range(text: &str) -> Option<Ages> {
    let (from, to) = text.trim().split_once("..")?;
    let from = from.trim();
    let to = to.trim().trim_start_matches('=');
    let from = if from.is_empty() {
        0
    } else {
        from.parse().ok()?
    };
    let to = match to {
        "" => None,
        to => Some(to.parse().ok()?),
    };
    (to.is_none_or(|to: u32| to >= from)).then_some((from, to))
}

/// The ages a column header stands for: `0`, `age_0`, `Aged 0`, `90+`, `Aged 90 and over`,
/// `0 to 4`, `5-9 years`.
pub(super) fn ages_of(header: &str) -> Option<Ages> {
    let mut text = header
        .to_lowercase()
        .replace(['_', ',', '(', ')', ':'], " ");
    for dash in ['–', '—'] {
        text = text.replace(dash, "-");
    }
    let mut words: Vec<String> = Vec::new();
    for word in text
        .replace('-', " to ")
        .replace('+', " plus ")
        .split_whitespace()
    {
        // `age0`, `y12`
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = word.get(letters.len()..).unwrap_or_default();
        if !letters.is_empty() && !digits.is_empty() {
            words.push(letters.into());
            words.push(digits.into());
        } else {
            words.push(word.into());
        }
    }
    const AROUND: [&str; 14] = [
        "age",
        "aged",
        "ages",
        "persons",
        "people",
        "all",
        "years",
        "year",
        "yrs",
        "yr",
        "old",
        "of",
        "population",
        "y",
    ];
    let said_age = words.iter().any(|w| AROUND.contains(&w.as_str()));
    words.retain(|word| !AROUND.contains(&word.as_str()));
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    let number = |text: &str| text.parse::<u32>().ok().filter(|age| *age <= 130);
    match words.as_slice() {
        [one] => {
            let age = number(one)?;
            // A bare `2024` is a year and a bare `100` may be anything but an age column's name
            // beside it says `aged`.
            (said_age || one.len() <= 3).then_some((age, Some(age)))
        }
        [from, "to", to] => {
            Some((number(from)?, Some(number(to)?))).filter(|(f, t)| Some(*f) <= *t)
        }
        [from, "plus"]
        | [from, "and", "over" | "above" | "older"]
        | [from, "or", "over" | "older"]
        | [from, "over"] => Some((number(from)?, None)),
        ["under", to] | ["below", to] => Some((0, Some(number(to)?.checked_sub(1)?))),
        _ => None,
    }
}

/// The sex and the ages of a column that counts one sex only: `F0`, `Males 5-9`, `female_90+`.
/// True is female.
pub(super) fn ages_of_sex(header: &str) -> Option<(bool, Ages)> {
    let lower = header.trim().to_lowercase();
    ["females", "female", "males", "male", "f", "m"]
        .iter()
        .find_map(|sex| {
            let rest = lower.strip_prefix(sex)?;
            let ages = ages_of(rest.trim_start_matches([' ', '_', '-', ':']))?;
            Some((sex.starts_with('f'), ages))
        })
}

/// The columns that together are exactly a range of ages, smallest spans first; the first age for
/// which none is found otherwise.
pub(super) fn tile(wanted: Ages, columns: &[(Ages, usize)]) -> Result<Vec<usize>, u32> {
    let (mut next, last) = wanted;
    let mut chosen = Vec::new();
    loop {
        let fits = |to: Option<u32>| match (to, last) {
            (_, None) => true,
            (Some(to), Some(last)) => to <= last,
            (None, Some(_)) => false,
        };
        let best = columns
            .iter()
            .filter(|((from, to), _)| *from == next && fits(*to))
            .min_by_key(|((_, to), at)| (to.unwrap_or(u32::MAX), *at));
        let Some(((_, to), at)) = best else {
            return Err(next);
        };
        chosen.push(*at);
        match (to, last) {
            (None, _) => return Ok(chosen),
            (Some(to), Some(last)) if *to == last => return Ok(chosen),
            (Some(to), _) => next = to + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn age_headers_of_many_tables_are_understood() {
        for (header, ages) in [
            ("0", (0, Some(0))),
            ("age_0", (0, Some(0))),
            ("Aged 12", (12, Some(12))),
            ("Age 90 and over", (90, None)),
            ("90+", (90, None)),
            ("aged_0_to_15", (0, Some(15))),
            ("5-9 years", (5, Some(9))),
            ("age7", (7, Some(7))),
            ("Under 5", (0, Some(4))),
        ] {
            assert_eq!(ages_of(header), Some(ages), "{header}");
        }
        for header in [
            "2024",
            "all_ages",
            "population",
            "sex",
            "ward 3 code",
            "pop26",
        ] {
            assert_eq!(ages_of(header), None, "{header}");
        }
    }

    #[test]
    fn columns_of_one_sex_are_told_apart() {
        for (header, sex) in [
            ("F0", (true, (0, Some(0)))),
            ("M90+", (false, (90, None))),
            ("Females 5-9", (true, (5, Some(9)))),
            ("male_0", (false, (0, Some(0)))),
        ] {
            assert_eq!(ages_of_sex(header), Some(sex), "{header}");
        }
        for header in ["0", "March 3", "Family 2", "M", "Mean age"] {
            assert_eq!(ages_of_sex(header), None, "{header}");
        }
    }

    #[test]
    fn a_range_takes_both_its_ends() {
        assert_eq!(range("0..4"), Some((0, Some(4))));
        assert_eq!(range("75.."), Some((75, None)));
        assert_eq!(range("population"), None);
        assert_eq!(range("9..4"), None);
        let single: Vec<_> = (0..=90)
            .map(|age| ((age, (age < 90).then_some(age)), age as usize))
            .collect();
        assert_eq!(tile((0, Some(4)), &single), Ok(vec![0, 1, 2, 3, 4]));
        assert_eq!(tile((88, None), &single), Ok(vec![88, 89, 90]));
        assert_eq!(tile((88, Some(95)), &single), Err(90));
    }

    #[test]
    fn bands_serve_where_they_fit_exactly() {
        let bands = [((0, Some(15)), 0), ((16, Some(64)), 1), ((65, None), 2)];
        assert_eq!(tile((0, Some(64)), &bands), Ok(vec![0, 1]));
        assert_eq!(tile((0, Some(4)), &bands), Err(0));
    }
}

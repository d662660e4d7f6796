//! Names of columns that shorten their words: `Asset Ref No.`, `Backlog maint.`, `Prop. Name`.

use super::normalise;

/// What a shortened word stands for.
const SHORT: [(&str, &str); 29] = [
    ("addr", "address"),
    ("ann", "annual"),
    ("bldg", "building"),
    ("bldgs", "building"),
    ("cond", "condition"),
    ("curr", "current"),
    ("desc", "description"),
    ("descr", "description"),
    ("dt", "date"),
    ("est", "estimated"),
    ("exp", "expiry"),
    ("int", "internal"),
    ("lat", "latitude"),
    ("loc", "location"),
    ("long", "longitude"),
    ("maint", "maintenance"),
    ("mkt", "market"),
    ("mth", "months"),
    ("mths", "months"),
    ("nbr", "number"),
    ("no", "number"),
    ("nr", "number"),
    ("num", "number"),
    ("org", "organisation"),
    ("organization", "organisation"),
    ("pop", "population"),
    ("prop", "property"),
    ("req", "required"),
    ("yr", "year"),
];

/// Words after which `number` adds nothing.
const NUMBERED: [&str; 6] = ["ref", "reference", "id", "identifier", "code", "uprn"];

/// More names than this are not tried for one heading.
const MOST: usize = 64;

/// What a name is with its words written out; empty where none of them is short.
pub(super) fn written_out(header: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut before = String::new();
    for word in words(header) {
        let word = normalise(&word);
        let meant = SHORT.iter().find(|(short, _)| *short == word);
        let number = word == "number" || meant.is_some_and(|(_, meant)| *meant == "number");
        let choices = [
            Some(word.as_str()),
            meant.map(|(_, meant)| *meant),
            (number && NUMBERED.contains(&before.as_str())).then_some(""),
        ];
        names = choices
            .into_iter()
            .flatten()
            .flat_map(|choice| names.iter().map(move |name| format!("{name}{choice}")))
            .take(MOST)
            .collect();
        before = word;
    }
    let plain = normalise(header);
    names.retain(|name| *name != plain && name.len() >= 3);
    names
}

/// The words of a heading: parted by signs, blanks, and a capital after a small letter.
fn words(header: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in header.chars() {
        if !c.is_alphanumeric() {
            before = ' ';
            continue;
        }
        let begins = !before.is_alphanumeric() || (before.is_lowercase() && c.is_uppercase());
        match words.last_mut() {
            Some(word) if !begins => word.push(c),
            _ => words.push(c.to_string()),
        }
        before = c;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortened_words_are_written_out_in_every_likely_way() {
        let has = |header: &str, name: &str| written_out(header).iter().any(|n| n == name);
        assert!(has("Asset Ref No.", "assetref"));
        assert!(has("Backlog maint. £", "backlogmaintenance"));
        assert!(has("Bldg. Name", "buildingname"));
        assert!(has("LeaseExpDt", "leaseexpirydate"));
        assert!(has("Ann. Rent", "annualrent"));
        assert!(written_out("Tenure").is_empty());
        // A title number is no title.
        assert!(!has("Title No.", "title"));
    }

    #[test]
    fn a_heading_of_many_short_words_gives_no_more_names_than_can_be_tried() {
        assert!(written_out(&"no ".repeat(200)).len() <= MOST);
    }
}

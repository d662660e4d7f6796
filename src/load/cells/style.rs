//! How the cells of one column are written, judged from all of them together.

use super::is_missing;
use crate::load::columns::Kind;
use crate::place::currency as money;

/// A column's habits.
#[derive(Clone, Debug, Default)]
pub(in crate::load) struct Style {
    /// `1.234,5` rather than `1,234.5`.
    pub(in crate::load) decimal_comma: bool,
    /// `03/31/2031` rather than `31/03/2031`.
    pub(in crate::load) month_first: bool,
    /// The header says months: `1 year` is 12.
    pub(in crate::load) months: bool,
    /// What the header multiplies by: `£000`.
    pub(in crate::load) scale: f64,
    /// Square metres per unit named in the header.
    pub(in crate::load) unit: Option<f64>,
    /// Shares are written as percentages.
    pub(in crate::load) percent: bool,
    /// Cells of two kinds stand side by side: with and without a unit, percentages and fractions.
    pub(in crate::load) mixed: bool,
    /// Postcodes look British.
    pub(in crate::load) british: bool,
    /// How many cells set thousands apart by points, where no cell of a column of sums or people says otherwise.
    pub(in crate::load) points_in_thousands: usize,
    /// Above 0 where cells show decimal commas, below 0 where they show points.
    pub(in crate::load) votes: i64,
    /// Cells with signs or thousands marks, where those are the column's habit.
    pub(in crate::load) usual_marks: usize,
    /// Cells with a word for "no value", where those are the column's habit.
    pub(in crate::load) usual_missing: usize,
    /// The period its sums are for, where that is not a year: they are multiplied up.
    pub(in crate::load) period: Option<super::period::Period>,
    /// The sign or code of the currency that it is written in.
    pub(in crate::load) currency: Option<&'static str>,
    /// What the cells show of the order of day and month.
    pub(in crate::load) order: super::date::Order,
}

/// From this many cells on, a harmless habit of a column is reported once for all of them.
const HABIT: usize = 50;

impl Style {
    /// Judges a column by its header and its cells.
    pub(in crate::load) fn of<'a>(
        kind: Kind,
        header: &str,
        cells: impl Iterator<Item = &'a str>,
    ) -> Style {
        let scale = match kind {
            Kind::Money => super::heading::scale_of_money(header),
            _ => super::heading::scale_of_counts(header),
        };
        let unit = super::unit::unit_of_header(header);
        let mut style = Style {
            scale,
            unit: unit.map(|unit| {
                if kind == Kind::Area {
                    unit * scale
                } else {
                    unit
                }
            }),
            months: header.to_lowercase().contains("month"),
            ..Style::default()
        };
        let (mut missing, mut marks, mut filled) = (0, 0, 0);
        let mut some: Vec<&str> = Vec::new();
        for cell in cells {
            if is_missing(cell) {
                missing += usize::from(!cell.trim().is_empty());
                continue;
            }
            filled += 1;
            marks += usize::from(cell.contains(['£', '€', '$', ',', ' ']));
            if some.len() < 5000 {
                some.push(cell);
            }
        }
        let cells = some;
        if missing > HABIT {
            style.usual_missing = missing;
        }
        match kind {
            Kind::Number
            | Kind::Money
            | Kind::Area
            | Kind::Land
            | Kind::Share
            | Kind::Coordinate => {
                style.votes = decimal_votes(&cells);
                style.decimal_comma = style.votes > 0;
                if marks > HABIT && marks * 2 > filled && kind != Kind::Coordinate {
                    style.usual_marks = marks;
                }
                if style.votes == 0 {
                    style.points_in_thousands = points_in_thousands(&cells);
                }
                if kind == Kind::Money {
                    style.currency = currency(header, &cells);
                }
                if matches!(kind, Kind::Area | Kind::Land) {
                    let with = cells
                        .iter()
                        .filter(|cell| super::area::states_unit(cell))
                        .count();
                    style.mixed = style.unit.is_none() && with > 0 && with < cells.len();
                }
                if kind == Kind::Share {
                    let value = |cell: &&str| {
                        super::number::parse(cell, style.decimal_comma)
                            .map(|parsed| (parsed.value, parsed.rest == "%"))
                    };
                    let read: Vec<(f64, bool)> = cells.iter().filter_map(value).collect();
                    let lower = header.to_lowercase();
                    let said = ["%", "percent", "per cent", "pct"]
                        .iter()
                        .any(|word| lower.contains(word));
                    style.percent = said || read.iter().any(|(value, sign)| *sign || *value > 1.0);
                    // Where the header says per cent, half of one is no fraction.
                    style.mixed = style.percent
                        && !said
                        && read
                            .iter()
                            .any(|(value, sign)| !sign && *value > 0.0 && *value < 1.0);
                }
            }
            Kind::Date | Kind::Dates => {
                style.order = super::date::Order::of(&cells);
                style.month_first = style.order.votes > 0;
            }
            Kind::Postcode => {
                let like = cells
                    .iter()
                    .filter(|cell| super::identity::looks_british(cell))
                    .count();
                style.british = like * 5 >= cells.len();
            }
            _ => {}
        }
        style
    }

    /// What the heading of a field of money says beyond: a shorter period than a year, a unit of area.
    pub(in crate::load) fn for_field(mut self, field: &str, header: &str) -> Style {
        self.period = super::period::shorter(field, header);
        // Nobody counts people or pounds in thousandths: what looks so sets thousands apart.
        let is_sum = field.ends_with("_gbp") && field != crate::load::rates::RATE;
        match is_sum || COUNTED.contains(&field) {
            true => self.points_set_thousands_apart(),
            false => self.points_in_thousands = 0,
        }
        if field == crate::load::rates::RATE {
            // £/sq ft is more for each square metre.
            self.scale /= super::heading::per_area(header).unwrap_or(1.0);
        }
        self
    }

    /// Takes points that may set thousands apart for such.
    pub(in crate::load) fn points_set_thousands_apart(&mut self) {
        if self.points_in_thousands > 0 {
            self.votes = 1;
            self.decimal_comma = true;
        }
    }

    /// Takes them for what they are in other columns of the table.
    pub(in crate::load) fn points_as_elsewhere(&mut self, decimal_comma: bool) {
        if std::mem::take(&mut self.points_in_thousands) > 0 {
            self.votes = 0;
            self.decimal_comma = decimal_comma;
        }
    }

    /// Whether a note of this code is said once for the column rather than for each cell.
    pub(in crate::load) fn says_once(&self, code: &str) -> bool {
        (code == "number-tidied" && self.usual_marks > 0)
            || (code == "missing-spelled" && self.usual_missing > 0)
    }
}

/// Fields of people. Those of zones are read with the tables that are joined to them.
const COUNTED: [&str; 3] = ["weight", "visits_per_year", "visits_capacity"];

/// How many cells have a point with just three digits behind it, where all do that have a point at all, none of them
/// less than 1: `98.500` is a decimal or sets thousands apart.
fn points_in_thousands(cells: &[&str]) -> usize {
    let mut found = 0;
    for cell in cells {
        let digits = digits_and_marks(cell);
        let Some((before, after)) = digits.split_once('.') else {
            continue;
        };
        let whole = matches!(before.len(), 1..=3) && !before.starts_with('0');
        if digits.contains(',') || after.len() != 3 || !whole {
            return 0;
        }
        found += 1;
    }
    // One alone may be anything.
    if found > 1 { found } else { 0 }
}

/// The digits of a cell and the points and commas between them: that of `Rs.` is none.
fn digits_and_marks(cell: &str) -> String {
    let digit = |c: char| c.is_ascii_digit();
    let (from, to) = (cell.find(digit), cell.rfind(digit));
    let span = from.zip(to).and_then(|(from, to)| cell.get(from..=to));
    let kept = |c: &char| c.is_ascii_digit() || matches!(c, '.' | ',');
    span.unwrap_or_default().chars().filter(kept).collect()
}

/// Above 0 where more cells show a decimal comma than a decimal point.
pub(in crate::load) fn decimal_votes(cells: &[&str]) -> i64 {
    let mut votes = 0;
    for cell in cells {
        let digits = digits_and_marks(cell);
        let (point, comma) = (digits.rfind('.'), digits.rfind(','));
        let after = |at: usize| digits.len() - at - 1;
        votes += match (point, comma) {
            (Some(point), Some(comma)) if comma > point => 1,
            (Some(_), Some(_)) => -1,
            (Some(point), None) if after(point) != 3 => {
                -i64::from(digits.matches('.').count() == 1)
            }
            (None, Some(comma)) if after(comma) != 3 => {
                i64::from(digits.matches(',').count() == 1 && after(comma) > 0)
            }
            _ => 0,
        };
    }
    votes
}

/// The currency that a header or most cells of a column name: its code, or its sign where only that is written.
fn currency(header: &str, cells: &[&str]) -> Option<&'static str> {
    let lower = header.to_lowercase();
    let whole = |text: &str, word: &str| {
        text.split(|c: char| !c.is_alphanumeric())
            .any(|own| own == word)
    };
    let has = |text: &str, written: &str| {
        let written = written.to_lowercase();
        // Letters may be part of a word.
        match written.chars().all(char::is_alphabetic) {
            true => whole(text, &written),
            false => text.match_indices(&written).any(|(at, _)| {
                let before = text.get(..at).unwrap_or_default();
                !written.starts_with(char::is_alphabetic) || !before.ends_with(char::is_alphabetic)
            }),
        }
    };
    let in_cells = |written: &&str| {
        let lower = written.to_lowercase();
        let with = |cell: &&&str| cell.to_lowercase().contains(&lower);
        cells.iter().filter(with).count() * 2 > cells.len()
    };
    let in_header = |written: &&str| has(&lower, written);
    money::written_ways()
        .find(in_header)
        .or_else(|| money::written_ways().find(in_cells))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_set_thousands_apart_where_every_cell_with_one_has_three_digits_behind_it() {
        assert_eq!(points_in_thousands(&["98.500", "31.200", "900"]), 2);
        for cells in [
            &["98.500"][..],
            &["98.500", "31.25"],
            &["0.500", "1.250"],
            &["98.500", "1,250.000"],
            &["1523.250", "98.500"],
        ] {
            assert_eq!(points_in_thousands(cells), 0, "{cells:?}");
        }
    }

    #[test]
    fn the_point_of_an_abbreviation_is_no_decimal_mark() {
        assert_eq!(
            decimal_votes(&["Rs.1,25,000/-", "kr. 12,500", "c.1,250"]),
            0
        );
        assert_eq!(decimal_votes(&["fr. 1.250,50", "Rs.1,250.50"]), 0);
        assert_eq!(points_in_thousands(&["Kr. 98.500", "Kr. 31.200"]), 2);
    }

    #[test]
    fn a_heading_names_its_currency_by_code_or_by_sign() {
        for (heading, named) in [
            ("Rent (USD)", Some("USD")),
            ("Rent (US$)", Some("US$")),
            ("Extra$", Some("$")),
            ("Value in ZAR", Some("ZAR")),
            ("Hyra (SEK)", Some("SEK")),
            ("Hyra (kr/år)", Some("kr")),
            ("Aluguel (R$)", Some("R$")),
            ("Rent", None),
            ("Kredit", None),
        ] {
            assert_eq!(currency(heading, &["12", "15"]), named, "{heading}");
        }
        assert_eq!(currency("Rent", &["12 HUF", "15 HUF"]), Some("HUF"));
        assert_eq!(currency("Rent", &["R$ 12", "R$ 15", "R$ 9"]), Some("R$"));
    }
}

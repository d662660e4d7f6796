//! A cell of a sheet as the text a person sees, without the format's ornament.

use calamine::{DataType, ExcelDateTime};

/// The text of a cell; an error such as `#N/A` is told apart.
#[derive(Debug, PartialEq)]
pub(super) enum Said {
    Nothing,
    Words(String),
    Number(String),
    Error(String),
}

/// What a cell says.
pub(super) fn said(cell: &impl DataType) -> Said {
    if let Some(text) = cell.get_string() {
        return match text.is_empty() {
            true => Said::Nothing,
            false => Said::Words(text.to_owned()),
        };
    }
    if let Some(number) = cell.get_int() {
        return Said::Number(number.to_string());
    }
    if let Some(number) = cell.get_float() {
        return Said::Number(number_text(number));
    }
    if let Some(flag) = cell.get_bool() {
        return Said::Words(flag.to_string());
    }
    if let Some(moment) = cell.get_datetime() {
        return moment_text(moment);
    }
    if let Some(text) = cell.get_datetime_iso().or(cell.get_duration_iso()) {
        let day = text
            .strip_suffix("T00:00:00")
            .or_else(|| text.strip_suffix("T00:00:00.000"));
        return Said::Words(day.unwrap_or(text).to_owned());
    }
    match cell.get_error() {
        Some(error) => Said::Error(error.to_string()),
        None => Said::Nothing,
    }
}

/// Fifteen digits, as many as a workbook keeps, and no exponent: a UPRN is not `1.00e11`.
fn number_text(number: f64) -> String {
    if !number.is_finite() {
        return String::new();
    }
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    // Beyond this an ordinary number is written with hundreds of noughts.
    if rounded != 0.0 && !(1e-12..1e21).contains(&rounded.abs()) {
        return format!("{rounded:e}");
    }
    format!("{}", rounded + 0.0)
}

fn moment_text(moment: ExcelDateTime) -> Said {
    let value = moment.as_f64();
    // Days of the calendar only; a span of time is a number of days.
    if moment.is_duration() || !(0.0..2_958_466.0).contains(&value) {
        return Said::Number(number_text(value));
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let time = match (hour, minute, second) {
        (0, 0, 0) => String::new(),
        (hour, minute, 0) => format!("{hour:02}:{minute:02}"),
        (hour, minute, second) => format!("{hour:02}:{minute:02}:{second:02}"),
    };
    Said::Words(if value < 1.0 && !time.is_empty() {
        time
    } else if time.is_empty() {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {time}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, ExcelDateTimeType};

    fn text(cell: Data) -> String {
        match said(&cell) {
            Said::Nothing => String::new(),
            Said::Words(text) | Said::Number(text) | Said::Error(text) => text,
        }
    }

    #[test]
    fn numbers_are_written_without_exponent_and_without_the_last_bit() {
        assert_eq!(text(Data::Float(100_012_345_678.0)), "100012345678");
        assert_eq!(text(Data::Float(0.1 + 0.2)), "0.3");
        assert_eq!(text(Data::Float(-0.0)), "0");
        assert_eq!(text(Data::Float(1e300)), "1e300");
        assert_eq!(text(Data::Int(-7)), "-7");
    }

    #[test]
    fn leading_noughts_of_text_stay() {
        assert_eq!(text(Data::String("000012345678".into())), "000012345678");
    }

    #[test]
    fn dates_are_days_and_times_stand_behind_them() {
        // 46,846 days after 30 December 1899 is 3 April 2028.
        let moment = |value| {
            text(Data::DateTime(ExcelDateTime::new(
                value,
                ExcelDateTimeType::DateTime,
                false,
            )))
        };
        assert_eq!(moment(46_846.0), "2028-04-03");
        assert_eq!(moment(46_846.5), "2028-04-03 12:00");
        assert_eq!(moment(0.25), "06:00");
        assert_eq!(
            text(Data::DateTimeIso("2026-04-01T00:00:00".into())),
            "2026-04-01"
        );
    }
}

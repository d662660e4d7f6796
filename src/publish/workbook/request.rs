//! What one agency is asked for: a row for each missing cell, the dearest first, with a place for the
//! answer. It is read back by `[[overlay]]`.

use super::super::words::day;
use super::book::{bytes, fitting, header_format, height};
use crate::place::currency::in_print;
use crate::place::{Agency, DataRequest, Place};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationRule, Format, FormatAlign, FormatBorder, Worksheet,
    XlsxError,
};

/// The columns, and their widths. The first five are read back.
const COLUMNS: [(&str, u8); 10] = [
    ("asset_id", 18),
    ("field", 16),
    ("value", 18),
    ("as_of", 12),
    ("source", 20),
    ("name", 30),
    ("what_is_asked", 30),
    ("used_instead", 24),
    ("leans_gbp", 14),
    ("why", 34),
];

/// The width of the page that says what to do.
const ABOUT: u8 = 76;

/// The name of the sheet.
const SHEET: &str = "request";

/// The field, what to write, and whether it is a number, a date or one of a list.
const ASKED: [(&str, &str, Answer); 9] = [
    (
        "lon",
        "Longitude, in degrees (WGS84)",
        Answer::Number(-180.0),
    ),
    ("lat", "Latitude, in degrees (WGS84)", Answer::Number(-90.0)),
    (
        "floor_area_m2",
        "Usable (net internal) floor, m²",
        Answer::Number(0.0),
    ),
    (
        "running_gbp",
        "Running cost, £ a year, rent and rates apart",
        Answer::Number(0.0),
    ),
    ("value_gbp", "Market value, £", Answer::Number(0.0)),
    (
        "tenure",
        "How it is held",
        Answer::OneOf(&[
            "freehold",
            "leasehold",
            "licence",
            "ground lease",
            "PFI",
            "let out",
        ]),
    ),
    ("lease_expiry", "The day the lease ends", Answer::Day),
    (
        "occupancy",
        "Whether anybody uses it",
        Answer::OneOf(&["occupied", "vacant"]),
    ),
    ("space_m2", "Floor the team needs, m²", Answer::Number(0.0)),
];

#[derive(Clone, Copy, Debug)]
enum Answer {
    Number(f64),
    Day,
    OneOf(&'static [&'static str]),
}

/// The workbook of one agency.
pub(super) fn workbook(
    place: &Place,
    agency: &Agency,
    file: &str,
    asked: &[&DataRequest],
) -> Result<Vec<u8>, XlsxError> {
    let title = format!("{}: what {} is asked for", place.name, agency.name);
    let sheets = [request(asked)?, about(place, agency, file, &title)?];
    bytes(sheets, &title, place.base_date)
}

fn request(asked: &[&DataRequest]) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(SHEET)?;
    sheet.set_freeze_panes(1, 2)?;
    for (column, (name, width)) in (0_u16..).zip(COLUMNS) {
        sheet.write_string_with_format(0, column, name, &header_format())?;
        sheet.set_column_width(column, width)?;
    }
    let open = Format::new()
        .set_align(FormatAlign::Top)
        .set_background_color(Color::RGB(0x00FF_F6CC))
        .set_border(FormatBorder::Thin);
    let dated = open.clone().set_num_format("yyyy-mm-dd");
    let money = Format::new()
        .set_num_format("#,##0")
        .set_align(FormatAlign::Top);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let mut row = 0;
    for one in asked {
        // A place on the map is two cells.
        for field in one.field.split(';') {
            row += 1;
            let known = ASKED.iter().find(|(name, ..)| *name == field);
            let what = in_print(known.map_or("", |(_, what, _)| what));
            let texts = [&one.record, field].into_iter();
            for (column, text) in (0_u16..).zip(texts) {
                sheet.write_string_with_format(row, column, fitting(text), &wrapped)?;
            }
            let answer = known.map(|(.., answer)| *answer);
            match answer {
                Some(Answer::Day) => sheet.write_blank(row, 2, &dated)?,
                _ => sheet.write_blank(row, 2, &open)?,
            };
            sheet.write_blank(row, 3, &dated)?;
            sheet.write_blank(row, 4, &open)?;
            let told = [(5, &*one.name), (6, &*what), (7, &one.used), (9, &one.why)];
            for (column, text) in told {
                sheet.write_string_with_format(row, column, fitting(text), &wrapped)?;
            }
            let width = |column: u16| COLUMNS.get(usize::from(column)).map_or(1, |one| one.1);
            let texts = [(0, &*one.record)].into_iter().chain(told);
            let high = height(texts.map(|(column, text)| (text, width(column))));
            sheet.set_row_height(row, high)?;
            sheet.write_number_with_format(row, 8, one.leans_gbp.round(), &money)?;
            if let Some(answer) = answer {
                sheet.add_data_validation(row, 2, row, 2, &validation(answer)?)?;
            }
        }
    }
    sheet.autofilter(0, 0, row, 9)?;
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    Ok(sheet)
}

fn validation(answer: Answer) -> Result<DataValidation, XlsxError> {
    let validation = DataValidation::new();
    Ok(match answer {
        Answer::Number(least) => validation
            .allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(least))
            .set_error_message("Write a number, without its unit")?,
        Answer::Day => validation
            .allow_date(DataValidationRule::GreaterThan(
                rust_xlsxwriter::ExcelDateTime::from_ymd(1901, 1, 1)?,
            ))
            .set_error_message("Write a day, such as 2031-03-31")?,
        Answer::OneOf(words) => validation.allow_list_strings(words)?,
    })
}

fn about(place: &Place, agency: &Agency, file: &str, title: &str) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name("about")?;
    sheet.set_column_width(0, ABOUT)?;
    sheet.set_print_fit_to_pages(1, 0);
    let bold = Format::new().set_bold().set_font_size(14);
    let wrapped = Format::new().set_text_wrap();
    sheet.write_string_with_format(0, 0, fitting(title), &bold)?;
    let lines = [
        format!(
            "These cells are missing, and they could change what is proposed; base date {}. They stand in the order of the money that leans on them.",
            day(place.base_date)
        ),
        "Fill in the yellow cells of the sheet “request”: the value, the day it is as of, and who says so. Leave blank what you do not know. Please do not change the columns asset_id and field.".to_owned(),
        "Send the workbook back under any name. Whoever runs the plan puts it beside place.toml and adds:".to_owned(),
        format!(
            "[[overlay]]\nfile = \"{file}\"\nsheet = \"{SHEET}\"\nagency = {}",
            toml::Value::from(agency.id.as_str())
        ),
    ];
    for (row, line) in (2_u32..).zip(lines) {
        sheet.set_row_height(row, height([(line.as_str(), ABOUT)]))?;
        sheet.write_string_with_format(row, 0, fitting(&line), &wrapped)?;
    }
    Ok(sheet)
}

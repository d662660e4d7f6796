//! A workbook of tables: one sheet each, headers frozen, filters on, numbers with their units' form.

use super::super::cell::{Cell, rounded};
use super::super::error::PublishError;
use super::super::fields::field;
use super::super::tables::{Tables, shown_and_field};
use jiff::civil::Date;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

/// Rows of a sheet; a longer table is cut here, and the cover says so.
const MOST_ROWS: u32 = 200_000;
/// Characters of a cell that spreadsheets can hold, less room for an ellipsis.
const MOST_CHARACTERS: usize = 32_000;
/// Rows that are looked at for the width of a column.
const MEASURED: u32 = 200;

/// A fault of the writer as a fault of a page.
pub(super) fn fault(file: &str) -> impl Fn(XlsxError) -> PublishError + '_ {
    move |fault| PublishError::page(file, fault)
}

/// A sheet that was written: its name, its table's file, its rows, whether it was cut.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) name: String,
    pub(super) file: String,
    pub(super) rows: u32,
    pub(super) cut: bool,
}

/// A workbook in the making.
pub(super) struct Book {
    file: &'static str,
    sheets: Vec<Worksheet>,
    written: Vec<Written>,
    now: Option<Sheet>,
}

/// The sheet at hand.
struct Sheet {
    worksheet: Worksheet,
    written: Written,
    /// Of each column: how its numbers look, and the width its cells ask for.
    columns: Vec<(Look, usize)>,
}

/// How the cells of a column look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Money,
    Share,
    Date,
    Plain,
}

impl Look {
    fn of(field_name: &str) -> Self {
        match field(field_name).map_or("", |(_, _, unit, _)| *unit) {
            unit if unit.contains('£') => Look::Money,
            "share" => Look::Share,
            "date" => Look::Date,
            _ => Look::Plain,
        }
    }

    fn number(self, decimals: u8) -> String {
        match (self, decimals) {
            (Look::Money, _) => "#,##0;[Red]-#,##0".to_owned(),
            (Look::Share, _) => "0.0%".to_owned(),
            (_, 0) => "#,##0".to_owned(),
            (_, decimals) => format!("#,##0.{}", "0".repeat(usize::from(decimals))),
        }
    }
}

/// The row of names.
pub(super) fn header_format() -> Format {
    Format::new()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(Color::RGB(0x0012_436D))
        .set_border_bottom(FormatBorder::Thin)
        .set_align(FormatAlign::VerticalCenter)
}

/// Words as spreadsheets can hold them.
pub(super) fn fitting(text: &str) -> String {
    match text.char_indices().nth(MOST_CHARACTERS) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Height of a row of wrapped words, points: not every program works it out by itself. Each is given with the width
/// of its column, characters.
pub(super) fn height<'a>(cells: impl IntoIterator<Item = (&'a str, u8)>) -> f64 {
    let lines = |(text, width): (&str, u8)| -> usize {
        let room = usize::from(width).saturating_sub(2).max(1);
        let each = text
            .lines()
            .map(|line| line.chars().count().div_ceil(room).max(1));
        each.sum()
    };
    let most = cells.into_iter().map(lines).max();
    let most = u32::try_from(most.unwrap_or(1).clamp(1, 25)).unwrap_or(1);
    15.0 * f64::from(most)
}

/// A day as spreadsheets know it.
pub(super) fn day(date: Date) -> Result<ExcelDateTime, XlsxError> {
    let part = |number: i8| u8::try_from(number).unwrap_or(1);
    let year = u16::try_from(date.year()).unwrap_or(1900);
    ExcelDateTime::from_ymd(year, part(date.month()), part(date.day()))
}

/// The bytes of a workbook of these sheets.
pub(super) fn bytes(
    sheets: impl IntoIterator<Item = Worksheet>,
    title: &str,
    date: Date,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let about = DocProperties::new()
        .set_title(title)
        .set_author("oneroof")
        .set_creation_datetime(&day(date)?);
    workbook.set_properties(&about);
    for sheet in sheets {
        workbook.push_worksheet(sheet);
    }
    workbook.save_to_buffer()
}

impl Book {
    pub(super) fn new(file: &'static str) -> Self {
        Self {
            file,
            sheets: Vec::new(),
            written: Vec::new(),
            now: None,
        }
    }

    /// The sheets so far.
    pub(super) fn written(&self) -> &[Written] {
        &self.written
    }

    /// The bytes, the cover first.
    pub(super) fn finish(self, cover: Worksheet, date: Date) -> Result<Vec<u8>, PublishError> {
        let sheets = std::iter::once(cover).chain(self.sheets);
        bytes(sheets, "oneroof", date).map_err(fault(self.file))
    }
}

impl Tables for Book {
    fn begin(&mut self, file: &str, names: &[&str]) -> Result<(), PublishError> {
        let name = file.trim_end_matches(".csv").to_owned();
        let mut sheet = Sheet {
            worksheet: Worksheet::new(),
            written: Written {
                name: name.clone(),
                file: file.to_owned(),
                rows: 0,
                cut: false,
            },
            columns: Vec::new(),
        };
        sheet.begin(&name, names).map_err(fault(self.file))?;
        self.now = Some(sheet);
        Ok(())
    }

    fn row(&mut self, cells: &[Cell]) -> Result<(), PublishError> {
        match &mut self.now {
            Some(sheet) => sheet.row(cells).map_err(fault(self.file)),
            None => Ok(()),
        }
    }

    fn end(&mut self) -> Result<(), PublishError> {
        if let Some(mut sheet) = self.now.take() {
            sheet.end().map_err(fault(self.file))?;
            self.sheets.push(sheet.worksheet);
            self.written.push(sheet.written);
        }
        Ok(())
    }
}

impl Sheet {
    fn begin(&mut self, name: &str, names: &[&str]) -> Result<(), XlsxError> {
        let header = header_format();
        self.worksheet.set_name(name)?;
        self.worksheet.set_freeze_panes(1, 0)?;
        self.worksheet.set_landscape();
        self.worksheet.set_repeat_rows(0, 0)?;
        self.worksheet.set_print_fit_to_pages(1, 0);
        for (column, name) in (0_u16..).zip(names) {
            let (shown, field) = shown_and_field(name);
            let shown = fitting(shown);
            self.worksheet
                .write_string_with_format(0, column, &shown, &header)?;
            self.columns
                .push((Look::of(field), shown.chars().count() + 4));
        }
        Ok(())
    }

    fn row(&mut self, cells: &[Cell]) -> Result<(), XlsxError> {
        if self.written.rows >= MOST_ROWS {
            self.written.cut = true;
            return Ok(());
        }
        self.written.rows += 1;
        let row = self.written.rows;
        for ((column, cell), (look, width)) in (0_u16..).zip(cells).zip(&mut self.columns) {
            write(&mut self.worksheet, (row, column), cell, *look)?;
            if row <= MEASURED {
                let asked = match cell {
                    Cell::Number(number, _) => 6 + 4 * number.abs().max(1.0).log10() as usize / 3,
                    cell => cell.to_csv().chars().count(),
                };
                *width = (*width).max(asked);
            }
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), XlsxError> {
        for (column, (_, width)) in (0_u16..).zip(&self.columns) {
            let width = u8::try_from((*width).clamp(8, 60)).unwrap_or(60);
            self.worksheet.set_column_width(column, width)?;
        }
        if let Some(last) = u16::try_from(self.columns.len())
            .ok()
            .and_then(|n| n.checked_sub(1))
        {
            self.worksheet.autofilter(0, 0, self.written.rows, last)?;
        }
        Ok(())
    }
}

fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    look: Look,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Null => {}
        Cell::Key(text) | Cell::Text(text) if text.is_empty() => {}
        Cell::Key(text) | Cell::Text(text) => {
            let date = text.parse::<Date>().ok().filter(|_| look == Look::Date);
            if let Some(date) = date {
                let format = Format::new().set_num_format("yyyy-mm-dd");
                sheet.write_datetime_with_format(row, column, day(date)?, &format)?;
            } else {
                sheet.write_string(row, column, fitting(text))?;
            }
        }
        Cell::Number(number, decimals) => {
            if let Some(number) = rounded(*number, *decimals) {
                let format = Format::new().set_num_format(look.number(*decimals));
                sheet.write_number_with_format(row, column, number, &format)?;
            }
        }
        // Years and ranks are no amounts: no commas.
        Cell::Whole(number) => {
            sheet.write_number(row, column, *number as f64)?;
        }
        Cell::Flag(flag) => {
            sheet.write_boolean(row, column, *flag)?;
        }
    }
    Ok(())
}

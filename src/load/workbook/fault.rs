//! Why a workbook is not read.

use crate::place::{Finding, RowRef, Severity};

/// A fault of a whole workbook or sheet.
#[derive(Debug)]
pub(super) struct Fault {
    code: &'static str,
    sheet: Option<String>,
    column: Option<&'static str>,
    cause: String,
    action: String,
}

impl Fault {
    fn new(code: &'static str, cause: impl Into<String>, action: impl Into<String>) -> Self {
        Self {
            code,
            sheet: None,
            column: None,
            cause: cause.into(),
            action: action.into(),
        }
    }

    /// Neither kind of workbook that is read.
    pub(super) fn not_a_workbook(what: &str) -> Self {
        Self::new(
            "not-a-table",
            format!("the file is {what}, not a workbook (.xlsx, .ods)"),
            "save the sheet as .xlsx or as CSV (UTF-8), and name that file",
        )
    }

    pub(super) fn corrupt(why: impl std::fmt::Display) -> Self {
        Self::new(
            "workbook-corrupt",
            format!("the workbook cannot be read: {why}"),
            "open it in Excel or LibreOffice and save it again; it may be cut off or protected by a password",
        )
    }

    pub(super) fn too_big(what: impl Into<String>) -> Self {
        Self::new(
            "workbook-too-big",
            what,
            "delete what is not needed from the sheet, or save it as CSV (UTF-8)",
        )
    }

    pub(super) fn no_such_sheet(wanted: &str, known: &[String]) -> Self {
        let mut fault = Self::new(
            "no-such-sheet",
            format!("the workbook has no sheet `{wanted}`"),
            crate::load::config::did_you_mean(wanted, known.iter().map(String::as_str)),
        );
        fault.column = Some("sheet");
        fault
    }

    pub(super) fn no_sheet() -> Self {
        Self::new(
            "file-empty",
            "no sheet of the workbook holds a row",
            "bring the file again",
        )
    }

    /// Names the sheet it is about.
    pub(super) fn on(mut self, sheet: &str) -> Self {
        self.sheet = Some(sheet.to_owned());
        self
    }

    pub(super) fn finding(self, file: &str) -> Box<Finding> {
        let place = match &self.sheet {
            Some(sheet) => crate::load::table::part_of(file, sheet),
            None => file.to_owned(),
        };
        let mut finding = Finding::new(self.code, Severity::Error, RowRef::file(&place))
            .cause(self.cause)
            .action(self.action);
        finding.column = self.column.map(str::to_owned);
        finding.into()
    }
}

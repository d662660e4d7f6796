//! The cover: the headline, what the figures lean on, and what each sheet holds.

use super::super::about::{NOTICE, meaning};
use super::super::draw::sources_line;
use super::super::edition::Issue;
use super::super::words::day;
use super::book::{Written, fitting, header_format, height};
use crate::access::SAME_KM;
use crate::access::ZoneAccess;
use crate::place::currency::{self, in_print};
use crate::place::words::pounds;
use crate::place::words::whole;
use crate::plan::{Action, AgencyLedger, Plan};
use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};

/// Widths of the columns, characters.
const WIDTHS: [u8; 3] = [46, 30, 90];

/// A sheet written from the top down.
struct Cover {
    sheet: Worksheet,
    row: u32,
}

impl Cover {
    fn title(&mut self, text: &str) -> Result<(), XlsxError> {
        let format = Format::new().set_bold().set_font_size(16);
        self.sheet
            .write_string_with_format(self.row, 0, fitting(text), &format)?;
        self.row += 1;
        Ok(())
    }

    fn note(&mut self, text: &str) -> Result<(), XlsxError> {
        let format = Format::new().set_italic();
        self.sheet
            .write_string_with_format(self.row, 0, fitting(text), &format)?;
        self.row += 1;
        Ok(())
    }

    /// A heading over what follows, after a blank row.
    fn heading(&mut self, names: [&str; 3]) -> Result<(), XlsxError> {
        self.row += 1;
        for (column, name) in (0_u16..).zip(names) {
            self.sheet
                .write_string_with_format(self.row, column, name, &header_format())?;
        }
        self.row += 1;
        Ok(())
    }

    fn words(&mut self, cells: [&str; 3]) -> Result<(), XlsxError> {
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        // So that a figure does not touch the words after it.
        let after = wrapped.clone().set_indent(1);
        for (column, text) in (0_u16..).zip(cells) {
            let format = if column == 2 { &after } else { &wrapped };
            self.sheet
                .write_string_with_format(self.row, column, fitting(text), format)?;
        }
        let high = height(cells.into_iter().zip(WIDTHS));
        self.sheet.set_row_height(self.row, high)?;
        self.row += 1;
        Ok(())
    }

    fn figure(&mut self, what: &str, figure: (f64, &str), of: &str) -> Result<(), XlsxError> {
        self.words([what, "", of])?;
        let format = Format::new()
            .set_num_format(&*in_print(figure.1))
            .set_align(FormatAlign::Top);
        self.sheet
            .write_number_with_format(self.row - 1, 1, figure.0, &format)?;
        Ok(())
    }
}

const POUNDS: &str = "\"£\"#,##0;[Red]-\"£\"#,##0";
const SHARE: &str = "0.0%";
const COUNT: &str = "#,##0";

pub(super) fn sheet(issue: &Issue<'_>, sheets: &[Written]) -> Result<Worksheet, XlsxError> {
    let (place, plan) = (issue.place(), issue.plan());
    let audience = &issue.edition.audience;
    let mut cover = Cover {
        sheet: Worksheet::new(),
        row: 0,
    };
    cover.sheet.set_name("cover")?;
    cover.title(&format!(
        "{}: which services could share which buildings",
        place.name
    ))?;
    cover.note(NOTICE)?;
    cover.note(&format!(
        "Base date {}; money in {} of that day. Printed for: {audience}.",
        day(place.base_date),
        currency::name()
    ))?;
    cover.heading(["Headline", "Figure", "Of what"])?;
    buildings(&mut cover, issue)?;
    if audience.sees_all() {
        money(&mut cover, plan, place.finance.horizon_years)?;
    }
    people(&mut cover, issue)?;
    cover.heading([
        "What the figures lean on",
        "Value",
        "Stated, or a default; source",
    ])?;
    for one in &plan.assumptions {
        let stated = match one.stated {
            true => "stated",
            false => "default",
        };
        let source = format!("{stated}; {} (used by {})", one.source, one.used_by);
        cover.words([&one.name, &one.value, &source])?;
    }
    cover.heading(["Sheet", "Rows", "What it holds"])?;
    for sheet in sheets {
        let what = meaning(&sheet.file);
        let what = match sheet.cut {
            true => format!("{what}; the first rows only: the whole is {}", sheet.file),
            false => what.to_owned(),
        };
        cover.figure(&sheet.name, (f64::from(sheet.rows), COUNT), &what)?;
    }
    cover.row += 1;
    cover.note(&sources_line(place))?;
    for (column, width) in (0..).zip(WIDTHS) {
        cover.sheet.set_column_width(column, width)?;
    }
    cover.sheet.set_landscape();
    cover.sheet.set_print_fit_to_pages(1, 0);
    Ok(cover.sheet)
}

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::INFINITY, f64::from)
}

fn buildings(cover: &mut Cover, issue: &Issue<'_>) -> Result<(), XlsxError> {
    let actions = || issue.planned_buildings().map(|(planned, _)| planned.action);
    let in_plan = actions()
        .filter(|action| *action != Action::Outside)
        .count();
    let open = actions()
        .filter(|action| *action != Action::Outside && action.is_open())
        .count();
    let of = format!("of {} in the plan", whole(count(in_plan)));
    cover.figure("Buildings kept", (count(open), COUNT), &of)?;
    cover.figure("Buildings let go", (count(in_plan - open), COUNT), &of)?;
    cover.figure(
        "Teams and counters that move",
        (count(issue.moves().count()), COUNT),
        "see the sheet moves",
    )
}

fn money(cover: &mut Cover, plan: &Plan, years: u32) -> Result<(), XlsxError> {
    let (today, after) = (plan.running_cost_today_gbp, plan.running_cost_after_gbp);
    if let Some(programme) = &plan.programme {
        cover.figure(
            "Saved by the programme, in present value",
            (programme.saving_gbp, POUNDS),
            "done year by year; what follows is of its end state, as if all of it were done at once",
        )?;
    }
    cover.figure(
        "Saved in present value",
        (plan.saving_gbp, POUNDS),
        &format!(
            "over {years} years, of {} that the buildings and teams that may change cost as today",
            pounds(plan.do_minimum)
        ),
    )?;
    if let Some(most) = plan.saving_at_most_gbp {
        cover.figure(
            "The saving could be at most",
            (most, POUNDS),
            "proven: no plan within the same limits saves more",
        )?;
    }
    if let Some(gap) = plan.gap {
        cover.figure(
            "Gap",
            (gap, SHARE),
            "of the plan's cost, between it and the proven bound",
        )?;
    }
    cover.figure(
        "Running cost a year, today",
        (today, POUNDS),
        "all buildings in scope",
    )?;
    cover.figure(
        "Running cost a year, after",
        (after, POUNDS),
        "the same buildings",
    )?;
    if today > 0.0 {
        cover.figure(
            "Running cost saved",
            ((today - after) / today, SHARE),
            "of the running cost today",
        )?;
    }
    let sum = |of: fn(&AgencyLedger) -> f64| plan.ledger.iter().map(of).sum::<f64>();
    cover.figure(
        "One-off cost",
        (sum(|agency| agency.one_off_gbp), POUNDS),
        "once; repairs avoided are taken off, repairs needed anyway are left out",
    )?;
    cover.figure(
        "Receipts",
        (sum(|agency| agency.receipts_gbp), POUNDS),
        "once, from sales, before the cost of selling",
    )?;
    cover.words([
        "Confidence",
        &plan.confidence,
        "A to D: how much of the cost is measured or stated",
    ])
}

/// Who ends up further away, service by service.
fn people(cover: &mut Cover, issue: &Issue<'_>) -> Result<(), XlsxError> {
    let audience = &issue.edition.audience;
    for service in &issue.access {
        let zones = || issue.place().zones.iter().zip(&service.zones);
        let of = |test: fn(&ZoneAccess) -> bool| -> f64 {
            zones()
                .filter(|(_, access)| test(access))
                .filter_map(|(zone, _)| zone.demand.get(service.service.index()))
                .map(|people| people.get())
                .sum()
        };
        let further =
            of(|access| access.is_cut_off() || access.change().is_some_and(|km| km > SAME_KM));
        if further <= 0.0 {
            continue;
        }
        let name = &issue.place().service(service.service).name;
        let everybody = of(|_| true);
        cover.words([
            &format!("People further from {name}"),
            &audience.count(further),
            &format!(
                "of {} who need it; by more than {:.0} m",
                audience.count(everybody),
                SAME_KM * 1000.0
            ),
        ])?;
    }
    Ok(())
}

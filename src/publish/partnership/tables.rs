//! `coalitions.csv`, `shares.csv`, `transfers.csv`.

use super::super::cell::Cell;
use super::super::csv_file::CsvFile;
use super::super::error::PublishError;
use super::super::exporter::Page;
use super::PartnershipEdition;

fn gbp(amount: Option<f64>) -> Cell {
    amount.map_or(Cell::Null, Cell::gbp)
}

pub(super) fn coalitions(edition: &PartnershipEdition<'_>) -> Result<Page, PublishError> {
    let name = "coalitions.csv";
    let header = [
        "members",
        "size",
        "saving_gbp",
        "saving_at_most_gbp",
        "cost_gbp",
        "gap",
        "within_gap",
        "moves",
        "no_plan_because",
    ];
    let mut file = CsvFile::new(name, &header, edition.excel)?;
    for row in &edition.partnership.coalitions {
        file.row(&[
            Cell::key(row.members.join(";")),
            Cell::count(row.members.len()),
            Cell::gbp(row.saving_gbp),
            gbp(row.saving_at_most_gbp),
            Cell::gbp(row.cost_gbp),
            row.gap.map_or(Cell::Null, |gap| Cell::Number(gap, 6)),
            Cell::Flag(row.within_gap),
            Cell::count(row.moves),
            Cell::optional_text(row.none.as_deref()),
        ])?;
    }
    Ok(Page::new(name, file.finish()?))
}

pub(super) fn shares(edition: &PartnershipEdition<'_>) -> Result<Page, PublishError> {
    let name = "shares.csv";
    let header = [
        "member",
        "name",
        "alone_gbp",
        "alone_most_gbp",
        "by_ledger_gbp",
        "share_gbp",
        "share_least_gbp",
        "share_most_gbp",
        "sampling_error_gbp",
        "transfer_gbp",
        "core_split_gbp",
        "lost_without_gbp",
        "lost_least_gbp",
        "lost_most_gbp",
    ];
    let mut file = CsvFile::new(name, &header, edition.excel)?;
    let drop_outs = &edition.partnership.drop_outs;
    for share in &edition.partnership.shares {
        let without = drop_outs.iter().find(|one| one.member == share.member);
        file.row(&[
            Cell::key(&share.member),
            Cell::text(&share.name),
            Cell::gbp(share.alone_gbp),
            gbp(share.alone_most_gbp),
            Cell::gbp(share.by_ledger_gbp),
            Cell::gbp(share.share_gbp),
            gbp(share.share_least_gbp),
            gbp(share.share_most_gbp),
            Cell::gbp(share.sampling_error_gbp),
            Cell::gbp(share.transfer_gbp),
            Cell::gbp(share.core_split_gbp),
            gbp(without.map(|one| one.lost_gbp)),
            gbp(without.and_then(|one| one.lost_least_gbp)),
            gbp(without.and_then(|one| one.lost_most_gbp)),
        ])?;
    }
    Ok(Page::new(name, file.finish()?))
}

pub(super) fn transfers(edition: &PartnershipEdition<'_>) -> Result<Page, PublishError> {
    let name = "transfers.csv";
    let mut file = CsvFile::new(name, &["from", "to", "gbp", "a_year_gbp"], edition.excel)?;
    for one in &edition.partnership.transfers {
        file.row(&[
            Cell::key(&one.from),
            Cell::key(&one.to),
            Cell::gbp(one.gbp),
            gbp(one.a_year_gbp),
        ])?;
    }
    Ok(Page::new(name, file.finish()?))
}

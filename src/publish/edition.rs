//! One printing of a plan, and how it becomes a folder.

use super::access_change::{ServiceChange, changes};
use super::audience::Audience;
use super::check::CheckEdition;
use super::draw::{Paper, sources_line};
use super::error::PublishError;
use super::exporter::{Exporter, Format, Page, wanted};
use super::report::{self, Beside};
use super::{about, folder, geojson, geopackage, json, pictures, qml, tables, workbook};
use crate::place::{
    AccessPoint, AgencyIx, Building, BuildingIx, Finding, MatchRow, Occupier, OccupierIx, Place,
    Rejected,
};
use crate::plan::{Plan, PlannedBuilding, PlannedOccupier};
use crate::travel::Travel;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// A plan and everything that is printed beside it.
#[derive(Clone, Debug)]
pub struct Edition<'a> {
    /// The place that was planned.
    pub place: &'a Place,
    /// Its distances.
    pub travel: &'a Travel,
    /// The plan.
    pub plan: &'a Plan,
    /// What was noticed while the place was read.
    pub findings: &'a [Finding],
    /// Rows set aside.
    pub rejected: &'a [Rejected],
    /// Records taken for one building, and pairs to look at.
    pub matches: &'a [MatchRow],
    /// Who it is printed for.
    pub audience: Audience,
    /// Whether tables begin with the byte order mark that spreadsheets want.
    pub excel: bool,
}

/// Writes a plan folder: the formats named in `only`, all of them where it is empty. `plan.json` is
/// always written.
///
/// The target must be absent, empty, or a folder of ours; its parents are made where they are
/// missing. The new folder is complete on disk before it takes the old one's place, so that a run
/// that fails or is killed leaves the old folder whole. Files in it that we did not write are
/// carried over.
///
/// # Errors
/// [`PublishError::Target`] where the folder is not ours, [`PublishError::Audience`] where the place
/// has no such agency (exit code 2); else what went wrong.
pub fn publish(out: &Path, edition: &Edition<'_>, only: &[Format]) -> Result<(), PublishError> {
    edition.audience.check(edition.place)?;
    let target = folder::Target::check(out, folder::Kind::Plan)?.for_audience(&edition.audience);
    // What explains the plan that stood there does not explain this one.
    let beside = Beside::read(out, &edition.audience, false, edition.plan);
    target.write(&pages(edition, only, &beside)?)
}

/// Whether [`publish`] may write there: asked before the work rather than after it.
///
/// # Errors
/// As [`publish`] where the target is not ours.
pub fn may_publish(out: &Path) -> Result<(), PublishError> {
    folder::Target::check(out, folder::Kind::Plan).map(|_| ())
}

/// The pages of an edition, in the order they are written.
pub(super) fn pages(
    edition: &Edition<'_>,
    only: &[Format],
    beside: &Beside,
) -> Result<Vec<Page>, PublishError> {
    let issue = Issue::new(edition);
    let mut exporters: Vec<Exporter> = vec![json::plan, about::export];
    if wanted(only, Format::Json) {
        exporters.push(json::certificate);
    }
    if wanted(only, Format::Geojson) {
        exporters.extend(geojson::EXPORTERS);
        exporters.push(qml::export);
    }
    if wanted(only, Format::Gpkg) {
        exporters.push(geopackage::export);
    }
    if wanted(only, Format::Xlsx) {
        exporters.extend([workbook::export, workbook::data_requests]);
    }
    let tables: &[tables::Writer] = match wanted(only, Format::Csv) {
        true => &tables::WRITERS,
        false => &[],
    };
    let csv = |write: &tables::Writer| tables::csv(edition.excel, |to| write(&issue, to));
    let (made, tables): (Result<Vec<_>, _>, Result<Vec<_>, _>) = rayon::join(
        || exporters.par_iter().map(|export| export(&issue)).collect(),
        || tables.par_iter().map(csv).collect(),
    );
    let mut pages: Vec<Page> = made?.into_iter().chain(tables?).flatten().collect();
    let (svg, png) = (wanted(only, Format::Svg), wanted(only, Format::Png));
    if svg || png {
        pages.extend(pictures::export(&issue, svg, png)?);
    }
    if wanted(only, Format::Report) {
        pages.extend(report::export(&issue, beside)?);
    }
    Ok(pages)
}

/// An edition with what several exporters need, worked out once.
pub(super) struct Issue<'a> {
    pub(super) edition: &'a Edition<'a>,
    /// Access of every zone to every service with a counter and demand.
    pub(super) access: Vec<ServiceChange>,
    /// Whether tables carry eastings and northings.
    pub(super) british: bool,
    /// What its pictures are drawn on.
    pub(super) paper: Paper,
    planned: Vec<Option<&'a PlannedBuilding>>,
    buildings: HashMap<&'a str, BuildingIx>,
    occupiers: HashMap<&'a str, OccupierIx>,
    /// Names that several buildings have.
    repeated: HashSet<&'a str>,
    /// Names that several buildings of one agency have.
    repeated_within: HashSet<(&'a str, AgencyIx)>,
}

impl<'a> Issue<'a> {
    /// How high the middle of a map may be; `None` where it may be as high as it needs.
    pub(super) fn map_body(&self) -> Option<f64> {
        self.paper.body(&sources_line(self.edition.place))
    }

    pub(super) fn new(edition: &'a Edition<'a>) -> Self {
        let place = edition.place;
        place.currency.print();
        let buildings: HashMap<_, _> = place
            .buildings()
            .map(|(at, building)| (building.id.as_str(), at))
            .collect();
        let occupiers: HashMap<_, _> = place
            .occupiers()
            .map(|(at, occupier)| (occupier.id.as_str(), at))
            .collect();
        let mut planned = vec![None; place.buildings.len()];
        for one in &edition.plan.buildings {
            if let Some(at) = buildings.get(one.asset_id.as_str()) {
                planned[at.index()] = Some(one);
            }
        }
        let mut once = HashSet::new();
        let names = place.buildings.iter().map(|one| one.name.as_str());
        let repeated = names.filter(|name| !once.insert(*name)).collect();
        let mut once = HashSet::new();
        let owned = place.buildings.iter();
        let owned = owned.map(|one| (one.name.as_str(), one.agency));
        let repeated_within = owned.filter(|named| !once.insert(*named)).collect();
        let mut issue = Self {
            edition,
            access: Vec::new(),
            british: place.is_british(),
            paper: Paper::Flowing,
            planned,
            buildings,
            occupiers,
            repeated,
            repeated_within,
        };
        issue.access = changes(&issue);
        issue
    }

    pub(super) fn place(&self) -> &'a Place {
        self.edition.place
    }

    pub(super) fn plan(&self) -> &'a Plan {
        self.edition.plan
    }

    /// Whether another building has the same name.
    pub(super) fn is_repeated(&self, name: &str) -> bool {
        self.repeated.contains(name)
    }

    /// Whether another building of its agency has the same name.
    pub(super) fn is_repeated_within(&self, building: &Building) -> bool {
        let named = (building.name.as_str(), building.agency);
        self.repeated_within.contains(&named)
    }

    /// What the plan makes of a building; `None` where it does not name it.
    pub(super) fn planned(&self, at: BuildingIx) -> Option<&'a PlannedBuilding> {
        self.planned[at.index()]
    }

    pub(super) fn building_named(&self, id: &str) -> Option<(BuildingIx, &'a Building)> {
        let at = *self.buildings.get(id)?;
        Some((at, self.place().building(at)))
    }

    pub(super) fn occupier_named(&self, id: &str) -> Option<(OccupierIx, &'a Occupier)> {
        let at = *self.occupiers.get(id)?;
        Some((at, self.place().occupier(at)))
    }

    /// The offer of a new counter of an id.
    pub(super) fn point_named(&self, id: &str) -> Option<&'a AccessPoint> {
        let mut offers = self.place().points.iter();
        offers.find(|offer| offer.id.as_str() == id)
    }

    /// The buildings that the audience may know of.
    pub(super) fn buildings(&self) -> impl Iterator<Item = (BuildingIx, &'a Building)> + '_ {
        let all = self.place().buildings();
        all.filter(|(_, building)| self.shows(building))
    }

    /// The buildings of the plan that the audience may know of.
    pub(super) fn planned_buildings(
        &self,
    ) -> impl Iterator<Item = (&'a PlannedBuilding, &'a Building)> + '_ {
        let plan = self.plan().buildings.iter();
        plan.filter_map(|planned| Some((planned, self.building_named(&planned.asset_id)?.1)))
            .filter(|(_, building)| self.shows(building))
    }

    /// The occupiers that go somewhere else, with their records: those the audience may know of.
    pub(super) fn moves(&self) -> impl Iterator<Item = (&'a PlannedOccupier, &'a Occupier)> + '_ {
        self.plan()
            .occupiers
            .iter()
            .filter(|planned| planned.from_id != planned.to_id)
            .filter_map(|planned| Some((planned, self.occupier_named(&planned.occupier)?.1)))
            .filter(|(planned, occupier)| self.shows_occupier(planned, occupier))
    }

    /// Whether the audience may know of a building.
    pub(super) fn shows(&self, building: &Building) -> bool {
        let audience = &self.edition.audience;
        audience.may_know_of(building, self.agency_id(building.agency))
    }

    /// Whether it may know of the building with this id; one that is not in the place is no secret.
    pub(super) fn shows_id(&self, id: &str) -> bool {
        self.building_named(id)
            .is_none_or(|(_, building)| self.shows(building))
    }

    /// Whether it may know of an occupier: its own, or of buildings that are no secret.
    pub(super) fn shows_occupier(&self, planned: &PlannedOccupier, occupier: &Occupier) -> bool {
        let own = Audience::Agency(self.agency_id(occupier.agency).to_string());
        self.edition.audience == own
            || (self.shows_id(&planned.from_id) && self.shows_id(&planned.to_id))
    }

    /// Whether anything is kept from the audience altogether.
    pub(super) fn keeps_sites_back(&self) -> bool {
        self.place().buildings.iter().any(|b| !self.shows(b))
    }

    pub(super) fn agency_id(&self, at: AgencyIx) -> &'a str {
        self.place().agency(at).id.as_str()
    }
}

impl Edition<'_> {
    /// The part of the edition that `check` also prints.
    pub(super) fn found(&self) -> CheckEdition<'_> {
        CheckEdition {
            place: Some(self.place),
            findings: self.findings,
            rejected: self.rejected,
            matches: self.matches,
            audience: self.audience.clone(),
            excel: self.excel,
        }
    }
}

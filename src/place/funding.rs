//! Who pays the rent of a team or counter that moves into another agency's building.

use super::{AgencyIx, BuildingIx, OccupierIx, Place, ServiceIx};

/// A declared payer. It counts for teams and counters that meet all it names.
#[derive(Clone, Debug, PartialEq)]
pub struct Funding {
    /// Of this service.
    pub service: Option<ServiceIx>,
    /// Of this agency.
    pub agency: Option<AgencyIx>,
    /// Who pays what the owner of the new building is owed.
    pub by: AgencyIx,
    /// Where that was agreed.
    pub source: Option<String>,
}

impl Place {
    /// Who pays for the floor of an occupier in a building: its own agency, or who was declared where it comes
    /// into another agency's; the first that fits counts.
    pub fn payer(&self, at: OccupierIx, to: BuildingIx) -> AgencyIx {
        let occupier = self.occupier(at);
        if to == occupier.building || self.building(to).agency == occupier.agency {
            return occupier.agency;
        }
        let fits = |one: &&Funding| {
            one.service
                .is_none_or(|service| service == occupier.service)
                && one.agency.is_none_or(|agency| agency == occupier.agency)
        };
        let declared = self.funding.iter().find(fits);
        declared.map_or(occupier.agency, |one| one.by)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::sample;

    #[test]
    fn who_pays_is_declared_for_those_who_come_into_another_agencys_building() {
        let mut place = sample::six_buildings();
        let (council, nhs) = (AgencyIx::new(0), AgencyIx::new(1));
        let office = OccupierIx::new(2);
        let theirs = place.buildings().find(|(_, one)| one.agency == nhs);
        let (theirs, _) = theirs.expect("a building of the NHS");
        assert_eq!(place.payer(office, theirs), council);
        place.funding.push(Funding {
            service: Some(place.occupier(office).service),
            agency: None,
            by: nhs,
            source: None,
        });
        assert_eq!(place.payer(office, theirs), nhs);
        // Where it is today, and in its own agency's buildings, it pays itself.
        let (today, own) = (place.occupier(office).building, BuildingIx::new(1));
        assert_eq!(place.payer(office, today), council);
        assert_eq!(place.payer(office, own), council);
        // Another service is not meant.
        assert_eq!(place.payer(OccupierIx::new(0), theirs), council);
    }
}

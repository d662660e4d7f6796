//! In which larger area a building stands.

use super::{BuildingIx, Location, Place, Zone};
use geo::{Contains, Point};

impl Place {
    /// Code of the area of a kind that a building stands in: that of the zone whose outline holds
    /// it, or, where no zone has an outline, of the zone whose point is nearest. `None` outside
    /// every outline, without a location, and where that zone knows no area of the kind.
    pub fn area_of(&self, building: BuildingIx, kind: &str) -> Option<&str> {
        let at = self.building(building).location?;
        let zone = match self.zones.iter().any(|zone| zone.outline.is_some()) {
            true => self.zones.iter().find(|zone| holds(zone, at)),
            false => self.zones.iter().min_by(|one, other| {
                let (one_far, other_far) = (apart(one.point, at), apart(other.point, at));
                one_far.total_cmp(&other_far).then(one.id.cmp(&other.id))
            }),
        };
        zone?.areas.get(kind).map(String::as_str)
    }
}

fn holds(zone: &Zone, at: Location) -> bool {
    let point = Point::new(at.lon(), at.lat());
    let outline = zone.outline.as_ref();
    outline.is_some_and(|outline| outline.contains(&point))
}

/// Squared degrees of latitude between two points that are near each other.
fn apart(one: Location, other: Location) -> f64 {
    let east = (one.lon() - other.lon()) * other.lat().to_radians().cos();
    let north = one.lat() - other.lat();
    east * east + north * north
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::sample::six_buildings;
    use geo::polygon;

    fn place() -> Place {
        let mut place = six_buildings();
        for (zone, ward) in place.zones.iter_mut().zip(["W", "W", "E", "E", "E"]) {
            zone.areas.insert("ward".to_owned(), ward.to_owned());
        }
        place
    }

    #[test]
    fn without_outlines_a_building_is_in_the_area_of_the_nearest_zone() {
        assert_eq!(place().area_of(BuildingIx::new(1), "ward"), Some("W"));
        assert_eq!(place().area_of(BuildingIx::new(5), "ward"), Some("E"));
    }

    #[test]
    fn a_building_outside_every_outline_is_in_no_area() {
        let mut place = place();
        let at = place.buildings[1].location.expect("it has one");
        let (lon, lat) = (at.lon(), at.lat());
        let around = polygon![(x: lon - 0.01, y: lat - 0.01), (x: lon + 0.01, y: lat - 0.01), (x: lon + 0.01, y: lat + 0.01), (x: lon - 0.01, y: lat + 0.01)];
        place.zones[3].outline = Some(around.into());
        assert_eq!(place.area_of(BuildingIx::new(1), "ward"), Some("E"));
        assert_eq!(place.area_of(BuildingIx::new(3), "ward"), None);
    }
}

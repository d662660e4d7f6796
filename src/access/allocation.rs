//! Where everybody goes.

use crate::place::{BuildingIx, Distance, Place, natural};

/// How people choose among the hosts of a service. Plans and limits use [`Nearest`](Allocation::Nearest);
/// the other is for evaluation alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Allocation {
    /// Everybody goes to the nearest host; of several as near, to the one whose id comes first, 9 before 10.
    Nearest,
    /// A share of everybody goes to each host, in proportion to what it can take ÷ distance^decay.
    ///
    /// # References
    /// Huff, *Defining and estimating a trading area*, Journal of Marketing 28 (1964).
    Huff {
        /// How fast the draw of a host falls with distance.
        decay: f64,
        /// Distances below this count as this, in the user's unit: at no distance the draw would have no end.
        least: f64,
    },
}

/// A host that people of a zone can reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// The building.
    pub host: BuildingIx,
    /// How far it is, in whole steps.
    pub steps: Distance,
    /// How far it is, in the user's unit.
    pub far: f64,
    /// What draws people: what it can take, or 1 where that is not known of every host.
    pub draw: f64,
}

impl Allocation {
    /// The share of a zone's people that goes to each of the hosts it can reach; the shares add up to 1,
    /// and there are none without hosts.
    pub fn shares(self, place: &Place, hosts: &[Choice]) -> Vec<(BuildingIx, f64)> {
        match self {
            Allocation::Nearest => nearest(place, hosts)
                .map(|at| (at, 1.0))
                .into_iter()
                .collect(),
            Allocation::Huff { decay, least } => huff(hosts, decay, least),
        }
    }
}

fn nearest(place: &Place, hosts: &[Choice]) -> Option<BuildingIx> {
    let id = |one: &Choice| place.building(one.host).id.as_str();
    let first = hosts.iter().min_by(|one, other| {
        let by_distance = one.steps.cmp(&other.steps);
        by_distance.then_with(|| natural(id(one), id(other)))
    })?;
    Some(first.host)
}

fn huff(hosts: &[Choice], decay: f64, least: f64) -> Vec<(BuildingIx, f64)> {
    let draw = |one: &Choice| one.draw / one.far.max(least).powf(decay);
    let all: f64 = hosts.iter().map(draw).sum();
    let shares = hosts.iter().map(|one| (one.host, draw(one) / all));
    shares.filter(|(_, share)| share.is_finite()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::sample::six_buildings;

    fn choice(host: usize, metres: u32, draw: f64) -> Choice {
        Choice {
            host: BuildingIx::new(host),
            steps: Distance(metres),
            far: f64::from(metres) / 1000.0,
            draw,
        }
    }

    #[test]
    fn of_two_hosts_as_near_the_lowest_id_is_gone_to() {
        let mut place = six_buildings();
        place.buildings[0].id = "Z".into();
        let hosts = [
            choice(0, 500, 1.0),
            choice(1, 500, 1.0),
            choice(2, 501, 1.0),
        ];
        let shares = Allocation::Nearest.shares(&place, &hosts);
        assert_eq!(shares, [(BuildingIx::new(1), 1.0)]);
    }

    #[test]
    fn of_two_hosts_as_near_9_is_gone_to_before_10() {
        let mut place = six_buildings();
        place.buildings[0].id = "10".into();
        place.buildings[1].id = "9".into();
        let hosts = [choice(0, 500, 1.0), choice(1, 500, 1.0)];
        let shares = Allocation::Nearest.shares(&place, &hosts);
        assert_eq!(shares, [(BuildingIx::new(1), 1.0)]);
    }

    #[test]
    fn twice_as_near_draws_four_times_as_many() {
        let huff = Allocation::Huff {
            decay: 2.0,
            least: 0.1,
        };
        let hosts = [choice(0, 1_000, 1.0), choice(1, 2_000, 1.0)];
        let shares = huff.shares(&six_buildings(), &hosts);
        assert_eq!(
            shares,
            [(BuildingIx::new(0), 0.8), (BuildingIx::new(1), 0.2)]
        );
        // Four times as large makes up for it.
        let hosts = [choice(0, 1_000, 1.0), choice(1, 2_000, 4.0)];
        assert_eq!(huff.shares(&six_buildings(), &hosts)[0].1, 0.5);
    }
}

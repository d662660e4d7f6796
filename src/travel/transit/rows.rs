//! Rows whose cells are times of the day of service, which may lie past midnight.

use gtfs_structures::PickupDropOffType;
use serde::de::{Deserialize, Deserializer, Error};

/// What is read of a row of `stop_times.txt`.
#[derive(serde::Deserialize)]
pub(super) struct StopTime {
    pub(super) trip_id: String,
    pub(super) stop_id: String,
    pub(super) stop_sequence: u32,
    #[serde(deserialize_with = "time_or_none")]
    pub(super) arrival_time: Option<u32>,
    #[serde(deserialize_with = "time_or_none")]
    pub(super) departure_time: Option<u32>,
    #[serde(default)]
    pub(super) pickup_type: PickupDropOffType,
    #[serde(default)]
    pub(super) drop_off_type: PickupDropOffType,
}

/// What is read of a row of `agency.txt`.
#[derive(serde::Deserialize)]
pub(super) struct Agency {
    #[serde(default)]
    pub(super) agency_timezone: Option<String>,
}

/// What is read of a row of `frequencies.txt`.
#[derive(serde::Deserialize)]
pub(super) struct Frequency {
    pub(super) trip_id: String,
    #[serde(deserialize_with = "time")]
    pub(super) start_time: u32,
    #[serde(deserialize_with = "time")]
    pub(super) end_time: u32,
    pub(super) headway_secs: u32,
}

fn time<'de, D: Deserializer<'de>>(cell: D) -> Result<u32, D::Error> {
    let cell: &str = Deserialize::deserialize(cell)?;
    seconds(cell).ok_or_else(|| D::Error::custom(format!("{cell} is no time of the form hh:mm:ss")))
}

fn time_or_none<'de, D: Deserializer<'de>>(cell: D) -> Result<Option<u32>, D::Error> {
    let cell: Option<&str> = Deserialize::deserialize(cell)?;
    let of = |cell: &str| {
        seconds(cell)
            .map(Some)
            .ok_or_else(|| D::Error::custom(format!("{cell} is no time of the form hh:mm:ss")))
    };
    cell.map_or(Ok(None), of)
}

/// Seconds of `H:MM:SS`, with any number of hours that can be counted.
fn seconds(cell: &str) -> Option<u32> {
    let mut parts = cell.trim().split(':');
    let mut part = || {
        let text = parts.next()?;
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        let number: u32 = text.parse().ok().filter(|_| is_number)?;
        Some((text.len(), number))
    };
    let (hours, minutes, seconds) = (part()?, part()?, part()?);
    let is_sixtieth = |(digits, number): (usize, u32)| digits == 2 && number < 60;
    if parts.next().is_some() || !is_sixtieth(minutes) || !is_sixtieth(seconds) {
        return None;
    }
    let of_hours = hours.1.checked_mul(3_600)?;
    of_hours.checked_add(minutes.1 * 60 + seconds.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_hours_minutes_and_seconds_that_can_be_counted() {
        assert_eq!(seconds("7:05:09"), Some(25_509));
        assert_eq!(seconds("25:00:00"), Some(90_000));
        // 3600 times this is more than 2^32 and was once half past midnight.
        for none in [
            "1193047:00:00",
            "99999999999:00:00",
            "07:60:00",
            "7:5:00",
            "+7:05:00",
            "07:05",
            "",
        ] {
            assert_eq!(seconds(none), None, "{none}");
        }
    }
}

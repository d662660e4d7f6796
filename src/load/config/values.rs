//! The kinds of value a user may write in `place.toml` in more than one way.

use super::place_file::TravelConfig;
use super::roads::RoadsConfig;
use crate::load::cells::SQUARE_FOOT;
use crate::place::{Currency, Mode, RoadMode, SpaceType, Unit};
use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::collections::BTreeMap;
use toml::Value;

/// A day: a TOML date (`2026-04-01`) or the same as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day(pub Date);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = match Value::deserialize(deserializer)? {
            Value::Datetime(day) => day.to_string(),
            Value::String(text) => text,
            other => {
                return Err(D::Error::custom(format!(
                    "expected a day such as 2026-04-01, found {}",
                    other.type_str()
                )));
            }
        };
        Day::read(&text)
            .ok_or_else(|| D::Error::custom(format!("`{text}` is no day; write it as 2026-04-01")))
    }
}

impl Day {
    /// A day as text, with or without a time after it.
    pub(super) fn read(text: &str) -> Option<Self> {
        text.get(..10).unwrap_or(text).parse().ok().map(Self)
    }
}

impl JsonSchema for Day {
    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date", "description": "A day, as 2026-04-01" })
    }
}

/// A currency by its code: `EUR`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CurrencyCode(pub Currency);

impl Default for CurrencyCode {
    fn default() -> Self {
        Self(Currency::POUND)
    }
}

impl<'de> Deserialize<'de> for CurrencyCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Currency::of_code(&text).map(Self).ok_or_else(|| {
            D::Error::custom(format!("`{text}` is no currency; write its code, as EUR"))
        })
    }
}

impl JsonSchema for CurrencyCode {
    fn schema_name() -> Cow<'static, str> {
        "CurrencyCode".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^[A-Za-z]{3}$",
            "description": "A currency by its ISO 4217 code, as EUR"
        })
    }
}

/// One text or several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(pub Vec<String>);

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        texts_of(Value::deserialize(deserializer)?)
            .map(Texts)
            .map_err(D::Error::custom)
    }
}

impl JsonSchema for Texts {
    fn schema_name() -> Cow<'static, str> {
        "Texts".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "anyOf": [
                { "type": ["string", "number", "boolean"] },
                { "type": "array", "items": { "type": ["string", "number", "boolean"] } }
            ],
            "description": "One value or a list of values"
        })
    }
}

/// Numbers and words of `place.toml` as the text that cells are compared with.
fn text_of(value: Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text),
        Value::Integer(number) => Ok(number.to_string()),
        Value::Float(number) => Ok(number.to_string()),
        Value::Boolean(yes) => Ok(yes.to_string()),
        other => Err(format!("expected a text, found {}", other.type_str())),
    }
}

fn texts_of(value: Value) -> Result<Vec<String>, String> {
    match value {
        Value::Array(list) => list.into_iter().map(text_of).collect(),
        one => Ok(vec![text_of(one)?]),
    }
}

/// Where a count of people comes from: a column, a range of ages (`"0..4"`, `"75.."`), a sum of
/// several, or one of these for each year of data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counting {
    /// One column or age range, or several that are added.
    Sum(Vec<String>),
    /// By year: the latest at or before the base date is used.
    ByYear(BTreeMap<i16, Vec<String>>),
}

impl<'de> Deserialize<'de> for Counting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Table(years) => years
                .into_iter()
                .map(|(year, columns)| {
                    let year = year.trim().parse().map_err(|_| {
                        D::Error::custom(format!(
                            "`{year}` is no year; write \"2026\" = \"column\""
                        ))
                    })?;
                    Ok((year, texts_of(columns).map_err(D::Error::custom)?))
                })
                .collect::<Result<_, _>>()
                .map(Counting::ByYear),
            other => texts_of(other).map(Counting::Sum).map_err(D::Error::custom),
        }
    }
}

impl JsonSchema for Counting {
    fn schema_name() -> Cow<'static, str> {
        "Counting".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "anyOf": [
                { "type": "string" },
                { "type": "array", "items": { "type": "string" } },
                { "type": "object", "additionalProperties": {
                    "anyOf": [ { "type": "string" }, { "type": "array", "items": { "type": "string" } } ]
                } }
            ],
            "description": "A column name, an age range such as \"0..4\" or \"75..\" (both ends included), \
                            a list that is added up, or one of these for each year: { \"2026\" = \"pop26\" }"
        })
    }
}

/// A service's role in a scope row, a mode, a unit: words from a short list.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$item])* $variant),+ }
    };
}

words!(
    /// What `[[buildings.scope]]` makes of a row.
    ScopeRole {
        /// May be kept, shared or let go.
        Candidate,
        /// Stays as it is; its counters serve the public.
        Fixed,
        /// Carried through to the outputs and otherwise left out.
        Out,
    }
);
words!(
    /// The rules of `[[access]]`.
    RuleWord {
        /// A share of demand within a distance (R1).
        Within,
        /// Every zone within a distance, or today's plus an increase (R2).
        WorstCase,
        /// Mean distance (R3).
        Mean,
        /// Distance of a move (R7).
        Displacement,
        /// No group worse off than today (R4).
        NoGroupWorse,
        /// A share of demand within a distance, in every area of a kind (R5).
        FloorPerArea,
        /// Enough buildings with a counter (R6).
        MinimumHosts,
        /// No counter visited more often than it can be (R8).
        Capacity,
    }
);
words!(
    /// The hours a counter keeps, as `minimum_hosts` counts them.
    HoursWord {
        /// Any.
        Any,
        /// Open in the evening or at weekends.
        EveningOrWeekend,
        /// Open day and night.
        AllDay,
    }
);
words!(
    /// What a matrix counts.
    UnitWord {
        /// Minutes.
        Minutes,
        /// Seconds; outputs show minutes.
        Seconds,
        /// Kilometres.
        Km,
        /// Metres; outputs show kilometres.
        Metres,
    }
);
words!(
    /// A unit of floor area.
    AreaWord {
        /// Square metres.
        M2,
        /// Square feet.
        #[serde(rename = "sq ft", alias = "sq_ft", alias = "sqft", alias = "ft2")]
        SqFt,
    }
);
words!(
    /// How a matrix is laid out.
    ShapeWord {
        /// One row for each pair.
        Long,
        /// One row for each zone, one column for each building.
        Wide,
    }
);
words!(
    /// Which end of a decile scale is 1.
    DecileEnd {
        /// 1 is the most deprived tenth, as in the English index.
        MostDeprived,
        /// 1 is the least deprived tenth.
        LeastDeprived,
    }
);
words!(
    /// What a plan makes least.
    ObjectiveWord {
        /// Present value of property cost over the horizon.
        NetPresentValue,
        /// Running cost of a steady year.
        RunningCost,
    }
);
words!(
    /// Which journeys the second stage makes least.
    TravelObjectiveWord {
        /// Their sum: people × km.
        Total,
        /// Their equally-distributed equivalent (Kolm–Pollak): long journeys count for more.
        Equal,
    }
);
words!(
    /// A type of floor.
    SpaceWord {
        /// Desks and meeting rooms.
        Office,
        /// Counters, reading rooms, waiting rooms.
        Public,
        /// Consulting and treatment rooms.
        Clinical,
        /// Custody, evidence, vetted areas.
        Secure,
        /// Stores and archives.
        Storage,
        /// Fits anywhere.
        Any,
    }
);

impl SpaceWord {
    /// The place's type.
    pub fn space(self) -> SpaceType {
        match self {
            SpaceWord::Office => SpaceType::Office,
            SpaceWord::Public => SpaceType::Public,
            SpaceWord::Clinical => SpaceType::Clinical,
            SpaceWord::Secure => SpaceType::Secure,
            SpaceWord::Storage => SpaceType::Storage,
            SpaceWord::Any => SpaceType::Any,
        }
    }
}

impl AreaWord {
    /// Square metres in it.
    pub fn square_metres(self) -> f64 {
        match self {
            AreaWord::M2 => 1.0,
            AreaWord::SqFt => SQUARE_FOOT,
        }
    }
}

impl UnitWord {
    /// The place's unit.
    pub fn unit(self) -> Unit {
        match self {
            UnitWord::Minutes | UnitWord::Seconds => Unit::Minutes,
            UnitWord::Km | UnitWord::Metres => Unit::Km,
        }
    }

    /// What a number of the table is multiplied by to give kilometres or minutes.
    pub fn factor(self) -> f64 {
        match self {
            UnitWord::Minutes | UnitWord::Km => 1.0,
            UnitWord::Seconds => 1.0 / 60.0,
            UnitWord::Metres => 0.001,
        }
    }
}

/// The mode a user named: one of ours, along roads or by timetable where there are any for it, else the
/// name of a matrix.
pub fn mode_named(name: &str, travel: &TravelConfig) -> Mode {
    let roads = travel.roads.as_ref();
    let along = roads.map_or_else(Vec::new, RoadsConfig::road_modes);
    if let Some(mode) = RoadMode::named(name).filter(|mode| along.contains(mode)) {
        return Mode::Road(mode);
    }
    match name {
        "straight" => Mode::Straight,
        "walk" => Mode::Walk,
        "drive" => Mode::Drive,
        "transit" if travel.transit.is_some() => Mode::Transit,
        other => Mode::Matrix(other.to_string()),
    }
}

//! The classes of zones on an access map: by change of distance, or, where nobody's distance
//! changes, by distance.

use super::super::access_change::ServiceChange;
use super::super::draw::{
    BLUE, Hatch, Ink, LILAC, MAROON, NAVY, ORANGE, OUTLINE, PALE, PAPER, Pen, SKY, Sheet, TEAL,
    TEXT, WHITE, hatch_lines,
};
use super::super::edition::Issue;
use super::base::demand;
use crate::access::SAME_KM;
use crate::access::ZoneAccess;

/// Which way a class goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Way {
    Nearer,
    Same,
    Further,
    /// It reaches nothing, today and under the plan.
    Nowhere,
    /// Nobody who needs the service.
    Nobody,
}

/// Hatching: direction, gap, pen.
pub(super) type Lines = &'static [(Hatch, f64, Pen)];

/// One class: its words in the legend, and how it is painted. What is worse is hatched, so that a
/// grey print tells it.
#[derive(Clone, Debug)]
pub(in super::super) struct Class {
    pub(in super::super) words: String,
    pub(in super::super) way: Way,
    pub(in super::super) fill: Ink,
    lines: Lines,
}

impl Class {
    pub(super) fn new(words: impl Into<String>, way: Way, fill: Ink, lines: Lines) -> Self {
        Self {
            words: words.into(),
            way,
            fill,
            lines,
        }
    }

    /// Paints a shape of this class.
    pub(super) fn paint(&self, sheet: &mut Sheet<'_>, rings: &[Vec<(f64, f64)>]) {
        sheet.polygon(rings, self.fill, 1.0);
        for (hatch, gap, pen) in self.lines {
            for line in hatch_lines(rings, *hatch, *gap) {
                sheet.polyline(&line, *pen);
            }
        }
    }
}

/// The class of a zone by its distances.
type ClassOf = dyn Fn(&ZoneAccess) -> usize;

/// Where the classes part, in km.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) enum Scale {
    /// By change: small ones from great ones.
    Change(f64),
    /// By distance.
    Distance([f64; 3]),
}

/// All classes of a map, and the class of every zone.
pub(in super::super) struct Classes {
    /// Whether it is distance that is shown, because nobody's changes.
    pub(super) unchanged: bool,
    pub(in super::super) scale: Scale,
    pub(in super::super) all: Vec<Class>,
    pub(super) of: Vec<usize>,
}

impl Classes {
    /// The classes of one service.
    pub(in super::super) fn of(issue: &Issue<'_>, service: &ServiceChange) -> Self {
        let zones = || issue.place().zones.iter().zip(&service.zones);
        let changes = zones().any(|(zone, access)| {
            let moved = access.change().is_some_and(|km| km.abs() > SAME_KM);
            demand(service, zone) > 0.0 && (moved || access.is_cut_off() || access.is_opened_up())
        });
        let figures = |of| figures(issue, service, of);
        let (scale, all, class): (Scale, Vec<Class>, Box<ClassOf>) = if changes {
            let mut sizes = figures(|access| access.change().map(f64::abs));
            sizes.retain(|(km, _)| *km > SAME_KM);
            let step = round_near(median(sizes));
            (
                Scale::Change(step),
                by_change(step),
                Box::new(move |access| change_class(access, step)),
            )
        } else {
            let breaks = distance_breaks(issue, service);
            (
                Scale::Distance(breaks),
                by_distance(breaks),
                Box::new(move |access| distance_class(access.after, breaks)),
            )
        };
        let of = zones()
            .map(|(zone, access)| match demand(service, zone) > 0.0 {
                true => class(access),
                false => all.len() - 1,
            })
            .collect();
        Self {
            unchanged: !changes,
            scale,
            all,
            of,
        }
    }

    /// The classes of distance at one time, the same for every time.
    pub(super) fn of_distance(
        issue: &Issue<'_>,
        service: &ServiceChange,
        at: fn(&ZoneAccess) -> Option<f64>,
    ) -> Self {
        let breaks = distance_breaks(issue, service);
        let mut all = by_distance(breaks);
        let nobody = all.len() - 1;
        all[nobody - 1].words = "Reaches none".to_string();
        let zones = issue.place().zones.iter().zip(&service.zones);
        let of = zones
            .map(|(zone, access)| match demand(service, zone) > 0.0 {
                true => distance_class(at(access), breaks),
                false => nobody,
            })
            .collect();
        Self {
            unchanged: true,
            scale: Scale::Distance(breaks),
            all,
            of,
        }
    }

    /// The class of a zone by its place among the zones.
    pub(super) fn class(&self, zone: usize) -> &Class {
        &self.all[self.of[zone]]
    }
}

/// Distances of the zones in which somebody needs the service, with those people.
fn figures(
    issue: &Issue<'_>,
    service: &ServiceChange,
    of: fn(&ZoneAccess) -> Option<f64>,
) -> Vec<(f64, f64)> {
    let zones = issue.place().zones.iter().zip(&service.zones);
    zones
        .filter_map(|(zone, access)| Some((of(access)?, demand(service, zone))))
        .filter(|(_, people)| *people > 0.0)
        .collect()
}

/// The ends of the classes of distance, km: round, around the middle person under the plan.
pub(in super::super) fn distance_breaks(issue: &Issue<'_>, service: &ServiceChange) -> [f64; 3] {
    breaks_near(median(figures(issue, service, |access| access.after)))
}

/// Nearest to best; the last is of those who do not count.
fn by_change(step: f64) -> Vec<Class> {
    const RISING: Lines = &[(Hatch::Rising, 8.0, Pen(TEXT, 0.9, 1.0))];
    const CROSSED: Lines = &[
        (Hatch::Rising, 8.0, Pen(WHITE, 0.9, 1.0)),
        (Hatch::Falling, 8.0, Pen(WHITE, 0.9, 1.0)),
    ];
    const CUT_OFF: Lines = &[
        (Hatch::Rising, 4.0, Pen(TEXT, 1.0, 1.0)),
        (Hatch::Falling, 4.0, Pen(TEXT, 1.0, 1.0)),
    ];
    vec![
        Class::new("Reaches one for the first time", Way::Nearer, BLUE, &[]),
        Class::new(format!("Over {step} km nearer"), Way::Nearer, NAVY, &[]),
        Class::new(format!("Up to {step} km nearer"), Way::Nearer, TEAL, &[]),
        Class::new("Same, within 50 m", Way::Same, WHITE, &[]),
        Class::new(
            format!("Up to {step} km further"),
            Way::Further,
            ORANGE,
            RISING,
        ),
        Class::new(
            format!("Over {step} km further"),
            Way::Further,
            MAROON,
            CROSSED,
        ),
        Class::new("Can no longer reach any", Way::Further, ORANGE, CUT_OFF),
        nowhere(),
        nobody(),
    ]
}

fn change_class(access: &ZoneAccess, step: f64) -> usize {
    match access.change() {
        _ if access.is_opened_up() => 0,
        _ if access.is_cut_off() => 6,
        None => 7,
        Some(km) if km < -step => 1,
        Some(km) if km < -SAME_KM => 2,
        Some(km) if km > step => 5,
        Some(km) if km > SAME_KM => 4,
        Some(_) => 3,
    }
}

/// Nearest first, the darker the further.
fn by_distance([first, second, third]: [f64; 3]) -> Vec<Class> {
    vec![
        Class::new(format!("Up to {first} km"), Way::Same, PALE, &[]),
        Class::new(format!("{first} to {second} km"), Way::Same, SKY, &[]),
        Class::new(format!("{second} to {third} km"), Way::Same, BLUE, &[]),
        Class::new(format!("Over {third} km"), Way::Same, NAVY, &[]),
        nowhere(),
        nobody(),
    ]
}

fn distance_class(distance: Option<f64>, breaks: [f64; 3]) -> usize {
    match distance {
        None => 4,
        Some(km) => breaks.iter().filter(|end| km > **end).count(),
    }
}

pub(super) fn nowhere() -> Class {
    const FALLING: Lines = &[(Hatch::Falling, 6.0, Pen(TEXT, 1.2, 1.0))];
    Class::new("Reaches none, as today", Way::Nowhere, LILAC, FALLING)
}

pub(super) fn nobody() -> Class {
    const THIN: Lines = &[(Hatch::Falling, 8.0, Pen(OUTLINE, 0.6, 1.0))];
    Class::new("Nobody who needs it", Way::Nobody, PAPER, THIN)
}

/// Round distances, in km.
const ROUND: [f64; 12] = [
    0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0,
];

/// The distance that half of the people exceed; 1 km where there are none.
fn median(mut figures: Vec<(f64, f64)>) -> f64 {
    figures.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = figures.iter().map(|(_, people)| people).sum::<f64>() / 2.0;
    let mut sum = 0.0;
    let middle = figures.iter().find(|(_, people)| {
        sum += people;
        sum >= half
    });
    middle.map_or(1.0, |(km, _)| *km)
}

fn nearest_round(km: f64) -> usize {
    let apart = |round: f64| (round / km.max(0.01)).ln().abs();
    (0..ROUND.len())
        .min_by(|a, b| apart(ROUND[*a]).total_cmp(&apart(ROUND[*b])))
        .unwrap_or(0)
}

/// The round distance nearest to one.
fn round_near(km: f64) -> f64 {
    ROUND[nearest_round(km)]
}

/// Three round distances in a row, the middle one nearest to one.
fn breaks_near(km: f64) -> [f64; 3] {
    let at = nearest_round(km).clamp(1, ROUND.len() - 2);
    [ROUND[at - 1], ROUND[at], ROUND[at + 1]]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(today: Option<f64>, after: Option<f64>) -> ZoneAccess {
        ZoneAccess {
            today,
            after,
            host_today: None,
            host_after: None,
        }
    }

    #[test]
    fn every_change_has_a_class_of_its_own_and_the_cut_off_count_as_further() {
        let classes = by_change(0.5);
        let of = |today, after| &classes[change_class(&zone(today, after), 0.5)];
        for (today, after, words, way) in [
            (Some(2.0), Some(1.0), "Over 0.5 km nearer", Way::Nearer),
            (Some(2.0), Some(1.9), "Up to 0.5 km nearer", Way::Nearer),
            (Some(2.0), Some(2.04), "Same, within 50 m", Way::Same),
            (Some(2.0), Some(2.5), "Up to 0.5 km further", Way::Further),
            (Some(2.0), Some(3.0), "Over 0.5 km further", Way::Further),
            (Some(2.0), None, "Can no longer reach any", Way::Further),
            (
                None,
                Some(2.0),
                "Reaches one for the first time",
                Way::Nearer,
            ),
            (None, None, "Reaches none, as today", Way::Nowhere),
        ] {
            assert_eq!(
                (of(today, after).words.as_str(), of(today, after).way),
                (words, way)
            );
        }
    }

    #[test]
    fn class_breaks_are_round_and_stand_around_the_middle_person() {
        let figures = vec![(0.3, 10.0), (1.7, 100.0), (9.0, 30.0)];
        assert_eq!(median(figures), 1.7);
        assert_eq!(breaks_near(1.7), [1.0, 2.0, 5.0]);
        assert_eq!(breaks_near(0.0), [0.1, 0.2, 0.5]);
        assert_eq!(breaks_near(9_000.0), [100.0, 200.0, 500.0]);
        assert_eq!(round_near(median(Vec::new())), 1.0);
    }

    #[test]
    fn a_distance_on_a_break_belongs_to_the_nearer_class() {
        let class = |km| distance_class(Some(km), [1.0, 2.0, 5.0]);
        assert_eq!([0.0, 1.0, 1.001, 5.0, 5.1].map(class), [0, 0, 1, 2, 3]);
    }
}

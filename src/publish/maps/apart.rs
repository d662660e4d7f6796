//! Marks that would cover one another, moved apart.

use super::super::draw::{Box2, Pen, Sheet, TEXT};

type Point = (f64, f64);

/// A mark is never moved further than this, in pixels: it must still be seen where it belongs.
const FURTHEST: f64 = 34.0;
/// Marks moved less than this need no line to their place.
const NOTICED: f64 = 3.0;
/// Above this many marks a map is a picture of density, and moving them would only blur it.
const MOST: usize = 600;

/// Where marks of this radius stand so that none covers another, in the order given: each as near to
/// its own place as its neighbours let it, and inside the frame.
pub(super) fn apart(places: &[Point], radius: f64, frame: Box2) -> Vec<Point> {
    let mut marks = places.to_vec();
    if marks.len() > MOST {
        return marks;
    }
    let room = 2.0 * radius + 2.0;
    let Box2(left, top, right, bottom) = frame;
    for _ in 0..120 {
        let mut moved = false;
        for one in 0..marks.len() {
            for other in one + 1..marks.len() {
                let (dx, dy) = (marks[other].0 - marks[one].0, marks[other].1 - marks[one].1);
                // Most are far away, which costs less to see than how far.
                if dx.abs() >= room || dy.abs() >= room {
                    continue;
                }
                let distance = dx.hypot(dy);
                if distance >= room - 0.05 {
                    continue;
                }
                // Marks on one spot part in directions of their own, the same every time.
                let (ux, uy) = if distance < 0.01 {
                    let turn = (one * 7 + other * 13) as f64 * 2.399_963;
                    (turn.cos(), turn.sin())
                } else {
                    (dx / distance, dy / distance)
                };
                let push = (room - distance) / 2.0;
                marks[one] = (marks[one].0 - ux * push, marks[one].1 - uy * push);
                marks[other] = (marks[other].0 + ux * push, marks[other].1 + uy * push);
                moved = true;
            }
        }
        if !moved {
            break;
        }
        for (mark, place) in marks.iter_mut().zip(places) {
            let (dx, dy) = (mark.0 - place.0, mark.1 - place.1);
            let distance = dx.hypot(dy);
            if distance > FURTHEST {
                let share = FURTHEST / distance;
                *mark = (place.0 + dx * share, place.1 + dy * share);
            }
            let inside = |value: f64, low: f64, high: f64| {
                value.clamp(low + radius, (high - radius).max(low + radius))
            };
            *mark = (inside(mark.0, left, right), inside(mark.1, top, bottom));
        }
    }
    marks
}

/// What is said of a map with so many marks, beside that they stand apart.
pub(super) fn exception(marks: usize) -> Option<String> {
    let many = marks > MOST;
    many.then(|| {
        format!(
            "In a frame with more than {MOST} marks all stand where they belong, some over others."
        )
    })
}

/// Where marks stand apart in the largest of these sizes in which few have to go far; in the smallest otherwise.
pub(super) fn apart_in(places: &[Point], sizes: &[f64], frame: Box2) -> (f64, Vec<Point>) {
    let mut found = (0.0, Vec::new());
    for radius in sizes {
        found = (*radius, apart(places, *radius, frame));
        let moved = found.1.iter().zip(places);
        let far: f64 = moved.map(|(a, b)| (a.0 - b.0).hypot(a.1 - b.1)).sum();
        if far <= *radius * places.len() as f64 {
            break;
        }
    }
    found
}

/// A thin line from a mark to its own place, where it was moved away from it.
pub(super) fn lead(sheet: &mut Sheet<'_>, place: Point, mark: Point) {
    if (place.0 - mark.0).hypot(place.1 - mark.1) >= NOTICED {
        sheet.polyline(&[place, mark], Pen(TEXT, 0.8, 1.0));
        sheet.circle(place, 1.4, Some(TEXT), None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Box2 = Box2(0.0, 0.0, 400.0, 400.0);

    #[test]
    fn marks_on_one_spot_are_told_apart_and_stay_near_it() {
        let places = vec![(200.0, 200.0); 6];
        let marks = apart(&places, 7.0, FRAME);
        for (at, one) in marks.iter().enumerate() {
            assert!((one.0 - 200.0).hypot(one.1 - 200.0) <= FURTHEST + 0.01);
            for other in &marks[..at] {
                let distance = (one.0 - other.0).hypot(one.1 - other.1);
                assert!(distance >= 14.0, "{distance}: {marks:?}");
            }
        }
        assert_eq!(marks, apart(&places, 7.0, FRAME));
    }

    #[test]
    fn of_more_marks_than_are_moved_it_is_said_that_they_cover_one_another() {
        for count in [MOST, MOST + 1] {
            let places = vec![(200.0, 200.0); count];
            let stay = apart(&places, 4.5, FRAME) == places;
            assert_eq!(exception(count).is_some(), stay, "{count}");
        }
    }

    #[test]
    fn marks_are_smaller_where_they_would_go_far_from_their_places() {
        let few = [(100.0, 100.0), (300.0, 100.0)];
        assert_eq!(apart_in(&few, &[7.0, 4.5], FRAME).0, 7.0);
        let many = vec![(200.0, 200.0); 40];
        assert_eq!(apart_in(&many, &[7.0, 4.5], FRAME).0, 4.5);
    }

    #[test]
    fn marks_with_room_stay_where_they_are_and_those_at_the_edge_stay_inside() {
        let places = [(100.0, 100.0), (300.0, 100.0)];
        assert_eq!(apart(&places, 7.0, FRAME), places);
        for mark in apart(&[(1.0, 1.0), (2.0, 1.0)], 7.0, FRAME) {
            assert!(mark.0 >= 7.0 && mark.1 >= 7.0, "{mark:?}");
        }
    }
}

//! Labels that do not collide: the most important first, each where there is room, else left out
//! and counted.

/// A rectangle on the sheet: left, top, right, bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) struct Box2(pub f64, pub f64, pub f64, pub f64);

impl Box2 {
    pub(in super::super) fn around(at: (f64, f64), radius: f64) -> Self {
        Box2(at.0 - radius, at.1 - radius, at.0 + radius, at.1 + radius)
    }

    /// The point of it that is nearest to another.
    pub(in super::super) fn nearest(&self, to: (f64, f64)) -> (f64, f64) {
        (to.0.clamp(self.0, self.2), to.1.clamp(self.1, self.3))
    }

    fn meets(&self, other: &Box2) -> bool {
        self.0 < other.2 && other.0 < self.2 && self.1 < other.3 && other.1 < self.3
    }

    /// Whether a line between two points goes through it (Liang and Barsky, 1984).
    fn is_crossed(&self, (a, b): ((f64, f64), (f64, f64))) -> bool {
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let (mut from, mut to) = (0.0_f64, 1.0_f64);
        for (step, room) in [
            (-dx, a.0 - self.0),
            (dx, self.2 - a.0),
            (-dy, a.1 - self.1),
            (dy, self.3 - a.1),
        ] {
            if step == 0.0 {
                if room < 0.0 {
                    return false;
                }
            } else if step < 0.0 {
                from = from.max(room / step);
            } else {
                to = to.min(room / step);
            }
        }
        from <= to
    }

    fn inside(&self, frame: &Box2) -> bool {
        self.0 >= frame.0 && self.1 >= frame.1 && self.2 <= frame.2 && self.3 <= frame.3
    }
}

/// How much further from its mark a name is tried, pixels: beside it, then where a line must lead to it.
const FURTHER_OUT: [f64; 4] = [0.0, 16.0, 30.0, 44.0];

/// What is already taken on the map.
pub(in super::super) struct Labels {
    frame: Box2,
    taken: Vec<Box2>,
    lines: Vec<((f64, f64), (f64, f64))>,
    dropped: usize,
}

impl Labels {
    pub(in super::super) fn new(frame: Box2) -> Self {
        // Not so near the edge that a letter touches it.
        let frame = Box2(frame.0 + 3.0, frame.1 + 3.0, frame.2 - 3.0, frame.3 - 3.0);
        Self {
            frame,
            taken: Vec::new(),
            lines: Vec::new(),
            dropped: 0,
        }
    }

    /// Keeps labels off marks.
    pub(in super::super) fn avoid(&mut self, mark: Box2) {
        self.taken.push(mark);
    }

    /// Keeps labels off a line where they have room elsewhere.
    pub(in super::super) fn rather_avoid(&mut self, from: (f64, f64), to: (f64, f64)) {
        self.lines.push((from, to));
    }

    /// A free place for a label beside a mark of this radius, in the first of these sizes that finds
    /// one: which, and where. `None` where none does, counted.
    pub(in super::super) fn place(
        &mut self,
        at: (f64, f64),
        radius: f64,
        sizes: &[(f64, f64)],
    ) -> Option<(usize, Box2)> {
        let mut tried = sizes.iter().enumerate();
        let free = tried.find_map(|(which, size)| Some((which, self.free(at, radius, *size)?)));
        match free {
            Some((_, one)) => self.taken.push(one),
            None => self.dropped += 1,
        }
        free
    }

    /// The nearest place that no line crosses, if it is beside the mark or almost, else the nearest of all.
    fn free(&self, at: (f64, f64), radius: f64, size: (f64, f64)) -> Option<Box2> {
        let gap = |further: &f64| radius + 3.0 + further;
        let around = |further: &f64| self.around(at, gap(further), size);
        let places = |most: usize| FURTHER_OUT.iter().take(most).flat_map(around);
        let clear = |one: &Box2| !self.lines.iter().any(|line| one.is_crossed(*line));
        let all = FURTHER_OUT.len();
        places(2).find(clear).or_else(|| places(all).next())
    }

    /// The places at a distance that nothing has taken.
    fn around(&self, at: (f64, f64), gap: f64, (w, h): (f64, f64)) -> impl Iterator<Item = Box2> {
        let slant = gap * 0.75;
        let corners = [
            (at.0 + gap, at.1 - h / 2.0),
            (at.0 - gap - w, at.1 - h / 2.0),
            (at.0 - w / 2.0, at.1 - gap - h),
            (at.0 - w / 2.0, at.1 + gap),
            (at.0 + slant, at.1 - slant - h),
            (at.0 + slant, at.1 + slant),
            (at.0 - slant - w, at.1 - slant - h),
            (at.0 - slant - w, at.1 + slant),
        ];
        let boxes = corners
            .into_iter()
            .map(move |(x, y)| Box2(x, y, x + w, y + h));
        boxes.filter(|one| one.inside(&self.frame) && !self.taken.iter().any(|t| t.meets(one)))
    }

    /// Labels that found no room.
    pub(in super::super) fn dropped(&self) -> usize {
        self.dropped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_never_overlap_and_those_without_room_are_counted() {
        let mut labels = Labels::new(Box2(0.0, 0.0, 300.0, 300.0));
        let placed: Vec<_> = (0..40)
            .filter_map(|k| labels.place((150.0 + f64::from(k % 3), 150.0), 5.0, &[(80.0, 14.0)]))
            .map(|(_, place)| place)
            .collect();
        assert_eq!(placed.len() + labels.dropped(), 40);
        assert!(labels.dropped() > 0 && placed.len() > 3);
        for (at, one) in placed.iter().enumerate() {
            assert!(placed[..at].iter().all(|other| !other.meets(one)));
        }
    }

    #[test]
    fn a_name_without_room_beside_its_mark_stands_further_out() {
        let mut labels = Labels::new(Box2(0.0, 0.0, 300.0, 300.0));
        // Everything within twenty pixels of the mark is taken.
        labels.avoid(Box2::around((150.0, 150.0), 20.0));
        let (_, place) = labels
            .place((150.0, 150.0), 5.0, &[(60.0, 14.0)])
            .expect("room");
        let near = place.nearest((150.0, 150.0));
        assert!((near.0 - 150.0).hypot(near.1 - 150.0) >= 20.0, "{place:?}");
        assert_eq!(labels.dropped(), 0);
    }

    #[test]
    fn a_name_keeps_off_lines_where_it_has_room_elsewhere_and_is_written_over_them_else() {
        let mut labels = Labels::new(Box2(0.0, 0.0, 300.0, 300.0));
        // To the right, where a name stands first.
        labels.rather_avoid((150.0, 150.0), (290.0, 150.0));
        let (_, place) = labels
            .place((150.0, 150.0), 5.0, &[(60.0, 14.0)])
            .expect("room");
        assert!(place.2 < 150.0, "{place:?}");
        let mut labels = Labels::new(Box2(0.0, 0.0, 300.0, 300.0));
        for step in 0..300 {
            let x = f64::from(step);
            labels.rather_avoid((x, 0.0), (x, 300.0));
        }
        let over = labels.place((150.0, 150.0), 5.0, &[(60.0, 14.0)]);
        assert!(over.is_some_and(|(_, place)| place.0 == 158.0));
    }

    #[test]
    fn a_name_is_cut_only_where_there_is_no_room_for_the_whole() {
        let mut labels = Labels::new(Box2(0.0, 0.0, 400.0, 40.0));
        let sizes = [(200.0, 14.0), (60.0, 14.0)];
        let whole = labels.place((50.0, 20.0), 5.0, &sizes).expect("room");
        assert_eq!(whole.0, 0);
        let cut = labels.place((300.0, 20.0), 5.0, &sizes).expect("room");
        assert_eq!(cut.0, 1);
    }
}

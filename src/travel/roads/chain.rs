//! Joining: a point where a road merely bends is no junction.

use super::network::Piece;

/// A piece of a chain and whether it is travelled from its end to its beginning.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) piece: u32,
    pub(super) reversed: bool,
}

impl Step {
    /// Where the step begins and ends.
    pub(super) fn ends(self, piece: &Piece) -> (u32, u32) {
        match self.reversed {
            false => (piece.from, piece.to),
            true => (piece.to, piece.from),
        }
    }
}

/// Pieces joined into edges.
pub(super) struct Chained {
    /// The steps of every edge, in the order they are travelled.
    pub(super) edges: Vec<Vec<Step>>,
    /// The junction that a point is; meaningless for the others.
    pub(super) junction: Vec<u32>,
    /// How many junctions there are.
    pub(super) junctions: usize,
}

/// Pieces by the points they touch.
struct Touching {
    starts: Vec<u32>,
    list: Vec<u32>,
}

impl Touching {
    fn new(pieces: &[Piece], points: usize) -> Self {
        let mut starts = vec![0_u32; points + 1];
        for piece in pieces {
            starts[piece.from as usize + 1] += 1;
            starts[piece.to as usize + 1] += 1;
        }
        for at in 0..points {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut list = vec![0; pieces.len() * 2];
        for (at, piece) in pieces.iter().enumerate() {
            for end in [piece.from, piece.to] {
                list[next[end as usize] as usize] = at as u32;
                next[end as usize] += 1;
            }
        }
        Self { starts, list }
    }

    fn at(&self, point: u32) -> &[u32] {
        let (first, end) = (self.starts[point as usize], self.starts[point as usize + 1]);
        &self.list[first as usize..end as usize]
    }

    /// Whether a road merely bends here: two pieces meet, and who may travel one may travel the other.
    fn is_bend(&self, pieces: &[Piece], point: u32) -> bool {
        let &[one, other] = self.at(point) else {
            return false;
        };
        let (one, other) = (&pieces[one as usize], &pieces[other as usize]);
        match (one.one_way, other.one_way) {
            (false, false) => true,
            // One leads in and one leads out.
            (true, true) => (one.to == point) != (other.to == point),
            _ => false,
        }
    }
}

/// Joins pieces at every bend; at none where `join` is false.
pub(super) fn chains(pieces: &[Piece], points: usize, join: bool) -> Chained {
    let touching = Touching::new(pieces, points);
    let mut bend: Vec<bool> = (0..points as u32)
        .map(|point| join && touching.is_bend(pieces, point))
        .collect();
    let mut used = vec![false; pieces.len()];
    let mut edges = Vec::new();
    for point in 0..points as u32 {
        if !bend[point as usize] {
            edges.extend(leave(point, pieces, &touching, &bend, &mut used));
        }
    }
    // What is left goes round without a junction: one of its points becomes one.
    for at in 0..pieces.len() {
        if !used[at] {
            let point = pieces[at].from;
            bend[point as usize] = false;
            edges.extend(leave(point, pieces, &touching, &bend, &mut used));
        }
    }
    let mut junction = vec![u32::MAX; points];
    let mut junctions = 0;
    for (point, number) in junction.iter_mut().enumerate() {
        if !bend[point] {
            *number = junctions;
            junctions += 1;
        }
    }
    Chained {
        edges,
        junction,
        junctions: junctions as usize,
    }
}

/// Every chain that leaves a junction and is not known from its other end.
fn leave(
    point: u32,
    pieces: &[Piece],
    touching: &Touching,
    bend: &[bool],
    used: &mut [bool],
) -> Vec<Vec<Step>> {
    let mut found = Vec::new();
    for first in touching.at(point) {
        if used[*first as usize] {
            continue;
        }
        let mut chain = Vec::new();
        let (mut here, mut next) = (point, *first);
        loop {
            used[next as usize] = true;
            let piece = &pieces[next as usize];
            let step = Step {
                piece: next,
                reversed: piece.from != here,
            };
            chain.push(step);
            here = step.ends(piece).1;
            let onward = touching.at(here).iter().find(|at| !used[**at as usize]);
            match onward {
                Some(onward) if bend[here as usize] => next = *onward,
                _ => break,
            }
        }
        // A one-way road is kept in the direction it is travelled.
        let against = chain
            .first()
            .is_some_and(|step| step.reversed && pieces[step.piece as usize].one_way);
        if against {
            chain.reverse();
            chain
                .iter_mut()
                .for_each(|step| step.reversed = !step.reversed);
        }
        found.push(chain);
    }
    found
}

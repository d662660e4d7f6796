//! What an audience sees of a partnership: everybody what working together comes to, a member its own
//! share, the partners all of it.

use super::super::audience::Audience;
use crate::partnership::Partnership;
use crate::place::Place;

/// The partnership as an audience may see it.
pub(super) fn seen_by(audience: &Audience, place: &Place, told: &Partnership) -> Partnership {
    let mut seen = Partnership {
        audience: audience.to_string(),
        ..told.clone()
    };
    if audience.sees_all() {
        return seen;
    }
    let own = |member: &str| match audience {
        Audience::Agency(id) => agencies_of(place, member).any(|agency| agency == id),
        _ => false,
    };
    let everybody = told.coalitions.iter().map(|one| one.members.len()).max();
    seen.shares.retain(|one| own(&one.member));
    seen.drop_outs.retain(|one| own(&one.member));
    seen.transfers.retain(|one| own(&one.from) || own(&one.to));
    seen.coalitions.retain(|one| {
        Some(one.members.len()) == everybody || one.members.len() == 1 && own(&one.members[0])
    });
    // What groups of others could do by themselves is for them to tell.
    seen.would_leave.clear();
    seen
}

/// The agencies that a member's id names.
fn agencies_of<'a>(place: &'a Place, member: &str) -> impl Iterator<Item = &'a str> {
    let parts: Vec<String> = match place.agencies.iter().any(|one| one.id.as_str() == member) {
        true => vec![member.to_owned()],
        false => member.split('+').map(|one| one.trim().to_owned()).collect(),
    };
    let agencies = place.agencies.iter().map(|one| one.id.as_str());
    agencies.filter(move |id| parts.iter().any(|part| part == id))
}

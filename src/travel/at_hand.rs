//! Journeys from the disk where they are kept there, else worked out and kept.

use super::cache::{Cache, CacheFault, Kept};
use crate::place::Place;

/// Journeys and how they were come by.
pub(super) struct AtHand {
    pub(super) kept: Kept,
    /// Whether they were kept from an earlier run.
    pub(super) from_disk: bool,
    /// What went wrong with the kept file: the journeys do not depend on it.
    pub(super) faults: Vec<CacheFault>,
}

/// What is kept under a key, or what is worked out and kept from now on. A file of somebody else's stays as it
/// is.
pub(super) fn kept_or<E>(
    cache: Option<&Cache>,
    key: &str,
    place: &Place,
    afresh: impl FnOnce() -> Result<Kept, E>,
) -> Result<AtHand, E> {
    let mut faults = Vec::new();
    match cache.map(|cache| cache.read(key, place)) {
        Some(Ok(Some(kept))) => {
            return Ok(AtHand {
                kept,
                from_disk: true,
                faults,
            });
        }
        Some(Err(fault)) => faults.push(fault),
        Some(Ok(None)) | None => {}
    }
    let kept = afresh()?;
    if let Some(cache) = cache.filter(|_| faults != [CacheFault::Foreign]) {
        faults.extend(cache.write(key, place, &kept).err());
    }
    Ok(AtHand {
        kept,
        from_disk: false,
        faults,
    })
}

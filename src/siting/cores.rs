//! Whose the cores are.

/// Whether a run may use every core. One that is itself a piece of work done side by side with others keeps to its
/// own: the cores are theirs too, and a thread of it that waited for them would wait for itself.
pub(super) fn are_free() -> bool {
    rayon::current_thread_index().is_none()
}

/// Threads that a run from here has for itself.
pub(crate) fn threads() -> usize {
    match are_free() {
        true => rayon::current_num_threads(),
        false => 1,
    }
}

//! The data folders beside the repository, used where they exist.

use std::path::{Path, PathBuf};

/// A folder of the shared data, or `None`, said aloud, where it is absent.
pub(crate) fn shared(folder: &str) -> Option<PathBuf> {
    let root = std::env::var_os("ONEROOF_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let path = root.join(folder);
    if path.is_dir() {
        return Some(path);
    }
    assert!(
        std::env::var("ONEROOF_REQUIRE_SHARED").as_deref() != Ok("1"),
        "{} is absent",
        path.display()
    );
    println!("SKIPPED: {} is absent", path.display());
    None
}

//! What can go wrong while a folder is written.

use std::path::{Path, PathBuf};

/// Why nothing was published. Whatever stood in the folder before still stands there.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PublishError {
    /// The target is not absent, empty, or a folder of ours: a usage error, exit code 2.
    #[error("{}: {cause}; {action}", path.display())]
    Target {
        /// The folder asked for.
        path: PathBuf,
        /// What is wrong with it.
        cause: String,
        /// What to do.
        action: String,
    },
    /// No agency of the place has the id that the audience names: a usage error, exit code 2.
    #[error("no agency of the place is called `{id}`; write one of: {known}")]
    Audience {
        /// The id named.
        id: String,
        /// The ids there are.
        known: String,
    },
    /// No picture of the plan has this name: a usage error, exit code 2.
    #[error("no picture of this plan, for this reader, is called `{name}`")]
    Picture {
        /// The name asked for.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// The disk refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file could not be made from the plan.
    #[error("{file} could not be made: {cause}")]
    Page {
        /// The file, relative to the folder.
        file: String,
        /// Why.
        cause: String,
    },
}

impl PublishError {
    pub(super) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |source| Self::Io {
            path: path.to_path_buf(),
            source,
        }
    }

    pub(super) fn page(file: &str, cause: impl ToString) -> Self {
        Self::Page {
            file: file.to_string(),
            cause: cause.to_string(),
        }
    }

    /// Whether the caller asked for what cannot be (exit code 2): a folder we must not touch, an
    /// audience or a picture that is not there. Else it is a fault of the disk or ours.
    pub fn is_usage(&self) -> bool {
        matches!(
            self,
            Self::Target { .. } | Self::Audience { .. } | Self::Picture { .. }
        )
    }
}

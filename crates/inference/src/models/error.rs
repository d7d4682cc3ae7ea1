//! What can be wrong with models on disk.

use std::path::PathBuf;

use crate::import::ImportError;

/// Why models cannot be prepared or loaded. Each message names the file.
#[derive(Debug, thiserror::Error)]
pub enum ModelsError {
    /// The manifest cannot be read or makes no sense.
    #[error("model manifest {path}: {reason}", path = path.display())]
    Manifest {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A file of an npm package is missing or not the one that the manifest describes.
    #[error("model source {path}: {reason}", path = path.display())]
    Source {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A source could not be imported.
    #[error("model `{name}` cannot be imported")]
    Import {
        /// Which model.
        name: String,
        /// Why.
        #[source]
        reason: ImportError,
    },
    /// An imported model could not be written.
    #[error("model file {path} cannot be written", path = path.display())]
    Write {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        reason: std::io::Error,
    },
    /// An imported model, or their index, is missing, altered or damaged.
    #[error("model file {path} {fault}: run `cargo xtask models`", path = path.display())]
    Unusable {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        fault: String,
    },
}

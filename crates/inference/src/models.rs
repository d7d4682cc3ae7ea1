//! Imported models on disk: made from npm packages by [`prepare`], read back by [`ModelDir`].
//!
//! Both ends check SHA-256: a source that is not the one in the manifest is not imported, and an imported file that
//! is not the one in the index is not loaded. Fetching the packages is not done here.

mod directory;
mod error;
mod index;
mod manifest;
mod normalisation;
mod prepare;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

pub use directory::ModelDir;
pub use error::ModelsError;
pub use manifest::{Entry, Format, Manifest, SourceFile};
pub use normalisation::{Normalisation, PerChannel};
pub use prepare::prepare;

/// SHA-256 in hexadecimal.
fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

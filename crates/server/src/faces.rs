//! From a picture to a face vector, behind a trait narrow enough that the routes are tested without nets.

mod vision;

use portico_types::{Embedding, ModelId, Quality};

pub use vision::VisionReader;

/// Finds the one face of a picture and turns it into a vector.
pub trait FaceReader: Send + 'static {
    /// The recogniser whose vectors this makes.
    fn model(&self) -> &ModelId;

    /// Reads one JPEG or PNG picture. Must refuse a picture that unpacks to more than memory allows.
    fn read(&mut self, picture: &[u8]) -> Result<Reading, PictureError>;
}

/// What a picture shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// A face.
    Face {
        /// Its vector.
        embedding: Embedding,
        /// How usable it is.
        quality: Quality,
    },
    /// None.
    NoFace,
}

/// Why a picture gave no reading.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// It cannot be read, or unpacks to more than allowed.
    #[error("{0}")]
    Refused(String),
    /// The nets fail, whatever the picture.
    #[error("{0}")]
    Failed(String),
}

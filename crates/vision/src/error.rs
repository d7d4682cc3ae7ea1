//! What can go wrong between bytes and a face. That there is no face is not an error.

use portico_inference::RunError;
use portico_inference::models::ModelsError;
use portico_types::EmbeddingError;

use crate::recognise::{OwnRecogniserError, RecogniserFault};

/// Why a picture could not be looked at.
#[derive(Debug, thiserror::Error)]
pub enum VisionError {
    /// The bytes are not a whole picture of the format that they claim.
    #[error("the picture is torn: {0}")]
    Torn(&'static str),
    /// The picture would take more memory than one picture may. Found from its header, before unpacking.
    #[error("a picture of {width}x{height} pixels is too large")]
    TooLarge {
        /// Width that the header claims, in pixels.
        width: u32,
        /// Height that the header claims, in pixels.
        height: u32,
    },
    /// A still that is neither JPEG nor PNG.
    #[error("the picture is neither JPEG nor PNG")]
    Format,
    /// A picture could not be scaled or encoded.
    #[error("the picture could not be {0}")]
    Picture(&'static str),
    /// The models cannot be loaded.
    #[error("the models cannot be loaded")]
    Models(#[from] ModelsError),
    /// The operator's own recogniser cannot be used.
    #[error(transparent)]
    OwnRecogniser(#[from] OwnRecogniserError),
    /// A recogniser does not do what it did when it was loaded.
    #[error("the recogniser is not usable: {0}")]
    Recogniser(#[from] RecogniserFault),
    /// A model does not have the shape that its stage needs.
    #[error("the {stage} model {fault}")]
    WrongModel {
        /// Which stage.
        stage: &'static str,
        /// What is wrong with it.
        fault: &'static str,
    },
    /// A model failed while running.
    #[error("a model failed")]
    Run(#[from] RunError),
    /// The recogniser's numbers are no face vector.
    #[error("the recogniser gave no face vector")]
    Embedding(#[from] EmbeddingError),
}

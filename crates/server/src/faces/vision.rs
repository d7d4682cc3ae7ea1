//! Reads faces with the same pipeline as the kiosk's camera.

use std::path::Path;

use portico_types::ModelId;
use portico_vision::{Examiner, Finding, Models, Recognition, VisionError, VisionParams};

use super::{FaceReader, PictureError, Reading};

/// The real reader.
pub struct VisionReader {
    examiner: Examiner,
    model: ModelId,
}

impl VisionReader {
    /// Loads the imported nets of `models`, with the recogniser of choice. The error says what to do, in words for
    /// operators.
    pub fn load(models: &Path, recognition: &Recognition) -> Result<Self, String> {
        let fail = |error: VisionError| match error {
            VisionError::OwnRecogniser(error) => error.to_string(),
            error => format!("{}; import the nets with `cargo xtask models`", chain(&error)),
        };
        let nets = Models::load_with(models, recognition).map_err(fail)?;
        let model = nets.recogniser.model().clone();
        Ok(Self { examiner: Examiner::new(nets, VisionParams::default()), model })
    }
}

impl FaceReader for VisionReader {
    fn model(&self) -> &ModelId {
        &self.model
    }

    fn read(&mut self, picture: &[u8]) -> Result<Reading, PictureError> {
        match self.examiner.examine(picture) {
            Ok(Finding::Face(portrait)) => {
                Ok(Reading::Face { embedding: portrait.embedding, quality: portrait.quality })
            }
            Ok(Finding::NoFace) => Ok(Reading::NoFace),
            Err(error) => Err(picture_error(&error)),
        }
    }
}

/// Whether the picture or the machinery is at fault.
fn picture_error(error: &VisionError) -> PictureError {
    match error {
        VisionError::Torn(_)
        | VisionError::TooLarge { .. }
        | VisionError::Format
        | VisionError::Picture(_)
        | VisionError::Embedding(_) => PictureError::Refused(chain(error)),
        VisionError::Models(_)
        | VisionError::OwnRecogniser(_)
        | VisionError::Recogniser(_)
        | VisionError::WrongModel { .. }
        | VisionError::Run(_) => PictureError::Failed(chain(error)),
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

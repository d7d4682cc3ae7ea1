//! The stages that every face goes through, whether it comes from a camera or a single picture.

use portico_types::{Embedding, ModelId, Quality};

use crate::align::Chips;
use crate::detect::Detection;
use crate::error::VisionError;
use crate::landmarks::Landmarks;
use crate::models::Models;
use crate::params::VisionParams;
use crate::picture::{RgbPicture, Square};
use crate::quality;
use crate::warp::Warper;

/// The models with what they share.
pub(crate) struct Stages {
    models: Models,
    warper: Warper,
    pub params: VisionParams,
}

impl Stages {
    pub(crate) fn new(models: Models, params: VisionParams) -> Self {
        Self { models, warper: Warper::default(), params }
    }

    /// The faces in `square`, best first.
    pub(crate) fn detect(
        &mut self,
        picture: &RgbPicture,
        square: Square,
    ) -> Result<Vec<Detection>, VisionError> {
        self.models.detector.detect(picture, square, &self.params.detect)
    }

    /// Landmarks and measures of a detected face, and the aligned face in `chips`. `None` if the landmark model does
    /// not confirm that there is a face.
    pub(crate) fn read(
        &mut self,
        picture: &RgbPicture,
        detection: &Detection,
        chips: &mut Chips,
    ) -> Result<Option<(Landmarks, Quality)>, VisionError> {
        let landmarks = self.models.landmarker.find(picture, detection)?;
        if landmarks.presence < self.params.detect.presence {
            return Ok(None);
        }
        chips.align(picture, &landmarks, self.models.recogniser.templates(), &mut self.warper);
        let quality =
            quality::measure(chips.measured(), &landmarks, detection.bounds.width, &self.params.quality);
        Ok(Some((landmarks, quality)))
    }

    /// The vector of an aligned face, and how alike the recogniser finds the face and its mirror image, if it looks at
    /// both.
    pub(crate) fn embed(&mut self, chips: &Chips) -> Result<(Embedding, Option<f32>), VisionError> {
        let embedding = self.models.recogniser.embed(chips)?;
        Ok((embedding, self.models.recogniser.symmetry()))
    }

    /// What makes the vectors.
    pub(crate) fn model(&self) -> &ModelId {
        self.models.recogniser.model()
    }
}

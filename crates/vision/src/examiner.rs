//! Looks at single pictures: portraits to enrol, and crops to identify.

use portico_types::{Embedding, FaceBox, ModelId, Point, Quality, SpoofSigns};

use crate::align::Chip;
use crate::detect::Detection;
use crate::error::VisionError;
use crate::face::Stages;
use crate::models::Models;
use crate::params::VisionParams;
use crate::picture::{RgbPicture, Square};
use crate::resize::Scaler;
use crate::still;

/// What a picture shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// A face; of several, the largest.
    Face(Portrait),
    /// None.
    NoFace,
}

/// The face in a picture. Places and sizes are in pixels of the picture, set upright as its metadata asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Portrait {
    /// Where it is.
    pub bounds: FaceBox,
    /// How sure the detector is, 0 to 1.
    pub score: f32,
    /// How usable it is.
    pub quality: Quality,
    /// Eyes (left, right as seen), nose tip, mouth corners.
    pub landmarks: [Point; 5],
    /// The face vector.
    pub embedding: Embedding,
    /// What made it.
    pub model: ModelId,
    /// What speaks for a picture of a picture. One picture tells nothing (`docs/spoof.md`), so it never warns.
    pub spoof: SpoofSigns,
}

/// Examines pictures one at a time. Keeps nothing of them.
pub struct Examiner {
    stages: Stages,
    scaler: Scaler,
}

impl Examiner {
    /// An examiner with its own models.
    pub fn new(models: Models, params: VisionParams) -> Self {
        Self { stages: Stages::new(models, params), scaler: Scaler::default() }
    }

    /// Looks at a JPEG or PNG picture.
    pub fn examine(&mut self, encoded: &[u8]) -> Result<Finding, VisionError> {
        let still = still::read(encoded, &self.stages.params.still, &mut self.scaler)?;
        // Faces that fill a tight crop are missed until it has room around it.
        for margin in [0.0, self.stages.params.still.second_try_margin] {
            let square = Square::around(&still.picture, margin);
            let mut faces = self.stages.detect(&still.picture, square)?;
            faces.sort_by(|a, b| b.bounds.width.total_cmp(&a.bounds.width));
            for face in faces {
                if let Some(portrait) = self.portray(&still.picture, &face)? {
                    return Ok(Finding::Face(portrait.enlarged(still.shrunk)));
                }
            }
        }
        Ok(Finding::NoFace)
    }

    fn portray(&mut self, picture: &RgbPicture, face: &Detection) -> Result<Option<Portrait>, VisionError> {
        let mut chip = Chip::default();
        let Some((landmarks, quality)) = self.stages.read(picture, face, &mut chip)? else { return Ok(None) };
        Ok(Some(Portrait {
            bounds: face.bounds,
            score: face.score,
            quality,
            landmarks: landmarks.points,
            embedding: self.stages.embed(&chip)?,
            model: self.stages.model().clone(),
            spoof: SpoofSigns::default(),
        }))
    }
}

impl Portrait {
    /// The same with places in a picture `factor` times as large. The quality stays: it is that of the pixels that
    /// were looked at.
    fn enlarged(mut self, factor: f32) -> Self {
        let FaceBox { x, y, width, height } = self.bounds;
        self.bounds =
            FaceBox { x: x * factor, y: y * factor, width: width * factor, height: height * factor };
        self.landmarks = self.landmarks.map(|p| Point::new(p.x * factor, p.y * factor));
        self
    }
}

#[cfg(test)]
mod tests;

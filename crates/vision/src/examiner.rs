//! Looks at single pictures: portraits to enrol, and crops to identify.

use portico_types::{Embedding, FaceBox, ModelId, Point, Quality, SpoofSigns};

use crate::align::Chips;
use crate::detect::Detection;
use crate::error::VisionError;
use crate::face::Stages;
use crate::models::Models;
use crate::params::VisionParams;
use crate::picture::{RgbPicture, Square};
use crate::quality;
use crate::resize::Scaler;
use crate::stage::Stage;
use crate::still;

/// What a picture shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// A face; of several, the one that the picture is of: large and near its middle.
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
        self.examine_watched(encoded, &mut |_| {})
    }

    /// The same, telling `ended` whenever a stage has ended.
    pub fn examine_watched(
        &mut self,
        encoded: &[u8],
        ended: &mut dyn FnMut(Stage),
    ) -> Result<Finding, VisionError> {
        let still = still::read(encoded, &self.stages.params.still, &mut self.scaler)?;
        ended(Stage::Decode);
        // Faces that fill a tight crop are missed until it has room around it.
        for margin in [0.0, self.stages.params.still.second_try_margin] {
            let square = Square::around(&still.picture, margin);
            let mut faces = self.stages.detect(&still.picture, square)?;
            let prominence =
                |face: &Detection| self.stages.params.still.prominence(&still.picture, &face.bounds);
            faces.sort_by(|a, b| prominence(b).total_cmp(&prominence(a)));
            ended(Stage::Detect);
            for face in faces {
                if let Some(portrait) = self.portray(&still.picture, &face, ended)? {
                    return Ok(Finding::Face(portrait.enlarged(still.shrunk)));
                }
            }
        }
        Ok(Finding::NoFace)
    }

    fn portray(
        &mut self,
        picture: &RgbPicture,
        face: &Detection,
        ended: &mut dyn FnMut(Stage),
    ) -> Result<Option<Portrait>, VisionError> {
        let mut chips = Chips::default();
        let read = self.stages.read(picture, face, &mut chips)?;
        ended(Stage::Landmarks);
        let Some((landmarks, quality)) = read else { return Ok(None) };
        let (embedding, symmetry) = self.stages.embed(&chips)?;
        ended(Stage::Embed);
        Ok(Some(Portrait {
            bounds: face.bounds,
            score: face.score,
            quality: quality::with_symmetry(&quality, symmetry, &self.stages.params.quality),
            landmarks: landmarks.points,
            embedding,
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

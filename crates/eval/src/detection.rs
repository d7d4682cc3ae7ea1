//! Finding faces: how many of those that people counted, and how many where there are none.

use std::path::Path;

use anyhow::Result;
use portico_vision::{Detector, Landmarker, RgbPicture, Square, VisionParams};
use serde::Serialize;

use crate::picture;
use crate::rate::Rate;
use crate::reader::Reader;
use crate::set::LabelledSet;

/// Rates of detection, as the pipeline ships it: detector, then the landmark net's word.
#[derive(Clone, Debug, Serialize)]
pub struct Detection {
    /// Counted faces that were found, at most as many in each picture as were counted.
    pub recall: Rate,
    /// Faces found in pictures without any, of as many pictures.
    pub false_faces: Rate,
    /// Pictures that the pipeline does not take.
    pub refused: usize,
}

impl Detection {
    /// Counts the faces of all annotated pictures.
    pub fn of(set: &LabelledSet, reader: &Reader<'_>) -> Result<Self> {
        let models = (reader.models)()?;
        let mut finder = Finder { detector: models.detector, landmarker: models.landmarker };
        let (mut recall, mut false_faces, mut refused) = (Rate::default(), Rate::default(), 0);
        for annotated in &set.annotated {
            let Some(found) = finder.count(&set.root.join(&annotated.picture))? else {
                refused += 1;
                continue;
            };
            recall.count += found.min(annotated.faces);
            recall.of += annotated.faces;
        }
        for path in &set.without_face {
            let Some(found) = finder.count(&set.root.join(path))? else {
                refused += 1;
                continue;
            };
            false_faces.count += found;
            false_faces.of += 1;
        }
        Ok(Self { recall, false_faces, refused })
    }
}

struct Finder {
    detector: Detector,
    landmarker: Landmarker,
}

impl Finder {
    /// How many faces the picture shows; `None` if it cannot be read.
    fn count(&mut self, path: &Path) -> Result<Option<usize>> {
        let params = VisionParams::default();
        let Ok(bytes) = picture::read(path) else { return Ok(None) };
        let Ok(decoded) = image::load_from_memory(&bytes) else { return Ok(None) };
        let longest = params.still.longest_px;
        let fitting = if decoded.width().max(decoded.height()) > longest {
            decoded.thumbnail(longest, longest)
        } else {
            decoded
        };
        let rgb = fitting.into_rgb8();
        let (width, height) = rgb.dimensions();
        let Some(picture) = RgbPicture::new(width, height, rgb.into_raw()) else { return Ok(None) };
        let faces = self.detector.detect(&picture, Square::around(&picture, 0.0), &params.detect)?;
        let mut count = 0;
        for face in faces {
            let landmarks = self.landmarker.find(&picture, &face)?;
            count += usize::from(landmarks.presence >= params.detect.presence);
        }
        Ok(Some(count))
    }
}

//! The three models of the pipeline, loaded from the models directory.

use std::path::Path;

use portico_inference::Net;
use portico_inference::models::ModelDir;
use portico_types::ModelId;

use crate::detect::Detector;
use crate::error::VisionError;
use crate::landmarks::Landmarker;
use crate::recognise::Recogniser;

/// Names of the models in the directory.
const DETECTOR: &str = "detector";
const LANDMARKS: &str = "landmarks";
const RECOGNISER: &str = "recogniser";

/// One model for each stage. A set belongs to one thread; load another for another.
pub struct Models {
    /// Finds faces.
    pub detector: Detector,
    /// Finds the points of a face.
    pub landmarker: Landmarker,
    /// Makes the face vector.
    pub recogniser: Recogniser,
}

impl Models {
    /// Loads the models that `cargo xtask models` imported into `dir`.
    pub fn load(dir: &Path) -> Result<Self, VisionError> {
        let models = ModelDir::open(dir)?;
        let load = |name| models.load(name).map(|net: Net| Box::new(net));
        let model = ModelId(models.model_id(RECOGNISER)?);
        Ok(Self {
            detector: Detector::new(load(DETECTOR)?)?,
            landmarker: Landmarker::new(load(LANDMARKS)?)?,
            recogniser: Recogniser::new(load(RECOGNISER)?, model)?,
        })
    }

    /// The recogniser whose face vectors these models make.
    pub fn model_id(&self) -> &ModelId {
        self.recogniser.model()
    }
}

//! The models of the pipeline, loaded from the models directory, and the choice of recogniser.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use portico_inference::Net;
use portico_inference::models::{ModelDir, ModelsError};
use portico_types::ModelId;

use crate::detect::Detector;
use crate::error::VisionError;
use crate::landmarks::Landmarker;
use crate::recognise::{Recogniser, Settings};

/// Names of the models in the directory.
const DETECTOR: &str = "detector";
const LANDMARKS: &str = "landmarks";
const RECOGNISER: &str = "recogniser";
const SECOND_RECOGNISER: &str = "second-recogniser";

/// Which recogniser to use. Vectors of different recognisers cannot be compared: a change of this needs all faces
/// enrolled again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Recognition {
    /// The first recogniser alone.
    #[default]
    Single,
    /// Both recognisers, their opinions weighed: about half as slow again, and better.
    Fused,
    /// An operator's own net: its entry, or the ONNX file with its entry beside it.
    Own(PathBuf),
}

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
    /// Loads the models that `cargo xtask models` imported into `dir`, with the default recogniser.
    pub fn load(dir: &Path) -> Result<Self, VisionError> {
        Self::load_with(dir, &Recognition::default())
    }

    /// Loads the models that `cargo xtask models` imported into `dir`, with the recogniser of choice.
    pub fn load_with(dir: &Path, recognition: &Recognition) -> Result<Self, VisionError> {
        let models = ModelDir::open(dir)?;
        let load = |name| models.load(name).map(|net: Net| Box::new(net));
        Ok(Self {
            detector: Detector::new(load(DETECTOR)?)?,
            landmarker: Landmarker::new(load(LANDMARKS)?)?,
            recogniser: match recognition {
                Recognition::Single => bundled(&models, RECOGNISER)?.0,
                Recognition::Fused => fused(&models)?,
                Recognition::Own(path) => Recogniser::own(path, dir)?,
            },
        })
    }

    /// The recogniser whose face vectors these models make.
    pub fn model_id(&self) -> &ModelId {
        self.recogniser.model()
    }
}

/// A recogniser of the models directory, with its settings.
fn bundled(models: &ModelDir, name: &str) -> Result<(Recogniser, Settings), VisionError> {
    let net = models.load(name)?;
    let unusable =
        |reason: String| models.unusable(name, format!("has settings that make no sense ({reason})"));
    let settings = Settings::read(models.settings(name)?).map_err(unusable)?;
    let [side, ..] = portico_inference::Model::input_shape(&net);
    let preparation = settings.preparation(side, models.normalisation(name)?).map_err(unusable)?;
    let recogniser = Recogniser::new(Box::new(net), preparation, ModelId(models.model_id(name)?))
        .map_err(|fault| models.unusable(name, format!("is no recogniser: {fault}")))?;
    Ok((recogniser, settings))
}

fn fused(models: &ModelDir) -> Result<Recogniser, VisionError> {
    let (first, _) = bundled(models, RECOGNISER)?;
    let (second, settings) = bundled(models, SECOND_RECOGNISER)?;
    let no_fusion = || -> ModelsError {
        models.unusable(SECOND_RECOGNISER, "does not say how to join the recognisers".to_owned())
    };
    let fusion = settings.fusion.ok_or_else(no_fusion)?;
    Ok(Recogniser::fused(first, second, fusion.weight, ModelId(fusion.id)))
}

/// How a choice is written on the command line: `single`, `fused`, or `own=PATH`.
impl fmt::Display for Recognition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Single => f.write_str("single"),
            Self::Fused => f.write_str("fused"),
            Self::Own(path) => write!(f, "own={}", path.display()),
        }
    }
}

impl FromStr for Recognition {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match (text, text.strip_prefix("own=")) {
            ("single", _) => Ok(Self::Single),
            ("fused", _) => Ok(Self::Fused),
            (_, Some(path)) if !path.is_empty() => Ok(Self::Own(path.into())),
            _ => Err("must be single, fused, or own=PATH with the path of an entry or of an ONNX file"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_reads_back_as_it_is_written() {
        for choice in [Recognition::Single, Recognition::Fused, Recognition::Own("nets/mine.toml".into())] {
            assert_eq!(choice.to_string().parse(), Ok(choice));
        }
        for wrong in ["", "own=", "both"] {
            assert!(wrong.parse::<Recognition>().is_err(), "`{wrong}` is no choice");
        }
    }
}

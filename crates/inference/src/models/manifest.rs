//! The manifest: where each model comes from and what it takes.

use std::path::Path;

use serde::Deserialize;

use super::{ModelsError, Normalisation};
use crate::import::Repair;

/// All models.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// In the order of the file.
    #[serde(rename = "model")]
    pub models: Vec<Entry>,
}

/// One model.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What the software calls it; also the name of the imported file.
    pub name: String,
    /// Names the numbers that it yields: templates made under another id cannot be compared.
    pub id: String,
    /// The npm package that it comes with.
    pub package: String,
    /// Version of the package.
    pub version: String,
    /// Format of its files.
    pub format: Format,
    /// Repair to apply, where the published graph is damaged.
    pub repair: Option<Repair>,
    /// Licence, as the package states it.
    pub licence: String,
    /// What is known of the data that it was trained on.
    pub training_data: String,
    /// Rows, columns, channels.
    pub input: [usize; 3],
    /// What is done to each number of a picture.
    pub normalisation: Normalisation,
    /// What the user of the net has to know beyond that. Kept, not read here.
    #[serde(default)]
    pub settings: toml::Table,
    /// The files, inside the package: topology first, then weights.
    pub files: Vec<SourceFile>,
}

/// Format of a published model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// One TensorFlow Lite flatbuffer.
    TfLite,
    /// A TensorFlow.js graph model: JSON and weights.
    TfJs,
    /// The face recogniser of face-api: a list of weights and the weights.
    #[serde(rename = "face-api")]
    FaceApi,
}

/// A file of an npm package.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceFile {
    /// Path inside the package.
    pub path: String,
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// Reads a manifest.
    pub fn read(path: &Path) -> Result<Self, ModelsError> {
        let refused = |reason: String| ModelsError::Manifest { path: path.to_owned(), reason };
        let text = std::fs::read_to_string(path).map_err(|error| refused(error.to_string()))?;
        let manifest: Self = toml::from_str(&text).map_err(|error| refused(error.to_string()))?;
        for model in &manifest.models {
            let plain = |character: char| character.is_ascii_alphanumeric() || character == '-';
            if model.name.is_empty() || !model.name.chars().all(plain) {
                return Err(refused(format!("`{}` cannot name a model", model.name)));
            }
            if !model.normalisation.is_usable() {
                return Err(refused(format!("the normalisation of `{}` divides by zero", model.name)));
            }
        }
        Ok(manifest)
    }
}

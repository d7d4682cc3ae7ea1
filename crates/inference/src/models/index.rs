//! The index beside the imported files: what each was made from, and its SHA-256.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Normalisation, manifest};
use crate::import::{IMPORTER_VERSION, Repair};

pub(super) const FILE_NAME: &str = "index.toml";

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Index {
    #[serde(default, rename = "model")]
    pub models: Vec<Imported>,
}

/// One imported model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Imported {
    pub name: String,
    /// SHA-256 of the imported file.
    pub sha256: String,
    #[serde(flatten)]
    pub origin: Origin,
    #[serde(flatten)]
    pub usage: Usage,
}

/// All that decides what an imported file holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Origin {
    pub id: String,
    pub importer: u32,
    pub repair: Option<Repair>,
    /// SHA-256 of each source file.
    pub sources: Vec<String>,
}

/// What the manifest says of using the net, which does not change the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Usage {
    pub normalisation: Normalisation,
    #[serde(default)]
    pub settings: toml::Table,
}

impl Usage {
    pub fn of(entry: &manifest::Entry) -> Self {
        Self { normalisation: entry.normalisation, settings: entry.settings.clone() }
    }
}

impl Origin {
    pub fn of(entry: &manifest::Entry) -> Self {
        Self {
            id: entry.id.clone(),
            importer: IMPORTER_VERSION,
            repair: entry.repair,
            sources: entry.files.iter().map(|file| file.sha256.clone()).collect(),
        }
    }
}

impl Index {
    /// The index of a directory. The error says what is wrong with the file.
    pub fn read(directory: &Path) -> Result<Self, String> {
        let path = directory.join(FILE_NAME);
        let text = std::fs::read_to_string(path).map_err(|error| fault(&error))?;
        toml::from_str(&text).map_err(|_| "is damaged".to_owned())
    }

    pub fn get(&self, name: &str) -> Option<&Imported> {
        self.models.iter().find(|model| model.name == name)
    }
}

/// Name of the imported file of a model.
pub(super) fn file_name(model: &str) -> String {
    format!("{model}.net")
}

/// What an error of reading says about the file.
pub(super) fn fault(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "is missing".to_owned(),
        _ => format!("cannot be read ({error})"),
    }
}

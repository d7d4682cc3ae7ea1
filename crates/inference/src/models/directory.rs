//! Loading imported models.

use std::path::{Path, PathBuf};

use super::index::{FILE_NAME, Imported, Index, fault, file_name};
use super::{ModelsError, Normalisation, sha256};
use crate::file;
use crate::graph::Graph;
use crate::net::Net;

/// A directory of imported models.
#[derive(Clone, Debug)]
pub struct ModelDir {
    path: PathBuf,
    index: Index,
}

impl ModelDir {
    /// Opens a directory that [`prepare`](super::prepare) has filled.
    pub fn open(path: &Path) -> Result<Self, ModelsError> {
        let index =
            Index::read(path).map_err(|fault| ModelsError::Unusable { path: path.join(FILE_NAME), fault })?;
        Ok(Self { path: path.to_owned(), index })
    }

    /// Loads a model, once its file has proved to be the one that was imported.
    pub fn load(&self, name: &str) -> Result<Net, ModelsError> {
        let graph = self.graph(name)?;
        Net::from_graph(&graph).map_err(|error| self.unusable(name, format!("cannot be loaded ({error})")))
    }

    /// Reads a model as data, for those who want to do something else with it than to run it.
    pub fn graph(&self, name: &str) -> Result<Graph, ModelsError> {
        let imported = self.imported(name)?;
        let bytes = std::fs::read(self.path.join(file_name(name)))
            .map_err(|error| self.unusable(name, fault(&error)))?;
        if sha256(&bytes) != imported.sha256 {
            return Err(self.unusable(name, "was altered".to_owned()));
        }
        file::read(&bytes).map_err(|error| self.unusable(name, format!("cannot be loaded ({error})")))
    }

    /// Names of all models, in the manifest's order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.index.models.iter().map(|model| model.name.as_str())
    }

    /// The id of the numbers that a model yields.
    pub fn model_id(&self, name: &str) -> Result<String, ModelsError> {
        Ok(self.imported(name)?.origin.id.clone())
    }

    /// What is done to each number of a picture that the model gets.
    pub fn normalisation(&self, name: &str) -> Result<Normalisation, ModelsError> {
        Ok(self.imported(name)?.usage.normalisation)
    }

    /// What the manifest says to the model's user.
    pub fn settings(&self, name: &str) -> Result<&toml::Table, ModelsError> {
        Ok(&self.imported(name)?.usage.settings)
    }

    fn imported(&self, name: &str) -> Result<&Imported, ModelsError> {
        self.index.get(name).ok_or_else(|| self.unusable(name, "is not in the index".to_owned()))
    }

    fn unusable(&self, name: &str, fault: String) -> ModelsError {
        ModelsError::Unusable { path: self.path.join(file_name(name)), fault }
    }
}

//! Loading imported models.

use std::path::{Path, PathBuf};

use super::index::{FILE_NAME, Imported, Index, fault, file_name};
use super::{ModelsError, sha256};
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
        let imported = self.imported(name)?;
        let path = self.path.join(file_name(name));
        let unusable = |fault: String| ModelsError::Unusable { path: path.clone(), fault };
        let bytes = std::fs::read(&path).map_err(|error| unusable(fault(&error)))?;
        if sha256(&bytes) != imported.sha256 {
            return Err(unusable("was altered".to_owned()));
        }
        Net::from_bytes(&bytes).map_err(|error| unusable(format!("cannot be loaded ({error})")))
    }

    /// The id of the numbers that a model yields.
    pub fn model_id(&self, name: &str) -> Result<String, ModelsError> {
        Ok(self.imported(name)?.origin.id.clone())
    }

    fn imported(&self, name: &str) -> Result<&Imported, ModelsError> {
        self.index.get(name).ok_or_else(|| ModelsError::Unusable {
            path: self.path.join(file_name(name)),
            fault: "is not in the index".to_owned(),
        })
    }
}

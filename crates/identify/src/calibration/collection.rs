//! The calibrations of several recognisers: this kiosk's own, and those of backends that search with another.

use std::path::Path;

use portico_types::ModelId;

use super::{Calibration, CalibrationError};

/// Calibrations, at most one for each recogniser.
#[derive(Clone, Debug, Default)]
pub struct Calibrations(Vec<Calibration>);

impl Calibrations {
    /// Reads every `*.toml` file of `folder`; none if there is no such folder. A damaged file is an error, because
    /// ignoring it would change who is let in.
    pub fn load(folder: &Path) -> Result<Self, CalibrationError> {
        let unusable = |error: std::io::Error| CalibrationError::Unusable {
            path: folder.display().to_string(),
            reason: error.to_string(),
        };
        if !folder.is_dir() {
            return Ok(Self::default());
        }
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(unusable)? {
            let path = entry.map_err(unusable)?.path();
            if path.extension().is_some_and(|ending| ending == "toml") {
                paths.push(path);
            }
        }
        paths.sort();
        let read: Result<Vec<Calibration>, CalibrationError> =
            paths.iter().map(|path| Calibration::read(path)).collect();
        Ok(Self(read?))
    }

    /// Adds a calibration, in place of an earlier one for the same recogniser.
    pub fn insert(&mut self, calibration: Calibration) {
        self.0.retain(|known| known.model != calibration.model);
        self.0.push(calibration);
    }

    /// The calibration of `model`, if there is one.
    pub fn get(&self, model: &ModelId) -> Option<&Calibration> {
        self.0.iter().find(|calibration| calibration.model == *model)
    }
}

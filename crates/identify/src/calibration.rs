//! Which score belongs to which error rate, for one recogniser: measured, kept in a file, never in code.
//!
//! The file is written by `cargo xtask eval --calibrate` and says which pictures it was measured on. It holds rates and
//! scores only, nothing of any person.

mod collection;
mod table;

use std::path::Path;

use portico_types::ModelId;
use serde::{Deserialize, Serialize};

pub use collection::Calibrations;
pub use table::{PairRate, SizedScores};

/// Why a calibration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CalibrationError {
    /// The file or folder cannot be read.
    #[error("calibration {path}: {reason}; write it again with `cargo xtask eval --calibrate`")]
    Unusable {
        /// Which file.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// What the rates were measured on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// What the pictures are, in words.
    pub pictures: String,
    /// SHA-256 of the list of searches, so that the same set is known again.
    pub protocol_sha256: String,
    /// Enrolled people.
    pub identities: usize,
    /// Searches for people who were taken out of the gallery or never were in it.
    pub strangers: usize,
    /// Searches for enrolled people.
    pub guests: usize,
}

/// How a score is judged against the look-alikes of both sides (see [`crate::Evidence`]).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// Share taken off of how alike the probe is to the guests after the first.
    pub probe: f32,
    /// Share taken off of how alike the first guest's templates are to other guests'.
    pub gallery: f32,
}

/// Scores and rates of one recogniser.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// The recogniser.
    pub model: ModelId,
    /// Where the numbers come from.
    pub provenance: Provenance,
    /// How scores are judged against look-alikes.
    pub weights: Weights,
    /// How far the first guest leads the second in all but 0.1 % of the searches that rightly find the first.
    pub margin: f32,
    /// Shares of strangers (FPIR) that the columns of `sizes` are about, falling.
    pub fpir: Vec<f64>,
    /// Scores for galleries of different sizes, growing.
    pub sizes: Vec<SizedScores>,
    /// Scores of pairs of pictures of different people, the rates falling.
    pub pairs: Vec<PairRate>,
}

impl Calibration {
    /// Reads a calibration file.
    pub fn read(path: &Path) -> Result<Self, CalibrationError> {
        let unusable =
            |reason: String| CalibrationError::Unusable { path: path.display().to_string(), reason };
        let text = std::fs::read_to_string(path).map_err(|error| unusable(error.to_string()))?;
        Self::parse(&text).map_err(unusable)
    }

    /// Reads the text of a calibration file. The error says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let calibration: Self = toml::from_str(text).map_err(|error| error.message().to_owned())?;
        match calibration.fault() {
            None => Ok(calibration),
            Some(fault) => Err(fault.to_owned()),
        }
    }

    /// The text of a calibration file.
    pub fn to_text(&self) -> Result<String, String> {
        toml::to_string(self).map_err(|error| error.to_string())
    }

    /// The score, judged against look-alikes, that a share `fpir` of strangers reaches among `guests` guests.
    pub fn judged(&self, fpir: f64, guests: usize) -> f32 {
        table::between(&self.fpir, &self.sizes, |size| &size.judged, fpir, guests)
    }

    /// The plain score that a share `fpir` of strangers reaches among `guests` guests.
    pub fn plain(&self, fpir: f64, guests: usize) -> f32 {
        table::between(&self.fpir, &self.sizes, |size| &size.plain, fpir, guests)
    }

    /// The plain score that a share `fmr` of pairs of different people reaches.
    pub fn pair(&self, fmr: f64) -> f32 {
        table::pair(&self.pairs, fmr)
    }

    /// What makes the numbers unusable, if anything does.
    fn fault(&self) -> Option<&'static str> {
        let falling = |rates: &[f64]| {
            rates.len() >= 2
                && rates.iter().all(|rate| *rate > 0.0 && *rate < 1.0)
                && rates.is_sorted_by(|a, b| a > b)
        };
        let rising = |scores: &[f32]| {
            scores.len() == self.fpir.len()
                && scores.iter().all(|score| score.is_finite())
                && scores.is_sorted_by(|a, b| a <= b)
        };
        let pair_rates: Vec<f64> = self.pairs.iter().map(|pair| pair.fmr).collect();
        if !falling(&self.fpir) || !falling(&pair_rates) {
            return Some("it needs at least two rates, between 0 and 1 and falling");
        }
        if self.sizes.is_empty() || !self.sizes.is_sorted_by(|a, b| a.guests < b.guests) {
            return Some("its gallery sizes are not growing");
        }
        if !self.sizes.iter().all(|size| size.guests > 0 && rising(&size.judged) && rising(&size.plain)) {
            return Some("its scores do not rise as the rates fall");
        }
        if !self.pairs.is_sorted_by(|a, b| a.score <= b.score) {
            return Some("its pair scores do not rise as the rates fall");
        }
        let weights = [self.weights.probe, self.weights.gallery, self.margin];
        let sensible = weights.iter().all(|weight| (0.0..=1.0).contains(weight));
        (!sensible).then_some("its weights and margin must lie between 0 and 1")
    }
}

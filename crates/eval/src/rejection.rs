//! Whether the quality score is right: misses must fall as the worst pictures are refused.

use serde::Serialize;

use crate::identification::{misses, stranger_strengths, threshold};
use crate::rate::Rate;
use crate::trial::Trial;

/// Shares of pictures that are refused.
const SHARES: [f64; 4] = [0.0, 0.05, 0.10, 0.20];

/// Misses among the pictures that are left.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Rejection {
    /// Share of pictures refused, the worst ones.
    pub refused: f64,
    /// Quality score from which on pictures are left.
    pub least_quality: f32,
    /// Misses at FPIR 1 % of what is left.
    pub fnir_at_fpir_1: Rate,
}

/// The error-versus-discard curve of ISO/IEC 29794-1 at four points. Searches without a face are left out: there is
/// no quality to refuse them by.
pub fn curve(trials: &[Trial]) -> Vec<Rejection> {
    let mut qualities: Vec<f32> =
        trials.iter().filter_map(|trial| Some(trial.face.as_ref()?.quality.score)).collect();
    qualities.sort_by(f32::total_cmp);
    SHARES.iter().filter_map(|share| refusing(trials, &qualities, *share)).collect()
}

fn refusing(trials: &[Trial], rising: &[f32], refused: f64) -> Option<Rejection> {
    let least_quality = *rising.get((refused * rising.len() as f64) as usize)?;
    let good = |trial: &&Trial| trial.face.as_ref().is_some_and(|f| f.quality.score >= least_quality);
    let left: Vec<Trial> = trials.iter().filter(good).cloned().collect();
    let mut strangers = stranger_strengths(&left);
    strangers.sort_by(|a, b| b.total_cmp(a));
    let threshold = threshold(&strangers, left.len(), 0.01);
    let fnir_at_fpir_1 = misses(&left.iter().collect::<Vec<_>>(), threshold);
    Some(Rejection { refused, least_quality, fnir_at_fpir_1 })
}

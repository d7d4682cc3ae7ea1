//! How much a search says for its first candidate, judged against look-alikes.
//!
//! A plain score says little by itself: some faces are alike to many, and the more guests there are, the more alike
//! is the nearest of them to any stranger. Both show in the scores that surround the first one:
//!
//! `judged = first − probe weight × mean(second … sixth) − gallery weight × crowding`
//!
//! The first term taken off says how alike the face before the camera is to guests in general, the second (crowding)
//! how alike the found guest's templates are to other guests'. This is adaptive symmetric score normalisation as speaker
//! recognition knows it (AS-norm), with the gallery itself as the cohort, so that no other people's templates are
//! needed. Thresholds on the judged score hardly depend on the size of the gallery.

use portico_types::Candidate;

use crate::calibration::{Calibration, Weights};
use crate::probe::Found;

/// How many guests after the first a score is judged against. With fewer guests, as many as there are.
pub const LOOK_ALIKES: usize = 5;

/// What a search says for its first candidate.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The most alike.
    pub first: Candidate,
    /// How far it leads the next; infinite where there is no other.
    pub lead: f32,
    /// How much speaks for it.
    pub strength: Strength,
}

/// Scores of different kinds are not comparable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Strength {
    /// The score as judged against look-alikes on both sides.
    Judged(f32),
    /// The score as the backend gave it, because it did not say how crowded its gallery is.
    Plain(f32),
}

impl Evidence {
    /// Weighs what was found; `None` where nobody was. Scores that are no numbers do not count.
    pub fn of(found: &Found, weights: Weights) -> Option<Self> {
        let mut ranked: Vec<&Candidate> = found.candidates.iter().filter(|c| c.score.is_finite()).collect();
        ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
        let first = ranked.first().copied()?.clone();
        let others: Vec<f32> = ranked
            .iter()
            .filter(|other| other.attendee != first.attendee)
            .map(|other| other.score)
            .take(LOOK_ALIKES)
            .collect();
        let lead = others.first().map_or(f32::INFINITY, |second| first.score - second);
        let strength = match found.crowding.filter(|crowding| crowding.is_finite()) {
            Some(crowding) => Strength::Judged(judged(first.score, &others, crowding, weights)),
            None => Strength::Plain(first.score),
        };
        Some(Self { first, lead, strength })
    }

    /// Whether strangers among `guests` guests reach this no more often than with the share `fpir`.
    pub fn suffices(&self, calibration: &Calibration, fpir: f64, guests: usize) -> bool {
        match self.strength {
            Strength::Judged(score) => score >= calibration.judged(fpir, guests),
            Strength::Plain(score) => score >= calibration.plain(fpir, guests),
        }
    }
}

/// The first candidate's score less what look-alikes on both sides explain. `others` are the scores of the guests
/// after the first; without any, nothing is taken off for them.
pub fn judged(first: f32, others: &[f32], crowding: f32, weights: Weights) -> f32 {
    let look_alikes = if others.is_empty() { 0.0 } else { others.iter().sum::<f32>() / others.len() as f32 };
    first - weights.probe * look_alikes - weights.gallery * crowding
}

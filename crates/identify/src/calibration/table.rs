//! Reading between the rows and columns of a calibration. Both axes are logarithmic: look-alikes grow with the
//! logarithm of the gallery, and scores are about linear in the logarithm of the rate.

use serde::{Deserialize, Serialize};

/// Scores that strangers reach among some number of guests, one for each rate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SizedScores {
    /// Guests in the gallery.
    pub guests: usize,
    /// Scores judged against look-alikes.
    pub judged: Vec<f32>,
    /// Plain scores.
    pub plain: Vec<f32>,
}

/// A score that pairs of different people reach with some rate.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PairRate {
    /// Share of pairs (FMR).
    pub fmr: f64,
    /// The score.
    pub score: f32,
}

/// The score for `rate` among `guests`. Beyond the rates it goes on along the nearest two columns. Beyond the largest
/// gallery it goes on along the last two rows where scores grow, and stays where they fall: more guests never make
/// anybody easier to let in than was measured.
pub(super) fn between<'t>(
    rates: &[f64],
    sizes: &'t [SizedScores],
    scores: impl Fn(&'t SizedScores) -> &'t Vec<f32>,
    rate: f64,
    guests: usize,
) -> f32 {
    let at = |size: &'t SizedScores| {
        let points = rates.iter().zip(scores(size)).map(|(rate, score)| (rate.ln(), f64::from(*score)));
        line(&points.collect::<Vec<_>>(), rate.ln())
    };
    let points: Vec<(f64, f64)> = sizes.iter().map(|size| ((size.guests as f64).ln(), at(size))).collect();
    let place = (guests.max(1) as f64).ln();
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return f32::INFINITY };
    let score = if place <= first.0 {
        first.1
    } else if place >= last.0 {
        last.1.max(line(&points, place))
    } else {
        line(&points, place)
    };
    score as f32
}

/// The score for a rate of pairs.
pub(super) fn pair(pairs: &[PairRate], fmr: f64) -> f32 {
    let points: Vec<(f64, f64)> = pairs.iter().map(|pair| (-pair.fmr.ln(), f64::from(pair.score))).collect();
    line(&points, -fmr.ln()) as f32
}

/// The straight line through the two points around `x`, or the nearest two; the only point's value where there is
/// no second.
fn line(points: &[(f64, f64)], x: f64) -> f64 {
    let rising = points.first().map(|p| p.0) < points.last().map(|p| p.0);
    let after = points.iter().position(|(place, _)| if rising { *place > x } else { *place < x });
    let end = after.unwrap_or(points.len()).clamp(1, points.len().max(2) - 1);
    match points.get(end - 1..=end) {
        Some([(x0, y0), (x1, y1)]) => y0 + (x - x0) * (y1 - y0) / (x1 - x0),
        _ => points.first().map_or(f64::INFINITY, |point| point.1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sized(guests: usize, scores: [f32; 2]) -> SizedScores {
        SizedScores { guests, judged: scores.to_vec(), plain: scores.to_vec() }
    }

    fn score(sizes: &[SizedScores], rate: f64, guests: usize) -> f32 {
        between(&[0.1, 0.001], sizes, |size| &size.plain, rate, guests)
    }

    #[test]
    fn scores_between_the_measured_ones_lie_on_a_line_of_logarithms() {
        let sizes = [sized(10, [0.2, 0.4]), sized(1000, [0.4, 0.6])];
        assert!((score(&sizes, 0.1, 10) - 0.2).abs() < 1e-6);
        assert!((score(&sizes, 0.01, 10) - 0.3).abs() < 1e-6, "half-way between the rates");
        assert!((score(&sizes, 0.1, 100) - 0.3).abs() < 1e-6, "half-way between the sizes");
        assert!((score(&sizes, 1e-4, 10) - 0.5).abs() < 1e-6, "beyond the last rate along the same line");
        assert!((score(&sizes, 0.1, 1) - 0.2).abs() < 1e-6, "never below the smallest gallery");
    }

    #[test]
    fn a_gallery_beyond_the_measured_ones_never_gets_a_lower_threshold() {
        let rising = [sized(10, [0.2, 0.4]), sized(1000, [0.4, 0.6])];
        assert!((score(&rising, 0.1, 100_000) - 0.6).abs() < 1e-6, "goes on rising");
        let falling = [sized(10, [0.4, 0.6]), sized(1000, [0.2, 0.4])];
        assert!((score(&falling, 0.1, 100_000) - 0.2).abs() < 1e-6, "but never on falling");
    }

    #[test]
    fn pair_scores_go_on_along_their_last_segment() {
        let pairs = [(1e-3, 0.4), (1e-4, 0.5)].map(|(fmr, score)| PairRate { fmr, score });
        assert!((pair(&pairs, 1e-5) - 0.6).abs() < 1e-6);
        assert!((pair(&pairs, 1e-2) - 0.3).abs() < 1e-6);
    }

    #[test]
    fn one_size_serves_all() {
        assert!((score(&[sized(10, [0.2, 0.4])], 0.1, 5_000) - 0.2).abs() < 1e-6);
    }
}

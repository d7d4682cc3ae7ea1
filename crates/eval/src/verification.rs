//! One against one: every probe with every enrolled picture, as plain scores. What other reports compare with.

use portico_types::Embedding;
use serde::Serialize;

use crate::rate::Rate;

/// Scores of pairs.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    /// Of the same person, in falling order.
    pub same: Vec<f32>,
    /// Of different people, in falling order.
    pub different: Vec<f32>,
}

/// What one-to-one comparison reaches.
#[derive(Clone, Debug, Serialize)]
pub struct Verification {
    /// Where as many pairs of one person are refused as pairs of two are accepted.
    pub eer: f64,
    /// Pairs of one person that are accepted at a false match rate of 1e-2, with the score that it takes.
    pub tar_at_fmr_1e2: TrueAccepts,
    /// The same at 1e-3.
    pub tar_at_fmr_1e3: TrueAccepts,
    /// The same at 1e-4.
    pub tar_at_fmr_1e4: TrueAccepts,
    /// The same at 1e-5.
    pub tar_at_fmr_1e5: TrueAccepts,
}

/// A rate and the score behind it.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct TrueAccepts {
    /// Pairs of one person that are accepted.
    pub accepted: Rate,
    /// From which score on.
    pub threshold: f32,
}

impl Pairs {
    /// Compares every probe with every enrolled picture. Names say who it is; `None` is nobody who is enrolled.
    pub fn of(probes: &[(Option<&str>, &Embedding)], enrolled: &[(&str, &Embedding)]) -> Self {
        let mut pairs = Self::default();
        for (probe_name, probe) in probes {
            for (name, template) in enrolled {
                let scores = if *probe_name == Some(name) { &mut pairs.same } else { &mut pairs.different };
                scores.push(probe.cosine(template));
            }
        }
        for scores in [&mut pairs.same, &mut pairs.different] {
            scores.sort_by(|a, b| b.total_cmp(a));
        }
        pairs
    }

    /// The score that a share `fmr` of pairs of different people reach.
    pub fn threshold(&self, fmr: f64) -> f32 {
        let allowed = (fmr * self.different.len() as f64) as usize;
        self.different.get(allowed).map_or(f32::NEG_INFINITY, |first_refused| first_refused.next_up())
    }

    /// The rates.
    pub fn verification(&self) -> Verification {
        Verification {
            eer: self.equal_error_rate(),
            tar_at_fmr_1e2: self.accepts_at(1e-2),
            tar_at_fmr_1e3: self.accepts_at(1e-3),
            tar_at_fmr_1e4: self.accepts_at(1e-4),
            tar_at_fmr_1e5: self.accepts_at(1e-5),
        }
    }

    /// Share of `falling` that reach `threshold`.
    fn reaching(falling: &[f32], threshold: f32) -> usize {
        falling.partition_point(|score| *score >= threshold)
    }

    fn accepts_at(&self, fmr: f64) -> TrueAccepts {
        let threshold = self.threshold(fmr);
        let count = Self::reaching(&self.same, threshold);
        TrueAccepts { accepted: Rate { count, of: self.same.len() }, threshold }
    }

    /// Mean of both error rates at the score of one's own pairs where they are nearest to each other.
    fn equal_error_rate(&self) -> f64 {
        let (same, different) = (self.same.len() as f64, self.different.len() as f64);
        let errors = self.same.iter().map(|threshold| {
            let refused = 1.0 - Self::reaching(&self.same, *threshold) as f64 / same;
            let accepted = Self::reaching(&self.different, *threshold) as f64 / different;
            ((refused - accepted).abs(), f64::midpoint(refused, accepted))
        });
        errors.min_by(|a, b| a.0.total_cmp(&b.0)).map_or(f64::NAN, |(_, rate)| rate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs() -> Pairs {
        Pairs { same: vec![0.9, 0.8, 0.7, 0.3], different: vec![0.75, 0.4, 0.2, 0.1] }
    }

    #[test]
    fn accepts_are_counted_above_the_strangers_allowed() {
        assert_eq!(pairs().accepts_at(0.0).accepted, Rate { count: 2, of: 4 });
        assert_eq!(pairs().accepts_at(0.25).accepted, Rate { count: 3, of: 4 }, "one stranger may pass");
    }

    #[test]
    fn the_equal_error_rate_lies_where_both_errors_meet() {
        assert!((pairs().verification().eer - 0.25).abs() < 1e-9);
    }
}

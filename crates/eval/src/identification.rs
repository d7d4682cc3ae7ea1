//! One against all: who is found, who is missed, who is taken for somebody else.
//!
//! FPIR counts searches for strangers, and for enrolled people without themselves, whose first candidate reaches a
//! threshold. FNIR counts searches for enrolled people who are not found as the first candidate above it; pictures in
//! which no face was found count as missed.

use portico_types::Decision;
use serde::Serialize;

use crate::rate::Rate;
use crate::trial::Trial;

/// Rates of one group of searches. Thresholds are those of the whole set.
#[derive(Clone, Debug, Serialize)]
pub struct Identification {
    /// Searches whose picture showed no face.
    pub failure_to_acquire: Rate,
    /// Enrolled people who come first, whatever the score.
    pub rank1: Rate,
    /// Misses at the threshold that this share of strangers reach.
    pub fnir_at_fpir_10: Rate,
    /// The same at 1 %.
    pub fnir_at_fpir_1: Rate,
    /// The same at 0.1 %.
    pub fnir_at_fpir_01: Rate,
    /// What the shipped policy does.
    pub policy: PolicyRates,
}

/// What the shipped policy does at this size of gallery.
#[derive(Clone, Debug, Serialize)]
pub struct PolicyRates {
    /// Strangers who are greeted as somebody.
    pub fpir: Rate,
    /// Strangers who are asked "Is this you?".
    pub strangers_asked: Rate,
    /// Guests who are not greeted.
    pub fnir: Rate,
    /// Guests who are greeted by their name.
    pub accepted_right: Rate,
    /// Guests who are greeted by another's name.
    pub accepted_wrong: Rate,
    /// Guests who are asked for a second fact, theirs.
    pub asked_right_first: Rate,
    /// Guests who are asked for another's second fact.
    pub asked_wrong_first: Rate,
    /// Guests who are not found, or whose face was not.
    pub unknown: Rate,
}

/// The scores that a share of strangers reach.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[expect(clippy::struct_field_names, reason = "the keys of the figures")]
pub struct Thresholds {
    /// For FPIR 10 %.
    pub fpir_10: f32,
    /// For FPIR 1 %.
    pub fpir_1: f32,
    /// For FPIR 0.1 %.
    pub fpir_01: f32,
}

impl Thresholds {
    /// The thresholds of a whole set.
    pub fn of(trials: &[Trial]) -> Self {
        let mut strangers = stranger_strengths(trials);
        strangers.sort_by(|a, b| b.total_cmp(a));
        let at = |fpir: f64| threshold(&strangers, trials.len(), fpir);
        Self { fpir_10: at(0.1), fpir_1: at(0.01), fpir_01: at(0.001) }
    }
}

/// How much speaks for the first candidate of each stranger who was searched.
pub fn stranger_strengths(trials: &[Trial]) -> Vec<f32> {
    trials.iter().filter_map(|trial| Some(trial.stranger()?.strength)).collect()
}

/// The lowest score that at most the share `fpir` of `searches` reach. `falling` are the strangers' scores in falling
/// order; searches without a face reach none.
pub fn threshold(falling: &[f32], searches: usize, fpir: f64) -> f32 {
    let allowed = (fpir * searches as f64 + 1e-9) as usize;
    falling.get(allowed).map_or(f32::NEG_INFINITY, |first_refused| first_refused.next_up())
}

/// Misses at `threshold` among searches for enrolled people.
pub fn misses(trials: &[&Trial], threshold: f32) -> Rate {
    let guests = trials.iter().filter(|trial| trial.expected.is_some());
    Rate::counting(guests, |trial| {
        !(trial.is_right() && trial.guest().is_some_and(|outcome| outcome.strength >= threshold))
    })
}

impl Identification {
    /// The rates of a group of searches.
    pub fn of(trials: &[&Trial], thresholds: &Thresholds) -> Self {
        Self {
            failure_to_acquire: Rate::counting(trials, |trial| trial.face.is_none()),
            rank1: Rate::counting(trials.iter().filter(|t| t.expected.is_some()), |trial| trial.is_right()),
            fnir_at_fpir_10: misses(trials, thresholds.fpir_10),
            fnir_at_fpir_1: misses(trials, thresholds.fpir_1),
            fnir_at_fpir_01: misses(trials, thresholds.fpir_01),
            policy: PolicyRates::of(trials),
        }
    }
}

impl PolicyRates {
    fn of(trials: &[&Trial]) -> Self {
        let strangers = |holds: fn(&Decision) -> bool| {
            Rate::counting(trials, |trial| trial.stranger().is_some_and(|outcome| holds(&outcome.decision)))
        };
        let guests = |holds: &dyn Fn(&Trial, Option<&Decision>) -> bool| {
            let enrolled = trials.iter().filter(|trial| trial.expected.is_some());
            Rate::counting(enrolled, |trial| holds(trial, trial.guest().map(|outcome| &outcome.decision)))
        };
        let accepted = |decision: Option<&Decision>| matches!(decision, Some(Decision::Accept(_)));
        let asked = |decision: Option<&Decision>| matches!(decision, Some(Decision::Ask(_)));
        Self {
            fpir: strangers(|decision| matches!(decision, Decision::Accept(_))),
            strangers_asked: strangers(|decision| matches!(decision, Decision::Ask(_))),
            fnir: guests(&|trial, decision| !(accepted(decision) && trial.is_right())),
            accepted_right: guests(&|trial, decision| accepted(decision) && trial.is_right()),
            accepted_wrong: guests(&|trial, decision| accepted(decision) && !trial.is_right()),
            asked_right_first: guests(&|trial, decision| asked(decision) && trial.is_right()),
            asked_wrong_first: guests(&|trial, decision| asked(decision) && !trial.is_right()),
            unknown: guests(&|_, decision| !accepted(decision) && !asked(decision)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_lets_no_more_strangers_through_than_allowed() {
        let falling = [0.9, 0.7, 0.5, 0.5, 0.1];
        let reached = |fpir| falling.iter().filter(|s| **s >= threshold(&falling, 10, fpir)).count();
        assert_eq!(reached(0.0), 0);
        assert_eq!(reached(0.1), 1);
        assert_eq!(reached(0.2), 2);
        assert_eq!(reached(0.3), 2, "two with the same score come or stay together");
        assert_eq!(reached(1.0), 5);
    }
}

//! The figures of a run, as they are printed and reported.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::detection::Detection;
use crate::identification::{Identification, Thresholds};
use crate::rate::Rate;
use crate::rejection::Rejection;
use crate::second_picture::SecondPicture;
use crate::spoofing::Spoofing;
use crate::stage_times::MedianTimes;
use crate::verification::Verification;

/// Everything that was measured.
#[derive(Debug, Serialize)]
pub struct Figures {
    /// The recogniser.
    pub model: String,
    /// Enrolled people with a template.
    pub identities: usize,
    /// Searches for enrolled people.
    pub probes: usize,
    /// Searches for people who are not enrolled.
    pub distractors: usize,
    /// The rates that everybody asks for, as plain numbers.
    #[serde(flatten)]
    pub headline: Headline,
    /// The rates of all searches, with intervals.
    pub all: Identification,
    /// Scores for FPIR 10, 1 and 0.1 % of the whole set.
    pub thresholds: Thresholds,
    /// One-to-one comparison.
    pub verification: Verification,
    /// LFW, the rest, and every source by itself.
    pub by_source: BTreeMap<String, Identification>,
    /// Finding faces.
    pub detection: Detection,
    /// Misses as the worst pictures are refused.
    pub rejection: Vec<Rejection>,
    /// What a second enrolment picture is worth.
    pub second_picture: SecondPicture,
    /// The spoof warning.
    pub spoofing: Spoofing,
    /// Enrolment pictures in which no face was found, or that the pipeline does not take.
    pub enrolment_failures: Rate,
    /// Median milliseconds of each stage, with as many threads as processors.
    pub stage_ms: MedianTimes,
}

/// Shares from 0 to 1; `None` where nothing was counted.
#[derive(Debug, Serialize)]
pub struct Headline {
    failure_to_acquire: Option<f64>,
    rank1: Option<f64>,
    fnir_at_fpir_10: Option<f64>,
    fnir_at_fpir_1: Option<f64>,
    fnir_at_fpir_01: Option<f64>,
    policy_fpir: Option<f64>,
    policy_fnir: Option<f64>,
    eer: f64,
    tar_at_fmr_1e3: Option<f64>,
    detect_recall: Option<f64>,
    false_faces_per_nonface: Option<f64>,
    apcer: Option<f64>,
    bpcer: Option<f64>,
}

impl Headline {
    /// Takes the plain numbers out of the details.
    pub fn of(
        all: &Identification,
        verification: &Verification,
        detection: &Detection,
        spoofing: &Spoofing,
    ) -> Self {
        Self {
            failure_to_acquire: all.failure_to_acquire.share(),
            rank1: all.rank1.share(),
            fnir_at_fpir_10: all.fnir_at_fpir_10.share(),
            fnir_at_fpir_1: all.fnir_at_fpir_1.share(),
            fnir_at_fpir_01: all.fnir_at_fpir_01.share(),
            policy_fpir: all.policy.fpir.share(),
            policy_fnir: all.policy.fnir.share(),
            eer: verification.eer,
            tar_at_fmr_1e3: verification.tar_at_fmr_1e3.accepted.share(),
            detect_recall: detection.recall.share(),
            false_faces_per_nonface: detection.false_faces.share(),
            apcer: spoofing.apcer.share(),
            bpcer: spoofing.bpcer.share(),
        }
    }
}

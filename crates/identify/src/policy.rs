//! What is concluded from candidates: accept, ask for a second fact, or unknown.
//!
//! The more guests are searched, the likelier a stranger resembles one of them: FPIR ≈ 1 − (1 − FMR)^N. So the
//! thresholds follow the gallery's size, by way of the recogniser's measured false match rates. Scores of different
//! models are not comparable: each model has its own [`Calibration`].

use portico_types::{AttendeeId, Candidate, Decision};

/// Which score belongs to which false match rate (1:1), for one recogniser.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// (decimal logarithm of the FMR, score), the rates falling and the scores rising. At least two points; between
    /// them, and beyond them along the nearest segment, the score is linear in the logarithm.
    pub points: Vec<(f32, f32)>,
}

impl Default for Calibration {
    /// `mobilefacenet-repaired-192-mirrored`, measured on 886 enrolled people with one picture each: cosine 0.449,
    /// 0.532 and 0.595 for FMR 1e-3, 1e-4 and 1e-5. The same people gave FPIR 1 % at 0.591, and these points yield
    /// 0.592 for it.
    fn default() -> Self {
        Self { points: vec![(-3.0, 0.449), (-4.0, 0.532), (-5.0, 0.595)] }
    }
}

impl Calibration {
    /// The score at which one stranger in 1 / `fpir` resembles any of `gallery_size` guests.
    fn score_for_fpir(&self, fpir: f64, gallery_size: usize) -> f32 {
        let size = gallery_size.max(1) as f64;
        // 1 − (1 − FPIR)^(1/N), in a form that keeps its digits when N is large.
        let fmr = -((-fpir).ln_1p() / size).exp_m1();
        self.score_at(fmr.log10() as f32)
    }

    fn score_at(&self, log_fmr: f32) -> f32 {
        let last_segment = self.points.len().saturating_sub(2);
        let segment =
            self.points.iter().skip(1).position(|(rate, _)| *rate <= log_fmr).unwrap_or(last_segment);
        match self.points.get(segment..segment + 2) {
            Some([(rate, score), (next_rate, next_score)]) => {
                score + (log_fmr - rate) * (next_score - score) / (next_rate - rate)
            }
            // Too few points to tell one score from another: no score is high enough.
            _ => f32::INFINITY,
        }
    }
}

/// The numbers of a [`DecisionPolicy`].
#[derive(Clone, Debug, PartialEq)]
pub struct DecisionParams {
    /// How the recogniser's scores relate to error rates.
    pub calibration: Calibration,
    /// Share of strangers that may be greeted as somebody. 1 %: every stranger at the door has a ticket to show or
    /// staff to talk to, and the margin and the liveness check take away most of what is left.
    pub accept_fpir: f64,
    /// Share of strangers that may be asked "Is this you?". 10 %: they still need the second fact, and the misses of
    /// the baseline (7.9 % at FPIR 1 %, 3.7 % at 10 %) have the right guest first, just below the threshold.
    pub ask_fpir: f64,
    /// Never accept below this, however small the gallery: FMR 1e-5.
    pub accept_floor: f32,
    /// Never ask below this, however small the gallery: FMR about 2e-4.
    pub ask_floor: f32,
    /// How far the second guest must stay behind the first for the first to be accepted. Twins, siblings and double
    /// enrolments land within 0.05; the second of 886 unrelated guests is farther behind than that in nearly all
    /// searches whose first is accepted.
    pub margin: f32,
}

impl Default for DecisionParams {
    fn default() -> Self {
        Self {
            calibration: Calibration::default(),
            accept_fpir: 0.01,
            ask_fpir: 0.10,
            accept_floor: 0.595,
            ask_floor: 0.50,
            margin: 0.05,
        }
    }
}

/// The scores in force for one gallery size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// From here on a guest is accepted.
    pub accept: f32,
    /// From here on a guest is asked.
    pub ask: f32,
}

/// Concludes from candidates.
#[derive(Clone, Debug, Default)]
pub struct DecisionPolicy {
    params: DecisionParams,
}

impl DecisionPolicy {
    /// A policy with these numbers.
    pub fn new(params: DecisionParams) -> Self {
        Self { params }
    }

    /// The thresholds for a search among `gallery_size` guests.
    pub fn thresholds(&self, gallery_size: usize) -> Thresholds {
        let params = &self.params;
        let score = |fpir| params.calibration.score_for_fpir(fpir, gallery_size);
        let accept = score(params.accept_fpir).max(params.accept_floor);
        let ask = score(params.ask_fpir).max(params.ask_floor).min(accept);
        Thresholds { accept, ask }
    }

    /// The conclusion from `candidates`, in whatever order, of a search among `gallery_size` guests. `doubtful` says
    /// of whom staff have said that this was the wrong person; they are asked, never accepted.
    pub fn decide(
        &self,
        candidates: &[Candidate],
        gallery_size: usize,
        doubtful: &dyn Fn(&AttendeeId) -> bool,
    ) -> Decision {
        let Some(first) = best(candidates.iter()) else { return Decision::Unknown };
        let thresholds = self.thresholds(gallery_size);
        if first.score < thresholds.ask {
            return Decision::Unknown;
        }
        let second = best(candidates.iter().filter(|other| other.attendee != first.attendee));
        let stands_out = second.is_none_or(|second| first.score - second.score >= self.params.margin);
        if first.score >= thresholds.accept && stands_out && !doubtful(&first.attendee) {
            Decision::Accept(first.clone())
        } else {
            Decision::Ask(first.clone())
        }
    }
}

/// The most alike; the first of equals. Scores that are no numbers do not count.
fn best<'c>(candidates: impl Iterator<Item = &'c Candidate>) -> Option<&'c Candidate> {
    candidates
        .filter(|candidate| candidate.score.is_finite())
        .reduce(|best, next| if next.score > best.score { next } else { best })
}

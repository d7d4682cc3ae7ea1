//! What is concluded from a search: accept, ask for a second fact, or unknown.
//!
//! The numbers here say what is wanted: which share of strangers may be greeted, which may be asked. Which scores that
//! takes is the [`Calibration`](crate::Calibration)'s part, for each recogniser and size of gallery.

use portico_types::{AttendeeId, Candidate, Decision, ModelId};

use crate::calibration::Calibrations;
use crate::evidence::Evidence;
use crate::probe::Found;

/// The numbers of a [`DecisionPolicy`].
#[derive(Clone, Debug, PartialEq)]
pub struct DecisionParams {
    /// Share of strangers that may be greeted as somebody. 0.2 %: every stranger at the door has a ticket to show or
    /// staff to talk to, and a wrong greeting is the one mistake that guests remember.
    pub accept_fpir: f64,
    /// Share of strangers that may be asked "Is this you?". 10 %: they still need the second fact, and most guests
    /// who are not accepted come first in their search, just below the threshold.
    pub ask_fpir: f64,
    /// Never accept a plain score that more than this share of pairs of different people reach, however small the
    /// gallery: with one guest on the list, a stranger is not to be greeted more easily than among many.
    pub accept_fmr: f64,
    /// The same for asking.
    pub ask_fmr: f64,
}

impl Default for DecisionParams {
    fn default() -> Self {
        Self { accept_fpir: 0.002, ask_fpir: 0.10, accept_fmr: 1e-4, ask_fmr: 1e-3 }
    }
}

/// The scores in force for one recogniser and gallery size, as staff may be shown them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// From here on a score that was judged against look-alikes is accepted.
    pub accept: f32,
    /// From here on the guest is asked.
    pub ask: f32,
}

/// Concludes from searches.
#[derive(Clone, Debug, Default)]
pub struct DecisionPolicy {
    calibrations: Calibrations,
    params: DecisionParams,
}

impl DecisionPolicy {
    /// A policy with these numbers.
    pub fn new(calibrations: Calibrations, params: DecisionParams) -> Self {
        Self { calibrations, params }
    }

    /// Whether scores of `model` can be judged at all.
    pub fn knows(&self, model: &ModelId) -> bool {
        self.calibrations.get(model).is_some()
    }

    /// The thresholds for a search by `model` among `guests` guests; `None` without a calibration.
    pub fn thresholds(&self, model: &ModelId, guests: usize) -> Option<Thresholds> {
        let calibration = self.calibrations.get(model)?;
        let accept = calibration.judged(self.params.accept_fpir, guests);
        Some(Thresholds { accept, ask: calibration.judged(self.params.ask_fpir, guests).min(accept) })
    }

    /// What a search says for its first candidate; `None` where nobody was found or the recogniser is not calibrated.
    pub fn evidence(&self, found: &Found) -> Option<Evidence> {
        Evidence::of(found, self.calibrations.get(&found.model)?.weights)
    }

    /// The conclusion from comparing one face with one guest's own template, and with nobody else's: there are no
    /// look-alikes to judge the score against, so it is the shares of pairs of different people that count. Whoever is
    /// `doubtful` is asked. A recogniser without a calibration finds nobody.
    pub fn compare(&self, model: &ModelId, candidate: Candidate, doubtful: bool) -> Decision {
        let Some(calibration) = self.calibrations.get(model) else { return Decision::Unknown };
        let reaches = |fmr: f64| candidate.score >= calibration.pair(fmr);
        if reaches(self.params.accept_fmr) && !doubtful {
            Decision::Accept(candidate)
        } else if reaches(self.params.ask_fmr) {
            Decision::Ask(candidate)
        } else {
            Decision::Unknown
        }
    }

    /// The conclusion from a search. `doubtful` says of whom staff have said that this was the wrong person; they are
    /// asked, never accepted. A recogniser without a calibration finds nobody.
    pub fn decide(&self, found: &Found, doubtful: &dyn Fn(&AttendeeId) -> bool) -> Decision {
        let Some(calibration) = self.calibrations.get(&found.model) else { return Decision::Unknown };
        let Some(evidence) = Evidence::of(found, calibration.weights) else { return Decision::Unknown };
        let guests = found.gallery_size;
        let reaches = |fpir: f64, fmr: f64| {
            evidence.first.score >= calibration.pair(fmr) && evidence.suffices(calibration, fpir, guests)
        };
        let params = &self.params;
        let sure = reaches(params.accept_fpir, params.accept_fmr)
            && evidence.lead >= calibration.margin
            && !doubtful(&evidence.first.attendee);
        if sure {
            Decision::Accept(evidence.first)
        } else if reaches(params.ask_fpir, params.ask_fmr) {
            Decision::Ask(evidence.first)
        } else {
            Decision::Unknown
        }
    }
}

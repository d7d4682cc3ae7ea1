//! Whom a search, or the comparison with a ticket's face, took a face for, until its guest is in.

use portico_types::{Candidate, Method, TrackId};

use super::State;
use super::admitting::Admitting;
use super::challenging::Challenging;
use super::confirming::Confirming;
use crate::context::Context;
use crate::tracks::{Proof, Standing};
use crate::{ChallengeRule, GuestView, WarningRule};

/// A candidate, and the picture that spoke for them.
#[derive(Clone)]
pub(super) struct Recognised {
    pub(super) candidate: Candidate,
    pub(super) track: TrackId,
    /// Quality score of the picture, 0 to 1.
    pub(super) quality: f32,
    /// Whether it came with a spoof warning.
    pub(super) warning: bool,
    /// How they are let in if nothing else is asked of them.
    pub(super) way: Method,
}

impl Recognised {
    /// A sure match enters, unless a held-up picture is to be feared: then a second fact or a sign is asked for first.
    /// Before a search the sign may have been given already; a ticket's guest is asked only here.
    pub(super) fn come_in(self, cx: &mut Context<'_>, shown: GuestView) -> State {
        cx.memory.tracks.note(self.track, Standing::Concluded);
        let rules = cx.memory.rules;
        let proof = cx.memory.tracks.proof(self.track);
        let warned = self.warning && rules.warning == WarningRule::AskSecondFact;
        let challenged = match rules.challenge {
            ChallengeRule::Off => false,
            ChallengeRule::OnWarning => self.warning,
            ChallengeRule::Always => true,
        };
        if warned || proof == Some(Proof::Missing) {
            Confirming::enter(cx, self)
        } else if challenged && proof.is_none() {
            Challenging::before_entry(cx, self)
        } else {
            let way = self.way;
            Admitting::by_face(cx, self, way, shown)
        }
    }
}

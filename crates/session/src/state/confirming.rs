//! "Is this you?": the guest proves it with a second fact. Says nothing about whom it believes to see, and
//! ignores faces, since the guest looks at the keypad.
//!
//! Every face that comes anew may try three times, so all of them together are bounded as well. A fact counts when it is
//! typed, and is forgiven if it was right: in a line of honest guests nobody uses anything up.

use std::time::Duration;

use portico_types::{Method, Tick};

use super::admitting::Admitting;
use super::not_found::NotFound;
use super::owner::Owner;
use super::patience::Patience;
use super::recognised::Recognised;
use super::trouble::Trouble;
use super::{Phase, State, attend};
use crate::context::Context;
use crate::tracks::Standing;
use crate::{GuestView, Input, RequestId, SessionPolicy, Tried};

/// Waits for the fact, or for its comparison.
pub(crate) struct Confirming {
    recognised: Recognised,
    attempts_left: u8,
    last_answer: LastAnswer,
    checking: Option<RequestId>,
    patience: Patience,
}

/// What came of the fact typed last.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LastAnswer {
    None,
    Refused,
}

impl Confirming {
    /// Asks for the second fact of the one who was recognised; unless too much was guessed of late, when the guest is led to
    /// their ticket and to staff.
    pub(super) fn enter(cx: &mut Context<'_>, recognised: Recognised) -> State {
        let attempts_left = cx.policy.confirm_attempts.min(cx.memory.facts.left_to_all(cx.now, cx.policy));
        if attempts_left == 0 {
            let owner = Owner::whoever_is_present(cx);
            return NotFound::enter(cx, Tried::NameClosed, owner);
        }
        State::Confirming(Self {
            recognised,
            attempts_left,
            last_answer: LastAnswer::None,
            checking: None,
            patience: Patience::of(cx.policy.confirm_idle, cx.now),
        })
    }
}

impl Phase for Confirming {
    fn handle(mut self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::Touched if self.checking.is_none() => {
                self.patience.renew(cx.now);
                State::Confirming(self)
            }
            Input::FactEntered(fact) if self.checking.is_none() => self.check(cx, fact.trim()),
            Input::FactChecked { request, correct } if self.checking == Some(request) => {
                if correct {
                    self.proven(cx)
                } else {
                    self.refused(cx)
                }
            }
            Input::Dismissed => self.not_me(cx),
            _ => State::Confirming(self),
        }
    }

    /// The guest has gone without an answer, or the fact could not be read from the disk.
    fn expire(mut self, cx: &mut Context<'_>) -> State {
        if self.patience.goes_on(cx.now) {
            State::Confirming(self)
        } else if self.checking.is_some() {
            Trouble::unreadable(cx)
        } else {
            attend(cx)
        }
    }

    fn view(&self) -> GuestView {
        GuestView::Confirm {
            attempts_left: self.attempts_left,
            refused: self.last_answer == LastAnswer::Refused,
            checking: self.checking.is_some(),
        }
    }

    fn deadline(&self, policy: &SessionPolicy) -> Option<Tick> {
        Some(self.patience.deadline(policy))
    }

    fn closing(&self, policy: &SessionPolicy) -> Option<Duration> {
        self.patience.closing(policy)
    }
}

impl Confirming {
    fn check(mut self, cx: &mut Context<'_>, fact: &str) -> State {
        if !fact.is_empty() {
            cx.memory.facts.spend(cx.now, cx.policy);
            self.checking = Some(cx.check_fact(self.recognised.candidate.attendee.clone(), fact.to_owned()));
            self.patience = Patience::of(cx.policy.lookup_guard, cx.now);
        }
        State::Confirming(self)
    }

    fn proven(self, cx: &mut Context<'_>) -> State {
        cx.memory.facts.forgive();
        let shown = self.view();
        Admitting::by_face(cx, self.recognised, Method::FaceAndFact, shown)
    }

    fn refused(mut self, cx: &mut Context<'_>) -> State {
        self.attempts_left = self.attempts_left.saturating_sub(1);
        if self.attempts_left == 0 {
            let owner = Owner::whoever_is_present(cx);
            return NotFound::enter(cx, Tried::Fact, owner);
        }
        self.last_answer = LastAnswer::Refused;
        self.checking = None;
        self.patience = Patience::of(cx.policy.confirm_idle, cx.now);
        State::Confirming(self)
    }

    /// An honest "that is not me" lets a better picture find the right guest. After a wrong fact it does not,
    /// or leaving and coming back would give new attempts.
    fn not_me(self, cx: &mut Context<'_>) -> State {
        if self.last_answer == LastAnswer::None && self.checking.is_none() {
            let Recognised { track, quality, .. } = self.recognised;
            cx.memory.tracks.note(track, Standing::Missed { quality, at: cx.now });
        }
        let owner = Owner::whoever_is_present(cx);
        NotFound::enter(cx, Tried::Face, owner)
    }
}

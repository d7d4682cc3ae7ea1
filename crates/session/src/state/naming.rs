//! The third way in: a name and the last digits of a phone, in either order. Whoever is typed first, the other fact is
//! asked for before anything is looked up, and what does not fit is answered at one and the same moment: nothing that
//! a guest sees tells whether a name is on the list.
//!
//! Ignores faces, since the guest looks at the keys.

use std::time::Duration;

use portico_types::{AttendeeId, Tick};

use super::admitting::Admitting;
use super::not_found::NotFound;
use super::owner::Owner;
use super::patience::Patience;
use super::trouble::Trouble;
use super::{Phase, State, attend, go_back, use_face};
use crate::context::Context;
use crate::{GuestView, Input, NameAsks, RequestId, SessionPolicy, Tried};

/// Waits for both facts, or for whoever has them to be looked up.
pub(crate) struct Naming {
    stage: Stage,
    attempts_left: u8,
    last_answer: LastAnswer,
    patience: Patience,
}

/// How far it is.
enum Stage {
    /// Asks for a name, or for digits.
    First,
    /// Asks for the other one.
    Second(First),
    /// Both are being looked up.
    Checking(Check),
}

/// What was typed first.
enum First {
    Name(String),
    Digits(String),
}

/// Two facts that are being looked up.
struct Check {
    request: RequestId,
    /// What the screen asked for last.
    asked: NameAsks,
    /// Whether the answer was that nobody has both.
    nobody: bool,
    /// When that is told, whenever it was known.
    tells_at: Tick,
}

/// What came of the facts typed last.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LastAnswer {
    None,
    Refused,
}

impl Naming {
    /// Asks for a name, unless too much has been guessed of late.
    pub(super) fn enter(cx: &mut Context<'_>) -> State {
        Self::ask(cx, LastAnswer::None, Tried::NameClosed)
    }

    pub(super) fn is_checking(&self) -> bool {
        matches!(self.stage, Stage::Checking(_))
    }

    fn ask(cx: &mut Context<'_>, last_answer: LastAnswer, otherwise: Tried) -> State {
        let attempts_left = cx.memory.guesses.left(cx.now, cx.policy);
        if attempts_left == 0 {
            let owner = Owner::whoever_is_present(cx);
            return NotFound::enter(cx, otherwise, owner);
        }
        let patience = Patience::of(cx.policy.naming.idle, cx.now);
        State::Naming(Self { stage: Stage::First, attempts_left, last_answer, patience })
    }
}

impl Phase for Naming {
    fn handle(mut self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::NameEntered(text) if self.asks() != NameAsks::Digits => self.typed(cx, text.trim()),
            Input::FactEntered(digits) if self.asks() == NameAsks::Digits => self.typed(cx, digits.trim()),
            Input::GuestFound { request, attendee } => self.answered(cx, request, attendee),
            Input::Touched if !self.is_checking() => {
                self.patience.renew(cx.now);
                State::Naming(self)
            }
            Input::Tapped if !self.is_checking() => use_face(cx),
            Input::Dismissed if matches!(self.stage, Stage::Second(_)) => self.begin_again(cx),
            Input::Dismissed => go_back(cx),
            _ => State::Naming(self),
        }
    }

    /// The guest has gone, or it is time to tell that nobody fits, or the roster could not be read.
    fn expire(mut self, cx: &mut Context<'_>) -> State {
        match &self.stage {
            Stage::Checking(check) if check.nobody => Self::ask(cx, LastAnswer::Refused, Tried::Name),
            Stage::Checking(_) => Trouble::unreadable(cx),
            Stage::First | Stage::Second(_) if self.patience.goes_on(cx.now) => State::Naming(self),
            Stage::First | Stage::Second(_) => attend(cx),
        }
    }

    fn view(&self) -> GuestView {
        GuestView::Name {
            asks: self.asks(),
            attempts_left: self.attempts_left,
            refused: self.last_answer == LastAnswer::Refused,
            checking: self.is_checking(),
        }
    }

    fn deadline(&self, policy: &SessionPolicy) -> Option<Tick> {
        Some(match &self.stage {
            Stage::Checking(check) if check.nobody => check.tells_at,
            Stage::Checking(_) | Stage::First | Stage::Second(_) => self.patience.deadline(policy),
        })
    }

    fn closing(&self, policy: &SessionPolicy) -> Option<Duration> {
        self.patience.closing(policy)
    }
}

impl Naming {
    fn asks(&self) -> NameAsks {
        match &self.stage {
            Stage::First => NameAsks::NameOrDigits,
            Stage::Second(First::Name(_)) => NameAsks::Digits,
            Stage::Second(First::Digits(_)) => NameAsks::Name,
            Stage::Checking(check) => check.asked,
        }
    }

    fn typed(mut self, cx: &mut Context<'_>, text: &str) -> State {
        if text.is_empty() {
            return State::Naming(self);
        }
        match std::mem::replace(&mut self.stage, Stage::First) {
            Stage::First => self.take_first(cx, text),
            Stage::Second(First::Name(name)) => self.look_up(cx, NameAsks::Digits, name, text.to_owned()),
            Stage::Second(First::Digits(digits)) => self.look_up(cx, NameAsks::Name, text.to_owned(), digits),
            checking @ Stage::Checking(_) => State::Naming(Self { stage: checking, ..self }),
        }
    }

    /// Takes a name, or digits; too few digits are neither, and cost nothing.
    fn take_first(mut self, cx: &Context<'_>, text: &str) -> State {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let is_name = text.chars().any(char::is_alphabetic);
        if is_name || digits >= 4 {
            let text = text.to_owned();
            self.stage = Stage::Second(if is_name { First::Name(text) } else { First::Digits(text) });
            self.last_answer = LastAnswer::None;
            self.patience.renew(cx.now);
        }
        State::Naming(self)
    }

    fn look_up(mut self, cx: &mut Context<'_>, asked: NameAsks, name: String, digits: String) -> State {
        cx.memory.guesses.spend(cx.now, cx.policy);
        let request = cx.find_named(name, digits);
        let tells_at = cx.now + cx.policy.naming.answer;
        self.stage = Stage::Checking(Check { request, asked, nobody: false, tells_at });
        self.patience = Patience::of(cx.policy.lookup_guard, cx.now);
        State::Naming(self)
    }

    fn answered(mut self, cx: &mut Context<'_>, request: RequestId, found: Option<AttendeeId>) -> State {
        let shown = self.view();
        let Stage::Checking(check) = &mut self.stage else { return State::Naming(self) };
        if check.request != request || check.nobody {
            return State::Naming(self);
        }
        if let Some(attendee) = found {
            cx.memory.guesses.forgive();
            return Admitting::by_name(cx, attendee, shown);
        }
        check.nobody = true;
        // A disk that took longer than the pause: told at once.
        if check.tells_at <= cx.now {
            Self::ask(cx, LastAnswer::Refused, Tried::Name)
        } else {
            State::Naming(self)
        }
    }

    /// The guest wants to type the first fact again.
    fn begin_again(mut self, cx: &Context<'_>) -> State {
        self.stage = Stage::First;
        self.patience.renew(cx.now);
        State::Naming(self)
    }
}

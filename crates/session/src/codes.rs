//! The codes before the camera, so that one that is held there for minutes is one reading.
//!
//! A camera tells of a code again and again while it sees it. What counts is that it came. Draws no conclusions, and keeps
//! no code: some carry a face.

use std::hash::{DefaultHasher, Hasher as _};
use std::time::Duration;

use portico_types::Tick;

use crate::{RequestId, SessionPolicy};

/// Codes that are remembered. A guest holds one, and a few may hang on the wall behind.
const REMEMBERED: usize = 8;

/// A code as it is remembered: known again by this, whatever its case, and not to be read from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CodeMark(u64);

impl CodeMark {
    /// The mark of `code`. A scanner may change the case.
    pub(crate) fn of(code: &str) -> Self {
        // Its keys are fixed, so that it is the same in every run (I1).
        let mut hasher = DefaultHasher::new();
        code.bytes().for_each(|byte| hasher.write_u8(byte.to_ascii_uppercase()));
        Self(hasher.finish())
    }
}

/// A code before the camera.
struct Held {
    code: CodeMark,
    since: Tick,
    seen: Tick,
    /// Whether it was looked up without its guest being asked for a code.
    looked_up: bool,
    /// Whether its guest has had an answer.
    answered: bool,
}

/// A look at the roster that the screen does not show: most codes in the world are no tickets.
pub(crate) struct Glimpse {
    request: RequestId,
    pub(crate) code: CodeMark,
    /// Whether somebody typed or scanned it, and is to hear of it also if it is no ticket.
    pub(crate) is_owed: bool,
    gives_up_at: Tick,
}

/// Every code that was seen a moment ago.
#[derive(Default)]
pub(crate) struct Codes {
    held: Vec<Held>,
    glimpse: Option<Glimpse>,
}

impl Codes {
    /// Takes note that the camera sees `code`.
    pub(crate) fn see(&mut self, code: CodeMark, now: Tick, policy: &SessionPolicy) {
        self.held.retain(|held| now.since(held.seen) < policy.codes.gone);
        if let Some(held) = self.held.iter_mut().find(|held| held.code == code) {
            held.seen = now;
            return;
        }
        if self.held.len() == REMEMBERED {
            self.held.remove(0);
        }
        self.held.push(Held { code, since: now, seen: now, looked_up: false, answered: false });
    }

    /// Whether its guest has had an answer to `code`.
    pub(crate) fn is_answered(&self, code: CodeMark) -> bool {
        self.of(code).is_some_and(|held| held.answered)
    }

    /// Whether `code` has been in sight for so long that it belongs to the room: nobody is holding it up.
    pub(crate) fn is_scenery(&self, code: CodeMark, now: Tick, policy: &SessionPolicy) -> bool {
        self.of(code).is_some_and(|held| now.since(held.since) >= policy.codes.scenery)
    }

    /// Whether `code` is before the camera at this moment, or was within `while_back`.
    pub(crate) fn is_in_sight(&self, code: CodeMark, now: Tick, while_back: Duration) -> bool {
        self.of(code).is_some_and(|held| now.since(held.seen) < while_back)
    }

    /// The guest has had an answer to `code`.
    pub(crate) fn answer(&mut self, code: CodeMark) {
        if let Some(held) = self.held.iter_mut().find(|held| held.code == code) {
            held.answered = true;
        }
    }

    /// Whether `code` may be looked up behind the screen: it was not yet, and no other is.
    pub(crate) fn may_glimpse(&self, code: CodeMark, now: Tick) -> bool {
        let free = self.glimpse.as_ref().is_none_or(|glimpse| glimpse.gives_up_at <= now);
        free && self.of(code).is_some_and(|held| !held.looked_up)
    }

    /// Notes that `code`, which the camera sees, is being looked up.
    pub(crate) fn glimpse(&mut self, code: CodeMark, request: RequestId, gives_up_at: Tick) {
        self.glimpse = Some(Glimpse { request, code, is_owed: false, gives_up_at });
        self.set_looked_up(code, true);
    }

    /// Notes that `code`, which was typed or scanned, is being looked up. Whatever the camera saw waits for another time.
    pub(crate) fn owe(&mut self, code: CodeMark, request: RequestId, gives_up_at: Tick) {
        if let Some(put_off) = self.glimpse.take() {
            self.look_up_again(put_off.code);
        }
        self.glimpse = Some(Glimpse { request, code, is_owed: true, gives_up_at });
        self.set_looked_up(code, true);
    }

    /// The look that `request` was about, if its answer is awaited.
    pub(crate) fn take_glimpse(&mut self, request: RequestId) -> Option<Glimpse> {
        self.glimpse.take_if(|glimpse| glimpse.request == request)
    }

    /// `code` is to be looked up once more: its answer came when it could not be told.
    pub(crate) fn look_up_again(&mut self, code: CodeMark) {
        self.set_looked_up(code, false);
    }

    fn set_looked_up(&mut self, code: CodeMark, looked_up: bool) {
        if let Some(held) = self.held.iter_mut().find(|held| held.code == code) {
            held.looked_up = looked_up;
        }
    }

    fn of(&self, code: CodeMark) -> Option<&Held> {
        self.held.iter().find(|held| held.code == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_again_in_any_case_and_told_from_others() {
        assert_eq!(CodeMark::of("pt2abc"), CodeMark::of("PT2ABC"));
        assert_ne!(CodeMark::of("PT2ABC"), CodeMark::of("PT2ABD"));
        assert_ne!(CodeMark::of("AB"), CodeMark::of("A"));
    }
}

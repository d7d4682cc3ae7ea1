//! The codes before the camera, so that one that is held there for minutes is one reading.
//!
//! A camera tells of a code again and again while it sees it. What counts is that it came. Draws no conclusions.

use std::time::Duration;

use portico_types::Tick;

use crate::{RequestId, SessionPolicy};

/// Codes that are remembered. A guest holds one, and a few may hang on the wall behind.
const REMEMBERED: usize = 8;

/// A code before the camera.
struct Held {
    code: String,
    since: Tick,
    seen: Tick,
    /// Whether it was looked up without its guest being asked for a code.
    looked_up: bool,
    /// Whether its guest has had an answer.
    answered: bool,
}

/// A look at the roster that the screen does not show: most codes in the world are no tickets.
struct Glimpse {
    request: RequestId,
    code: String,
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
    pub(crate) fn see(&mut self, code: &str, now: Tick, policy: &SessionPolicy) {
        self.held.retain(|held| now.since(held.seen) < policy.codes.gone);
        if let Some(held) = self.held.iter_mut().find(|held| same(&held.code, code)) {
            held.seen = now;
            return;
        }
        if self.held.len() == REMEMBERED {
            self.held.remove(0);
        }
        let (code, looked_up, answered) = (code.to_owned(), false, false);
        self.held.push(Held { code, since: now, seen: now, looked_up, answered });
    }

    /// Whether its guest has had an answer to `code`.
    pub(crate) fn is_answered(&self, code: &str) -> bool {
        self.of(code).is_some_and(|held| held.answered)
    }

    /// Whether `code` has been in sight for so long that it belongs to the room: nobody is holding it up.
    pub(crate) fn is_scenery(&self, code: &str, now: Tick, policy: &SessionPolicy) -> bool {
        self.of(code).is_some_and(|held| now.since(held.since) >= policy.codes.scenery)
    }

    /// Whether `code` is before the camera at this moment, or was within `while_back`.
    pub(crate) fn is_in_sight(&self, code: &str, now: Tick, while_back: Duration) -> bool {
        self.of(code).is_some_and(|held| now.since(held.seen) < while_back)
    }

    /// The guest has had an answer to `code`.
    pub(crate) fn answer(&mut self, code: &str) {
        if let Some(held) = self.held.iter_mut().find(|held| same(&held.code, code)) {
            held.answered = true;
        }
    }

    /// Whether `code` may be looked up behind the screen: it was not yet, and no other is.
    pub(crate) fn may_glimpse(&self, code: &str, now: Tick) -> bool {
        let free = self.glimpse.as_ref().is_none_or(|glimpse| glimpse.gives_up_at <= now);
        free && self.of(code).is_some_and(|held| !held.looked_up)
    }

    /// Notes that `code` is being looked up.
    pub(crate) fn glimpse(&mut self, code: &str, request: RequestId, gives_up_at: Tick) {
        self.glimpse = Some(Glimpse { request, code: code.to_owned(), gives_up_at });
        self.set_looked_up(code, true);
    }

    /// The code that `request` was about, if its answer is awaited.
    pub(crate) fn take_glimpse(&mut self, request: RequestId) -> Option<String> {
        self.glimpse.take_if(|glimpse| glimpse.request == request).map(|glimpse| glimpse.code)
    }

    /// `code` is to be looked up once more: its answer came when it could not be told.
    pub(crate) fn look_up_again(&mut self, code: &str) {
        self.set_looked_up(code, false);
    }

    fn set_looked_up(&mut self, code: &str, looked_up: bool) {
        if let Some(held) = self.held.iter_mut().find(|held| same(&held.code, code)) {
            held.looked_up = looked_up;
        }
    }

    fn of(&self, code: &str) -> Option<&Held> {
        self.held.iter().find(|held| same(&held.code, code))
    }
}

/// Whether two readings are of the same code: a scanner may change the case.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

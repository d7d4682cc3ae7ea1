//! How long a screen waits for its guest, and when it asks whether they are still there.

use std::time::Duration;

use portico_types::Tick;

use crate::SessionPolicy;

/// Time that begins anew with every touch of the guest. A long wait has a warning before its end.
#[derive(Clone, Copy)]
pub(super) struct Patience {
    lasting: Duration,
    until: Tick,
    /// Whether the guest has been asked, and has not answered yet.
    asked: bool,
}

impl Patience {
    /// From `now` on for so long.
    pub(super) fn of(lasting: Duration, now: Tick) -> Self {
        Self { lasting, until: now + lasting, asked: false }
    }

    /// The guest is there.
    pub(super) fn renew(&mut self, now: Tick) {
        *self = Self::of(self.lasting, now);
    }

    /// When something changes next: the warning comes, or the time is over.
    pub(super) fn deadline(&self, policy: &SessionPolicy) -> Tick {
        if self.asked || self.lasting < policy.warned_from { self.until } else { self.until - policy.warning }
    }

    /// Whether a deadline that has come was the warning's, and the time goes on.
    pub(super) fn goes_on(&mut self, now: Tick) -> bool {
        self.asked = now < self.until;
        self.asked
    }

    /// How long the warning is, while it is shown.
    pub(super) fn closing(&self, policy: &SessionPolicy) -> Option<Duration> {
        self.asked.then_some(policy.warning)
    }
}

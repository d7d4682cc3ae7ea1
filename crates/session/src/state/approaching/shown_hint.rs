//! The one hint on the screen: it appears at once, stays long enough to be read, and does not flicker.

use portico_types::{Hint, Tick};

use crate::SessionPolicy;

/// The hint on the screen, and the one that may follow it.
pub(in crate::state) struct ShownHint {
    shown: Option<Hint>,
    shown_since: Tick,
    wanted: Option<Hint>,
    wanted_since: Tick,
}

impl ShownHint {
    /// Shows `hint` at once: a guest who comes near is answered with the first frame.
    pub(in crate::state) fn new(hint: Option<Hint>, now: Tick) -> Self {
        Self { shown: hint, shown_since: now, wanted: hint, wanted_since: now }
    }

    /// The latest frame calls for `hint`.
    pub(in crate::state) fn update(&mut self, hint: Option<Hint>, now: Tick, policy: &SessionPolicy) {
        if hint != self.wanted {
            self.wanted = hint;
            self.wanted_since = now;
        }
        let steady = now.since(self.wanted_since) >= policy.hint_steady;
        let read = self.shown.is_none() || now.since(self.shown_since) >= policy.hint_display;
        if self.wanted != self.shown && steady && read {
            self.shown = self.wanted;
            self.shown_since = now;
        }
    }

    /// What is on the screen.
    pub(in crate::state) fn shown(&self) -> Option<Hint> {
        self.shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(millis: u64) -> Tick {
        Tick::from_millis(millis)
    }

    #[test]
    fn a_hint_stays_until_it_can_have_been_read() {
        let policy = SessionPolicy::default();
        let mut hint = ShownHint::new(Some(Hint::ComeCloser), at(0));
        hint.update(Some(Hint::LookHere), at(100), &policy);
        hint.update(Some(Hint::LookHere), at(699), &policy);
        assert_eq!(hint.shown(), Some(Hint::ComeCloser), "699 ms are too short to read");
        hint.update(Some(Hint::LookHere), at(700), &policy);
        assert_eq!(hint.shown(), Some(Hint::LookHere));
    }

    #[test]
    fn a_hint_that_comes_and_goes_is_not_shown() {
        let policy = SessionPolicy::default();
        let mut hint = ShownHint::new(None, at(0));
        for frame in 1..20 {
            let flicker = (frame % 2 == 0).then_some(Hint::HoldStill);
            hint.update(flicker, at(frame * 66), &policy);
            assert_eq!(hint.shown(), None, "a text that flickers helps nobody");
        }
    }

    #[test]
    fn a_steady_hint_is_shown_to_a_guest_who_had_none() {
        let policy = SessionPolicy::default();
        let mut hint = ShownHint::new(None, at(0));
        hint.update(Some(Hint::MoreLight), at(100), &policy);
        hint.update(Some(Hint::MoreLight), at(250), &policy);
        assert_eq!(hint.shown(), Some(Hint::MoreLight));
    }
}

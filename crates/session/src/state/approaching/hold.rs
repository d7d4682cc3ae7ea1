//! How long a good face has been held: the guest's intent. A blink does not lose it.

use std::time::Duration;

use portico_types::Tick;

use crate::SessionPolicy;

/// The intent held so far.
#[derive(Default)]
pub(super) struct Hold {
    since: Option<Tick>,
    poor_since: Option<Tick>,
    progress: f32,
}

impl Hold {
    /// The face was good enough at `now`.
    pub(super) fn good(&mut self, now: Tick, policy: &SessionPolicy) {
        self.drop_if_lapsed(now, policy);
        self.poor_since = None;
        let since = *self.since.get_or_insert(now);
        self.progress = share(now.since(since), policy.intent);
    }

    /// The face was not good enough at `now`, or not there.
    pub(super) fn poor(&mut self, now: Tick, policy: &SessionPolicy) {
        self.poor_since.get_or_insert(now);
        self.drop_if_lapsed(now, policy);
    }

    /// Whether the latest frame was good enough.
    pub(super) fn is_good(&self) -> bool {
        self.since.is_some() && self.poor_since.is_none()
    }

    /// Whether the whole intent time has been held.
    pub(super) fn is_complete(&self) -> bool {
        self.progress >= 1.0
    }

    /// The share of the intent time that has been held, 0 to 1.
    pub(super) fn progress(&self) -> f32 {
        self.progress
    }

    fn drop_if_lapsed(&mut self, now: Tick, policy: &SessionPolicy) {
        if self.poor_since.is_some_and(|since| now.since(since) > policy.lapse) {
            self.since = None;
            self.progress = 0.0;
        }
    }
}

fn share(held: Duration, intent: Duration) -> f32 {
    if held >= intent { 1.0 } else { held.as_secs_f32() / intent.as_secs_f32() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(millis: u64) -> Tick {
        Tick::from_millis(millis)
    }

    #[test]
    fn progress_is_the_share_of_the_intent_time_since_the_first_good_frame() {
        let policy = SessionPolicy::default();
        let mut hold = Hold::default();
        hold.good(at(1000), &policy);
        hold.good(at(1300), &policy);
        assert!((hold.progress() - 0.5).abs() < 1e-6, "{}", hold.progress());
        hold.good(at(1600), &policy);
        assert!(hold.is_complete(), "600 ms are held");
    }

    #[test]
    fn a_blink_keeps_what_was_held_and_a_longer_lapse_loses_it() {
        let policy = SessionPolicy::default();
        let mut hold = Hold::default();
        hold.good(at(0), &policy);
        hold.good(at(300), &policy);
        hold.poor(at(330), &policy);
        assert!(!hold.is_good(), "a poor frame is no moment to identify");
        hold.good(at(480), &policy);
        assert!((hold.progress() - 0.8).abs() < 1e-6, "150 ms are forgiven");
        hold.poor(at(500), &policy);
        hold.good(at(651), &policy);
        assert!(hold.progress() < 1e-6, "151 ms are not, even if no frame came in between");
    }

    #[test]
    fn a_policy_without_intent_time_is_complete_at_once() {
        let policy = SessionPolicy { intent: Duration::ZERO, ..SessionPolicy::default() };
        let mut hold = Hold::default();
        hold.good(at(0), &policy);
        assert!(hold.is_complete(), "nothing divided by nothing must not be shown as a ring");
    }
}

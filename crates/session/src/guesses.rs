//! How often a name and digits, or a second fact, may be guessed: so often by one guest, and so often at this kiosk over
//! time.
//!
//! Counts what was asked and not found. A question counts when it is asked, so that nobody gets it back by leaving the
//! screen before the answer.

use portico_types::Tick;

use crate::SessionPolicy;

/// Questions that were not (yet) answered with a guest.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Guesses {
    /// Those of the guest who stands here.
    by_guest: u8,
    /// When the last one was asked.
    last: Tick,
    /// Those that weigh on the kiosk's budget.
    spent: u32,
    /// Since when the oldest of these has been waiting to be forgotten.
    since: Tick,
}

impl Guesses {
    /// How many more questions may be asked by whoever stands here.
    pub(crate) fn left(&self, now: Tick, policy: &SessionPolicy) -> u8 {
        let settled = self.settled(now, policy);
        policy.naming.attempts.saturating_sub(settled.by_guest).min(self.left_to_all(now, policy))
    }

    /// How many more questions may be asked at this kiosk, whoever asks.
    pub(crate) fn left_to_all(&self, now: Tick, policy: &SessionPolicy) -> u8 {
        let of_kiosk = policy.naming.budget.saturating_sub(self.settled(now, policy).spent);
        u8::try_from(of_kiosk).unwrap_or(u8::MAX)
    }

    /// A question is asked.
    pub(crate) fn spend(&mut self, now: Tick, policy: &SessionPolicy) {
        *self = self.settled(now, policy);
        if self.spent == 0 {
            self.since = now;
        }
        self.spent += 1;
        self.by_guest = self.by_guest.saturating_add(1);
        self.last = now;
    }

    /// The question asked last was answered with a guest: it was no guess, and the next guest begins anew.
    pub(crate) fn forgive(&mut self) {
        self.spent = self.spent.saturating_sub(1);
        self.by_guest = 0;
    }

    /// What still counts at `now`.
    fn settled(mut self, now: Tick, policy: &SessionPolicy) -> Self {
        if now.since(self.last) >= policy.naming.rest {
            self.by_guest = 0;
        }
        let refill_ms = policy.naming.refill.as_millis().max(1);
        let forgotten = u32::try_from(now.since(self.since).as_millis() / refill_ms).unwrap_or(u32::MAX);
        self.spent = self.spent.saturating_sub(forgotten);
        self.since = self.since + policy.naming.refill.saturating_mul(forgotten);
        self
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const POLICY: fn() -> SessionPolicy = SessionPolicy::default;

    /// Wrong answers, one every `apart`, in `lasting`: as many as are let through.
    fn guessed(apart: Duration, lasting: Duration) -> u32 {
        let (policy, mut guesses, mut let_through) = (POLICY(), Guesses::default(), 0);
        let mut now = Tick::from_millis(5_000);
        let end = now + lasting;
        while now < end {
            if guesses.left(now, &policy) > 0 {
                guesses.spend(now, &policy);
                let_through += 1;
            }
            now = now + apart;
        }
        let_through
    }

    #[test]
    fn in_a_whole_day_at_most_a_hundred_and_fifty_four_wrong_answers_are_heard() {
        let day = Duration::from_hours(24);
        assert!(
            (150..=154).contains(&guessed(Duration::from_secs(2), day)),
            "ten, and one every ten minutes"
        );
        assert!(guessed(Duration::from_mins(9), day) <= 154);
        assert_eq!(
            guessed(Duration::from_mins(11), Duration::from_hours(11)),
            60,
            "the honest are not held up"
        );
    }

    #[test]
    fn three_by_one_guest_and_then_a_minutes_rest() {
        let (policy, mut guesses) = (POLICY(), Guesses::default());
        let start = Tick::from_millis(90_000);
        for left in [2, 1, 0] {
            guesses.spend(start, &policy);
            assert_eq!(guesses.left(start, &policy), left);
        }
        assert_eq!(guesses.left(start + Duration::from_millis(59_999), &policy), 0);
        assert_eq!(
            guesses.left(start + Duration::from_mins(1), &policy),
            3,
            "for all the kiosk knows, the next guest"
        );
    }

    #[test]
    fn who_was_found_has_not_guessed() {
        let (policy, mut guesses) = (POLICY(), Guesses::default());
        for minute in 0..100 {
            let now = Tick::from_millis(minute * 2_000);
            guesses.spend(now, &policy);
            guesses.forgive();
            assert_eq!(guesses.left(now, &policy), 3, "guest {minute} in a busy line");
        }
    }

    #[test]
    fn one_who_knows_one_pair_gets_no_more_guesses_out_of_it() {
        let (policy, mut guesses) = (POLICY(), Guesses::default());
        let mut wrong = 0;
        for second in 0..600 {
            let now = Tick::from_millis(second * 1_000);
            if guesses.left(now, &policy) > 0 {
                guesses.spend(now, &policy);
                if second % 2 == 0 { guesses.forgive() } else { wrong += 1 }
            }
        }
        assert_eq!(wrong, 10, "the kiosk's budget knows no guests");
    }
}

//! The session as its owner sees it: inputs in, effects out, a view and a deadline.

use std::time::Duration;

use portico_types::Tick;

use crate::context::Context;
use crate::encounter::Encounter;
use crate::memory::Memory;
use crate::state::State;
use crate::{Effect, GuestView, Input, SessionPolicy};

/// The check-in state machine of one kiosk, from one guest to the next.
pub struct Session {
    policy: SessionPolicy,
    memory: Memory,
    state: State,
    encounter: Encounter,
    latest: Tick,
}

impl Session {
    /// A session before the first guest.
    pub fn new(policy: SessionPolicy) -> Self {
        Self {
            policy,
            memory: Memory::default(),
            state: State::default(),
            encounter: Encounter::default(),
            latest: Tick::ZERO,
        }
    }

    /// Takes `input`, which happened at `now`, and returns what is to be done, in order.
    ///
    /// Time that has run out is dealt with first, so that a late wake-up never changes what an input means. A
    /// `now` before that of an earlier input counts as that of the earlier one.
    pub fn handle(&mut self, now: Tick, input: Input) -> Vec<Effect> {
        self.latest = self.latest.max(now);
        let mut context = Context::new(self.latest, &self.policy, &mut self.memory);
        let mut state = std::mem::take(&mut self.state);
        let held_pictures = state.holds_pictures();
        if state.deadline(&self.policy).is_some_and(|deadline| deadline <= self.latest) {
            state = state.expire(&mut context).lead_on(&mut context);
            self.encounter.follow(&state);
        }
        context.learn(&input);
        self.state = state.handle(&mut context, input).lead_on(&mut context);
        self.encounter.follow(&self.state);
        if held_pictures && !self.state.holds_pictures() {
            context.drop_pictures();
        }
        context.into_effects()
    }

    /// What the guest's screen shows.
    pub fn view(&self) -> GuestView {
        self.state.view()
    }

    /// Counts up whenever a guest is done with the screen, or another's begins: what comes then is for somebody else, also if
    /// it is of the same kind. Stays while nobody is known, since a face that is lost may come back under another number.
    pub fn encounter(&self) -> u64 {
        self.encounter.number()
    }

    /// How long before its end the screen asks whether its guest is still there, while it does: [`Input::Touched`] keeps
    /// it open.
    pub fn closing(&self) -> Option<Duration> {
        self.state.closing(&self.policy)
    }

    /// When to send [`Input::TimePassed`] unless another input comes first; `None` while nothing is awaited.
    pub fn deadline(&self) -> Option<Tick> {
        self.state.deadline(&self.policy)
    }
}

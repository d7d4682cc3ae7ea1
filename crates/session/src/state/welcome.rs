//! The guest is in, and greeted. Entered only with an entry that is on disk (I2).

use portico_types::Tick;

use super::owner::Owner;
use super::{Phase, State, attend};
use crate::context::Context;
use crate::memory::Greeting;
use crate::{GuestView, Input, SessionPolicy};

/// Shows the greeting.
pub(crate) struct Welcome {
    greeting: Greeting,
    owner: Owner,
    until: Tick,
}

impl Welcome {
    /// Greets the guest whose entry was written down.
    pub(super) fn enter(cx: &Context<'_>, greeting: Greeting, owner: Owner) -> State {
        State::Welcome(Self { greeting, owner, until: cx.now + cx.policy.welcome })
    }
}

impl Phase for Welcome {
    /// Ends at once when the next guest steps up.
    fn handle(mut self, cx: &mut Context<'_>, input: Input) -> State {
        match input {
            Input::Observed(_) if self.owner.yields(cx) => attend(cx),
            Input::Dismissed => attend(cx),
            _ => State::Welcome(self),
        }
    }

    fn expire(self, cx: &mut Context<'_>) -> State {
        attend(cx)
    }

    fn view(&self) -> GuestView {
        let Greeting { name, note, offline } = self.greeting.clone();
        GuestView::Welcome { name, note, offline }
    }

    fn deadline(&self, _policy: &SessionPolicy) -> Option<Tick> {
        Some(self.until)
    }
}

//! Tells one guest's screens from the next one's, where both may look alike: a greeting after a greeting.

use portico_types::AttendeeId;

use crate::state::{Claim, State};

/// Counts encounters. In each, the screen is one guest's own at most: whatever they chose is theirs until it ends.
#[derive(Default)]
pub(crate) struct Encounter {
    number: u64,
    /// Whose it is, once that is known.
    guest: Option<AttendeeId>,
}

impl Encounter {
    /// The number of this one.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// Takes note of the screen that is shown now. Where nobody is known, a new face may be the same guest again, who looked
    /// aside: that ends nothing.
    pub(crate) fn follow(&mut self, state: &State) {
        match state.claim() {
            Claim::Of(guest) if self.guest.as_ref() == Some(guest) => {}
            Claim::Of(guest) => {
                if self.guest.replace(guest.clone()).is_some() {
                    self.number += 1;
                }
            }
            Claim::WhoeverWasThere => {}
            Claim::Nobodys => {
                if self.guest.take().is_some() {
                    self.number += 1;
                }
            }
        }
    }
}

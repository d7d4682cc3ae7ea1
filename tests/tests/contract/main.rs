//! The kiosk's clients against the real backend over the real wire: every route, what it means, and whether the
//! published contract names it. Needs the imported models.

#![expect(clippy::unwrap_used, reason = "a call that is not answered as meant has failed the test")]

mod calls;
mod refusals;
mod rig;

//! One guest's encounter as a state machine: pure, deterministic, replayable (I1).
//!
//! Knows nothing of threads, clocks, databases or networks. `Session::handle` takes an input and the time and
//! returns effects; `Session::view` is what the screen shows; `Session::deadline` is when it wants to be woken.
//!
//! What holds in every state:
//! - An effect with a [`RequestId`] is answered once; an answer that nobody waits for any more changes nothing on
//!   the screen. At most one `Identify` is under way, and an `Admit` is never repeated for the same encounter.
//! - A name reaches the screen only with an entry that the store has answered, and leaves it with the first frame
//!   of the next guest. While another's entry is written down, nobody is named.
//! - The ticket in the hand of the guest whose screen it is takes nothing from them, and lets nobody in twice.
//! - A guest who chooses the ticket or calls staff is not identified by face afterwards, unless they tap "Use my
//!   face now" or go back.
//! - Nobody is led to enrol their face who has not shown their ticket or is not led by staff; no picture is taken before
//!   they agreed; and whatever ends it before the backend has it has the pictures dropped.
//! - A ticket that carries a face lets in that face only; its text is in no memory that outlives its state.
//! - A screen that waits for its guest gives them as long as they touch it, and asks before it closes.
//! - Staff and the ticket are reachable from everywhere; only while an entry is being written must a ticket wait.

// The order of a hash map's entries differs from run to run; a replay must not (I1).
#![deny(clippy::iter_over_hash_type)]

mod codes;
mod context;
mod effect;
mod encounter;
mod enrolment;
mod guesses;
mod input;
mod memory;
mod policy;
mod rules;
mod session;
mod state;
mod tracks;
mod view;

pub use effect::Effect;
pub use enrolment::{CaptureAsk, EnrolFailure, EnrolmentOutcome, FaceChoice, PictureOutcome};
pub use input::{AdmitOutcome, Evidence, IdentifyOutcome, Input, RequestId};
pub use policy::{CodePolicy, EnrolmentPolicy, NamingPolicy, SessionPolicy, SignPolicy};
pub use portico_types::StaffNotice;
pub use rules::{ChallengeRule, FaceRule, SpoofRules, WarningRule};
pub use session::Session;
pub use view::{GuestView, NameAsks, Tried};

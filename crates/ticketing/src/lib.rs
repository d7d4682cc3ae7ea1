//! Roster in, check-ins out: the ticketing backends, in words that are the same for all of them.
//!
//! One call is one attempt within a given time; what to call when, and what to do about failures, is `sync`'s part.
//! Knows nothing of the store.

mod backend;
mod error;
mod portico;
mod sse;

pub use backend::{
    Answer, ConflictsPage, Delivery, DoorAct, EventStream, GalleryPage, RosterPage, StreamEvent, Ticketing,
    Verdict,
};
pub use error::{BackendError, Recovery};
pub use portico::{PorticoBackend, PorticoParams, entry_record};
pub use portico_protocol::{
    Branding, CHECK_INS_PER_CALL, ChallengePolicy, EnrolOutcome, EntryRule, EventRecord, GateRecord,
    NamePolicy, PairRequest, Paired, Policy, ProblemCode, SpoofPolicy, TicketPolicy,
};

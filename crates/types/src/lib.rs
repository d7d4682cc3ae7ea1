//! The vocabulary of the kiosk, shared by every crate: ids, times, frames, observations, decisions.
//!
//! Plain data only. No I/O, no clock, no async; the words are those of `docs/architecture.md`.

mod attendee;
mod audit;
mod check_in;
mod conflict;
mod decision;
mod door;
mod embedding;
mod frame;
mod geometry;
mod ids;
mod observation;
mod reason;
mod spoof;
mod staff;
mod ticket;
mod time;

pub use attendee::{Attendee, Consent, Template, WalkIn};
pub use audit::{AuditAction, AuditHead};
pub use check_in::{Admission, CheckIn, FirstEntry, Method};
pub use conflict::{Conflict, ConflictEntry, ConflictState, EntryWindow, Resolution};
pub use decision::{Candidate, Decision, DecisionSource};
pub use door::{Outcome, StaffNotice};
pub use embedding::{Embedding, EmbeddingError, ModelId};
pub use frame::{CameraFault, CameraState, Frame, PixelFormat};
pub use geometry::{FaceBox, Point};
pub use ids::{AttendeeId, CheckInId, DeviceId, EventId, GateId, StaffId, TemplateId, TrackId};
pub use observation::{Crop, Hint, Observation, Quality, Sample, Subject};
pub use reason::Reason;
pub use spoof::{Challenge, SpoofSigns};
pub use staff::StaffRole;
pub use ticket::{FaceTicket, TicketRefusal};
pub use time::{Clock, Tick, UtcMillis};

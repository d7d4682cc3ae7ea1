//! Wire types of the event backend's HTTP contract, version 1, shared by client and server.
//!
//! JSON over HTTP; failures are problems as in RFC 9457. Every type here appears in the
//! generated contract document (`GET /v1/openapi.json`).
//! Knows nothing of sockets, databases or the kiosk's own state.

mod attendee;
mod check_in;
mod conflict;
mod device;
mod enrolment;
mod entry_rule;
mod event;
mod face;
mod identify;
mod import;
mod method;
mod picture;
mod problem;
pub mod queue_file;
mod reason;
mod stats;
mod stream;
mod ticket;
mod time;

pub use attendee::{AttendeeRecord, AttendeesPage};
pub use check_in::{
    AuditHeadRecord, CheckInBatch, CheckInEntry, CheckInOutcome, CheckInOutcomes, CheckInVerdict, EntryKind,
};
pub use conflict::{
    ConflictEntryRecord, ConflictRecord, ConflictStateRecord, ConflictsPage, ResolutionRecord,
};
pub use device::{PairRequest, Paired};
pub use enrolment::{ConsentAddition, ConsentProfile, ConsentText, ConsentWords, FaceEnrolment};
pub use entry_rule::EntryRule;
pub use event::{
    Branding, ChallengePolicy, EventRecord, FaceTickets, GateRecord, NamePolicy, Policy, SpoofPolicy,
    TicketPolicy,
};
pub use face::{ConsentRecord, EnrolMetadata, EnrolOutcome, PictureOutcome, TemplateRecord, TemplatesPage};
pub use identify::{CandidateRecord, IdentifyMetadata, IdentifyResponse};
pub use import::{
    BadRowRecord, ExportFormat, FacesReportRecord, ImportKind, ImportMetadata, ImportPhase, ImportState,
    ImportStatus, LARGEST_PICTURES_BYTES, LARGEST_ROSTER_BYTES, PictureVerdictRecord, PreviewRowRecord,
    REPORTED_ROWS, RosterReportRecord,
};
pub use method::{method_name, method_named};
pub use picture::{LARGEST_BACKGROUND_BYTES, LARGEST_LOGO_BYTES, LONGEST_SIDE, Picture, PictureError};
pub use problem::{PROBLEM_MEDIA_TYPE, Problem, ProblemCode};
pub use reason::ReasonRecord;
pub use stats::{GateCount, MinuteCount, Stats};
pub use stream::StreamEvent;
pub use ticket::{
    FaceKey, FaceMark, NotHexadecimal, SealedFace, Ticket, TicketFace, TicketKey, TicketSigner,
    TicketTooLarge, is_signed_ticket, verify_ticket,
};
pub use time::{TimeError, rfc3339, utc_millis};

/// Most check-ins accepted in one call.
pub const CHECK_INS_PER_CALL: usize = 500;
/// Most roster rows or templates answered in one page.
pub const ROWS_PER_PAGE: usize = 1_000;
/// Most pictures of one guest, and in one enrolment.
pub const PICTURES_PER_GUEST: usize = 3;
/// Largest accepted picture, and all pictures of one enrolment together, in bytes.
pub const PICTURE_LIMIT_BYTES: usize = 6 * 1024 * 1024;
/// Header with the server's clock at the time of the answer (RFC 3339), so that kiosks can measure their skew.
pub const SERVER_TIME_HEADER: &str = "x-portico-time";

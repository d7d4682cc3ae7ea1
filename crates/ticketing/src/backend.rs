//! What every ticketing backend can do for a kiosk.

use futures_util::stream::BoxStream;
use portico_protocol::EventRecord;
pub use portico_protocol::StreamEvent;
use portico_types::{
    Attendee, AttendeeId, AuditHead, CheckIn, CheckInId, Conflict, FirstEntry, ModelId, Reason, Resolution,
    Template, TemplateId, UtcMillis, WalkIn,
};

use crate::BackendError;

/// What the backend said, and what its clock showed.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer<T> {
    /// What it said.
    pub value: T,
    /// Its clock when it answered, if it tells.
    pub server_time: Option<UtcMillis>,
}

/// Changes of the roster since a cursor.
#[derive(Clone, Debug, PartialEq)]
pub struct RosterPage {
    /// Added or changed guests.
    pub attendees: Vec<Attendee>,
    /// Guests that are no longer on the roster.
    pub removed: Vec<AttendeeId>,
    /// Where the next call goes on.
    pub cursor: String,
    /// Whether another page is ready.
    pub more: bool,
}

/// Changes of the gallery since a cursor.
#[derive(Clone, Debug, PartialEq)]
pub struct GalleryPage {
    /// Added or changed templates.
    pub templates: Vec<Template>,
    /// Templates to forget at once.
    pub removed: Vec<TemplateId>,
    /// Where the next call goes on.
    pub cursor: String,
    /// Whether another page is ready.
    pub more: bool,
}

/// Guests who were let in twice: what is new about them since a cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictsPage {
    /// New conflicts, and conflicts whose state changed.
    pub conflicts: Vec<Conflict>,
    /// Where the next call goes on.
    pub cursor: String,
    /// Whether another page is ready.
    pub more: bool,
}

/// One thing that happened at the door, on its way to the backend.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    /// Made by the kiosk (`UUIDv7`): delivering it twice changes nothing (I3).
    pub id: CheckInId,
    /// The kiosk's own counter, which orders its deliveries whatever its clock says.
    pub sequence: i64,
    /// What happened.
    pub act: DoorAct,
}

/// What happened at the door.
#[derive(Clone, Debug, PartialEq)]
pub enum DoorAct {
    /// A guest entered.
    CheckIn(CheckIn),
    /// Staff added a guest who was not on the list.
    Register(WalkIn),
    /// An earlier entry was taken back.
    Undo {
        /// That entry.
        check_in: CheckInId,
        /// When it was taken back.
        at: UtcMillis,
        /// Why.
        reason: String,
    },
    /// Staff decided about a guest who was let in twice.
    Resolve {
        /// The conflict: the id of its second entry.
        conflict: CheckInId,
        /// What it was.
        resolution: Resolution,
        /// When it was decided.
        at: UtcMillis,
        /// Why.
        reason: String,
    },
    /// A guest took their consent to be recognised by face back.
    Withdraw {
        /// Who.
        attendee: AttendeeId,
        /// When: what they agreed to after that stays.
        at: UtcMillis,
        /// Why.
        reason: String,
    },
}

/// What became of one delivery. All but a lost answer are final.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Written down now.
    Recorded,
    /// Written down by an earlier delivery of the same entry.
    AlreadyRecorded,
    /// The guest had entered before by another entry.
    Duplicate(FirstEntry),
    /// Refused for good.
    Rejected {
        /// Why.
        reason: Reason,
    },
}

/// What the backend says of its own accord. Ends with an error or with the connection.
pub type EventStream = BoxStream<'static, Result<StreamEvent, BackendError>>;

/// A ticketing backend.
pub trait Ticketing: Send + Sync + 'static {
    /// The event and its rules.
    fn event(&self) -> impl Future<Output = Result<Answer<EventRecord>, BackendError>> + Send;

    /// Changes of the roster after `since`, or all of it.
    fn attendees(
        &self,
        since: Option<&str>,
    ) -> impl Future<Output = Result<Answer<RosterPage>, BackendError>> + Send;

    /// Changes of the gallery of `model` after `since`, or all of it.
    fn templates(
        &self,
        since: Option<&str>,
        model: &ModelId,
    ) -> impl Future<Output = Result<Answer<GalleryPage>, BackendError>> + Send;

    /// Changes of the conflicts after `since`, or all of them.
    fn conflicts(
        &self,
        since: Option<&str>,
    ) -> impl Future<Output = Result<Answer<ConflictsPage>, BackendError>> + Send;

    /// Delivers what happened; one verdict for each, in the same order. At most
    /// [`CHECK_INS_PER_CALL`](crate::CHECK_INS_PER_CALL) at once; none at all if only the audit's head is to be told.
    fn check_ins(
        &self,
        deliveries: &[Delivery],
        audit_head: Option<AuditHead>,
    ) -> impl Future<Output = Result<Answer<Vec<Verdict>>, BackendError>> + Send;

    /// Listens to what the backend says of its own accord.
    fn stream(&self) -> impl Future<Output = Result<EventStream, BackendError>> + Send;
}

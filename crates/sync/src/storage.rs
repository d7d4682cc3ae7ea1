//! The port to the kiosk's storage. `app` implements it over the thread that owns the store.

use portico_store::{ConflictsPage, OutboxEntry, RosterPage, Settlement, TemplatesPage};
use portico_ticketing::EventRecord;
use portico_types::{AuditHead, CheckInId};

/// What the exchange needs of the storage. Every answer is given for what is already on disk.
///
/// A page comes with the cursor that it was asked for with. If the storage has begun the feeds anew meanwhile, the page
/// must be refused: taken in, it would pass for the end of the new reading, and whoever it does not name would go.
pub trait Storage: Send + Sync + 'static {
    /// Why the storage could not do it.
    type Error: std::error::Error + Send + Sync + 'static;

    /// Up to `limit` entries that wait for delivery, oldest first.
    fn next_batch(&self, limit: usize) -> impl Future<Output = Result<Vec<OutboxEntry>, Self::Error>> + Send;

    /// Notes what the backend answered, all or nothing.
    fn settle(
        &self,
        answers: Vec<(CheckInId, Settlement)>,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// Notes that the delivery of these entries failed; they keep waiting.
    fn count_attempt(&self, ids: Vec<CheckInId>) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// Where the audit stands, unless it is empty.
    fn audit_head(&self) -> impl Future<Output = Result<Option<AuditHead>, Self::Error>> + Send;

    /// How far the roster has been read.
    fn roster_cursor(&self) -> impl Future<Output = Result<Option<String>, Self::Error>> + Send;

    /// How far the gallery has been read.
    fn templates_cursor(&self) -> impl Future<Output = Result<Option<String>, Self::Error>> + Send;

    /// How far the conflicts have been read.
    fn conflicts_cursor(&self) -> impl Future<Output = Result<Option<String>, Self::Error>> + Send;

    /// Takes in changes of the roster and their cursor, all or nothing.
    fn apply_roster(
        &self,
        since: Option<String>,
        page: RosterPage,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// Takes in changes of the gallery and their cursor, all or nothing.
    fn apply_templates(
        &self,
        since: Option<String>,
        page: TemplatesPage,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// Takes in changes of the conflicts and their cursor, all or nothing.
    fn apply_conflicts(
        &self,
        since: Option<String>,
        page: ConflictsPage,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// Forgets all three cursors, so that everything is read from the start, and puts all entries of this kiosk that
    /// are not refused back into the outbox: the backend lost something.
    fn restart_feeds(&self) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// Takes in the event and its rules.
    fn set_event(&self, event: EventRecord) -> impl Future<Output = Result<(), Self::Error>> + Send;
}

//! The single tasks: one call to the backend each, with what the storage has to do before and after.

use std::sync::Arc;

use portico_store::{ConflictsPage, RosterPage, TemplatesPage};
use portico_ticketing::{Answer, BackendError, EventStream, Ticketing};
use portico_types::{Clock, ModelId, Tick};

use crate::skew::Skew;
use crate::{Failure, Noted, Outbox, Progress, Storage};

/// Why a task failed: for the plan, and for people.
#[derive(Debug)]
pub(super) struct Trouble {
    pub(super) failure: Failure,
    pub(super) code: &'static str,
}

/// Backend and storage side by side.
pub(super) struct Exchange<S, T> {
    storage: S,
    backend: T,
    model: ModelId,
    clock: Arc<dyn Clock>,
    outbox: Outbox,
    skew: Skew,
    conflicts_changed: bool,
}

impl<S: Storage, T: Ticketing> Exchange<S, T> {
    pub(super) fn new(storage: S, backend: T, model: ModelId, clock: Arc<dyn Clock>) -> Self {
        Self {
            storage,
            backend,
            model,
            clock,
            outbox: Outbox::default(),
            skew: Skew::default(),
            conflicts_changed: false,
        }
    }

    /// How far the backend's clock is ahead of ours, as far as its last answers tell.
    pub(super) fn server_offset_ms(&self) -> Option<i64> {
        self.skew.ahead_ms()
    }

    /// Delivers the oldest entries and tells where the audit stands. Each entry is settled by its own verdict (I3).
    pub(super) async fn deliver(&mut self, limit: usize) -> Result<Progress, Trouble> {
        let entries = self.storage.next_batch(limit).await.map_err(storage)?;
        let head = self.storage.audit_head().await.map_err(storage)?;
        let Some(parcel) = self.outbox.pack(&entries, head) else { return Ok(Progress::Idle) };
        let asked = self.clock.now();
        let answer = self.backend.check_ins(&parcel.deliveries, parcel.audit_head).await;
        let answer = answer.map(|answer| self.heard(asked, answer));
        match self.outbox.heard(&parcel, answer) {
            Noted::Settle { answers, conflicts_changed } => {
                if !answers.is_empty() {
                    self.storage.settle(answers).await.map_err(storage)?;
                }
                self.conflicts_changed |= conflicts_changed;
                Ok(if entries.len() == limit { Progress::More } else { Progress::Complete })
            }
            Noted::Keep { attempted, error } => {
                if !attempted.is_empty() {
                    self.storage.count_attempt(attempted).await.map_err(storage)?;
                }
                Err(error.into())
            }
        }
    }

    /// Whether a delivery since the last time this was asked changed something about guests who were let in twice.
    pub(super) fn take_conflicts_changed(&mut self) -> bool {
        std::mem::take(&mut self.conflicts_changed)
    }

    pub(super) async fn event(&mut self) -> Result<Progress, Trouble> {
        let asked = self.clock.now();
        let answer = self.backend.event().await?;
        let event = self.heard(asked, answer);
        self.storage.set_event(event).await.map_err(storage)?;
        Ok(Progress::Complete)
    }

    pub(super) async fn conflicts(&mut self) -> Result<Progress, Trouble> {
        let since = self.storage.conflicts_cursor().await.map_err(storage)?;
        let asked = self.clock.now();
        let answer = self.backend.conflicts(since.as_deref()).await;
        let page = self.page(asked, since.as_deref(), answer).await?;
        let progress = paging(page.more, &page.cursor, since.as_deref())?;
        let page = ConflictsPage { conflicts: page.conflicts, cursor: page.cursor };
        self.storage.apply_conflicts(since, page).await.map_err(storage)?;
        Ok(progress)
    }

    pub(super) async fn roster(&mut self) -> Result<Progress, Trouble> {
        let since = self.storage.roster_cursor().await.map_err(storage)?;
        let asked = self.clock.now();
        let answer = self.backend.attendees(since.as_deref()).await;
        let page = self.page(asked, since.as_deref(), answer).await?;
        let progress = paging(page.more, &page.cursor, since.as_deref())?;
        let page = RosterPage {
            attendees: page.attendees,
            removed: page.removed,
            cursor: page.cursor,
            complete: !page.more,
        };
        self.storage.apply_roster(since, page).await.map_err(storage)?;
        Ok(progress)
    }

    pub(super) async fn templates(&mut self) -> Result<Progress, Trouble> {
        let since = self.storage.templates_cursor().await.map_err(storage)?;
        let asked = self.clock.now();
        let answer = self.backend.templates(since.as_deref(), &self.model).await;
        let page = self.page(asked, since.as_deref(), answer).await?;
        let progress = match paging(page.more, &page.cursor, since.as_deref())? {
            // The next question's cursor tells the backend that these templates are gone from here.
            Progress::Complete if !page.removed.is_empty() && since.as_ref() != Some(&page.cursor) => {
                Progress::More
            }
            progress => progress,
        };
        let page = TemplatesPage {
            templates: page.templates,
            removed: page.removed,
            cursor: page.cursor,
            complete: !page.more,
        };
        self.storage.apply_templates(since, page).await.map_err(storage)?;
        Ok(progress)
    }

    pub(super) async fn listen(&self) -> Result<EventStream, Trouble> {
        Ok(self.backend.stream().await?)
    }

    /// A page of a feed. A refused cursor makes the storage begin all feeds anew; a backend that refuses even to begin
    /// is refused nothing by that.
    async fn page<P>(
        &mut self,
        asked: Tick,
        since: Option<&str>,
        answer: Result<Answer<P>, BackendError>,
    ) -> Result<P, Trouble> {
        match answer {
            Ok(answer) => Ok(self.heard(asked, answer)),
            Err(error @ BackendError::CursorRefused) if since.is_some() => {
                tracing::warn!("the backend lost something: it is read, and told everything, from the start");
                self.storage.restart_feeds().await.map_err(storage)?;
                self.outbox.restarted();
                Err(Trouble { failure: Failure::Restarted, code: error.code() })
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Takes an answer's value, and compares its clock with ours.
    fn heard<V>(&mut self, asked: Tick, answer: Answer<V>) -> V {
        if let Some(server) = answer.server_time {
            self.skew.measured(server, self.clock.utc(), self.clock.now().since(asked));
        }
        answer.value
    }
}

/// A backend that promises more behind the same cursor would be asked without end.
fn paging(more: bool, cursor: &str, since: Option<&str>) -> Result<Progress, Trouble> {
    match more {
        true if since == Some(cursor) => Err(BackendError::Malformed("a page that leads nowhere").into()),
        true => Ok(Progress::More),
        false => Ok(Progress::Complete),
    }
}

fn storage(error: impl std::error::Error) -> Trouble {
    tracing::warn!(%error, "the storage failed the exchange with the backend");
    Trouble { failure: Failure::Refused, code: "sync.storage" }
}

impl From<BackendError> for Trouble {
    fn from(error: BackendError) -> Self {
        Self { failure: Failure::from(&error), code: error.code() }
    }
}

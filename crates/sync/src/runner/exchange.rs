//! The single tasks: one call to the backend each, with what the storage has to do before and after.

use std::sync::Arc;

use portico_store::{OutboxBody, OutboxEntry, RosterPage, Settlement, TemplatesPage};
use portico_ticketing::{
    Answer, BackendError, CHECK_INS_PER_CALL, Delivery, DoorAct, EventStream, ProblemCode, Ticketing, Verdict,
};
use portico_types::{CheckInId, Clock, ModelId, UtcMillis};

use crate::{Failure, Progress, Storage};

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
    server_offset_ms: Option<i64>,
}

impl<S: Storage, T: Ticketing> Exchange<S, T> {
    pub(super) fn new(storage: S, backend: T, model: ModelId, clock: Arc<dyn Clock>) -> Self {
        Self { storage, backend, model, clock, server_offset_ms: None }
    }

    /// How far the backend's clock is ahead of ours, as of its last answer.
    pub(super) fn server_offset_ms(&self) -> Option<i64> {
        self.server_offset_ms
    }

    /// Delivers the oldest entries. Each is settled by its own verdict (I3).
    pub(super) async fn deliver(&mut self, limit: usize) -> Result<Progress, Trouble> {
        let limit = limit.min(CHECK_INS_PER_CALL);
        let entries = self.storage.next_batch(limit).await.map_err(storage)?;
        if entries.is_empty() {
            return Ok(Progress::Idle);
        }
        let deliveries: Vec<Delivery> = entries.iter().map(delivery).collect();
        let asked_at = self.clock.utc();
        let answers = match self.backend.check_ins(&deliveries).await {
            Ok(answer) => {
                let verdicts = self.heard(asked_at, answer);
                ids(&entries).zip(verdicts.into_iter().map(settlement)).collect()
            }
            Err(error) => vec![self.parked(&entries, error).await?],
        };
        self.storage.settle(answers).await.map_err(storage)?;
        Ok(if entries.len() == limit { Progress::More } else { Progress::Complete })
    }

    /// A failed delivery settles nothing, with one exception: an entry that is refused although it is alone.
    async fn parked(
        &self,
        entries: &[OutboxEntry],
        error: BackendError,
    ) -> Result<(CheckInId, Settlement), Trouble> {
        if let (Some(reason), [entry]) = (refused_for_good(&error), entries) {
            return Ok((entry.id, Settlement::Parked { reason }));
        }
        self.storage.count_attempt(ids(entries).collect()).await.map_err(storage)?;
        Err(error.into())
    }

    pub(super) async fn event(&mut self) -> Result<Progress, Trouble> {
        let asked_at = self.clock.utc();
        let answer = self.backend.event().await?;
        let event = self.heard(asked_at, answer);
        self.storage.set_event(event).await.map_err(storage)?;
        Ok(Progress::Complete)
    }

    pub(super) async fn roster(&mut self) -> Result<Progress, Trouble> {
        let since = self.storage.roster_cursor().await.map_err(storage)?;
        let asked_at = self.clock.utc();
        let answer = self.backend.attendees(since.as_deref()).await?;
        let page = self.heard(asked_at, answer);
        let progress = paging(page.more, &page.cursor, since.as_deref())?;
        let page = RosterPage { attendees: page.attendees, removed: page.removed, cursor: page.cursor };
        self.storage.apply_roster(page).await.map_err(storage)?;
        Ok(progress)
    }

    pub(super) async fn templates(&mut self) -> Result<Progress, Trouble> {
        let since = self.storage.templates_cursor().await.map_err(storage)?;
        let asked_at = self.clock.utc();
        let answer = self.backend.templates(since.as_deref(), &self.model).await?;
        let page = self.heard(asked_at, answer);
        let progress = paging(page.more, &page.cursor, since.as_deref())?;
        let page = TemplatesPage { templates: page.templates, removed: page.removed, cursor: page.cursor };
        self.storage.apply_templates(page).await.map_err(storage)?;
        Ok(progress)
    }

    pub(super) async fn listen(&self) -> Result<EventStream, Trouble> {
        Ok(self.backend.stream().await?)
    }

    /// Takes an answer's value, and compares its clock with the middle between question and answer.
    fn heard<V>(&mut self, asked_at: UtcMillis, answer: Answer<V>) -> V {
        if let Some(server) = answer.server_time {
            let middle = i64::midpoint(asked_at.0, self.clock.utc().0);
            self.server_offset_ms = Some(server.0.saturating_sub(middle));
        }
        answer.value
    }
}

fn ids(entries: &[OutboxEntry]) -> impl Iterator<Item = CheckInId> {
    entries.iter().map(|entry| entry.id)
}

fn delivery(entry: &OutboxEntry) -> Delivery {
    let act = match entry.body.clone() {
        OutboxBody::CheckIn(check_in) => DoorAct::CheckIn(check_in),
        OutboxBody::Undo { check_in, at, reason } => DoorAct::Undo { check_in, at, reason },
    };
    Delivery { id: entry.id, sequence: entry.seq, act }
}

fn settlement(verdict: Verdict) -> Settlement {
    match verdict {
        Verdict::Recorded | Verdict::AlreadyRecorded => Settlement::Delivered,
        Verdict::Duplicate(first) => Settlement::Duplicate { first },
        Verdict::Rejected { reason } => Settlement::Parked { reason },
    }
}

/// Whether the backend cannot read what it was sent. Sending it again will not help, and it must not hold up what
/// waits behind it.
fn refused_for_good(error: &BackendError) -> Option<String> {
    match error {
        BackendError::Problem { code: ProblemCode::Malformed | ProblemCode::TooLarge, detail } => {
            Some(detail.clone())
        }
        _ => None,
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
        let failure = match &error {
            BackendError::Unreachable(_) | BackendError::Timeout { .. } | BackendError::Foreign { .. } => {
                Failure::Unreachable
            }
            BackendError::Server { retry_after, .. } => Failure::Failing { retry_after: *retry_after },
            BackendError::TooMany { retry_after } => Failure::Busy { retry_after: *retry_after },
            BackendError::Unauthorised | BackendError::Revoked => Failure::Denied,
            BackendError::Settings(_) | BackendError::Problem { .. } | BackendError::Malformed(_) => {
                Failure::Refused
            }
        };
        Self { failure, code: error.code() }
    }
}

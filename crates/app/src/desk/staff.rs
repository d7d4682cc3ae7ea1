//! Staff's calls: search, check in by hand, undo, correct, look at the queue.

use portico_store::{
    Actor, AuditNote, CorrectOutcome, CorrectWish, Store, StoreError, UndoOutcome, UndoWish,
};
use portico_sync::SyncStatus;
use portico_types::{Admission, AttendeeId, AuditAction, CheckInId, Method};

use super::audit::note;
use super::rows;
use super::window::{in_time, may_change};
use crate::contract::{
    Correct, Handled, OnDuty, QueueReport, RecentCheckIn, Recovery, RosterRow, RpcError, StaffAdmission,
};
use crate::kiosk::event::Event;
use crate::kiosk::screen::connection_view;
use crate::runner::{Equipment, wish, write_down};

/// Rows of a search; more would be scrolled, and typing one more letter is quicker.
const SEARCH_ROWS: usize = 30;
/// Rows of the list of last check-ins and of the queue.
const LISTED_ROWS: usize = 50;
/// Longest accepted reason, in characters. The backend takes no more either.
const LONGEST_REASON: usize = 500;

pub(super) async fn search(
    equipment: &Equipment,
    by: OnDuty,
    query: String,
) -> Result<Vec<RosterRow>, RpcError> {
    let found = ask(equipment, move |store| store.search(&query, SEARCH_ROWS)).await?;
    let now = equipment.clock.utc();
    Ok(found.into_iter().map(|entry| rows::roster_row(entry, |at| may_change(by.role, now, at))).collect())
}

pub(super) async fn check_in(
    equipment: &Equipment,
    by: OnDuty,
    attendee: AttendeeId,
    reason: String,
) -> Result<StaffAdmission, RpcError> {
    let reason = stated(reason)?;
    let wish = wish(equipment, attendee, Method::Staff, None, Some(reason), Actor::Staff(by.member));
    let admitted =
        write_down(equipment, wish).await.ok_or_else(|| RpcError::new(STORAGE_FAILED, Recovery::Retry))?;
    Ok(admission(admitted.admission))
}

pub(super) async fn undo(
    equipment: &Equipment,
    by: OnDuty,
    check_in: CheckInId,
    reason: String,
) -> Result<Handled, RpcError> {
    let (at, reason) = (equipment.clock.utc(), stated(reason)?);
    let Some(entered) = ask(equipment, move |store| store.check_in(check_in)).await? else {
        return Err(unknown_check_in());
    };
    in_time(equipment, by, entered.at)?;
    let undo_id = equipment.random.check_in_id(at);
    let wish = UndoWish { check_in, undo_id, at, reason, actor: Actor::Staff(by.member) };
    let outcome = ask(equipment, move |store| store.undo(&wish)).await?;
    match outcome {
        UndoOutcome::Undone(_) => {
            taken_back(equipment).await;
            Ok(Handled {})
        }
        UndoOutcome::AlreadyUndone => Ok(Handled {}),
        UndoOutcome::UnknownCheckIn => Err(unknown_check_in()),
    }
}

pub(super) async fn correct(
    equipment: &Equipment,
    by: OnDuty,
    params: Correct,
) -> Result<StaffAdmission, RpcError> {
    let at = equipment.clock.utc();
    let wrong = params.check_in;
    let Some(entered) = ask(equipment, move |store| store.check_in(wrong)).await? else {
        return Err(unknown_check_in());
    };
    in_time(equipment, by, entered.at)?;
    let new_id = equipment.random.check_in_id(at);
    let wish = CorrectWish {
        wrong: params.check_in,
        right: params.attendee,
        new_id,
        // The right guest's entry keeps the door time of the wrong one.
        window: equipment.situation().window(entered.at, new_id),
        undo_id: equipment.random.check_in_id(at),
        at,
        reason: stated(params.reason)?,
        actor: Actor::Staff(by.member),
    };
    let outcome = ask(equipment, move |store| store.correct(&wish)).await?;
    match outcome {
        CorrectOutcome::Corrected(admitted) => {
            equipment.reload_doubtful().await;
            taken_back(equipment).await;
            Ok(admission(admitted.admission))
        }
        CorrectOutcome::NotOnRoster => Err(RpcError::new("staff.not_on_roster", Recovery::Guide)),
        CorrectOutcome::UnknownCheckIn | CorrectOutcome::AlreadyUndone => Err(unknown_check_in()),
        CorrectOutcome::SameGuest => Err(RpcError::new("staff.same_guest", Recovery::Guide)),
    }
}

pub(super) async fn recent(equipment: &Equipment, by: OnDuty) -> Result<Vec<RecentCheckIn>, RpcError> {
    let entries = ask(equipment, |store| store.recent(LISTED_ROWS)).await?;
    let now = equipment.clock.utc();
    Ok(entries.into_iter().map(|entry| rows::recent(entry, |at| may_change(by.role, now, at))).collect())
}

pub(super) async fn queue(
    equipment: &Equipment,
    by: OnDuty,
    status: &SyncStatus,
) -> Result<QueueReport, RpcError> {
    let now = equipment.clock.utc();
    let queued = |line| rows::queued(line, |at| may_change(by.role, now, at));
    let (waiting, entries, parked) =
        ask(equipment, |store| Ok((store.waiting()?, store.waiting_entries(LISTED_ROWS)?, store.parked()?)))
            .await?;
    Ok(QueueReport {
        waiting,
        entries: entries.into_iter().map(queued).collect(),
        parked: parked.into_iter().map(queued).collect(),
        connection: connection_view(status.connection),
        last_success_at: status.last_success,
    })
}

/// Staff have read that the database was repaired.
pub(super) async fn acknowledge_salvage(equipment: &Equipment, by: OnDuty) -> Result<Handled, RpcError> {
    let after = Some(serde_json::json!({ "acknowledged": true }));
    let note = AuditNote { after, ..note(equipment, by, AuditAction::Salvage) };
    ask(equipment, move |store| store.acknowledge_salvage(&note)).await?;
    Ok(Handled {})
}

/// Tells the loop and sync that an entry no longer stands.
pub(super) async fn taken_back(equipment: &Equipment) {
    equipment.mailbox.send(Event::EntryTakenBack).await;
    equipment.announce_queue().await;
}

const STORAGE_FAILED: &str = "store.failed";

/// The database refused; the cause goes to the log, the screen gets the code.
#[expect(clippy::needless_pass_by_value, reason = "the shape that `map_err` takes")]
pub(super) fn storage_failed(error: StoreError) -> RpcError {
    tracing::error!(%error, "the database refused");
    RpcError::new(STORAGE_FAILED, Recovery::Retry)
}

/// The same where the cause is in the log already.
pub(super) fn storage_failed_code() -> RpcError {
    RpcError::new(STORAGE_FAILED, Recovery::Retry)
}

pub(super) async fn ask<R: Send + 'static>(
    equipment: &Equipment,
    work: impl FnOnce(&mut Store) -> Result<R, StoreError> + Send + 'static,
) -> Result<R, RpcError> {
    equipment.store.with(work).await.map_err(|_| RpcError::unavailable())?.map_err(storage_failed)
}

/// An override without a reason is no use to whoever reads the audit, and one that is longer than the backend takes would
/// never be delivered.
pub(super) fn stated(reason: String) -> Result<String, RpcError> {
    if reason.trim().is_empty() {
        Err(RpcError::new("staff.reason_missing", Recovery::Guide))
    } else if reason.chars().count() > LONGEST_REASON {
        Err(RpcError::new("staff.text_too_long", Recovery::Guide))
    } else {
        Ok(reason)
    }
}

fn unknown_check_in() -> RpcError {
    RpcError::new("staff.unknown_check_in", Recovery::Guide)
}

fn admission(admission: Admission) -> StaffAdmission {
    match admission {
        Admission::Recorded(check_in) => StaffAdmission::Recorded { check_in: check_in.id },
        Admission::AlreadyIn(first) => StaffAdmission::AlreadyIn { first },
        Admission::NotOnRoster => StaffAdmission::NotOnRoster,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_there_and_no_longer_than_the_backend_takes() {
        let code = |reason: &str| stated(reason.to_owned()).err().map(|error| error.code);
        assert_eq!(code(&"ü".repeat(500)), None);
        assert_eq!(code(&"x".repeat(501)).as_deref(), Some("staff.text_too_long"));
        assert_eq!(code("  ").as_deref(), Some("staff.reason_missing"));
    }
}

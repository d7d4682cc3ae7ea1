//! Guests whom two gates let in: staff see both entries and say what it was.

use portico_store::{Actor, ConflictLine, ResolveOutcome, ResolveWish};
use portico_types::{CheckInId, ConflictState, Resolution, UtcMillis};

use super::staff::{ask, stated, taken_back};
use super::window::{in_time, may_change};
use crate::contract::{ConflictRow, Handled, OnDuty, Recovery, RpcError};
use crate::runner::Equipment;

/// Rows of the list; older ones were resolved long ago.
const LISTED_ROWS: usize = 100;

pub(super) async fn list(equipment: &Equipment, by: OnDuty) -> Result<Vec<ConflictRow>, RpcError> {
    let lines = ask(equipment, |store| store.conflicts(LISTED_ROWS)).await?;
    let now = equipment.clock.utc();
    Ok(lines.into_iter().map(|line| row(line, |at| may_change(by.role, now, at))).collect())
}

pub(super) async fn resolve(
    equipment: &Equipment,
    by: OnDuty,
    conflict: CheckInId,
    resolution: Resolution,
    reason: String,
) -> Result<Handled, RpcError> {
    let (at, reason) = (equipment.clock.utc(), stated(reason)?);
    if resolution == Resolution::Undo {
        let known = ask(equipment, move |store| store.conflict(conflict)).await?;
        in_time(equipment, by, known.ok_or_else(unknown_conflict)?.second.at)?;
    }
    let entry_id = equipment.random.check_in_id(at);
    let wish = ResolveWish { conflict, resolution, entry_id, at, reason, actor: Actor::Staff(by.member) };
    match ask(equipment, move |store| store.resolve(&wish)).await? {
        ResolveOutcome::Resolved => {
            taken_back(equipment).await;
            Ok(Handled {})
        }
        ResolveOutcome::AlreadyResolved => Ok(Handled {}),
        ResolveOutcome::UnknownConflict => Err(unknown_conflict()),
    }
}

fn unknown_conflict() -> RpcError {
    RpcError::new("staff.unknown_conflict", Recovery::Guide)
}

fn row(line: ConflictLine, may_change: impl Fn(UtcMillis) -> bool) -> ConflictRow {
    let conflict = line.conflict;
    let decided = match conflict.state {
        ConflictState::Accepted if line.decided_here_waiting => Some(Resolution::Accept),
        ConflictState::Undone if line.decided_here_waiting => Some(Resolution::Undo),
        _ => None,
    };
    ConflictRow {
        conflict: conflict.id(),
        name: line.name,
        may_undo: may_change(conflict.second.at),
        first: conflict.first,
        second: conflict.second,
        made_here: line.mine,
        state: conflict.state,
        decided,
        resolved_by: conflict.resolved_by,
    }
}

//! Guests whom two gates let in: staff see both entries and say what it was.

use portico_store::{Actor, ConflictLine, ResolveOutcome, ResolveWish};
use portico_types::{CheckInId, ConflictState, Resolution};

use super::staff::{ask, stated, taken_back};
use crate::contract::{ConflictRow, Handled, Recovery, RpcError};
use crate::runner::Equipment;

/// Rows of the list; older ones were resolved long ago.
const LISTED_ROWS: usize = 100;

pub(super) async fn list(equipment: &Equipment) -> Result<Vec<ConflictRow>, RpcError> {
    let lines = ask(equipment, |store| store.conflicts(LISTED_ROWS)).await?;
    Ok(lines.into_iter().map(row).collect())
}

pub(super) async fn resolve(
    equipment: &Equipment,
    conflict: CheckInId,
    resolution: Resolution,
    reason: String,
) -> Result<Handled, RpcError> {
    let at = equipment.clock.utc();
    let wish = ResolveWish {
        conflict,
        resolution,
        entry_id: equipment.random.check_in_id(at),
        at,
        reason: stated(reason)?,
        actor: Actor::Staff,
    };
    match ask(equipment, move |store| store.resolve(&wish)).await? {
        ResolveOutcome::Resolved => {
            taken_back(equipment).await;
            Ok(Handled {})
        }
        ResolveOutcome::AlreadyResolved => Ok(Handled {}),
        ResolveOutcome::UnknownConflict => Err(RpcError::new("staff.unknown_conflict", Recovery::Guide)),
    }
}

fn row(line: ConflictLine) -> ConflictRow {
    let conflict = line.conflict;
    let decided = match conflict.state {
        ConflictState::Accepted if line.decided_here_waiting => Some(Resolution::Accept),
        ConflictState::Undone if line.decided_here_waiting => Some(Resolution::Undo),
        _ => None,
    };
    ConflictRow {
        conflict: conflict.id(),
        name: line.name,
        first: conflict.first,
        second: conflict.second,
        made_here: line.mine,
        state: conflict.state,
        decided,
        resolved_by: conflict.resolved_by,
    }
}

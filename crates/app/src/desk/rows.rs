//! The store's rows in the words of the contract.

use portico_store::{OutboxBody, OutboxLine, RecentEntry, RosterEntry};
use portico_types::UtcMillis;

use crate::contract::{QueuedEntry, QueuedKind, RecentCheckIn, RosterRow};

/// `may_change`: whether whoever asks may change an entry of this time.
pub(super) fn roster_row(entry: RosterEntry, may_change: impl Fn(UtcMillis) -> bool) -> RosterRow {
    let is_open = entry.checked_in.as_ref().is_some_and(|first| may_change(first.at));
    let guest = entry.attendee;
    RosterRow {
        attendee: guest.id,
        name: guest.name,
        company: guest.company,
        ticket_code: guest.ticket_code,
        note: guest.note,
        checked_in: entry.checked_in,
        check_in: entry.live_check_in.filter(|_| is_open),
    }
}

pub(super) fn recent(entry: RecentEntry, may_change: impl Fn(UtcMillis) -> bool) -> RecentCheckIn {
    RecentCheckIn {
        check_in: entry.check_in.id,
        attendee: entry.check_in.attendee,
        name: entry.name.unwrap_or_default(),
        method: entry.check_in.method,
        at: entry.check_in.at,
        undone: !entry.live,
        sent: !entry.waiting,
        may_change: entry.live && may_change(entry.check_in.at),
    }
}

pub(super) fn queued(line: OutboxLine, may_change: impl Fn(UtcMillis) -> bool) -> QueuedEntry {
    let (at, kind) = match &line.entry.body {
        OutboxBody::CheckIn(check_in) => (check_in.at, QueuedKind::CheckIn),
        OutboxBody::Register(walk_in) => (walk_in.at, QueuedKind::Register),
        OutboxBody::Undo { at, .. } => (*at, QueuedKind::Undo),
        OutboxBody::Resolve { at, .. } => (*at, QueuedKind::Resolve),
    };
    let may_change = line.parked.is_some() && kind == QueuedKind::CheckIn && may_change(at);
    QueuedEntry { id: line.entry.id, name: line.name, at, kind, refused: line.parked, may_change }
}

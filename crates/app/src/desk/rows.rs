//! The store's rows in the words of the contract.

use portico_store::{OutboxBody, OutboxLine, RecentEntry, RosterEntry};

use crate::contract::{QueuedEntry, QueuedKind, RecentCheckIn, RosterRow};

pub(super) fn roster_row(entry: RosterEntry) -> RosterRow {
    let guest = entry.attendee;
    RosterRow {
        attendee: guest.id,
        name: guest.name,
        company: guest.company,
        ticket_code: guest.ticket_code,
        note: guest.note,
        checked_in: entry.checked_in,
        check_in: entry.live_check_in,
    }
}

pub(super) fn recent(entry: RecentEntry) -> RecentCheckIn {
    RecentCheckIn {
        check_in: entry.check_in.id,
        attendee: entry.check_in.attendee,
        name: entry.name.unwrap_or_default(),
        method: entry.check_in.method,
        at: entry.check_in.at,
        undone: !entry.live,
        sent: !entry.waiting,
    }
}

pub(super) fn queued(line: OutboxLine) -> QueuedEntry {
    let (at, kind) = match &line.entry.body {
        OutboxBody::CheckIn(check_in) => (check_in.at, QueuedKind::CheckIn),
        OutboxBody::Register(walk_in) => (walk_in.at, QueuedKind::Register),
        OutboxBody::Undo { at, .. } => (*at, QueuedKind::Undo),
        OutboxBody::Resolve { at, .. } => (*at, QueuedKind::Resolve),
    };
    QueuedEntry { id: line.entry.id, name: line.name, at, kind, refused: line.parked }
}

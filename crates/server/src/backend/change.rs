//! Tells streams what has changed, whoever changed it: this process or another one on the same database.

use portico_types::DeviceId;
use rusqlite::Connection;
use tokio::sync::broadcast;

use super::{Backend, lock};
use crate::database::{attendees, conflicts, devices, event, templates};
use crate::error::BackendError;

/// Something changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The roster, also by an entry.
    Roster,
    /// The gallery.
    Templates,
    /// Guests who were let in twice.
    Conflicts,
    /// The event's rules or looks.
    Event,
    /// This device was revoked.
    Revoked(DeviceId),
}

/// Number of the last change of each kind that streams were told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Heads {
    roster: i64,
    templates: i64,
    conflicts: i64,
    event: i64,
    revoked: i64,
}

impl Heads {
    pub(super) fn read(connection: &Connection) -> rusqlite::Result<Self> {
        Ok(Self {
            roster: attendees::head(connection)?,
            templates: templates::head(connection)?,
            conflicts: conflicts::head(connection)?,
            event: event::head(connection)?,
            revoked: devices::revoked_since(connection, 0)?.last().map_or(0, |(_, change)| *change),
        })
    }
}

impl Backend {
    /// Changes from now on.
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    /// Tells all streams what has changed in the database since the last call.
    pub fn announce_changes(&self) -> Result<(), BackendError> {
        let mut told = lock(&self.heads);
        let (now, revoked) = self.database.read(|c| {
            Ok::<_, rusqlite::Error>((Heads::read(c)?, devices::revoked_since(c, told.revoked)?))
        })?;
        let mut changes: Vec<Change> =
            revoked.into_iter().map(|(device, _)| Change::Revoked(device)).collect();
        for (before, after, change) in [
            (told.event, now.event, Change::Event),
            (told.roster, now.roster, Change::Roster),
            (told.templates, now.templates, Change::Templates),
            (told.conflicts, now.conflicts, Change::Conflicts),
        ] {
            if before != after {
                changes.push(change);
            }
        }
        *told = now;
        for change in changes {
            // Nobody listening is not a failure.
            let _ = self.changes.send(change);
        }
        Ok(())
    }
}

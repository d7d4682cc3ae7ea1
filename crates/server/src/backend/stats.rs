//! How the event is filling.

use portico_protocol::Stats;

use super::Backend;
use crate::database::{attendees, check_ins, event, templates};
use crate::error::BackendError;

impl Backend {
    /// Totals, per gate and per minute. Guests are counted once, entries as often as they were made.
    pub fn stats(&self) -> Result<Stats, BackendError> {
        let now = self.clock.utc();
        self.database.read(|c| {
            let event = event::id(c)?.ok_or(BackendError::UnknownEvent)?;
            Ok(Stats {
                attendees: attendees::count(c)?,
                enrolled: templates::enrolled(c, now)?,
                checked_in: check_ins::count(c, &event)?,
                by_gate: check_ins::by_gate(c, &event)?,
                by_minute: check_ins::by_minute(c, &event)?,
            })
        })
    }
}

//! This kiosk's last check-ins, as staff look at them.

use portico_types::CheckIn;

use crate::table::check_ins::Standing;
use crate::table::{attendees, check_ins, outbox};
use crate::{Store, StoreError};

/// A check-in made here, with what has become of it.
#[derive(Clone, Debug, PartialEq)]
pub struct RecentEntry {
    /// The check-in.
    pub check_in: CheckIn,
    /// The guest's name, unless they left the roster.
    pub name: Option<String>,
    /// Whether it still stands.
    pub live: bool,
    /// Whether it does not stand because the guest had entered before, as the backend says: see the conflicts.
    pub second: bool,
    /// Whether the backend has not heard of it yet.
    pub waiting: bool,
}

impl Store {
    /// Up to `limit` check-ins made at this kiosk, newest first.
    pub fn recent(&self, limit: usize) -> Result<Vec<RecentEntry>, StoreError> {
        let newest = check_ins::newest(self.reader(), limit)?;
        newest
            .into_iter()
            .map(|stored| {
                Ok(RecentEntry {
                    name: attendees::find(self.reader(), &stored.check_in.attendee)?.map(|found| found.name),
                    live: stored.standing == Standing::Live,
                    second: stored.standing == Standing::Second,
                    waiting: outbox::contains(self.reader(), stored.check_in.id)?,
                    check_in: stored.check_in,
                })
            })
            .collect()
    }
}

//! The roster, the gallery and the conflicts as pages of changes.

use portico_protocol::{
    AttendeesPage, ConflictsPage, ROWS_PER_PAGE, TemplateRecord, TemplatesPage, TicketPolicy,
};

use super::Backend;
use super::cursor::{Feed, Place};
use crate::database::attendees::{self, RosterChange};
use crate::database::templates::{self, TemplateChange};
use crate::database::{conflicts, event};
use crate::error::BackendError;

/// Where a page ends.
struct End {
    change: i64,
    more: bool,
}

impl Backend {
    /// The next page of roster changes.
    pub fn attendees(&self, since: Option<&str>) -> Result<AttendeesPage, BackendError> {
        self.database.begin_run()?;
        self.database.read(|c| {
            let event = event::id(c)?.ok_or(BackendError::UnknownEvent)?;
            let place = Place::find(c, Feed::Roster, since)?;
            let mut rows = attendees::changes(c, &event, place.since, ROWS_PER_PAGE + 1)?;
            let end = cut(&mut rows, place.head);
            let mut page = AttendeesPage {
                attendees: Vec::with_capacity(rows.len()),
                removed: Vec::new(),
                cursor: place.cursor(end.change),
                more: end.more,
            };
            for (_, row) in rows {
                match row {
                    RosterChange::Put(record) => page.attendees.push(*record),
                    // Who starts from nothing has nothing to forget.
                    RosterChange::Removed(id) if place.since > 0 => page.removed.push(id),
                    RosterChange::Removed(_) => {}
                }
            }
            Ok(page)
        })
    }

    /// The next page of gallery changes, of one model's templates if `model` is given. Of an event whose tickets carry the
    /// faces no template is told: its kiosks keep no gallery.
    pub fn templates(&self, since: Option<&str>, model: Option<&str>) -> Result<TemplatesPage, BackendError> {
        self.erase_expired()?;
        self.database.begin_run()?;
        self.database.read(|c| {
            let event = event::get(c)?.ok_or(BackendError::UnknownEvent)?;
            let has_gallery = event.policy.tickets != TicketPolicy::WithFace;
            let place = Place::find(c, Feed::Gallery, since)?;
            let mut rows = templates::changes(c, model, place.since, ROWS_PER_PAGE + 1)?;
            let end = cut(&mut rows, place.head);
            let mut page = TemplatesPage {
                templates: Vec::with_capacity(rows.len()),
                removed: Vec::new(),
                cursor: place.cursor(end.change),
                more: end.more,
            };
            for (_, row) in rows {
                match row {
                    TemplateChange::Put(..) if !has_gallery => {}
                    TemplateChange::Put(template, device) => {
                        let mut record = TemplateRecord::from(&*template);
                        record.consent.device = device.map(|device| device.to_string());
                        page.templates.push(record);
                    }
                    TemplateChange::Removed(id) if place.since > 0 => page.removed.push(id),
                    TemplateChange::Removed(_) => {}
                }
            }
            Ok(page)
        })
    }

    /// The next page of conflicts that were opened or have changed.
    pub fn conflicts(&self, since: Option<&str>) -> Result<ConflictsPage, BackendError> {
        self.database.begin_run()?;
        self.database.read(|c| {
            let event = event::id(c)?.ok_or(BackendError::UnknownEvent)?;
            let place = Place::find(c, Feed::Conflicts, since)?;
            let mut rows = conflicts::changes(c, &event, place.since, ROWS_PER_PAGE + 1)?;
            let end = cut(&mut rows, place.head);
            Ok(ConflictsPage {
                conflicts: rows.into_iter().map(|(_, conflict)| conflict).collect(),
                cursor: place.cursor(end.change),
                more: end.more,
            })
        })
    }
}

/// Cuts the one row off that only shows that there is another page.
fn cut<T>(rows: &mut Vec<(i64, T)>, head: i64) -> End {
    let more = rows.len() > ROWS_PER_PAGE;
    rows.truncate(ROWS_PER_PAGE);
    let last = rows.last().map(|(change, _)| *change);
    End { change: last.filter(|_| more).unwrap_or(head), more }
}

//! The roster and the gallery as pages of changes.

use portico_protocol::{AttendeesPage, ROWS_PER_PAGE, TemplateRecord, TemplatesPage};
use rusqlite::Connection;

use super::Backend;
use super::cursor::Feed;
use crate::database::attendees::{self, RosterChange};
use crate::database::templates::{self, TemplateChange};
use crate::database::{event, sequence};
use crate::error::BackendError;

/// Where a page ends.
struct End {
    change: i64,
    more: bool,
}

impl Backend {
    /// The next page of roster changes.
    pub fn attendees(&self, since: Option<&str>) -> Result<AttendeesPage, BackendError> {
        self.database.read(|c| {
            let event = event::id(c)?.ok_or(BackendError::UnknownEvent)?;
            let (since, head) = place(c, Feed::Roster, since)?;
            let mut rows = attendees::changes(c, &event, since, ROWS_PER_PAGE + 1)?;
            let end = cut(&mut rows, head);
            let mut page = AttendeesPage {
                attendees: Vec::with_capacity(rows.len()),
                removed: Vec::new(),
                cursor: Feed::Roster.cursor(end.change),
                more: end.more,
            };
            for (_, row) in rows {
                match row {
                    RosterChange::Put(record) => page.attendees.push(*record),
                    // Who starts from nothing has nothing to forget.
                    RosterChange::Removed(id) if since > 0 => page.removed.push(id),
                    RosterChange::Removed(_) => {}
                }
            }
            Ok(page)
        })
    }

    /// The next page of gallery changes, of one model's templates if `model` is given.
    pub fn templates(&self, since: Option<&str>, model: Option<&str>) -> Result<TemplatesPage, BackendError> {
        self.erase_expired()?;
        self.database.read(|c| {
            event::id(c)?.ok_or(BackendError::UnknownEvent)?;
            let (since, head) = place(c, Feed::Gallery, since)?;
            let mut rows = templates::changes(c, model, since, ROWS_PER_PAGE + 1)?;
            let end = cut(&mut rows, head);
            let mut page = TemplatesPage {
                templates: Vec::with_capacity(rows.len()),
                removed: Vec::new(),
                cursor: Feed::Gallery.cursor(end.change),
                more: end.more,
            };
            for (_, row) in rows {
                match row {
                    TemplateChange::Put(template) => page.templates.push(TemplateRecord::from(&*template)),
                    TemplateChange::Removed(id) if since > 0 => page.removed.push(id),
                    TemplateChange::Removed(_) => {}
                }
            }
            Ok(page)
        })
    }
}

fn place(connection: &Connection, feed: Feed, since: Option<&str>) -> Result<(i64, i64), BackendError> {
    let head = sequence::head(connection)?;
    Ok((feed.change(since, head)?, head))
}

/// Cuts the one row off that only shows that there is another page.
fn cut<T>(rows: &mut Vec<(i64, T)>, head: i64) -> End {
    let more = rows.len() > ROWS_PER_PAGE;
    rows.truncate(ROWS_PER_PAGE);
    let last = rows.last().map(|(change, _)| *change);
    End { change: last.filter(|_| more).unwrap_or(head), more }
}

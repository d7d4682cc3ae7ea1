//! Cursors: where a kiosk's copy of a feed stands. Opaque to kiosks; to us a letter, the run of the database under which
//! the cursor was issued, and a change number. Why that tells a restored backup is argued in `database::runs`.

use rusqlite::Connection;

use crate::database::{runs, sequence};
use crate::error::BackendError;

/// Which feed a cursor belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feed {
    /// The roster.
    Roster,
    /// The gallery.
    Gallery,
    /// The conflicts.
    Conflicts,
}

/// Where a page begins.
#[derive(Debug)]
pub(super) struct Place {
    feed: Feed,
    run: String,
    /// The last change that the caller has; 0 from the start.
    pub(super) since: i64,
    /// The last change number given out.
    pub(super) head: i64,
}

impl Feed {
    const fn letter(self) -> char {
        match self {
            Self::Roster => 'r',
            Self::Gallery => 'g',
            Self::Conflicts => 'c',
        }
    }

    /// Run and change number of a cursor in this feed's form.
    fn parse(self, cursor: &str) -> Option<(&str, i64)> {
        let (run, change) = cursor.strip_prefix(self.letter())?.split_once('-')?;
        let digits = change.len() <= 16 && change.bytes().all(|b| b.is_ascii_hexdigit());
        i64::from_str_radix(change, 16).ok().filter(|_| digits).map(|change| (run, change))
    }
}

impl Place {
    /// The place that a cursor names; the start without one. `connection` must be in a transaction, so that run and head
    /// belong together.
    pub(super) fn find(
        connection: &Connection,
        feed: Feed,
        cursor: Option<&str>,
    ) -> Result<Self, BackendError> {
        let since = match cursor {
            None => 0,
            Some(cursor) => {
                let (run, change) = feed.parse(cursor).ok_or(BackendError::CursorRefused)?;
                let end = runs::end(connection, run)?;
                end.filter(|end| change <= *end).map(|_| change).ok_or(BackendError::CursorRefused)?
            }
        };
        Ok(Self { feed, run: runs::newest(connection)?, since, head: sequence::head(connection)? })
    }

    /// The cursor of change number `change` of this feed.
    pub(super) fn cursor(&self, change: i64) -> String {
        format!("{}{}-{change:x}", self.feed.letter(), self.run)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rubbish_other_feeds_and_cursors_of_earlier_releases_have_no_place() {
        for cursor in ["", "r", "rubbish", "r1a", "rab-", "rab--1", "rab-+1", "rab-1 ", "gab-1", "ab-1"] {
            assert!(Feed::Roster.parse(cursor).is_none(), "`{cursor}` must not be read as a place");
        }
        assert!(Feed::Roster.parse("rab-00000000000000001").is_none(), "more digits than a number has");
        assert!(Feed::Roster.parse("rab-ffffffffffffffff").is_none(), "more than a number holds");
    }

    #[test]
    fn a_cursor_comes_back_as_its_run_and_number() {
        let place = Place { feed: Feed::Conflicts, run: "00ab".into(), since: 0, head: 0xABC };
        assert_eq!(Feed::Conflicts.parse(&place.cursor(0xABC)), Some(("00ab", 0xABC)));
    }
}

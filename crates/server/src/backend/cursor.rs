//! Cursors: where a kiosk's copy of a feed stands. Opaque to kiosks, a letter and a change number to us.

use crate::error::BackendError;

/// Which feed a cursor belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feed {
    /// The roster.
    Roster,
    /// The gallery.
    Gallery,
}

impl Feed {
    const fn letter(self) -> char {
        match self {
            Self::Roster => 'r',
            Self::Gallery => 'g',
        }
    }

    /// The cursor of change number `change`.
    pub(super) fn cursor(self, change: i64) -> String {
        format!("{}{change:x}", self.letter())
    }

    /// The change number of a cursor; 0 without one. `head` is the last number given out: what lies beyond comes from
    /// another database.
    pub(super) fn change(self, cursor: Option<&str>, head: i64) -> Result<i64, BackendError> {
        let Some(cursor) = cursor else { return Ok(0) };
        cursor
            .strip_prefix(self.letter())
            .filter(|digits| digits.len() <= 16 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|digits| i64::from_str_radix(digits, 16).ok())
            .filter(|change| *change <= head)
            .ok_or_else(|| {
                BackendError::Malformed(
                    "the cursor is not one that this server gave out for this list; start again without `since`"
                        .to_owned(),
                )
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_its_number() {
        let cursor = Feed::Roster.cursor(0xABC);
        assert_eq!(Feed::Roster.change(Some(&cursor), 0xABC).unwrap(), 0xABC);
        assert_eq!(Feed::Roster.change(None, 5).unwrap(), 0);
    }

    #[test]
    fn rubbish_other_feeds_and_other_databases_are_refused() {
        for cursor in
            ["", "r", "rubbish", "r-1", "r+1", "r1 ", "g1", "r7fffffffffffffff", "r00000000000000000001"]
        {
            assert!(
                Feed::Roster.change(Some(cursor), 100).is_err(),
                "`{cursor}` must not be read as a place"
            );
        }
        assert!(Feed::Gallery.change(Some("g65"), 100).is_err(), "101 lies beyond the head");
    }
}

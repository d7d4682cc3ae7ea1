//! `search_terms`: what a guest can be found by. A term matches if it begins with what was typed.

use std::collections::BTreeSet;

use rusqlite::{Connection, params, params_from_iter};

use crate::StoreError;
use crate::migrations::Migration;

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 1,
    sql: "CREATE TABLE search_terms (
        term     TEXT NOT NULL,
        attendee INTEGER NOT NULL REFERENCES attendees (row) ON DELETE CASCADE,
        PRIMARY KEY (term, attendee)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX search_terms_by_attendee ON search_terms (attendee, term);",
}];

/// Writes a guest's terms in place of the old ones.
pub(crate) fn replace(
    connection: &Connection,
    attendee: i64,
    terms: &BTreeSet<String>,
) -> Result<(), StoreError> {
    connection.prepare_cached("DELETE FROM search_terms WHERE attendee = ?1")?.execute([attendee])?;
    let mut insert =
        connection.prepare_cached("INSERT INTO search_terms (term, attendee) VALUES (?1, ?2)")?;
    for term in terms {
        insert.execute(params![term, attendee])?;
    }
    Ok(())
}

/// Rows of up to `limit` guests who have each of `terms`, in no particular order.
pub(crate) fn sharing(
    connection: &Connection,
    terms: &[String],
    limit: usize,
) -> Result<Vec<i64>, StoreError> {
    const FIRST: &str = "SELECT t.attendee FROM search_terms t WHERE t.term = ?";
    const ANOTHER: &str =
        " AND EXISTS (SELECT 1 FROM search_terms o WHERE o.attendee = t.attendee AND o.term = ?)";
    let others = ANOTHER.repeat(terms.len().saturating_sub(1));
    let sql = format!("{FIRST}{others} LIMIT {limit}");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(terms), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Rows of up to `limit` guests for whom each of `words` begins a term, nearest in spelling first.
///
/// Walks the terms under the first word, so the most telling word should come first.
pub(crate) fn matching(
    connection: &Connection,
    words: &[String],
    limit: usize,
) -> Result<Vec<i64>, StoreError> {
    const FIRST: &str = "SELECT t.attendee FROM search_terms t WHERE t.term >= ? AND t.term < ?";
    const ANOTHER: &str = " AND EXISTS (SELECT 1 FROM search_terms o
        WHERE o.attendee = t.attendee AND o.term >= ? AND o.term < ?)";
    let others = ANOTHER.repeat(words.len().saturating_sub(1));
    let sql = format!("{FIRST}{others} ORDER BY t.term, t.attendee");
    // No term contains the last code point, so it bounds everything that begins with the word.
    let bounds = words.iter().flat_map(|word| [word.clone(), format!("{word}\u{10FFFF}")]);
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(bounds))?;
    let mut found = Vec::new();
    while found.len() < limit {
        let Some(row) = rows.next()? else { break };
        let attendee = row.get(0)?;
        if !found.contains(&attendee) {
            found.push(attendee);
        }
    }
    Ok(found)
}

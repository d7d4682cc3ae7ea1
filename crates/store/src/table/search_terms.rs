//! `search_terms`: what a guest can be found by. A term matches if it begins with what was typed.

use std::collections::BTreeSet;

use rusqlite::{Connection, params, params_from_iter};

use crate::StoreError;
use crate::migrations::Migration;
use crate::search::Spellings;

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

/// Rows of up to `limit` guests who have one out of each entry of `terms`, in no particular order.
pub(crate) fn sharing(
    connection: &Connection,
    terms: &[Spellings],
    limit: usize,
) -> Result<Vec<i64>, StoreError> {
    let sql = condition(terms, |table, spellings| {
        format!("{table}.term IN ({})", vec!["?"; spellings.len()].join(", "))
    });
    let mut statement =
        connection.prepare_cached(&format!("SELECT DISTINCT t.attendee {sql} LIMIT {limit}"))?;
    let rows = statement.query_map(params_from_iter(terms.iter().flatten()), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Rows of up to `limit` guests for whom one out of each entry of `words` begins a term, nearest in spelling first.
///
/// Walks the terms under the first word, so the most telling word should come first.
pub(crate) fn matching(
    connection: &Connection,
    words: &[Spellings],
    limit: usize,
) -> Result<Vec<i64>, StoreError> {
    let words: Vec<Spellings> = words.iter().map(|word| told_apart(word)).collect();
    let sql = condition(&words, |table, spellings| {
        let begins = format!("({table}.term >= ? AND {table}.term < ?)");
        format!("({})", vec![begins; spellings.len()].join(" OR "))
    });
    // No term contains the last code point, so it bounds everything that begins with the word.
    let bounds = words.iter().flatten().flat_map(|word| [word.clone(), format!("{word}\u{10FFFF}")]);
    let mut statement =
        connection.prepare_cached(&format!("SELECT t.attendee {sql} ORDER BY t.term, t.attendee"))?;
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

/// Of a word that is still being typed, the spellings that do not begin with another of them: what begins with the longer
/// one begins with the shorter one, too, and with one spelling left the index need not be walked twice.
fn told_apart(spellings: &[String]) -> Spellings {
    let is_within = |spelling: &String| {
        spellings.iter().any(|other| other != spelling && spelling.starts_with(other.as_str()))
    };
    spellings.iter().filter(|spelling| !is_within(spelling)).cloned().collect()
}

/// From where, and under which condition, guests are taken who have a term for each of `words`; `is_one` says when it is.
fn condition(words: &[Spellings], is_one: impl Fn(&str, &[String]) -> String) -> String {
    let mut sql = "FROM search_terms t WHERE ".to_owned();
    for (place, spellings) in words.iter().enumerate() {
        if place == 0 {
            sql.push_str(&is_one("t", spellings));
        } else {
            sql.push_str(" AND EXISTS (SELECT 1 FROM search_terms o WHERE o.attendee = t.attendee AND ");
            sql.push_str(&is_one("o", spellings));
            sql.push(')');
        }
    }
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spelling_that_begins_with_another_is_not_looked_for_besides_it() {
        let told_apart = |spellings: &[&str]| {
            told_apart(&spellings.iter().map(|spelling| (*spelling).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(told_apart(&["a", "ae"]), ["a"], "ä, the first letter of a name");
        assert_eq!(told_apart(&["aa", "a"]), ["a"]);
        assert_eq!(told_apart(&["muller", "mueller"]), ["muller", "mueller"]);
        assert_eq!(told_apart(&["anna"]), ["anna"]);
    }
}

//! Writes the rows of a damaged database into a new one, table by table, whatever the tables are.

use std::collections::BTreeMap;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::page::Row;
use super::shape::{Column, Shape};
use super::survey::Survey;
use crate::StoreError;

/// Made anew from the roster, so that it always fits it.
const SEARCH_INDEX: &str = "search_terms";
/// Counted anew by triggers while the outbox is filled.
const OUTBOX_SIZE: &str = "outbox_size";
/// `SQLite`'s own: the last numbers given out.
const SEQUENCES: &str = "sqlite_sequence";
const SCHEMA: &str = "sqlite_schema";

/// What was taken over and what is known to be missing, by table.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Rows in the new database.
    pub copied: BTreeMap<String, u64>,
    /// Unreadable pages and rows.
    pub gaps: BTreeMap<String, u64>,
}

impl Tally {
    pub(super) fn misses_any(&self, tables: &[&str]) -> bool {
        tables.iter().any(|table| self.gaps.contains_key(*table))
    }
}

/// Copies every table's rows. Foreign keys must be off: the rows come in no order that would suit them.
pub(super) fn copy(connection: &Connection, shapes: &[Shape], survey: &Survey) -> Result<Tally, StoreError> {
    let mut tally = Tally::default();
    for shape in shapes.iter().filter(|shape| shape.is_table && shape.name != SCHEMA) {
        let Some(found) = survey.get(&shape.name) else { continue };
        if [SEQUENCES, SEARCH_INDEX, OUTBOX_SIZE].contains(&shape.name.as_str()) {
            continue;
        }
        let mut copied = 0;
        for row in &found.rows {
            copied += insert(connection, shape, row)?;
        }
        let refused = (found.rows.len() as u64).saturating_sub(copied);
        if found.gaps + refused > 0 {
            tally.gaps.insert(shape.name.clone(), found.gaps + refused);
        }
        tally.copied.insert(shape.name.clone(), copied);
    }
    if let Some(found) = survey.get(SEQUENCES) {
        for row in &found.rows {
            raise_sequence(connection, row)?;
        }
    }
    Ok(tally)
}

/// Writes one row, unless it breaks a rule of its table. Columns that the row does not know get their defaults.
fn insert(connection: &Connection, shape: &Shape, row: &Row) -> Result<u64, StoreError> {
    let known = || shape.columns.iter().zip(&row.values);
    let names: Vec<_> = known().filter_map(|(column, _)| column.name.as_deref()).map(quoted).collect();
    let marks = vec!["?"; names.len()].join(", ");
    let sql =
        format!("INSERT OR IGNORE INTO {} ({}) VALUES ({marks})", quoted(&shape.name), names.join(", "));
    let values = known().map(|(column, value)| stored(column, value, row));
    Ok(connection.prepare_cached(&sql)?.execute(params_from_iter(values))? as u64)
}

fn stored(column: &Column, value: &Value, row: &Row) -> Value {
    match row.number {
        Some(number) if column.is_number => Value::Integer(number),
        _ => value.clone(),
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Numbers that were given out before are never given out again.
fn raise_sequence(connection: &Connection, row: &Row) -> Result<(), StoreError> {
    let [table @ Value::Text(_), last @ Value::Integer(_)] = row.values.as_slice() else { return Ok(()) };
    connection.execute(
        "INSERT INTO sqlite_sequence (name, seq) SELECT ?1, 0
         WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?1)",
        [table],
    )?;
    connection.execute("UPDATE sqlite_sequence SET seq = max(seq, ?2) WHERE name = ?1", [table, last])?;
    Ok(())
}

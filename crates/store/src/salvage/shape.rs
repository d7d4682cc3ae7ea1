//! What the rows of each table and index look like, so that a page can be told whose it is.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::page::Row;
use crate::StoreError;

/// A column as a row stores it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// Its name; none for a row's number at the end of an index entry.
    pub name: Option<String>,
    class: Class,
    may_be_null: bool,
    /// Whether the row's number stands for it.
    pub is_number: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Integer,
    Real,
    Text,
    Blob,
    Any,
}

/// A table or an index.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// Its name.
    pub name: String,
    /// Whether it holds rows of its own, and not signposts to rows.
    pub is_table: bool,
    /// Whether its rows are found by number.
    pub is_numbered: bool,
    /// Its columns, in the order in which they are stored.
    pub columns: Vec<Column>,
}

impl Shape {
    /// Whether this row can be one of these. Columns that were added later may be missing at its end.
    pub(super) fn fits(&self, row: &Row) -> bool {
        let count = row.values.len();
        let enough = if self.is_table { count > 0 } else { count == self.columns.len() };
        enough
            && count <= self.columns.len()
            && row.number.is_some() == self.is_numbered
            && self.columns.iter().zip(&row.values).all(|(column, value)| column.takes(value))
    }
}

impl Column {
    fn takes(&self, value: &Value) -> bool {
        if self.is_number {
            return *value == Value::Null;
        }
        match (value, self.class) {
            (Value::Null, _) => self.may_be_null,
            (Value::Integer(_), Class::Integer | Class::Real)
            | (Value::Real(_), Class::Real)
            | (Value::Text(_), Class::Text)
            | (Value::Blob(_), Class::Blob)
            | (_, Class::Any) => true,
            _ => false,
        }
    }
}

fn class(name: &str) -> Class {
    match name {
        "INTEGER" | "INT" => Class::Integer,
        "REAL" => Class::Real,
        "TEXT" => Class::Text,
        "BLOB" => Class::Blob,
        _ => Class::Any,
    }
}

/// Every table and index of the database behind this connection.
pub(super) fn all(connection: &Connection) -> Result<Vec<Shape>, StoreError> {
    let mut tables = connection
        .prepare("SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")?;
    let tables = tables.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?)))?;
    let mut shapes = Vec::new();
    for table in tables {
        let (name, without_number) = table?;
        let columns = columns(connection, &name, without_number)?;
        shapes.extend(indexes(connection, &name, &columns)?);
        shapes.push(Shape { name, is_table: true, is_numbered: !without_number, columns });
    }
    Ok(shapes)
}

fn columns(connection: &Connection, table: &str, without_number: bool) -> Result<Vec<Column>, StoreError> {
    // A table without row numbers stores its key first.
    let order = if without_number { "pk = 0, pk, cid" } else { "cid" };
    let sql = format!("SELECT name, type, \"notnull\", pk FROM pragma_table_xinfo(?1) ORDER BY {order}");
    let mut statement = connection.prepare(&sql)?;
    let columns = statement.query_map([table], |row| {
        let kind: String = row.get(1)?;
        let in_key = row.get::<_, i64>(3)? > 0;
        Ok(Column {
            name: Some(row.get(0)?),
            class: class(&kind),
            may_be_null: !(row.get::<_, bool>(2)? || (in_key && without_number)),
            is_number: in_key && !without_number && kind == "INTEGER",
        })
    })?;
    Ok(columns.collect::<Result<_, _>>()?)
}

fn indexes(connection: &Connection, table: &str, columns: &[Column]) -> Result<Vec<Shape>, StoreError> {
    // The key of a table without row numbers is the table itself.
    let mut statement =
        connection.prepare("SELECT name, origin FROM pragma_index_list(?1) WHERE name IN (SELECT name FROM sqlite_master WHERE rootpage > 0)")?;
    let names = statement.query_map([table], |row| row.get::<_, String>(0))?;
    let mut shapes = Vec::new();
    for name in names {
        let name = name?;
        let mut entry = connection.prepare("SELECT name FROM pragma_index_xinfo(?1) ORDER BY seqno")?;
        let entry = entry.query_map([&name], |row| row.get::<_, Option<String>>(0))?;
        let entry = entry.map(|column| {
            let column = column?;
            let known = columns.iter().find(|known| known.name == column && column.is_some());
            let number = Column { name: None, class: Class::Integer, may_be_null: false, is_number: false };
            // An index stores the number itself where the table leaves it to the row.
            Ok(known.map_or(number, |known| Column { is_number: false, ..known.clone() }))
        });
        let columns = entry.collect::<rusqlite::Result<_>>()?;
        shapes.push(Shape { name, is_table: false, is_numbered: false, columns });
    }
    Ok(shapes)
}

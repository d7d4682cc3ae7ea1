//! One row of a roster file.

use csv::StringRecord;

use super::header::{Column, Columns};

/// Longest accepted cell, in characters.
const LONGEST_CELL: usize = 200;
/// Longest accepted note, in characters.
const LONGEST_NOTE: usize = 500;
/// Longest accepted id and ticket code, in characters.
const LONGEST_ID: usize = 64;

/// A guest as a row gives them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuestRow {
    /// The operator's id.
    pub id: Option<String>,
    /// The name.
    pub name: String,
    /// Company or group.
    pub company: Option<String>,
    /// The code on the ticket, upper case.
    pub ticket_code: Option<String>,
    /// Last four digits of the phone.
    pub phone_last4: Option<String>,
    /// A word for the door.
    pub note: Option<String>,
    /// File name of the guest's picture.
    pub photo: Option<String>,
}

/// The cell that spoils a row.
#[derive(Debug)]
pub(super) struct BadCell {
    pub(super) column: String,
    pub(super) reason: String,
}

impl BadCell {
    fn new(column: Column, reason: impl Into<String>) -> Self {
        Self { column: column.name().to_owned(), reason: reason.into() }
    }
}

pub(super) fn read(columns: &Columns, record: &StringRecord) -> Result<GuestRow, BadCell> {
    if record.len() > columns.count() {
        let (cells, titles) = (record.len(), columns.count());
        return Err(BadCell {
            column: "(whole row)".to_owned(),
            reason: format!("{cells} cells under {titles} titles; put quotes around cells with commas"),
        });
    }
    let text = |column, longest| text(columns, record, column, longest);
    let name = text(Column::Name, LONGEST_CELL)?
        .ok_or_else(|| BadCell::new(Column::Name, "is empty; every guest needs a name"))?;
    let id = text(Column::Id, LONGEST_ID)?;
    if id.as_deref().is_some_and(|id| id.contains(['/', '?', '#', '%', ' '])) {
        return Err(BadCell::new(Column::Id, "may not contain a space or any of / ? # %"));
    }
    Ok(GuestRow {
        id,
        name,
        company: text(Column::Company, LONGEST_CELL)?,
        ticket_code: text(Column::TicketCode, LONGEST_ID)?.as_deref().map(ticket_code).transpose()?,
        phone_last4: text(Column::Phone, LONGEST_CELL)?.as_deref().map(last_four).transpose()?,
        note: text(Column::Note, LONGEST_NOTE)?,
        photo: text(Column::Photo, LONGEST_CELL)?,
    })
}

fn text(
    columns: &Columns,
    record: &StringRecord,
    column: Column,
    longest: usize,
) -> Result<Option<String>, BadCell> {
    let Some(cell) = columns.cell(column, record) else { return Ok(None) };
    if cell.chars().count() > longest {
        return Err(BadCell::new(column, format!("is longer than {longest} characters")));
    }
    if cell.chars().any(char::is_control) {
        return Err(BadCell::new(column, "contains a line break or another control character"));
    }
    Ok(Some(cell.to_owned()))
}

fn ticket_code(code: &str) -> Result<String, BadCell> {
    if code.chars().all(|c| c.is_ascii_alphanumeric()) {
        Ok(code.to_ascii_uppercase())
    } else {
        Err(BadCell::new(Column::TicketCode, "may have letters A to Z and digits only"))
    }
}

fn last_four(phone: &str) -> Result<String, BadCell> {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    let Some(last) = digits.last_chunk::<4>() else {
        return Err(BadCell::new(
            Column::Phone,
            format!("has {} digits, at least 4 are needed", digits.len()),
        ));
    };
    Ok(last.iter().collect())
}

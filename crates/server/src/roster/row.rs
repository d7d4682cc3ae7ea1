//! One row of a roster file: what spreadsheets have made of it is undone where it can be, and refused where it cannot.

use portico_sheets::{Cell, CellFault, TableRow, as_meant};

use super::columns::Columns;
use super::person;
use super::row_fault::RowFault;
use super::synonyms::Column;

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
    pub(super) fault: RowFault,
}

/// Whether a spreadsheet's date can be meant in a column.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dates {
    Text,
    Mistaken,
}

pub(super) fn read(columns: &Columns, row: &TableRow) -> Result<GuestRow, BadCell> {
    if row.cells.iter().skip(columns.count()).any(|cell| !cell.is_blank()) {
        let (cells, titles) = (row.cells.len(), columns.count());
        return Err(BadCell {
            column: "(whole row)".to_owned(),
            fault: RowFault::MoreCellsThanTitles { cells, titles },
        });
    }
    let reading = Reading { columns, row };
    let text = |column| reading.text(column, LONGEST_CELL, Dates::Mistaken);
    let name = person::joined(
        text(Column::Name)?.as_deref(),
        text(Column::GivenName)?.as_deref(),
        text(Column::FamilyName)?.as_deref(),
    );
    let name = name.ok_or_else(|| BadCell { column: columns.name_title(), fault: RowFault::NoName })?;
    Ok(GuestRow {
        id: reading.id()?,
        name,
        company: text(Column::Company)?,
        ticket_code: reading.ticket_code()?,
        phone_last4: reading.last_four()?,
        note: reading.text(Column::Note, LONGEST_NOTE, Dates::Text)?,
        photo: text(Column::Photo)?,
    })
}

struct Reading<'a> {
    columns: &'a Columns,
    row: &'a TableRow,
}

impl Reading<'_> {
    fn bad(&self, column: Column, fault: impl Into<RowFault>) -> BadCell {
        BadCell { column: self.columns.title(column), fault: fault.into() }
    }

    fn text(&self, column: Column, longest: usize, dates: Dates) -> Result<Option<String>, BadCell> {
        let text = match self.columns.cell(column, self.row) {
            None => return Ok(None),
            Some(Cell::Spoiled { fault, .. }) => return Err(self.bad(column, fault.clone())),
            Some(Cell::Date(date)) if dates == Dates::Mistaken => {
                return Err(self.bad(column, RowFault::Date { date: date.clone() }));
            }
            Some(cell) => cell.shown(),
        };
        if text.chars().count() > longest {
            return Err(self.bad(column, CellFault::Long { characters: longest }));
        }
        if text.chars().any(char::is_control) {
            return Err(self.bad(column, RowFault::ControlCharacter));
        }
        Ok(Some(text.to_owned()))
    }

    /// A text of digits as it was before a spreadsheet took it for a number.
    fn code(&self, column: Column, longest: usize) -> Result<Option<String>, BadCell> {
        let Some(text) = self.text(column, longest, Dates::Mistaken)? else { return Ok(None) };
        if let Ok(meant) = as_meant(&text) {
            return Ok(Some(meant.to_owned()));
        }
        Err(self.bad(column, RowFault::Rounded { number: text }))
    }

    fn id(&self) -> Result<Option<String>, BadCell> {
        let id = self.code(Column::Id, LONGEST_ID)?;
        if id.as_deref().is_some_and(|id| id.contains(['/', '?', '#', '%', ' '])) {
            return Err(self.bad(Column::Id, RowFault::IdCharacters));
        }
        Ok(id)
    }

    fn ticket_code(&self) -> Result<Option<String>, BadCell> {
        match self.code(Column::TicketCode, LONGEST_ID)? {
            Some(code) if !code.chars().all(|c| c.is_ascii_alphanumeric()) => {
                Err(self.bad(Column::TicketCode, RowFault::TicketCharacters))
            }
            code => Ok(code.map(|code| code.to_ascii_uppercase())),
        }
    }

    fn last_four(&self) -> Result<Option<String>, BadCell> {
        let Some(phone) = self.code(Column::Phone, LONGEST_CELL)? else { return Ok(None) };
        let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
        let Some(last) = digits.last_chunk::<4>() else {
            return Err(self.bad(Column::Phone, RowFault::FewDigits { digits: digits.len() }));
        };
        Ok(Some(last.iter().collect()))
    }
}

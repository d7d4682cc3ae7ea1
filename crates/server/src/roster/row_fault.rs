//! Why a row is not imported, in English for files and by name for screens.

use portico_sheets::CellFault;
use portico_types::Reason;

/// What is wrong with a row, and what to do, to follow the name of the column.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowFault {
    /// Mostly a comma inside a cell.
    #[error("{cells} cells under {titles} titles; put quotes around cells with commas")]
    MoreCellsThanTitles {
        /// Cells of the row.
        cells: usize,
        /// Cells of the titles.
        titles: usize,
    },
    /// No name in any of its columns.
    #[error("is empty; every guest needs a name")]
    NoName,
    /// The file spoils it.
    #[error(transparent)]
    Cell(#[from] CellFault),
    /// A date where none can be meant.
    #[error("was turned into the date {date} by the spreadsheet; make the column text and type it again")]
    Date {
        /// As `2026-11-21`.
        date: String,
    },
    /// A line break or the like.
    #[error("contains a line break or another control character")]
    ControlCharacter,
    /// A code that a spreadsheet took for a number.
    #[error("was rounded to {number} by a spreadsheet; make the column text, type it again and export again")]
    Rounded {
        /// What is left of it.
        number: String,
    },
    /// An id that cannot stand in an address.
    #[error("may not contain a space or any of / ? # %")]
    IdCharacters,
    /// A ticket code that cannot be typed.
    #[error("may have letters A to Z and digits only")]
    TicketCharacters,
    /// A phone without its last four.
    #[error("has {digits} digits, at least 4 are needed")]
    FewDigits {
        /// How many there are.
        digits: usize,
    },
    /// A ticket code that the file has already.
    #[error("row {row} has the same ticket code")]
    TicketTwice {
        /// Where.
        row: u64,
    },
    /// A ticket code that the roster has already.
    #[error("another guest on the roster has this ticket code")]
    TicketTaken,
    /// An id that the file has already.
    #[error("row {row} has the same id")]
    IdTwice {
        /// Where.
        row: u64,
    },
    /// The same facts as in another row.
    #[error("the same guest as in row {row}; tell them apart by id or ticket code")]
    GuestTwice {
        /// Where.
        row: u64,
    },
}

impl RowFault {
    /// The same for screens.
    pub(crate) fn reason(&self) -> Reason {
        match self {
            Self::MoreCellsThanTitles { cells, titles } => {
                Reason::new("more_cells_than_titles", self, &[("cells", cells), ("titles", titles)])
            }
            Self::NoName => Reason::new("no_name", self, &[]),
            Self::Cell(CellFault::Long { characters }) => {
                Reason::new("long", self, &[("characters", characters)])
            }
            Self::Cell(CellFault::FormulaError { error }) => {
                Reason::new("formula_error", self, &[("error", error)])
            }
            Self::Cell(CellFault::FormulaWithoutValue) => Reason::new("formula_without_value", self, &[]),
            Self::Cell(CellFault::ManyDigits) => Reason::new("many_digits", self, &[]),
            Self::Date { date } => Reason::new("date", self, &[("date", date)]),
            Self::ControlCharacter => Reason::new("control_character", self, &[]),
            Self::Rounded { number } => Reason::new("rounded", self, &[("number", number)]),
            Self::IdCharacters => Reason::new("id_characters", self, &[]),
            Self::TicketCharacters => Reason::new("ticket_characters", self, &[]),
            Self::FewDigits { digits } => Reason::new("few_digits", self, &[("digits", digits)]),
            Self::TicketTwice { row } => Reason::new("ticket_twice", self, &[("row", row)]),
            Self::TicketTaken => Reason::new("ticket_taken", self, &[]),
            Self::IdTwice { row } => Reason::new("id_twice", self, &[("row", row)]),
            Self::GuestTwice { row } => Reason::new("guest_twice", self, &[("row", row)]),
        }
    }
}

#[cfg(test)]
mod tests {
    use portico_testkit::assert_screens_say;

    use super::*;

    #[test]
    fn screens_can_say_every_fault_in_their_own_language() {
        for fault in [
            RowFault::MoreCellsThanTitles { cells: 9, titles: 8 },
            RowFault::NoName,
            CellFault::Long { characters: 200 }.into(),
            CellFault::FormulaError { error: "#N/A".to_owned() }.into(),
            CellFault::FormulaWithoutValue.into(),
            CellFault::ManyDigits.into(),
            RowFault::Date { date: "2026-11-21".to_owned() },
            RowFault::ControlCharacter,
            RowFault::Rounded { number: "9.12E+08".to_owned() },
            RowFault::IdCharacters,
            RowFault::TicketCharacters,
            RowFault::FewDigits { digits: 2 },
            RowFault::TicketTwice { row: 9 },
            RowFault::TicketTaken,
            RowFault::IdTwice { row: 9 },
            RowFault::GuestTwice { row: 9 },
        ] {
            let reason = fault.reason();
            assert_screens_say("import", &reason);
            assert_eq!(reason.text, fault.to_string(), "in files it stands in English");
        }
    }
}

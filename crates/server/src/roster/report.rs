//! What an import came to, and the bad rows as a file that can be mended and imported again.

use std::io::Write;

use portico_sheets::{Cell, TableRow, Value, WriteFault, write_csv};

use super::{GuestRow, RowFault};

/// The column that the file of bad rows has beyond those of the roster.
const REASON: &str = "reason";

/// A cell that keeps its row from being imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Line of the file at which the row begins, or its number in the sheet; the titles are usually line 1.
    pub row: u64,
    /// Title of the column, as the file has it.
    pub column: String,
    /// What is wrong.
    pub fault: RowFault,
    /// The row as it stands in the file.
    pub cells: Vec<String>,
}

/// Which column is for what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedColumn {
    /// What it is for, such as `phone`.
    pub field: &'static str,
    /// Its title in the file.
    pub title: String,
}

/// What an import came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// What the file is and what had to be guessed, in words for operators.
    pub source: String,
    /// The titles of all columns.
    pub titles: Vec<String>,
    /// Which of them is for what.
    pub columns: Vec<MappedColumn>,
    /// Columns that nobody reads.
    pub unknown_columns: Vec<String>,
    /// Guests who are new.
    pub added: usize,
    /// Guests who were known and have changed.
    pub updated: usize,
    /// Guests who were known just so.
    pub unchanged: usize,
    /// Rows that were skipped.
    pub bad_rows: Vec<BadRow>,
}

/// What an import would come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RosterPreview {
    /// What would be added, updated and skipped.
    pub report: ImportReport,
    /// The first good rows as they would be taken, each with its line.
    pub first_rows: Vec<(u64, GuestRow)>,
}

impl BadRow {
    pub(crate) fn new(row: &TableRow, column: String, fault: RowFault) -> Self {
        let cells = row.cells.iter().map(|cell| Cell::shown(cell).to_owned()).collect();
        Self { row: row.line, column, fault, cells }
    }
}

impl ImportReport {
    /// Writes the bad rows as CSV: their cells as they stand in the file, and behind them what is wrong. Mended, it can
    /// be imported as it is.
    pub fn write_bad_rows(&self, out: impl Write) -> Result<(), WriteFault> {
        // A file that was mended once has the column already.
        let kept: Vec<usize> = (0..self.titles.len()).filter(|place| self.titles[*place] != REASON).collect();
        let mut titles: Vec<&str> = kept.iter().map(|place| self.titles[*place].as_str()).collect();
        titles.push(REASON);
        let rows: Vec<Vec<Value>> =
            self.bad_rows.iter().map(|bad| cells(bad, &kept, self.titles.len())).collect();
        write_csv(out, &titles, &rows)
    }
}

fn cells(bad: &BadRow, kept: &[usize], titles: usize) -> Vec<Value> {
    let cell = |place: usize| Value::Text(bad.cells.get(place).cloned().unwrap_or_default());
    let mut cells: Vec<Value> = kept.iter().map(|place| cell(*place)).collect();
    cells.push(Value::Text(format!("row {}, column {}: {}", bad.row, bad.column, bad.fault)));
    // Cells without a title go last, where they are seen and hurt nobody.
    cells.extend((titles..bad.cells.len()).map(cell));
    cells
}

//! Reads a roster: a table of guests, from CSV or a workbook. Bad rows are listed and good ones read all the same.
//!
//! Knows the file only; whether a guest is new is decided where the roster is kept.

mod columns;
mod fault;
mod options;
mod person;
mod report;
mod row;
mod row_fault;
mod synonyms;

use portico_sheets::Table;

pub use fault::RosterError;
pub use options::RosterOptions;
pub use report::{BadRow, ImportReport, MappedColumn, RosterPreview};
pub use row::GuestRow;
pub use row_fault::RowFault;

pub(crate) use columns::Columns;
pub(crate) use synonyms::Column;

use crate::progress::{Phase, Progress, Watch};

/// The readable rows of a file, each with its line, and the others.
#[derive(Debug)]
pub(crate) struct Roster {
    /// Which column is which.
    pub(crate) columns: Columns,
    /// Good rows: their place among all rows of the table, and what they say.
    pub(crate) rows: Vec<(usize, GuestRow)>,
    /// What the file is, and its bad rows.
    pub(crate) report: ImportReport,
    /// The file itself, for rows that turn out to be bad later.
    pub(crate) table: Table,
}

impl Roster {
    /// Reads a whole file.
    pub(crate) fn read(
        bytes: &[u8],
        options: &RosterOptions,
        watch: &dyn Watch,
    ) -> Result<Self, RosterError> {
        let table = portico_sheets::read(bytes, &options.read, &mut |rows| {
            watch.progress(Progress { phase: Phase::Reading, done: rows as u64, total: None });
            if watch.is_stopped() {
                std::ops::ControlFlow::Break(())
            } else {
                std::ops::ControlFlow::Continue(())
            }
        })?;
        let columns = Columns::find(&table.titles, &options.map)?;
        let report = ImportReport {
            source: table.source.to_string(),
            titles: table.titles.clone(),
            columns: columns.mapped(),
            unknown_columns: columns.unknown().to_vec(),
            ..ImportReport::default()
        };
        let mut roster = Self { columns, rows: Vec::new(), report, table };
        for (place, row) in roster.table.rows.iter().enumerate() {
            match row::read(&roster.columns, row) {
                Ok(guest) => roster.rows.push((place, guest)),
                Err(bad) => roster.report.bad_rows.push(BadRow::new(row, bad.column, bad.fault)),
            }
        }
        Ok(roster)
    }
}

#[cfg(test)]
mod tests;

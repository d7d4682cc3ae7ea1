//! XLSX workbooks. Cells are taken as they stream by: a sheet may claim a billion cells and have two.

mod shared_strings;

use std::io::Cursor;
use std::ops::ControlFlow;

use calamine::{DataRef, ExcelDateTime, Reader as _, SheetType, Xlsx, XlsxCellReader, XlsxError};

use crate::archive::{Archive, ArchiveFault};
use crate::delimited;
use crate::fault::SheetFault;
use crate::limits::{Spent, TableLimits};
use crate::numbers::typed;
use crate::read::ReadOptions;
use crate::table::{Cell, CellFault, Source, Table, TableRow};

/// Rows between two looks at whoever watches.
const ROWS_PER_LOOK: usize = 1_000;

/// Reads one sheet.
pub(crate) fn read(
    bytes: &[u8],
    options: &ReadOptions,
    watch: &mut dyn FnMut(usize) -> ControlFlow<()>,
) -> Result<Table, SheetFault> {
    check(bytes, &options.limits)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(fault)?;
    let (sheet, others) = choose(&workbook, options.sheet.as_deref())?;
    let cells = workbook.worksheet_cells_reader(&sheet).map_err(fault)?;
    let mut gathering = Gathering::new(&options.limits, watch);
    gathering.all(cells)?;
    let Gathering { titles, rows, formulas, .. } = gathering;
    let source = Source::Xlsx { sheet, others, formulas };
    Ok(Table { source, titles: titles.ok_or(SheetFault::Empty)?, rows })
}

/// The library unpacks whatever it is told to; so this is done once before, under limits, to nowhere.
fn check(bytes: &[u8], limits: &TableLimits) -> Result<(), SheetFault> {
    let mut archive = Archive::open(Cursor::new(bytes), &limits.archive)?;
    if archive.names().any(|name| name == "mimetype" || name == "content.xml") {
        return Err(SheetFault::Kind { found: "an OpenDocument file (ODS)" });
    }
    if archive.names().any(|name| name == "xl/workbook.bin") {
        return Err(SheetFault::Kind { found: "a binary workbook (XLSB)" });
    }
    if !archive.names().any(|name| name == "[Content_Types].xml") {
        return Err(SheetFault::Kind { found: "a ZIP archive and no workbook" });
    }
    archive.check_contents(shared_strings::are_in, |content| shared_strings::check(content, limits.cells))
}

fn choose<R: std::io::Read + std::io::Seek>(
    workbook: &Xlsx<R>,
    wanted: Option<&str>,
) -> Result<(String, Vec<String>), SheetFault> {
    let sheets = workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let mut names: Vec<String> = sheets.map(|sheet| sheet.name.clone()).collect();
    let place = match wanted {
        None if names.is_empty() => return Err(SheetFault::Empty),
        None => 0,
        Some(wanted) => names
            .iter()
            .position(|name| name == wanted)
            .ok_or_else(|| SheetFault::NoSheet { wanted: wanted.to_owned(), found: names.join(", ") })?,
    };
    let sheet = names.remove(place);
    Ok((sheet, names))
}

/// Puts cells together to rows.
struct Gathering<'a> {
    limits: &'a TableLimits,
    watch: &'a mut dyn FnMut(usize) -> ControlFlow<()>,
    titles: Option<Vec<String>>,
    rows: Vec<TableRow>,
    row: TableRow,
    formulas: usize,
    spent: Spent,
}

impl<'a> Gathering<'a> {
    fn new(limits: &'a TableLimits, watch: &'a mut dyn FnMut(usize) -> ControlFlow<()>) -> Self {
        let row = TableRow { line: 1, cells: Vec::new() };
        Self { limits, watch, titles: None, rows: Vec::new(), row, formulas: 0, spent: Spent::default() }
    }

    fn all<R: std::io::Read + std::io::Seek>(
        &mut self,
        mut cells: XlsxCellReader<'_, R>,
    ) -> Result<(), SheetFault> {
        while let Some(record) = cells.next_cell_with_formula_metadata().map_err(fault)? {
            let (row, column) = (u64::from(record.pos.0) + 1, record.pos.1 as usize);
            let is_formula = record.formula.is_some();
            if record.value == DataRef::Empty && !is_formula {
                continue;
            }
            if row != self.row.line {
                self.finish_row()?;
                self.row.line = row;
            }
            if column >= self.limits.columns {
                return Err(SheetFault::Columns { row, limit: self.limits.columns });
            }
            self.formulas += usize::from(is_formula);
            let cell = cell(&record.value, is_formula, self.limits);
            // A cell makes room for all to its left.
            let made = (column + 1).saturating_sub(self.row.cells.len());
            self.spent.add(made, cell.shown().len(), self.limits)?;
            if self.row.cells.len() <= column {
                self.row.cells.resize(column + 1, Cell::Text(String::new()));
            }
            self.row.cells[column] = cell;
        }
        self.finish_row()
    }

    fn finish_row(&mut self) -> Result<(), SheetFault> {
        let cells = std::mem::take(&mut self.row.cells);
        if cells.iter().all(Cell::is_blank) {
            return Ok(());
        }
        if self.titles.is_none() {
            self.titles = Some(cells.iter().map(|cell| cell.shown().to_owned()).collect());
            return Ok(());
        }
        if self.rows.len() == self.limits.rows {
            return Err(SheetFault::Rows { limit: self.limits.rows });
        }
        self.rows.push(TableRow { line: self.row.line, cells });
        if self.rows.len().is_multiple_of(ROWS_PER_LOOK) && (self.watch)(self.rows.len()).is_break() {
            return Err(SheetFault::Stopped);
        }
        Ok(())
    }
}

fn cell(value: &DataRef<'_>, is_formula: bool, limits: &TableLimits) -> Cell {
    match value {
        DataRef::String(text) => delimited::cell(text.trim(), limits),
        DataRef::SharedString(text) => delimited::cell(text.trim(), limits),
        DataRef::Int(number) => Cell::Text(number.to_string()),
        DataRef::Float(number) => number_cell(*number),
        DataRef::Bool(truth) => Cell::Text(if *truth { "TRUE" } else { "FALSE" }.to_owned()),
        DataRef::DateTime(time) => Cell::Date(date(time)),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::Date(text.clone()),
        DataRef::Error(error) => Cell::Spoiled {
            shown: error.to_string(),
            fault: CellFault::FormulaError { error: error.to_string() },
        },
        DataRef::Empty if is_formula => {
            Cell::Spoiled { shown: String::new(), fault: CellFault::FormulaWithoutValue }
        }
        DataRef::Empty => Cell::Text(String::new()),
    }
}

fn number_cell(number: f64) -> Cell {
    let spoiled = || Cell::Spoiled { shown: format!("{number:E}"), fault: CellFault::ManyDigits };
    typed(number).map_or_else(spoiled, Cell::Text)
}

fn date(time: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, ..) = time.to_ymd_hms_milli();
    if time.as_f64() < 1.0 {
        return format!("{hour:02}:{minute:02}");
    }
    format!("{year:04}-{month:02}-{day:02}")
}

fn fault(error: XlsxError) -> SheetFault {
    match error {
        XlsxError::Password => SheetFault::Password,
        XlsxError::Zip(error) => ArchiveFault::Broken(error.to_string()).into(),
        error => SheetFault::Workbook(error.to_string()),
    }
}

#[cfg(test)]
mod tests;

//! Tables to hand out. No text of a guest becomes a formula in the spreadsheet of whoever opens them.

use std::borrow::Cow;
use std::io::Write;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};

/// What spreadsheets take for the begin of a formula.
const FORMULA_BEGINS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
/// What ends a cell for a spreadsheet that separates lists by something other than our comma, as German Excel does: to it
/// our quotes stand in the middle of a cell and protect nothing.
const CELL_ENDS: [char; 5] = [';', '\t', '|', '\r', '\n'];
/// Widest column, in characters.
const WIDEST: usize = 60;
/// Rows that the widths of columns are measured by.
const MEASURED_ROWS: usize = 200;

/// Why a table cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteFault {
    /// As CSV.
    #[error("the CSV file cannot be written: {0}")]
    Csv(#[from] csv::Error),
    /// As a workbook.
    #[error("the workbook cannot be written: {0}")]
    Xlsx(#[from] XlsxError),
    /// The file fails.
    #[error("the file cannot be written: {0}")]
    Io(#[from] std::io::Error),
}

/// A cell to be written.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// A time on the wall.
    Time(Civil),
}

/// Date and time of day on somebody's wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// Year, 1900 to 9999.
    pub year: u16,
    /// Month, from 1.
    pub month: u8,
    /// Day, from 1.
    pub day: u8,
    /// Hour.
    pub hour: u8,
    /// Minute.
    pub minute: u8,
    /// Second.
    pub second: u8,
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        Self::Text(text.unwrap_or_default())
    }
}

impl Value {
    /// As it stands in a CSV file.
    fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => neutral(text),
            Self::Number(number) => number.to_string().into(),
            Self::Time(t) => format!(
                "{:04}-{:02}-{:02} {:02}:{:02}:{:02}",
                t.year, t.month, t.day, t.hour, t.minute, t.second
            )
            .into(),
        }
    }
}

/// Text that no spreadsheet takes for a formula, nor any part of it behind what another spreadsheet takes for the end of
/// a cell: an apostrophe is put before what would begin one.
pub fn neutral(text: &str) -> Cow<'_, str> {
    let mut safe = String::new();
    let mut copied = 0;
    for place in formula_begins(text) {
        safe.push_str(&text[copied..place]);
        safe.push('\'');
        copied = place;
    }
    if safe.is_empty() { text.into() } else { (safe + &text[copied..]).into() }
}

/// Text without the apostrophes of [`neutral`], so that what was handed out can be read again.
pub fn restored(text: &str) -> Cow<'_, str> {
    let mut plain = String::new();
    let mut copied = 0;
    for place in formula_begins(text).filter(|place| text[*place..].starts_with('\'')) {
        plain.push_str(&text[copied..place]);
        copied = place + 1;
    }
    if copied == 0 { text.into() } else { (plain + &text[copied..]).into() }
}

/// Where a formula would begin, with or without apostrophes before it: at the begin, and behind the ends of cells.
fn formula_begins(text: &str) -> impl Iterator<Item = usize> {
    let behind = text.match_indices(CELL_ENDS).map(|(place, end)| {
        let rest = &text[place + end.len()..];
        // A quote would be the begin of a quoted cell.
        text.len() - rest.trim_start_matches(['"', ' ']).len()
    });
    let is_begin = |place: &usize| text[*place..].trim_start_matches('\'').starts_with(FORMULA_BEGINS);
    std::iter::once(0).chain(behind).filter(is_begin)
}

/// Writes CSV in UTF-8, with the mark by which spreadsheets know it and commas between cells.
pub fn write_csv<'r>(
    mut out: impl Write,
    titles: &[&str],
    rows: impl IntoIterator<Item = &'r Vec<Value>>,
) -> Result<(), WriteFault> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(out);
    csv.write_record(titles.iter().map(|title| neutral(title)).map(Cow::into_owned))?;
    for row in rows {
        csv.write_record(row.iter().map(|value| value.text().into_owned()))?;
    }
    csv.flush()?;
    Ok(())
}

/// Writes a workbook of one sheet. Text is written as text, which is never evaluated.
pub fn write_xlsx(
    out: impl Write + Send,
    sheet_name: &str,
    titles: &[&str],
    rows: &[Vec<Value>],
) -> Result<(), WriteFault> {
    let mut workbook = Workbook::new();
    let (bold, time) = (Format::new().set_bold(), Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"));
    let sheet = workbook.add_worksheet().set_name(sheet_name)?;
    for (column, title) in titles.iter().enumerate() {
        sheet.write_string_with_format(0, column as u16, *title, &bold)?;
        sheet.set_column_width(column as u16, width(column, title, rows))?;
    }
    for (row, values) in rows.iter().enumerate() {
        for (column, value) in values.iter().enumerate() {
            let (row, column) = (row as u32 + 1, column as u16);
            match value {
                Value::Text(text) if text.is_empty() => continue,
                Value::Text(text) => sheet.write_string(row, column, text)?,
                Value::Number(number) => sheet.write_number(row, column, *number)?,
                Value::Time(t) => {
                    let at = ExcelDateTime::from_ymd(t.year, t.month, t.day)?.and_hms(
                        u16::from(t.hour),
                        t.minute,
                        f64::from(t.second),
                    )?;
                    sheet.write_datetime_with_format(row, column, &at, &time)?
                }
            };
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    if let Some(last) = titles.len().checked_sub(1) {
        sheet.autofilter(0, 0, rows.len() as u32, last as u16)?;
    }
    workbook.save_to_writer(out)?;
    Ok(())
}

/// The width that a column's title and first rows need. A Chinese character is two wide.
fn width(column: usize, title: &str, rows: &[Vec<Value>]) -> f64 {
    let wide = |text: &str| text.chars().map(|c| if c > '\u{2e80}' { 2 } else { 1 }).sum::<usize>();
    let cells =
        rows.iter().take(MEASURED_ROWS).filter_map(|row| row.get(column)).map(|value| wide(&value.text()));
    (cells.max().unwrap_or(0).max(wide(title)).min(WIDEST) + 2) as f64
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::*;
    use crate::read::{ReadOptions, read};
    use crate::table::{Cell, Source, Table};

    const NOON: Civil = Civil { year: 2026, month: 11, day: 21, hour: 12, minute: 5, second: 9 };

    fn rows() -> Vec<Vec<Value>> {
        let evil = ["=HYPERLINK(\"http://a.test\")", "+49 30 1", "-1+1", "@SUM(A1)", "\tx", "\rx"];
        evil.into_iter().map(|text| vec![Value::from(text), Value::Number(0.5), Value::Time(NOON)]).collect()
    }

    fn table(bytes: &[u8]) -> Table {
        read(bytes, &ReadOptions::default(), &mut |_| ControlFlow::Continue(())).unwrap()
    }

    #[test]
    fn no_text_begins_a_formula_in_a_csv_file() {
        let mut bytes = Vec::new();
        write_csv(&mut bytes, &["=title", "share", "at"], &rows()).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let text = text.strip_prefix('\u{feff}').unwrap();
        let mut csv = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        for record in csv.records() {
            let first = record.unwrap()[0].to_owned();
            assert!(first.starts_with('\''), "{first:?} would be evaluated");
        }
        assert!(text.contains("0.5,2026-11-21 12:05:09\r\n"), "{text}");
    }

    #[test]
    fn no_part_of_a_text_begins_a_formula_where_other_signs_end_a_cell() {
        for (text, bare) in [
            ("a;=1+1", ";="),
            ("Acme;=HYPERLINK(A1);x", ";="),
            ("a|@SUM(A1)", "|@"),
            ("a\t-1", "\t-"),
            ("two\r\n+49", "\n+"),
            ("a; \"=1", "\"="),
            (";\t=1", "\t="),
        ] {
            let safe = neutral(text);
            assert!(!safe.contains(bare), "{safe:?}");
            assert_eq!(restored(&safe), text);
        }
        for text in ["Acme; Söhne", "a=b", "x - y", "", ";", "a;'b'", "'", "Bo's;Ida's"] {
            assert_eq!(neutral(text), text);
            assert_eq!(restored(text), text);
        }
        for text in ["'=1", "a;'=1", "''-x;''=y"] {
            assert_eq!(restored(&neutral(text)), text, "an apostrophe that was there before stays");
        }
    }

    #[test]
    fn what_was_handed_out_reads_as_it_was() {
        let rows: Vec<Vec<Value>> =
            ["=1+1", "-Bo", "'quoted'", "'", "Ada"].map(|text| vec![Value::from(text)]).into();
        let mut bytes = Vec::new();
        write_csv(&mut bytes, &["name"], &rows).unwrap();
        let read: Vec<Value> =
            table(&bytes).rows.iter().map(|row| Value::from(row.cells[0].shown())).collect();
        assert_eq!(read, rows.concat());
    }

    #[test]
    fn a_workbook_holds_text_as_text_and_times_as_times() {
        let mut bytes = Vec::new();
        write_xlsx(&mut bytes, "Check-ins", &["name", "share", "at"], &rows()).unwrap();
        let table = table(&bytes);
        assert!(matches!(&table.source, Source::Xlsx { formulas: 0, sheet, .. } if sheet == "Check-ins"));
        assert_eq!(table.rows[0].cells[0].shown(), "=HYPERLINK(\"http://a.test\")");
        assert_eq!(table.rows[0].cells[1], Cell::Text("0.5".into()));
        assert_eq!(table.rows[0].cells[2], Cell::Date("2026-11-21".into()));
    }
}

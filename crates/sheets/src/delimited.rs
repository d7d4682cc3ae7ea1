//! Text files of cells between commas, semicolons, tabs or bars.

use std::ops::ControlFlow;

use csv::{ReaderBuilder, StringRecord};

use crate::fault::SheetFault;
use crate::limits::{Spent, TableLimits};
use crate::records::{Records, line_ends};
use crate::table::{Cell, CellFault, Source, Table, TableRow};
use crate::write::restored;

/// In the order in which they win a draw.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Rows that the guess of the delimiter looks at.
const LOOKED_AT_ROWS: usize = 20;
/// Cells of the widest row that a spreadsheet writes. A blank row may be wider than the limit, but no wider than this.
const WIDEST_ROW: usize = 16_384;
/// Rows between two looks at whoever watches.
const ROWS_PER_LOOK: usize = 1_000;
/// How much is shown of a cell that is too long.
const SHOWN_CHARS: usize = 60;

pub(crate) fn read(
    text: &str,
    encoding: &'static str,
    limits: &TableLimits,
    watch: &mut dyn FnMut(usize) -> ControlFlow<()>,
) -> Result<Table, SheetFault> {
    let (named, body, skipped) = announced(text);
    let delimiter = named.unwrap_or_else(|| guess(body));
    check(body, delimiter, skipped, limits)?;
    let mut csv = reader(body, delimiter);
    let mut record = StringRecord::new();
    let mut titles = None;
    let mut rows = Vec::new();
    let mut spent = Spent::default();
    let mut lines = Lines { text: body, counted: 0, line: 1 + skipped };
    while csv.read_record(&mut record)? {
        let line = lines.of(record.position().map_or(0, csv::Position::byte) as usize);
        if record.iter().all(str::is_empty) {
            continue;
        }
        spent.add(record.len(), record.as_slice().len(), limits)?;
        if titles.is_none() {
            titles = Some(record.iter().map(|cell| restored(cell).into_owned()).collect());
            continue;
        }
        if rows.len() == limits.rows {
            return Err(SheetFault::Rows { limit: limits.rows });
        }
        rows.push(TableRow { line, cells: record.iter().map(|text| cell(text, limits)).collect() });
        if rows.len() % ROWS_PER_LOOK == 0 && watch(rows.len()).is_break() {
            return Err(SheetFault::Stopped);
        }
    }
    let source = Source::Csv { encoding, delimiter: char::from(delimiter) };
    Ok(Table { source, titles: titles.ok_or(SheetFault::Empty)?, rows })
}

/// Counts lines. The parser's own count does not see the blank lines before a row.
struct Lines<'a> {
    text: &'a str,
    counted: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of the first cell behind `begin`, which grows from call to call.
    fn of(&mut self, begin: usize) -> u64 {
        let bytes = self.text.as_bytes();
        let blank = bytes.iter().skip(begin).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let begin = (begin + blank).min(bytes.len()).max(self.counted);
        self.line += line_ends(&bytes[self.counted..begin]);
        self.counted = begin;
        self.line
    }
}

/// A cell of text, unless it is longer than allowed.
pub(crate) fn cell(text: &str, limits: &TableLimits) -> Cell {
    let text = &*restored(text);
    // Bytes are counted first, since there are never fewer of them than characters.
    if text.len() > limits.cell_chars && text.chars().count() > limits.cell_chars {
        let shown = text.chars().take(SHOWN_CHARS).collect();
        return Cell::Spoiled { shown, fault: CellFault::Long { characters: limits.cell_chars } };
    }
    Cell::Text(text.to_owned())
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes())
}

/// What a first line such as `sep=;`, which Excel writes, announces; the text after it, and how many lines it took.
fn announced(text: &str) -> (Option<u8>, &str, u64) {
    let end = text.find(['\r', '\n']).unwrap_or(text.len());
    let rest = text[end..].strip_prefix("\r\n").unwrap_or_else(|| text.get(end + 1..).unwrap_or_default());
    match text[..end].strip_prefix("sep=").map(str::as_bytes) {
        Some(&[delimiter]) if DELIMITERS.contains(&delimiter) => (Some(delimiter), rest, 1),
        _ => (None, text, 0),
    }
}

/// The delimiter under which most of the first rows have as many cells as the titles, and more than one; of those that
/// are alike in this, the one that makes most columns.
fn guess(text: &str) -> u8 {
    let score = |delimiter: u8| {
        let rows = Records::of(text, delimiter).take(LOOKED_AT_ROWS).filter(|record| !record.is_blank);
        let mut widths = rows.map(|record| record.width);
        let columns = widths.next().unwrap_or(0);
        if columns < 2 { (0, 0) } else { (1 + widths.filter(|width| *width == columns).count(), columns) }
    };
    // The last of several greatest wins `max_by_key`.
    DELIMITERS.into_iter().rev().max_by_key(|delimiter| score(*delimiter)).unwrap_or(b',')
}

/// Refuses rows of too many cells, and a quote that is never closed, before the parser makes cells of them.
fn check(text: &str, delimiter: u8, skipped: u64, limits: &TableLimits) -> Result<(), SheetFault> {
    for record in Records::of(text, delimiter) {
        let most = if record.is_blank { limits.columns.max(WIDEST_ROW) } else { limits.columns };
        if record.width > most {
            return Err(SheetFault::Columns { row: record.line + skipped, limit: limits.columns });
        }
        if let Some(line) = record.unclosed {
            return Err(SheetFault::Quote { line: line + skipped });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        read(text, "UTF-8", &TableLimits::default(), &mut |_| ControlFlow::Continue(())).unwrap()
    }

    fn fault(text: &str, limits: &TableLimits) -> SheetFault {
        read(text, "UTF-8", limits, &mut |_| ControlFlow::Continue(())).unwrap_err()
    }

    fn shown(row: &TableRow) -> Vec<&str> {
        row.cells.iter().map(Cell::shown).collect()
    }

    #[test]
    fn the_delimiter_is_guessed_from_rows_and_not_from_titles_alone() {
        for (text, delimiter) in [
            ("name,phone\nAda,1\n", ','),
            ("Name;Firma, Ort;Telefon\nIda;\"A, B\";1\nBo;C, D;2\n", ';'),
            ("name\tphone\nLovelace, Ada\t1\n", '\t'),
            ("name|phone\nAda|1\n", '|'),
            ("name\nAda\nBo\n", ','),
            ("sep=;\nname;phone\nAda;1\n", ';'),
        ] {
            let table = table(text);
            assert_eq!(table.source, Source::Csv { encoding: "UTF-8", delimiter }, "{text}");
            assert_eq!(table.titles.len(), table.rows[0].cells.len(), "{text}");
        }
    }

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        let quoted = table("\r\nname,note\r\n\"Weiß, Ida\",\"two\nlines\"\r\n\r\nBo,\"say \"\"hi\"\"\"\r\n");
        assert_eq!(shown(&quoted.rows[0]), ["Weiß, Ida", "two\nlines"]);
        assert_eq!(shown(&quoted.rows[1]), ["Bo", "say \"hi\""]);
        assert_eq!(quoted.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 6]);
        assert_eq!(table("sep=;\nname;x\nAda;1\n").rows[0].line, 3);
        let old = table("name\rAda\r\r\"B\ro\"\rCy\r");
        assert_eq!(
            old.rows.iter().map(|row| row.line).collect::<Vec<_>>(),
            [2, 4, 6],
            "line ends of old Macs"
        );
        assert_eq!(table("sep=;\rname;x\rAda;1\r").rows[0].line, 3);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_named_by_its_line() {
        let limits = TableLimits::default();
        for text in ["name,note\nAda,ok\nBo,\"oops\nCy,ok\n", "name,note\nAda,\"a \"\"b\"\"\"\nBo,\"c\"\"\n"]
        {
            let fault = fault(text, &limits);
            assert!(matches!(fault, SheetFault::Quote { line: 3 }), "{fault}");
            let fault = self::fault(&text.replace('\n', "\r"), &limits);
            assert!(matches!(fault, SheetFault::Quote { line: 3 }), "{fault}");
        }
        assert_eq!(table("name,size\nAda,5\" disk\n").rows[0].cells[1].shown(), "5\" disk", "no quoted cell");
    }

    #[test]
    fn more_than_the_limits_is_refused_with_the_limit() {
        let limits = TableLimits { rows: 2, columns: 3, cell_chars: 5, ..TableLimits::default() };
        assert!(matches!(fault("n\n1\n2\n3\n", &limits), SheetFault::Rows { limit: 2 }));
        assert!(matches!(fault("n,a\n1,2,3,4\n", &limits), SheetFault::Columns { row: 2, limit: 3 }));
        let few = TableLimits { cells: 5, ..TableLimits::default() };
        assert!(matches!(fault("n,a\n1,2\n3,4\n", &few), SheetFault::Cells { limit: 5 }));
        let short = TableLimits { text_bytes: 5, ..TableLimits::default() };
        assert!(matches!(fault("n,a\n1,2\n3,4\n", &short), SheetFault::Text { limit_bytes: 5 }));
        let table = read("n\nabcdefg\n", "UTF-8", &limits, &mut |_| ControlFlow::Continue(())).unwrap();
        assert!(matches!(
            &table.rows[0].cells[0],
            Cell::Spoiled { fault: CellFault::Long { characters: 5 }, .. }
        ));
    }

    #[test]
    fn a_line_of_nothing_but_commas_is_refused_before_it_is_taken_apart() {
        let limits = TableLimits::default();
        let commas = ",".repeat(20_000);
        let wide = fault(&format!("name\nAda\n{commas}\n"), &limits);
        assert!(matches!(wide, SheetFault::Columns { row: 3, limit: 200 }), "{wide}");
        assert!(matches!(fault(&commas, &limits), SheetFault::Columns { row: 1, .. }));
        let blank = format!("name,x\nAda,1\n{}\nBo,2\n", &commas[..1_000]);
        assert_eq!(table(&blank).rows.len(), 2, "a spreadsheet's blank row is skipped, however wide");
    }

    #[test]
    fn a_watcher_can_stop_the_reading() {
        let text = format!("name\n{}", "Ada\n".repeat(5_000));
        let mut seen = Vec::new();
        let stopped = read(&text, "UTF-8", &TableLimits::default(), &mut |rows| {
            seen.push(rows);
            if rows < 2_000 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        assert!(matches!(stopped, Err(SheetFault::Stopped)));
        assert_eq!(seen, [1_000, 2_000]);
    }
}

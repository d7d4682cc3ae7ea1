//! Reads a roster file: CSV with a header, in UTF-8. Bad rows are listed and good ones read all the same.
//!
//! Knows the file only; whether a guest is new is decided where the roster is kept.

mod header;
mod row;

use std::io::Read;

use csv::ReaderBuilder;

pub use row::GuestRow;

use header::Columns;

/// Largest accepted roster file: 200,000 guests at 150 bytes each.
const LARGEST_FILE_BYTES: u64 = 32 * 1024 * 1024;

/// Why nothing at all could be read.
#[derive(Debug, thiserror::Error)]
pub enum RosterError {
    /// The file cannot be read.
    #[error("the roster cannot be read: {0}")]
    Read(#[from] std::io::Error),
    /// The file is too large to be a roster.
    #[error("the roster is larger than {} MB", LARGEST_FILE_BYTES / 1024 / 1024)]
    TooLarge,
    /// The bytes are not UTF-8.
    #[error("the roster is not UTF-8 (first at byte {0}); save it as \"CSV UTF-8\"")]
    NotUtf8(usize),
    /// There is no first line.
    #[error("the roster is empty; its first line must name the columns, `name` among them")]
    NoHeader,
    /// No column holds names.
    #[error("the roster has no column `name`; found: {0}")]
    NoNameColumn(String),
    /// Two columns have the same name.
    #[error("the roster has two columns `{0}`")]
    TwiceTheColumn(String),
    /// The CSV structure is broken.
    #[error("the roster is no CSV file: {0}")]
    Csv(#[from] csv::Error),
}

/// A cell that keeps its row from being imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Line of the file at which the row begins; the header is line 1.
    pub row: u64,
    /// Name of the column.
    pub column: String,
    /// What is wrong, in words for operators.
    pub reason: String,
}

/// What an import came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Guests who are new.
    pub added: usize,
    /// Guests who were known and have changed.
    pub updated: usize,
    /// Guests who were known just so.
    pub unchanged: usize,
    /// Rows that were skipped.
    pub bad_rows: Vec<BadRow>,
    /// Columns that nobody reads.
    pub unknown_columns: Vec<String>,
}

/// The readable rows of a file, each with its line, and the others.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Good rows.
    pub rows: Vec<(u64, GuestRow)>,
    /// Bad rows.
    pub bad_rows: Vec<BadRow>,
    /// Columns that nobody reads.
    pub unknown_columns: Vec<String>,
}

/// Reads a whole file.
pub fn read(reader: impl Read) -> Result<Sheet, RosterError> {
    let text = text(reader)?;
    let mut csv = ReaderBuilder::new()
        .delimiter(delimiter(&text))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let columns = Columns::read(csv.headers()?)?;
    let mut sheet = Sheet { unknown_columns: columns.unknown().to_vec(), ..Sheet::default() };
    for record in csv.records() {
        let record = record?;
        let line = record.position().map_or(0, csv::Position::line);
        if record.iter().all(str::is_empty) {
            continue;
        }
        match row::read(&columns, &record) {
            Ok(guest) => sheet.rows.push((line, guest)),
            Err(bad) => sheet.bad_rows.push(BadRow { row: line, column: bad.column, reason: bad.reason }),
        }
    }
    Ok(sheet)
}

fn text(reader: impl Read) -> Result<String, RosterError> {
    let mut bytes = Vec::new();
    reader.take(LARGEST_FILE_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_FILE_BYTES {
        return Err(RosterError::TooLarge);
    }
    let text = String::from_utf8(bytes).map_err(|e| RosterError::NotUtf8(e.utf8_error().valid_up_to()))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Spreadsheets in many languages separate by semicolons, since their numbers have commas.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    [b';', b'\t']
        .into_iter()
        .find(|d| header.contains(char::from(*d)) && !header.contains(','))
        .unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_rows_are_read_past_bad_ones() {
        let sheet = read("name,phone\nAda,+44 20 7946 0958\n,123\nBo,12\n".as_bytes()).unwrap();
        assert_eq!(sheet.rows.len(), 1);
        assert_eq!(sheet.rows[0].1.phone_last4.as_deref(), Some("0958"));
        let bad: Vec<_> = sheet.bad_rows.iter().map(|b| (b.row, b.column.as_str())).collect();
        assert_eq!(bad, [(3, "name"), (4, "phone")]);
    }

    #[test]
    fn a_spreadsheet_export_is_read_as_it_comes() {
        let sheet = read("\u{feff}Name;Ticket Code;Seat\r\n\"Weiß; Ida\";ab2;4\r\n\r\n".as_bytes()).unwrap();
        assert_eq!(sheet.rows[0].1.name, "Weiß; Ida");
        assert_eq!(sheet.rows[0].1.ticket_code.as_deref(), Some("AB2"));
        assert_eq!(sheet.unknown_columns, ["Seat"]);
    }

    #[test]
    fn a_file_that_is_no_roster_is_refused_as_a_whole() {
        assert!(matches!(read(&b"name\n\xFF\xFE"[..]), Err(RosterError::NotUtf8(5))));
        assert!(matches!(read(&b""[..]), Err(RosterError::NoHeader)));
        assert!(matches!(read(&b"id,company\n1,x\n"[..]), Err(RosterError::NoNameColumn(_))));
        assert!(matches!(read(&b"name,Name\nA,B\n"[..]), Err(RosterError::TwiceTheColumn(_))));
    }
}

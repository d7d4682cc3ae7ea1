//! Why a file gives no table.

use std::io;

use crate::archive::ArchiveFault;

/// Why a file gives no table, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum SheetFault {
    /// The file cannot be read.
    #[error("the file cannot be read: {0}")]
    Read(#[from] io::Error),
    /// The file is too large.
    #[error("the file is larger than {} MB; split it and import the parts one after the other", .limit_bytes / 1024 / 1024)]
    TooLarge {
        /// The limit.
        limit_bytes: u64,
    },
    /// There is no first line.
    #[error("the file is empty; its first line must name the columns")]
    Empty,
    /// It is a file of another kind.
    #[error("the file is {found}; save it as XLSX or as CSV")]
    Kind {
        /// What it is.
        found: &'static str,
    },
    /// It is an old workbook, or one with a password: both begin alike.
    #[error(
        "the file is an old Excel file (XLS) or one with a password; save it as XLSX or as CSV, without a password"
    )]
    OldWorkbook,
    /// NUL bytes in what should be text.
    #[error(
        "line {line} holds a NUL byte: the file is damaged or no text; save it again as CSV UTF-8 or XLSX"
    )]
    Nul {
        /// Where the first is.
        line: u64,
    },
    /// The bytes are not of the encoding.
    #[error(
        "line {line} is not {encoding} as the rest is; save the file again as CSV UTF-8 or XLSX, or name its encoding"
    )]
    Encoding {
        /// Where it fails.
        line: u64,
        /// What was asked for or guessed.
        encoding: &'static str,
    },
    /// The encoding that was asked for is not known.
    #[error(
        "no encoding is called `{0}`; known are utf-8, utf-16le, windows-1252, gb18030, big5, shift_jis and others"
    )]
    UnknownEncoding(String),
    /// A quote is never closed.
    #[error(
        "the quote that opens in line {line} is never closed; close it, or double it where it is part of the text"
    )]
    Quote {
        /// Where it opens.
        line: u64,
    },
    /// The CSV structure is broken.
    #[error("the file is no CSV file: {0}")]
    Csv(#[from] csv::Error),
    /// Too many rows.
    #[error("the file has more than {limit} rows; split it and import the parts one after the other")]
    Rows {
        /// The limit.
        limit: usize,
    },
    /// Too many cells in a row.
    #[error("row {row} has more than {limit} cells; delete the columns that are not needed")]
    Columns {
        /// The row.
        row: u64,
        /// The limit.
        limit: usize,
    },
    /// Too many cells altogether.
    #[error(
        "the table has more than {limit} cells, blank ones among them; delete the columns that are not needed, or split it"
    )]
    Cells {
        /// The limit.
        limit: usize,
    },
    /// Too much text altogether.
    #[error("the cells hold more than {} MB of text; split the file and import the parts one after the other", .limit_bytes / 1024 / 1024)]
    Text {
        /// The limit.
        limit_bytes: usize,
    },
    /// The workbook's archive is refused.
    #[error("the workbook is refused: {0}")]
    Archive(#[from] ArchiveFault),
    /// The workbook needs a password.
    #[error("the workbook is protected by a password; save it without one")]
    Password,
    /// The workbook is damaged.
    #[error("the workbook cannot be read ({0}); open it and save it again as XLSX or CSV")]
    Workbook(String),
    /// No such sheet.
    #[error("the workbook has no sheet `{wanted}`; it has: {found}")]
    NoSheet {
        /// What was asked for.
        wanted: String,
        /// What there is.
        found: String,
    },
    /// Whoever watches the reading has stopped it.
    #[error("the import was stopped")]
    Stopped,
}

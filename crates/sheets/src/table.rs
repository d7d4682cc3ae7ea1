//! A table as a file gives it: titles and rows of text.

use std::fmt;

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Where it comes from.
    pub source: Source,
    /// The cells of the first row that is not blank.
    pub titles: Vec<String>,
    /// The rows below that are not blank.
    pub rows: Vec<TableRow>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// Line of the file at which it begins, or its number in the sheet; the first is 1.
    pub line: u64,
    /// Its cells, as many as it has.
    pub cells: Vec<Cell>,
}

/// A cell. Formulas are never evaluated: what the program that wrote the workbook computed last stands here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Text without spaces around it, or a number as one would type it.
    Text(String),
    /// A cell that is a date to the spreadsheet, as `2026-11-21`. Codes are often mistaken for one.
    Date(String),
    /// A cell whose content is not to be trusted.
    Spoiled {
        /// What is seen of it.
        shown: String,
        /// What is wrong with it.
        fault: CellFault,
    },
}

/// Why the content of a cell is not to be trusted, and what to do, to follow the name of the column.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CellFault {
    /// Longer than any cell may be.
    #[error("is longer than {characters} characters")]
    Long {
        /// The limit.
        characters: usize,
    },
    /// An error of the spreadsheet's.
    #[error("is the error {error} of a formula; type the value instead")]
    FormulaError {
        /// As the spreadsheet shows it.
        error: String,
    },
    /// A formula whose result the file does not hold.
    #[error("is a formula without a stored value, and formulas are not evaluated; paste its value instead")]
    FormulaWithoutValue,
    /// A number with more digits than a spreadsheet keeps.
    #[error(
        "has more than 15 digits, of which a spreadsheet keeps only the first; make the cell text and type it again"
    )]
    ManyDigits,
}

/// Where a table comes from, and what had to be guessed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A text file.
    Csv {
        /// Its encoding.
        encoding: &'static str,
        /// Between its cells.
        delimiter: char,
    },
    /// A workbook.
    Xlsx {
        /// The sheet that was read.
        sheet: String,
        /// The sheets that were not.
        others: Vec<String>,
        /// How many cells are formulas.
        formulas: usize,
    },
}

impl Cell {
    /// What is seen of the cell.
    pub fn shown(&self) -> &str {
        match self {
            Self::Text(text) | Self::Date(text) | Self::Spoiled { shown: text, .. } => text,
        }
    }

    /// Whether there is nothing in it.
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.is_empty())
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Csv { encoding, delimiter } => {
                let between = match delimiter {
                    '\t' => "tabs",
                    ';' => "semicolons",
                    '|' => "bars",
                    _ => "commas",
                };
                write!(f, "CSV in {encoding}, separated by {between}")
            }
            Self::Xlsx { sheet, others, formulas } => {
                write!(f, "XLSX, sheet `{sheet}`")?;
                if !others.is_empty() {
                    write!(f, " (not read: {})", others.join(", "))?;
                }
                if *formulas > 0 {
                    write!(f, "; {formulas} formula(s) were not evaluated, their stored values are taken")?;
                }
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_says_what_was_guessed() {
        let csv = Source::Csv { encoding: "GBK", delimiter: ';' };
        assert_eq!(csv.to_string(), "CSV in GBK, separated by semicolons");
        let sheet = Source::Xlsx { sheet: "Guests".into(), others: vec!["Notes".into()], formulas: 2 };
        let text = sheet.to_string();
        assert!(
            text.contains("`Guests`") && text.contains("Notes") && text.contains("2 formula(s)"),
            "{text}"
        );
    }
}

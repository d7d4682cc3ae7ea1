//! How much a file may hold.

use crate::fault::SheetFault;

const MIB: u64 = 1024 * 1024;

/// How much a table may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableLimits {
    /// Bytes of the file.
    pub file_bytes: u64,
    /// Rows below the titles.
    pub rows: usize,
    /// Cells of a row.
    pub columns: usize,
    /// Cells of all rows together, blank ones among them: each takes room, also where a row has one cell far to the right.
    pub cells: usize,
    /// Characters of a cell; a longer one spoils its row only.
    pub cell_chars: usize,
    /// Bytes of all cells together. A workbook can show one long text in a million cells and be small itself.
    pub text_bytes: usize,
    /// What a workbook, which is a ZIP archive, may unpack to.
    pub archive: ArchiveLimits,
}

/// How much an archive may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArchiveLimits {
    /// Bytes of the file.
    pub file_bytes: u64,
    /// Entries, folders among them.
    pub entries: usize,
    /// Bytes of all entries unpacked.
    pub unpacked_bytes: u64,
    /// How many times as large an entry over 1 MiB may become.
    pub ratio: u64,
}

/// What the cells of a table have taken so far.
#[derive(Debug, Default)]
pub(crate) struct Spent {
    cells: usize,
    text_bytes: usize,
}

impl Spent {
    /// Counts further cells and text, before they take memory.
    pub(crate) fn add(
        &mut self,
        cells: usize,
        text_bytes: usize,
        limits: &TableLimits,
    ) -> Result<(), SheetFault> {
        self.cells = self.cells.saturating_add(cells);
        self.text_bytes = self.text_bytes.saturating_add(text_bytes);
        if self.cells > limits.cells {
            return Err(SheetFault::Cells { limit: limits.cells });
        }
        if self.text_bytes > limits.text_bytes {
            return Err(SheetFault::Text { limit_bytes: limits.text_bytes });
        }
        Ok(())
    }
}

impl Default for TableLimits {
    fn default() -> Self {
        Self {
            file_bytes: 64 * MIB,
            // Twice the largest event that the kiosks are measured with.
            rows: 200_000,
            columns: 200,
            cells: 4_000_000,
            cell_chars: 10_000,
            text_bytes: 256 * MIB as usize,
            archive: ArchiveLimits::workbook(),
        }
    }
}

impl ArchiveLimits {
    /// For a workbook: 200,000 rows of eight cells unpack to about 100 MB, at 10 to 20 times.
    pub const fn workbook() -> Self {
        Self { file_bytes: 64 * MIB, entries: 2_000, unpacked_bytes: 256 * MIB, ratio: 200 }
    }

    /// For pictures, which are read one at a time and hardly shrink when packed.
    pub const fn pictures() -> Self {
        Self { file_bytes: 1024 * MIB, entries: 50_000, unpacked_bytes: 2048 * MIB, ratio: 50 }
    }
}

//! Tables in and out: CSV in whatever encoding, XLSX workbooks, ZIP archives, and CSV and XLSX to hand out.
//!
//! Everything that is read comes from strangers: sizes are checked before memory is spent, formulas are never evaluated,
//! and every refusal says which limit it is and what to do. Knows nothing of guests, and reads no clock.

mod archive;
mod decode;
mod delimited;
mod fault;
mod limits;
mod numbers;
mod read;
mod records;
mod table;
mod workbook;
mod write;

pub use archive::{Archive, ArchiveFault};
pub use fault::SheetFault;
pub use limits::{ArchiveLimits, TableLimits};
pub use numbers::{Mangled, as_meant};
pub use read::{ReadOptions, bounded, bounded_file, read};
pub use table::{Cell, CellFault, Source, Table, TableRow};
pub use write::{Civil, Value, WriteFault, neutral, restored, write_csv, write_xlsx};

//! From bytes to a table: which kind of file it is, and how large it may be.

use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

use crate::fault::SheetFault;
use crate::limits::TableLimits;
use crate::table::Table;
use crate::{decode, delimited, workbook};

/// How a table is read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// How much it may hold.
    pub limits: TableLimits,
    /// Which sheet of a workbook; the first unless named.
    pub sheet: Option<String>,
    /// The encoding of a text file, such as `gb18030`; guessed unless named.
    pub encoding: Option<String>,
}

/// The begin of an old Excel file, and of a new one with a password.
const OLD_WORKBOOK: &[u8] = b"\xD0\xCF\x11\xE0";

/// Begins of files that are taken for rosters by mistake.
const OTHER_KINDS: [(&[u8], &str); 5] = [
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"\x89PNG", "a PNG picture"),
    (b"\x1F\x8B", "a GZIP archive"),
];

/// Reads a file's content. `watch` is told the number of rows so far from time to time, and may stop the reading.
pub fn read(
    bytes: &[u8],
    options: &ReadOptions,
    watch: &mut dyn FnMut(usize) -> ControlFlow<()>,
) -> Result<Table, SheetFault> {
    if bytes.len() as u64 > options.limits.file_bytes {
        return Err(SheetFault::TooLarge { limit_bytes: options.limits.file_bytes });
    }
    if bytes.starts_with(OLD_WORKBOOK) {
        return Err(SheetFault::OldWorkbook);
    }
    if let Some((_, found)) = OTHER_KINDS.iter().find(|(begin, _)| bytes.starts_with(begin)) {
        return Err(SheetFault::Kind { found });
    }
    if bytes.starts_with(b"PK") {
        return workbook::read(bytes, options, watch);
    }
    let decoded = decode::decode(bytes, options.encoding.as_deref())?;
    delimited::read(&decoded.text, decoded.encoding, &options.limits, watch)
}

/// Reads at most `limit_bytes`, and refuses what is longer.
pub fn bounded(reader: impl Read, limit_bytes: u64) -> Result<Vec<u8>, SheetFault> {
    let mut bytes = Vec::new();
    reader.take(limit_bytes + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit_bytes {
        return Err(SheetFault::TooLarge { limit_bytes });
    }
    Ok(bytes)
}

/// Reads a file of at most `limit_bytes`; a longer one is refused by its length, unread.
pub fn bounded_file(path: &Path, limit_bytes: u64) -> Result<Vec<u8>, SheetFault> {
    let file = File::open(path)?;
    if file.metadata()?.len() > limit_bytes {
        return Err(SheetFault::TooLarge { limit_bytes });
    }
    bounded(file, limit_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(bytes: &[u8]) -> String {
        read(bytes, &ReadOptions::default(), &mut |_| ControlFlow::Continue(())).unwrap_err().to_string()
    }

    #[test]
    fn a_file_of_another_kind_is_named() {
        assert!(fault(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").contains("XLS"));
        assert!(fault(b"%PDF-1.7").contains("PDF"));
        assert!(fault(b"").contains("empty"));
        assert!(fault(b"\n \n").contains("empty"));
    }

    #[test]
    fn a_sparse_file_of_two_gigabytes_is_refused_by_its_length() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.csv");
        if let Err(error) = File::create(&path).unwrap().set_len(2 << 30) {
            eprintln!("skipped: this file system has no sparse files ({error})");
            return;
        }
        let refused = bounded_file(&path, TableLimits::default().file_bytes);
        assert!(matches!(refused, Err(SheetFault::TooLarge { limit_bytes: 67_108_864 })), "{refused:?}");
        assert!(refused.unwrap_err().to_string().contains("64 MB; split"));
    }

    #[test]
    fn a_reader_without_an_end_is_left_at_the_limit() {
        assert!(matches!(bounded(std::io::repeat(b'x'), 1_000), Err(SheetFault::TooLarge { .. })));
        assert_eq!(bounded(&b"abc"[..], 3).unwrap(), b"abc");
    }
}

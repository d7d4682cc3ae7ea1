//! How many entries an archive claims to have, read from its last bytes.

use std::io::{self, Read, Seek, SeekFrom};

/// The end record and the longest comment behind it.
const LONGEST_END_BYTES: u64 = 22 + 65_535;
const END: [u8; 4] = *b"PK\x05\x06";
const END_64: [u8; 4] = *b"PK\x06\x06";
/// In the end record: the number of entries; more of them are counted in the record for large archives.
const MANY: u16 = u16::MAX;

/// The greatest number of entries that any end record claims; 0 if there is none.
pub(super) fn entries(reader: &mut (impl Read + Seek), size_bytes: u64) -> io::Result<u64> {
    reader.seek(SeekFrom::Start(size_bytes.saturating_sub(LONGEST_END_BYTES)))?;
    let mut end = Vec::new();
    reader.take(LONGEST_END_BYTES).read_to_end(&mut end)?;
    let mut most = 0;
    for place in 0..end.len().saturating_sub(3) {
        let rest = &end[place..];
        if rest.starts_with(&END) {
            let count = number::<2>(rest, 10).map_or(0, u16::from_le_bytes);
            // What is claimed in full is in the other record, which is found just so.
            most = most.max(if count == MANY { 0 } else { u64::from(count) });
        } else if rest.starts_with(&END_64) {
            most = most.max(number::<8>(rest, 32).map_or(0, u64::from_le_bytes));
        }
    }
    reader.rewind()?;
    Ok(most)
}

fn number<const N: usize>(record: &[u8], at: usize) -> Option<[u8; N]> {
    record.get(at..at + N)?.try_into().ok()
}

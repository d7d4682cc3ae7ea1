//! The form of the log: one record after the other, each a head, a path and data. Numbers are little-endian.
//!
//! | bytes | what |
//! |---|---|
//! | 1 | the operation's letter |
//! | 2 | length of the path |
//! | 8 | offset, or new length of the file |
//! | 4 | length of the data |
//! | … | the path, relative to the watched folder (empty: the folder itself) |
//! | … | the data; of a new name, that name |

/// What happened to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// A name that was not there now names an empty file.
    Create,
    /// Bytes were written at an offset.
    Write,
    /// The file got another length.
    Truncate,
    /// A file or folder was synced.
    Sync,
    /// A name was removed.
    Unlink,
    /// A name was replaced by another one.
    Rename,
    /// A file got another name besides.
    Link,
}

impl Operation {
    const fn letter(self) -> u8 {
        match self {
            Self::Create => b'C',
            Self::Write => b'W',
            Self::Truncate => b'T',
            Self::Sync => b'S',
            Self::Unlink => b'U',
            Self::Rename => b'R',
            Self::Link => b'L',
        }
    }
}

/// One record in the form of the log; `None` if a path or the data is longer than the form can say.
pub fn encode(operation: Operation, path: &[u8], offset: i64, data: &[u8]) -> Option<Vec<u8>> {
    let path_length = u16::try_from(path.len()).ok()?;
    let data_length = u32::try_from(data.len()).ok()?;
    let mut bytes = Vec::with_capacity(15 + path.len() + data.len());
    bytes.push(operation.letter());
    bytes.extend(path_length.to_le_bytes());
    bytes.extend(offset.to_le_bytes());
    bytes.extend(data_length.to_le_bytes());
    bytes.extend(path);
    bytes.extend(data);
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_a_head_a_path_and_the_data() {
        let bytes = encode(Operation::Write, b"a.db", 0x0102, b"xyz").unwrap();
        assert_eq!(bytes, b"W\x04\x00\x02\x01\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00a.dbxyz");
    }

    #[test]
    fn a_path_beyond_the_form_is_refused_rather_than_cut() {
        assert!(encode(Operation::Unlink, &vec![b'a'; 1 << 16], 0, b"").is_none());
    }
}

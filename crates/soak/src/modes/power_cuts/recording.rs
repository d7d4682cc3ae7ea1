//! The recorder's log as changes, and where in it the power may be cut. The form of the log is told by the recorder
//! (`crates/recorder/src/record.rs`), which cannot be linked.

use anyhow::{Context as _, Result, bail};
use fastrand::Rng;

use super::ACKS;

/// One change of the watched folder, in the order in which they were made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The file, relative to the folder; empty for the folder itself.
    pub path: String,
    /// What happened to it.
    pub act: Act,
}

/// What happened to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// The name is new and names an empty file.
    Create,
    /// Bytes were written at an offset.
    Write(u64, Vec<u8>),
    /// The file has another length.
    Truncate(u64),
    /// The file or folder was synced.
    Sync,
    /// The name is gone.
    Unlink,
    /// The file goes by another name.
    Rename(String),
    /// The file goes by another name besides.
    Link(String),
}

/// What a worker did.
#[derive(Debug)]
pub struct Recording {
    /// Every change.
    pub changes: Vec<Change>,
    /// Places just behind each promise.
    promises: Vec<usize>,
}

impl Recording {
    /// Reads the recorder's log.
    pub fn read(mut bytes: &[u8]) -> Result<Self> {
        let mut changes = Vec::new();
        while !bytes.is_empty() {
            let (change, rest) = change(bytes).with_context(|| format!("record {}", changes.len()))?;
            changes.push(change);
            bytes = rest;
        }
        Ok(Self::new(changes))
    }

    fn new(changes: Vec<Change>) -> Self {
        let written = |change: &Change| change.path == ACKS && matches!(change.act, Act::Write(..));
        let promises = changes.iter().enumerate().filter(|(_, change)| written(change)).map(|(at, _)| at + 1);
        Self { promises: promises.collect(), changes }
    }

    /// What the disk would do that forgets the syncs of write-ahead logs, as with `synchronous` at NORMAL.
    pub fn forget_log_syncs(&mut self) {
        let changes = std::mem::take(&mut self.changes);
        let kept = |change: &Change| !(change.act == Act::Sync && change.path.ends_with("-wal"));
        *self = Self::new(changes.into_iter().filter(kept).collect());
    }

    /// How many changes happen before the power is cut: anywhere, or in every other case just after a promise, when it
    /// is the most fragile.
    pub fn pick(&self, rng: &mut Rng) -> usize {
        match rng.choice(&self.promises) {
            Some(at) if rng.bool() => *at,
            _ => rng.usize(0..=self.changes.len()),
        }
    }

    /// The promises of the first `moment` changes, as lines.
    pub fn acks_until(&self, moment: usize) -> Vec<u8> {
        let acks = self.changes[..moment].iter().filter(|change| change.path == ACKS);
        acks.filter_map(|change| match &change.act {
            Act::Write(_, bytes) => Some(bytes.as_slice()),
            _ => None,
        })
        .collect::<Vec<_>>()
        .concat()
    }
}

fn change(bytes: &[u8]) -> Result<(Change, &[u8])> {
    let (letter, rest) = bytes.split_first().context("no operation")?;
    let (path_length, rest) = rest.split_first_chunk::<2>().context("no path length")?;
    let (number, rest) = rest.split_first_chunk::<8>().context("no offset")?;
    let (data_length, rest) = rest.split_first_chunk::<4>().context("no data length")?;
    let (path, rest) =
        rest.split_at_checked(usize::from(u16::from_le_bytes(*path_length))).context("no path")?;
    let (data, rest) = rest.split_at_checked(u32::from_le_bytes(*data_length) as usize).context("no data")?;
    let number = u64::from_le_bytes(*number);
    let name = || Ok::<_, anyhow::Error>(std::str::from_utf8(data)?.to_owned());
    let act = match letter {
        b'C' => Act::Create,
        b'W' => Act::Write(number, data.to_vec()),
        b'T' => Act::Truncate(number),
        b'S' => Act::Sync,
        b'U' => Act::Unlink,
        b'R' => Act::Rename(name()?),
        b'L' => Act::Link(name()?),
        other => bail!("unknown operation {other}"),
    };
    Ok((Change { path: std::str::from_utf8(path)?.to_owned(), act }, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &str, text: &str) -> Change {
        Change { path: path.into(), act: Act::Write(0, text.into()) }
    }

    #[test]
    fn a_log_is_read_record_by_record_and_a_torn_one_is_refused() {
        let bytes = b"W\x04\x00\x02\x01\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00a.dbxyz";
        let recording = Recording::read(bytes).unwrap();
        assert_eq!(
            recording.changes,
            [Change { path: "a.db".into(), act: Act::Write(0x0102, b"xyz".into()) }]
        );
        assert!(Recording::read(&bytes[..bytes.len() - 1]).is_err());
    }

    #[test]
    fn only_the_promises_before_the_cut_count() {
        let recording = Recording::new(vec![write(ACKS, "a\n"), write("x.db", "…"), write(ACKS, "b\n")]);
        assert_eq!(recording.acks_until(2), b"a\n");
        assert_eq!(recording.acks_until(3), b"a\nb\n");
        assert_eq!(recording.promises, [1, 3]);
    }

    #[test]
    fn the_negative_control_forgets_the_syncs_of_logs_and_no_others() {
        let sync = |path: &str| Change { path: path.into(), act: Act::Sync };
        let mut recording = Recording::new(vec![sync("x.db-wal"), sync("x.db"), sync("")]);
        recording.forget_log_syncs();
        assert_eq!(recording.changes, [sync("x.db"), sync("")]);
    }
}

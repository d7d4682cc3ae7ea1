//! What was acknowledged, line by line in a file: written only after the step's answer is there, so every line is a
//! promise.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use portico_types::{AttendeeId, CheckInId};
use serde::{Deserialize, Serialize};

/// One promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Ack {
    /// Event, roster and device are in place.
    Ready,
    /// A guest was let in.
    Admitted {
        /// The entry.
        id: CheckInId,
        /// Who.
        attendee: AttendeeId,
    },
    /// A guest was refused, for the disk is full; nobody was told otherwise.
    Refused {
        /// The entry that was not made.
        id: CheckInId,
    },
    /// The last guest was let in after the ballast had been given up for room.
    OnBallast,
    /// An entry was taken back.
    Undone {
        /// The entry.
        check_in: CheckInId,
        /// The undo.
        undo: CheckInId,
    },
    /// An entry was moved to another guest.
    Corrected {
        /// The entry that was wrong.
        wrong: CheckInId,
        /// Its undo.
        undo: CheckInId,
        /// The guest's who was there, with their new entry, unless they were in already.
        right: Option<(CheckInId, AttendeeId)>,
    },
    /// The backend said that it has these entries.
    Recorded {
        /// Check-ins and undos.
        ids: Vec<CheckInId>,
    },
    /// The kiosk took these entries out of its outbox.
    Settled {
        /// Check-ins and undos.
        ids: Vec<CheckInId>,
    },
    /// The roster was read up to here.
    Roster {
        /// The cursor.
        cursor: String,
    },
    /// The audit stands here.
    Audit {
        /// Number of the newest row.
        seq: i64,
        /// Its hash, in hexadecimal digits.
        hash: String,
    },
}

/// The file, for writing.
#[derive(Debug)]
pub struct AckFile(File);

impl AckFile {
    /// Opens the file and goes on at its end.
    pub fn open(path: &Path) -> Result<Self> {
        let file = OpenOptions::new().create(true).append(true).open(path);
        Ok(Self(file.with_context(|| format!("{} cannot be written", path.display()))?))
    }

    /// Writes one step's promises at once.
    pub fn write(&mut self, acks: &[Ack]) -> Result<()> {
        let mut lines = Vec::new();
        for ack in acks {
            serde_json::to_writer(&mut lines, ack)?;
            lines.push(b'\n');
        }
        Ok(self.0.write_all(&lines)?)
    }
}

/// Reads promises back. A last line without its end was not written to the end, and promises nothing.
pub fn read(bytes: &[u8]) -> Result<Vec<Ack>> {
    let whole = bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n"));
    whole.map(|line| Ok(serde_json::from_slice(line)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promises_are_read_as_they_were_written_and_a_torn_line_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("acks");
        let acks = [Ack::Ready, Ack::Roster { cursor: "r1".into() }];
        AckFile::open(&path).unwrap().write(&acks).unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        assert_eq!(read(&bytes).unwrap(), acks);
        bytes.pop();
        assert_eq!(read(&bytes).unwrap(), acks[..1]);
    }
}

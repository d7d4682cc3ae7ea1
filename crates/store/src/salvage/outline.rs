//! The outline: salt, schema version and the first page of every table, in a small file beside the database.
//!
//! All of that stands in the database's first pages too, and without it no other page can be checked or understood. It
//! changes only with the schema. Nothing in it is secret: the salt lies open in the database as well.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::cipher::SALT_BYTES;
use super::files::Files;
use crate::{StoreError, migrations};

/// What is needed to read the pages of a database whose first page is lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Outline {
    /// First bytes of the file.
    pub salt: [u8; SALT_BYTES],
    /// Version of the schema.
    pub version: u32,
    /// First page of each table and index.
    pub roots: BTreeMap<String, u32>,
}

impl Outline {
    /// What lies beside the database, if it is there and as it was written.
    pub(super) fn load(files: &Files) -> Option<Self> {
        let text = fs::read_to_string(files.outline()).ok()?;
        let (sum, body) = text.split_once('\n')?;
        (sum == checksum(body)).then(|| serde_json::from_str(body).ok()).flatten()
    }

    fn of(files: &Files, connection: &Connection) -> Result<Self, StoreError> {
        let mut statement =
            connection.prepare("SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0")?;
        let roots = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let start = first_bytes(&files.database)?;
        Ok(Self {
            salt: start,
            version: migrations::version(connection)?,
            roots: roots.collect::<Result<_, _>>()?,
        })
    }
}

/// Brings the outline up to date. Only a rescue needs it, so a full disk is no reason to stop.
pub(crate) fn refresh(files: &Files, connection: &Connection) -> Result<(), StoreError> {
    let present = Outline::of(files, connection)?;
    if Outline::load(files).as_ref() == Some(&present) {
        return Ok(());
    }
    let body = serde_json::to_string(&present).map_err(io::Error::from)?;
    let text = format!("{}\n{body}", checksum(&body));
    if let Err(error) = replace(&files.outline(), text.as_bytes()) {
        tracing::warn!(%error, "the database's outline could not be written");
    }
    Ok(())
}

fn checksum(body: &str) -> String {
    format!("{:x}", Sha256::digest(body))
}

fn first_bytes(path: &Path) -> io::Result<[u8; SALT_BYTES]> {
    use io::Read;
    let mut start = [0; SALT_BYTES];
    File::open(path)?.read_exact(&mut start)?;
    Ok(start)
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let draft = path.with_extension("outline.new");
    let mut file = File::create(&draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&draft, path)
}

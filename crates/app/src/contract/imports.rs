//! Imports of guests and of their pictures, as staff see them.

use std::collections::BTreeMap;

use portico_protocol::{self as protocol, FacesReportRecord, ImportStatus, RosterReportRecord};
use portico_types::{Reason, UtcMillis};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::error::RpcError;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    /// Guests, as CSV or XLSX.
    Roster,
    /// Pictures of guests, as a ZIP archive.
    Faces,
}

/// A file that can be imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ImportFile {
    /// What it is called in calls.
    pub path: String,
    /// Its name.
    pub name: String,
    /// The folder it is in.
    pub folder: String,
    /// What it holds, by its name.
    pub kind: ImportKind,
    /// Its size.
    #[ts(type = "number")]
    pub bytes: u64,
    /// When it was last changed.
    pub changed_at: UtcMillis,
}

/// What can be imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ImportChoice {
    /// The kiosk's own folder, for files that are not on a stick.
    pub folder: String,
    /// Files there and on whatever is plugged in, the newest first.
    pub files: Vec<ImportFile>,
}

/// What the guests in the pictures have agreed to, as staff state it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FaceAgreement {
    /// Version of the text that they agreed to.
    pub text_version: String,
    /// Language of that text (BCP 47).
    pub language: String,
    /// Days until their faces must be gone.
    pub days_kept: u16,
}

/// This kiosk's import.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ImportView {
    /// There is none.
    None,
    /// The file is on its way to the event system.
    Sending {
        /// Its name.
        file: String,
        /// How much of it has gone.
        #[ts(type = "number")]
        sent_bytes: u64,
        /// Its size.
        #[ts(type = "number")]
        bytes: u64,
    },
    /// The event system did not take it, or the way to it broke.
    Refused {
        /// Its name.
        file: String,
        /// Why.
        error: RpcError,
        /// What the event system says of it, if that is more.
        reason: Option<Reason>,
    },
    /// The event system has it.
    Taken {
        /// Its name.
        file: String,
        /// How it stands.
        report: ImportReport,
    },
}

/// How an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// It is under way.
    Running,
    /// It is through.
    Done,
    /// Staff have stopped it. Of a roster nothing was taken.
    Stopped,
    /// It was refused.
    Failed,
}

/// What an import is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportPhase {
    /// Reading the file.
    Reading,
    /// Taking guests over.
    Writing,
    /// Looking at pictures.
    Pictures,
}

/// An import that the event system has.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ImportReport {
    /// Whether it changes nothing.
    pub preview: bool,
    /// How it stands.
    pub state: ImportState,
    /// What it is at, or was last.
    pub phase: ImportPhase,
    /// Rows or pictures that are done in this phase.
    #[ts(type = "number")]
    pub done: u64,
    /// Of how many, if that is known.
    #[ts(type = "number | null")]
    pub total: Option<u64>,
    /// Why it ended early.
    pub reason: Option<Reason>,
    /// What became of guests, or would.
    pub roster: Option<RosterImport>,
    /// What became of pictures.
    pub faces: Option<FacesImport>,
}

/// What became of guests, or would.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct RosterImport {
    /// What the file is and what had to be guessed, in the event system's words.
    pub source: String,
    /// Titles of the columns that are read, by what they are for.
    pub columns: BTreeMap<String, String>,
    /// Columns that nobody reads.
    pub unknown_columns: Vec<String>,
    /// Guests who are new.
    #[ts(type = "number")]
    pub added: u64,
    /// Guests who have changed.
    #[ts(type = "number")]
    pub updated: u64,
    /// Guests who were known just so.
    #[ts(type = "number")]
    pub unchanged: u64,
    /// Rows that were skipped.
    #[ts(type = "number")]
    pub skipped: u64,
    /// The first of these.
    pub bad_rows: Vec<BadRow>,
    /// Of a preview, the first rows as they would be taken.
    pub first_rows: Vec<PreviewRow>,
}

/// A row that was skipped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct BadRow {
    /// Its line in the file, or its number in the sheet.
    #[ts(type = "number")]
    pub row: u64,
    /// Title of the column that spoils it.
    pub column: String,
    /// What is wrong with it.
    pub reason: Reason,
}

/// A row as it would be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PreviewRow {
    /// Its line in the file, or its number in the sheet.
    #[ts(type = "number")]
    pub row: u64,
    /// The guest's name.
    pub name: String,
    /// Company or group.
    pub company: Option<String>,
    /// The code on the ticket.
    pub ticket_code: Option<String>,
    /// Last four digits of the phone.
    pub phone_last4: Option<String>,
}

/// What became of pictures.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct FacesImport {
    /// Guests of whom a picture was taken.
    #[ts(type = "number")]
    pub enrolled: u64,
    /// Second and further pictures of these.
    #[ts(type = "number")]
    pub further: u64,
    /// Pictures that were not taken.
    #[ts(type = "number")]
    pub not_taken: u64,
    /// Pictures that were not looked at.
    #[ts(type = "number")]
    pub left: u64,
    /// The first pictures that were not taken.
    pub refused: Vec<RefusedPicture>,
}

/// A picture that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RefusedPicture {
    /// Its file.
    pub file: String,
    /// Why.
    pub reason: Reason,
}

/// Where what is to be mended was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SavedImportReport {
    /// The file.
    pub file: String,
}

/// Rows and pictures that screens are told of; all of them are in the file.
const SHOWN: usize = 100;

impl From<ImportStatus> for ImportReport {
    fn from(status: ImportStatus) -> Self {
        Self {
            preview: status.preview,
            state: match status.state {
                protocol::ImportState::Running => ImportState::Running,
                protocol::ImportState::Done => ImportState::Done,
                protocol::ImportState::Stopped => ImportState::Stopped,
                protocol::ImportState::Failed => ImportState::Failed,
            },
            phase: match status.phase {
                protocol::ImportPhase::Reading => ImportPhase::Reading,
                protocol::ImportPhase::Writing => ImportPhase::Writing,
                protocol::ImportPhase::Pictures => ImportPhase::Pictures,
            },
            done: status.done,
            total: status.total,
            reason: status.reason.map(Reason::from),
            roster: status.roster.map(RosterImport::from),
            faces: status.faces.map(FacesImport::from),
        }
    }
}

impl From<RosterReportRecord> for RosterImport {
    fn from(record: RosterReportRecord) -> Self {
        let bad = |row: protocol::BadRowRecord| BadRow {
            row: row.row,
            column: row.column,
            reason: row.reason.into(),
        };
        let first = |row: protocol::PreviewRowRecord| PreviewRow {
            row: row.row,
            name: row.name,
            company: row.company,
            ticket_code: row.ticket_code,
            phone_last4: row.phone_last4,
        };
        Self {
            source: record.source,
            columns: record.columns,
            unknown_columns: record.unknown_columns,
            added: record.added,
            updated: record.updated,
            unchanged: record.unchanged,
            skipped: record.skipped,
            bad_rows: record.bad_rows.into_iter().take(SHOWN).map(bad).collect(),
            first_rows: record.first_rows.into_iter().map(first).collect(),
        }
    }
}

impl From<FacesReportRecord> for FacesImport {
    fn from(record: FacesReportRecord) -> Self {
        let refused = record.verdicts.into_iter().filter_map(|picture| {
            Some(RefusedPicture { file: picture.file, reason: picture.reason?.into() })
        });
        Self {
            enrolled: record.enrolled,
            further: record.further,
            not_taken: record.not_taken,
            left: record.left,
            refused: refused.take(SHOWN).collect(),
        }
    }
}

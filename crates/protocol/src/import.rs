//! Imports of rosters and pictures by staff, one at a time, and the exports.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{ConsentRecord, ReasonRecord};

/// Most bad rows and verdicts answered as JSON; all of them are in the file.
pub const REPORTED_ROWS: usize = 1_000;

/// Largest file of guests that is taken.
pub const LARGEST_ROSTER_BYTES: u64 = 64 * 1024 * 1024;
/// Largest archive of pictures that is taken.
pub const LARGEST_PICTURES_BYTES: u64 = 1024 * 1024 * 1024;

/// What is imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    /// Guests, from CSV or XLSX.
    Roster,
    /// Pictures of guests, from a ZIP archive.
    Faces,
}

/// What an import is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportPhase {
    /// Reading the file.
    Reading,
    /// Taking guests over.
    Writing,
    /// Looking at pictures.
    Pictures,
}

/// How an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// It is under way.
    Running,
    /// It is through.
    Done,
    /// Staff have stopped it. Of a roster nothing was taken; of pictures, the report says which were.
    Stopped,
    /// The file was refused, or the server failed; `reason` says why.
    Failed,
}

/// The metadata of `POST /v1/imports`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportMetadata {
    /// What the file holds.
    pub kind: ImportKind,
    /// Only say what would become of it. Rosters only.
    #[serde(default)]
    pub preview: bool,
    /// Which sheet of a workbook; the first unless named.
    #[serde(default)]
    pub sheet: Option<String>,
    /// The encoding of a text file, such as `gb18030`; guessed unless named.
    #[serde(default)]
    pub encoding: Option<String>,
    /// Which column is for what: titles by `name`, `company`, `phone` and the like; an empty one for none. The others
    /// are found by title.
    #[serde(default)]
    pub map: BTreeMap<String, String>,
    /// What the guests in the pictures have agreed to. Needed for faces.
    #[serde(default)]
    pub consent: Option<ConsentRecord>,
    /// When the faces must be gone, RFC 3339. Needed for faces.
    #[serde(default)]
    pub expires_at: Option<String>,
}

/// An import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ImportStatus {
    /// Its id.
    pub id: String,
    /// What is imported.
    pub kind: ImportKind,
    /// Whether it changes nothing.
    pub preview: bool,
    /// How it stands.
    pub state: ImportState,
    /// What it is at, or was last.
    pub phase: ImportPhase,
    /// Rows or pictures that are done in this phase.
    pub done: u64,
    /// Of how many, if that is known.
    pub total: Option<u64>,
    /// Why it ended early.
    pub reason: Option<ReasonRecord>,
    /// What became of a roster, once it is through; of one that failed, its titles if they were the reason.
    pub roster: Option<RosterReportRecord>,
    /// What became of pictures, once they are through or stopped.
    pub faces: Option<FacesReportRecord>,
}

/// What became of a roster, or would. Of one in which no column could be taken for the name, `unknown_columns` are all
/// there is: `map` can say which it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RosterReportRecord {
    /// What the file is and what had to be guessed, in words for staff.
    pub source: String,
    /// Titles of the columns that are read, by what they are for.
    pub columns: BTreeMap<String, String>,
    /// Columns that nobody reads.
    pub unknown_columns: Vec<String>,
    /// Guests who are new.
    pub added: u64,
    /// Guests who were known and have changed.
    pub updated: u64,
    /// Guests who were known just so.
    pub unchanged: u64,
    /// How many rows were skipped.
    pub skipped: u64,
    /// The first 1,000 of these.
    pub bad_rows: Vec<BadRowRecord>,
    /// Of a preview, the first rows as they would be taken.
    pub first_rows: Vec<PreviewRowRecord>,
}

/// A row that was skipped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BadRowRecord {
    /// Its line in the file, or its number in the sheet.
    pub row: u64,
    /// Title of the column that spoils it.
    pub column: String,
    /// What is wrong with it.
    pub reason: ReasonRecord,
}

/// A row as it would be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PreviewRowRecord {
    /// Its line in the file, or its number in the sheet.
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FacesReportRecord {
    /// Guests of whom a picture was taken.
    pub enrolled: u64,
    /// Second and further pictures of these.
    pub further: u64,
    /// Pictures that were looked at and not taken.
    pub not_taken: u64,
    /// Pictures that were not looked at, because it ended early.
    pub left: u64,
    /// The verdicts of the first 1,000 pictures, in the order of their names.
    pub verdicts: Vec<PictureVerdictRecord>,
}

/// What became of one picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PictureVerdictRecord {
    /// Its file.
    pub file: String,
    /// Whose it is by its name.
    pub attendee_id: Option<String>,
    /// `taken`, `taken_too` (beside another one), `refused`, `duplicate`, `unmatched` or `several_guests`.
    pub verdict: String,
    /// How good it is, 0 to 1, if it was taken.
    pub quality: Option<f32>,
    /// The measure that fails, with its value and its bound.
    pub measure: Option<String>,
    /// Why it was not taken.
    pub reason: Option<ReasonRecord>,
}

/// The form of an exported file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// CSV in UTF-8.
    #[default]
    Csv,
    /// A workbook.
    Xlsx,
}

//! What diagnostics tell, and the file for support. Nothing here is about any person.

use portico_types::{CameraState, PixelFormat, UtcMillis};
use serde::Serialize;
use ts_rs::TS;

use super::view::{ConnectionView, FacesView, StorageView};

/// How this kiosk is doing.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct DiagnosticsReport {
    /// When this was true.
    pub at: UtcMillis,
    /// Seconds since the kiosk started.
    #[ts(type = "number")]
    pub up_seconds: u64,
    /// The kiosk's version.
    pub version: String,
    /// Operating system and processor.
    pub system: String,
    /// The camera.
    pub camera: CameraReport,
    /// What faces are recognised with.
    pub recognition: RecognitionReport,
    /// How long each step takes, in the order in which a guest passes them.
    pub stages: Vec<StageFigure>,
    /// The database.
    pub storage: StorageReport,
    /// The exchange with the backend.
    pub sync: SyncReport,
}

/// The camera.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct CameraReport {
    /// Its condition.
    pub state: CameraState,
    /// What it sends, while it is open.
    pub device: Option<DeviceFacts>,
    /// Frames per second that arrive, by their capture times.
    pub frames_per_second: Option<f32>,
    /// Frames that were replaced before anybody looked at them, since the start.
    #[ts(type = "number")]
    pub dropped: u64,
}

/// What a camera has agreed to send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DeviceFacts {
    /// Its name.
    pub name: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Layout of the bytes.
    pub format: PixelFormat,
    /// Frames per second.
    pub frames_per_second: u32,
}

/// What faces are recognised with.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct RecognitionReport {
    /// Whether faces are recognised.
    pub state: FacesView,
    /// The choice of the configuration: `single`, `fused` or `own`.
    pub choice: String,
    /// The recogniser in force.
    pub model: String,
    /// From this judged score on a face is accepted, at the gallery's present size.
    pub accept_score: Option<f32>,
    /// From this judged score on a guest is asked.
    pub ask_score: Option<f32>,
    /// Templates in memory.
    #[ts(type = "number")]
    pub templates: u64,
    /// Guests whom they belong to.
    #[ts(type = "number")]
    pub guests_with_face: u64,
}

/// A step on a guest's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StageName {
    /// Bytes to pixels.
    Decode,
    /// Faces found.
    Detect,
    /// Points of one face found, the face aligned and measured.
    Landmarks,
    /// The face vector made.
    Embed,
    /// The backend asked who it is.
    Backend,
    /// The local gallery searched.
    Search,
    /// The entry written to disk.
    Commit,
}

/// How long a step took within the last five minutes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
pub struct StageFigure {
    /// Which.
    pub stage: StageName,
    /// Half of the runs were at least as quick.
    pub p50_ms: f32,
    /// 95 of 100 runs were at least as quick.
    pub p95_ms: f32,
    /// How many runs.
    pub runs: u32,
}

/// The database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct StorageReport {
    /// Whether what happens can be kept.
    pub state: StorageView,
    /// Whether the reserve for a full disk is in place.
    pub reserve_in_place: bool,
    /// Size of the database's file.
    #[ts(type = "number")]
    pub database_bytes: u64,
    /// Size of its log.
    #[ts(type = "number")]
    pub log_bytes: u64,
    /// The schema that it has.
    pub schema_version: u32,
    /// How well its key is kept.
    pub key: KeyLevel,
    /// Guests on the list.
    #[ts(type = "number")]
    pub guests: u64,
    /// Entries that wait to be sent.
    #[ts(type = "number")]
    pub waiting: u64,
    /// Entries that the backend refused.
    #[ts(type = "number")]
    pub refused: u64,
}

/// How well the database's key is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyLevel {
    /// Bound to a chip of this machine.
    Hardware,
    /// Kept by the operating system for the signed-in user.
    OperatingSystem,
    /// In a file that only the kiosk's user may read.
    File,
}

/// The exchange with the backend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SyncReport {
    /// How the backend is reached.
    pub connection: ConnectionView,
    /// When it last answered.
    pub last_success_at: Option<UtcMillis>,
    /// How far its clock is ahead of this device's, in milliseconds.
    #[ts(type = "number | null")]
    pub clock_ahead_ms: Option<i64>,
    /// Stable code of the latest task's failure.
    pub failure: Option<String>,
}

/// A file for support.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SupportFile {
    /// Where it is on this kiosk.
    pub file: String,
    /// Its size.
    #[ts(type = "number")]
    pub bytes: u64,
}

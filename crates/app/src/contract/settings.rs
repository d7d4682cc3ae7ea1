//! What staff see and change in the settings.

use portico_types::UtcMillis;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What this kiosk is set to. What staff may not change here says where it is changed by its place in this list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SettingsReport {
    /// The camera; changed here.
    pub camera: CameraSetting,
    /// Languages of the screens, the default first; changed here.
    pub languages: Vec<String>,
    /// Every language that the screens speak.
    pub known_languages: Vec<String>,
    /// Whether results sound; changed here.
    pub sounds: bool,
    /// What staff call this kiosk; changed in its configuration file.
    pub kiosk: String,
    /// The gate's id; changed in the configuration file.
    pub gate: String,
    /// Seconds without a touch until staff mode closes; changed in the configuration file.
    pub auto_lock_seconds: u32,
    /// The backend's address, unless it is inside this kiosk; changed in the configuration file.
    pub backend: Option<String>,
    /// Whether pictures may be sent to the backend; changed there.
    pub pictures_may_leave: bool,
    /// What is kept of faces; changed at the backend.
    pub faces: FaceTerms,
}

/// The camera.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CameraSetting {
    /// Whether there is a camera to choose: a recording leaves no choice.
    pub can_choose: bool,
    /// Part of the name of the camera that staff have chosen; the configured one otherwise.
    pub chosen: Option<String>,
    /// Names of the cameras that were connected when one was last opened.
    pub connected: Vec<String>,
}

/// What is kept of faces, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FaceTerms {
    /// How many templates.
    #[ts(type = "number")]
    pub templates: u64,
    /// When the first of them is erased.
    pub first_ends_at: Option<UtcMillis>,
    /// When the last of them is erased.
    pub last_ends_at: Option<UtcMillis>,
}

/// A change of one setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SettingChange {
    /// Whether results sound.
    Sounds {
        /// They do.
        on: bool,
    },
    /// Languages of the screens.
    Languages {
        /// The default first; at least one.
        languages: Vec<String>,
    },
    /// The camera. Naming the present one looks again at what is connected.
    Camera {
        /// Part of its name; `None` for the configured one.
        device: Option<String>,
    },
}

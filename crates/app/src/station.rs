//! What this kiosk is made of and set to, as diagnostics and settings tell it.

use std::sync::Arc;

use portico_camera::webcam::CameraSwitch;
use portico_camera::{Capture, FrameSlot, OpenDevice};
use portico_types::Tick;
use tokio::sync::Mutex;

use crate::config::Config;
use crate::import_files::ImportFolders;
use crate::imports::Imports;
use crate::log_lines::LogLines;
use crate::settings::Settings;

/// Clones are the same kiosk's.
#[derive(Clone)]
pub(crate) struct Station {
    /// What it was told.
    pub(crate) config: Arc<Config>,
    /// What staff have set. Locked while a change is written, so that changes come one after the other.
    pub(crate) settings: Arc<Mutex<Settings>>,
    /// The camera in use.
    pub(crate) eye: Eye,
    /// The import that staff have begun here.
    pub(crate) imports: Imports,
    /// The latest lines of the log.
    pub(crate) logs: LogLines,
    /// When it started.
    pub(crate) started_at: Tick,
}

impl Station {
    pub(crate) fn new(
        config: &Config,
        settings: Settings,
        eye: Eye,
        logs: LogLines,
        started_at: Tick,
    ) -> Self {
        let imports = Imports::new(ImportFolders::of(&config.data_dir));
        let (config, settings) = (Arc::new(config.clone()), Arc::new(Mutex::new(settings)));
        Self { config, settings, eye, imports, logs, started_at }
    }
}

/// What is known of the camera without asking it.
#[derive(Clone)]
pub(crate) struct Eye {
    pub(crate) device: OpenDevice,
    pub(crate) slot: FrameSlot,
    /// Changes the camera; a recording has none to choose from.
    pub(crate) switch: Option<CameraSwitch>,
}

impl Eye {
    pub(crate) fn of(capture: &Capture, switch: Option<CameraSwitch>) -> Self {
        Self { device: capture.device(), slot: capture.slot(), switch }
    }
}

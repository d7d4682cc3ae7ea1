//! The frame source that the configuration names.

use std::sync::Arc;

use portico_camera::replay::{Item, Playlist, Repeat as ReplayRepeat, ReplayParams};
use portico_camera::webcam::{CameraSwitch, Choice, WebcamParams};
use portico_camera::{CaptureParams, FrameSource, Replay, Webcam};
use portico_types::Clock;

use crate::config::{CameraConfig, Repeat};

/// A source, and how it is to be judged.
pub struct Camera {
    /// Where frames come from.
    pub source: Box<dyn FrameSource>,
    /// How long it may take for what.
    pub params: CaptureParams,
    /// Changes the camera while it is in use, where there is one to choose.
    pub switch: Option<CameraSwitch>,
}

impl Camera {
    /// The source that `config` names. Nothing is opened yet.
    pub fn new(config: &CameraConfig, clock: Arc<dyn Clock>) -> Self {
        match config {
            CameraConfig::Webcam { device } => {
                let choice = device.as_deref().map_or(Choice::First, Choice::parse);
                let source = Webcam::new(choice, WebcamParams::default(), clock);
                let switch = Some(source.switch());
                Self { source: Box::new(source), params: CaptureParams::default(), switch }
            }
            CameraConfig::Replay { playlist, frames_per_second, repeat } => {
                let playlist = Playlist {
                    name: "recording".into(),
                    items: playlist.iter().map(Item::at).collect(),
                    gap: None,
                };
                let params = ReplayParams {
                    fps: *frames_per_second,
                    repeat: match repeat {
                        Repeat::Once => ReplayRepeat::Once,
                        Repeat::Forever => ReplayRepeat::Forever,
                    },
                    ..ReplayParams::default()
                };
                let source = Replay::new(playlist, params, clock);
                Self { source: Box::new(source), params: CaptureParams::recording(), switch: None }
            }
        }
    }
}

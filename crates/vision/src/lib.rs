//! From a camera frame to an observation, and from a face to a template.
//!
//! The stages, in order, each in a module of its own: [`decode`] a frame, `detect` faces, `landmarks` of one face,
//! `align` it, measure its `quality`, `gate` it, `recognise` it. [`Watcher`] runs them over a camera's frames,
//! [`Examiner`] over a single picture; both share every stage. [`CodeReader`] reads QR codes in the same frames. Knows nothing of sessions, storage, networks or clocks.

mod align;
mod burst;
mod code;
mod crop;
mod decode;
mod detect;
mod dominant;
mod encode;
mod error;
mod examiner;
mod face;
mod gate;
mod jpeg;
mod landmarks;
mod luma;
mod models;
mod params;
mod picture;
mod quality;
mod recognise;
mod rehearsal;
mod resize;
mod similarity;
mod spoof;
mod stage;
mod still;
mod track;
mod warp;
mod watcher;

#[cfg(test)]
mod fakes;

pub use align::{CHIP_SIDE, Chip, Chips, Template};
pub use code::{CodeInterest, CodeReader};
pub use decode::decode;
pub use detect::{Detection, Detector};
pub use encode::preview_jpeg;
pub use error::VisionError;
pub use examiner::{Examiner, Finding, Portrait};
pub use landmarks::{Landmarker, Landmarks, MESH_POINTS, Mesh, Place};
pub use models::{Models, Recognition};
pub use params::{
    BurstParams, CodeParams, CropParams, DetectParams, GateParams, PaceParams, QualityParams, SpoofParams,
    StillParams, TrackParams, VisionParams,
};
pub use picture::{RgbPicture, Square};
pub use recognise::{ChannelOrder, OwnFault, OwnRecogniserError, Preparation, Recogniser, RecogniserFault};
pub use rehearsal::rehearse;
pub use stage::Stage;
pub use watcher::Watcher;

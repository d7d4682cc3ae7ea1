//! What vision says of a frame.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Embedding, FaceBox, ModelId, Point, SpoofSigns, Tick, TrackId};

/// What one frame showed. Made for every frame that vision takes, also for those without a face.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// The frame's sequence number.
    pub sequence: u64,
    /// When the frame was taken.
    pub captured_at: Tick,
    /// Frame width in pixels.
    pub frame_width: u32,
    /// Frame height in pixels.
    pub frame_height: u32,
    /// How many faces were found, near or far.
    pub faces: usize,
    /// The one face that dominates the picture, if any does.
    pub subject: Option<Subject>,
}

/// The face that the kiosk attends to.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// The same number for as long as the face is followed.
    pub track: TrackId,
    /// Capture time of the first frame in which this track was at least 60 px wide.
    pub first_seen_at: Tick,
    /// Where it is.
    pub bounds: FaceBox,
    /// How usable it is; `None` while it is too far away for landmarks.
    pub quality: Option<Quality>,
    /// How far the eyes are open (left, right as seen): the gap between the lids as a share of the eye's width, about
    /// 0.3 open and under 0.15 shut. `None` while it is too far away for landmarks.
    pub eyes_open: Option<[f32; 2]>,
    /// The first thing that keeps the face from being identified; `None` if it is good enough.
    pub hint: Option<Hint>,
}

/// Measures of one face picture.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// All measures together, 0 (useless) to 1 (portrait). Of a single picture with symmetry, of a camera's frame without.
    pub score: f32,
    /// Turn to the side in degrees, positive to the picture's right.
    pub yaw_degrees: f32,
    /// Nod in degrees, positive downwards.
    pub pitch_degrees: f32,
    /// Tilt in degrees.
    pub roll_degrees: f32,
    /// Variance of the Laplacian of the aligned grey chip.
    pub sharpness: f32,
    /// Mean grey level of the aligned chip, 0 to 255.
    pub luma: f32,
    /// Standard deviation of its grey levels.
    pub contrast: f32,
    /// Mean grey level of the darker half of the face as a share of the brighter half's; 1 is evenly lit.
    pub evenness: f32,
    /// How far the less open eye is open: the gap between its lids as a share of its width, about 0.3 when open.
    pub eyes_open: f32,
    /// How alike the recogniser finds the face and its mirror image, −1 to 1; `None` before it has looked. Low for
    /// whatever spoils one half of a face: a turn, a hand, hair, a hard shadow, badly found landmarks.
    pub symmetry: Option<f32>,
    /// Face width in pixels.
    pub width_px: f32,
}

/// The one thing that the guest could do better. Ordered: the first that applies is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Hint {
    /// Several near faces, none dominant.
    OnePerson,
    /// Too small for recognition.
    ComeCloser,
    /// So near that the face is cut off.
    StepBack,
    /// Not in the middle of the picture.
    MoveToMiddle,
    /// Too dark.
    MoreLight,
    /// Too bright or lit from behind.
    LessLight,
    /// Turned or nodding away.
    LookHere,
    /// Blurred by motion.
    HoldStill,
}

/// A face picture cut out for the backend's identify endpoint.
#[derive(Clone)]
pub struct Crop {
    /// JPEG, at least 200 px on each side.
    pub jpeg: Vec<u8>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Eyes (left, right as seen in the picture), nose tip, mouth corners, in pixels of the crop.
    pub landmarks: [Point; 5],
}

impl std::fmt::Debug for Crop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Crop({}x{}, {} bytes)", self.width, self.height, self.jpeg.len())
    }
}

/// The best picture of a track's latest burst, ready for identification.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Whose picture.
    pub track: TrackId,
    /// When the chosen frame was taken.
    pub captured_at: Tick,
    /// How good it is.
    pub quality: Quality,
    /// For the backend.
    pub crop: Crop,
    /// For the local gallery: what several frames of the burst say together.
    pub embedding: Embedding,
    /// How many frames were combined.
    pub frames: usize,
    /// What made the embedding.
    pub model: ModelId,
    /// What speaks for a picture being held up instead.
    pub spoof: SpoofSigns,
}

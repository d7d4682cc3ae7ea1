//! Every tuned number of the pipeline, with its origin.
//!
//! "Labelled set" is the set of 886 enrolled people that `docs/recognition.md` describes. Thresholds on *whom* a face
//! belongs to are not here: they are policy, and belong to whoever compares templates.

mod code;

use std::time::Duration;

pub use code::CodeParams;
use portico_types::{FaceBox, Point};

use crate::picture::RgbPicture;

/// All numbers of the pipeline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VisionParams {
    /// Finding faces.
    pub detect: DetectParams,
    /// Following them.
    pub track: TrackParams,
    /// Scoring them.
    pub quality: QualityParams,
    /// Letting them pass.
    pub gate: GateParams,
    /// How often to look.
    pub pace: PaceParams,
    /// Choosing among several frames, and combining them.
    pub burst: BurstParams,
    /// Cutting the picture for the backend.
    pub crop: CropParams,
    /// Reading single pictures.
    pub still: StillParams,
    /// Warning of held-up pictures.
    pub spoof: SpoofParams,
}

/// Finding faces.
#[derive(Clone, Debug, PartialEq)]
pub struct DetectParams {
    /// Least score of a face, 0 to 1.
    pub threshold: f32,
    /// Boxes that overlap by more than this (intersection over union) are one face.
    pub same_face_overlap: f32,
    /// Least presence that the landmark model must report for a detection to count, 0 to 1.
    pub presence: f32,
}

impl Default for DetectParams {
    fn default() -> Self {
        Self {
            // Recall 95 % and 0.017 false faces a picture on annotated pictures; 97 % and 0.034 at 0.5.
            threshold: 0.6,
            // The value that the detector was published with.
            same_face_overlap: 0.3,
            // The half-way mark of a calibrated face flag.
            presence: 0.5,
        }
    }
}

/// Following faces from frame to frame.
#[derive(Clone, Debug, PartialEq)]
pub struct TrackParams {
    /// Least overlap of a box with its track's last box.
    pub overlap: f32,
    /// Or else: greatest distance of the centres, in widths of the last box.
    pub centre_distance: f32,
    /// Greatest ratio of the widths, either way, for the distance rule.
    pub size_ratio: f32,
    /// How long a track outlives its last detection.
    pub memory: Duration,
}

impl Default for TrackParams {
    fn default() -> Self {
        Self {
            // A head that moves by half its width between frames at 15 per second overlaps by a third.
            overlap: 0.3,
            // Less than the distance at which two heads can stand side by side.
            centre_distance: 0.5,
            size_ratio: 1.6,
            // A blink of the detector or a hand before the face; shorter than one guest making room for the next.
            memory: Duration::from_millis(500),
        }
    }
}

/// The ramps of the quality score: each measure scores 0 at `.0`, 1 at `.1`, and linearly between.
#[derive(Clone, Debug, PartialEq)]
pub struct QualityParams {
    /// Face width in pixels.
    pub width_px: (f32, f32),
    /// Turn, nod and tilt together, in degrees; falls.
    pub turn_degrees: (f32, f32),
    /// Decadic logarithm of the sharpness.
    pub log_sharpness: (f32, f32),
    /// Mean grey level, where it is dark.
    pub dark_luma: (f32, f32),
    /// Mean grey level, where it is bright; falls.
    pub bright_luma: (f32, f32),
    /// Standard deviation of the grey levels.
    pub contrast: (f32, f32),
    /// The darker half's grey level as a share of the brighter half's.
    pub evenness: (f32, f32),
    /// How far the less open eye is open, as a share of its width.
    pub eyes_open: (f32, f32),
    /// How alike the recogniser finds the face and its mirror image.
    pub symmetry: (f32, f32),
}

impl Default for QualityParams {
    fn default() -> Self {
        Self {
            // Each ramp is level from where the labelled set shows no more misses (`docs/recognition.md`).
            // Recognition falls fast under 40 px and is at its best from 80 px.
            width_px: (30.0, 80.0),
            turn_degrees: (50.0, 20.0),
            log_sharpness: (1.0, 1.6),
            dark_luma: (15.0, 70.0),
            bright_luma: (245.0, 205.0),
            contrast: (5.0, 20.0),
            // 1 % of the labelled set is lit less evenly than 0.45.
            evenness: (0.15, 0.45),
            // Narrow eyes are open at 0.15.
            eyes_open: (0.06, 0.13),
            // From the lowest of the labelled set to what only the best portraits reach: among ordinary pictures this is
            // the only measure with which misses fall.
            symmetry: (0.90, 0.99),
        }
    }
}

/// What keeps a face from being identified.
#[derive(Clone, Debug, PartialEq)]
pub struct GateParams {
    /// Narrowest face that is attended to at all, in pixels.
    pub notice_width_px: f32,
    /// Narrowest face whose landmarks are sought; from here on a track counts as near.
    pub near_width_px: f32,
    /// Narrowest face that is identified.
    pub identify_width_px: f32,
    /// Widest face, as a share of the frame's shorter side.
    pub widest: f32,
    /// Share of the box's width by which it may reach over the frame's edge.
    pub overhang: f32,
    /// Greatest distance of the face from the frame's centre, as a share of the frame's shorter side.
    pub off_centre: f32,
    /// How many times wider than the next near face the guest's must be.
    pub dominance: f32,
    /// Bonus on width for the face that was the subject before, so that two alike do not alternate.
    pub stickiness: f32,
    /// Least mean grey level of the face.
    pub darkest: f32,
    /// Greatest mean grey level of the face.
    pub brightest: f32,
    /// Least standard deviation of the face's grey levels.
    pub flattest: f32,
    /// A dark face before a picture whose mean grey level is at least this is lit from behind.
    pub backlight: f32,
    /// Greatest turn to the side, in degrees.
    pub yaw_degrees: f32,
    /// Greatest nod, in degrees, either way.
    pub pitch_degrees: f32,
    /// Greatest tilt, in degrees.
    pub roll_degrees: f32,
    /// Least variance of the Laplacian.
    pub blurriest: f32,
}

impl Default for GateParams {
    fn default() -> Self {
        Self {
            // The detector finds 87 % of 40 px faces; smaller ones are passers-by.
            notice_width_px: 40.0,
            // 99 % of 60 px faces are found.
            near_width_px: 60.0,
            // Accuracy is level from here on.
            identify_width_px: 80.0,
            widest: 0.8,
            overhang: 0.12,
            // A third to each side: the oval on screen with room to spare.
            off_centre: 0.33,
            // The next in the queue stands an arm's length behind: at kiosk distance that is half as wide.
            dominance: 1.4,
            stickiness: 1.15,
            darkest: 35.0,
            brightest: 225.0,
            flattest: 12.0,
            backlight: 140.0,
            yaw_degrees: 25.0,
            pitch_degrees: 25.0,
            roll_degrees: 25.0,
            blurriest: 25.0,
        }
    }
}

/// How often to look.
#[derive(Clone, Debug, PartialEq)]
pub struct PaceParams {
    /// Time between two looks while nobody is near and nothing moves.
    pub idle: Duration,
    /// Least time between two looks while somebody is near or something moves, and between two glances for movement.
    pub attentive: Duration,
    /// For how long after a movement every frame is looked at without a glance before.
    pub stirred: Duration,
    /// By how many grey levels a part of the picture must change to count as movement.
    pub least_stir: f32,
    /// How long a single near face is followed by its landmarks before the detector looks again.
    pub detector: Duration,
}

impl Default for PaceParams {
    fn default() -> Self {
        Self {
            // Every eighth frame at 15 per second, with 10 ms to spare for frames that come early. Whoever comes, moves,
            // and is looked at at once; this is for whoever has stood so still that no glance told.
            idle: Duration::from_millis(520),
            // Every frame at 15 per second, every second one at 30: a burst gains nothing from more.
            attentive: Duration::from_millis(60),
            // From one step of somebody walking up to the next; and the busier the room, the fewer glances on top.
            stirred: Duration::from_secs(1),
            // Noise leaves 0.1 to 0.6 of a part's mean; a head of 40 px that moves on by 5 px changes one by 5 or more.
            least_stir: 4.0,
            // Every third frame at 15 per second: whoever joins the guest is noticed within 200 ms.
            detector: Duration::from_millis(150),
        }
    }
}

/// Choosing among several frames, and combining them.
#[derive(Clone, Debug, PartialEq)]
pub struct BurstParams {
    /// How far back a frame may lie, so that a decision concerns whoever stands there now.
    pub window: Duration,
    /// Quality score that a frame loses by each second of its age when the best is chosen.
    pub score_lost_per_second: f32,
    /// Most frames whose face vectors are combined.
    pub frames: usize,
    /// Least time between two of them.
    pub spacing: Duration,
    /// Least cosine of a frame's face vector to the best one's for it to be combined.
    pub same_person: f32,
}

impl Default for BurstParams {
    fn default() -> Self {
        Self {
            // Six frames: enough for one without blink or blur.
            window: Duration::from_millis(400),
            // A frame from 200 ms ago must be better by a tenth: less than what a blink or a turn costs, more than
            // what the score of somebody who stands still varies by.
            score_lost_per_second: 0.5,
            frames: 3,
            // Neighbouring frames share their blur, their lids and their noise.
            spacing: Duration::from_millis(100),
            // Of 842 pairs of passed frames within a window, in five clips of people, one in a hundred is below 0.74
            // and the least is 0.54; two people reach 0.595 once in 100,000.
            same_person: 0.6,
        }
    }
}

/// Cutting the picture for the backend.
#[derive(Clone, Debug, PartialEq)]
pub struct CropParams {
    /// Margin on each side of the face box, as a share of its longer side.
    pub margin: f32,
    /// Least length of the shorter side in pixels.
    pub shortest_px: f32,
    /// Greatest length of the longer side in pixels, unless the shorter side needs more.
    pub longest_px: f32,
    /// JPEG quality, 1 to 100.
    pub jpeg_quality: u8,
}

impl Default for CropParams {
    fn default() -> Self {
        // 200 px per side satisfies every backend that we know; the recogniser's chip needs no more than 320.
        Self { margin: 0.35, shortest_px: 200.0, longest_px: 320.0, jpeg_quality: 85 }
    }
}

/// Reading single pictures.
#[derive(Clone, Debug, PartialEq)]
pub struct StillParams {
    /// Most pixels that a picture may have.
    pub most_pixels: u64,
    /// Most bytes that unpacking may take.
    pub most_bytes: u64,
    /// Longer side that a picture is scaled down to, in pixels.
    pub longest_px: u32,
    /// Margin of the second try at a tight crop, as a share of the longer side.
    pub second_try_margin: f32,
    /// How much a face's distance from the picture's middle, in shorter sides, takes off its width when several faces
    /// compete.
    pub aside: f32,
}

impl StillParams {
    /// How much `face` looks like the one that `picture` is of.
    pub(crate) fn prominence(&self, picture: &RgbPicture, face: &FaceBox) -> f32 {
        let (width, height) = (picture.width() as f32, picture.height() as f32);
        let off_centre = face.centre().distance(Point::new(width / 2.0, height / 2.0));
        face.width / (1.0 + self.aside * off_centre / width.min(height).max(1.0))
    }
}

impl Default for StillParams {
    fn default() -> Self {
        Self {
            // Room for the pictures of telephones.
            most_pixels: 40_000_000,
            most_bytes: 200_000_000,
            // The size at which the recogniser was evaluated.
            longest_px: 1280,
            // Without it 27 to 35 % of tight enrolment portraits are missed, with it 0.1 to 0.2 %.
            second_try_margin: 0.5,
            // Anything from 1 to 4 chooses as people do on the labelled set, where 17 % show a second face; width alone
            // costs half a point of rank-1.
            aside: 2.0,
        }
    }
}

/// Warning of held-up pictures. The figures are in `docs/spoof.md`.
#[derive(Clone, Debug, PartialEq)]
pub struct SpoofParams {
    /// How far back the pictures of a track are compared.
    pub window: Duration,
    /// Least time between two of them.
    pub spacing: Duration,
    /// How many features two pictures must share to be compared.
    pub least_features: usize,
    /// How many of the pictures that differ most are believed.
    pub telling_pictures: usize,
    /// Least change of shape from which anything can be said, in distances between the eyes.
    pub least_change: f32,
    /// A face of whose change of shape no greater share than this is left by a plane moves like a flat picture.
    pub flat: f32,
    /// How far back lids are watched for a blink.
    pub lids_window: Duration,
    /// Lids open by less than this share of the widest seen are shut.
    pub eyes_shut: f32,
    /// Lids open by more than this share of the widest seen are open.
    pub eyes_open: f32,
    /// Longest time from open to open again that is a blink.
    pub longest_blink: Duration,
    /// How long eyes must be watched before it means anything that they have not blinked.
    pub watched_for_blink: Duration,
}

impl Default for SpoofParams {
    fn default() -> Self {
        Self {
            // A guest stands for a second or two; older pictures belong to the walk up.
            window: Duration::from_millis(1300),
            // Closer pictures differ by their noise.
            spacing: Duration::from_millis(120),
            // A third of the windows.
            least_features: 25,
            telling_pictures: 3,
            // Noise of a still face is under half of it: 0.0023 (2nd percentile of 71 seconds of people).
            least_change: 0.005,
            // Of 71 seconds of people who stand or speak the least was 0.56; of photographs tilted by a hand nine in
            // ten are under 0.45.
            flat: 0.5,
            lids_window: Duration::from_secs(6),
            // The mesh follows lids sluggishly: blinks of people bring it down to 0.5 to 0.65, photographs in a hand
            // tremble down to 0.74.
            eyes_shut: 0.68,
            eyes_open: 0.8,
            // Blinks last up to 400 ms; a look down lasts longer.
            longest_blink: Duration::from_secs(1),
            // People blink every four seconds or so.
            watched_for_blink: Duration::from_secs(5),
        }
    }
}

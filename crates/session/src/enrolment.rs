//! The words of enrolling a face and of taking the consent back: what the session hears, and what it shows.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What became of a picture that the session asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureOutcome {
    /// It is kept in memory.
    Kept,
    /// The face was gone, or not to be seen well enough.
    NotGood,
    /// It may be a picture held up, or the face of another guest who is enrolled: for staff to look at.
    Doubtful,
}

/// What became of an enrolment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum EnrolmentOutcome {
    /// The backend has it.
    Enrolled {
        /// How many pictures it took over.
        pictures: u8,
        /// The best one's quality score, 0 to 1.
        quality: f32,
    },
    /// The backend could not be reached, and keeps nothing.
    Unreachable,
    /// The backend did not take it.
    Refused,
}

/// What a guest may do about their face beside being greeted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FaceChoice {
    /// Nothing.
    #[default]
    None,
    /// Enrol it for the next time.
    Enrol,
    /// Have it removed.
    Remove,
}

/// What a guest is asked to do for the next picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CaptureAsk {
    /// To look into the camera.
    LookHere,
    /// To turn the head a little.
    TurnALittle,
}

/// Why a face was not enrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EnrolFailure {
    /// The backend cannot be reached.
    Network,
    /// No good pictures came about.
    Picture,
    /// Staff had better look.
    Staff,
}

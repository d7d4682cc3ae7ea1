//! What speaks for a picture of a guest being held up instead of the guest's own face, and what a guest may be asked to
//! do about it. None of it proves that a face is alive.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Signs of a possible spoof. They warn; they never vouch for anybody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SpoofSigns {
    /// How much of the face's change of shape a moving plane does not explain: 0 all of it is explained, as with a
    /// photograph, 1 none. `None` if it moved too little for anything to be said, or was seen in one picture only.
    pub planarity: Option<f32>,
    /// Whether the eyes were seen to shut and open again. `None` if they were not watched for long enough.
    pub blinked: Option<bool>,
    /// Whether all of this together is worth a warning.
    pub warning: bool,
}

/// Something that a guest is asked to do before the camera. Sides are the guest's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Challenge {
    /// To shut both eyes and open them again.
    Blink,
    /// To turn the head a little to the left.
    TurnLeft,
    /// To turn the head a little to the right.
    TurnRight,
}

impl Challenge {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Blink, Self::TurnLeft, Self::TurnRight];
}

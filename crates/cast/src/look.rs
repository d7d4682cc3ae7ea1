//! What makes one guest look different from another: plain numbers, no geometry.
//!
//! Lengths are decimetres in head space: origin between the eyes, x to the viewer's right, y up, z towards the viewer.
//! Colours are sRGB. Every `AVERAGE` is the middle of the range in which faces stay believable.

mod face;
mod style;

use serde::{Deserialize, Serialize};

pub use face::{Brows, EyeLook, FaceShape, MouthShape, NoseShape};
pub use style::{Beard, Glasses, GlassesShape, Hair, HairStyle, Outfit, Skin};

/// An sRGB colour.
pub type Colour = [u8; 3];

/// How tall and broad a guest is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stature {
    /// How far the face stands above the camera's axis, metres.
    pub height_m: f32,
    /// Half the width over the shoulders.
    pub shoulders: f32,
    /// Radius of the neck.
    pub neck: f32,
}

impl Stature {
    /// Face on the camera's axis, medium build.
    pub const AVERAGE: Self = Self { height_m: 0.0, shoulders: 1.75, neck: 0.46 };
}

/// Everything visible about one guest.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// Skull, jaw, cheeks, ears.
    pub face: FaceShape,
    /// Eyes and lids.
    pub eyes: EyeLook,
    /// Eyebrows.
    pub brows: Brows,
    /// Nose.
    pub nose: NoseShape,
    /// Lips.
    pub mouth: MouthShape,
    /// Colour and age of the skin.
    pub skin: Skin,
    /// Hair on the head, or a scarf over it.
    pub hair: Hair,
    /// Beard, moustache or stubble.
    pub beard: Beard,
    /// Glasses, if any.
    pub glasses: Glasses,
    /// Clothes.
    pub outfit: Outfit,
    /// Build.
    pub stature: Stature,
}

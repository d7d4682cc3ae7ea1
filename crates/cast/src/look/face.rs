//! The parameters of a face's geometry.

use serde::{Deserialize, Serialize};

use super::Colour;

/// Skull, jaw, cheeks and ears.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FaceShape {
    /// Half the width of the skull.
    pub skull_width: f32,
    /// Height of the skull above its middle.
    pub skull_height: f32,
    /// Half the width of the lower face.
    pub jaw_width: f32,
    /// How far the chin lies below the eyes.
    pub chin_drop: f32,
    /// Half the width of the chin.
    pub chin_width: f32,
    /// How far the chin stands forward of the average.
    pub chin_forward: f32,
    /// How square the angle of the jaw is, 0 to 1.
    pub jaw_corner: f32,
    /// How far the cheekbones stand out.
    pub cheekbone: f32,
    /// How full the cheeks are.
    pub cheek: f32,
    /// How far the brow stands out.
    pub brow_ridge: f32,
    /// Scale of the ears.
    pub ear: f32,
}

impl FaceShape {
    /// The middle of the range.
    pub const AVERAGE: Self = Self {
        skull_width: 0.76,
        skull_height: 0.90,
        jaw_width: 0.58,
        chin_drop: 1.14,
        chin_width: 0.19,
        chin_forward: 0.0,
        jaw_corner: 0.3,
        cheekbone: 0.03,
        cheek: 0.03,
        brow_ridge: 0.02,
        ear: 1.0,
    };
}

/// Eyes and lids.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct EyeLook {
    /// Half the distance between the eyes.
    pub spacing: f32,
    /// Radius of the eyeball.
    pub size: f32,
    /// Half the width of the opening.
    pub width: f32,
    /// How far the upper lid opens above the middle.
    pub open: f32,
    /// How far the lower lid opens below the middle.
    pub below: f32,
    /// Rise of the outer corner over the inner one.
    pub tilt: f32,
    /// Depth of the fold of the upper lid, 0 for none.
    pub fold: f32,
    /// How deep the eye lies.
    pub depth: f32,
    /// Strength of the lashes, 0 to 1.
    pub lashes: f32,
    /// Colour of the iris.
    pub iris: Colour,
}

impl EyeLook {
    /// The middle of the range.
    pub const AVERAGE: Self = Self {
        spacing: 0.325,
        size: 0.172,
        width: 0.158,
        open: 0.082,
        below: 0.058,
        tilt: 0.06,
        fold: 0.7,
        depth: 0.0,
        lashes: 0.5,
        iris: [84, 52, 28],
    };
}

/// Eyebrows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Brows {
    /// Height above the eyes.
    pub lift: f32,
    /// Half the thickness.
    pub thickness: f32,
    /// How much the brow arches.
    pub arch: f32,
    /// How much the outer end is higher than the inner.
    pub slant: f32,
    /// Where the brow begins, from the middle of the face.
    pub inner: f32,
    /// Where it ends.
    pub outer: f32,
    /// How dense the hairs are, 0 to 1.
    pub density: f32,
    /// Colour of the hairs.
    pub colour: Colour,
}

impl Brows {
    /// The middle of the range.
    pub const AVERAGE: Self = Self {
        lift: 0.235,
        thickness: 0.036,
        arch: 0.06,
        slant: 0.03,
        inner: 0.13,
        outer: 0.55,
        density: 0.85,
        colour: [52, 36, 26],
    };
}

/// Nose.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoseShape {
    /// How far its tip lies below the eyes.
    pub length: f32,
    /// How far the tip stands out.
    pub projection: f32,
    /// How high the bridge is.
    pub bridge: f32,
    /// Half the width of the bridge.
    pub bridge_width: f32,
    /// Radius of the tip.
    pub tip: f32,
    /// Half the width over the wings.
    pub wings: f32,
}

impl NoseShape {
    /// The middle of the range.
    pub const AVERAGE: Self =
        Self { length: 0.46, projection: 0.14, bridge: 0.02, bridge_width: 0.06, tip: 0.10, wings: 0.135 };
}

/// Lips.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MouthShape {
    /// How far the mouth lies below the eyes.
    pub drop: f32,
    /// Half its width.
    pub width: f32,
    /// Thickness of the upper lip.
    pub upper: f32,
    /// Thickness of the lower lip.
    pub lower: f32,
    /// How far the corners rise.
    pub smile: f32,
    /// Colour of the lips.
    pub colour: Colour,
}

impl MouthShape {
    /// The middle of the range.
    pub const AVERAGE: Self =
        Self { drop: 0.745, width: 0.245, upper: 0.045, lower: 0.058, smile: 0.045, colour: [190, 112, 102] };
}

//! Priya Raman: a young woman with her hair in a bun.

use super::Guest;
use crate::look::{
    Beard, Brows, EyeLook, FaceShape, Glasses, Hair, HairStyle, Look, MouthShape, NoseShape, Outfit, Skin,
    Stature,
};

pub(super) const GUEST: Guest = Guest {
    name: "Priya Raman",
    slug: "priya-raman",
    look: Look {
        face: FaceShape {
            skull_width: 0.738,
            skull_height: 0.883,
            jaw_width: 0.535,
            chin_drop: 1.226,
            chin_width: 0.173,
            chin_forward: -0.06,
            jaw_corner: 0.1,
            cheekbone: 0.036,
            cheek: -0.01,
            brow_ridge: 0.014,
            ear: 0.92,
        },
        eyes: EyeLook {
            spacing: 0.352,
            size: 0.186,
            width: 0.176,
            open: 0.08,
            below: 0.046,
            tilt: 0.06,
            fold: 0.956,
            depth: -0.016,
            lashes: 1.0,
            iris: [52, 32, 18],
        },
        brows: Brows {
            lift: 0.185,
            thickness: 0.044,
            arch: 0.09,
            slant: -0.005,
            inner: 0.19,
            outer: 0.526,
            density: 0.636,
            colour: [28, 20, 18],
        },
        nose: NoseShape {
            length: 0.36,
            projection: 0.15,
            bridge: 0.055,
            bridge_width: 0.04,
            tip: 0.114,
            wings: 0.145,
        },
        mouth: MouthShape {
            drop: 0.737,
            width: 0.265,
            upper: 0.034,
            lower: 0.045,
            smile: 0.05,
            colour: [164, 74, 78],
        },
        skin: Skin { tone: [172, 118, 82], flush: 0.3, freckles: 0.0, age: 0.0 },
        hair: Hair { style: HairStyle::Bun, colour: [30, 22, 20], line: 0.66, volume: 0.0, grey: 0.0 },
        beard: Beard::NONE,
        glasses: Glasses::NONE,
        outfit: Outfit::JacketAndTop { jacket: [58, 44, 92], top: [232, 124, 104] },
        stature: Stature { height_m: -0.04, shoulders: 1.52, neck: 0.39 },
    },
};

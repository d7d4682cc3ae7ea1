//! Arjun Patel: a man in his thirties with a full beard and round glasses.

use super::Guest;
use crate::look::{
    Beard, Brows, EyeLook, FaceShape, Glasses, GlassesShape, Hair, HairStyle, Look, MouthShape, NoseShape,
    Outfit, Skin, Stature,
};

pub(super) const GUEST: Guest = Guest {
    name: "Arjun Patel",
    slug: "arjun-patel",
    look: Look {
        face: FaceShape {
            skull_width: 0.736,
            skull_height: 0.943,
            jaw_width: 0.515,
            chin_drop: 1.17,
            chin_width: 0.246,
            chin_forward: 0.01,
            jaw_corner: 0.323,
            cheekbone: 0.068,
            cheek: 0.003,
            brow_ridge: 0.0,
            ear: 1.0,
        },
        eyes: EyeLook {
            spacing: 0.299,
            size: 0.185,
            width: 0.177,
            open: 0.063,
            below: 0.066,
            tilt: 0.019,
            fold: 0.0,
            depth: -0.02,
            lashes: 0.784,
            iris: [58, 36, 20],
        },
        brows: Brows {
            lift: 0.2,
            thickness: 0.052,
            arch: 0.016,
            slant: 0.039,
            inner: 0.189,
            outer: 0.544,
            density: 0.993,
            colour: [24, 18, 16],
        },
        nose: NoseShape {
            length: 0.446,
            projection: 0.112,
            bridge: 0.06,
            bridge_width: 0.069,
            tip: 0.127,
            wings: 0.1,
        },
        mouth: MouthShape {
            drop: 0.785,
            width: 0.243,
            upper: 0.038,
            lower: 0.045,
            smile: 0.05,
            colour: [158, 93, 84],
        },
        skin: Skin { tone: [155, 108, 79], flush: 0.387, freckles: 0.0, age: 0.1 },
        hair: Hair { style: HairStyle::SweptBack, colour: [24, 19, 18], line: 0.68, volume: 0.06, grey: 0.0 },
        beard: Beard { density: 1.0, length: 0.085, moustache: 1.0, cheeks: 0.9, colour: [26, 20, 18] },
        glasses: Glasses { shape: GlassesShape::Round, rim: 0.016, colour: [150, 118, 66] },
        outfit: Outfit::RollNeck { knit: [72, 74, 82] },
        stature: Stature { height_m: 0.025, shoulders: 1.85, neck: 0.5 },
    },
};

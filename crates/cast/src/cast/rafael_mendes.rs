//! Rafael Mendes: a man in his thirties with dark curls and a moustache.

use super::Guest;
use crate::look::{
    Beard, Brows, EyeLook, FaceShape, Glasses, Hair, HairStyle, Look, MouthShape, NoseShape, Outfit, Skin,
    Stature,
};

pub(super) const GUEST: Guest = Guest {
    name: "Rafael Mendes",
    slug: "rafael-mendes",
    look: Look {
        face: FaceShape {
            skull_width: 0.75,
            skull_height: 0.882,
            jaw_width: 0.585,
            chin_drop: 1.18,
            chin_width: 0.25,
            chin_forward: -0.027,
            jaw_corner: 0.384,
            cheekbone: 0.047,
            cheek: 0.03,
            brow_ridge: 0.045,
            ear: 1.0,
        },
        eyes: EyeLook {
            spacing: 0.285,
            size: 0.196,
            width: 0.13,
            open: 0.075,
            below: 0.048,
            tilt: -0.08,
            fold: 0.679,
            depth: 0.03,
            lashes: 0.553,
            iris: [104, 66, 32],
        },
        brows: Brows {
            lift: 0.285,
            thickness: 0.046,
            arch: 0.052,
            slant: 0.048,
            inner: 0.19,
            outer: 0.544,
            density: 1.0,
            colour: [38, 26, 20],
        },
        nose: NoseShape {
            length: 0.36,
            projection: 0.206,
            bridge: -0.011,
            bridge_width: 0.04,
            tip: 0.07,
            wings: 0.145,
        },
        mouth: MouthShape {
            drop: 0.775,
            width: 0.268,
            upper: 0.042,
            lower: 0.063,
            smile: 0.053,
            colour: [176, 100, 90],
        },
        skin: Skin { tone: [196, 150, 120], flush: 0.35, freckles: 0.0, age: 0.15 },
        hair: Hair { style: HairStyle::Curls, colour: [44, 30, 22], line: 0.66, volume: 0.02, grey: 0.0 },
        beard: Beard { density: 0.16, length: 0.012, moustache: 0.9, cheeks: 0.6, colour: [46, 32, 24] },
        glasses: Glasses::NONE,
        outfit: Outfit::Shirt { shirt: [112, 148, 188] },
        stature: Stature { height_m: 0.03, shoulders: 1.85, neck: 0.5 },
    },
};

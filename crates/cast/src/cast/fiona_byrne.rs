//! Fiona Byrne: a young woman with red waves and freckles.

use super::Guest;
use crate::look::{
    Beard, Brows, EyeLook, FaceShape, Glasses, Hair, HairStyle, Look, MouthShape, NoseShape, Outfit, Skin,
    Stature,
};

pub(super) const GUEST: Guest = Guest {
    name: "Fiona Byrne",
    slug: "fiona-byrne",
    look: Look {
        face: FaceShape {
            skull_width: 0.798,
            skull_height: 0.872,
            jaw_width: 0.581,
            chin_drop: 1.143,
            chin_width: 0.155,
            chin_forward: 0.017,
            jaw_corner: 0.067,
            cheekbone: -0.005,
            cheek: 0.08,
            brow_ridge: 0.007,
            ear: 0.6,
        },
        eyes: EyeLook {
            spacing: 0.385,
            size: 0.191,
            width: 0.181,
            open: 0.072,
            below: 0.073,
            tilt: -0.045,
            fold: 0.646,
            depth: -0.009,
            lashes: 0.685,
            iris: [82, 122, 76],
        },
        brows: Brows {
            lift: 0.201,
            thickness: 0.018,
            arch: 0.003,
            slant: 0.075,
            inner: 0.105,
            outer: 0.574,
            density: 0.462,
            colour: [142, 78, 44],
        },
        nose: NoseShape {
            length: 0.36,
            projection: 0.087,
            bridge: -0.026,
            bridge_width: 0.046,
            tip: 0.124,
            wings: 0.178,
        },
        mouth: MouthShape {
            drop: 0.679,
            width: 0.236,
            upper: 0.062,
            lower: 0.042,
            smile: 0.05,
            colour: [183, 99, 90],
        },
        skin: Skin { tone: [246, 216, 199], flush: 0.511, freckles: 0.8, age: 0.0 },
        hair: Hair { style: HairStyle::Wavy, colour: [132, 68, 40], line: 0.658, volume: 0.02, grey: 0.0 },
        beard: Beard::NONE,
        glasses: Glasses::NONE,
        outfit: Outfit::Jumper { knit: [92, 128, 158] },
        stature: Stature { height_m: -0.015, shoulders: 1.55, neck: 0.41 },
    },
};

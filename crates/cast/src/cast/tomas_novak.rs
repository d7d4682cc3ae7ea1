//! Tomáš Novák: a man of about seventy with a white beard.

use super::Guest;
use crate::look::{
    Beard, Brows, EyeLook, FaceShape, Glasses, Hair, HairStyle, Look, MouthShape, NoseShape, Outfit, Skin,
    Stature,
};

pub(super) const GUEST: Guest = Guest {
    name: "Tomáš Novák",
    slug: "tomas-novak",
    look: Look {
        face: FaceShape {
            skull_width: 0.84,
            skull_height: 0.971,
            jaw_width: 0.6,
            chin_drop: 1.187,
            chin_width: 0.21,
            chin_forward: 0.0,
            jaw_corner: 0.35,
            cheekbone: 0.03,
            cheek: 0.078,
            brow_ridge: 0.04,
            ear: 1.15,
        },
        eyes: EyeLook {
            spacing: 0.309,
            size: 0.179,
            width: 0.171,
            open: 0.066,
            below: 0.052,
            tilt: -0.08,
            fold: 1.0,
            depth: -0.007,
            lashes: 0.2,
            iris: [88, 128, 160],
        },
        brows: Brows {
            lift: 0.22,
            thickness: 0.042,
            arch: 0.05,
            slant: 0.03,
            inner: 0.156,
            outer: 0.55,
            density: 0.75,
            colour: [176, 172, 168],
        },
        nose: NoseShape {
            length: 0.498,
            projection: 0.19,
            bridge: 0.059,
            bridge_width: 0.068,
            tip: 0.118,
            wings: 0.155,
        },
        mouth: MouthShape {
            drop: 0.793,
            width: 0.265,
            upper: 0.03,
            lower: 0.045,
            smile: 0.05,
            colour: [197, 120, 109],
        },
        skin: Skin { tone: [224, 178, 156], flush: 0.8, freckles: 0.0, age: 0.9 },
        hair: Hair {
            style: HairStyle::Receding,
            colour: [206, 204, 202],
            line: 0.965,
            volume: 0.03,
            grey: 0.3,
        },
        beard: Beard { density: 0.95, length: 0.09, moustache: 1.0, cheeks: 0.75, colour: [222, 220, 216] },
        glasses: Glasses::NONE,
        outfit: Outfit::Jumper { knit: [62, 92, 74] },
        stature: Stature { height_m: 0.02, shoulders: 1.85, neck: 0.52 },
    },
};

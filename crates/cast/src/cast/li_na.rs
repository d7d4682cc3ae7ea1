//! 李娜: a young woman with a straight fringe.

use super::Guest;
use crate::look::{
    Beard, Brows, EyeLook, FaceShape, Glasses, Hair, HairStyle, Look, MouthShape, NoseShape, Outfit, Skin,
    Stature,
};

pub(super) const GUEST: Guest = Guest {
    name: "李娜",
    slug: "li-na",
    look: Look {
        face: FaceShape {
            skull_width: 0.746,
            skull_height: 0.868,
            jaw_width: 0.48,
            chin_drop: 1.179,
            chin_width: 0.133,
            chin_forward: -0.06,
            jaw_corner: 0.05,
            cheekbone: 0.069,
            cheek: 0.06,
            brow_ridge: 0.028,
            ear: 0.6,
        },
        eyes: EyeLook {
            spacing: 0.335,
            size: 0.176,
            width: 0.166,
            open: 0.08,
            below: 0.067,
            tilt: 0.17,
            fold: 0.379,
            depth: -0.015,
            lashes: 0.75,
            iris: [46, 28, 18],
        },
        brows: Brows {
            lift: 0.221,
            thickness: 0.028,
            arch: 0.05,
            slant: 0.009,
            inner: 0.102,
            outer: 0.565,
            density: 0.969,
            colour: [40, 30, 26],
        },
        nose: NoseShape {
            length: 0.367,
            projection: 0.097,
            bridge: -0.04,
            bridge_width: 0.055,
            tip: 0.072,
            wings: 0.185,
        },
        mouth: MouthShape {
            drop: 0.7,
            width: 0.215,
            upper: 0.034,
            lower: 0.045,
            smile: 0.073,
            colour: [204, 92, 92],
        },
        skin: Skin { tone: [236, 204, 182], flush: 0.495, freckles: 0.0, age: 0.0 },
        hair: Hair { style: HairStyle::Fringe, colour: [26, 20, 20], line: 0.33, volume: 0.0, grey: 0.0 },
        beard: Beard::NONE,
        glasses: Glasses::NONE,
        outfit: Outfit::RollNeck { knit: [232, 222, 206] },
        stature: Stature { height_m: -0.03, shoulders: 1.5, neck: 0.39 },
    },
};

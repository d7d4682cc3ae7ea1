//! Sofia Marino: a woman in her thirties with short hair lifted off her forehead.

use super::Guest;
use crate::look::{
    Beard, Brows, EyeLook, FaceShape, Glasses, Hair, HairStyle, Look, MouthShape, NoseShape, Outfit, Skin,
    Stature,
};

pub(super) const GUEST: Guest = Guest {
    name: "Sofia Marino",
    slug: "sofia-marino",
    look: Look {
        face: FaceShape {
            skull_width: 0.815,
            skull_height: 0.884,
            jaw_width: 0.577,
            chin_drop: 1.171,
            chin_width: 0.156,
            chin_forward: 0.013,
            jaw_corner: 0.121,
            cheekbone: 0.055,
            cheek: 0.038,
            brow_ridge: 0.02,
            ear: 0.92,
        },
        eyes: EyeLook {
            spacing: 0.302,
            size: 0.169,
            width: 0.166,
            open: 0.086,
            below: 0.056,
            tilt: 0.137,
            fold: 0.9,
            depth: -0.02,
            lashes: 0.829,
            iris: [92, 104, 62],
        },
        brows: Brows {
            lift: 0.221,
            thickness: 0.046,
            arch: 0.009,
            slant: 0.024,
            inner: 0.159,
            outer: 0.586,
            density: 0.85,
            colour: [52, 36, 28],
        },
        nose: NoseShape {
            length: 0.461,
            projection: 0.158,
            bridge: 0.058,
            bridge_width: 0.054,
            tip: 0.07,
            wings: 0.164,
        },
        mouth: MouthShape {
            drop: 0.749,
            width: 0.3,
            upper: 0.06,
            lower: 0.07,
            smile: 0.065,
            colour: [163, 48, 56],
        },
        skin: Skin { tone: [235, 189, 159], flush: 0.242, freckles: 0.0, age: 0.1 },
        hair: Hair { style: HairStyle::Pixie, colour: [58, 38, 28], line: 0.596, volume: 0.04, grey: 0.0 },
        beard: Beard::NONE,
        glasses: Glasses::NONE,
        outfit: Outfit::Shirt { shirt: [240, 240, 242] },
        stature: Stature { height_m: 0.0, shoulders: 1.55, neck: 0.4 },
    },
};

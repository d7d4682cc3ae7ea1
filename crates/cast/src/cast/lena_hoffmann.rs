//! Lena Hoffmann: a young woman with long fair hair and thin round glasses.

use super::Guest;
use crate::look::{
    Beard, Brows, EyeLook, FaceShape, Glasses, GlassesShape, Hair, HairStyle, Look, MouthShape, NoseShape,
    Outfit, Skin, Stature,
};

pub(super) const GUEST: Guest = Guest {
    name: "Lena Hoffmann",
    slug: "lena-hoffmann",
    look: Look {
        face: FaceShape {
            skull_width: 0.725,
            skull_height: 0.888,
            jaw_width: 0.51,
            chin_drop: 1.154,
            chin_width: 0.154,
            chin_forward: 0.0,
            jaw_corner: 0.302,
            cheekbone: 0.02,
            cheek: 0.016,
            brow_ridge: 0.024,
            ear: 0.6,
        },
        eyes: EyeLook {
            spacing: 0.302,
            size: 0.178,
            width: 0.172,
            open: 0.104,
            below: 0.074,
            tilt: 0.122,
            fold: 0.248,
            depth: 0.0,
            lashes: 0.615,
            iris: [74, 118, 156],
        },
        brows: Brows {
            lift: 0.235,
            thickness: 0.029,
            arch: 0.078,
            slant: 0.03,
            inner: 0.094,
            outer: 0.551,
            density: 0.691,
            colour: [142, 106, 66],
        },
        nose: NoseShape {
            length: 0.364,
            projection: 0.15,
            bridge: 0.04,
            bridge_width: 0.042,
            tip: 0.08,
            wings: 0.13,
        },
        mouth: MouthShape {
            drop: 0.779,
            width: 0.298,
            upper: 0.054,
            lower: 0.055,
            smile: 0.06,
            colour: [212, 116, 114],
        },
        skin: Skin { tone: [228, 195, 178], flush: 0.55, freckles: 0.0, age: 0.0 },
        hair: Hair { style: HairStyle::Long, colour: [190, 152, 104], line: 0.657, volume: 0.0, grey: 0.0 },
        beard: Beard::NONE,
        glasses: Glasses { shape: GlassesShape::Round, rim: 0.012, colour: [196, 150, 128] },
        outfit: Outfit::JacketAndTop { jacket: [48, 110, 112], top: [240, 236, 230] },
        stature: Stature { height_m: 0.0, shoulders: 1.55, neck: 0.4 },
    },
};

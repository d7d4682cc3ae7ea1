//! 陈建国: a man of about sixty with grey hair combed back.

use super::Guest;
use crate::look::{
    Beard, Brows, EyeLook, FaceShape, Glasses, Hair, HairStyle, Look, MouthShape, NoseShape, Outfit, Skin,
    Stature,
};

pub(super) const GUEST: Guest = Guest {
    name: "陈建国",
    slug: "chen-jianguo",
    look: Look {
        face: FaceShape {
            skull_width: 0.785,
            skull_height: 0.85,
            jaw_width: 0.645,
            chin_drop: 1.159,
            chin_width: 0.223,
            chin_forward: -0.025,
            jaw_corner: 0.473,
            cheekbone: 0.039,
            cheek: 0.08,
            brow_ridge: 0.015,
            ear: 1.1,
        },
        eyes: EyeLook {
            spacing: 0.373,
            size: 0.165,
            width: 0.167,
            open: 0.08,
            below: 0.036,
            tilt: 0.002,
            fold: 0.219,
            depth: -0.018,
            lashes: 0.236,
            iris: [44, 30, 22],
        },
        brows: Brows {
            lift: 0.25,
            thickness: 0.044,
            arch: 0.004,
            slant: -0.01,
            inner: 0.147,
            outer: 0.55,
            density: 0.981,
            colour: [74, 68, 64],
        },
        nose: NoseShape {
            length: 0.479,
            projection: 0.177,
            bridge: -0.01,
            bridge_width: 0.041,
            tip: 0.112,
            wings: 0.164,
        },
        mouth: MouthShape {
            drop: 0.85,
            width: 0.305,
            upper: 0.051,
            lower: 0.042,
            smile: 0.075,
            colour: [140, 87, 77],
        },
        skin: Skin { tone: [208, 166, 138], flush: 0.478, freckles: 0.0, age: 0.9 },
        hair: Hair {
            style: HairStyle::SweptBack,
            colour: [92, 90, 90],
            line: 0.664,
            volume: -0.02,
            grey: 0.55,
        },
        beard: Beard::NONE,
        glasses: Glasses::NONE,
        outfit: Outfit::Blazer { jacket: [96, 78, 62], shirt: [230, 226, 214] },
        stature: Stature { height_m: -0.01, shoulders: 1.8, neck: 0.5 },
    },
};

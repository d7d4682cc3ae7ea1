//! Zhang Wei: a man of about thirty with square glasses and a side parting.

use super::Guest;
use crate::look::{
    Beard, Brows, EyeLook, FaceShape, Glasses, GlassesShape, Hair, HairStyle, Look, MouthShape, NoseShape,
    Outfit, Skin, Stature,
};

pub(super) const GUEST: Guest = Guest {
    name: "Zhang Wei",
    slug: "zhang-wei",
    look: Look {
        face: FaceShape {
            skull_width: 0.78,
            skull_height: 0.886,
            jaw_width: 0.657,
            chin_drop: 1.088,
            chin_width: 0.241,
            chin_forward: 0.009,
            jaw_corner: 0.335,
            cheekbone: 0.017,
            cheek: 0.055,
            brow_ridge: 0.0,
            ear: 1.0,
        },
        eyes: EyeLook {
            spacing: 0.297,
            size: 0.172,
            width: 0.157,
            open: 0.06,
            below: 0.044,
            tilt: 0.17,
            fold: 0.278,
            depth: 0.0,
            lashes: 0.441,
            iris: [52, 34, 22],
        },
        brows: Brows {
            lift: 0.28,
            thickness: 0.053,
            arch: 0.075,
            slant: 0.045,
            inner: 0.092,
            outer: 0.55,
            density: 0.762,
            colour: [26, 22, 20],
        },
        nose: NoseShape {
            length: 0.404,
            projection: 0.134,
            bridge: -0.01,
            bridge_width: 0.065,
            tip: 0.13,
            wings: 0.15,
        },
        mouth: MouthShape {
            drop: 0.722,
            width: 0.25,
            upper: 0.045,
            lower: 0.045,
            smile: 0.05,
            colour: [172, 108, 95],
        },
        skin: Skin { tone: [222, 184, 158], flush: 0.1, freckles: 0.0, age: 0.1 },
        hair: Hair {
            style: HairStyle::SideParted,
            colour: [24, 21, 20],
            line: 0.62,
            volume: 0.02,
            grey: 0.0,
        },
        beard: Beard::NONE,
        glasses: Glasses { shape: GlassesShape::Square, rim: 0.021, colour: [26, 26, 30] },
        outfit: Outfit::Blazer { jacket: [38, 52, 84], shirt: [236, 238, 242] },
        stature: Stature { height_m: 0.035, shoulders: 1.85, neck: 0.5 },
    },
};

//! Leila Haddad: a young woman with a sage-green scarf.

use super::Guest;
use crate::look::{
    Beard, Brows, EyeLook, FaceShape, Glasses, Hair, HairStyle, Look, MouthShape, NoseShape, Outfit, Skin,
    Stature,
};

pub(super) const GUEST: Guest = Guest {
    name: "Leila Haddad",
    slug: "leila-haddad",
    look: Look {
        face: FaceShape {
            skull_width: 0.733,
            skull_height: 0.887,
            jaw_width: 0.53,
            chin_drop: 1.133,
            chin_width: 0.154,
            chin_forward: 0.036,
            jaw_corner: 0.373,
            cheekbone: 0.079,
            cheek: 0.076,
            brow_ridge: 0.02,
            ear: 0.55,
        },
        eyes: EyeLook {
            spacing: 0.356,
            size: 0.177,
            width: 0.17,
            open: 0.093,
            below: 0.066,
            tilt: 0.035,
            fold: 0.795,
            depth: -0.014,
            lashes: 0.976,
            iris: [96, 72, 36],
        },
        brows: Brows {
            lift: 0.204,
            thickness: 0.04,
            arch: 0.107,
            slant: 0.022,
            inner: 0.19,
            outer: 0.513,
            density: 0.684,
            colour: [40, 28, 22],
        },
        nose: NoseShape {
            length: 0.442,
            projection: 0.222,
            bridge: 0.072,
            bridge_width: 0.04,
            tip: 0.073,
            wings: 0.117,
        },
        mouth: MouthShape {
            drop: 0.708,
            width: 0.288,
            upper: 0.06,
            lower: 0.066,
            smile: 0.052,
            colour: [184, 87, 87],
        },
        skin: Skin { tone: [223, 177, 148], flush: 0.401, freckles: 0.0, age: 0.05 },
        hair: Hair { style: HairStyle::Scarf, colour: [126, 150, 142], line: 0.618, volume: 0.0, grey: 0.0 },
        beard: Beard::NONE,
        glasses: Glasses::NONE,
        outfit: Outfit::JacketAndTop { jacket: [44, 52, 70], top: [60, 66, 84] },
        stature: Stature { height_m: -0.01, shoulders: 1.58, neck: 0.42 },
    },
};

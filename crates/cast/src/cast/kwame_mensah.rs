//! Kwame Mensah: a man in his forties with a shaved head and a goatee.

use super::Guest;
use crate::look::{
    Beard, Brows, EyeLook, FaceShape, Glasses, Hair, HairStyle, Look, MouthShape, NoseShape, Outfit, Skin,
    Stature,
};

pub(super) const GUEST: Guest = Guest {
    name: "Kwame Mensah",
    slug: "kwame-mensah",
    look: Look {
        face: FaceShape {
            skull_width: 0.77,
            skull_height: 0.88,
            jaw_width: 0.625,
            chin_drop: 1.26,
            chin_width: 0.27,
            chin_forward: 0.0,
            jaw_corner: 0.168,
            cheekbone: 0.067,
            cheek: 0.03,
            brow_ridge: 0.058,
            ear: 1.0,
        },
        eyes: EyeLook {
            spacing: 0.385,
            size: 0.182,
            width: 0.158,
            open: 0.089,
            below: 0.054,
            tilt: -0.003,
            fold: 0.735,
            depth: -0.02,
            lashes: 0.635,
            iris: [44, 28, 18],
        },
        brows: Brows {
            lift: 0.209,
            thickness: 0.036,
            arch: 0.095,
            slant: 0.03,
            inner: 0.102,
            outer: 0.55,
            density: 0.85,
            colour: [18, 14, 12],
        },
        nose: NoseShape {
            length: 0.491,
            projection: 0.12,
            bridge: 0.0,
            bridge_width: 0.078,
            tip: 0.118,
            wings: 0.193,
        },
        mouth: MouthShape {
            drop: 0.788,
            width: 0.287,
            upper: 0.038,
            lower: 0.057,
            smile: 0.05,
            colour: [115, 68, 62],
        },
        skin: Skin { tone: [92, 58, 42], flush: 0.295, freckles: 0.0, age: 0.3 },
        hair: Hair { style: HairStyle::Shaved, colour: [24, 19, 17], line: 0.643, volume: 0.0, grey: 0.0 },
        beard: Beard { density: 0.8, length: 0.02, moustache: 0.8, cheeks: 0.3, colour: [22, 17, 15] },
        glasses: Glasses::NONE,
        outfit: Outfit::Blazer { jacket: [92, 98, 106], shirt: [198, 214, 236] },
        stature: Stature { height_m: 0.045, shoulders: 1.95, neck: 0.54 },
    },
};

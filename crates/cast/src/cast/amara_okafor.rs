//! Amara Okafor: a young woman with a round crown of tight curls.

use super::Guest;
use crate::look::{
    Beard, Brows, EyeLook, FaceShape, Glasses, Hair, HairStyle, Look, MouthShape, NoseShape, Outfit, Skin,
    Stature,
};

pub(super) const GUEST: Guest = Guest {
    name: "Amara Okafor",
    slug: "amara-okafor",
    look: Look {
        face: FaceShape {
            skull_width: 0.73,
            skull_height: 0.918,
            jaw_width: 0.545,
            chin_drop: 1.061,
            chin_width: 0.205,
            chin_forward: 0.0,
            jaw_corner: 0.0,
            cheekbone: 0.05,
            cheek: 0.045,
            brow_ridge: 0.02,
            ear: 0.9,
        },
        eyes: EyeLook {
            spacing: 0.306,
            size: 0.179,
            width: 0.168,
            open: 0.092,
            below: 0.057,
            tilt: 0.087,
            fold: 0.9,
            depth: 0.0,
            lashes: 1.0,
            iris: [58, 34, 20],
        },
        brows: Brows {
            lift: 0.232,
            thickness: 0.046,
            arch: 0.113,
            slant: 0.044,
            inner: 0.166,
            outer: 0.547,
            density: 0.845,
            colour: [22, 16, 14],
        },
        nose: NoseShape {
            length: 0.396,
            projection: 0.09,
            bridge: -0.003,
            bridge_width: 0.058,
            tip: 0.123,
            wings: 0.2,
        },
        mouth: MouthShape {
            drop: 0.65,
            width: 0.255,
            upper: 0.059,
            lower: 0.077,
            smile: 0.05,
            colour: [136, 62, 60],
        },
        skin: Skin { tone: [118, 75, 52], flush: 0.193, freckles: 0.0, age: 0.0 },
        hair: Hair { style: HairStyle::Afro, colour: [30, 22, 18], line: 0.637, volume: 0.0, grey: 0.0 },
        beard: Beard::NONE,
        glasses: Glasses::NONE,
        outfit: Outfit::JacketAndTop { jacket: [198, 138, 44], top: [246, 240, 228] },
        stature: Stature { height_m: -0.02, shoulders: 1.55, neck: 0.4 },
    },
};

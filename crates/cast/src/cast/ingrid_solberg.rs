//! Ingrid Solberg: a woman of about sixty-five with a silver bob and round glasses.

use super::Guest;
use crate::look::{
    Beard, Brows, EyeLook, FaceShape, Glasses, GlassesShape, Hair, HairStyle, Look, MouthShape, NoseShape,
    Outfit, Skin, Stature,
};

pub(super) const GUEST: Guest = Guest {
    name: "Ingrid Solberg",
    slug: "ingrid-solberg",
    look: Look {
        face: FaceShape {
            skull_width: 0.718,
            skull_height: 0.896,
            jaw_width: 0.541,
            chin_drop: 1.17,
            chin_width: 0.199,
            chin_forward: -0.007,
            jaw_corner: 0.266,
            cheekbone: 0.04,
            cheek: 0.063,
            brow_ridge: 0.013,
            ear: 1.0,
        },
        eyes: EyeLook {
            spacing: 0.286,
            size: 0.178,
            width: 0.162,
            open: 0.072,
            below: 0.061,
            tilt: -0.076,
            fold: 1.0,
            depth: -0.011,
            lashes: 1.0,
            iris: [92, 124, 128],
        },
        brows: Brows {
            lift: 0.2,
            thickness: 0.018,
            arch: 0.086,
            slant: 0.011,
            inner: 0.177,
            outer: 0.478,
            density: 0.448,
            colour: [128, 118, 110],
        },
        nose: NoseShape {
            length: 0.5,
            projection: 0.203,
            bridge: 0.036,
            bridge_width: 0.041,
            tip: 0.092,
            wings: 0.2,
        },
        mouth: MouthShape {
            drop: 0.85,
            width: 0.243,
            upper: 0.038,
            lower: 0.045,
            smile: 0.085,
            colour: [174, 90, 92],
        },
        skin: Skin { tone: [246, 207, 185], flush: 0.662, freckles: 0.0, age: 0.85 },
        hair: Hair { style: HairStyle::Bob, colour: [150, 148, 148], line: 0.682, volume: 0.0, grey: 0.3 },
        beard: Beard::NONE,
        glasses: Glasses { shape: GlassesShape::Round, rim: 0.018, colour: [120, 44, 52] },
        outfit: Outfit::JacketAndTop { jacket: [122, 40, 62], top: [226, 220, 214] },
        stature: Stature { height_m: -0.03, shoulders: 1.55, neck: 0.42 },
    },
};

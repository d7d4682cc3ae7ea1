//! The guests whom nobody has enrolled. Every set was tuned by eye and with the recogniser.

use super::Guest;
use crate::look::{
    Beard, Brows, EyeLook, FaceShape, Glasses, GlassesShape, Hair, HairStyle, Look, MouthShape, NoseShape, Outfit, Skin,
    Stature,
};

pub(super) static GUESTS: [Guest; 6] =
    [TOMAS_NOVAK, PRIYA_RAMAN, FIONA_BYRNE, CHEN_JIANGUO, ARJUN_PATEL, SOFIA_MARINO];

const TOMAS_NOVAK: Guest = Guest {
    name: "Tomáš Novák",
    slug: "tomas-novak",
    look: Look {
        face: FaceShape { skull_width: 0.79, skull_height: 0.92, jaw_width: 0.60, chin_drop: 1.17, chin_width: 0.21, jaw_corner: 0.35, cheek: 0.06, brow_ridge: 0.04, ear: 1.15, ..FaceShape::AVERAGE },
        eyes: EyeLook { spacing: 0.33, size: 0.162, width: 0.150, open: 0.066, below: 0.052, tilt: -0.06, fold: 1.0, depth: 0.02, lashes: 0.2, iris: [88, 128, 160], ..EyeLook::AVERAGE },
        brows: Brows { thickness: 0.042, arch: 0.05, lift: 0.22, density: 0.75, colour: [176, 172, 168], ..Brows::AVERAGE },
        nose: NoseShape { bridge: 0.05, bridge_width: 0.07, tip: 0.118, wings: 0.155, length: 0.52, projection: 0.19, ..NoseShape::AVERAGE },
        mouth: MouthShape { width: 0.265, upper: 0.028, lower: 0.044, smile: 0.05, drop: 0.79, colour: [184, 112, 102] },
        skin: Skin { tone: [232, 194, 174], flush: 0.8, freckles: 0.0, age: 0.9 },
        hair: Hair { style: HairStyle::Receding, colour: [206, 204, 202], line: 0.98, volume: 0.03, grey: 0.3 },
        beard: Beard { density: 0.95, length: 0.09, moustache: 1.0, cheeks: 0.75, colour: [222, 220, 216] },
        glasses: Glasses::NONE,
        outfit: Outfit::Jumper { knit: [62, 92, 74] },
        stature: Stature { height_m: 0.02, shoulders: 1.85, neck: 0.52 },
    },
};

const PRIYA_RAMAN: Guest = Guest {
    name: "Priya Raman",
    slug: "priya-raman",
    look: Look {
        face: FaceShape { skull_width: 0.72, jaw_width: 0.535, chin_drop: 1.11, chin_width: 0.15, jaw_corner: 0.1, cheek: 0.03, ear: 0.92, ..FaceShape::AVERAGE },
        eyes: EyeLook { spacing: 0.315, size: 0.186, width: 0.174, open: 0.098, below: 0.064, tilt: 0.06, fold: 0.9, lashes: 1.0, iris: [52, 32, 18], ..EyeLook::AVERAGE },
        brows: Brows { thickness: 0.034, arch: 0.07, lift: 0.235, colour: [28, 20, 18], density: 0.9, ..Brows::AVERAGE },
        nose: NoseShape { bridge: 0.03, bridge_width: 0.056, tip: 0.094, wings: 0.135, length: 0.45, projection: 0.15, ..NoseShape::AVERAGE },
        mouth: MouthShape { width: 0.24, upper: 0.050, lower: 0.064, smile: 0.055, drop: 0.73, colour: [164, 74, 78] },
        skin: Skin { tone: [172, 118, 82], flush: 0.3, freckles: 0.0, age: 0.0 },
        hair: Hair { style: HairStyle::Bun, colour: [30, 22, 20], line: 0.66, volume: 0.0, grey: 0.0 },
        beard: Beard::NONE,
        glasses: Glasses::NONE,
        outfit: Outfit::JacketAndTop { jacket: [58, 44, 92], top: [232, 124, 104] },
        stature: Stature { height_m: -0.04, shoulders: 1.52, neck: 0.39 },
    },
};

const FIONA_BYRNE: Guest = Guest {
    name: "Fiona Byrne",
    slug: "fiona-byrne",
    look: Look {
        face: FaceShape { skull_width: 0.74, jaw_width: 0.57, chin_drop: 1.10, chin_width: 0.19, jaw_corner: 0.25, cheek: 0.06, cheekbone: 0.02, ..FaceShape::AVERAGE },
        eyes: EyeLook { spacing: 0.34, size: 0.176, width: 0.160, open: 0.090, below: 0.062, tilt: 0.02, fold: 0.7, lashes: 0.55, iris: [82, 122, 76], ..EyeLook::AVERAGE },
        brows: Brows { thickness: 0.028, arch: 0.06, density: 0.65, colour: [142, 78, 44], ..Brows::AVERAGE },
        nose: NoseShape { bridge: 0.01, bridge_width: 0.052, tip: 0.088, wings: 0.120, length: 0.40, projection: 0.13, ..NoseShape::AVERAGE },
        mouth: MouthShape { width: 0.25, upper: 0.040, lower: 0.054, smile: 0.065, drop: 0.70, colour: [204, 110, 100] },
        skin: Skin { tone: [240, 208, 192], flush: 0.75, freckles: 0.8, age: 0.0 },
        hair: Hair { style: HairStyle::Wavy, colour: [132, 68, 40], line: 0.66, volume: 0.02, grey: 0.0 },
        beard: Beard::NONE,
        glasses: Glasses::NONE,
        outfit: Outfit::Jumper { knit: [92, 128, 158] },
        stature: Stature { height_m: -0.015, shoulders: 1.55, neck: 0.41 },
    },
};

const CHEN_JIANGUO: Guest = Guest {
    name: "陈建国",
    slug: "chen-jianguo",
    look: Look {
        face: FaceShape { skull_width: 0.79, skull_height: 0.89, jaw_width: 0.645, chin_drop: 1.13, chin_width: 0.22, jaw_corner: 0.5, cheek: 0.07, cheekbone: 0.07, ear: 1.1, ..FaceShape::AVERAGE },
        eyes: EyeLook { spacing: 0.35, size: 0.160, width: 0.150, open: 0.054, below: 0.044, tilt: 0.02, fold: 0.3, lashes: 0.15, iris: [44, 30, 22], ..EyeLook::AVERAGE },
        brows: Brows { thickness: 0.034, arch: 0.03, slant: -0.01, density: 0.7, colour: [74, 68, 64], ..Brows::AVERAGE },
        nose: NoseShape { bridge: 0.0, bridge_width: 0.07, tip: 0.112, wings: 0.165, length: 0.48, projection: 0.12, ..NoseShape::AVERAGE },
        mouth: MouthShape { width: 0.265, upper: 0.034, lower: 0.050, smile: 0.055, drop: 0.76, colour: [168, 104, 92] },
        skin: Skin { tone: [208, 166, 138], flush: 0.4, freckles: 0.0, age: 0.9 },
        hair: Hair { style: HairStyle::SweptBack, colour: [92, 90, 90], line: 0.72, volume: -0.02, grey: 0.55 },
        beard: Beard::NONE,
        glasses: Glasses::NONE,
        outfit: Outfit::Blazer { jacket: [96, 78, 62], shirt: [230, 226, 214] },
        stature: Stature { height_m: -0.01, shoulders: 1.80, neck: 0.50 },
    },
};

const ARJUN_PATEL: Guest = Guest {
    name: "Arjun Patel",
    slug: "arjun-patel",
    look: Look {
        face: FaceShape { skull_width: 0.75, skull_height: 0.91, jaw_width: 0.57, chin_drop: 1.17, chin_width: 0.19, jaw_corner: 0.3, brow_ridge: 0.04, ..FaceShape::AVERAGE },
        eyes: EyeLook { spacing: 0.315, size: 0.178, width: 0.166, open: 0.086, below: 0.060, tilt: 0.02, depth: 0.015, lashes: 0.7, iris: [58, 36, 20], ..EyeLook::AVERAGE },
        brows: Brows { thickness: 0.050, arch: 0.05, lift: 0.215, inner: 0.11, colour: [24, 18, 16], density: 1.0, ..Brows::AVERAGE },
        nose: NoseShape { bridge: 0.06, bridge_width: 0.064, tip: 0.106, wings: 0.145, length: 0.51, projection: 0.20, ..NoseShape::AVERAGE },
        mouth: MouthShape { width: 0.245, upper: 0.042, lower: 0.058, drop: 0.785, colour: [150, 88, 80], ..MouthShape::AVERAGE },
        skin: Skin { tone: [158, 108, 76], flush: 0.25, freckles: 0.0, age: 0.1 },
        hair: Hair { style: HairStyle::SweptBack, colour: [24, 19, 18], line: 0.68, volume: 0.06, grey: 0.0 },
        beard: Beard { density: 1.0, length: 0.07, moustache: 1.0, cheeks: 0.9, colour: [26, 20, 18] },
        glasses: Glasses { shape: GlassesShape::Round, rim: 0.016, colour: [150, 118, 66] },
        outfit: Outfit::RollNeck { knit: [72, 74, 82] },
        stature: Stature { height_m: 0.025, shoulders: 1.85, neck: 0.50 },
    },
};

const SOFIA_MARINO: Guest = Guest {
    name: "Sofia Marino",
    slug: "sofia-marino",
    look: Look {
        face: FaceShape { skull_width: 0.73, jaw_width: 0.55, chin_drop: 1.14, chin_width: 0.17, jaw_corner: 0.35, cheekbone: 0.06, ear: 0.92, ..FaceShape::AVERAGE },
        eyes: EyeLook { spacing: 0.32, size: 0.178, width: 0.166, open: 0.086, below: 0.056, tilt: 0.14, fold: 0.9, lashes: 0.9, iris: [92, 104, 62], ..EyeLook::AVERAGE },
        brows: Brows { thickness: 0.036, arch: 0.06, slant: 0.06, lift: 0.225, colour: [52, 36, 28], ..Brows::AVERAGE },
        nose: NoseShape { bridge: 0.055, bridge_width: 0.054, tip: 0.084, wings: 0.122, length: 0.49, projection: 0.18, ..NoseShape::AVERAGE },
        mouth: MouthShape { width: 0.265, upper: 0.044, lower: 0.060, smile: 0.055, drop: 0.755, colour: [188, 76, 76] },
        skin: Skin { tone: [222, 178, 150], flush: 0.45, freckles: 0.0, age: 0.1 },
        hair: Hair { style: HairStyle::Pixie, colour: [62, 42, 30], line: 0.60, volume: 0.0, grey: 0.0 },
        beard: Beard::NONE,
        glasses: Glasses::NONE,
        outfit: Outfit::Shirt { shirt: [240, 240, 242] },
        stature: Stature { height_m: 0.0, shoulders: 1.55, neck: 0.40 },
    },
};

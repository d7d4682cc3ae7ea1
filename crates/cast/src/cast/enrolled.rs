//! The guests who are on the list. Every set was tuned by eye and with the recogniser.

use super::{ENROLLED, Guest};
use crate::look::{
    Beard, Brows, EyeLook, FaceShape, Glasses, GlassesShape, Hair, HairStyle, Look, MouthShape, NoseShape, Outfit, Skin,
    Stature,
};

pub(super) static GUESTS: [Guest; ENROLLED] =
    [ZHANG_WEI, AMARA_OKAFOR, LENA_HOFFMANN, LI_NA, RAFAEL_MENDES, INGRID_SOLBERG, KWAME_MENSAH, LEILA_HADDAD];

const ZHANG_WEI: Guest = Guest {
    name: "Zhang Wei",
    slug: "zhang-wei",
    look: Look {
        face: FaceShape { skull_width: 0.78, jaw_width: 0.62, jaw_corner: 0.6, cheekbone: 0.06, chin_width: 0.21, ..FaceShape::AVERAGE },
        eyes: EyeLook { spacing: 0.345, open: 0.064, below: 0.048, tilt: 0.12, fold: 0.12, lashes: 0.25, iris: [52, 34, 22], ..EyeLook::AVERAGE },
        brows: Brows { thickness: 0.040, arch: 0.035, slant: 0.04, colour: [26, 22, 20], ..Brows::AVERAGE },
        nose: NoseShape { bridge: -0.01, bridge_width: 0.065, tip: 0.105, wings: 0.15, length: 0.45, projection: 0.10, ..NoseShape::AVERAGE },
        mouth: MouthShape { width: 0.25, upper: 0.040, lower: 0.055, colour: [178, 112, 98], ..MouthShape::AVERAGE },
        skin: Skin { tone: [222, 184, 158], flush: 0.35, freckles: 0.0, age: 0.1 },
        hair: Hair { style: HairStyle::SideParted, colour: [24, 21, 20], line: 0.62, volume: 0.02, grey: 0.0 },
        beard: Beard::NONE,
        glasses: Glasses { shape: GlassesShape::Square, rim: 0.021, colour: [26, 26, 30] },
        outfit: Outfit::Blazer { jacket: [38, 52, 84], shirt: [236, 238, 242] },
        stature: Stature { height_m: 0.035, shoulders: 1.85, neck: 0.50 },
    },
};

const AMARA_OKAFOR: Guest = Guest {
    name: "Amara Okafor",
    slug: "amara-okafor",
    look: Look {
        face: FaceShape { skull_width: 0.73, jaw_width: 0.545, chin_drop: 1.10, chin_width: 0.16, jaw_corner: 0.1, cheekbone: 0.05, cheek: 0.04, ear: 0.9, ..FaceShape::AVERAGE },
        eyes: EyeLook { spacing: 0.32, size: 0.180, width: 0.168, open: 0.096, below: 0.062, tilt: 0.10, fold: 0.9, lashes: 1.0, iris: [58, 34, 20], ..EyeLook::AVERAGE },
        brows: Brows { thickness: 0.028, arch: 0.09, slant: 0.04, lift: 0.245, colour: [22, 16, 14], ..Brows::AVERAGE },
        nose: NoseShape { bridge: -0.005, bridge_width: 0.07, tip: 0.105, wings: 0.165, length: 0.43, projection: 0.09, ..NoseShape::AVERAGE },
        mouth: MouthShape { width: 0.255, upper: 0.062, lower: 0.080, smile: 0.05, drop: 0.725, colour: [136, 62, 60] },
        skin: Skin { tone: [122, 78, 54], flush: 0.25, freckles: 0.0, age: 0.0 },
        hair: Hair { style: HairStyle::Afro, colour: [30, 22, 18], line: 0.64, volume: 0.0, grey: 0.0 },
        beard: Beard::NONE,
        glasses: Glasses::NONE,
        outfit: Outfit::JacketAndTop { jacket: [198, 138, 44], top: [246, 240, 228] },
        stature: Stature { height_m: -0.02, shoulders: 1.55, neck: 0.40 },
    },
};

const LENA_HOFFMANN: Guest = Guest {
    name: "Lena Hoffmann",
    slug: "lena-hoffmann",
    look: Look {
        face: FaceShape { skull_width: 0.72, jaw_width: 0.53, chin_drop: 1.15, chin_width: 0.15, jaw_corner: 0.1, cheek: 0.02, ear: 0.9, ..FaceShape::AVERAGE },
        eyes: EyeLook { spacing: 0.315, size: 0.178, width: 0.162, open: 0.092, below: 0.060, tilt: 0.05, fold: 0.8, lashes: 0.7, iris: [74, 118, 156], ..EyeLook::AVERAGE },
        brows: Brows { thickness: 0.026, arch: 0.075, density: 0.7, colour: [142, 106, 66], ..Brows::AVERAGE },
        nose: NoseShape { bridge: 0.035, bridge_width: 0.048, tip: 0.080, wings: 0.112, length: 0.44, projection: 0.15, ..NoseShape::AVERAGE },
        mouth: MouthShape { width: 0.235, upper: 0.040, lower: 0.056, smile: 0.05, colour: [204, 112, 110], ..MouthShape::AVERAGE },
        skin: Skin { tone: [238, 204, 186], flush: 0.55, freckles: 0.0, age: 0.0 },
        hair: Hair { style: HairStyle::Long, colour: [190, 152, 104], line: 0.68, volume: 0.0, grey: 0.0 },
        beard: Beard::NONE,
        glasses: Glasses::NONE,
        outfit: Outfit::JacketAndTop { jacket: [48, 110, 112], top: [240, 236, 230] },
        stature: Stature { height_m: 0.0, shoulders: 1.55, neck: 0.40 },
    },
};

const LI_NA: Guest = Guest {
    name: "李娜",
    slug: "li-na",
    look: Look {
        face: FaceShape { skull_width: 0.75, jaw_width: 0.555, chin_drop: 1.08, chin_width: 0.14, jaw_corner: 0.05, cheekbone: 0.04, cheek: 0.06, ear: 0.9, ..FaceShape::AVERAGE },
        eyes: EyeLook { spacing: 0.335, size: 0.176, width: 0.166, open: 0.080, below: 0.054, tilt: 0.13, fold: 0.4, lashes: 0.75, iris: [46, 28, 18], ..EyeLook::AVERAGE },
        brows: Brows { thickness: 0.028, arch: 0.05, colour: [40, 30, 26], density: 0.75, ..Brows::AVERAGE },
        nose: NoseShape { bridge: -0.01, bridge_width: 0.055, tip: 0.085, wings: 0.122, length: 0.41, projection: 0.09, ..NoseShape::AVERAGE },
        mouth: MouthShape { width: 0.215, upper: 0.044, lower: 0.060, smile: 0.05, drop: 0.70, colour: [204, 92, 92] },
        skin: Skin { tone: [236, 204, 182], flush: 0.5, freckles: 0.0, age: 0.0 },
        hair: Hair { style: HairStyle::Fringe, colour: [26, 20, 20], line: 0.33, volume: 0.0, grey: 0.0 },
        beard: Beard::NONE,
        glasses: Glasses::NONE,
        outfit: Outfit::RollNeck { knit: [232, 222, 206] },
        stature: Stature { height_m: -0.03, shoulders: 1.50, neck: 0.39 },
    },
};

const RAFAEL_MENDES: Guest = Guest {
    name: "Rafael Mendes",
    slug: "rafael-mendes",
    look: Look {
        face: FaceShape { skull_width: 0.75, jaw_width: 0.585, chin_drop: 1.18, chin_width: 0.20, jaw_corner: 0.5, brow_ridge: 0.04, ..FaceShape::AVERAGE },
        eyes: EyeLook { spacing: 0.31, open: 0.078, tilt: 0.0, depth: 0.02, lashes: 0.5, iris: [104, 66, 32], ..EyeLook::AVERAGE },
        brows: Brows { thickness: 0.046, arch: 0.045, lift: 0.215, colour: [38, 26, 20], density: 0.95, ..Brows::AVERAGE },
        nose: NoseShape { bridge: 0.05, bridge_width: 0.06, tip: 0.098, wings: 0.135, length: 0.50, projection: 0.19, ..NoseShape::AVERAGE },
        mouth: MouthShape { width: 0.255, upper: 0.042, lower: 0.060, drop: 0.775, colour: [176, 100, 90], ..MouthShape::AVERAGE },
        skin: Skin { tone: [206, 152, 112], flush: 0.35, freckles: 0.0, age: 0.15 },
        hair: Hair { style: HairStyle::Curls, colour: [44, 30, 22], line: 0.66, volume: 0.02, grey: 0.0 },
        beard: Beard { density: 0.85, length: 0.03, moustache: 0.85, cheeks: 0.7, colour: [46, 32, 24] },
        glasses: Glasses::NONE,
        outfit: Outfit::Shirt { shirt: [112, 148, 188] },
        stature: Stature { height_m: 0.03, shoulders: 1.85, neck: 0.50 },
    },
};

const INGRID_SOLBERG: Guest = Guest {
    name: "Ingrid Solberg",
    slug: "ingrid-solberg",
    look: Look {
        face: FaceShape { skull_width: 0.74, jaw_width: 0.575, chin_drop: 1.16, chin_width: 0.20, jaw_corner: 0.25, cheek: 0.05, ..FaceShape::AVERAGE },
        eyes: EyeLook { spacing: 0.33, size: 0.164, width: 0.152, open: 0.072, below: 0.056, tilt: -0.04, fold: 1.0, lashes: 0.4, iris: [92, 124, 128], ..EyeLook::AVERAGE },
        brows: Brows { thickness: 0.024, arch: 0.08, density: 0.55, colour: [128, 118, 110], ..Brows::AVERAGE },
        nose: NoseShape { bridge: 0.035, bridge_width: 0.055, tip: 0.092, wings: 0.128, length: 0.49, projection: 0.17, ..NoseShape::AVERAGE },
        mouth: MouthShape { width: 0.26, upper: 0.030, lower: 0.042, smile: 0.06, drop: 0.765, colour: [190, 98, 100] },
        skin: Skin { tone: [238, 200, 178], flush: 0.6, freckles: 0.0, age: 0.85 },
        hair: Hair { style: HairStyle::Bob, colour: [150, 148, 148], line: 0.70, volume: 0.0, grey: 0.3 },
        beard: Beard::NONE,
        glasses: Glasses { shape: GlassesShape::Round, rim: 0.018, colour: [120, 44, 52] },
        outfit: Outfit::JacketAndTop { jacket: [122, 40, 62], top: [226, 220, 214] },
        stature: Stature { height_m: -0.03, shoulders: 1.55, neck: 0.42 },
    },
};

const KWAME_MENSAH: Guest = Guest {
    name: "Kwame Mensah",
    slug: "kwame-mensah",
    look: Look {
        face: FaceShape { skull_width: 0.77, skull_height: 0.88, jaw_width: 0.625, chin_drop: 1.15, chin_width: 0.23, jaw_corner: 0.7, cheekbone: 0.05, brow_ridge: 0.045, ..FaceShape::AVERAGE },
        eyes: EyeLook { spacing: 0.34, open: 0.076, below: 0.056, tilt: 0.04, lashes: 0.4, depth: 0.01, iris: [44, 28, 18], ..EyeLook::AVERAGE },
        brows: Brows { thickness: 0.036, arch: 0.05, lift: 0.22, colour: [18, 14, 12], ..Brows::AVERAGE },
        nose: NoseShape { bridge: 0.0, bridge_width: 0.078, tip: 0.118, wings: 0.185, length: 0.47, projection: 0.12, ..NoseShape::AVERAGE },
        mouth: MouthShape { width: 0.275, upper: 0.058, lower: 0.076, drop: 0.755, colour: [112, 66, 60], ..MouthShape::AVERAGE },
        skin: Skin { tone: [92, 58, 42], flush: 0.2, freckles: 0.0, age: 0.3 },
        hair: Hair { style: HairStyle::Shaved, colour: [24, 19, 17], line: 0.66, volume: 0.0, grey: 0.0 },
        beard: Beard { density: 0.8, length: 0.02, moustache: 0.8, cheeks: 0.3, colour: [22, 17, 15] },
        glasses: Glasses::NONE,
        outfit: Outfit::Blazer { jacket: [92, 98, 106], shirt: [198, 214, 236] },
        stature: Stature { height_m: 0.045, shoulders: 1.95, neck: 0.54 },
    },
};

const LEILA_HADDAD: Guest = Guest {
    name: "Leila Haddad",
    slug: "leila-haddad",
    look: Look {
        face: FaceShape { skull_width: 0.74, jaw_width: 0.56, chin_drop: 1.12, chin_width: 0.16, jaw_corner: 0.15, cheekbone: 0.04, cheek: 0.04, ear: 0.55, ..FaceShape::AVERAGE },
        eyes: EyeLook { spacing: 0.325, size: 0.184, width: 0.172, open: 0.094, below: 0.060, tilt: 0.08, fold: 0.9, lashes: 1.0, iris: [96, 72, 36], ..EyeLook::AVERAGE },
        brows: Brows { thickness: 0.034, arch: 0.085, lift: 0.235, colour: [40, 28, 22], ..Brows::AVERAGE },
        nose: NoseShape { bridge: 0.05, bridge_width: 0.052, tip: 0.086, wings: 0.122, length: 0.47, projection: 0.17, ..NoseShape::AVERAGE },
        mouth: MouthShape { width: 0.235, upper: 0.048, lower: 0.062, smile: 0.05, colour: [178, 84, 84], ..MouthShape::AVERAGE },
        skin: Skin { tone: [216, 172, 144], flush: 0.4, freckles: 0.0, age: 0.05 },
        hair: Hair { style: HairStyle::Scarf, colour: [126, 150, 142], line: 0.60, volume: 0.0, grey: 0.0 },
        beard: Beard::NONE,
        glasses: Glasses::NONE,
        outfit: Outfit::JacketAndTop { jacket: [44, 52, 70], top: [60, 66, 84] },
        stature: Stature { height_m: -0.01, shoulders: 1.58, neck: 0.42 },
    },
};

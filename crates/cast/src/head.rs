//! The solid of a head without hair: skull, jaw, cheeks, ears and neck, with nose, mouth and eyes added.

mod beard;
mod eyes;
mod mouth;
mod nose;

use crate::look::{FaceShape, Look};
use crate::sdf::{Ball, Ellipsoid, Rod, smooth_max, smooth_min};
use crate::vec3::{Vec3, vec3};

pub(crate) use beard::{BeardShape, grain as beard_grain};
pub(crate) use eyes::Eyes;
pub(crate) use mouth::Mouth;
pub(crate) use nose::Nose;

/// What moves within a face.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Expression {
    /// 0 open, 1 shut.
    pub blink: f32,
    /// Where the eyes look relative to the head: right and up, in radians.
    pub gaze: (f32, f32),
}

/// The solid of one head.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub eyes: Eyes,
    pub nose: Nose,
    pub mouth: Mouth,
    pub beard: BeardShape,
    cranium: Ellipsoid,
    jaw: Ellipsoid,
    corner: Ball,
    chin: Ellipsoid,
    cheekbone: Ellipsoid,
    cheek: Ellipsoid,
    ridge: Ellipsoid,
    ear: Ear,
    neck: Rod,
    front: Ball,
    fold: Rod,
    fold_depth: f32,
}

impl Head {
    pub fn new(look: &Look) -> Self {
        let face = &look.face;
        let spacing = look.eyes.spacing;
        let mouth = Mouth::new(&look.mouth);
        Self {
            cranium: Self::cranium_of(face, 0.0),
            jaw: Ellipsoid::new(
                vec3(0.0, 0.32 - face.chin_drop * 0.65, 0.12),
                vec3(face.jaw_width, 0.76, 0.62),
            ),
            corner: Ball {
                centre: vec3(face.jaw_width * 0.74, -0.66, 0.04),
                radius: 0.12 + face.jaw_corner * 0.10,
            },
            chin: Ellipsoid::new(
                vec3(0.0, 0.13 - face.chin_drop, 0.55 + face.chin_forward),
                vec3(face.chin_width, 0.14, 0.16),
            ),
            cheekbone: Ellipsoid::new(vec3(0.42 + face.cheekbone, -0.24, 0.40), vec3(0.20, 0.15, 0.20)),
            cheek: Ellipsoid::new(
                vec3(0.33, -0.50, 0.43 + face.cheek * 0.5),
                vec3(0.19 + face.cheek, 0.22, 0.19),
            ),
            ridge: Ellipsoid::new(
                vec3(spacing * 0.86, look.brows.lift - 0.04, 0.62),
                vec3(0.25, 0.07, 0.08 + face.brow_ridge),
            ),
            ear: Ear::new(face),
            neck: Rod::new(
                vec3(0.0, -0.75, -0.25),
                vec3(0.0, -1.62, -0.40),
                look.stature.neck,
                look.stature.neck + 0.02,
            ),
            front: Ball { centre: vec3(0.0, -0.35, 0.55), radius: 1.05 },
            fold: Rod::new(
                vec3(look.nose.wings + 0.05, -look.nose.length + 0.02, 0.80),
                vec3(look.mouth.width + 0.11, -look.mouth.drop + 0.0, 0.70),
                0.02,
                0.01,
            ),
            fold_depth: look.skin.age * 0.035,
            eyes: Eyes::new(&look.eyes),
            nose: Nose::new(&look.nose),
            beard: BeardShape::new(look),
            mouth,
        }
    }

    /// The brain case grown by `by`: hair lies on it too.
    pub fn cranium_of(face: &FaceShape, by: f32) -> Ellipsoid {
        Ellipsoid::new(vec3(0.0, 0.28, -0.18), vec3(face.skull_width + by, face.skull_height + by, 0.97 + by))
    }

    /// Distance to the skin, without the eyeballs.
    pub fn skin(&self, p: Vec3, blink: f32) -> f32 {
        let s = p.folded();
        let mut d = self.cranium.distance(p);
        d = smooth_min(d, self.jaw.distance(p), 0.30);
        d = smooth_min(d, self.corner.distance(s), 0.26);
        d = smooth_min(d, self.neck.distance(p), 0.10);
        if self.front.distance(p) < d + 0.25 {
            d = self.features(p, s, d, blink) - self.beard.relief(p, s);
        }
        self.ear.join(s, d)
    }

    fn features(&self, p: Vec3, s: Vec3, base: f32, blink: f32) -> f32 {
        let mut d = smooth_min(base, self.chin.distance(p), 0.20);
        d = smooth_min(d, self.cheekbone.distance(s), 0.18);
        d = smooth_min(d, self.cheek.distance(s), 0.20);
        d = smooth_min(d, self.ridge.distance(s), 0.14);
        d = self.eyes.hollow(s, d);
        d = self.nose.join(p, s, d);
        if self.fold_depth > 0.0 {
            d = smooth_max(d, -(self.fold.distance(s) + 0.03 - self.fold_depth), 0.07);
        }
        d = self.mouth.join(p, d);
        self.eyes.lids(s, d, blink)
    }
}

/// A shell with a hollow.
#[derive(Clone, Debug)]
struct Ear {
    reach: Ball,
    shell: Ellipsoid,
    hollow: Ellipsoid,
    lobe: Ball,
    ridge: Ellipsoid,
}

impl Ear {
    fn new(face: &FaceShape) -> Self {
        let (k, x) = (face.ear, face.skull_width - 0.03);
        Self {
            reach: Ball { centre: vec3(x + 0.06, -0.16, -0.12), radius: 0.36 * k },
            shell: Ellipsoid::new(vec3(x + 0.04, -0.12, -0.13), vec3(0.075, 0.26 * k, 0.16 * k)),
            hollow: Ellipsoid::new(vec3(x + 0.115, -0.12, -0.07), vec3(0.055, 0.17 * k, 0.095 * k)),
            lobe: Ball { centre: vec3(x + 0.02, -0.35 * k, -0.06), radius: 0.075 * k },
            ridge: Ellipsoid::new(vec3(x + 0.06, -0.14, -0.10), vec3(0.03, 0.11 * k, 0.03)),
        }
    }

    fn join(&self, s: Vec3, d: f32) -> f32 {
        if self.reach.distance(s) > d + 0.1 {
            return d;
        }
        let mut ear = smooth_min(self.shell.distance(s), self.lobe.distance(s), 0.08);
        ear = smooth_max(ear, -self.hollow.distance(s), 0.05);
        ear = smooth_min(ear, self.ridge.distance(s), 0.03);
        smooth_min(d, ear, 0.06)
    }
}

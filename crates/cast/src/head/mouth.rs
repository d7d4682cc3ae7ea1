//! The mouth: lips on a slight bulge, with a parting line whose corners rise.

use crate::look::MouthShape;
use crate::sdf::{Ball, Ellipsoid, smooth_max, smooth_min};
use crate::vec3::{Vec3, vec3};

/// How much the lips follow the curve of the teeth.
const CURVE: f32 = 1.35;
/// Where the parting line lies.
const FRONT: f32 = 0.715;

/// The solid of one mouth.
#[derive(Clone, Debug)]
pub(crate) struct Mouth {
    reach: Ball,
    drop: f32,
    width: f32,
    smile: f32,
    bulge: Ellipsoid,
    groove: Ellipsoid,
    peak: Ellipsoid,
    upper: Ellipsoid,
    lower: Ellipsoid,
    line: Ellipsoid,
}

impl Mouth {
    pub fn new(shape: &MouthShape) -> Self {
        let (w, up, low) = (shape.width, shape.upper, shape.lower);
        Self {
            reach: Ball { centre: vec3(0.0, -shape.drop, 0.68), radius: w + 0.32 },
            drop: shape.drop,
            width: w,
            smile: shape.smile,
            bulge: Ellipsoid::new(vec3(0.0, -shape.drop, 0.50), vec3(w + 0.08, 0.22, 0.20)),
            groove: Ellipsoid::new(vec3(0.0, up * 2.0 + 0.06, 0.075), vec3(0.028, 0.09, 0.05)),
            peak: Ellipsoid::new(vec3(w * 0.26, up * 0.82, 0.0), vec3(w * 0.42, up * 0.95, 0.060)),
            upper: Ellipsoid::new(vec3(0.0, up * 0.45, -0.012), vec3(w, up * 0.80, 0.058)),
            lower: Ellipsoid::new(vec3(0.0, -low * 0.88, -0.008), vec3(w * 0.78, low, 0.075)),
            line: Ellipsoid::new(vec3(0.0, 0.0, 0.055), vec3(w * 1.02, 0.011, 0.062)),
        }
    }

    /// Into the mouth's own space, where the parting line is straight and flat.
    fn unbend(&self, p: Vec3) -> Vec3 {
        let x2 = p.x * p.x;
        let rise = self.smile * x2 / (self.width * self.width);
        vec3(p.x.abs(), p.y + self.drop - rise, p.z - FRONT + CURVE * x2)
    }

    pub fn join(&self, p: Vec3, d: f32) -> f32 {
        if self.reach.distance(p) > d + 0.15 {
            return d;
        }
        let m = self.unbend(p);
        let mut all = smooth_min(d, self.bulge.distance(p), 0.16);
        all = smooth_max(all, -self.groove.distance(m), 0.05);
        all = smooth_min(all, self.lips(m), 0.028);
        smooth_max(all, -self.line.distance(m), 0.018)
    }

    fn lips(&self, m: Vec3) -> f32 {
        let upper = smooth_min(self.peak.distance(m), self.upper.distance(m), 0.03);
        upper.min(self.lower.distance(m))
    }

    /// How much a point of the skin belongs to the lips (0 to 1), and to the dark line between them (0 to 1).
    pub fn colouring(&self, p: Vec3) -> (f32, f32) {
        if self.reach.distance(p) > -0.1 {
            return (0.0, 0.0);
        }
        let m = self.unbend(p);
        let lips = (1.0 - (self.lips(m) - 0.002) / 0.016).clamp(0.0, 1.0);
        let inside = (1.0 - m.x / (self.width * 1.0)).clamp(0.0, 0.12) / 0.12;
        let line = (1.0 - m.y.abs() / 0.013).clamp(0.0, 1.0) * inside;
        (lips, line)
    }
}

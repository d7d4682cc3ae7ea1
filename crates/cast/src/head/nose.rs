//! The nose: bridge, tip, wings and nostrils.

use crate::look::NoseShape;
use crate::sdf::{Ball, Ellipsoid, Rod, smooth_max, smooth_min};
use crate::vec3::{Vec3, vec3};

/// The solid of one nose.
#[derive(Clone, Debug)]
pub(crate) struct Nose {
    reach: Ball,
    root: Rod,
    bridge: Rod,
    tip: Ball,
    column: Rod,
    wing: Ellipsoid,
    nostril: Ellipsoid,
}

impl Nose {
    pub fn new(shape: &NoseShape) -> Self {
        let front = 0.76 + shape.projection;
        let low = -shape.length;
        let tip = vec3(0.0, low + 0.01, front);
        let wing_x = shape.wings - 0.055;
        Self {
            reach: Ball { centre: vec3(0.0, low + 0.22, 0.78), radius: 0.56 },
            root: Rod::new(
                vec3(0.0, 0.20, 0.70),
                vec3(0.0, -0.06, 0.665 + shape.bridge),
                shape.bridge_width * 0.9,
                shape.bridge_width,
            ),
            bridge: Rod::new(
                vec3(0.0, -0.06, 0.665 + shape.bridge),
                vec3(0.0, low + 0.05, front - 0.005),
                shape.bridge_width,
                shape.tip * 0.86,
            ),
            tip: Ball { centre: tip, radius: shape.tip },
            column: Rod::new(vec3(0.0, low - 0.045, front - 0.02), vec3(0.0, low - 0.09, 0.74), 0.034, 0.05),
            wing: Ellipsoid::new(vec3(wing_x, low - 0.005, front - 0.095), vec3(0.065, 0.062, 0.095)),
            nostril: Ellipsoid::new(vec3(wing_x * 0.82, low - 0.068, front - 0.06), vec3(0.034, 0.026, 0.05)),
        }
    }

    pub fn join(&self, p: Vec3, s: Vec3, d: f32) -> f32 {
        if self.reach.distance(p) > d + 0.15 {
            return d;
        }
        let mut nose = smooth_min(self.bridge.distance(p), self.tip.distance(p), 0.05);
        nose = smooth_min(nose, self.wing.distance(s), 0.055);
        nose = smooth_min(nose, self.column.distance(p), 0.04);
        let mut all = smooth_min(d, self.root.distance(p), 0.13);
        all = smooth_min(all, nose, 0.085);
        smooth_max(all, -self.nostril.distance(s), 0.025)
    }

    /// How far inside a nostril a point of the skin lies, 0 to 1.
    pub fn nostril(&self, s: Vec3) -> f32 {
        (1.0 - (self.nostril.distance(s) - 0.004) / 0.02).clamp(0.0, 1.0)
    }

    /// Middle of the tip.
    pub fn tip(&self) -> Vec3 {
        self.tip.centre
    }
}

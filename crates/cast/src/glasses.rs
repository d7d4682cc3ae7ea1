//! The solid of a pair of glasses: rims, bridge and temples.

use crate::look::{Glasses, GlassesShape, Look};
use crate::sdf::{Rod, rounded_rectangle};
use crate::vec3::{Vec3, vec3};

/// One pair of glasses.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    centre: Vec3,
    half: (f32, f32),
    round: f32,
    rim: f32,
    bridge: Rod,
    temple: Rod,
}

impl Frame {
    /// `None` for a guest without glasses.
    pub fn new(look: &Look) -> Option<Self> {
        let Glasses { shape, rim, .. } = look.glasses;
        let (half, round) = match shape {
            GlassesShape::None => return None,
            GlassesShape::Round => ((0.235, 0.215), 0.20),
            GlassesShape::Square => ((0.262, 0.185), 0.085),
        };
        let centre = vec3(look.eyes.spacing + 0.01, -0.03, 0.85 + look.nose.bridge * 0.5);
        let inner = centre.x - half.0;
        let (hinge, ear) = (
            vec3(centre.x + half.0 + 0.02, 0.06, centre.z - 0.16),
            vec3(look.face.skull_width + 0.04, 0.08, -0.10),
        );
        Some(Self {
            centre,
            half,
            round,
            rim,
            bridge: Rod::new(vec3(0.0, 0.055, centre.z + 0.02), vec3(inner, 0.02, centre.z), rim, rim),
            temple: Rod::new(hinge, ear, rim * 1.1, rim * 1.2),
        })
    }

    /// Depth of the curved front at a place across.
    fn front(&self, x: f32) -> f32 {
        self.centre.z - 0.32 * (x - 0.12).max(0.0).powi(2)
    }

    /// Distance to the frame; `s` is folded.
    pub fn distance(&self, s: Vec3) -> f32 {
        let edge = rounded_rectangle(s.x - self.centre.x, s.y - self.centre.y, self.half, self.round);
        let depth = s.z - self.front(s.x);
        let rim = edge.hypot(depth) - self.rim;
        rim.min(self.bridge.distance(s)).min(self.temple.distance(s))
    }
}

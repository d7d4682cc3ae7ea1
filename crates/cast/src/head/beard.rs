//! Where a beard grows, and how thick it lies on the skin.

use crate::look::{Beard, Look};
use crate::noise::noise3;
use crate::sdf::smoothstep;
use crate::vec3::{Vec3, vec3};

/// One beard; may be none at all.
#[derive(Clone, Debug)]
pub(crate) struct BeardShape {
    look: Beard,
    mouth: f32,
    mouth_width: f32,
    lip: f32,
    chin: f32,
    nose: f32,
    ear: f32,
}

impl BeardShape {
    pub fn new(look: &Look) -> Self {
        Self {
            look: look.beard,
            mouth: -look.mouth.drop,
            mouth_width: look.mouth.width,
            lip: look.mouth.upper,
            chin: -look.face.chin_drop,
            nose: -look.nose.length,
            ear: look.face.skull_width - 0.03,
        }
    }

    /// The look it was built from.
    pub fn look(&self) -> &Beard {
        &self.look
    }

    /// How much hair grows at a point of the face, 0 to 1.
    pub fn mask(&self, s: Vec3) -> f32 {
        if s.y > -0.05 || s.z < -0.30 || self.look.density + self.look.moustache <= 0.0 {
            return 0.0;
        }
        (self.cheeks(s) * self.look.density).max(self.moustache(s) * self.look.moustache)
    }

    fn cheeks(&self, s: Vec3) -> f32 {
        let look = &self.look;
        let rise = smoothstep(0.22, 0.60, s.x);
        let low = self.mouth - 0.12;
        let line =
            low + (0.10 + 0.22 * look.cheeks) * rise + 0.55 * smoothstep(0.56, 0.68, s.x) * look.cheeks;
        let edge = 0.06 + 0.05 * rise;
        let top = smoothstep(line + edge, line - edge, s.y);
        let side = smoothstep(0.30 + 0.5 * look.cheeks, 0.22 + 0.40 * look.cheeks, s.x).max(smoothstep(
            0.4,
            0.6,
            look.cheeks,
        ));
        // The edge of the jaw rises from the chin to the ear; the neck below stays bare.
        let jaw = self.chin + 0.46 * smoothstep(0.42, -0.05, s.z);
        let bottom = smoothstep(jaw - 0.16, jaw + 0.02, s.y);
        let back = smoothstep(0.0, 0.12, s.z) * smoothstep(self.ear, self.ear - 0.05, s.x);
        // Below the lower lip a bare patch on either side of the middle.
        let lip = smoothstep(0.02, 0.07, (s.y - self.mouth).abs() - 0.06).max(smoothstep(
            self.mouth_width,
            self.mouth_width + 0.05,
            s.x,
        ));
        top * side * bottom * back * lip
    }

    fn moustache(&self, s: Vec3) -> f32 {
        let foot = self.mouth + self.lip * 1.2 - 0.35 * (s.x - self.mouth_width * 0.55).max(0.0);
        // Highest below the nose, falling to the corners of the mouth.
        let head = self.nose - 0.11 - 1.3 * s.x * s.x;
        let body = smoothstep(foot - 0.02, foot + 0.03, s.y) * smoothstep(head + 0.02, head - 0.05, s.y);
        let side = smoothstep(self.mouth_width + 0.11, self.mouth_width + 0.02, s.x);
        let beside = smoothstep(self.mouth_width + 0.005, self.mouth_width + 0.05, s.x)
            * smoothstep(self.mouth_width + 0.15, self.mouth_width + 0.09, s.x)
            * smoothstep(head, head - 0.08, s.y)
            * smoothstep(self.mouth - 0.22, self.mouth - 0.14, s.y);
        let front = smoothstep(0.30, 0.45, s.z);
        (body * side).max(beside * self.look.density.min(1.0)) * front
    }

    /// How far the hair stands off the skin.
    pub fn relief(&self, p: Vec3, s: Vec3) -> f32 {
        if self.look.length <= 0.0 {
            return 0.0;
        }
        let mask = self.mask(s);
        if mask <= 0.0 { 0.0 } else { self.look.length * mask * (0.75 + 0.5 * grain(p)) }
    }
}

/// Tufts of a beard, 0 to 1.
pub(crate) fn grain(p: Vec3) -> f32 {
    let flow = vec3(p.x * 16.0, p.y * 6.0 + p.x.abs() * 4.0, p.z * 14.0);
    0.6 * noise3(flow) + 0.4 * noise3(flow * 2.3)
}

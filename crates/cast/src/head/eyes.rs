//! Eyeballs and lids.

use crate::look::EyeLook;
use crate::sdf::{Ball, Ellipsoid, smooth_max, smooth_min};
use crate::vec3::{Vec3, vec3};

/// Thickness of a lid.
const LID: f32 = 0.020;

/// Both eyes, described once in the folded space.
#[derive(Clone, Debug)]
pub(crate) struct Eyes {
    look: EyeLook,
    ball: Ball,
    lid: Ball,
    reach: Ball,
    socket: Ellipsoid,
}

/// Where a point lies relative to the opening between the lids.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Opening {
    /// Along the eye: -1 at the inner corner, 1 at the outer.
    pub along: f32,
    /// Height above the edge of the upper lid.
    pub above: f32,
    /// Depth below the edge of the lower lid.
    pub under: f32,
    /// Distance to the opening, negative inside.
    pub distance: f32,
}

impl Eyes {
    pub fn new(look: &EyeLook) -> Self {
        let centre = vec3(look.spacing, 0.0, 0.475 - look.depth);
        Self {
            look: *look,
            ball: Ball { centre, radius: look.size },
            lid: Ball { centre, radius: look.size + LID },
            reach: Ball { centre, radius: look.size + 0.2 },
            socket: Ellipsoid::new(vec3(look.spacing, 0.015, 0.82), vec3(0.205, 0.135, 0.185)),
        }
    }

    /// Centre of the right one (in the folded space).
    pub fn centre(&self) -> Vec3 {
        self.ball.centre
    }

    /// Radius of the eyeball.
    pub fn radius(&self) -> f32 {
        self.ball.radius
    }

    /// Distance to the eyeball.
    pub fn ball(&self, s: Vec3) -> f32 {
        self.ball.distance(s)
    }

    /// The sockets, cut out of the face.
    pub fn hollow(&self, s: Vec3, d: f32) -> f32 {
        smooth_max(d, -self.socket.distance(s), 0.13)
    }

    /// Relation of a point to the opening at the given blink.
    pub fn opening(&self, s: Vec3, blink: f32) -> Opening {
        let look = &self.look;
        let q = s - self.ball.centre;
        let t = q.x / look.width;
        let arch = (1.0 - t * t).max(0.0);
        let lean = look.tilt * q.x;
        // The upper lid is highest a little inwards, the lower one lowest a little outwards, as in most people.
        let high = look.open * arch * (1.38 - 0.38 * arch) * (1.0 - 0.14 * t);
        let low = look.below * arch * (1.30 - 0.30 * arch) * (1.0 + 0.16 * t);
        let shut = -0.75 * low;
        let upper = lean + high + (shut - high) * blink;
        let lower = lean - low * (1.0 - 0.1 * blink);
        let (above, under) = (q.y - upper, lower - q.y);
        Opening { along: t, above, under, distance: above.max(under).max(q.x.abs() - look.width) }
    }

    /// Lids over the eyeballs, open as far as the blink allows.
    pub fn lids(&self, s: Vec3, d: f32, blink: f32) -> f32 {
        if self.reach.distance(s) > d + 0.05 {
            return d;
        }
        let opening = self.opening(s, blink);
        let mut all = smooth_min(d, self.lid.distance(s), 0.05);
        let inside = (1.0 - opening.along * opening.along).max(0.0);
        let crease = opening.above - 0.052 - 0.02 * inside;
        if self.look.fold > 0.0 && crease.abs() < 0.06 {
            let t = crease / 0.020;
            all +=
                self.look.fold * 0.016 * (1.2 - opening.along.abs()).clamp(0.0, 1.0) / (1.0 + t * t * t * t);
        }
        let column = opening.distance.max(self.ball.centre.z - s.z);
        smooth_max(all, -column, 0.012)
    }

    /// The look the eyes were built from.
    pub fn look(&self) -> &EyeLook {
        &self.look
    }
}

//! Signed distances of a few solids, and smooth ways to join them. Lengths in decimetres throughout the crate.

use crate::vec3::{Vec3, vec3};

/// The nearer of two surfaces, with a fillet of width `k` where they meet.
pub(crate) fn smooth_min(a: f32, b: f32, k: f32) -> f32 {
    let h = (k - (a - b).abs()).max(0.0);
    a.min(b) - h * h * 0.25 / k
}

/// The intersection of two solids, with a rounded edge of width `k`.
pub(crate) fn smooth_max(a: f32, b: f32, k: f32) -> f32 {
    -smooth_min(-a, -b, k)
}

/// 0 below `lo`, 1 above `hi`, smooth in between; `lo` may exceed `hi`.
pub(crate) fn smoothstep(lo: f32, hi: f32, v: f32) -> f32 {
    let t = ((v - lo) / (hi - lo)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// A bell of height 1 around 0, `width` wide.
pub(crate) fn bell(v: f32, width: f32) -> f32 {
    let t = v / width;
    (-t * t).exp()
}

/// An axis-parallel ellipsoid; its distance is approximate away from the surface.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ellipsoid {
    centre: Vec3,
    inverse: Vec3,
    inverse_squared: Vec3,
}

impl Ellipsoid {
    pub fn new(centre: Vec3, radii: Vec3) -> Self {
        let inverse = radii.map(f32::recip);
        Self { centre, inverse, inverse_squared: inverse.times(inverse) }
    }

    pub fn distance(&self, p: Vec3) -> f32 {
        let q = p - self.centre;
        let k0 = q.times(self.inverse).length();
        let k1 = q.times(self.inverse_squared).length() + 1e-6;
        k0 * (k0 - 1.0) / k1
    }
}

/// A ball.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ball {
    pub centre: Vec3,
    pub radius: f32,
}

impl Ball {
    pub fn distance(&self, p: Vec3) -> f32 {
        (p - self.centre).length() - self.radius
    }
}

/// A rod between two points with a radius at each end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rod {
    from: Vec3,
    along: Vec3,
    inverse_square: f32,
    radius: f32,
    growth: f32,
}

impl Rod {
    pub fn new(from: Vec3, to: Vec3, start: f32, end: f32) -> Self {
        let along = to - from;
        Self { from, along, inverse_square: 1.0 / along.dot(along), radius: start, growth: end - start }
    }

    pub fn distance(&self, p: Vec3) -> f32 {
        let q = p - self.from;
        let h = (q.dot(self.along) * self.inverse_square).clamp(0.0, 1.0);
        (q - self.along * h).length() - (self.radius + self.growth * h)
    }
}

/// Distance in a plane to a rectangle of half-size `half` with corners rounded by `round`.
pub(crate) fn rounded_rectangle(x: f32, y: f32, half: (f32, f32), round: f32) -> f32 {
    let (qx, qy) = (x.abs() - half.0 + round, y.abs() - half.1 + round);
    qx.max(0.0).hypot(qy.max(0.0)) + qx.max(qy).min(0.0) - round
}

/// An axis-parallel box that surely contains something.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    pub low: Vec3,
    pub high: Vec3,
}

impl Bounds {
    /// Distance to the box, 0 inside.
    pub fn distance(&self, p: Vec3) -> f32 {
        let out = |v: f32, lo: f32, hi: f32| (lo - v).max(v - hi).max(0.0);
        vec3(
            out(p.x, self.low.x, self.high.x),
            out(p.y, self.low.y, self.high.y),
            out(p.z, self.low.z, self.high.z),
        )
        .length()
    }

    /// Whether the box contains `p`.
    pub fn contains(&self, p: Vec3) -> bool {
        let within = |v: f32, lo: f32, hi: f32| v >= lo && v <= hi;
        within(p.x, self.low.x, self.high.x)
            && within(p.y, self.low.y, self.high.y)
            && within(p.z, self.low.z, self.high.z)
    }

    /// Where a ray enters and leaves the box, if it does.
    pub fn crossing(&self, origin: Vec3, direction: Vec3) -> Option<(f32, f32)> {
        let mut near = 0.0f32;
        let mut far = f32::MAX;
        let axes = [
            (origin.x, direction.x, self.low.x, self.high.x),
            (origin.y, direction.y, self.low.y, self.high.y),
            (origin.z, direction.z, self.low.z, self.high.z),
        ];
        for (o, d, lo, hi) in axes {
            let inverse = 1.0 / if d.abs() < 1e-9 { 1e-9 } else { d };
            let (a, b) = ((lo - o) * inverse, (hi - o) * inverse);
            near = near.max(a.min(b));
            far = far.min(a.max(b));
        }
        (near < far).then_some((near, far))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fillet_only_ever_adds_material_and_only_near_the_joint() {
        assert!(smooth_min(0.1, 0.1, 0.2) < 0.1, "the corner is filled");
        assert!((smooth_min(0.1, 0.5, 0.2) - 0.1).abs() < 1e-6, "far from the joint nothing changes");
        assert!(smooth_max(0.1, 0.1, 0.2) > 0.1, "an intersection loses its edge");
    }

    #[test]
    fn distances_vanish_on_the_surface_and_are_negative_inside() {
        let egg = Ellipsoid::new(vec3(1.0, 0.0, 0.0), vec3(0.5, 1.0, 2.0));
        assert!(egg.distance(vec3(1.0, 1.0, 0.0)).abs() < 1e-4, "the pole lies on the surface");
        assert!(egg.distance(vec3(1.0, 0.2, 0.1)) < 0.0, "near the middle is inside");
        let rod = Rod::new(vec3(0.0, 0.0, 0.0), vec3(0.0, 2.0, 0.0), 0.5, 0.1);
        assert!((rod.distance(vec3(1.0, 2.0, 0.0)) - 0.9).abs() < 1e-5, "the far end has its own radius");
    }

    #[test]
    fn a_ray_crosses_a_box_where_its_sides_are() {
        let bounds = Bounds { low: Vec3::splat(-1.0), high: Vec3::splat(1.0) };
        let (near, far) = bounds.crossing(vec3(0.2, 0.1, 5.0), vec3(0.0, 0.0, -1.0)).unwrap();
        assert!((near - 4.0).abs() < 1e-4 && (far - 6.0).abs() < 1e-4, "front and back side");
        assert!(
            bounds.crossing(vec3(3.0, 0.0, 5.0), vec3(0.0, 0.0, -1.0)).is_none(),
            "a ray beside it misses"
        );
    }
}

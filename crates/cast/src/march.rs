//! Finding where a ray meets a figure, and how open or shaded a place on it is.

use crate::figure::{Figure, Material};
use crate::head::Expression;
use crate::pose::Placement;
use crate::vec3::{Vec3, vec3};

/// Steps after which a ray has missed.
const STEPS: usize = 96;
/// A surface is met when it is this near, relative to the way from the camera: about a fifth of a pixel.
const CLOSE: f32 = 0.000_25;
/// Farther than anything a step could be.
const FAR: f32 = 9.0;

/// A figure in its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Placed<'a> {
    pub figure: &'a Figure,
    pub placement: Placement,
    pub expression: Expression,
}

/// Where a ray met the figure.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    /// In camera space.
    pub point: Vec3,
    /// In head or body space.
    pub local: Vec3,
    /// In camera space.
    pub normal: Vec3,
    /// In head or body space.
    pub local_normal: Vec3,
    pub material: Material,
}

impl Placed<'_> {
    /// Marches a ray from the camera; `direction` has unit length.
    pub fn trace(&self, direction: Vec3) -> Option<Hit> {
        let figure = self.figure;
        let head = Line::new(self.placement.to_head(Vec3::ZERO), self.placement.direction_to_head(direction));
        let body = Line::new(self.placement.to_body(Vec3::ZERO), self.placement.direction_to_body(direction));
        let in_head = figure.head_grid.bounds().crossing(head.from, head.along);
        let in_body = figure.body_grid.bounds().crossing(body.from, body.along);
        let (start, end) = match (in_head, in_body) {
            (None, None) => return None,
            (Some(span), None) | (None, Some(span)) => span,
            (Some(a), Some(b)) => (a.0.min(b.0), a.1.max(b.1)),
        };
        let mut t = start;
        for _ in 0..STEPS {
            let head_d = if within(in_head, t) { figure.head_step(head.at(t), self.expression) } else { FAR };
            let body_d = if within(in_body, t) { figure.body_step(body.at(t)) } else { FAR };
            let d = head_d.min(body_d);
            if d < CLOSE * t {
                let point = direction * t;
                return Some(if head_d <= body_d {
                    self.head_hit(head.at(t), point)
                } else {
                    self.body_hit(body.at(t), point)
                });
            }
            t += (d * 0.88).min(ahead(in_head, t)).min(ahead(in_body, t));
            if t > end {
                return None;
            }
        }
        None
    }

    fn head_hit(&self, local: Vec3, point: Vec3) -> Hit {
        let parts = self.figure.parts(local, self.expression);
        let material = parts.material();
        let local_normal = gradient(local, 0.006, parts.nearest(), |p| {
            self.figure.distance_to(material, p, self.expression)
        });
        Hit { point, local, normal: self.placement.direction_from_head(local_normal), local_normal, material }
    }

    fn body_hit(&self, local: Vec3, point: Vec3) -> Hit {
        let body = &self.figure.body;
        let local_normal = gradient(local, 0.012, body.distance(local), |p| body.distance(p));
        let normal = self.placement.direction_from_body(local_normal);
        Hit { point, local, normal, local_normal, material: Material::Cloth(body.piece(local)) }
    }

    /// Distance to the figure by the lattices alone: coarse, good for soft effects.
    fn coarse(&self, hit: &Hit, point: Vec3) -> f32 {
        let head = self.figure.head_grid.distance(self.placement.to_head(point));
        // The body lies below and never darkens a face.
        let above = !matches!(hit.material, Material::Cloth(_)) && hit.local.y > -0.75;
        if above {
            return head;
        }
        head.min(self.figure.body_grid.distance(self.placement.to_body(point)))
    }

    /// How open the surroundings of a hit are, 0 to 1.
    pub fn openness(&self, hit: &Hit) -> f32 {
        let mut closed = 0.0;
        for (reach, weight) in [(0.07, 1.9), (0.18, 0.95), (0.42, 0.42)] {
            let free = self.coarse(hit, hit.point + hit.normal * reach);
            closed += weight * (reach - free).max(0.0);
        }
        (1.0 - closed * 0.85).clamp(0.0, 1.0)
    }

    /// How much of a soft light in the given direction reaches a hit, 0 to 1.
    pub fn lit(&self, hit: &Hit, towards: Vec3, softness: f32) -> f32 {
        let from = hit.point + hit.normal * 0.05;
        let mut light = 1.0f32;
        let mut t = 0.06;
        for _ in 0..14 {
            let d = self.coarse(hit, from + towards * t);
            light = light.min(0.5 + 0.5 * d / (softness * t));
            if light <= 0.0 || t > 3.0 || d > 1.0 {
                break;
            }
            t += d.clamp(0.09, 0.5);
        }
        let light = light.clamp(0.0, 1.0);
        light * light * (3.0 - 2.0 * light)
    }
}

/// A ray within one space.
#[derive(Clone, Copy)]
struct Line {
    from: Vec3,
    along: Vec3,
}

impl Line {
    fn new(from: Vec3, along: Vec3) -> Self {
        Self { from, along }
    }

    fn at(self, t: f32) -> Vec3 {
        self.from + self.along * t
    }
}

/// Whether a place lies within a stretch of the ray.
fn within(span: Option<(f32, f32)>, t: f32) -> bool {
    span.is_some_and(|(near, far)| t >= near && t <= far)
}

/// How far it is to a stretch that is still to come: nothing within it may be stepped over.
fn ahead(span: Option<(f32, f32)>, t: f32) -> f32 {
    span.map_or(FAR, |(near, _)| if near > t { near - t + 1e-3 } else { FAR })
}

/// The direction in which a distance grows, given its value `here`.
fn gradient(p: Vec3, e: f32, here: f32, distance: impl Fn(Vec3) -> f32) -> Vec3 {
    let along = |d: Vec3| distance(p + d * e) - here;
    vec3(along(vec3(1.0, 0.0, 0.0)), along(vec3(0.0, 1.0, 0.0)), along(vec3(0.0, 0.0, 1.0))).normalised()
}

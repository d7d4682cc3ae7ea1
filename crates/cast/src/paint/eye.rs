//! Eyeballs: white, iris, pupil, and the reflection of the main light.

use super::Surface;
use crate::colour::linear;
use crate::march::{Hit, Placed};
use crate::noise::noise1;
use crate::sdf::smoothstep;
use crate::vec3::{Vec3, vec3};

/// Radius of the iris relative to the eyeball: a little larger than life, which reads as friendly.
const IRIS: f32 = 0.53;
const PUPIL: f32 = 0.23;

pub(super) fn paint(placed: &Placed<'_>, hit: &Hit, key: Vec3) -> Surface {
    let eyes = &placed.figure.head.eyes;
    let s = hit.local.folded();
    let side = hit.local.x.signum();
    let q = vec3(hit.local.x - side * eyes.centre().x, s.y, s.z - eyes.centre().z) * (1.0 / eyes.radius());
    let (gx, gy) = placed.expression.gaze;
    let (dx, dy) = (q.x - gx.sin(), q.y - gy.sin());
    let r = dx.hypot(dy);
    let opening = eyes.opening(s, placed.expression.blink);
    let shade = 0.42 + 0.58 * smoothstep(0.0, 0.060, -opening.above);
    let white =
        vec3(0.80, 0.775, 0.75).mix(vec3(0.62, 0.38, 0.34), smoothstep(0.72, 1.0, opening.along.abs()) * 0.8);
    let albedo =
        white.mix(iris(linear(eyes.look().iris), r, dx, dy), smoothstep(IRIS + 0.035, IRIS - 0.03, r));
    let towards = (placed.placement.direction_to_head(key)
        + placed.placement.direction_to_head(-hit.point.normalised()))
    .normalised();
    // The cornea bulges, which draws the reflection towards the middle of the iris.
    let spot = (q.x - gx.sin() * 0.5 - towards.x * 0.62).hypot(q.y - gy.sin() * 0.5 - towards.y * 0.62);
    let small = (q.x + towards.x * 0.55).hypot(q.y + towards.y * 0.50);
    let glint = smoothstep(0.150, 0.090, spot) + 0.22 * smoothstep(0.11, 0.03, small);
    Surface { gloss: 0.10, shine: 90.0, glint, soft: 0.35, ..Surface::matt(albedo * shade, hit.normal) }
}

fn iris(colour: Vec3, r: f32, dx: f32, dy: f32) -> Vec3 {
    let angle = dy.atan2(dx);
    let fibres = noise1(angle * 9.0 + 40.0) * 0.5 + noise1(angle * 21.0 + 90.0) * 0.5;
    let rim = smoothstep(IRIS - 0.14, IRIS, r);
    // Light gathers opposite to where it comes in: the lower half glows.
    let glow = 1.25 - 0.75 * dy / IRIS;
    let tint = colour * ((0.75 + 0.5 * fibres) * glow * (1.0 - 0.72 * rim));
    tint.mix(vec3(0.006, 0.006, 0.007), smoothstep(PUPIL + 0.03, PUPIL - 0.02, r))
}

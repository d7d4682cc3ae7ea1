//! Light on painted surfaces: wrapped diffuse light, highlights, strands, rim, and what bounces around a room.

use crate::light::Light;
use crate::march::{Hit, Placed};
use crate::paint::{Surface, paint};
use crate::vec3::{Vec3, vec3};

/// How far light of each colour creeps around into the shadow of skin.
const WRAP_SKIN: Vec3 = vec3(0.42, 0.24, 0.17);
const SKY: Vec3 = vec3(0.80, 0.86, 0.95);
const FLOOR: Vec3 = vec3(0.50, 0.44, 0.38);
const FRONT: Vec3 = vec3(0.62, 0.62, 0.63);

/// The light that leaves a hit towards the camera, linear.
pub(crate) fn shade(placed: &Placed<'_>, hit: &Hit, light: &Light) -> Vec3 {
    let key = light.direction();
    let surface = paint(placed, hit, key);
    let view = -hit.point.normalised();
    let open = placed.openness(hit);
    let lit = placed.lit(hit, key, 0.34);
    let diffuse = key_light(&surface, key, lit).times(light.colour()) + around(&surface, open) * light.fill;
    let mut out = surface.albedo.times(diffuse);
    // Light between close surfaces of skin bounces and reddens instead of going dark.
    out = out + surface.albedo.times(surface.albedo) * (surface.soft * 0.35 * (1.0 - open) * light.fill);
    out = out + highlight(&surface, key, view, lit, open).times(light.colour());
    out = out + rim(&surface, view, open) * light.rim;
    out + Vec3::splat(surface.glint * 1.1 * (0.35 + 0.65 * lit))
}

fn key_light(surface: &Surface, key: Vec3, lit: f32) -> Vec3 {
    let facing = surface.normal.dot(key);
    let wrap = WRAP_SKIN * surface.soft + Vec3::splat(0.06);
    let shadow = vec3(lit.powf(0.72), lit, lit).mix(Vec3::splat(lit), 1.0 - surface.soft);
    let wrapped = wrap.map(|w| ((facing + w) / (1.0 + w)).max(0.0));
    // Strands scatter light to all sides of the plane across them.
    let strands = surface.strand.map_or(wrapped, |t| {
        let c = t.dot(key);
        wrapped.mix(Vec3::splat((1.0 - c * c).max(0.0).sqrt() * (0.5 + 0.5 * facing).max(0.0)), 0.4)
    });
    strands.times(shadow)
}

fn around(surface: &Surface, open: f32) -> Vec3 {
    let n = surface.normal;
    let up = 0.5 + 0.5 * n.y;
    let dome = FLOOR.mix(SKY, up) * 0.44;
    let front = FRONT * (0.40 * n.z.max(0.0));
    // A white wall to the right answers the window.
    let side = vec3(0.62, 0.58, 0.54) * (0.30 * (n.x * 0.8 + n.z * 0.35 + 0.2).max(0.0));
    let tinted = vec3(open.powf(0.8), open, open).mix(Vec3::splat(open), 1.0 - surface.soft);
    (dome + front + side).times(tinted)
}

fn highlight(surface: &Surface, key: Vec3, view: Vec3, lit: f32, open: f32) -> Vec3 {
    let half = (key + view).normalised();
    let grazing = (1.0 - surface.normal.dot(view).max(0.0)).powi(4);
    if let Some(strand) = surface.strand {
        let ring = |shift: f32| {
            let t = (strand + surface.normal * shift).normalised();
            let c = t.dot(half);
            (1.0 - c * c).max(0.0).powf(surface.shine * 1.6)
        };
        let facing = (0.3 + 0.7 * surface.normal.dot(key)).clamp(0.0, 1.0);
        let tinted = surface.albedo.map(f32::sqrt) * (0.55 * ring(-0.12));
        return (tinted + Vec3::splat(0.20 * ring(0.06)))
            * (surface.gloss * 2.2 * facing * (0.25 + 0.75 * lit) * open);
    }
    let core = surface.normal.dot(half).max(0.0).powf(surface.shine);
    // A large soft light in front of the guest: the screen and the bright room.
    let front =
        surface.normal.dot((view + vec3(0.1, 0.25, 0.0)).normalised()).max(0.0).powf(surface.shine * 0.8);
    Vec3::splat(
        surface.gloss * (core * lit * 1.5 + 0.30 * front * open + 0.8 * grazing * open * (0.3 + 0.7 * lit)),
    )
}

fn rim(surface: &Surface, view: Vec3, open: f32) -> Vec3 {
    let edge = (1.0 - surface.normal.dot(view).max(0.0)).powi(3);
    let from = |d: Vec3| surface.normal.dot(d.normalised()).max(0.0);
    let behind = from(vec3(0.85, 0.35, -0.55)) * 0.95 + from(vec3(-0.85, 0.45, -0.55)) * 0.55;
    let tint = surface.albedo.mix(Vec3::splat(0.5), 0.18);
    tint.times(vec3(1.0, 0.97, 0.92)) * (edge * behind * open * 1.25)
}

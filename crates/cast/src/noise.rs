//! Repeatable noise: the same place always gives the same value, on every machine.

use crate::vec3::Vec3;

/// Mixes an integer well; the base of everything here.
pub(crate) fn hash(mut v: u32) -> u32 {
    v ^= v >> 16;
    v = v.wrapping_mul(0x7feb_352d);
    v ^= v >> 15;
    v = v.wrapping_mul(0x846c_a68b);
    v ^ (v >> 16)
}

/// A hash as a number from 0 to 1.
pub(crate) fn unit(v: u32) -> f32 {
    (hash(v) >> 8) as f32 / 16_777_216.0
}

/// `floor` without a library call, which the base instruction set would need.
fn floor(v: f32) -> i32 {
    let i = v as i32;
    i - i32::from(v < i as f32)
}

fn fade(t: f32) -> f32 {
    t * t * (3.0 - 2.0 * t)
}

/// Smooth noise along a line, 0 to 1, one wave per unit.
pub(crate) fn noise1(v: f32) -> f32 {
    let i = floor(v);
    let t = fade(v - i as f32);
    let (a, b) = (unit(i as u32), unit((i + 1) as u32));
    a + (b - a) * t
}

/// Smooth noise in space, 0 to 1, one wave per unit.
pub(crate) fn noise3(p: Vec3) -> f32 {
    let (ix, iy, iz) = (floor(p.x), floor(p.y), floor(p.z));
    let (tx, ty, tz) = (fade(p.x - ix as f32), fade(p.y - iy as f32), fade(p.z - iz as f32));
    let at = |dx: i32, dy: i32, dz: i32| {
        let (x, y, z) = ((ix + dx) as u32, (iy + dy) as u32, (iz + dz) as u32);
        unit(x.wrapping_mul(73_856_093) ^ y.wrapping_mul(19_349_663) ^ z.wrapping_mul(83_492_791))
    };
    let mix = |a: f32, b: f32, t: f32| a + (b - a) * t;
    let row = |dy, dz| mix(at(0, dy, dz), at(1, dy, dz), tx);
    mix(mix(row(0, 0), row(1, 0), ty), mix(row(0, 1), row(1, 1), ty), tz)
}

/// Round bumps packed in space: 1 in the middle of a bump, falling to about -0.4 between them; one bump per unit.
pub(crate) fn bumps(p: Vec3) -> f32 {
    let (ix, iy, iz) = (floor(p.x - 0.5), floor(p.y - 0.5), floor(p.z - 0.5));
    let mut nearest = f32::MAX;
    for corner in 0..8 {
        let (x, y, z) = (ix + (corner & 1), iy + (corner >> 1 & 1), iz + (corner >> 2));
        let seed = (x as u32).wrapping_mul(73_856_093)
            ^ (y as u32).wrapping_mul(19_349_663)
            ^ (z as u32).wrapping_mul(83_492_791);
        let jitter = |k: u32| 0.5 + (unit(seed.wrapping_add(k)) - 0.5) * 0.7;
        let (dx, dy, dz) =
            (x as f32 + jitter(0) - p.x, y as f32 + jitter(1) - p.y, z as f32 + jitter(2) - p.z);
        nearest = nearest.min(dx * dx + dy * dy + dz * dz);
    }
    1.0 - 2.2 * nearest
}

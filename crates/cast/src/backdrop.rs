//! The foyer behind the guests: bright, out of focus, the same for everybody.

use rayon::prelude::*;

use crate::camera::Camera;
use crate::noise::unit;
use crate::sdf::{bell, smoothstep};
use crate::vec3::{Vec3, vec3};

/// How far out of focus, relative to the height of the picture.
const BLUR: f32 = 0.013;

/// The blurred foyer, linear light, one value per pixel.
#[derive(Clone, Debug)]
pub(crate) struct Backdrop {
    width: usize,
    pixels: Vec<Vec3>,
}

impl Backdrop {
    pub fn new(camera: &Camera) -> Self {
        let (width, height) = (camera.width as usize, camera.height as usize);
        let scale = 2.0 / height as f32;
        let (half_w, half_h) = (width as f32 * 0.5, height as f32 * 0.5);
        let place = |i: usize| (((i % width) as f32 - half_w) * scale, (half_h - (i / width) as f32) * scale);
        let mut pixels: Vec<Vec3> = (0..width * height).into_par_iter().map(|i| foyer(place(i))).collect();
        let radius = ((height as f32 * BLUR) as usize).max(1);
        for _ in 0..3 {
            pixels = blurred(&transposed(&blurred(&pixels, width, radius), width), height, radius);
            pixels = transposed(&pixels, height);
        }
        pixels.par_iter_mut().enumerate().for_each(|(i, pixel)| *pixel = *pixel + lamps(place(i)));
        Self { width, pixels }
    }

    pub fn at(&self, x: usize, y: usize) -> Vec3 {
        self.pixels[y * self.width + x]
    }
}

/// The sharp scene; x and y in half picture heights from the middle.
fn foyer((x, y): (f32, f32)) -> Vec3 {
    if y < -0.62 {
        return floor(x, y);
    }
    if y > 0.80 {
        return vec3(0.74, 0.74, 0.735) * (1.0 - 0.25 * (y - 0.8));
    }
    if x < -0.26 {
        window(x, y)
    } else if x < 0.30 {
        vec3(0.60, 0.59, 0.575) * (1.0 + 0.06 * y - 0.10 * (x + 0.2))
    } else {
        slats(x, y)
    }
}

fn floor(x: f32, y: f32) -> Vec3 {
    let glare = bell(x + 0.75, 0.35) * 0.16;
    vec3(0.40, 0.385, 0.365) * (1.0 + 0.25 * (-0.62 - y)) + Vec3::splat(glare)
}

/// A glazed front with trees outside.
fn window(x: f32, y: f32) -> Vec3 {
    let bar = ((x + 0.26) / 0.31).fract().abs();
    if !(0.06..=0.94).contains(&bar) || (y - 0.46).abs() < 0.018 {
        return vec3(0.30, 0.32, 0.335);
    }
    let sky = vec3(0.86, 0.93, 1.0) * (0.95 + 0.10 * y);
    let crown = 0.10 * (x * 6.0).sin() + 0.06 * (x * 17.0).sin() - 0.02;
    let trees = vec3(0.36, 0.50, 0.30) * (0.95 + 0.25 * (x * 23.0 + y * 9.0).sin() * (y * 19.0).cos());
    sky.mix(trees, smoothstep(crown + 0.04, crown - 0.04, y) * 0.8)
}

/// A wall of oak slats with a band of light, and a plant before it.
fn slats(x: f32, y: f32) -> Vec3 {
    let leaf = (0..26u32).any(|i| {
        let (angle, reach) = (unit(i * 3 + 1) * 3.4 - 0.15, 0.10 + 0.34 * unit(i * 3 + 2));
        let (lx, ly) = (1.02 + angle.cos() * reach * 0.75, -0.42 + angle.sin() * reach);
        ((x - lx) / 0.085).hypot((y - ly) / 0.055) < 1.0
    });
    if leaf {
        return vec3(0.10, 0.22, 0.11) * (1.1 + 0.9 * (y + 0.4));
    }
    if (x - 1.02).abs() < 0.13 && y < -0.42 {
        return vec3(0.62, 0.60, 0.57);
    }
    let groove = ((x - 0.30) / 0.105).fract();
    let oak = vec3(0.60, 0.465, 0.33) * if groove < 0.24 { 0.45 } else { 1.0 };
    oak * (0.92 + 0.30 * bell(x - 0.34, 0.12) + 0.12 * y)
}

/// Round lamps, which a lens out of focus shows as discs.
fn lamps((x, y): (f32, f32)) -> Vec3 {
    let row = [
        (-0.95, 0.86, 0.050),
        (-0.42, 0.83, 0.056),
        (0.12, 0.85, 0.052),
        (0.62, 0.82, 0.060),
        (1.10, 0.87, 0.054),
    ];
    let low = [
        (0.52, 0.30, 0.045),
        (0.78, 0.12, 0.038),
        (0.96, 0.42, 0.042),
        (0.40, -0.12, 0.034),
        (1.22, 0.24, 0.040),
    ];
    let disc = |&(cx, cy, r): &(f32, f32, f32)| {
        let d = (x - cx).hypot(y - cy);
        smoothstep(r, r * 0.86, d) * (0.75 + 0.25 * smoothstep(r * 0.6, r, d))
    };
    let above: f32 = row.iter().map(disc).sum();
    let wall: f32 = low.iter().map(disc).sum();
    vec3(1.0, 0.95, 0.84) * (above * 0.34) + vec3(1.0, 0.82, 0.55) * (wall * 0.15)
}

/// A running mean along rows of `width`.
fn blurred(pixels: &[Vec3], width: usize, radius: usize) -> Vec<Vec3> {
    let mut out = vec![Vec3::ZERO; pixels.len()];
    out.par_chunks_mut(width).zip(pixels.par_chunks(width)).for_each(|(out, row)| {
        let at = |i: isize| row[i.clamp(0, width as isize - 1) as usize];
        let reach = radius as isize;
        let mut sum = (-reach..=reach).fold(Vec3::ZERO, |sum, i| sum + at(i));
        let weight = 1.0 / (2 * radius + 1) as f32;
        for (i, value) in out.iter_mut().enumerate() {
            *value = sum * weight;
            sum = sum + at(i as isize + reach + 1) - at(i as isize - reach);
        }
    });
    out
}

fn transposed(pixels: &[Vec3], width: usize) -> Vec<Vec3> {
    let height = pixels.len() / width;
    (0..pixels.len()).into_par_iter().map(|i| pixels[(i % height) * width + i / height]).collect()
}

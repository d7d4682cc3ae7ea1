//! The solid of hair, or of a scarf: a cap on the skull, volumes and locks, less the part of the head that stays bare.

mod flow;
mod styles;

use crate::look::Look;
use crate::noise::{bumps, noise3};
use crate::sdf::{Bounds, Ellipsoid, Rod, smooth_max, smooth_min, smoothstep};
use crate::vec3::{Vec3, vec3};

pub(crate) use flow::Flow;

/// The part of the head that stays bare.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bare {
    /// Height of the hairline in the middle.
    pub line: f32,
    /// Half the width of the face left free.
    pub half_width: f32,
    /// Height of the middle of the free oval.
    pub middle: f32,
    /// The free oval reaches this far back.
    pub back: f32,
    /// The oval is nearly a rectangle: a straight fringe.
    pub straight: f32,
    /// The oval is moved sideways by this: a side parting.
    pub aside: f32,
    /// Below this height and before `burn_back` nothing grows: sideburns.
    pub burn: f32,
    /// See `burn`.
    pub burn_back: f32,
    /// Below this nothing grows.
    pub nape: f32,
}

impl Bare {
    /// Distance to the bare region, negative inside.
    fn distance(&self, p: Vec3) -> f32 {
        let x = (p.x - self.aside * smoothstep(0.0, self.line, p.y)) / self.half_width;
        let y = (p.y - self.middle) / (self.line - self.middle);
        let (x2, y2) = (x * x, y * y);
        let oval =
            (x2 + y2).sqrt() * (1.0 - self.straight) + (x2 * x2 + y2 * y2).sqrt().sqrt() * self.straight;
        let front = ((oval - 1.0) * self.half_width).max(self.back - p.z);
        let burn = (p.y - self.burn).max(self.burn_back - p.z);
        smooth_min(front, burn, 0.12).min(p.y - self.nape)
    }
}

/// Fine structure of the surface.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Texture {
    /// Strands in clumps; the depth of the grooves between them.
    Strands(f32),
    /// Curls; depth and number per decimetre.
    Curls(f32, f32),
    /// Folds of cloth; their depth.
    Folds(f32),
}

/// The solid of one head of hair.
#[derive(Clone, Debug)]
pub(crate) struct HairSolid {
    cap: Option<Ellipsoid>,
    volumes: Vec<Ellipsoid>,
    locks: Vec<Rod>,
    parting: Option<Ellipsoid>,
    bare: Bare,
    texture: Texture,
    /// Sideways swing of waves.
    wave: f32,
    /// How strands run.
    pub flow: Flow,
    /// How much of the hair's colour the scalp below it shows.
    pub shadow: f32,
    bounds: Bounds,
}

impl HairSolid {
    pub fn new(look: &Look) -> Self {
        styles::build(look)
    }

    /// Distance to the hair; rough where it is large.
    pub fn distance(&self, p: Vec3) -> f32 {
        let outside = self.bounds.distance(p);
        if outside > 0.3 {
            return outside;
        }
        let Some(cap) = &self.cap else { return 9.0 };
        let q = vec3(p.x + self.wave * (p.y * 4.6 + p.z * 1.5).sin() * smoothstep(0.5, -0.4, p.y), p.y, p.z);
        let (mut d, mut locks) = (cap.distance(q), 9.0);
        for volume in &self.volumes {
            d = smooth_min(d, volume.distance(q), 0.12);
        }
        if let Some(parting) = &self.parting {
            d = smooth_max(d, -parting.distance(q), 0.07);
        }
        for lock in &self.locks {
            locks = smooth_min(locks, lock.distance(q), 0.16);
        }
        if d.min(locks) > 0.30 {
            return d.min(locks) - 0.15;
        }
        let ragged = 0.03 * (noise3(vec3(p.x * 11.0, p.y * 3.0, p.z * 5.0)) - 0.5);
        let grown = self.bare.distance(p) + ragged;
        d = smooth_max(d, -grown, 0.06);
        d = smooth_min(d, locks, 0.10);
        if d > 0.2 {
            return d - 0.1;
        }
        // Flatter at the hairline, or grooves would nibble at it.
        d + self.relief(q) * (0.3 + 0.7 * smoothstep(0.0, 0.15, grown))
    }

    fn relief(&self, p: Vec3) -> f32 {
        match self.texture {
            Texture::Strands(depth) => -depth * self.flow.clumps(p),
            Texture::Curls(depth, rate) => -depth * curls(p, rate),
            Texture::Folds(depth) => -depth * folds(p),
        }
    }

    /// Height of the fine structure, -1 to 1, for shading.
    pub fn grain(&self, p: Vec3) -> f32 {
        match self.texture {
            Texture::Strands(_) => self.flow.strands(p),
            Texture::Curls(_, rate) => curls(p, rate),
            Texture::Folds(_) => folds(p),
        }
    }

    /// Whether the fine structure is strands, whose shine follows their direction.
    pub fn stranded(&self) -> bool {
        matches!(self.texture, Texture::Strands(_))
    }

    /// Whether this is cloth.
    pub fn cloth(&self) -> bool {
        matches!(self.texture, Texture::Folds(_))
    }

    /// How much of the hair's colour the skin at `p` shows, 0 to 1.
    pub fn scalp(&self, p: Vec3) -> f32 {
        if self.shadow == 0.0 || p.y < -0.9 {
            return 0.0;
        }
        let ragged = 0.07 * (noise3(p * 9.0) - 0.5);
        self.shadow * smoothstep(-0.035, 0.07, self.bare.distance(p) + ragged)
    }

    /// A box around all of it.
    pub fn bounds(&self) -> Bounds {
        self.bounds
    }
}

/// Round curls in two sizes, bent by noise so that no lattice shows.
fn curls(p: Vec3, rate: f32) -> f32 {
    let bend = vec3(noise3(p * 3.1), noise3(p * 3.1 + Vec3::splat(7.0)), noise3(p * 3.1 + Vec3::splat(13.0)));
    let q = p * rate + bend * (rate * 0.25);
    (0.75 * bumps(q) + 0.25 * bumps(q * 2.3)).clamp(-1.0, 1.0)
}

/// Soft folds that run around the face and down the shoulders.
fn folds(p: Vec3) -> f32 {
    let around = vec3(p.x, (p.y + 0.3) * 0.75, 0.0).length();
    let sway = noise3(p * 1.4) * 1.5;
    let low = smoothstep(-0.8, -1.5, p.y);
    (around * 17.0 + sway * 2.4 + p.z * 2.5).sin() * (0.40 + 0.6 * low) * smoothstep(0.55, 0.75, around)
}

//! Distances sampled once on a lattice: most steps of a ray need no more.

use rayon::prelude::*;

use crate::sdf::Bounds;
use crate::vec3::{Vec3, vec3};

/// A lattice of distances.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    bounds: Bounds,
    inverse_cell: f32,
    size: [usize; 3],
    values: Vec<f32>,
}

impl Grid {
    /// Samples `distance` every `cell` within `bounds`.
    pub fn sample(bounds: Bounds, cell: f32, distance: impl Fn(Vec3) -> f32 + Sync) -> Self {
        let extent = bounds.high - bounds.low;
        let count = |v: f32| (v / cell).ceil() as usize + 1;
        let size = [count(extent.x), count(extent.y), count(extent.z)];
        let mut values = vec![0.0f32; size[0] * size[1] * size[2]];
        values.par_chunks_mut(size[0] * size[1]).enumerate().for_each(|(z, slice)| {
            for (i, value) in slice.iter_mut().enumerate() {
                let at = vec3((i % size[0]) as f32, (i / size[0]) as f32, z as f32);
                *value = distance(bounds.low + at * cell);
            }
        });
        Self { bounds, inverse_cell: 1.0 / cell, size, values }
    }

    /// The box that the lattice covers.
    pub fn bounds(&self) -> &Bounds {
        &self.bounds
    }

    /// Distance at `p`, between samples linear; outside the box at least the distance to it.
    pub fn distance(&self, p: Vec3) -> f32 {
        if self.bounds.contains(p) {
            return self.interpolated(p);
        }
        let outside = self.bounds.distance(p);
        outside.max(self.interpolated(p) - outside).max(0.02)
    }

    /// The nearer of two things sampled on the same lattice.
    pub fn union(&self, other: &Self) -> Self {
        let values = self.values.iter().zip(&other.values).map(|(a, b)| a.min(*b)).collect();
        Self { values, ..*self }
    }

    fn interpolated(&self, p: Vec3) -> f32 {
        let q = (p - self.bounds.low) * self.inverse_cell;
        let (x, tx) = split(q.x, self.size[0]);
        let (y, ty) = split(q.y, self.size[1]);
        let (z, tz) = split(q.z, self.size[2]);
        let (row, layer) = (self.size[0], self.size[0] * self.size[1]);
        let mix = |a: f32, b: f32, t: f32| a + (b - a) * t;
        let edge = |at: &[f32]| mix(at[0], at[1], tx);
        let face = |base: usize| {
            let plane = &self.values[base..base + row + 2];
            mix(edge(&plane[..2]), edge(&plane[row..]), ty)
        };
        let base = z * layer + y * row + x;
        mix(face(base), face(base + layer), tz)
    }
}

/// Cell and place within it, clamped to the lattice.
fn split(v: f32, size: usize) -> (usize, f32) {
    let v = v.clamp(0.0, (size - 1) as f32 - 1e-3);
    let cell = v as usize;
    (cell, v - cell as f32)
}

//! What a surface looks like before light falls on it: colour, gloss, and the fine structure geometry does not carry.

mod cloth;
mod eye;
mod hair;
mod skin;

use crate::figure::Material;
use crate::march::{Hit, Placed};
use crate::vec3::{Vec3, vec3};

/// A painted place on a figure.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Surface {
    /// Linear reflectance.
    pub albedo: Vec3,
    /// Strength of the highlight.
    pub gloss: f32,
    /// How small the highlight is.
    pub shine: f32,
    /// How much light bleeds through, as in skin, 0 to 1.
    pub soft: f32,
    /// Normal with fine structure, in camera space.
    pub normal: Vec3,
    /// Direction of strands, in camera space, if it consists of strands.
    pub strand: Option<Vec3>,
    /// Light it reflects as a mirror would: the catchlight of an eye.
    pub glint: f32,
}

impl Surface {
    fn matt(albedo: Vec3, normal: Vec3) -> Self {
        Self { albedo, gloss: 0.02, shine: 10.0, soft: 0.0, normal, strand: None, glint: 0.0 }
    }
}

/// Paints the place a ray has met. `key` is the direction of the main light in camera space.
pub(crate) fn paint(placed: &Placed<'_>, hit: &Hit, key: Vec3) -> Surface {
    match hit.material {
        Material::Skin => skin::paint(placed, hit),
        Material::Eye => eye::paint(placed, hit, key),
        Material::Hair => hair::paint(placed, hit),
        Material::Cloth(piece) => cloth::paint(placed, hit, piece),
        Material::Frame => Surface {
            gloss: 0.35,
            shine: 60.0,
            ..Surface::matt(crate::colour::linear(placed.figure.look.glasses.colour), hit.normal)
        },
    }
}

/// Tilts a normal by the slope of a height field along two directions.
fn tilted(normal: Vec3, along: Vec3, slope: f32) -> Vec3 {
    (normal - along * slope).normalised()
}

/// Any two directions along the surface.
fn tangents(normal: Vec3) -> (Vec3, Vec3) {
    let helper = if normal.y.abs() < 0.9 { vec3(0.0, 1.0, 0.0) } else { vec3(1.0, 0.0, 0.0) };
    let u = helper.cross(normal).normalised();
    (u, normal.cross(u))
}

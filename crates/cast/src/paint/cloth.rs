//! Clothes: colours of the pieces and the weave of each cloth.

use super::{Surface, tangents, tilted};
use crate::body::Piece;
use crate::colour::linear;
use crate::look::Outfit;
use crate::march::{Hit, Placed};
use crate::noise::noise3;
use crate::vec3::{Vec3, vec3};

pub(super) fn paint(placed: &Placed<'_>, hit: &Hit, piece: Piece) -> Surface {
    let p = hit.local;
    let (colour, knit) = match (placed.figure.body.outfit(), piece) {
        (_, Piece::Button) => ([236, 232, 224], false),
        (Outfit::Blazer { jacket, .. } | Outfit::JacketAndTop { jacket, .. }, Piece::Outer) => {
            (*jacket, false)
        }
        (Outfit::Blazer { shirt, .. } | Outfit::Shirt { shirt }, _) => (*shirt, false),
        (Outfit::JacketAndTop { top, .. }, _) => (*top, false),
        (Outfit::Jumper { knit } | Outfit::RollNeck { knit }, _) => (*knit, true),
    };
    let base = linear(colour);
    let weave = noise3(vec3(p.x * 34.0, p.y * 60.0, p.z * 34.0));
    let worn = noise3(p * 2.4);
    let albedo = base * (0.90 + 0.10 * weave + 0.10 * worn);
    let normal =
        if knit { placed.placement.direction_from_body(ribbed(p, hit.local_normal)) } else { hit.normal };
    Surface { gloss: 0.012, shine: 8.0, soft: if knit { 0.25 } else { 0.1 }, ..Surface::matt(albedo, normal) }
}

/// Rows of stitches.
fn ribbed(p: Vec3, n: Vec3) -> Vec3 {
    let (u, v) = tangents(n);
    let rib = (p.x * 46.0).cos() * 0.10;
    let row = (p.y * 60.0 + (p.x * 46.0).sin()).cos() * 0.07;
    tilted(tilted(n, u, rib), v, row)
}

//! Hair and scarves: strands, curls and folds.

use super::{Surface, tangents, tilted};
use crate::colour::linear;
use crate::march::{Hit, Placed};
use crate::noise::noise3;
use crate::vec3::{Vec3, vec3};

pub(super) fn paint(placed: &Placed<'_>, hit: &Hit) -> Surface {
    let (hair, look) = (&placed.figure.hair, &placed.figure.look.hair);
    let (p, n) = (hit.local, hit.local_normal);
    let base = linear(look.colour);
    if hair.cloth() {
        let weave = 0.96 + 0.08 * noise3(p * 40.0);
        let fold = 0.90 + 0.12 * hair.grain(p);
        return Surface { soft: 0.25, ..Surface::matt(base * (weave * fold), hit.normal) };
    }
    let grain = hair.grain(p);
    let grey = (look.grey * 1.6 + 0.9 * (grain * 0.5)).clamp(0.0, 1.0) * f32::from(look.grey > 0.0);
    let base = base.mix(vec3(0.50, 0.49, 0.48), grey.min(look.grey.max(0.0) + 0.25));
    if !hair.stranded() {
        return curly(placed, hit, base * (0.78 + 0.38 * grain));
    }
    let strand = hair.flow.direction(p).along_plane(n);
    let across = n.cross(strand).normalised();
    let e = 0.008;
    let slope = (hair.grain(p + across * e) - hair.grain(p - across * e)) / (2.0 * e);
    let normal = tilted(n, across, slope * 0.007);
    Surface {
        albedo: base * (1.0 + 0.42 * grain),
        gloss: 0.15,
        shine: 26.0,
        soft: 0.15,
        normal: placed.placement.direction_from_head(normal),
        strand: Some(placed.placement.direction_from_head(strand)),
        glint: 0.0,
    }
}

fn curly(placed: &Placed<'_>, hit: &Hit, albedo: Vec3) -> Surface {
    let (p, n) = (hit.local, hit.local_normal);
    let fine = |q: Vec3| noise3(q * 26.0) + 0.5 * noise3(q * 55.0);
    let (u, v) = tangents(n);
    let e = 0.01;
    let (su, sv) =
        ((fine(p + u * e) - fine(p - u * e)) / (2.0 * e), (fine(p + v * e) - fine(p - v * e)) / (2.0 * e));
    let normal = tilted(tilted(n, u, su * 0.010), v, sv * 0.010);
    Surface {
        gloss: 0.06,
        shine: 12.0,
        soft: 0.2,
        ..Surface::matt(albedo * (0.82 + 0.25 * fine(p)), placed.placement.direction_from_head(normal))
    }
}

//! Skin: tone, flush, lips, brows, lashes, stubble and beard, freckles and lines.

use super::Surface;
use crate::colour::linear;
use crate::figure::Figure;
use crate::head::beard_grain;
use crate::march::{Hit, Placed};
use crate::noise::noise3;
use crate::sdf::{bell, smoothstep};
use crate::vec3::{Vec3, vec3};

pub(super) fn paint(placed: &Placed<'_>, hit: &Hit) -> Surface {
    let (figure, p) = (placed.figure, hit.local);
    let s = p.folded();
    let mut albedo = complexion(figure, p, s);
    albedo = lips(figure, p, albedo);
    albedo = lines(figure, s, albedo);
    albedo = albedo * (1.0 - 0.75 * figure.head.nose.nostril(s));
    let scalp = figure.hair.scalp(p);
    albedo = albedo.mix(linear(figure.look.hair.colour) * 0.9, scalp);
    let brow = brow(figure, p, s);
    albedo = albedo.mix(linear(figure.look.brows.colour), brow);
    let (beard, albedo) = bearded(figure, p, s, albedo);
    let albedo = lashes(figure, s, placed.expression.blink, albedo);
    let hairy = beard.max(scalp).max(brow);
    let (lip, _) = figure.head.mouth.colouring(p);
    Surface {
        gloss: 0.075 * (1.0 - 0.7 * hairy) + 0.10 * lip,
        shine: 18.0 + 22.0 * lip,
        soft: 1.0 - 0.6 * hairy,
        ..Surface::matt(albedo, hit.normal)
    }
}

/// The tone of the skin, varied as blood and bone below vary it.
fn complexion(figure: &Figure, p: Vec3, s: Vec3) -> Vec3 {
    let skin = &figure.look.skin;
    let tone = linear(skin.tone);
    let near = |c: Vec3, r: f32| bell((s - c).length(), r);
    let rosy = near(vec3(0.40, -0.32, 0.58), 0.22)
        + 0.8 * near(figure.head.nose.tip(), 0.15)
        + 0.7 * near(vec3(0.78, -0.15, -0.1), 0.2)
        + 0.3 * near(vec3(0.0, -1.1, 0.65), 0.16);
    let eyes = figure.head.eyes.centre();
    let hollow = near(vec3(eyes.x, -0.03, eyes.z + 0.16), 0.19);
    let mut albedo = tone.mix(tone.times(vec3(1.06, 0.80, 0.76)), (rosy * skin.flush).min(1.0));
    albedo = albedo.times(vec3(1.0, 1.0, 1.0).mix(vec3(0.86, 0.79, 0.80), hollow * (0.55 + 0.45 * skin.age)));
    albedo = albedo * (1.0 + 0.07 * (noise3(p * 5.0) - 0.5) + 0.05 * (noise3(p * 23.0) - 0.5));
    if skin.freckles > 0.0 {
        let zone = near(vec3(0.26, -0.27, 0.68), 0.27);
        let spots = smoothstep(0.68, 0.80, noise3(p * 24.0)) * zone * skin.freckles;
        albedo = albedo.mix(tone.times(vec3(0.66, 0.48, 0.38)), spots * 0.8);
    }
    albedo
}

fn lips(figure: &Figure, p: Vec3, albedo: Vec3) -> Vec3 {
    let (lip, line) = figure.head.mouth.colouring(p);
    let colour = linear(figure.look.mouth.colour);
    albedo.mix(colour, lip * 0.85) * (1.0 - 0.66 * line)
}

/// Lines of age: beside the mouth, under the eyes, on the forehead.
fn lines(figure: &Figure, s: Vec3, albedo: Vec3) -> Vec3 {
    let age = figure.look.skin.age;
    if age <= 0.0 || s.z < 0.3 {
        return albedo;
    }
    let eyes = &figure.look.eyes;
    let bag =
        bell(s.y + 0.155 - 0.5 * (s.x - eyes.spacing).powi(2), 0.016) * bell(s.x - eyes.spacing + 0.02, 0.13);
    let sway = 0.02 * noise3(vec3(s.x * 3.0, 0.0, 0.0));
    let brow = figure.look.brows.lift;
    let creases = [0.17, 0.28].map(|up| bell(s.y - brow - up - sway, 0.012)).into_iter().sum::<f32>()
        * smoothstep(0.45, 0.2, s.x);
    let feet = bell(s.y - 0.25 * (s.x - 0.52) + 0.01, 0.012)
        .max(bell(s.y + 0.35 * (s.x - 0.50) + 0.03, 0.012))
        * smoothstep(0.50, 0.54, s.x)
        * smoothstep(0.64, 0.58, s.x);
    albedo * (1.0 - age * (0.20 * bag + 0.16 * creases + 0.14 * feet))
}

/// Density of eyebrow hair, 0 to 1.
fn brow(figure: &Figure, p: Vec3, s: Vec3) -> f32 {
    let look = &figure.look.brows;
    if s.z < 0.2 || (s.y - look.lift).abs() > 0.25 {
        return 0.0;
    }
    let t = (s.x - look.inner) / (look.outer - look.inner);
    // Nobody's brows are quite alike.
    let uneven = 0.008 * p.x.signum();
    let middle = look.lift + uneven + look.slant * t + look.arch * (1.0 - ((t - 0.62) / 0.62).powi(2))
        - look.arch * 0.5;
    let thick =
        look.thickness * (0.72 + 0.45 * smoothstep(0.0, 0.25, t)) * (1.0 - 0.72 * smoothstep(0.45, 1.05, t));
    let hairs = noise3(vec3(
        s.x * 42.0 - (s.y - middle) * 30.0 * (1.0 - t),
        (s.y - middle) * 46.0,
        p.x.signum() * 5.0,
    ));
    let ragged = (s.y - middle).abs() / thick.max(0.004) + 0.36 * (hairs - 0.5);
    let ends = smoothstep(-0.06, 0.10, t + 0.12 * (hairs - 0.5)) * smoothstep(1.06, 0.92, t);
    smoothstep(1.15, 0.70, ragged) * ends * look.density * (0.86 + 0.14 * hairs)
}

fn bearded(figure: &Figure, p: Vec3, s: Vec3, albedo: Vec3) -> (f32, Vec3) {
    let mask = figure.head.beard.mask(s);
    if mask <= 0.0 {
        return (0.0, albedo);
    }
    let look = figure.head.beard.look();
    let grain = beard_grain(p);
    let grown = smoothstep(0.015, 0.07, look.length);
    let thin = (mask * (0.75 + 0.5 * grain)).clamp(0.0, 1.0);
    let thick = smoothstep(0.10, 0.55, mask * (0.8 + 0.4 * grain));
    let cover = (thin + (thick - thin) * grown) * (0.78 + 0.22 * grown);
    let (lip, _) = figure.head.mouth.colouring(p);
    let cover = cover * (1.0 - 0.85 * lip);
    let hair = linear(look.colour) * (0.75 + 0.5 * grain);
    (cover, albedo.mix(hair, cover))
}

/// The dark edge of the upper lid, and a faint one below.
fn lashes(figure: &Figure, s: Vec3, blink: f32, albedo: Vec3) -> Vec3 {
    let eyes = &figure.head.eyes;
    if (s - eyes.centre()).length() > eyes.radius() + 0.12 || s.z < eyes.centre().z {
        return albedo;
    }
    let look = eyes.look();
    let opening = eyes.opening(s, blink);
    let t = opening.along;
    let thick = 0.011 + 0.017 * look.lashes * (0.55 + 0.45 * t.clamp(-1.0, 1.0));
    let span = smoothstep(1.22, 1.0, t.abs());
    let upper = smoothstep(thick, thick * 0.45, opening.above.abs()) * span;
    let lower = smoothstep(0.012, 0.004, opening.under.abs()) * span * 0.35;
    let lid = smoothstep(0.09, 0.03, opening.above) * span * smoothstep(-0.02, 0.0, opening.above);
    let dark = vec3(0.012, 0.008, 0.007);
    albedo
        .times(Vec3::splat(1.0).mix(vec3(0.84, 0.76, 0.76), lid))
        .mix(dark, (upper * (0.60 + 0.38 * look.lashes)).max(lower))
}

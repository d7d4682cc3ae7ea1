//! How each style of hair is put together.

use super::{Bare, Flow, HairSolid, Texture};
use crate::head::Head;
use crate::look::{FaceShape, Hair, HairStyle, Look};
use crate::sdf::{Bounds, Ellipsoid, Rod};
use crate::vec3::{Vec3, vec3};

/// A solid with nothing but a cap on the skull, `thick` thick.
fn cap(face: &FaceShape, hair: &Hair, thick: f32) -> HairSolid {
    HairSolid {
        cap: Some(Head::cranium_of(face, thick + hair.volume * 0.5)),
        volumes: Vec::new(),
        locks: Vec::new(),
        parting: None,
        bare: Bare {
            line: hair.line,
            half_width: face.skull_width * 0.86,
            middle: -0.25,
            back: 0.10,
            straight: 0.25,
            aside: 0.0,
            burn: -0.20,
            burn_back: 0.02,
            nape: -0.70,
        },
        texture: Texture::Strands(0.020),
        wave: 0.0,
        flow: Flow::Back,
        shadow: 0.75,
        bounds: Bounds { low: vec3(-1.25, -0.9, -1.5), high: vec3(1.25, 1.7, 1.1) },
    }
}

/// Builds the solid for a look.
pub(super) fn build(look: &Look) -> HairSolid {
    let (face, hair) = (&look.face, &look.hair);
    match hair.style {
        HairStyle::Shaved => HairSolid { cap: None, shadow: 0.62, ..cap(face, hair, 0.0) },
        HairStyle::Crop => crop(face, hair),
        HairStyle::SideParted => side_parted(face, hair),
        HairStyle::SweptBack => swept_back(face, hair),
        HairStyle::Receding => receding(face, hair),
        HairStyle::Long => long(face, hair),
        HairStyle::Wavy => wavy(face, hair),
        HairStyle::Fringe => fringe(face, hair),
        HairStyle::Bob => bob(face, hair),
        HairStyle::Bun => bun(face, hair),
        HairStyle::Curls => curls(face, hair),
        HairStyle::Afro => afro(face, hair),
        HairStyle::Pixie => pixie(face, hair),
        HairStyle::Scarf => scarf(face, hair),
    }
}

fn crop(face: &FaceShape, hair: &Hair) -> HairSolid {
    let mut solid = cap(face, hair, 0.035);
    let w = face.skull_width;
    solid.volumes = vec![
        Ellipsoid::new(vec3(0.0, 0.74, -0.15), vec3(w * 0.95, 0.50 + hair.volume, 0.88)),
        Ellipsoid::new(vec3(0.03, hair.line + 0.30, 0.44), vec3(w * 0.68, 0.17 + hair.volume * 0.6, 0.26)),
    ];
    solid.bare.nape = -0.5;
    solid.texture = Texture::Curls(0.020, 11.0);
    solid
}

fn side_parted(face: &FaceShape, hair: &Hair) -> HairSolid {
    let mut solid = cap(face, hair, 0.055);
    let w = face.skull_width;
    solid.volumes = vec![
        Ellipsoid::new(vec3(-0.06, 0.76, -0.15), vec3(w * 0.97, 0.50 + hair.volume, 0.88)),
        Ellipsoid::new(vec3(-0.16, hair.line + 0.30, 0.46), vec3(w * 0.68, 0.19 + hair.volume * 0.6, 0.27)),
    ];
    solid.parting = Some(Ellipsoid::new(vec3(0.36, hair.line + 0.46, 0.25), vec3(0.022, 0.22, 0.60)));
    solid.bare.aside = 0.07;
    solid.bare.nape = -0.6;
    solid.flow = Flow::Across(0.36);
    solid
}

fn swept_back(face: &FaceShape, hair: &Hair) -> HairSolid {
    let mut solid = cap(face, hair, 0.06);
    let w = face.skull_width;
    solid.volumes = vec![
        Ellipsoid::new(vec3(0.0, 0.78, -0.22), vec3(w * 0.96, 0.50 + hair.volume, 0.90)),
        Ellipsoid::new(vec3(0.0, hair.line + 0.30, 0.40), vec3(w * 0.62, 0.18 + hair.volume * 0.7, 0.30)),
    ];
    solid.texture = Texture::Strands(0.020);
    solid
}

fn receding(face: &FaceShape, hair: &Hair) -> HairSolid {
    let mut solid = cap(face, hair, 0.045);
    solid.bare.half_width = face.skull_width * 0.90;
    solid.bare.back = -0.02;
    solid.bare.nape = -0.6;
    solid.shadow = 0.35;
    solid.flow = Flow::Back;
    solid.texture = Texture::Strands(0.014);
    solid
}

/// A chain of rods through the points, thinner or thicker as given.
fn lock(points: &[(Vec3, f32)]) -> Vec<Rod> {
    points.windows(2).map(|w| Rod::new(w[0].0, w[1].0, w[0].1, w[1].1)).collect()
}

/// The same chain on both sides.
fn both(points: &[(Vec3, f32)]) -> Vec<Rod> {
    let mirrored: Vec<_> = points.iter().map(|&(p, r)| (vec3(-p.x, p.y, p.z), r)).collect();
    [lock(points), lock(&mirrored)].concat()
}

/// Hair that falls to `low`, parted in the middle; `w` is where it passes the cheeks.
fn falling(face: &FaceShape, hair: &Hair, low: f32) -> HairSolid {
    let mut solid = cap(face, hair, 0.10);
    let w = face.skull_width;
    solid.locks = both(&[
        (vec3(0.10, 1.02, 0.46), 0.12),
        (vec3(w * 0.62, 0.74, 0.46), 0.15),
        (vec3(w * 0.96, 0.15, 0.22), 0.16),
        (vec3(w * 1.04, -0.75, 0.06), 0.20),
        (vec3(w * 1.04, low * 0.8, 0.10), 0.22),
        (vec3(w * 0.98, low, 0.18), 0.12),
    ]);
    solid.volumes =
        vec![Ellipsoid::new(vec3(0.0, low * 0.45, -0.62), vec3(w + 0.14, 0.55 - low * 0.55, 0.46))];
    solid.parting = Some(Ellipsoid::new(vec3(0.0, 1.24, 0.2), vec3(0.022, 0.17, 0.75)));
    solid.bare = Bare { burn: -9.0, nape: -9.0, back: 0.05, ..solid.bare };
    solid.flow = Flow::Hang(0.0);
    solid.texture = Texture::Strands(0.016);
    solid.bounds = Bounds { low: vec3(-1.35, low - 0.25, -1.5), high: vec3(1.35, 1.6, 1.1) };
    solid
}

fn long(face: &FaceShape, hair: &Hair) -> HairSolid {
    falling(face, hair, -2.5)
}

fn wavy(face: &FaceShape, hair: &Hair) -> HairSolid {
    HairSolid { wave: 0.055, ..falling(face, hair, -1.85) }
}

fn fringe(face: &FaceShape, hair: &Hair) -> HairSolid {
    let mut solid = falling(face, hair, -1.75);
    let w = face.skull_width;
    solid.parting = None;
    solid.flow = Flow::Fringe;
    solid.bare.straight = 0.9;
    solid.bare.half_width = w * 0.80;
    solid.volumes.push(Ellipsoid::new(vec3(0.0, 0.50, 0.26), vec3(w * 0.92, 0.62, 0.64)));
    solid.locks = both(&[
        (vec3(w * 0.80, 0.60, 0.36), 0.14),
        (vec3(w * 0.96, 0.0, 0.24), 0.15),
        (vec3(w * 1.02, -0.8, 0.08), 0.19),
        (vec3(w * 0.98, -1.75, 0.10), 0.17),
    ]);
    solid
}

fn bob(face: &FaceShape, hair: &Hair) -> HairSolid {
    let mut solid = cap(face, hair, 0.10);
    let w = face.skull_width;
    solid.volumes = vec![Ellipsoid::new(vec3(0.0, -0.02, -0.20), vec3(w + 0.22 + hair.volume, 1.28, 1.00))];
    solid.locks = lock(&[
        (vec3(0.24, 1.06, 0.44), 0.10),
        (vec3(-0.20, 0.92, 0.56), 0.13),
        (vec3(-w * 0.78, 0.52, 0.46), 0.13),
        (vec3(-w * 0.98, 0.05, 0.30), 0.09),
    ]);
    solid.parting = Some(Ellipsoid::new(vec3(0.33, 1.24, 0.2), vec3(0.020, 0.14, 0.75)));
    solid.bare =
        Bare { burn: -9.0, nape: -0.98, back: 0.05, aside: 0.10, half_width: w * 0.88, ..solid.bare };
    solid.flow = Flow::Down(0.33);
    solid.texture = Texture::Strands(0.024);
    solid.bounds = Bounds { low: vec3(-1.3, -1.2, -1.5), high: vec3(1.3, 1.6, 1.1) };
    solid
}

fn bun(face: &FaceShape, hair: &Hair) -> HairSolid {
    let mut solid = cap(face, hair, 0.065);
    solid.volumes = vec![Ellipsoid::new(vec3(0.0, 1.36, -0.42), vec3(0.40, 0.33, 0.40))];
    solid.bare.burn = -0.12;
    solid.texture = Texture::Strands(0.022);
    solid.bounds.high.y = 1.95;
    solid
}

fn curls(face: &FaceShape, hair: &Hair) -> HairSolid {
    let mut solid = cap(face, hair, 0.15);
    let w = face.skull_width;
    solid.volumes = vec![
        Ellipsoid::new(vec3(0.0, 0.78, -0.1), vec3(w + 0.14, 0.56 + hair.volume, 0.98)),
        Ellipsoid::new(vec3(0.04, hair.line + 0.34, 0.46), vec3(w * 0.75, 0.22 + hair.volume, 0.28)),
    ];
    solid.bare.burn = -0.15;
    solid.texture = Texture::Curls(0.085, 4.6);
    solid
}

fn afro(face: &FaceShape, hair: &Hair) -> HairSolid {
    let mut solid = cap(face, hair, 0.20);
    let w = face.skull_width;
    solid.volumes =
        vec![Ellipsoid::new(vec3(0.0, 0.52, -0.28), vec3(w + 0.44 + hair.volume, 1.16 + hair.volume, 1.12))];
    solid.bare = Bare { half_width: w * 0.92, burn: -0.35, nape: -0.75, back: 0.12, ..solid.bare };
    solid.texture = Texture::Curls(0.050, 7.5);
    solid.bounds = Bounds { low: vec3(-1.6, -1.0, -1.7), high: vec3(1.6, 2.1, 1.2) };
    solid
}

fn pixie(face: &FaceShape, hair: &Hair) -> HairSolid {
    let mut solid = cap(face, hair, 0.06);
    let w = face.skull_width;
    solid.volumes = vec![
        Ellipsoid::new(vec3(0.0, 0.80, -0.14), vec3(w * 0.99, 0.56 + hair.volume, 0.92)),
        Ellipsoid::new(vec3(-0.07, hair.line + 0.34, 0.42), vec3(w * 0.66, 0.23 + hair.volume, 0.29)),
    ];
    solid.bare.aside = -0.05;
    solid.bare.burn = -0.34;
    solid.bare.burn_back = 0.10;
    solid.bare.nape = -0.75;
    solid.texture = Texture::Strands(0.030);
    solid
}

fn scarf(face: &FaceShape, hair: &Hair) -> HairSolid {
    let mut solid = cap(face, hair, 0.09);
    let w = face.skull_width;
    solid.volumes = vec![
        Ellipsoid::new(vec3(0.0, -0.15, -0.25), vec3(w + 0.06, 1.0, 0.88)),
        Ellipsoid::new(vec3(0.0, -1.05, -0.02), vec3(w * 0.92, 0.62, 0.70)),
        Ellipsoid::new(vec3(0.0, -1.95, -0.22), vec3(1.25, 0.72, 0.78)),
    ];
    solid.bare = Bare {
        half_width: w * 0.80,
        middle: -0.28,
        back: 0.0,
        straight: 0.15,
        burn: -9.0,
        nape: -9.0,
        ..solid.bare
    };
    solid.shadow = 0.0;
    solid.texture = Texture::Folds(0.028);
    solid.bounds = Bounds { low: vec3(-1.4, -2.8, -1.4), high: vec3(1.4, 1.5, 1.2) };
    solid
}

//! One guest as a solid: head, hair, glasses and body together, ready to be marched.

use crate::body::{Body, Piece};
use crate::glasses::Frame;
use crate::grid::Grid;
use crate::hair::HairSolid;
use crate::head::{Expression, Head};
use crate::look::Look;
use crate::sdf::Bounds;
use crate::vec3::{Vec3, vec3};

/// Spacing of the lattice around the head: fine enough for soft shadows of nose and chin.
const HEAD_CELL: f32 = 0.055;
/// Spacing of the lattice around the body.
const BODY_CELL: f32 = 0.10;

/// Where a lattice says more than this it is believed; nearer, the solid itself is asked.
const NEAR_HEAD: f32 = 0.055;
const NEAR_BODY: f32 = 0.11;
/// Farther than anything a ray could meet.
const FAR: f32 = 9.0;

/// What a point of a surface is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Material {
    Skin,
    Eye,
    Hair,
    Frame,
    Cloth(Piece),
}

/// The solid of one guest, with its lattices.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    pub look: Look,
    pub head: Head,
    pub hair: HairSolid,
    pub frame: Option<Frame>,
    pub body: Body,
    face_grid: Grid,
    hair_grid: Grid,
    /// Face and hair together, for soft effects.
    pub head_grid: Grid,
    pub body_grid: Grid,
}

/// Distances to the parts of a head; parts that are clearly farther than others may be given roughly.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parts {
    skin: f32,
    eye: f32,
    frame: f32,
    hair: f32,
}

impl Parts {
    /// Distance to the nearest.
    pub fn nearest(self) -> f32 {
        self.skin.min(self.eye).min(self.frame).min(self.hair)
    }

    /// Which is the nearest.
    pub fn material(self) -> Material {
        let nearest = self.nearest();
        if nearest >= self.hair {
            Material::Hair
        } else if nearest >= self.frame {
            Material::Frame
        } else if nearest >= self.eye {
            Material::Eye
        } else {
            Material::Skin
        }
    }
}

impl Figure {
    pub fn new(look: &Look) -> Self {
        let (head, hair, frame, body) =
            (Head::new(look), HairSolid::new(look), Frame::new(look), Body::new(look));
        let around = head_bounds(&hair.bounds());
        // Shut lids are the larger solid, so that a lattice of them never lets a ray step over open ones.
        let face_grid = Grid::sample(around, HEAD_CELL, |p| {
            let s = p.folded();
            head.skin(p, 1.0).min(frame.as_ref().map_or(FAR, |frame| frame.distance(s)))
        });
        let hair_grid = Grid::sample(around, HEAD_CELL, |p| hair.distance(p));
        let head_grid = face_grid.union(&hair_grid);
        let body_grid = Grid::sample(Body::bounds(), BODY_CELL, |p| body.distance(p));
        Self { look: *look, head, hair, frame, body, face_grid, hair_grid, head_grid, body_grid }
    }

    /// Distance to everything that turns with the head, good for stepping.
    pub fn head_step(&self, p: Vec3, expression: Expression) -> f32 {
        let coarse = self.head_grid.distance(p);
        if coarse > NEAR_HEAD { coarse - NEAR_HEAD * 0.5 } else { self.parts(p, expression).nearest() }
    }

    /// Distance to everything that turns with the shoulders, good for stepping.
    pub fn body_step(&self, p: Vec3) -> f32 {
        let coarse = self.body_grid.distance(p);
        if coarse > NEAR_BODY { coarse - NEAR_BODY * 0.5 } else { self.body.distance(p) }
    }

    /// Distances to the parts of the head; exact for those that may be the nearest.
    pub fn parts(&self, p: Vec3, expression: Expression) -> Parts {
        let (face, hair) = (self.face_grid.distance(p), self.hair_grid.distance(p));
        let mut parts =
            Parts { skin: face - NEAR_HEAD * 0.5, eye: FAR, frame: FAR, hair: hair - NEAR_HEAD * 0.5 };
        if face <= NEAR_HEAD {
            let s = p.folded();
            parts.skin = self.head.skin(p, expression.blink);
            parts.eye = self.head.eyes.ball(s);
            parts.frame = self.frame.as_ref().map_or(FAR, |frame| frame.distance(s));
        }
        if hair <= NEAR_HEAD {
            parts.hair = self.hair.distance(p);
        }
        parts
    }

    /// Exact distance to one material of the head.
    pub fn distance_to(&self, material: Material, p: Vec3, expression: Expression) -> f32 {
        match material {
            Material::Skin => self.head.skin(p, expression.blink),
            Material::Eye => self.head.eyes.ball(p.folded()),
            Material::Hair => self.hair.distance(p),
            Material::Frame => self.frame.as_ref().map_or(FAR, |frame| frame.distance(p.folded())),
            Material::Cloth(_) => self.body.distance(p),
        }
    }
}

fn head_bounds(hair: &Bounds) -> Bounds {
    let (low, high) = (hair.low, hair.high);
    Bounds {
        low: vec3(low.x.min(-1.1), low.y.min(-2.2), low.z.min(-1.4)),
        high: vec3(high.x.max(1.1), high.y.max(1.4), high.z.max(1.25)),
    }
}

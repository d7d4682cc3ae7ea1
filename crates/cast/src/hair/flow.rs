//! Which way strands run over the head, and the grooves between them.

use crate::noise::{noise1, noise3};
use crate::sdf::smoothstep;
use crate::vec3::{Vec3, vec3};

/// A direction of combing.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Flow {
    /// Down from a parting at this place across, close to the head.
    Down(f32),
    /// Down from a parting at this place across, then hanging free.
    Hang(f32),
    /// From the forehead to the back.
    Back,
    /// Across the forehead from a parting at this place, then down.
    Across(f32),
    /// Down on all sides from the crown: a fringe.
    Fringe,
}

impl Flow {
    /// The direction of the strands at `p`, not yet along the surface.
    pub fn direction(self, p: Vec3) -> Vec3 {
        match self {
            Self::Down(part) | Self::Hang(part) => {
                let out = vec3((p.x - part).signum() * 0.9, -0.5, -0.1);
                out.mix(vec3((p.x - part).signum() * 0.05, -1.0, 0.0), smoothstep(0.95, 0.4, p.y))
            }
            Self::Fringe => vec3(p.x * 0.6, -1.0, (p.z + 0.3) * 0.6),
            Self::Back => vec3(p.x * 0.25, 0.35 - 0.5 * smoothstep(0.3, -0.9, p.z), -1.0),
            Self::Across(part) => {
                let side = (p.x - part).signum();
                let out = vec3(side, -0.15, 0.35 * side.min(0.0).abs());
                out.mix(vec3(side * 0.1, -1.0, -0.35), smoothstep(0.75, 0.35, p.y))
            }
        }
    }

    /// A coordinate that is constant along a strand.
    fn across(self, p: Vec3) -> f32 {
        match self {
            Self::Down(part) | Self::Across(part) => {
                let low = smoothstep(1.0, 0.3, p.y);
                let top = p.z * 1.1;
                top + (around(p) * 1.7 - top) * low + if p.x > part { 3.7 } else { 0.0 }
            }
            Self::Hang(part) => {
                // Relative to where a lock falls at this height, or the lock's bends would cut across its strands.
                let low = smoothstep(1.0, 0.2, p.y);
                let (out, front) = (0.76 * smoothstep(1.05, 0.0, p.y), 0.40 * smoothstep(-0.7, 0.8, p.y));
                (p.z - front) * 1.1
                    + ((p.x - part).abs() - out) * 1.5 * low
                    + if p.x > part { 3.7 } else { 0.0 }
            }
            Self::Fringe => {
                let side = smoothstep(0.50, 0.78, p.x.abs());
                p.x * 1.5 * (1.0 - side) + (around(p) * 1.7 + p.x.signum() * 2.3) * side
            }
            Self::Back => about_depth(p) * 1.5,
        }
    }

    /// Coarse grooves between locks, -1 to 1.
    pub fn clumps(self, p: Vec3) -> f32 {
        let u = self.across(p) + 0.10 * noise3(p * 2.0);
        (noise1(u * 7.3 + 0.37) - 0.5) * 1.0 + (noise1(u * 17.0 + 31.3) - 0.5) * 0.9
    }

    /// Fine grooves between strands, -1 to 1.
    pub fn strands(self, p: Vec3) -> f32 {
        let u = self.across(p) + 0.06 * noise3(p * 3.0);
        (noise1(u * 15.0 + 0.4) - 0.5) * 0.6
            + (noise1(u * 41.0 + 11.2) - 0.5) * 0.8
            + (noise1(u * 97.0 + 5.7) - 0.5) * 0.6
    }
}

/// A cheap stand-in for the angle around the head's vertical axis: strands that hang keep theirs.
fn around(p: Vec3) -> f32 {
    let (x, z) = (p.x.abs(), p.z + 0.3);
    z / (x + z.abs() + 0.05)
}

/// The same around the axis from front to back: strands combed back keep theirs.
fn about_depth(p: Vec3) -> f32 {
    let (x, y) = (p.x.abs(), p.y - 0.05);
    let turned = x / (x + y.abs() + 0.02);
    p.x.signum() * if y >= 0.0 { turned } else { 2.0 - turned }
}

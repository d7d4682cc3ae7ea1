//! How a hand holds a picture: where it is, and how it moves and tilts though it means to hold still.

use crate::attack::{Attack, AttackParams};
use crate::noise::unit;
use crate::sdf::smoothstep;
use crate::vec3::{Rotation, Vec3, vec3};

/// A place and bearing in camera space.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SheetPose {
    /// The middle, in decimetres.
    pub centre: Vec3,
    pub turn: Rotation,
}

/// One hand.
pub(crate) struct Hand {
    distance_m: f32,
    /// How far below the camera's axis it begins and ends, so that the picture is out of sight.
    below_m: f32,
    phase: f32,
}

impl Hand {
    /// A hand that knows how near the picture must be for its face to be large enough.
    pub fn of(seed: u32, attack: Attack) -> Self {
        let (distance_m, below_m) = match attack {
            Attack::Print => (0.40, 0.36),
            Attack::Poster => (0.50, 0.62),
            Attack::Phone => (0.24, 0.19),
        };
        Self::at(distance_m, below_m, seed)
    }

    /// A hand that holds something `distance_m` before the camera, and `below_m` further down before and afterwards.
    pub fn at(distance_m: f32, below_m: f32, seed: u32) -> Self {
        Self { distance_m, below_m, phase: unit(seed.wrapping_add(31)) * 6.0 }
    }

    /// Where the picture is, `seconds` into the attack.
    pub fn pose_at(&self, params: &AttackParams, seconds: f32) -> SheetPose {
        let leaves = params.arrive_s + params.hold_s;
        // What is there from the first frame on does not arrive.
        let arriving = if params.arrive_s > 0.0 { smoothstep(params.arrive_s, 0.0, seconds) } else { 0.0 };
        let away = arriving + smoothstep(0.0, params.leave_s.max(0.01), seconds - leaves);
        let w = seconds + self.phase;
        // An arm without support sways slowly and trembles a little; a tilt of some degrees goes unnoticed.
        let sway = |slow: f32, fast: f32, shift: f32| {
            params.unrest * (slow * (w * 1.9 + shift).sin() + fast * (w * 4.7 + 2.0 * shift).sin())
        };
        let centre = vec3(
            sway(0.008, 0.002, 0.3),
            sway(0.006, 0.002, 1.1) - self.below_m * away,
            sway(0.010, 0.002, 2.0) - self.distance_m,
        );
        let turn = Rotation::from_degrees(
            sway(8.0, 1.5, 0.0),
            sway(5.0, 1.0, 1.7) + 25.0 * away,
            sway(2.5, 0.5, 0.9),
        );
        SheetPose { centre: centre * 10.0, turn }
    }
}

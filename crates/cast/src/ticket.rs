//! A ticket's code that is held before the kiosk's camera, on a telephone or on paper. What the code says is whoever
//! calls' business: here it is a picture.

use jpeg_encoder::EncodingError;
use serde::{Deserialize, Serialize};

use crate::attack::AttackParams;
use crate::attack::hand::{Hand, SheetPose};
use crate::attack::paper::given_back;
use crate::attack::screen::{BODY, SCREEN, cells, reflected};
use crate::attack::sheet::{Held, Medium, Spot, colour_at};
use crate::clip::frames;
use crate::colour::linear_of;
use crate::picture::Picture;
use crate::studio::Studio;
use crate::vec3::{Rotation, Vec3};

/// What the code is on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketMedium {
    /// A telephone.
    Phone {
        /// How bright its white is: 1 as bright as a white wall in the room, 0.2 a screen that saves its battery.
        brightness: f32,
    },
    /// Office paper, a little larger than the code.
    Paper,
}

/// How a ticket is held. Distances in metres, angles in degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TicketParams {
    /// Times, unrest, camera, light and quality.
    pub course: AttackParams,
    /// What the code is on.
    pub medium: TicketMedium,
    /// Width of the code without its quiet zone.
    pub code_m: f32,
    /// How far before the camera.
    pub distance_m: f32,
    /// Turned to the side, nodded and tilted by so much, on top of the hand's unrest.
    pub slant: (f32, f32, f32),
}

impl Default for TicketParams {
    /// A telephone as guests hold it out: the code 5 cm wide, 22 cm before the camera, a little aslant.
    fn default() -> Self {
        Self {
            course: AttackParams { arrive_s: 0.4, hold_s: 2.2, ..AttackParams::default() },
            medium: TicketMedium::Phone { brightness: 0.9 },
            code_m: 0.05,
            distance_m: 0.22,
            slant: (8.0, 6.0, 4.0),
        }
    }
}

/// All frames of a ticket being held up, as JPEG. `code` is the code with its quiet zone of four modules, dark on light,
/// and is `modules` modules wide without it. `hand` selects how it moves. `progress` hears of finished frames: how many, of how many.
pub fn render_ticket(
    code: &Picture,
    modules: u32,
    hand: u32,
    params: &TicketParams,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Vec<Vec<u8>>, EncodingError> {
    let slip = Slip::of(code, modules, params);
    let course = &params.course;
    let (moves, studio) =
        (Hand::at(params.distance_m, 0.22, hand), Studio::empty(course.light, course.camera));
    let shape = (course.frames_per_second, course.quality, course.frames());
    frames(shape, progress, |index, seconds| {
        let pose = slanted(moves.pose_at(course, seconds), params.slant);
        let held = Held { medium: &slip, pose, light: course.light, camera: course.camera, seconds };
        studio.picture_behind(&|x, y, behind| held.before(x, y, behind), hand.wrapping_add(index))
    })
}

fn slanted(pose: SheetPose, (yaw, pitch, roll): (f32, f32, f32)) -> SheetPose {
    SheetPose { turn: pose.turn.after(&Rotation::from_degrees(yaw, pitch, roll)), ..pose }
}

/// The flat thing with the code on it.
struct Slip<'a> {
    code: &'a Picture,
    /// Half the code with its quiet zone, in decimetres.
    half_code: f32,
    medium: TicketMedium,
}

impl<'a> Slip<'a> {
    fn of(code: &'a Picture, modules: u32, params: &TicketParams) -> Self {
        let modules = modules.max(1) as f32;
        let half_code = params.code_m * 10.0 / 2.0 * (modules + 8.0) / modules;
        Self { code, half_code, medium: params.medium }
    }

    /// The colour at a place; what is not code is white.
    fn ink(&self, spot: &Spot) -> Vec3 {
        let (across, down) = (spot.right / self.half_code, -spot.up / self.half_code);
        if across.abs() > 1.0 || down.abs() > 1.0 {
            return Vec3::splat(1.0);
        }
        linear_of(colour_at(self.code, 0.5 + across / 2.0, 0.5 + down / 2.0))
    }
}

impl Medium for Slip<'_> {
    fn half_size(&self) -> (f32, f32) {
        match self.medium {
            TicketMedium::Phone { .. } => BODY,
            TicketMedium::Paper => (self.half_code * 1.15, self.half_code * 1.4),
        }
    }

    fn light(&self, spot: &Spot) -> Vec3 {
        match self.medium {
            TicketMedium::Paper => given_back(self.ink(spot), spot, 0.02),
            TicketMedium::Phone { brightness } => {
                let lit = spot.right.abs() <= SCREEN.0 && spot.up.abs() <= SCREEN.1;
                let white = cells(spot) * brightness;
                // Black lets a hundredth through.
                let own = if lit {
                    self.ink(spot).map(|v| 0.01 + 0.99 * v).times(white)
                } else {
                    Vec3::splat(0.012)
                };
                own + reflected(spot)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::camera::Camera;

    /// A code of which only its darkness matters: a black square with a white margin.
    fn block() -> Picture {
        let black = |at: usize| (4..12).contains(&(at % 16)) && (4..12).contains(&(at / 16));
        let rgb = (0..256).flat_map(|at| [if black(at) { 0 } else { 255 }; 3]).collect();
        Picture { width: 16, height: 16, rgb }
    }

    fn small(medium: TicketMedium) -> TicketParams {
        let camera = Camera { width: 128, height: 96, focal_px: 120.0, noise: 0.0, ..Camera::KIOSK };
        let course = AttackParams {
            arrive_s: 0.2,
            hold_s: 0.6,
            leave_s: 0.2,
            frames_per_second: 5,
            camera,
            ..AttackParams::default()
        };
        TicketParams { course, medium, ..TicketParams::default() }
    }

    /// Grey levels of the code and of the margin beside it, while it is held.
    fn code_and_margin(params: &TicketParams) -> (u8, u8) {
        let code = block();
        let medium = Slip::of(&code, 8, params);
        let course = AttackParams { unrest: 0.0, ..params.course };
        let pose = Hand::at(params.distance_m, 0.22, 1).pose_at(&course, 0.5);
        let (light, camera) = (course.light, course.camera);
        let held = Held { medium: &medium, pose, light, camera, seconds: 0.5 };
        let picture =
            Studio::empty(light, camera).picture_behind(&|x, y, behind| held.before(x, y, behind), 1);
        let grey = |x: f32| picture.rgb[(48 * 128 + x as usize) * 3 + 1];
        // The margin is the outer half of what is printed.
        let beside = medium.half_code * 0.75 / (params.distance_m * 10.0) * camera.focal_px;
        (grey(64.0), grey(64.0 + beside))
    }

    #[test]
    fn the_code_is_dark_on_light_on_paper_and_on_screens_bright_and_dim() {
        let phone = |brightness| TicketMedium::Phone { brightness };
        for (medium, contrast) in [(TicketMedium::Paper, 90), (phone(0.9), 90), (phone(0.15), 25)] {
            let (code, margin) = code_and_margin(&small(medium));
            assert!(margin.saturating_sub(code) >= contrast, "{medium:?}: {code} on {margin}");
        }
    }

    #[test]
    fn it_comes_into_sight_and_leaves_again() {
        let params = small(TicketMedium::Paper);
        let clip = render_ticket(&block(), 8, 3, &params, &|_, _| {}).unwrap();
        assert_eq!(clip.len(), params.course.frames());
        assert_ne!(clip[0].len(), clip[2].len(), "the first frame shows the room alone");
    }
}

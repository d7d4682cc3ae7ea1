//! A photograph on paper: what the printer could print, lit by the room.

use crate::attack::sheet::{Medium, Spot, colour_at};
use crate::camera::Camera;
use crate::cast::Guest;
use crate::colour::linear_of;
use crate::light::Light;
use crate::picture::Picture;
use crate::portrait::portrait;
use crate::pose::Pose;
use crate::studio::render;
use crate::vec3::{Vec3, vec3};

/// What the blackest ink and the whitest paper give back of the light.
const INK: f32 = 0.035;
const WHITE: f32 = 0.86;

/// A sheet with a picture in its middle.
pub(super) struct Paper {
    picture: Picture,
    /// Half the sheet, and half the printed part, in decimetres.
    half: (f32, f32),
    printed: (f32, f32),
    /// Strength of highlights.
    gloss: f32,
}

impl Paper {
    /// The enrolment picture on office paper.
    pub fn print(guest: &Guest) -> Self {
        Self::print_of(portrait(guest))
    }

    /// Any picture on office paper, 19 cm wide, with a white margin.
    pub fn print_of(picture: Picture) -> Self {
        let printed = (0.95, 0.95 * picture.height as f32 / picture.width.max(1) as f32);
        Self { picture, half: (printed.0 + 0.10, printed.1 + 0.11), printed, gloss: 0.02 }
    }

    /// A large glossy picture to its very edge.
    pub fn poster(guest: &Guest) -> Self {
        let camera = Camera { width: 640, height: 640, focal_px: 900.0, ..Camera::PORTRAIT };
        let pose = Pose { distance_m: 0.95, above_m: 0.016, ..Pose::FRONTAL };
        let picture = render(guest, &pose, &Light::FOYER, &camera);
        Self { picture, half: (3.2, 3.2), printed: (3.2, 3.2), gloss: 0.35 }
    }
}

impl Medium for Paper {
    fn half_size(&self) -> (f32, f32) {
        self.half
    }

    fn light(&self, spot: &Spot) -> Vec3 {
        let (across, down) = (spot.right / self.printed.0, -spot.up / self.printed.1);
        let ink = if across.abs() <= 1.0 && down.abs() <= 1.0 {
            linear_of(colour_at(&self.picture, 0.5 + across / 2.0, 0.5 + down / 2.0))
        } else {
            Vec3::splat(1.0)
        };
        given_back(ink, spot, self.gloss)
    }
}

/// What paper with `ink` on it, 0 black to 1 white, gives back of the room's light.
pub(crate) fn given_back(ink: Vec3, spot: &Spot, gloss: f32) -> Vec3 {
    let surface = ink.map(|v| INK + (WHITE - INK) * v);
    let key = spot.room.direction();
    // As bright as skin beside it: the same window, and the room from all around.
    let from_key = spot.room.colour() * (0.72 * spot.normal.dot(key).max(0.0));
    let around = vec3(0.62, 0.63, 0.64) * (0.62 * spot.room.fill);
    let half = (key + spot.view).normalised();
    let shine = gloss * spot.normal.dot(half).max(0.0).powf(45.0);
    surface.times(from_key + around) + spot.room.colour() * shine
}

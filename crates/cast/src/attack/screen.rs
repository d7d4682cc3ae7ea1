//! A telephone that plays a guest's visit: a bright screen of small cells under glass, in a dark frame.

use crate::attack::AttackParams;
use crate::attack::sheet::{Medium, Spot, colour_at};
use crate::camera::Camera;
use crate::cast::Guest;
use crate::clip::{ClipParams, pose_at};
use crate::colour::linear_of;
use crate::picture::Picture;
use crate::studio::Studio;
use crate::vec3::{Vec3, vec3};

/// Half the body, and half the screen, in decimetres: a usual telephone of 7 by 14 cm.
pub(crate) const BODY: (f32, f32) = (0.357, 0.705);
pub(crate) const SCREEN: (f32, f32) = (0.33, 0.5867);
/// Width of a cell of three colours, in decimetres: 1080 of them across.
const CELL: f32 = 2.0 * SCREEN.0 / 1080.0;
/// How much of the cells' contrast is left after lens and sensor: 0 none, 1 all. Cells are several times finer than
/// the camera's pixels, so what shows is what their pattern leaves of itself in the grid of the pixels.
const CELLS_SEEN: f32 = 0.35;
/// How bright white is, where the room gives back about 1.
const WHITE: f32 = 1.05;
/// Film frames a second.
const FILMED: f32 = 15.0;
/// The camera that filmed the guest, held upright.
const FILM: Camera = Camera { width: 270, height: 480, focal_px: 820.0, ..Camera::KIOSK };

/// The telephone and its film.
pub(super) struct Phone {
    film: Vec<Picture>,
}

impl Phone {
    /// Films `guest` standing at a kiosk, for as long as the attack lasts.
    pub fn playing(guest: &Guest, params: &AttackParams) -> Self {
        let visit = ClipParams { stay_s: 60.0, ..ClipParams::default() };
        let studio = Studio::new(guest, params.light, FILM);
        let length = params.frames() as f32 / params.frames_per_second as f32 * FILMED;
        let filmed = |index: u32| {
            let seconds = visit.approach_s + index as f32 / FILMED;
            studio.picture(pose_at(guest, &visit, seconds).as_ref(), index)
        };
        Self { film: (0..length.ceil() as u32).map(filmed).collect() }
    }
}

impl Medium for Phone {
    fn half_size(&self) -> (f32, f32) {
        BODY
    }

    fn light(&self, spot: &Spot) -> Vec3 {
        let lit = spot.right.abs() <= SCREEN.0 && spot.up.abs() <= SCREEN.1;
        let own = if lit { self.shown(spot) } else { Vec3::splat(0.012) };
        own + reflected(spot)
    }
}

impl Phone {
    fn shown(&self, spot: &Spot) -> Vec3 {
        let last = self.film.len() - 1;
        let picture = &self.film[((spot.seconds * FILMED) as usize).min(last)];
        let (across, down) = (spot.right / SCREEN.0, -spot.up / SCREEN.1);
        let colour = linear_of(colour_at(picture, 0.5 + across / 2.0, 0.5 + down / 2.0));
        colour.times(cells(spot)) * WHITE + Vec3::splat(0.01)
    }
}

/// How bright the cells are at a place: red, green and blue stand side by side, with a dark line between rows.
pub(crate) fn cells(spot: &Spot) -> Vec3 {
    let turn = std::f32::consts::TAU;
    let (column, row) = (spot.right / CELL, spot.up / CELL);
    let bar = |shift: f32| 1.0 + CELLS_SEEN * (turn * (column - shift)).cos();
    vec3(bar(0.0), bar(1.0 / 3.0), bar(2.0 / 3.0)) * (1.0 + 0.5 * CELLS_SEEN * (turn * row).cos())
}

/// The room in the glass: a veil, and the window where the glass leans towards it.
pub(crate) fn reflected(spot: &Spot) -> Vec3 {
    let mirrored = (spot.normal * (2.0 * spot.normal.dot(spot.view)) - spot.view).normalised();
    let window = mirrored.dot(spot.room.direction()).max(0.0).powf(14.0);
    spot.room.colour() * (0.10 * window) + Vec3::splat(0.014 * spot.room.fill)
}

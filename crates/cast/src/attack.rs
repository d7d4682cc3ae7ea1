//! Generated attacks: not the guest but a picture of the guest, held in front of the kiosk's camera.
//!
//! A [`render_attack`] clip is like that of a visit: the picture comes into sight, is held for a moment as a hand
//! holds it, moving and tilting a little, and is taken away. What is held is a real plane: every pixel's ray meets it
//! where it is. The hand and its owner are outside the picture.

pub(crate) mod hand;
pub(crate) mod paper;
pub(crate) mod screen;
pub(crate) mod sheet;

use jpeg_encoder::EncodingError;
use serde::{Deserialize, Serialize};

use crate::camera::Camera;
use crate::cast::Guest;
use crate::clip::{frames, seed};
use crate::light::Light;
use crate::picture::Picture;
use crate::studio::Studio;

use hand::Hand;
use paper::Paper;
use screen::Phone;
use sheet::{Held, Medium};

/// What is held in front of the camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attack {
    /// The guest's enrolment picture on matt paper of about A4, with a white margin; its edges are in sight.
    Print,
    /// A glossy poster of the guest that fills the camera's picture: no edge is in sight.
    Poster,
    /// The guest's own visit, played on a telephone.
    Phone,
}

impl Attack {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Print, Self::Poster, Self::Phone];

    /// A name for files: small letters.
    pub fn name(self) -> &'static str {
        match self {
            Self::Print => "print",
            Self::Poster => "poster",
            Self::Phone => "phone",
        }
    }
}

/// The course of an attack. Times in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct AttackParams {
    /// Frames per second; replay assumes 15.
    pub frames_per_second: u32,
    /// Time for bringing the picture before the camera.
    pub arrive_s: f32,
    /// Time for which it is held there.
    pub hold_s: f32,
    /// Time for taking it away.
    pub leave_s: f32,
    /// How much the hand tilts: 1 as a hand does that means to hold still, 0 not at all.
    pub unrest: f32,
    /// The kiosk's camera.
    pub camera: Camera,
    /// The light in the room.
    pub light: Light,
    /// Quality of the JPEG frames.
    pub quality: u8,
}

impl Default for AttackParams {
    fn default() -> Self {
        Self {
            frames_per_second: 15,
            arrive_s: 0.7,
            hold_s: 2.6,
            leave_s: 0.4,
            unrest: 1.0,
            camera: Camera::KIOSK,
            light: Light::FOYER,
            quality: 85,
        }
    }
}

impl AttackParams {
    /// Number of frames of an attack.
    pub fn frames(&self) -> usize {
        ((self.arrive_s + self.hold_s + self.leave_s) * self.frames_per_second as f32).round() as usize
    }
}

/// All frames of an attack with a picture of `guest`, as JPEG. `progress` hears of finished frames: how many, of how many.
pub fn render_attack(
    guest: &Guest,
    attack: Attack,
    params: &AttackParams,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Vec<Vec<u8>>, EncodingError> {
    let medium: Box<dyn Medium> = match attack {
        Attack::Print => Box::new(Paper::print(guest)),
        Attack::Poster => Box::new(Paper::poster(guest)),
        Attack::Phone => Box::new(Phone::playing(guest, params)),
    };
    play(medium.as_ref(), attack, seed(guest), params, progress)
}

/// All frames of an attack with any picture of a face, printed like [`Attack::Print`]. `hand` selects how it is held.
pub fn render_print(
    picture: Picture,
    hand: u32,
    params: &AttackParams,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Vec<Vec<u8>>, EncodingError> {
    play(&Paper::print_of(picture), Attack::Print, hand, params, progress)
}

fn play(
    medium: &dyn Medium,
    attack: Attack,
    seed: u32,
    params: &AttackParams,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Vec<Vec<u8>>, EncodingError> {
    let hand = Hand::of(seed, attack);
    let studio = Studio::empty(params.light, params.camera);
    let shape = (params.frames_per_second, params.quality, params.frames());
    frames(shape, progress, |index, seconds| {
        let pose = hand.pose_at(params, seconds);
        let held = Held { medium, pose, light: params.light, camera: params.camera, seconds };
        studio.picture_behind(&|x, y, behind| held.before(x, y, behind), seed.wrapping_add(index))
    })
}

#[cfg(test)]
mod tests;

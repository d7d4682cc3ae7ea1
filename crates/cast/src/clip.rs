//! The choreography of a visit: walking up, standing and looking, turning away.

use std::sync::atomic::{AtomicUsize, Ordering};

use jpeg_encoder::EncodingError;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::camera::Camera;
use crate::cast::Guest;
use crate::light::Light;
use crate::noise::{hash, unit};
use crate::picture::Picture;
use crate::pose::Pose;
use crate::sdf::smoothstep;
use crate::studio::Studio;

/// The course of a visit. Times in seconds, distances in metres.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClipParams {
    /// Frames per second; replay assumes 15.
    pub frames_per_second: u32,
    /// Time for walking up.
    pub approach_s: f32,
    /// Time for standing and looking at the camera.
    pub stay_s: f32,
    /// Time for turning and leaving.
    pub leave_s: f32,
    /// Time for which the scene stays empty at the end.
    pub empty_s: f32,
    /// Where the guest comes into sight.
    pub far_m: f32,
    /// Where the guest stands.
    pub near_m: f32,
    /// The camera.
    pub camera: Camera,
    /// The light.
    pub light: Light,
    /// Quality of the JPEG frames.
    pub quality: u8,
}

impl Default for ClipParams {
    /// A brisk visit of 4.5 s. At 1.9 m a face is too small to be used, at 0.66 m it is about 170 px wide.
    fn default() -> Self {
        Self {
            frames_per_second: 15,
            approach_s: 0.9,
            stay_s: 2.6,
            leave_s: 0.7,
            empty_s: 0.3,
            far_m: 1.9,
            near_m: 0.66,
            camera: Camera::KIOSK,
            light: Light::FOYER,
            quality: 85,
        }
    }
}

impl ClipParams {
    /// Number of frames of a visit.
    pub fn frames(&self) -> usize {
        let seconds = self.approach_s + self.stay_s + self.leave_s + self.empty_s;
        (seconds * self.frames_per_second as f32).round() as usize
    }

    /// What [`frames`] needs to know of a clip with `count` frames.
    fn shape(&self, count: usize) -> (u32, u8, usize) {
        (self.frames_per_second, self.quality, count)
    }
}

/// What differs between visits of different guests.
struct Manner {
    /// The side from which the guest comes and to which they leave: -1 or 1.
    from: f32,
    aside: f32,
    above: f32,
    near: f32,
    phase: f32,
    blink_at: f32,
}

/// A number of a guest's own, from which manner and noise are drawn.
pub(crate) fn seed(guest: &Guest) -> u32 {
    guest.slug().bytes().fold(17, |seed, byte| hash(seed ^ u32::from(byte)))
}

impl Manner {
    fn of(guest: &Guest) -> Self {
        let seed = seed(guest);
        let draw = |k: u32| unit(seed.wrapping_add(k));
        Self {
            from: if draw(1) < 0.5 { -1.0 } else { 1.0 },
            aside: (draw(2) - 0.5) * 0.05,
            above: guest.look().stature.height_m,
            near: (draw(3) - 0.5) * 0.06,
            phase: draw(4) * 6.0,
            blink_at: 0.7 + draw(5) * 0.4,
        }
    }
}

/// The pose of a guest `seconds` into the visit; `None` when the guest is out of sight.
pub fn pose_at(guest: &Guest, params: &ClipParams, seconds: f32) -> Option<Pose> {
    let manner = Manner::of(guest);
    let stand = params.approach_s;
    let leave = stand + params.stay_s;
    if seconds >= leave + params.leave_s {
        return None;
    }
    let left = (1.0 - seconds / stand).max(0.0);
    let gone = ((seconds - leave) / params.leave_s).max(0.0);
    let near = params.near_m + manner.near;
    let walking = smoothstep(0.0, 0.35, left);
    let bob = 0.011 * (seconds * 13.0).sin() * walking;
    let mut pose = Pose {
        distance_m: near + (params.far_m - near) * left.powf(1.6) + 0.10 * gone,
        aside_m: manner.aside + manner.from * 0.62 * left * left - manner.from * 0.95 * gone * gone,
        above_m: manner.above + bob - 0.10 * left * manner.above,
        shoulders: -manner.from * (14.0 * left + 62.0 * smoothstep(0.0, 0.6, gone)),
        ..Pose::FRONTAL
    };
    look_at_camera(&mut pose, &manner, seconds, gone);
    pose.blink = blink(seconds - manner.blink_at)
        .max(blink(seconds - manner.blink_at - 1.55))
        .max(blink(seconds - leave - 0.05));
    Some(pose)
}

/// Turns head and eyes to the camera, less and less once the guest leaves.
fn look_at_camera(pose: &mut Pose, manner: &Manner, seconds: f32, gone: f32) {
    let (yaw, pitch) =
        (-pose.aside_m.atan2(pose.distance_m).to_degrees(), pose.above_m.atan2(pose.distance_m).to_degrees());
    let w = seconds + manner.phase;
    let drift = (
        2.6 * (w * 1.7).sin() + 1.1 * (w * 3.9).sin(),
        1.3 * (w * 2.3 + 1.0).sin(),
        1.4 * (w * 1.3 + 2.0).sin(),
    );
    let turn = smoothstep(0.0, 0.5, gone);
    pose.yaw = (yaw * 0.9 + drift.0) * (1.0 - turn) - manner.from * 58.0 * turn;
    pose.pitch = (pitch * 0.8 + drift.1) * (1.0 - turn);
    pose.roll = drift.2;
    pose.gaze = (
        (-drift.0 + yaw * 0.1) * (1.0 - turn) - manner.from * 12.0 * turn,
        (drift.1 - pitch * 0.2) * (1.0 - turn),
    );
}

/// A blink that starts at 0: shut within a tenth of a second, open again after a quarter.
fn blink(t: f32) -> f32 {
    if t < 0.0 { 0.0 } else { smoothstep(0.0, 0.08, t) * smoothstep(0.26, 0.13, t) }
}

/// All frames of a visit as JPEG. `progress` hears of finished frames: how many, of how many.
pub fn render_clip(
    guest: &Guest,
    params: &ClipParams,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Vec<Vec<u8>>, EncodingError> {
    let studio = Studio::new(guest, params.light, params.camera);
    frames(params.shape(params.frames()), progress, |index, seconds| {
        studio.picture(pose_at(guest, params, seconds).as_ref(), seed(guest).wrapping_add(index))
    })
}

/// `count` frames of the foyer with nobody in it, as JPEG; only the noise moves.
pub fn empty_scene_clip(
    params: &ClipParams,
    count: usize,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Vec<Vec<u8>>, EncodingError> {
    let studio = Studio::empty(params.light, params.camera);
    frames(params.shape(count), progress, |index, _| studio.picture(None, index))
}

/// Takes pictures at their times, many at once, and encodes them. `shape` is frames per second, JPEG quality and the
/// number of frames; `picture` is told which frame it is, and how many seconds into the clip.
pub(crate) fn frames(
    shape: (u32, u8, usize),
    progress: &(dyn Fn(usize, usize) + Sync),
    picture: impl Fn(u32, f32) -> Picture + Sync,
) -> Result<Vec<Vec<u8>>, EncodingError> {
    let (frames_per_second, quality, count) = shape;
    let done = AtomicUsize::new(0);
    (0..count)
        .into_par_iter()
        .map(|i| {
            let jpeg = picture(i as u32, i as f32 / frames_per_second as f32).jpeg(quality);
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, count);
            jpeg
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cast::cast;

    #[test]
    fn a_guest_walks_up_stands_still_and_is_gone_at_the_end() {
        let params = ClipParams::default();
        for guest in cast() {
            let at = |seconds: f32| pose_at(&guest, &params, seconds);
            let (first, standing) = (at(0.0).unwrap(), at(2.0).unwrap());
            assert!(first.distance_m > 1.85, "{} starts out of reach", guest.slug());
            assert!((0.62..0.72).contains(&standing.distance_m), "{} stands in reach", guest.slug());
            let sway = (at(2.4).unwrap().aside_m - standing.aside_m).abs();
            assert!(sway < 0.01, "whoever stands does not walk");
            assert!(at(4.3).is_none(), "after leaving the scene is empty");
        }
    }

    #[test]
    fn a_standing_guest_looks_into_the_camera() {
        let params = ClipParams::default();
        for guest in cast() {
            for step in 0..20 {
                let pose = pose_at(&guest, &params, 1.2 + 0.1 * step as f32).unwrap();
                let (yaw, pitch) = (pose.yaw + pose.gaze.0, pose.pitch - pose.gaze.1);
                let towards = -pose.aside_m.atan2(pose.distance_m).to_degrees();
                assert!((yaw - towards).abs() < 1.0, "head and eyes together aim at the camera");
                assert!(
                    pitch.abs() < 6.0 && pose.yaw.abs() < 9.0 && pose.roll.abs() < 4.0,
                    "nobody grimaces"
                );
            }
        }
    }

    #[test]
    fn everybody_blinks_and_opens_the_eyes_again() {
        let params = ClipParams::default();
        for guest in cast() {
            let lids: Vec<f32> =
                (14..50).map(|i| pose_at(&guest, &params, i as f32 / 15.0).unwrap().blink).collect();
            assert!(lids.iter().any(|&b| b > 0.6), "{} shows a blink at 15 frames a second", guest.slug());
            assert!(lids.iter().filter(|&&b| b < 0.05).count() > 24, "the eyes are open most of the time");
        }
    }

    #[test]
    fn scenes_without_a_guest_differ_in_noise_only() {
        let camera = Camera { width: 64, height: 48, ..Camera::KIOSK };
        let empty = Studio::empty(Light::FOYER, camera);
        let (one, two) = (empty.picture(None, 1), empty.picture(None, 2));
        assert_ne!(one, two, "a camera is never quite still");
        let furthest = one.rgb.iter().zip(&two.rgb).map(|(a, b)| a.abs_diff(*b)).max();
        assert!(furthest < Some(16), "cuts between guests must look continuous");
    }
}

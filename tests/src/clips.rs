//! Pictures of generated guests, rendered once and kept in the same cache as the demo's.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Once};

use portico_cast::{
    Attack, AttackParams, ClipParams, Light, Picture, Pose, attack_cache, clip_cache, empty_clip_cache,
    render,
};

use crate::guests::{ON_STAGE, Person};
use crate::models::workspace;

/// One JPEG picture.
pub type Jpeg = Arc<[u8]>;

/// Frames of the empty room that are kept: as many as the demo's.
const EMPTY_FRAMES: usize = 5;

/// The cache of rendered clips.
fn cache() -> PathBuf {
    workspace().join("target/cast")
}

/// The file with the visit of `person`.
pub fn visit_clip(person: Person) -> PathBuf {
    clip_cache(&cache(), &person.figure(), &ClipParams::default(), &|_, _| {}).expect("clips can be rendered")
}

/// The file with the room without anybody.
pub fn empty_clip() -> PathBuf {
    empty_clip_cache(&cache(), &ClipParams::default(), EMPTY_FRAMES, &|_, _| {})
        .expect("clips can be rendered")
}

/// Renders everything that journeys show, unless it is cached: before the first of them begins, so that no two of them
/// render the same, and none of them spends its patience on it.
pub fn render_all() {
    static RENDERED: Once = Once::new();
    RENDERED.call_once(|| {
        empty_clip();
        for person in ON_STAGE {
            visit_clip(person);
        }
    });
}

/// A visit, from coming into sight to having left.
pub struct Visit {
    frames: Vec<Jpeg>,
    leaves_at: usize,
}

impl Visit {
    /// The visit of `person`.
    pub fn of(person: Person) -> Self {
        let params = ClipParams::default();
        let here = params.approach_s + params.stay_s;
        let leaves_at = (here * params.frames_per_second as f32) as usize;
        Self { frames: frames(&visit_clip(person)), leaves_at }
    }

    /// Walking up and standing before the kiosk.
    pub fn arrival(&self) -> &[Jpeg] {
        &self.frames[..self.leaves_at]
    }

    /// All of it.
    pub fn whole(&self) -> &[Jpeg] {
        &self.frames
    }
}

/// The room without anybody: a few frames that differ by their noise.
pub fn empty_room() -> Vec<Jpeg> {
    frames(&empty_clip())
}

/// Somebody who holds a photograph of `person` up to the camera with an unsteady hand: a steady one often gives too
/// little for a warning.
pub fn held_up_print(person: Person) -> Vec<Jpeg> {
    let params = AttackParams { unrest: 2.0, ..AttackParams::default() };
    let clip = attack_cache(&cache(), &person.figure(), Attack::Print, &params, &|_, _| {});
    frames(&clip.expect("clips can be rendered"))
}

/// `person` before the kiosk with the head turned by `yaw` degrees to their left, and the eyes shut by `blink`, 0 to 1.
pub fn standing(person: Person, yaw: f32, blink: f32) -> Jpeg {
    let params = ClipParams::default();
    let pose = Pose { distance_m: params.near_m, yaw, blink, ..Pose::FRONTAL };
    let picture = render(&person.figure(), &pose, &Light::FOYER, &params.camera);
    picture.jpeg(params.quality).expect("a picture of this size can be encoded").into()
}

/// Two people side by side, equally near.
pub fn side_by_side(left: Person, right: Person) -> Jpeg {
    let params = ClipParams::default();
    let stand = |person: Person, aside_m| {
        let pose = Pose { distance_m: 0.95, aside_m, ..Pose::FRONTAL };
        render(&person.figure(), &pose, &Light::FOYER, &params.camera)
    };
    let (left, right) = (stand(left, -0.15), stand(right, 0.15));
    let row = left.width as usize * 3;
    let halves = left.rgb.chunks(row).zip(right.rgb.chunks(row));
    let rgb = halves.flat_map(|(l, r)| [&l[..row / 2], &r[row / 2..]].concat()).collect();
    let both = Picture { width: left.width, height: left.height, rgb };
    both.jpeg(params.quality).expect("a picture of this size can be encoded").into()
}

/// The JPEG files that stand one after the other in a clip.
fn frames(path: &Path) -> Vec<Jpeg> {
    let bytes = std::fs::read(path).expect("a cached clip can be read");
    let is_start = |at: &usize| bytes[*at..].starts_with(&[0xff, 0xd8, 0xff]);
    let mut starts: Vec<usize> = (0..bytes.len()).filter(is_start).collect();
    starts.push(bytes.len());
    starts.windows(2).map(|pair| bytes[pair[0]..pair[1]].into()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clip_is_taken_apart_into_its_pictures() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("clip.mjpeg");
        let (first, second) = ([0xff, 0xd8, 0xff, 1, 0xff, 0xd9], [0xff, 0xd8, 0xff, 2, 3, 0xff, 0xd9]);
        std::fs::write(&path, [&first[..], &second[..]].concat()).unwrap();
        let frames = frames(&path);
        assert_eq!(frames.iter().map(|f| f.to_vec()).collect::<Vec<_>>(), [first.to_vec(), second.to_vec()]);
    }
}

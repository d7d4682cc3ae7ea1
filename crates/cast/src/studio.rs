//! Taking pictures: rays through every pixel, smoothed edges, noise.

use rayon::prelude::*;

use crate::backdrop::Backdrop;
use crate::camera::{Camera, Smoothing};
use crate::cast::Guest;
use crate::colour::display;
use crate::figure::{Figure, Material};
use crate::head::Expression;
use crate::light::Light;
use crate::march::Placed;
use crate::noise::unit;
use crate::picture::Picture;
use crate::pose::{Placement, Pose};
use crate::shade::shade;
use crate::vec3::{Vec3, vec3};

/// Places of three more rays around the middle of a pixel.
const AROUND: [(f32, f32); 3] = [(0.20, 0.30), (0.75, 0.15), (0.55, 0.85)];
/// Neighbours that differ by more than this, of 255, are smoothed.
const EDGE: f32 = 22.0;

/// The foyer with its light and camera, and perhaps a guest: everything that stays the same from frame to frame.
#[derive(Clone, Debug)]
pub struct Studio {
    figure: Option<Figure>,
    backdrop: Backdrop,
    light: Light,
    camera: Camera,
}

/// One ray's answer.
#[derive(Clone, Copy)]
struct Sample {
    light: Vec3,
    /// About as shown, 0 to 255 and beyond.
    brightness: f32,
    material: Option<Material>,
}

impl Sample {
    fn new(light: Vec3, material: Option<Material>) -> Self {
        let brightness = 255.0 * (light.dot(Vec3::splat(1.0 / 3.0))).max(0.0).sqrt();
        Self { light, brightness, material }
    }
}

impl Studio {
    /// With a guest.
    pub fn new(guest: &Guest, light: Light, camera: Camera) -> Self {
        Self { figure: Some(Figure::new(guest.look())), ..Self::empty(light, camera) }
    }

    /// With nobody.
    pub fn empty(light: Light, camera: Camera) -> Self {
        Self { figure: None, backdrop: Backdrop::new(&camera), light, camera }
    }

    /// One picture. `pose` of `None` means that the guest is out of sight; `grain` selects the pattern of the noise.
    pub fn picture(&self, pose: Option<&Pose>, grain: u32) -> Picture {
        let placed = self.figure.as_ref().zip(pose).map(|(figure, pose)| Placed {
            figure,
            placement: Placement::new(pose),
            expression: Expression {
                blink: pose.blink,
                gaze: (pose.gaze.0.to_radians(), pose.gaze.1.to_radians()),
            },
        });
        self.developed(&placed.map_or_else(|| self.backdrop_only(), |placed| self.exposed(&placed)), grain)
    }

    /// One picture of the foyer with something before it: `cover` is told each pixel's place and the light behind it,
    /// and says which light is seen instead.
    pub(crate) fn picture_behind(
        &self,
        cover: &(dyn Fn(usize, usize, Vec3) -> Vec3 + Sync),
        grain: u32,
    ) -> Picture {
        let width = self.camera.width as usize;
        let behind = self.backdrop_only().into_iter().enumerate();
        let light: Vec<Vec3> = behind.map(|(i, light)| cover(i % width, i / width, light)).collect();
        self.developed(&light, grain)
    }

    fn developed(&self, light: &[Vec3], grain: u32) -> Picture {
        let (width, height) = (self.camera.width as usize, self.camera.height as usize);
        let mut rgb = vec![0u8; width * height * 3];
        rgb.par_chunks_mut(width * 3).enumerate().for_each(|(y, row)| {
            for (x, pixel) in row.chunks_exact_mut(3).enumerate() {
                self.develop(light[y * width + x], grain, (y * width + x) as u32, pixel);
            }
        });
        Picture { width: self.camera.width, height: self.camera.height, rgb }
    }

    fn backdrop_only(&self) -> Vec<Vec3> {
        let (width, height) = (self.camera.width as usize, self.camera.height as usize);
        (0..width * height).map(|i| self.backdrop.at(i % width, i / width)).collect()
    }

    fn exposed(&self, placed: &Placed<'_>) -> Vec<Vec3> {
        let (width, height) = (self.camera.width as usize, self.camera.height as usize);
        let centre: Vec<Sample> = (0..width * height)
            .into_par_iter()
            .map(|i| self.sample(placed, i % width, i / width, (0.5, 0.5)))
            .collect();
        (0..width * height)
            .into_par_iter()
            .map(|i| {
                if !self.deserves_more(&centre, i) {
                    return centre[i].light;
                }
                // Averaged as shown, not as light: a bright backdrop would eat dark outlines otherwise.
                let sum = AROUND.iter().fold(centre[i].light.map(f32::sqrt), |sum, &at| {
                    sum + self.sample(placed, i % width, i / width, at).light.map(f32::sqrt)
                });
                (sum * 0.25).map(|v| v * v)
            })
            .collect()
    }

    /// Whether a pixel needs more than one ray.
    fn deserves_more(&self, samples: &[Sample], i: usize) -> bool {
        let (width, height) = (self.camera.width as usize, self.camera.height as usize);
        let (x, y) = (i % width, i / width);
        let here = &samples[i];
        let everywhere = self.camera.smoothing == Smoothing::Everywhere && here.material.is_some();
        let differs = |j: usize| {
            let there = &samples[j];
            here.material != there.material
                || (here.material.is_some() && (here.brightness - there.brightness).abs() > EDGE)
        };
        everywhere
            || (x > 0 && differs(i - 1))
            || (x + 1 < width && differs(i + 1))
            || (y > 0 && differs(i - width))
            || (y + 1 < height && differs(i + width))
    }

    fn sample(&self, placed: &Placed<'_>, x: usize, y: usize, within: (f32, f32)) -> Sample {
        let ray = self.camera.ray(x as f32 + within.0, y as f32 + within.1);
        placed.trace(ray).map_or_else(
            || Sample::new(self.backdrop.at(x, y), None),
            |hit| Sample::new(shade(placed, &hit, &self.light), Some(hit.material)),
        )
    }

    /// Light to levels, with noise: stronger in brightness than in colour.
    fn develop(&self, light: Vec3, grain: u32, index: u32, pixel: &mut [u8]) {
        let seed = index.wrapping_mul(4).wrapping_add(grain.wrapping_mul(0x9e37_79b9));
        // The sum of two even draws, scaled to a standard deviation of 1.
        let draw =
            |k: u32| (unit(seed.wrapping_add(k)) + unit(seed.wrapping_add(k) ^ 0x5bd1_e995) - 1.0) * 2.45;
        let shared = draw(0);
        let own = vec3(draw(1), draw(2), draw(3));
        let level = display(light) + (Vec3::splat(shared * 0.85) + own * 0.5) * self.camera.noise;
        for (byte, value) in pixel.iter_mut().zip([level.x, level.y, level.z]) {
            *byte = (value + 0.5).clamp(0.0, 255.0) as u8;
        }
    }
}

/// One picture of a guest.
pub fn render(guest: &Guest, pose: &Pose, light: &Light, camera: &Camera) -> Picture {
    Studio::new(guest, *light, *camera).picture(Some(pose), 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cast::cast;

    fn small() -> Camera {
        Camera { width: 96, height: 96, focal_px: 260.0, ..Camera::KIOSK }
    }

    #[test]
    fn the_same_guest_and_pose_give_the_same_picture() {
        let take = || render(&cast()[3], &Pose::FRONTAL, &Light::FOYER, &small());
        assert_eq!(take(), take(), "pictures depend on nothing but their parameters");
    }

    #[test]
    fn shut_eyes_change_the_eyes_and_little_else() {
        let studio = Studio::new(&cast()[1], Light::FOYER, Camera { noise: 0.0, ..small() });
        let open = studio.picture(Some(&Pose::FRONTAL), 0);
        let shut = studio.picture(Some(&Pose { blink: 1.0, ..Pose::FRONTAL }), 0);
        let changed = |rows: std::ops::Range<usize>| {
            let bytes = rows.start * 96 * 3..rows.end * 96 * 3;
            open.rgb[bytes.clone()].iter().zip(&shut.rgb[bytes]).filter(|(a, b)| a.abs_diff(**b) > 24).count()
        };
        assert!(changed(40..56) > 40, "lids cover the white of the eyes");
        assert_eq!(changed(60..96), 0, "mouth and clothes do not move");
    }

    #[test]
    fn a_guest_beside_the_picture_leaves_the_foyer_as_it_is() {
        let studio = Studio::new(&cast()[0], Light::FOYER, small());
        let away = studio.picture(Some(&Pose { aside_m: 4.0, ..Pose::FRONTAL }), 5);
        assert_eq!(away, studio.picture(None, 5), "backdrop and noise do not depend on the guest");
    }
}

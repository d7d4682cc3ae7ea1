//! A flat thing before the camera: where the rays of a pixel meet it, and what of it they see.

use crate::attack::hand::SheetPose;
use crate::camera::Camera;
use crate::light::Light;
use crate::picture::Picture;
use crate::vec3::{Vec3, vec3};

/// Places of four rays in a pixel.
const WITHIN: [(f32, f32); 4] = [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)];

/// What a flat thing looks like.
pub(crate) trait Medium: Sync {
    /// Half its width and height in decimetres.
    fn half_size(&self) -> (f32, f32);
    /// The light that leaves it, linear.
    fn light(&self, spot: &Spot) -> Vec3;
}

/// A place on a flat thing, and how it is seen and lit.
pub(crate) struct Spot {
    /// Decimetres to the right of its middle.
    pub right: f32,
    /// Decimetres above its middle.
    pub up: f32,
    /// Towards its front, in camera space.
    pub normal: Vec3,
    /// Towards the camera.
    pub view: Vec3,
    pub room: Light,
    /// Time since the attack began.
    pub seconds: f32,
}

/// A flat thing in its place.
pub(crate) struct Held<'a> {
    pub medium: &'a dyn Medium,
    pub pose: SheetPose,
    pub light: Light,
    pub camera: Camera,
    pub seconds: f32,
}

impl Held<'_> {
    /// What the pixel at (`x`, `y`) sees, with the light of `behind` where the thing does not cover it.
    pub fn before(&self, x: usize, y: usize, behind: Vec3) -> Vec3 {
        let seen = WITHIN.map(|(dx, dy)| self.spot(x as f32 + dx, y as f32 + dy));
        if seen.iter().all(Option::is_none) {
            return behind;
        }
        let light = |spot: &Option<Spot>| spot.as_ref().map_or(behind, |spot| self.medium.light(spot));
        seen.iter().fold(Vec3::ZERO, |sum, spot| sum + light(spot)) * (1.0 / WITHIN.len() as f32)
    }

    fn spot(&self, x: f32, y: f32) -> Option<Spot> {
        let ray = self.camera.ray(x, y);
        let normal = self.pose.turn.apply(vec3(0.0, 0.0, 1.0));
        let facing = normal.dot(ray);
        // Its back, or its edge.
        if facing > -1e-3 {
            return None;
        }
        let reach = normal.dot(self.pose.centre) / facing;
        let place = self.pose.turn.undo(ray * reach - self.pose.centre);
        let (half_width, half_height) = self.medium.half_size();
        let on_it = reach > 0.0 && place.x.abs() <= half_width && place.y.abs() <= half_height;
        on_it.then_some(Spot {
            right: place.x,
            up: place.y,
            normal,
            view: -ray,
            room: self.light,
            seconds: self.seconds,
        })
    }
}

/// The colour of `picture` at a place given from its left and top edge as shares of its sides, smoothed.
pub(crate) fn colour_at(picture: &Picture, across: f32, down: f32) -> Vec3 {
    let (right, bottom) = (picture.width as usize - 1, picture.height as usize - 1);
    let x = (across * picture.width as f32 - 0.5).clamp(0.0, right as f32);
    let y = (down * picture.height as f32 - 0.5).clamp(0.0, bottom as f32);
    let (x0, y0) = (x as usize, y as usize);
    let at = |x: usize, y: usize| {
        let start = (y.min(bottom) * (right + 1) + x.min(right)) * 3;
        let [r, g, b] = [0, 1, 2].map(|channel| f32::from(picture.rgb[start + channel]));
        vec3(r, g, b)
    };
    let (along, below) = (x - x0 as f32, y - y0 as f32);
    let row = |y: usize| at(x0, y).mix(at(x0 + 1, y), along);
    row(y0).mix(row(y0 + 1), below)
}

//! The imagined camera: size, field of view and noise.

use serde::{Deserialize, Serialize};

use crate::vec3::{Vec3, vec3};

/// How carefully edges are smoothed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Smoothing {
    /// Only where neighbouring pixels differ: for clips.
    Edges,
    /// Four rays for every pixel: for portraits.
    Everywhere,
}

/// A camera at the height of an average face.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Camera {
    /// Width of the picture in pixels.
    pub width: u32,
    /// Height of the picture in pixels.
    pub height: u32,
    /// Distance of the picture plane, in pixels.
    pub focal_px: f32,
    /// Standard deviation of the noise, in levels of 255.
    pub noise: f32,
    /// Smoothing of edges.
    pub smoothing: Smoothing,
}

impl Camera {
    /// A usual USB camera: 640 x 480 with 56 degrees of field across, so that a face is just below 60 px wide at
    /// 1.9 m and about 170 px at 0.65 m.
    pub const KIOSK: Self =
        Self { width: 640, height: 480, focal_px: 600.0, noise: 1.3, smoothing: Smoothing::Edges };
    /// For enrolment pictures.
    pub const PORTRAIT: Self =
        Self { width: 480, height: 600, focal_px: 1320.0, noise: 0.6, smoothing: Smoothing::Everywhere };

    /// The direction of the ray through a place in the picture, in pixels from the top left.
    pub(crate) fn ray(&self, x: f32, y: f32) -> Vec3 {
        let (cx, cy) = (self.width as f32 * 0.5, self.height as f32 * 0.5);
        vec3((x - cx) / self.focal_px, (cy - y) / self.focal_px, -1.0).normalised()
    }
}

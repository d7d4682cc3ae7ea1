//! The light a guest stands in.

use serde::{Deserialize, Serialize};

use crate::vec3::{Vec3, vec3};

/// A main light from one side, an even fill and a rim from behind.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Light {
    /// Where the main light stands: degrees to the viewer's right of the camera.
    pub azimuth: f32,
    /// Degrees above the camera.
    pub elevation: f32,
    /// Strength of the main light.
    pub key: f32,
    /// Strength of the light from all around.
    pub fill: f32,
    /// Strength of the light from behind.
    pub rim: f32,
    /// Colour of the main light: -1 cool, 0 neutral, 1 warm.
    pub warmth: f32,
}

impl Light {
    /// A bright foyer by day: a large window to the left, white walls.
    pub const FOYER: Self =
        Self { azimuth: -38.0, elevation: 34.0, key: 1.0, fill: 1.0, rim: 1.0, warmth: 0.1 };
    /// The window on the other side.
    pub const FROM_RIGHT: Self = Self { azimuth: 48.0, elevation: 26.0, ..Self::FOYER };
    /// Lamps overhead, in the evening.
    pub const EVENING: Self =
        Self { azimuth: 10.0, elevation: 58.0, key: 0.9, fill: 0.8, rim: 0.6, warmth: 0.9 };
    /// An overcast day: little direction.
    pub const OVERCAST: Self =
        Self { azimuth: -10.0, elevation: 45.0, key: 0.55, fill: 1.3, rim: 0.5, warmth: -0.4 };

    /// Towards the main light.
    pub(crate) fn direction(&self) -> Vec3 {
        let ((sa, ca), (se, ce)) =
            (self.azimuth.to_radians().sin_cos(), self.elevation.to_radians().sin_cos());
        vec3(sa * ce, se, ca * ce)
    }

    /// Colour and strength of the main light.
    pub(crate) fn colour(&self) -> Vec3 {
        vec3(1.0 + 0.07 * self.warmth, 1.0, 1.0 - 0.13 * self.warmth) * (1.28 * self.key)
    }
}

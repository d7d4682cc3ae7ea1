//! From sRGB to linear light and back, with a soft shoulder for highlights.

use crate::look::Colour;
use crate::vec3::{Vec3, vec3};

/// A stored colour as linear light.
pub(crate) fn linear(colour: Colour) -> Vec3 {
    let [r, g, b] = colour.map(f32::from);
    linear_of(vec3(r, g, b))
}

/// A shown colour, each channel from 0 to 255, as linear light.
pub(crate) fn linear_of(shown: Vec3) -> Vec3 {
    shown.map(|v| {
        let v = v / 255.0;
        if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    })
}

/// Linear light as an sRGB value from 0 to 255, highlights compressed instead of cut.
pub(crate) fn display(light: Vec3) -> Vec3 {
    light.map(|v| {
        let v = v.max(0.0);
        // Straight up to 0.6, then a curve that reaches 1 only at infinity.
        let v = if v > 0.6 { 0.6 + 0.4 * (1.0 - (-(v - 0.6) / 0.4).exp()) } else { v };
        255.0 * if v <= 0.003_130_8 { v * 12.92 } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 }
    })
}

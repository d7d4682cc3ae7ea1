//! Enrolment pictures: frontal, evenly lit, the size that a registration form would keep.

use jpeg_encoder::EncodingError;

use crate::camera::Camera;
use crate::cast::Guest;
use crate::light::Light;
use crate::picture::Picture;
use crate::pose::Pose;
use crate::studio::render;

/// Quality of the JPEG file: that of a careful upload.
const QUALITY: u8 = 92;

/// The enrolment picture of a guest, 480 x 600.
pub fn portrait(guest: &Guest) -> Picture {
    let pose = Pose { distance_m: 0.95, above_m: 0.016, ..Pose::FRONTAL };
    render(guest, &pose, &Light::FOYER, &Camera::PORTRAIT)
}

/// The enrolment picture of a guest as JPEG.
pub fn portrait_jpeg(guest: &Guest) -> Result<Vec<u8>, EncodingError> {
    portrait(guest).jpeg(QUALITY)
}

//! Cuts a face with some room around it out of a frame, and encodes it for the backend when asked.

use portico_types::{Crop, FaceBox, Point};

use crate::encode::encode;
use crate::error::VisionError;
use crate::params::CropParams;
use crate::picture::RgbPicture;
use crate::resize::Scaler;

/// The pixels around a face, at the frame's own size.
#[derive(Clone, Debug, Default)]
pub(crate) struct Patch {
    picture: RgbPicture,
    points: [Point; 5],
}

impl Patch {
    /// Copies the surroundings of a face and its five points out of a frame, into memory that is kept.
    pub(crate) fn cut(&mut self, frame: &RgbPicture, bounds: &FaceBox, points: &[Point; 5], margin: f32) {
        let room = bounds.width.max(bounds.height) * margin;
        let (x, width) = span(bounds.x - room, bounds.width + 2.0 * room, frame.width());
        let (y, height) = span(bounds.y - room, bounds.height + 2.0 * room, frame.height());
        frame.cut(x, y, width, height, &mut self.picture);
        self.points = points.map(|p| Point::new(p.x - x as f32, p.y - y as f32));
    }

    /// Scales and encodes.
    pub(crate) fn crop(&self, params: &CropParams, scaler: &mut Scaler) -> Result<Crop, VisionError> {
        let scale = scale(self.picture.width(), self.picture.height(), params);
        let size = |length: u32| ((length as f32 * scale).round() as u32).max(1);
        let (width, height) = (size(self.picture.width()), size(self.picture.height()));
        let mut scaled = RgbPicture::default();
        scaler.scale(&self.picture, (width, height), &mut scaled)?;
        let jpeg = encode(&scaled, params.jpeg_quality)?;
        Ok(Crop { jpeg, width, height, landmarks: self.points.map(|p| Point::new(p.x * scale, p.y * scale)) })
    }
}

/// The part of `start..start + length` that lies within a frame of `limit` pixels, at least one pixel long.
fn span(start: f32, length: f32, limit: u32) -> (u32, u32) {
    let first = (start.max(0.0) as u32).min(limit.saturating_sub(1));
    let end = ((start + length).ceil().max(0.0) as u32).clamp(first + 1, limit.max(first + 1));
    (first, end - first)
}

/// By how much to scale: down to the longest side, but never below the shortest, which backends insist on.
fn scale(width: u32, height: u32, params: &CropParams) -> f32 {
    let (short, long) = (width.min(height).max(1) as f32, width.max(height).max(1) as f32);
    let down = (params.longest_px / long).min(1.0);
    down.max(params.shortest_px / short)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::decode;
    use crate::fakes::blank;
    use portico_types::{Frame, PixelFormat, Tick};

    fn cropped(bounds: FaceBox, eye: Point) -> Crop {
        let mut frame = blank(640, 480);
        let at = (eye.y as usize * 640 + eye.x as usize) * 3;
        let pixels = frame.resized(640, 480);
        for row in 0..9 {
            pixels[at + row * 640 * 3..][..27].fill(0);
        }
        let mut patch = Patch::default();
        let middle_of_spot = Point::new(eye.x + 4.0, eye.y + 4.0);
        patch.cut(&frame, &bounds, &[middle_of_spot; 5], CropParams::default().margin);
        patch.crop(&CropParams::default(), &mut Scaler::default()).unwrap()
    }

    fn pixels(crop: &Crop) -> RgbPicture {
        let bytes = crop.jpeg.clone().into();
        let (width, height) = (crop.width, crop.height);
        decode(&Frame {
            sequence: 1,
            captured_at: Tick::ZERO,
            width,
            height,
            format: PixelFormat::Jpeg,
            bytes,
        })
        .unwrap()
    }

    #[test]
    fn every_crop_is_large_enough_for_every_backend() {
        for (x, y, width) in
            [(300.0, 200.0, 60.0), (250.0, 150.0, 140.0), (100.0, 20.0, 430.0), (600.0, 440.0, 80.0)]
        {
            let crop = cropped(FaceBox { x, y, width, height: width }, Point::new(320.0, 240.0));
            assert!(crop.width >= 200 && crop.height >= 200, "{width} px at ({x}, {y}): {crop:?}");
            assert!(crop.width.min(crop.height) <= 320, "and no larger than needed: {crop:?}");
            let picture = pixels(&crop);
            assert_eq!((picture.width(), picture.height()), (crop.width, crop.height));
        }
    }

    #[test]
    fn landmarks_lie_where_they_are_in_the_crop() {
        let crop =
            cropped(FaceBox { x: 250.0, y: 150.0, width: 80.0, height: 90.0 }, Point::new(270.0, 190.0));
        let p = crop.landmarks[0];
        let picture = pixels(&crop);
        let level = |x: f32, y: f32| picture.pixels()[((y as usize) * crop.width as usize + x as usize) * 3];
        assert!(level(p.x, p.y) < 60, "the dark spot is at {p:?}");
        assert!(level(p.x - 25.0, p.y) > 100 && level(p.x, p.y + 25.0) > 100);
    }

    #[test]
    fn a_face_outside_the_frame_gives_a_picture_and_no_panic() {
        let crop = cropped(FaceBox { x: 5000.0, y: -900.0, width: 80.0, height: 80.0 }, Point::default());
        assert!(crop.width >= 200 && crop.height >= 200);
    }
}

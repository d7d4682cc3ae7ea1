//! Upright scaling of pictures.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U8x3;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};

use crate::error::VisionError;
use crate::picture::RgbPicture;

/// A rectangle in pixels, with fractions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rectangle {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// Scales with a triangle filter that widens when shrinking, so that nothing shimmers. Keeps its memory.
#[derive(Default)]
pub(crate) struct Scaler {
    resizer: Resizer,
}

impl Scaler {
    /// Scales the `part` of `picture`, which must lie within it, to `width` × `height` pixels.
    pub(crate) fn scale_part(
        &mut self,
        picture: &RgbPicture,
        part: Rectangle,
        (width, height): (u32, u32),
        into: &mut RgbPicture,
    ) -> Result<(), VisionError> {
        const FAULT: VisionError = VisionError::Picture("scaled");
        // Of the one type that we have: the untyped call compiles every pixel type's filters into this crate, which
        // takes minutes.
        let source = TypedImageRef::<U8x3>::from_buffer(picture.width(), picture.height(), picture.pixels());
        let source = source.map_err(|_| FAULT)?;
        let target = into.resized(width, height);
        let mut target = TypedImage::<U8x3>::from_buffer(width, height, target).map_err(|_| FAULT)?;
        let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Bilinear)).crop(
            part.x,
            part.y,
            part.width,
            part.height,
        );
        self.resizer.resize_typed(&source, &mut target, &options).map_err(|_| FAULT)
    }

    /// Scales all of `picture` to `size` = (width, height) pixels.
    pub(crate) fn scale(
        &mut self,
        picture: &RgbPicture,
        size: (u32, u32),
        into: &mut RgbPicture,
    ) -> Result<(), VisionError> {
        let (width, height) = (f64::from(picture.width()), f64::from(picture.height()));
        self.scale_part(picture, Rectangle { x: 0.0, y: 0.0, width, height }, size, into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_scaled_alone() {
        let left_dark: Vec<u8> = (0..64 * 64).flat_map(|i| [if i % 64 < 32 { 10 } else { 200 }; 3]).collect();
        let picture = RgbPicture::new(64, 64, left_dark).unwrap();
        let mut scaled = RgbPicture::default();
        let right = Rectangle { x: 32.0, y: 0.0, width: 32.0, height: 64.0 };
        Scaler::default().scale_part(&picture, right, (8, 16), &mut scaled).unwrap();
        assert_eq!((scaled.width(), scaled.height()), (8, 16));
        let brightness = |column: usize| scaled.pixels()[(8 * 8 + column) * 3];
        assert!(brightness(0) > 150, "the filter reaches over the part's edge by half a pixel at most");
        assert!((1..8).all(|column| brightness(column) == 200), "nothing else of the left half may leak in");
    }
}

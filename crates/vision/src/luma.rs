//! A frame's brightness alone: all that codes and movement are read from, and cheaper than its colours.

use portico_types::{Frame, PixelFormat};
use zune_jpeg::zune_core::colorspace::ColorSpace;

use crate::decode::{SHORT, checked, decode_jpeg};
use crate::error::VisionError;

/// A grey picture: rows from the top, one byte a pixel, no padding. Black and white may be those of video (16 and 235).
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct LumaPicture {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl LumaPicture {
    /// Width in pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels.
    pub fn height(&self) -> usize {
        self.height
    }

    /// The grey levels of row `y`, which must lie within the picture.
    pub fn row(&self, y: usize) -> &[u8] {
        &self.pixels[y * self.width..(y + 1) * self.width]
    }

    /// The bytes after changing the size, keeping the memory. Whoever calls this writes all of them.
    fn resized(&mut self, width: u32, height: u32) -> &mut [u8] {
        (self.width, self.height) = (width as usize, height as usize);
        self.pixels.resize(self.width * self.height, 0);
        &mut self.pixels
    }

    /// Takes the brightness of `frame` over, keeping the memory. After an error this holds anything.
    pub fn take(&mut self, frame: &Frame) -> Result<(), VisionError> {
        if frame.format == PixelFormat::Jpeg {
            return decode_jpeg(&frame.bytes, ColorSpace::Luma, self, Self::resized);
        }
        let (width, height) = checked(frame.width, frame.height)?;
        let target = self.resized(width, height);
        match frame.format {
            PixelFormat::Yuyv => {
                let stride = width.next_multiple_of(2) as usize * 2;
                let rows = frame.bytes.get(..stride * height as usize).ok_or(SHORT)?;
                for (line, row) in target.chunks_exact_mut(width as usize).zip(rows.chunks_exact(stride)) {
                    for (grey, pair) in line.iter_mut().zip(row.as_chunks::<2>().0) {
                        *grey = pair[0];
                    }
                }
            }
            PixelFormat::Nv12 => target.copy_from_slice(frame.bytes.get(..target.len()).ok_or(SHORT)?),
            PixelFormat::Rgb8 | PixelFormat::Jpeg => {
                let colours = frame.bytes.get(..target.len() * 3).ok_or(SHORT)?;
                for (grey, colour) in target.iter_mut().zip(colours.as_chunks::<3>().0) {
                    let [red, green, blue] = colour.map(u32::from);
                    // ITU-R BT.601, in 256ths.
                    *grey = ((red * 77 + green * 150 + blue * 29) >> 8) as u8;
                }
            }
        }
        Ok(())
    }

    /// Halves both sides, each pixel the mean of four, until the longer one is no longer than `longest`.
    pub fn shrink(&mut self, longest: usize) {
        while self.width.max(self.height) > longest.max(1) {
            let (width, height) = (self.width / 2, self.height / 2);
            for y in 0..height {
                for x in 0..width {
                    let from = 2 * y * self.width + 2 * x;
                    let four = [from, from + 1, from + self.width, from + self.width + 1];
                    let sum: u32 = four.iter().map(|at| u32::from(self.pixels[*at])).sum();
                    self.pixels[y * width + x] = (sum / 4) as u8;
                }
            }
            (self.width, self.height) = (width, height);
            self.pixels.truncate(width * height);
        }
    }
}

#[cfg(test)]
mod tests {
    use portico_types::Tick;

    use super::*;
    use crate::encode::encode;
    use crate::picture::RgbPicture;

    fn frame(format: PixelFormat, width: u32, height: u32, bytes: Vec<u8>) -> Frame {
        Frame { sequence: 1, captured_at: Tick::ZERO, width, height, format, bytes: bytes.into() }
    }

    /// A ramp from the left to the right.
    fn ramp(width: u32, height: u32) -> Vec<u8> {
        (0..width * height).map(|at| (at % width * 4) as u8).collect()
    }

    #[test]
    fn every_format_has_the_same_brightness() {
        let (width, height) = (32, 16);
        let grey = ramp(width, height);
        let rgb: Vec<u8> = grey.iter().flat_map(|grey| [*grey; 3]).collect();
        let yuyv = grey.iter().flat_map(|grey| [*grey, 128]).collect();
        let nv12 = [grey.clone(), vec![128; grey.len() / 2]].concat();
        let jpeg = encode(&RgbPicture::new(width, height, rgb.clone()).unwrap(), 95).unwrap();
        for (format, bytes) in [
            (PixelFormat::Rgb8, rgb),
            (PixelFormat::Yuyv, yuyv),
            (PixelFormat::Nv12, nv12),
            (PixelFormat::Jpeg, jpeg),
        ] {
            let mut luma = LumaPicture::default();
            luma.take(&frame(format, width, height, bytes)).unwrap();
            assert_eq!((luma.width(), luma.height()), (32, 16), "{format:?}");
            let furthest = luma.pixels.iter().zip(&grey).map(|(a, b)| a.abs_diff(*b)).max();
            assert!(furthest <= Some(3), "{format:?}: {furthest:?}");
        }
    }

    #[test]
    fn a_frame_with_missing_bytes_is_torn() {
        for format in [PixelFormat::Rgb8, PixelFormat::Yuyv, PixelFormat::Nv12, PixelFormat::Jpeg] {
            let torn = LumaPicture::default().take(&frame(format, 32, 16, vec![7; 20]));
            assert!(matches!(torn, Err(VisionError::Torn(_))), "{format:?}");
        }
    }

    #[test]
    fn a_large_picture_is_halved_until_it_fits() {
        let mut luma = LumaPicture::default();
        luma.take(&frame(PixelFormat::Nv12, 64, 30, [ramp(64, 30), vec![128; 64 * 15]].concat())).unwrap();
        luma.shrink(64);
        assert_eq!((luma.width(), luma.height()), (64, 30), "it fits already");
        luma.shrink(20);
        assert_eq!((luma.width(), luma.height()), (16, 7));
        assert_eq!(luma.row(6)[8], 32 * 4 + 6, "the mean of a ramp is its middle");
    }
}

//! Single pictures from outside, JPEG or PNG, to pixels. They come from strangers: their claims are checked before
//! any memory is taken for them.

use std::borrow::Cow;
use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use crate::error::VisionError;
use crate::jpeg;
use crate::params::StillParams;
use crate::picture::RgbPicture;
use crate::resize::Scaler;

/// A picture, scaled down if it was large.
pub(crate) struct Still {
    /// The pixels, upright.
    pub picture: RgbPicture,
    /// How many pixels of the original one pixel of `picture` is wide; at least 1.
    pub shrunk: f32,
}

/// Decodes `encoded`, turns it upright as its metadata asks, and scales it down to the params' size.
pub(crate) fn read(encoded: &[u8], params: &StillParams, scaler: &mut Scaler) -> Result<Still, VisionError> {
    let rgb = decode(encoded, params)?.into_rgb8();
    let (width, height) = rgb.dimensions();
    let whole = RgbPicture::new(width, height, rgb.into_raw()).ok_or(VisionError::Picture("decoded"))?;
    let shrunk = width.max(height) as f32 / params.longest_px as f32;
    if shrunk <= 1.0 {
        return Ok(Still { picture: whole, shrunk: 1.0 });
    }
    let size = |length: u32| ((length as f32 / shrunk).round() as u32).max(1);
    let mut picture = RgbPicture::default();
    scaler.scale(&whole, (size(width), size(height)), &mut picture)?;
    Ok(Still { picture, shrunk })
}

fn decode(encoded: &[u8], params: &StillParams) -> Result<DynamicImage, VisionError> {
    let format = image::guess_format(encoded).map_err(|_| VisionError::Format)?;
    let encoded = match format {
        // The decoder makes up what is missing of a picture that was cut short; a face must not be made up.
        ImageFormat::Jpeg => jpeg::tidy(encoded)?,
        ImageFormat::Png => Cow::Borrowed(encoded),
        _ => return Err(VisionError::Format),
    };
    let mut reader = ImageReader::new(Cursor::new(encoded.as_ref()));
    reader.set_format(format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(params.most_bytes);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| fault(&error, (0, 0)))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > params.most_pixels || decoder.total_bytes() > params.most_bytes
    {
        return Err(VisionError::TooLarge { width, height });
    }
    // A picture without orientation, or with a garbled one, is upright.
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| fault(&error, (width, height)))?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn fault(error: &ImageError, (width, height): (u32, u32)) -> VisionError {
    match error {
        ImageError::Limits(_) => VisionError::TooLarge { width, height },
        ImageError::Unsupported(_) => VisionError::Format,
        _ => VisionError::Torn("it cannot be decoded"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::encode;

    fn read_still(bytes: &[u8]) -> Result<Still, VisionError> {
        read(bytes, &StillParams::default(), &mut Scaler::default())
    }

    fn picture(width: u32, height: u32) -> RgbPicture {
        RgbPicture::new(width, height, vec![90; width as usize * height as usize * 3]).unwrap()
    }

    /// A PNG whose header claims `width` × `height` black pixels; a real one would unpack to exactly that.
    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        image::RgbImage::new(4, 4).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        bytes[16..20].copy_from_slice(&width.to_be_bytes());
        bytes[20..24].copy_from_slice(&height.to_be_bytes());
        let crc = crc32(&bytes[12..29]);
        bytes[29..33].copy_from_slice(&crc.to_be_bytes());
        bytes
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { c >> 1 ^ 0xEDB8_8320 } else { c >> 1 })
        })
    }

    #[test]
    fn a_large_picture_is_scaled_down_and_says_by_how_much() {
        let still = read_still(&encode(&picture(2560, 640), 80).unwrap()).unwrap();
        assert_eq!((still.picture.width(), still.picture.height()), (1280, 320));
        assert!((still.shrunk - 2.0).abs() < 1e-6);
    }

    #[test]
    fn both_formats_are_read_whatever_their_pixels() {
        let mut grey = Vec::new();
        image::GrayImage::new(30, 20).write_to(&mut Cursor::new(&mut grey), ImageFormat::Png).unwrap();
        for bytes in [grey, encode(&picture(30, 20), 80).unwrap()] {
            let still = read_still(&bytes).unwrap();
            assert_eq!((still.picture.width(), still.picture.height()), (30, 20));
        }
    }

    #[test]
    fn a_picture_that_was_cut_short_is_refused() {
        let whole = encode(&picture(64, 64), 80).unwrap();
        let half = &whole[..whole.len() - whole.len() / 8];
        assert!(matches!(read_still(half), Err(VisionError::Torn(_))), "half a face must not be enrolled");
    }

    #[test]
    fn a_bomb_is_refused_by_its_header() {
        let refused = read_still(&png(20_000, 20_000));
        assert!(
            matches!(refused, Err(VisionError::TooLarge { .. })),
            "400 million pixels must never be unpacked"
        );
        let huge = read_still(&png(u32::MAX / 2, u32::MAX / 2));
        assert!(huge.is_err(), "sizes must not wrap around");
    }

    #[test]
    fn what_is_no_picture_is_said_to_be_none() {
        assert!(matches!(read_still(b"GIF89a and so on"), Err(VisionError::Format)));
        assert!(matches!(read_still(b""), Err(VisionError::Format)));
        assert!(matches!(read_still(&png(4000, 4000)), Err(VisionError::Torn(_))), "its pixels are missing");
        let jpeg = encode(&picture(64, 64), 80).unwrap();
        assert!(matches!(read_still(&jpeg[..40]), Err(VisionError::Torn(_))));
    }
}

//! A camera frame's bytes to pixels. Torn and oversized frames are refused, never guessed at.

use portico_types::{Frame, PixelFormat};
use yuv::{YuvBiPlanarImage, YuvConversionMode, YuvPackedImage, YuvRange, YuvStandardMatrix};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::error::VisionError;
use crate::jpeg::tidy;
use crate::picture::RgbPicture;

/// More than any webcam sends (8K): a larger claim is damage.
const LONGEST_SIDE: u32 = 8192;

pub(crate) const SHORT: VisionError = VisionError::Torn("bytes are missing");

/// The pixels of a frame.
pub fn decode(frame: &Frame) -> Result<RgbPicture, VisionError> {
    let mut picture = RgbPicture::default();
    decode_into(frame, &mut picture)?;
    Ok(picture)
}

/// The pixels of a frame, into memory that is kept from frame to frame. After an error `picture` holds anything.
pub(crate) fn decode_into(frame: &Frame, picture: &mut RgbPicture) -> Result<(), VisionError> {
    if frame.format == PixelFormat::Jpeg {
        return decode_jpeg(&frame.bytes, ColorSpace::RGB, picture, RgbPicture::resized);
    }
    let (width, height) = checked(frame.width, frame.height)?;
    let target = picture.resized(width, height);
    match frame.format {
        PixelFormat::Yuyv => decode_yuyv(&frame.bytes, (width, height), target),
        PixelFormat::Nv12 => decode_nv12(&frame.bytes, (width, height), target),
        PixelFormat::Rgb8 | PixelFormat::Jpeg => {
            target.copy_from_slice(frame.bytes.get(..target.len()).ok_or(SHORT)?);
            Ok(())
        }
    }
}

/// The size, if a camera can have it.
pub(crate) fn checked(width: u32, height: u32) -> Result<(u32, u32), VisionError> {
    if width == 0 || height == 0 {
        return Err(VisionError::Torn("it has no pixels"));
    }
    if width > LONGEST_SIDE || height > LONGEST_SIDE {
        return Err(VisionError::TooLarge { width, height });
    }
    Ok((width, height))
}

/// Decodes JPEG to `colours`, into the memory that `resized` gives of `picture` for a picture of that size.
pub(crate) fn decode_jpeg<P>(
    bytes: &[u8],
    colours: ColorSpace,
    picture: &mut P,
    resized: fn(&mut P, u32, u32) -> &mut [u8],
) -> Result<(), VisionError> {
    const GARBLED: VisionError = VisionError::Torn("its scan is garbled");
    let tidied = tidy(bytes)?;
    // Strict: a scan with impossible codes is damage, not a picture with a grey rest. The size limit is our own, so
    // that it can be told from damage.
    let options = DecoderOptions::new_fast()
        .set_strict_mode(true)
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .jpeg_set_out_colorspace(colours);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(tidied.as_ref()), options);
    decoder.decode_headers().map_err(|_| VisionError::Torn("its header is garbled"))?;
    let (width, height) = decoder.dimensions().ok_or(GARBLED)?;
    let (width, height) = checked(width as u32, height as u32)?;
    decoder.decode_into(resized(picture, width, height)).map_err(|_| GARBLED)
}

/// Webcams send ITU-R BT.601 in the limited range unless they say otherwise, and USB gives them no way to say so.
fn decode_yuyv(bytes: &[u8], (width, height): (u32, u32), target: &mut [u8]) -> Result<(), VisionError> {
    let stride = width.next_multiple_of(2) * 2;
    let yuy = bytes.get(..stride as usize * height as usize).ok_or(SHORT)?;
    let source = YuvPackedImage { yuy, yuy_stride: stride, width, height };
    yuv::yuyv422_to_rgb(&source, target, width * 3, YuvRange::Limited, YuvStandardMatrix::Bt601)
        .map_err(|_| SHORT)
}

fn decode_nv12(bytes: &[u8], (width, height): (u32, u32), target: &mut [u8]) -> Result<(), VisionError> {
    let colour_stride = width.next_multiple_of(2);
    let bright_bytes = width as usize * height as usize;
    let colour_bytes = colour_stride as usize * height.div_ceil(2) as usize;
    let (y_plane, rest) = bytes.split_at_checked(bright_bytes).ok_or(SHORT)?;
    let uv_plane = rest.get(..colour_bytes).ok_or(SHORT)?;
    let source =
        YuvBiPlanarImage { y_plane, y_stride: width, uv_plane, uv_stride: colour_stride, width, height };
    let (range, matrix) = (YuvRange::Limited, YuvStandardMatrix::Bt601);
    yuv::yuv_nv12_to_rgb(&source, target, width * 3, range, matrix, YuvConversionMode::Balanced)
        .map_err(|_| SHORT)
}

#[cfg(test)]
mod tests;

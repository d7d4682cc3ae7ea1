//! Pixels to JPEG: the preview and the picture for the backend.

use std::sync::Arc;

use jpeg_encoder::{ColorType, Encoder};
use portico_types::{Frame, PixelFormat};

use crate::decode::decode;
use crate::error::VisionError;
use crate::picture::RgbPicture;

/// The frame as JPEG, for showing. A JPEG frame is handed on as it came, without a copy; `quality`, 1 to 100, is for
/// the others.
pub fn preview_jpeg(frame: &Frame, quality: u8) -> Result<Arc<[u8]>, VisionError> {
    if frame.format == PixelFormat::Jpeg {
        return Ok(Arc::clone(&frame.bytes));
    }
    Ok(encode(&decode(frame)?, quality)?.into())
}

/// `picture` as JPEG of `quality` 1 to 100.
pub(crate) fn encode(picture: &RgbPicture, quality: u8) -> Result<Vec<u8>, VisionError> {
    const FAULT: VisionError = VisionError::Picture("encoded");
    let (Ok(width), Ok(height)) = (u16::try_from(picture.width()), u16::try_from(picture.height())) else {
        return Err(FAULT);
    };
    let mut jpeg = Vec::new();
    let encoder = Encoder::new(&mut jpeg, quality.clamp(1, 100));
    encoder.encode(picture.pixels(), width, height, ColorType::Rgb).map_err(|_| FAULT)?;
    Ok(jpeg)
}

#[cfg(test)]
mod tests {
    use portico_types::Tick;

    use super::*;

    fn frame(format: PixelFormat, bytes: Vec<u8>) -> Frame {
        Frame { sequence: 1, captured_at: Tick::ZERO, width: 16, height: 8, format, bytes: bytes.into() }
    }

    #[test]
    fn a_jpeg_frame_is_its_own_preview() {
        let jpeg = frame(PixelFormat::Jpeg, vec![1, 2, 3]);
        let preview = preview_jpeg(&jpeg, 70).unwrap();
        assert!(Arc::ptr_eq(&preview, &jpeg.bytes), "the preview of a JPEG camera must cost nothing");
    }

    #[test]
    fn other_frames_are_encoded() {
        let grey = frame(PixelFormat::Rgb8, vec![128; 16 * 8 * 3]);
        let preview = preview_jpeg(&grey, 70).unwrap();
        let back = decode(&Frame { format: PixelFormat::Jpeg, bytes: preview, ..grey }).unwrap();
        assert_eq!((back.width(), back.height()), (16, 8));
        assert!(back.pixels().iter().all(|p| p.abs_diff(128) < 3));
    }
}

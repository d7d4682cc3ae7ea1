//! A finished picture.

use jpeg_encoder::{ColorType, Encoder, EncodingError};

/// 8-bit RGB, rows from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// `width * height * 3` bytes.
    pub rgb: Vec<u8>,
}

impl Picture {
    /// As JPEG of the given quality, 1 to 100.
    pub fn jpeg(&self, quality: u8) -> Result<Vec<u8>, EncodingError> {
        let mut bytes = Vec::new();
        Encoder::new(&mut bytes, quality).encode(
            &self.rgb,
            self.width as u16,
            self.height as u16,
            ColorType::Rgb,
        )?;
        Ok(bytes)
    }
}

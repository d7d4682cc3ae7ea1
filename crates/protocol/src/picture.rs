//! A small picture inside a record, as a data URL: what it may be, and how its size is told without decoding it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Largest logo, in bytes of its file. Together with the background the record stays below 400 KiB.
pub const LARGEST_LOGO_BYTES: usize = 64 * 1024;
/// Largest background, in bytes of its file.
pub const LARGEST_BACKGROUND_BYTES: usize = 192 * 1024;
/// Longest side of a picture: what a kiosk's screen can show, and no bomb when it is unpacked.
pub const LONGEST_SIDE: u32 = 4096;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A PNG or JPEG picture as a data URL, such as `data:image/png;base64,iVBORw0…`.
///
/// Reading one from JSON checks nothing, so that a kiosk understands the rest of a record whose picture is bad;
/// `Picture::check` does.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct Picture(String);

/// Why something is no picture for a record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// Too many bytes.
    #[error("the picture has {bytes} bytes; at most {most} are taken: make it smaller or compress it more")]
    TooLarge {
        /// How many it has.
        bytes: usize,
        /// How many it may have.
        most: usize,
    },
    /// Neither PNG nor JPEG.
    #[error("only PNG and JPEG pictures are taken")]
    UnknownFormat,
    /// Its header cannot be read.
    #[error("the picture is damaged: its header names no size")]
    Damaged,
    /// Too many pixels.
    #[error("the picture is {width} × {height} pixels; each side may have 1 to {LONGEST_SIDE}")]
    TooManyPixels {
        /// Columns.
        width: u32,
        /// Rows.
        height: u32,
    },
    /// Not a data URL of the type that its bytes have.
    #[error("not a data URL with a base64 PNG or JPEG picture")]
    NotADataUrl,
}

impl Picture {
    /// The picture in a file's `bytes`, at most `most` of them.
    pub fn new(bytes: &[u8], most: usize) -> Result<Self, PictureError> {
        let media_type = sound(bytes, most)?;
        Ok(Self(format!("data:{media_type};base64,{}", STANDARD.encode(bytes))))
    }

    /// The data URL.
    pub fn url(&self) -> &str {
        &self.0
    }

    /// Whether it is what it says, with at most `most` bytes.
    pub fn check(&self, most: usize) -> Result<(), PictureError> {
        let (media_type, coded) = self
            .0
            .strip_prefix("data:")
            .and_then(|rest| rest.split_once(";base64,"))
            .ok_or(PictureError::NotADataUrl)?;
        // Four letters for three bytes: what is too long need not be decoded to be refused.
        if coded.len() / 4 > most / 3 + 1 {
            return Err(PictureError::TooLarge { bytes: coded.len() / 4 * 3, most });
        }
        let bytes = STANDARD.decode(coded).map_err(|_| PictureError::NotADataUrl)?;
        if sound(&bytes, most)? == media_type { Ok(()) } else { Err(PictureError::NotADataUrl) }
    }
}

/// The media type of `bytes`, if they are a picture within bounds.
fn sound(bytes: &[u8], most: usize) -> Result<&'static str, PictureError> {
    if bytes.len() > most {
        return Err(PictureError::TooLarge { bytes: bytes.len(), most });
    }
    let (media_type, size) = if bytes.starts_with(PNG) {
        ("image/png", png_size(bytes))
    } else if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        ("image/jpeg", jpeg_size(bytes))
    } else {
        return Err(PictureError::UnknownFormat);
    };
    let (width, height) = size.ok_or(PictureError::Damaged)?;
    let shown = 1..=LONGEST_SIDE;
    if shown.contains(&width) && shown.contains(&height) {
        Ok(media_type)
    } else {
        Err(PictureError::TooManyPixels { width, height })
    }
}

fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.get(12..24)?;
    let word = |at: usize| Some(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?));
    header.starts_with(b"IHDR").then_some((word(4)?, word(8)?))
}

/// Walks from segment to segment until the one that starts a frame.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        let header = bytes.get(at..at + 4)?;
        if header[0] != 0xFF {
            return None;
        }
        let length = usize::from(u16::from_be_bytes([header[2], header[3]]));
        match header[1] {
            0xFF => at += 1,
            // SOF0 to SOF15 without the tables and the arithmetic conditioning among them.
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                let side = |from: usize| {
                    Some(u32::from(u16::from_be_bytes(bytes.get(from..from + 2)?.try_into().ok()?)))
                };
                return Some((side(at + 7)?, side(at + 5)?));
            }
            // The picture's data, or its end, before any size.
            0xD9 | 0xDA => return None,
            _ if length < 2 => return None,
            _ => at += 2 + length,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = PNG.to_vec();
        bytes.extend(13_u32.to_be_bytes());
        bytes.extend(b"IHDR");
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes
    }

    fn jpeg(width: u16, height: u16) -> Vec<u8> {
        let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC2, 0, 11, 8];
        bytes.extend(height.to_be_bytes());
        bytes.extend(width.to_be_bytes());
        bytes
    }

    #[test]
    fn a_picture_within_bounds_becomes_a_data_url_that_is_sound() {
        for (bytes, start) in
            [(png(640, 480), "data:image/png;base64,"), (jpeg(1920, 1080), "data:image/jpeg;base64,")]
        {
            let picture = Picture::new(&bytes, 1_000).unwrap();
            assert!(picture.url().starts_with(start));
            assert_eq!(picture.check(1_000), Ok(()));
            let less = bytes.len() - 1;
            assert_eq!(
                picture.check(less).unwrap_err(),
                Picture::new(&bytes, less).unwrap_err(),
                "and too large for a smaller place, whichever way it comes"
            );
        }
    }

    #[test]
    fn what_is_no_small_picture_is_refused_with_what_to_do() {
        let refusal = |bytes: &[u8]| Picture::new(bytes, 1_000).unwrap_err().to_string();
        assert!(refusal(&[0; 1_001]).contains("at most 1000"));
        assert!(refusal(b"<svg onload=\"x()\"/>").contains("PNG and JPEG"));
        assert!(refusal(&png(60_000, 60_000)).contains("60000 × 60000"), "a bomb when it is unpacked");
        assert!(refusal(&png(0, 5)).contains("1 to 4096"));
        assert!(refusal(&png(1, 1)[..20]).contains("damaged"));
        assert!(refusal(&[0xFF, 0xD8, 0xFF, 0xDA, 0, 2]).contains("damaged"));
        assert!(refusal(&[0xFF, 0xD8, 0xFF, 0xE0, 0, 0]).contains("damaged"), "no endless walk");
    }

    #[test]
    fn a_record_may_bring_anything_and_only_sound_pictures_pass() {
        let read = |url: &str| serde_json::from_value::<Picture>(url.into()).unwrap();
        let coded = STANDARD.encode(png(2, 2));
        assert!(read(&format!("data:image/png;base64,{coded}")).check(1_000).is_ok());
        for url in [
            "https://example.org/logo.png".to_owned(),
            format!("data:image/jpeg;base64,{coded}"),
            format!("data:text/html;base64,{coded}"),
            "data:image/png;base64,§§".to_owned(),
        ] {
            assert_eq!(read(&url).check(1_000), Err(PictureError::NotADataUrl), "{url}");
        }
        let long = read(&format!("data:image/png;base64,{}", "A".repeat(4_000)));
        assert!(matches!(long.check(1_000), Err(PictureError::TooLarge { .. })));
    }
}

//! Pictures of the labelled set, as files that the pipeline takes.
//!
//! The pipeline reads JPEG and PNG and nothing else. What old collections hold as PGM or GIF is turned into PNG here,
//! pixel by pixel, and then goes the same way as every other picture.

use std::io::Cursor;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use image::{DynamicImage, GrayImage, ImageFormat, RgbImage};

/// The bytes of the picture at `path`, as JPEG or PNG.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    let bytes = std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let picture = match bytes.as_slice() {
        [b'P', b'5', ..] => grey_map(&bytes),
        [b'G', b'I', b'F', ..] => first_of_gif(&bytes),
        _ => return Ok(bytes),
    };
    let mut png = Vec::new();
    picture
        .with_context(|| format!("{} cannot be decoded", path.display()))?
        .write_to(&mut Cursor::new(&mut png), ImageFormat::Png)?;
    Ok(png)
}

/// A binary PGM of 8 bits. Exactly one blank stands between the header and the levels, however much these look like
/// blanks; readers that skip more lose pixels.
fn grey_map(bytes: &[u8]) -> Result<DynamicImage> {
    let (mut numbers, mut at) = (Vec::new(), 2);
    while numbers.len() < 3 {
        let rest = bytes.get(at..).context("its header is cut short")?;
        match rest.first() {
            Some(b'#') => at += rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len()),
            Some(byte) if byte.is_ascii_digit() => {
                let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
                numbers.push(std::str::from_utf8(&rest[..digits])?.parse::<u32>()?);
                at += digits;
            }
            _ => at += 1,
        }
    }
    ensure!(numbers[2] == 255, "its levels are not of 8 bits");
    let pixels = bytes.get(at + 1..).unwrap_or_default().to_vec();
    let picture = GrayImage::from_raw(numbers[0], numbers[1], pixels).context("its pixels are cut short")?;
    Ok(DynamicImage::ImageLuma8(picture))
}

fn first_of_gif(bytes: &[u8]) -> Result<DynamicImage> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let mut decoder = options.read_info(bytes)?;
    let frame = decoder.read_next_frame()?.context("no picture in it")?;
    let (width, height) = (u32::from(frame.width), u32::from(frame.height));
    let rgb = frame.buffer.as_chunks::<4>().0.iter().flat_map(|[r, g, b, _]| [*r, *g, *b]).collect();
    Ok(DynamicImage::ImageRgb8(RgbImage::from_raw(width, height, rgb).context("cut short")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_again(bytes: Result<DynamicImage>) -> Vec<u8> {
        bytes.unwrap().into_rgb8().into_raw()
    }

    #[test]
    fn a_grey_map_keeps_its_levels() {
        let pixels = read_again(grey_map(b"P5\n# a comment\n2 1\n255\n\x20\xf0"));
        assert_eq!(pixels, [32, 32, 32, 240, 240, 240], "a first level that looks like a blank counts");
    }

    #[test]
    fn a_gif_keeps_its_colours() {
        let mut bytes = Vec::new();
        let palette = [200, 100, 50, 0, 0, 0];
        let mut encoder = gif::Encoder::new(&mut bytes, 2, 1, &palette).unwrap();
        encoder.write_frame(&gif::Frame::from_indexed_pixels(2, 1, vec![1, 0], None)).unwrap();
        drop(encoder);
        assert_eq!(read_again(first_of_gif(&bytes)), [0, 0, 0, 200, 100, 50]);
    }

    #[test]
    fn what_is_no_picture_is_an_error() {
        assert!(grey_map(b"P5\n9999 1\n255\n\x10").is_err());
        assert!(first_of_gif(b"GIF89a").is_err());
    }
}

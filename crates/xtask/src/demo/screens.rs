//! Pictures of the virtual display: reads the XWD file that Xvfb keeps, writes PNG.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use image::RgbImage;

/// Places of the fields that matter in an XWD header (32-bit big-endian words).
mod word {
    pub const HEADER_SIZE: usize = 0;
    pub const VERSION: usize = 1;
    pub const WIDTH: usize = 4;
    pub const HEIGHT: usize = 5;
    pub const BYTE_ORDER: usize = 7;
    pub const BITS_PER_PIXEL: usize = 11;
    pub const BYTES_PER_LINE: usize = 12;
    pub const COLOURS: usize = 19;
}

/// Takes a picture of the display whose pixels are in `framebuffer` and saves it as `dir/name.png`.
pub fn take(framebuffer: &Path, dir: &Path, name: &str) -> Result<PathBuf> {
    let bytes = std::fs::read(framebuffer).context("the virtual display has no framebuffer")?;
    let path = dir.join(format!("{name}.png"));
    decode(&bytes)?.save(&path).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}

/// Decodes a 32-bit true-colour XWD picture.
fn decode(xwd: &[u8]) -> Result<RgbImage> {
    let field = |index: usize| -> Result<usize> {
        let bytes = xwd.get(index * 4..index * 4 + 4).context("the XWD header is cut short")?;
        Ok(u32::from_be_bytes(bytes.try_into()?) as usize)
    };
    ensure!(field(word::VERSION)? == 7, "not an XWD file of version 7");
    ensure!(field(word::BITS_PER_PIXEL)? == 32, "only 32 bits per pixel are read");
    ensure!(field(word::BYTE_ORDER)? == 0, "only little-endian pixels are read");
    // Each colour-map entry takes 12 bytes.
    let start = field(word::HEADER_SIZE)? + field(word::COLOURS)? * 12;
    let (width, height, line) = (field(word::WIDTH)?, field(word::HEIGHT)?, field(word::BYTES_PER_LINE)?);
    let pixels = xwd.get(start..start + line * height).context("the XWD picture is cut short")?;
    Ok(RgbImage::from_fn(width as u32, height as u32, |x, y| {
        let at = y as usize * line + x as usize * 4;
        image::Rgb([pixels[at + 2], pixels[at + 1], pixels[at]])
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn xwd(width: u32, height: u32, pixels: &[u8]) -> Vec<u8> {
        let mut header = [0_u32; 25];
        header[word::HEADER_SIZE] = 100;
        header[word::VERSION] = 7;
        header[word::WIDTH] = width;
        header[word::HEIGHT] = height;
        header[word::BITS_PER_PIXEL] = 32;
        header[word::BYTES_PER_LINE] = width * 4;
        header[word::COLOURS] = 1;
        let mut file: Vec<u8> = header.iter().flat_map(|word| word.to_be_bytes()).collect();
        file.extend([0; 12]);
        file.extend(pixels);
        file
    }

    #[test]
    fn pixels_are_read_behind_the_colour_map_and_blue_comes_first() {
        let picture = decode(&xwd(2, 1, &[1, 2, 3, 0, 40, 50, 60, 0])).unwrap();
        assert_eq!(picture.get_pixel(0, 0).0, [3, 2, 1]);
        assert_eq!(picture.get_pixel(1, 0).0, [60, 50, 40]);
    }

    #[test]
    fn a_picture_that_is_cut_short_is_an_error() {
        assert!(decode(&xwd(2, 2, &[0; 8])).is_err());
        assert!(decode(&[0; 10]).is_err());
    }
}

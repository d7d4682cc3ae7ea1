//! A decoded picture in memory, and the squares that stages look at.

/// A decoded picture: rows from the top, `R G B`, three bytes a pixel, no padding.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RgbPicture {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

impl RgbPicture {
    /// A picture of `pixels`, or `None` if there are not exactly `width * height * 3` bytes.
    pub fn new(width: u32, height: u32, pixels: Vec<u8>) -> Option<Self> {
        let bytes = u128::from(width) * u128::from(height) * 3;
        (pixels.len() as u128 == bytes).then_some(Self { width, height, pixels })
    }

    /// Width in pixels.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height in pixels.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The bytes, `height * width * 3` of them.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The bytes after changing the size, keeping the memory. Whoever calls this writes all of them.
    pub(crate) fn resized(&mut self, width: u32, height: u32) -> &mut [u8] {
        self.width = width;
        self.height = height;
        self.pixels.resize(width as usize * height as usize * 3, 0);
        &mut self.pixels
    }

    /// Copies a rectangle into `into`, keeping its memory. The rectangle must lie within the picture.
    pub(crate) fn cut(&self, x: u32, y: u32, width: u32, height: u32, into: &mut Self) {
        let row_bytes = width as usize * 3;
        let target = into.resized(width, height);
        for (row, line) in target.chunks_exact_mut(row_bytes.max(1)).enumerate() {
            let start = ((y as usize + row) * self.width as usize + x as usize) * 3;
            line.copy_from_slice(&self.pixels[start..start + row_bytes]);
        }
    }
}

impl std::fmt::Debug for RgbPicture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RgbPicture({}x{})", self.width, self.height)
    }
}

/// A square of a picture, in pixels. May reach over the picture's edge; what lies outside is black.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Square {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Length of a side.
    pub side: f32,
}

impl Square {
    /// The largest square in the middle of a picture. A face in it keeps more pixels than in the whole picture.
    pub fn centre_of(picture: &RgbPicture) -> Self {
        Self::in_the_middle(picture, picture.width.min(picture.height) as f32)
    }

    /// The smallest square that holds a whole picture with a margin of `margin` times its longer side all around.
    pub fn around(picture: &RgbPicture, margin: f32) -> Self {
        Self::in_the_middle(picture, picture.width.max(picture.height) as f32 * (1.0 + 2.0 * margin))
    }

    fn in_the_middle(picture: &RgbPicture, side: f32) -> Self {
        let (width, height) = (picture.width as f32, picture.height as f32);
        Self { x: (width - side) / 2.0, y: (height - side) / 2.0, side }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_exactly_its_pixels() {
        assert!(RgbPicture::new(2, 1, vec![0; 6]).is_some());
        assert!(RgbPicture::new(2, 1, vec![0; 7]).is_none());
        assert!(RgbPicture::new(u32::MAX, u32::MAX, vec![0; 7]).is_none(), "sizes must not wrap around");
    }

    #[test]
    fn a_cut_holds_the_pixels_of_its_rectangle() {
        let picture = RgbPicture::new(4, 3, (0..36).collect()).unwrap();
        let mut cut = RgbPicture::default();
        picture.cut(1, 1, 2, 2, &mut cut);
        assert_eq!((cut.width(), cut.height()), (2, 2));
        assert_eq!(cut.pixels(), [15, 16, 17, 18, 19, 20, 27, 28, 29, 30, 31, 32]);
    }

    #[test]
    fn the_centre_square_lies_within_and_the_surrounding_square_without() {
        let picture = RgbPicture::new(640, 480, vec![0; 640 * 480 * 3]).unwrap();
        assert_eq!(Square::centre_of(&picture), Square { x: 80.0, y: 0.0, side: 480.0 });
        assert_eq!(Square::around(&picture, 0.0), Square { x: 0.0, y: -80.0, side: 640.0 });
        assert_eq!(Square::around(&picture, 0.5), Square { x: -320.0, y: -400.0, side: 1280.0 });
    }
}

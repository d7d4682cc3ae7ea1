//! QR codes as pictures.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context as _;
use image::{GrayImage, Luma};
use qrcode::{Color, EcLevel, QrCode};

/// Pixels a module of a PNG: sharp on screens of any density, and on paper at 4 cm still 300 dots an inch.
const MODULE_PX: usize = 8;
/// No ticket without a face has more characters, unless its guest's id is a very long one.
const LONGEST_PLAIN: usize = 300;
/// Light modules around the code that the standard asks for.
const QUIET: usize = 4;

/// Writes the code of `text` as PNG.
pub fn png(text: &str, path: &Path) -> anyhow::Result<()> {
    let modules = Modules::of(text)?;
    let side = ((modules.width + 2 * QUIET) * MODULE_PX) as u32;
    let module = |pixel: u32| (pixel as usize / MODULE_PX).wrapping_sub(QUIET);
    let shade = |x: u32, y: u32| Luma([if modules.is_dark(module(x), module(y)) { 0 } else { 255 }]);
    GrayImage::from_fn(side, side, shade)
        .save(path)
        .with_context(|| format!("cannot write {}", path.display()))
}

/// Writes the code of `text` as SVG: one path, one unit a module.
pub fn svg(text: &str, path: &Path) -> anyhow::Result<()> {
    let modules = Modules::of(text)?;
    let mut dark = String::new();
    for y in 0..modules.width {
        for x in (0..modules.width).filter(|x| modules.is_dark(*x, y)) {
            write!(dark, "M{} {}h1v1h-1z", x + QUIET, y + QUIET)?;
        }
    }
    let side = modules.width + 2 * QUIET;
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}h-{side}z\"/><path d=\"{dark}\"/></svg>\n"
    );
    std::fs::write(path, svg).with_context(|| format!("cannot write {}", path.display()))
}

struct Modules {
    width: usize,
    colours: Vec<Color>,
}

impl Modules {
    /// Error correction M: a seventh of the code may be lost to a reflection. More would make its modules smaller, and of
    /// a ticket with a face they are so small that L reads better.
    fn of(text: &str) -> anyhow::Result<Self> {
        let level = if text.len() > LONGEST_PLAIN { EcLevel::L } else { EcLevel::M };
        let code = QrCode::with_error_correction_level(text, level)?;
        Ok(Self { width: code.width(), colours: code.to_colors() })
    }

    fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.width && y < self.width && self.colours[y * self.width + x] == Color::Dark
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_with_a_face_is_drawn_as_coarse_as_it_can_be() {
        assert_eq!(Modules::of(&"A".repeat(146)).unwrap().width, 41);
        assert_eq!(Modules::of(&"A".repeat(535)).unwrap().width, 65);
    }

    #[test]
    fn both_forms_show_the_same_code_with_its_quiet_zone() {
        let folder = tempfile::tempdir().unwrap();
        let (png_path, svg_path) = (folder.path().join("a.png"), folder.path().join("a.svg"));
        png("K7P2QX", &png_path).unwrap();
        svg("K7P2QX", &svg_path).unwrap();
        let picture = image::open(png_path).unwrap().into_luma8();
        let svg = std::fs::read_to_string(svg_path).unwrap();
        assert!(svg.contains("viewBox=\"0 0 29 29\""), "{svg}");
        assert_eq!(picture.width(), 29 * 8);
        for (x, y) in (0..29).flat_map(|x| (0..29).map(move |y| (x, y))) {
            let dark = picture.get_pixel(x * 8 + 4, y * 8 + 4).0[0] == 0;
            assert_eq!(dark, svg.contains(&format!("M{x} {y}h1")), "module {x}, {y}");
            assert!(!dark || ((4..25).contains(&x) && (4..25).contains(&y)), "the quiet zone is light");
        }
    }
}

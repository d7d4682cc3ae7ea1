//! Writes recordings to measure the spoof warning with, as folders of JPEG frames, which replay reads too:
//! `attacks OUT_DIR guests [SLUGS]` or `attacks OUT_DIR photos FILE...`.
//!
//! `guests`: `OUT_DIR/live/<guest>/` is a visit of a generated guest, `OUT_DIR/attack/<guest>-<kind>/` an attack.
//! `photos`: `OUT_DIR/attack/<number>/` is a JPEG file of a face, printed and held up.

use std::error::Error;
use std::path::{Path, PathBuf};

use portico_cast::{
    Attack, AttackParams, ClipParams, Picture, cast, render_attack, render_clip, render_print,
};
use portico_types::{Frame, PixelFormat, Tick};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [out, kind] if kind == "guests" => guests(&PathBuf::from(out), ""),
        [out, kind, slugs] if kind == "guests" => guests(&PathBuf::from(out), slugs),
        [out, kind, files @ ..] if kind == "photos" => photos(&PathBuf::from(out), files),
        _ => Err("usage: attacks OUT_DIR guests [SLUGS] | photos FILE...".into()),
    }
}

fn guests(out: &Path, wanted: &str) -> Result<(), Box<dyn Error>> {
    for guest in cast().iter().filter(|guest| wanted.is_empty() || wanted.contains(guest.slug())) {
        let visit = render_clip(guest, &ClipParams::default(), &|_, _| ())?;
        write(&out.join("live").join(guest.slug()), &visit)?;
        for attack in Attack::ALL {
            let name = format!("{}-{}", guest.slug(), attack.name());
            let frames = render_attack(guest, attack, &AttackParams::default(), &|_, _| ())?;
            write(&out.join("attack").join(name), &frames)?;
        }
    }
    Ok(())
}

fn photos(out: &Path, files: &[String]) -> Result<(), Box<dyn Error>> {
    for (number, file) in files.iter().enumerate() {
        let bytes = std::fs::read(file)?.into();
        let (sequence, captured_at, format) = (1, Tick::ZERO, PixelFormat::Jpeg);
        let decoded =
            portico_vision::decode(&Frame { sequence, captured_at, width: 0, height: 0, format, bytes })?;
        let picture =
            Picture { width: decoded.width(), height: decoded.height(), rgb: decoded.pixels().to_vec() };
        let frames = render_print(picture, number as u32 * 97, &AttackParams::default(), &|_, _| ())?;
        write(&out.join("attack").join(format!("{number:03}")), &frames)?;
    }
    Ok(())
}

fn write(folder: &Path, frames: &[Vec<u8>]) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for (index, jpeg) in frames.iter().enumerate() {
        std::fs::write(folder.join(format!("{index:04}.jpg")), jpeg)?;
    }
    Ok(())
}

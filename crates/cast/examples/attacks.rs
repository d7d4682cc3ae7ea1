//! Writes visits of generated guests and attacks with their pictures as folders of JPEG frames, which replay and the
//! measurement of the spoof warning read: `attacks OUT_DIR [SLUGS]`.
//!
//! `OUT_DIR/live/<guest>/` is a visit, `OUT_DIR/attack/<guest>-<kind>/` an attack.

use std::error::Error;
use std::path::{Path, PathBuf};

use portico_cast::{Attack, AttackParams, ClipParams, cast, render_attack, render_clip};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let out = PathBuf::from(arguments.next().ok_or("usage: attacks OUT_DIR [SLUGS]")?);
    let wanted = arguments.next().unwrap_or_default();
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

fn write(folder: &Path, frames: &[Vec<u8>]) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for (index, jpeg) in frames.iter().enumerate() {
        std::fs::write(folder.join(format!("{index:04}.jpg")), jpeg)?;
    }
    Ok(())
}

//! Draws the pictures that the screens' tests show instead of a camera: `stills OUT_DIR`.
//!
//! The foyer without anybody, a guest who walks up, and the same guest on the mark, as `room.jpg`, `far.jpg` and
//! `near.jpg`.

use std::error::Error;
use std::path::PathBuf;

use portico_cast::{ClipParams, Pose, Studio, cast, pose_at};

/// Whose visit it is.
const GUEST: &str = "zhang-wei";
/// Seconds into the visit at which the guest is on the way, and on the mark with open eyes.
const MOMENTS: [(&str, f32); 2] = [("far", 0.7), ("near", 2.0)];
/// Enough for what is shown dimmed and behind words, and small in the repository.
const QUALITY: u8 = 75;

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(std::env::args().nth(1).ok_or("usage: stills OUT_DIR")?);
    std::fs::create_dir_all(&out)?;
    let params = ClipParams::default();
    let write = |name: &str, studio: &Studio, pose: Option<&Pose>| -> Result<(), Box<dyn Error>> {
        Ok(std::fs::write(out.join(format!("{name}.jpg")), studio.picture(pose, 1).jpeg(QUALITY)?)?)
    };
    write("room", &Studio::empty(params.light, params.camera), None)?;
    let guest = cast().into_iter().find(|guest| guest.slug() == GUEST).ok_or("the cast has changed")?;
    let studio = Studio::new(&guest, params.light, params.camera);
    for (name, seconds) in MOMENTS {
        let pose = pose_at(&guest, &params, seconds).ok_or("the visit is shorter now")?;
        write(name, &studio, Some(&pose))?;
    }
    Ok(())
}

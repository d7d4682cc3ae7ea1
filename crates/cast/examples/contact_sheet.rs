//! Draws the cast, for tuning looks by eye and with a recogniser: `contact_sheet OUT_DIR [LOOKS.toml]`.
//!
//! Writes every guest's portrait and a few poses as JPEG. Looks may be given in a TOML table by slug instead of those
//! that are built in; without one the built-in looks are written to `OUT_DIR/looks.toml` as a start.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::PathBuf;

use portico_cast::{Camera, Guest, Light, Look, Pose, Smoothing, cast, portrait, render};

/// Pose and light of each picture beside the portrait.
fn variants() -> [(&'static str, Pose, Light); 7] {
    let at =
        |yaw: f32, pitch: f32, roll: f32| Pose { yaw, pitch, roll, shoulders: yaw * 0.4, ..Pose::FRONTAL };
    [
        ("front", at(0.0, 0.0, 0.0), Light::FOYER),
        ("left", at(-20.0, 3.0, 2.0), Light::FOYER),
        ("right", at(20.0, -2.0, -3.0), Light::FROM_RIGHT),
        ("up", at(4.0, -10.0, 0.0), Light::EVENING),
        ("down", at(-5.0, 10.0, 0.0), Light::OVERCAST),
        ("evening", at(10.0, 2.0, 3.0), Light::EVENING),
        ("turned", at(-12.0, -6.0, 0.0), Light::FROM_RIGHT),
    ]
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let out = PathBuf::from(
        arguments.next().ok_or("usage: contact_sheet OUT_DIR [LOOKS.toml] [SLUGS] [portrait]")?,
    );
    std::fs::create_dir_all(&out)?;
    let mut guests = cast();
    if let Some(path) = arguments.next().filter(|path| path != "-") {
        let looks: BTreeMap<String, Look> = toml::from_str(&std::fs::read_to_string(path)?)?;
        guests =
            guests.into_iter().map(|g| looks.get(g.slug()).map_or(g, |look| g.with_look(*look))).collect();
    } else {
        let looks: BTreeMap<&str, &Look> = guests.iter().map(|guest| (guest.slug(), guest.look())).collect();
        std::fs::write(out.join("looks.toml"), toml::to_string(&looks)?)?;
    }
    let wanted = arguments.next().unwrap_or_default();
    let portraits_only = arguments.next().is_some();
    for guest in guests.iter().filter(|guest| wanted.is_empty() || wanted.contains(guest.slug())) {
        std::fs::write(out.join(format!("{}.portrait.jpg", guest.slug())), portrait(guest).jpeg(95)?)?;
        if !portraits_only {
            poses(guest, &out)?;
        }
    }
    Ok(())
}

fn poses(guest: &Guest, out: &std::path::Path) -> Result<(), Box<dyn Error>> {
    let camera = Camera { smoothing: Smoothing::Edges, ..Camera::KIOSK };
    for (name, pose, light) in variants() {
        let picture = render(guest, &pose, &light, &camera);
        std::fs::write(out.join(format!("{}.{name}.jpg", guest.slug())), picture.jpeg(95)?)?;
    }
    Ok(())
}

//! The real pipeline looks at visits of two guests and at pictures of them that are held up to the camera: what the spoof
//! warning says of each. What this does not prove is in `docs/spoof.md`.
//!
//! Needs the imported nets (`PORTICO_MODELS`, or `target/models`); says so and ends at once without them.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test's own helpers fail the test")]

use std::path::{Path, PathBuf};
use std::time::Duration;

use portico_cast::{Attack, AttackParams, ClipParams, Guest, attack_cache, cast, clip_cache};
use portico_types::{Frame, PixelFormat, SpoofSigns, Tick};
use portico_vision::{Models, VisionParams, Watcher, rehearse};

/// The kiosk's intent time.
const HELD: Duration = Duration::from_millis(600);

fn target() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target"))
}

fn watcher() -> Option<Watcher> {
    let folder = std::env::var_os("PORTICO_MODELS").map_or_else(|| target().join("models"), PathBuf::from);
    if !folder.join("index.toml").is_file() {
        eprintln!("skipped: no imported nets in {}", folder.display());
        return None;
    }
    Some(Watcher::new(Models::load(&folder).unwrap(), VisionParams::default()))
}

/// What a kiosk would say each time it looks for as long as a guest is held.
fn signs(watcher: &mut Watcher, clip: &Path) -> Vec<SpoofSigns> {
    watcher.reset();
    let bytes = std::fs::read(clip).unwrap();
    let mut starts: Vec<usize> =
        (0..bytes.len()).filter(|at| bytes[*at..].starts_with(&[0xff, 0xd8, 0xff])).collect();
    starts.push(bytes.len());
    let frames = starts.windows(2).enumerate().map(|(index, ends)| Frame {
        sequence: index as u64 + 1,
        captured_at: Tick::from_millis(index as u64 * 1000 / 15),
        width: 0,
        height: 0,
        format: PixelFormat::Jpeg,
        bytes: bytes[ends[0]..ends[1]].into(),
    });
    rehearse(watcher, frames, HELD).unwrap().iter().map(|sample| sample.spoof).collect()
}

fn visit(guest: &Guest) -> PathBuf {
    clip_cache(&target().join("cast"), guest, &ClipParams::default(), &|_, _| ()).unwrap()
}

fn attack(guest: &Guest, attack: Attack) -> PathBuf {
    attack_cache(&target().join("cast"), guest, attack, &AttackParams::default(), &|_, _| ()).unwrap()
}

#[test]
fn photographs_are_warned_of_and_guests_are_not() {
    let Some(mut watcher) = watcher() else { return };
    for guest in &cast()[..2] {
        let visited = signs(&mut watcher, &visit(guest));
        assert!(!visited.is_empty(), "{} is identified", guest.slug());
        assert!(visited.iter().all(|signs| !signs.warning), "{} is a guest: {visited:?}", guest.slug());
        let printed = signs(&mut watcher, &attack(guest, Attack::Print));
        assert!(printed.iter().any(|signs| signs.warning), "{} on paper: {printed:?}", guest.slug());
    }
}

#[test]
fn a_film_on_a_telephone_has_a_moving_head_in_it_and_passes_as_one() {
    let Some(mut watcher) = watcher() else { return };
    let played = signs(&mut watcher, &attack(&cast()[0], Attack::Phone));
    assert!(!played.is_empty(), "the film would be identified: only a challenge, or staff, can tell");
    assert!(played.iter().any(|signs| signs.planarity.is_none_or(|left| left > 0.5)), "{played:?}");
}

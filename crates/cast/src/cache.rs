//! Rendered clips on disk, under names that change whenever their content would.

use std::path::{Path, PathBuf};

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::attack::{Attack, AttackParams, render_attack};
use crate::cast::Guest;
use crate::clip::{ClipParams, empty_scene_clip, render_clip};
use crate::look::Look;

/// Part of every name: to be raised when the renderer draws differently for the same parameters.
const RENDERER: u32 = 2;

/// Why a clip could not be provided.
#[derive(Debug, thiserror::Error)]
pub enum CastError {
    /// The disk refused.
    #[error("cannot write {path}")]
    Disk {
        /// The file or directory.
        path: PathBuf,
        /// The reason.
        source: std::io::Error,
    },
    /// A frame could not be encoded: the camera's picture is larger than JPEG allows.
    #[error("cannot encode a frame")]
    Encoding(#[from] jpeg_encoder::EncodingError),
    /// The parameters cannot be written down, which the name of the file needs.
    #[error("cannot name the clip")]
    Naming(#[from] toml::ser::Error),
}

/// Everything that decides what a clip shows.
#[derive(Serialize)]
struct Key<'a, P> {
    renderer: u32,
    slug: &'a str,
    frames: usize,
    params: &'a P,
    look: Option<&'a Look>,
}

impl<P: Serialize> Key<'_, P> {
    fn file_name(&self) -> Result<String, toml::ser::Error> {
        let digest = Sha256::digest(toml::to_string(self)?.as_bytes());
        let key = digest.iter().take(8).fold(0u64, |key, byte| key << 8 | u64::from(*byte));
        Ok(format!("{}-{key:016x}.mjpeg", self.slug))
    }
}

/// The clip of a guest's visit in `dir` as concatenated JPEG frames; rendered unless it is there already.
pub fn clip_cache(
    dir: &Path,
    guest: &Guest,
    params: &ClipParams,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<PathBuf, CastError> {
    let key = Key {
        renderer: RENDERER,
        slug: guest.slug(),
        frames: params.frames(),
        params,
        look: Some(guest.look()),
    };
    cached(dir, &key, || Ok(render_clip(guest, params, progress)?))
}

/// The clip of an attack with a picture of a guest, in `dir`; rendered unless it is there already.
pub fn attack_cache(
    dir: &Path,
    guest: &Guest,
    attack: Attack,
    params: &AttackParams,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<PathBuf, CastError> {
    let slug = format!("{}-{}", guest.slug(), attack.name());
    let look = Some(guest.look());
    let key = Key { renderer: RENDERER, slug: &slug, frames: params.frames(), params, look };
    cached(dir, &key, || Ok(render_attack(guest, attack, params, progress)?))
}

/// The clip of the empty foyer, `count` frames long, in `dir`; rendered unless it is there already.
pub fn empty_clip_cache(
    dir: &Path,
    params: &ClipParams,
    count: usize,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<PathBuf, CastError> {
    let key = Key { renderer: RENDERER, slug: "empty", frames: count, params, look: None };
    cached(dir, &key, || Ok(empty_scene_clip(params, count, progress)?))
}

fn cached(
    dir: &Path,
    key: &Key<'_, impl Serialize>,
    render: impl FnOnce() -> Result<Vec<Vec<u8>>, CastError>,
) -> Result<PathBuf, CastError> {
    let path = dir.join(key.file_name()?);
    if path.is_file() {
        return Ok(path);
    }
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| CastError::Disk { path, source }
    };
    std::fs::create_dir_all(dir).map_err(failed(dir))?;
    // Written beside and renamed, so that a reader, or a second process, never sees half a clip.
    let part = path.with_extension(format!("part-{}", std::process::id()));
    std::fs::write(&part, render()?.concat()).map_err(failed(&part))?;
    std::fs::rename(&part, &path).map_err(failed(&path))?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::camera::Camera;
    use crate::cast::cast;

    fn quick() -> ClipParams {
        ClipParams {
            stay_s: 0.0,
            approach_s: 0.1,
            leave_s: 0.1,
            empty_s: 0.0,
            camera: Camera { width: 48, height: 36, focal_px: 60.0, ..Camera::KIOSK },
            ..ClipParams::default()
        }
    }

    #[test]
    fn a_clip_is_rendered_once_and_then_reused() {
        let dir = tempfile::tempdir().unwrap();
        let frames = AtomicUsize::new(0);
        let count = |_: usize, of: usize| {
            frames.fetch_add(1, Ordering::Relaxed);
            assert_eq!(of, quick().frames(), "progress tells how much there is to do");
        };
        let first = clip_cache(dir.path(), &cast()[0], &quick(), &count).unwrap();
        let second = clip_cache(dir.path(), &cast()[0], &quick(), &count).unwrap();
        assert_eq!(first, second, "the same guest and parameters have the same name");
        assert_eq!(frames.load(Ordering::Relaxed), quick().frames(), "the second call rendered nothing");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "no part of a file is left behind");
    }

    #[test]
    fn the_name_changes_with_guest_look_and_parameters() {
        let key = |guest: &Guest, params: &ClipParams| {
            let key = Key {
                renderer: RENDERER,
                slug: guest.slug(),
                frames: params.frames(),
                params,
                look: Some(guest.look()),
            };
            key.file_name().unwrap()
        };
        let guest = cast()[0];
        let mut look = *guest.look();
        look.nose.length += 0.01;
        let nearer = ClipParams { near_m: 0.7, ..quick() };
        let plain = key(&guest, &quick());
        assert_ne!(plain, key(&guest.with_look(look), &quick()), "another nose is another clip");
        assert_ne!(plain, key(&guest, &nearer), "another choreography is another clip");
        assert_ne!(plain, key(&cast()[1], &quick()), "another guest is another clip");
    }

    #[test]
    fn a_clip_is_jpeg_frames_one_after_the_other() {
        let dir = tempfile::tempdir().unwrap();
        let path = empty_clip_cache(dir.path(), &quick(), 3, &|_, _| ()).unwrap();
        let bytes = std::fs::read(path).unwrap();
        let starts = bytes.windows(3).filter(|w| *w == [0xff, 0xd8, 0xff]).count();
        assert_eq!(starts, 3, "every frame begins with a start-of-image marker");
        assert!(bytes.ends_with(&[0xff, 0xd9]), "and the last ends with an end-of-image marker");
    }

    #[test]
    fn an_unwritable_directory_is_reported_with_its_path() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        std::fs::write(&file, b"").unwrap();
        let error = clip_cache(&file.join("clips"), &cast()[0], &quick(), &|_, _| ()).unwrap_err();
        assert!(matches!(error, CastError::Disk { .. }), "{error}");
    }
}

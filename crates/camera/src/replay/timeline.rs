//! A playlist laid out in slots of one frame period each. Finds the pictures, keeps none of their bytes.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use portico_types::CameraFault;

use super::reader::cannot_read;
use super::{Gap, Item, Playlist};
use crate::{CameraError, jpeg};

const NANOS: u128 = 1_000_000_000;

/// Frames per second, as slots on a line of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rate(u32);

impl Rate {
    /// At least one frame per second.
    pub fn new(fps: u32) -> Self {
        Self(fps.max(1))
    }

    /// When slot `slot` begins, after the beginning of slot 0.
    pub fn due(self, slot: u64) -> Duration {
        Duration::from_nanos((u128::from(slot) * NANOS / u128::from(self.0)) as u64)
    }

    /// The last slot that has begun after `played`. Turns [`due`](Self::due) round, its rounding included.
    pub fn slot_at(self, played: Duration) -> u64 {
        (((played.as_nanos() + 1) * u128::from(self.0) - 1) / NANOS) as u64
    }
}

/// Where a picture is to be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Picture {
    /// The file.
    pub file: Arc<Path>,
    /// Its bytes in the file.
    pub range: Range<usize>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// What is shown in a slot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cue<'a> {
    /// The item's place in the playlist; `None` in a gap.
    pub item: Option<usize>,
    /// The picture.
    pub picture: &'a Picture,
}

/// All slots of a playlist; at least one.
pub(super) struct Timeline {
    rate: Rate,
    slots: Vec<(Option<usize>, Picture)>,
}

impl Timeline {
    /// Looks through all files.
    pub fn build(playlist: &Playlist, rate: Rate) -> Result<Self, CameraError> {
        let gap = playlist.gap.as_ref().map(|gap| gap_slots(gap, rate)).transpose()?.unwrap_or_default();
        let mut slots = Vec::new();
        for (place, item) in playlist.items.iter().enumerate() {
            slots.extend(item_pictures(item)?.into_iter().map(|picture| (Some(place), picture)));
            slots.extend(gap.iter().map(|picture| (None, picture.clone())));
        }
        if slots.is_empty() {
            return Err(CameraError::new(CameraFault::Ended, "the playlist is empty"));
        }
        Ok(Self { rate, slots })
    }

    /// Slots per second.
    pub fn rate(&self) -> Rate {
        self.rate
    }

    /// How many slots one repetition has.
    pub fn slots(&self) -> u64 {
        self.slots.len() as u64
    }

    /// What is shown in slot `slot`, counted over all repetitions.
    pub fn cue(&self, slot: u64) -> Cue<'_> {
        let (item, picture) = &self.slots[(slot % self.slots()) as usize];
        Cue { item: *item, picture }
    }
}

fn gap_slots(gap: &Gap, rate: Rate) -> Result<Vec<Picture>, CameraError> {
    let picture = pictures_of(&gap.picture)?.swap_remove(0);
    let slots = rate.slot_at(gap.lasts).max(1) as usize;
    Ok(vec![picture; slots])
}

fn item_pictures(item: &Item) -> Result<Vec<Picture>, CameraError> {
    match item {
        Item::Clip(file) => pictures_of(file),
        Item::Folder(folder) => folder_pictures(folder),
    }
}

fn folder_pictures(folder: &Path) -> Result<Vec<Picture>, CameraError> {
    let entries = fs::read_dir(folder).map_err(|error| cannot_read(folder, &error))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| is_jpeg_name(file));
    files.sort();
    let mut pictures = Vec::new();
    let mut torn = None;
    for file in files {
        match pictures_of(&file) {
            Ok(found) => pictures.extend(found),
            Err(error) => torn = Some(error),
        }
    }
    match torn {
        Some(error) if pictures.is_empty() => Err(error),
        None if pictures.is_empty() => {
            Err(CameraError::new(CameraFault::Ended, format!("{}: no pictures", folder.display())))
        }
        _ => Ok(pictures),
    }
}

fn is_jpeg_name(file: &Path) -> bool {
    file.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("jpg") || ending.eq_ignore_ascii_case("jpeg"))
}

/// The whole pictures of a file, at least one. Damaged ones are left out.
fn pictures_of(file: &Path) -> Result<Vec<Picture>, CameraError> {
    let bytes = fs::read(file).map_err(|error| cannot_read(file, &error))?;
    let contents = jpeg::split(&bytes);
    if contents.damaged > 0 || contents.pictures.is_empty() {
        tracing::warn!(file = %file.display(), damaged = contents.damaged, "a recording holds damaged pictures");
    }
    if contents.pictures.is_empty() {
        return Err(CameraError::new(CameraFault::Torn, format!("{}: no whole picture", file.display())));
    }
    let file: Arc<Path> = Arc::from(file);
    let picture =
        |jpeg::Picture { range, width, height }| Picture { file: Arc::clone(&file), range, width, height };
    Ok(contents.pictures.into_iter().map(picture).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slot_begins_when_its_time_has_come_and_not_a_nanosecond_before() {
        for fps in [1, 7, 15, 24, 30, 60, 144] {
            let rate = Rate::new(fps);
            for slot in 1..1000 {
                let due = rate.due(slot);
                assert_eq!(rate.slot_at(due), slot, "{fps} fps");
                let before = due.saturating_sub(Duration::from_nanos(1));
                assert_eq!(rate.slot_at(before), slot - 1, "{fps} fps");
            }
        }
    }

    #[test]
    fn a_rate_of_nothing_is_taken_as_one() {
        assert_eq!(Rate::new(0).due(3), Duration::from_secs(3));
    }
}

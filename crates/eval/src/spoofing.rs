//! The spoof warning: attacks that it misses (APCER) and people that it suspects (BPCER), as ISO/IEC 30107-3 names them.
//!
//! On single pictures of the labelled set, and on generated attacks and visits, which move as a kiosk sees them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result};
use portico_cast::{Attack, AttackParams, ClipParams, Guest, attack_cache, cast, clip_cache};
use portico_types::{Frame, PixelFormat, Tick};
use portico_vision::{VisionParams, Watcher, rehearse};
use serde::Serialize;

use crate::rate::Rate;
use crate::reader::{Reader, bar};
use crate::set::LabelledSet;

/// How long a kiosk watches a face before it identifies it: the session's intent time.
const HELD: Duration = Duration::from_millis(600);

/// Rates of the warning.
#[derive(Clone, Debug, Serialize)]
pub struct Spoofing {
    /// Single pictures of attacks without a warning; those in which a face is found.
    pub apcer: Rate,
    /// Single pictures of people with a warning.
    pub bpcer: Rate,
    /// Generated attacks without a warning, by kind; those that were identified at all.
    pub generated: Vec<GeneratedAttack>,
    /// Generated visits with a warning.
    pub generated_bpcer: Rate,
}

/// One kind of generated attack.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct GeneratedAttack {
    /// What was held up.
    pub kind: Attack,
    /// Without a warning.
    pub apcer: Rate,
}

impl Spoofing {
    /// Looks at the set's single pictures, and at the clips of `guests` generated guests, kept in `clips`.
    pub fn of(set: &LabelledSet, reader: &Reader<'_>, clips: &Path, guests: usize) -> Result<Self> {
        let warned = |name, pictures: &[PathBuf]| -> Result<Rate> {
            let looks = reader.read(name, pictures)?;
            let faces = pictures.iter().filter_map(|picture| looks.of(picture).face());
            Ok(Rate::counting(faces, |portrait| portrait.spoof.warning))
        };
        let (attacks, people) = (warned("attacks", &set.attacks)?, warned("people", &set.live)?);
        let cast = cast();
        let stage = Stage { reader, clips, guests: &cast[..guests.min(cast.len())] };
        Ok(Self {
            apcer: missed(attacks),
            bpcer: people,
            generated: stage.attacks()?,
            generated_bpcer: stage.visits()?,
        })
    }
}

/// Those without a warning, of those with one.
fn missed(warned: Rate) -> Rate {
    Rate { count: warned.of - warned.count, of: warned.of }
}

struct Stage<'a> {
    reader: &'a Reader<'a>,
    clips: &'a Path,
    guests: &'a [Guest],
}

impl Stage<'_> {
    fn attacks(&self) -> Result<Vec<GeneratedAttack>> {
        let params = AttackParams::default();
        let mut rates = Vec::new();
        for kind in Attack::ALL {
            let render = |guest: &Guest| {
                attack_cache(self.clips, guest, kind, &params, &|_, _| {})
                    .context("an attack cannot be rendered")
            };
            let warned = self.warned("generated attacks", params.frames_per_second, &render)?;
            rates.push(GeneratedAttack { kind, apcer: missed(warned) });
        }
        Ok(rates)
    }

    fn visits(&self) -> Result<Rate> {
        let params = ClipParams::default();
        let render = |guest: &Guest| {
            clip_cache(self.clips, guest, &params, &|_, _| {}).context("a visit cannot be rendered")
        };
        self.warned("generated visits", params.frames_per_second, &render)
    }

    /// Clips whose first sample, which a kiosk would identify with, carries a warning, of those that give one.
    fn warned(
        &self,
        name: &'static str,
        frames_per_second: u32,
        render: &dyn Fn(&Guest) -> Result<PathBuf>,
    ) -> Result<Rate> {
        let bar = bar(name, self.guests.len());
        let mut rate = Rate::default();
        for guest in self.guests {
            let clip = std::fs::read(render(guest)?)?;
            let models = (self.reader.models)()?;
            let mut watcher = Watcher::new(models, VisionParams::default());
            let samples = rehearse(&mut watcher, frames(&clip, frames_per_second), HELD)?;
            if let Some(first) = samples.first() {
                rate.count += usize::from(first.spoof.warning);
                rate.of += 1;
            }
            bar.inc(1);
        }
        bar.finish_and_clear();
        Ok(rate)
    }
}

/// The JPEG pictures that stand one after the other in `clip`.
fn frames(clip: &[u8], frames_per_second: u32) -> impl Iterator<Item = Frame> {
    const END: [u8; 2] = [0xFF, 0xD9];
    let mut rest = clip;
    (0_u64..).map_while(move |number| {
        let end = rest.windows(2).position(|pair| pair == END)? + 2;
        let (picture, after) = rest.split_at(end);
        rest = after;
        Some(Frame {
            sequence: number + 1,
            captured_at: Tick::from_millis(number * 1_000 / u64::from(frames_per_second.max(1))),
            width: 0,
            height: 0,
            format: PixelFormat::Jpeg,
            bytes: picture.into(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clip_is_cut_into_its_pictures_with_their_times() {
        let clip = [0xFF, 0xD8, 1, 0xFF, 0xD9, 0xFF, 0xD8, 2, 3, 0xFF, 0xD9];
        let cut: Vec<(u128, usize)> = frames(&clip, 10)
            .map(|frame| (frame.captured_at.since_start().as_millis(), frame.bytes.len()))
            .collect();
        assert_eq!(cut, [(0, 5), (100, 6)]);
    }
}

//! Deterministic stand-ins for what comes from outside.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use portico_server::{FaceReader, PictureError, Random, Reading};
use portico_types::{Clock, Embedding, ModelId, Quality, Tick, UtcMillis};

/// A clock that moves only when told.
#[derive(Debug)]
pub struct FakeClock(AtomicI64);

impl FakeClock {
    pub fn at(utc: UtcMillis) -> Self {
        Self(AtomicI64::new(utc.0))
    }

    pub fn advance(&self, by: Duration) {
        self.0.fetch_add(by.as_millis() as i64, Ordering::Relaxed);
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Tick {
        Tick::from_millis(self.0.load(Ordering::Relaxed) as u64)
    }

    fn utc(&self) -> UtcMillis {
        UtcMillis(self.0.load(Ordering::Relaxed))
    }
}

/// Bytes that look random, the same in every run with the same seed: splitmix64.
pub fn seeded_random(seed: u64) -> Random {
    let state = AtomicU64::new(seed);
    Random::new(move |bytes| {
        for chunk in bytes.chunks_mut(8) {
            let mut z = state.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed);
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            chunk.copy_from_slice(&(z ^ (z >> 31)).to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    })
}

/// Reads pictures that are a line of text: `face 0.6 0.8` is a face of that vector, `small 0.6 0.8` one too small,
/// `turned …` one turned away, `blurred …` one of no quality; `nobody` shows no face, `broken nets` and `panic` are
/// failures of the reader, and anything else is torn.
pub struct FakeReader(ModelId);

impl Default for FakeReader {
    fn default() -> Self {
        Self(ModelId("make-believe/1".into()))
    }
}

impl FaceReader for FakeReader {
    fn model(&self) -> &ModelId {
        &self.0
    }

    fn read(&mut self, picture: &[u8]) -> Result<Reading, PictureError> {
        let text = std::str::from_utf8(picture).unwrap_or_default();
        let mut words = text.split(' ');
        let good = Quality {
            score: 0.9,
            yaw_degrees: 0.0,
            pitch_degrees: 0.0,
            roll_degrees: 0.0,
            sharpness: 300.0,
            luma: 120.0,
            contrast: 50.0,
            evenness: 0.9,
            eyes_open: 0.3,
            symmetry: None,
            width_px: 160.0,
        };
        let quality = match words.next() {
            Some("face") => good,
            Some("small") => Quality { width_px: 41.0, ..good },
            Some("turned") => Quality { yaw_degrees: -60.0, ..good },
            Some("blurred") => Quality { score: 0.05, ..good },
            Some("nobody") => return Ok(Reading::NoFace),
            Some("broken") => return Err(PictureError::Failed("a net has the wrong shape".into())),
            Some("panic") => panic!("the reader fell over"),
            _ => return Err(PictureError::Refused("the picture is torn".into())),
        };
        let vector = words.map(|word| word.parse().unwrap()).collect();
        Ok(Reading::Face { embedding: Embedding::normalised(vector).unwrap(), quality })
    }
}

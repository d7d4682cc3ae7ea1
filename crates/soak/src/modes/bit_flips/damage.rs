//! What happens to the files of a kiosk: a bit turns, a page is garbled, a file loses its end.

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::Result;
use fastrand::Rng;

use crate::site::Place;

/// The files that hold what was promised: here bits turn as often as their sizes say.
const DATA: [&str; 2] = ["kiosk.db", "kiosk.db-wal"];
/// The files beside them, which are so small or so unimportant that chance would hardly find them or nothing else.
const BESIDE: [&str; 2] = ["kiosk.outline", "kiosk.ballast"];
/// One in so many bits turns there.
const BESIDE_EVERY: u64 = 20;
const PAGE_BYTES: usize = 4_096;

/// One damage to one file.
#[derive(Clone, Debug)]
pub struct Damage {
    file: &'static str,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    /// One bit of the byte at this place turns.
    Bit { at: usize, bit: u8 },
    /// A page that begins here is overwritten with noise.
    Garbled { at: usize, noise: Vec<u8> },
    /// Only so many bytes are left.
    Cut { length: usize },
}

impl Damage {
    /// A bit somewhere.
    pub fn bit(place: &Place, number: u64, rng: &mut Rng) -> Result<Self> {
        let (file, at) = if number % BESIDE_EVERY == BESIDE_EVERY - 1 {
            let file = BESIDE[rng.usize(..BESIDE.len())];
            (file, rng.usize(..length(place, file)?.max(1)))
        } else {
            somewhere(place, rng)?
        };
        Ok(Self { file, kind: Kind::Bit { at, bit: rng.u8(..8) } })
    }

    /// A page somewhere.
    pub fn page(place: &Place, rng: &mut Rng) -> Result<Self> {
        let (file, at) = somewhere(place, rng)?;
        let mut noise = vec![0; PAGE_BYTES];
        rng.fill(&mut noise);
        Ok(Self { file, kind: Kind::Garbled { at: at / PAGE_BYTES * PAGE_BYTES, noise } })
    }

    /// The end of a file.
    pub fn cut(place: &Place, rng: &mut Rng) -> Result<Self> {
        let (file, length) = somewhere(place, rng)?;
        Ok(Self { file, kind: Kind::Cut { length } })
    }

    /// Damages the file in `folder`.
    pub fn inflict(&self, folder: &Path) -> Result<()> {
        let path = folder.join(self.file);
        let mut bytes = fs::read(&path)?;
        match &self.kind {
            Kind::Bit { at, bit } => bytes[*at] ^= 1 << bit,
            Kind::Garbled { at, noise } => {
                let end = bytes.len().min(at + noise.len());
                bytes[*at..end].copy_from_slice(&noise[..end - at]);
            }
            Kind::Cut { length } => bytes.truncate(*length),
        }
        Ok(fs::write(path, bytes)?)
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Bit { at, bit } => write!(f, "bit {bit} of byte {at} of {}", self.file),
            Kind::Garbled { at, .. } => write!(f, "the page at {at} of {}", self.file),
            Kind::Cut { length } => write!(f, "{} cut to {length} bytes", self.file),
        }
    }
}

fn length(place: &Place, file: &str) -> Result<usize> {
    Ok(fs::metadata(place.folder.join(file))?.len() as usize)
}

/// A byte of the data, each as likely as any other.
fn somewhere(place: &Place, rng: &mut Rng) -> Result<(&'static str, usize)> {
    let database = length(place, DATA[0])?;
    let at = rng.usize(..database + length(place, DATA[1])?);
    Ok(if at < database { (DATA[0], at) } else { (DATA[1], at - database) })
}

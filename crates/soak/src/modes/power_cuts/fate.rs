//! What becomes of changes that were never synced when the power goes.

use std::ops::Range;

use fastrand::Rng;

/// What a disk writes at once or not at all, in bytes.
const SECTOR_BYTES: u64 = 512;

/// How this disk behaves at this cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weather {
    /// Nothing that was not synced has arrived.
    NothingArrived,
    /// Everything has.
    AllArrived,
    /// Each change has its own fate.
    Mixed,
}

impl Weather {
    /// Mixed for the most part.
    pub fn pick(rng: &mut Rng) -> Self {
        match rng.u8(0..6) {
            0 => Self::NothingArrived,
            1 => Self::AllArrived,
            _ => Self::Mixed,
        }
    }

    /// Whether a change of a name or a length has arrived.
    pub fn arrives(self, rng: &mut Rng) -> bool {
        match self {
            Self::NothingArrived => false,
            Self::AllArrived => true,
            Self::Mixed => rng.bool(),
        }
    }

    /// Which parts of a write of `length` bytes at `offset` have arrived, as ranges of its bytes: none, all, or some of
    /// its sectors.
    pub fn parts(self, offset: u64, length: usize, rng: &mut Rng) -> Vec<Range<usize>> {
        let whole = 0..length;
        match self {
            Self::NothingArrived => Vec::new(),
            Self::AllArrived => Vec::from([whole]),
            Self::Mixed => match rng.u8(0..10) {
                0..=3 => Vec::from([whole]),
                4..=6 => Vec::new(),
                _ => sectors(offset, length).into_iter().filter(|_| rng.bool()).collect(),
            },
        }
    }
}

/// The write cut where the disk's sectors end.
fn sectors(offset: u64, length: usize) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    while start < length {
        let into_sector = (offset + start as u64) % SECTOR_BYTES;
        let end = length.min(start + (SECTOR_BYTES - into_sector) as usize);
        parts.push(start..end);
        start = end;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_is_torn_where_sectors_end_wherever_it_begins() {
        assert_eq!(sectors(500, 600), [0..12, 12..524, 524..600]);
        assert_eq!(sectors(1_024, 512).len(), 1);
        assert_eq!(sectors(0, 0), Vec::<Range<usize>>::new());
    }

    #[test]
    fn a_mixed_disk_keeps_drops_and_tears() {
        let mut rng = Rng::with_seed(1);
        let fates: Vec<usize> = (0..200)
            .map(|_| Weather::Mixed.parts(0, 4_096, &mut rng).iter().map(ExactSizeIterator::len).sum())
            .collect();
        assert!(fates.contains(&0) && fates.contains(&4_096));
        assert!(fates.iter().any(|kept| (1..4_096).contains(kept) && kept % 512 == 0));
    }
}

//! The write-ahead log, read past a bad place.
//!
//! `SQLite` takes the first frame that does not add up for the end of the log and silently drops what comes after, which
//! is right after a power cut and wrong after damage. A power cut can only have torn the one transaction that was being
//! written, for each is synced before the next begins. So a bad frame is damage if frames of a later transaction stand
//! behind it, or if turning one single bit makes it whole: a torn frame is not that close to a whole one. What cannot
//! be told from a power cut: a log that was cut off between two transactions, and a last transaction that lost more
//! than one bit.

use super::cipher::PAGE_BYTES;

const HEADER_BYTES: usize = 32;
const FRAME_HEADER_BYTES: usize = 24;
const FRAME_BYTES: usize = FRAME_HEADER_BYTES + PAGE_BYTES;
/// The last bit of the magic number says that sums are over big-endian words.
const MAGIC: u32 = 0x377f_0682;
/// Two logs' salts differ in 16 bits on average; a difference this small is a damaged salt of the same log.
const SALT_BITS: u32 = 3;

/// One page in the log.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// Number of the page.
    pub page: u32,
    /// Where its bytes begin in the log.
    pub at: usize,
}

/// The log's present content: without what a finished round left behind, and without a transaction that never ended.
#[derive(Debug, Default)]
pub(super) struct Log {
    /// Oldest first.
    pub frames: Vec<Frame>,
    /// The database's size in pages after the last transaction.
    pub pages: Option<u32>,
    /// Whether `SQLite` would drop something that was committed.
    pub damaged: bool,
}

/// Reads the bytes of a log.
pub(super) fn read(bytes: &[u8]) -> Log {
    let Some(header) = bytes.get(..HEADER_BYTES) else { return Log::default() };
    let raw: Vec<Raw<'_>> =
        bytes[HEADER_BYTES..].chunks_exact(FRAME_BYTES).map(|frame| Raw { frame }).collect();
    let big_endian = word(header, 0) == MAGIC | 1;
    let header_sum = sum(&header[..24], (0, 0), big_endian);
    let stored_sum = (word(header, 24), word(header, 28));
    let header_whole = word(header, 0) | 1 == MAGIC | 1 && header_sum == stored_sum;
    let Some(first) = raw.first() else { return Log::default() };
    let salts = if header_whole { (word(header, 16), word(header, 20)) } else { first.salts() };
    let follows = |place: usize| {
        let seeds = match place.checked_sub(1) {
            Some(before) => vec![raw[before].stored_sum()],
            None => vec![stored_sum, header_sum],
        };
        raw[place].salts() == salts && seeds.into_iter().any(|seed| raw[place].sums_up(seed, big_endian))
    };
    let following: Vec<bool> = (0..raw.len()).map(follows).collect();
    let intact = if header_whole { following.iter().take_while(|whole| **whole).count() } else { 0 };
    let last_following = following.iter().rposition(|whole| *whole).map_or(0, |place| place + 1);
    let seed = intact.checked_sub(1).map_or(stored_sum, |before| raw[before].stored_sum());
    let one_bit_off =
        raw.get(intact).is_some_and(|frame| header_whole && frame.is_one_bit_off(salts, seed, big_endian));
    let damaged = one_bit_off
        || (last_following > intact && (!header_whole || holds_two_transactions(&raw[intact..], salts)));
    let end = if damaged { last_following.max(intact + usize::from(one_bit_off)) } else { intact };
    finished(&raw[..end], &following, damaged)
}

/// Whether `frames` go on behind the end of a transaction.
fn holds_two_transactions(frames: &[Raw<'_>], salts: (u32, u32)) -> bool {
    let of_this_log = |frame: &&Raw<'_>| near(frame.salts(), salts);
    let mut behind =
        frames.iter().skip_while(|frame| !(of_this_log(frame) && frame.pages_after() != 0)).skip(1);
    behind.any(|frame| of_this_log(&frame))
}

/// Leaves off what follows the last transaction's end. A bad frame may have been that end.
fn finished(raw: &[Raw<'_>], following: &[bool], damaged: bool) -> Log {
    let ends = |place: usize| raw[place].pages_after() != 0 || (damaged && !following[place]);
    let end = (0..raw.len()).rev().find(|place| ends(*place)).map_or(0, |place| place + 1);
    let frames = raw[..end].iter().enumerate().map(|(place, frame)| Frame {
        page: frame.page(),
        at: HEADER_BYTES + place * FRAME_BYTES + FRAME_HEADER_BYTES,
    });
    let pages = raw[..end].last().map(Raw::pages_after).filter(|pages| *pages != 0 && !damaged);
    Log { frames: frames.collect(), pages, damaged }
}

fn near(a: (u32, u32), b: (u32, u32)) -> bool {
    (a.0 ^ b.0).count_ones() + (a.1 ^ b.1).count_ones() <= SALT_BITS
}

struct Raw<'a> {
    frame: &'a [u8],
}

impl Raw<'_> {
    fn page(&self) -> u32 {
        word(self.frame, 0)
    }

    /// Size of the database after the transaction that this frame ends; 0 in the midst of one.
    fn pages_after(&self) -> u32 {
        word(self.frame, 4)
    }

    fn salts(&self) -> (u32, u32) {
        (word(self.frame, 8), word(self.frame, 12))
    }

    fn stored_sum(&self) -> (u32, u32) {
        (word(self.frame, 16), word(self.frame, 20))
    }

    /// Whether turning one bit makes this frame follow a frame whose sum is `seed`.
    fn is_one_bit_off(&self, salts: (u32, u32), seed: (u32, u32), big_endian: bool) -> bool {
        let (stored, whole) = (self.stored_sum(), self.sums_up(seed, big_endian));
        if self.salts() != salts {
            return whole && near(self.salts(), salts);
        }
        let head = sum(&self.frame[..8], seed, big_endian);
        let computed = sum(&self.frame[FRAME_HEADER_BYTES..], head, big_endian);
        if (stored.0 ^ computed.0).count_ones() + (stored.1 ^ computed.1).count_ones() == 1 {
            return true;
        }
        let off_by = (stored.0.wrapping_sub(computed.0), stored.1.wrapping_sub(computed.1));
        // What adding one to a word of a pair adds to the sum at the end: known from pair to pair, from the last one on.
        let (mut by_first, mut by_second) = ((1_u32, 1_u32), (0_u32, 1_u32));
        for pair in [&self.frame[..8], &self.frame[FRAME_HEADER_BYTES..]].concat().rchunks_exact(8) {
            if turns_into(word_of(pair, 0, big_endian), by_first, off_by)
                || turns_into(word_of(pair, 4, big_endian), by_second, off_by)
            {
                return true;
            }
            (by_first, by_second) = (one_pair_earlier(by_first), one_pair_earlier(by_second));
        }
        false
    }

    fn sums_up(&self, seed: (u32, u32), big_endian: bool) -> bool {
        let head = sum(&self.frame[..8], seed, big_endian);
        sum(&self.frame[FRAME_HEADER_BYTES..], head, big_endian) == self.stored_sum()
    }
}

fn word(bytes: &[u8], at: usize) -> u32 {
    bytes[at..at + 4].iter().fold(0, |word, byte| word << 8 | u32::from(*byte))
}

fn word_of(bytes: &[u8], at: usize, big_endian: bool) -> u32 {
    let word = word(bytes, at);
    if big_endian { word } else { word.swap_bytes() }
}

/// Whether turning one bit of `word` makes up for a sum that is `off_by`, if adding one to it adds `unit` to the sum.
fn turns_into(word: u32, unit: (u32, u32), off_by: (u32, u32)) -> bool {
    (0..32).any(|bit| {
        let step = 1_u32 << bit;
        let added = if word & step == 0 { step } else { step.wrapping_neg() };
        (unit.0.wrapping_mul(added), unit.1.wrapping_mul(added)) == off_by
    })
}

fn one_pair_earlier((first, second): (u32, u32)) -> (u32, u32) {
    let first = first.wrapping_add(second);
    (first, second.wrapping_add(first))
}

fn sum(bytes: &[u8], seed: (u32, u32), big_endian: bool) -> (u32, u32) {
    bytes.chunks_exact(8).fold(seed, |(mut first, mut second), pair| {
        first = first.wrapping_add(word_of(pair, 0, big_endian)).wrapping_add(second);
        second = second.wrapping_add(word_of(pair, 4, big_endian)).wrapping_add(first);
        (first, second)
    })
}

//! One page of a tree of rows, taken apart: its rows, and the pages below it.

use std::collections::BTreeSet;

use rusqlite::types::Value;

use super::cipher::USABLE_BYTES;
use super::image::Image;
use super::record::{decode, varint};

/// What a page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Signposts to rows found by number.
    NumberedInner,
    /// Rows found by number.
    NumberedLeaf,
    /// Rows found by their content, with pages below.
    SortedInner,
    /// Rows found by their content.
    SortedLeaf,
}

impl Kind {
    pub(super) const fn is_numbered(self) -> bool {
        matches!(self, Self::NumberedInner | Self::NumberedLeaf)
    }

    pub(super) const fn is_leaf(self) -> bool {
        matches!(self, Self::NumberedLeaf | Self::SortedLeaf)
    }
}

/// A row as it lies in a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    /// Its number, in tables whose rows have one.
    pub number: Option<i64>,
    /// Its values in the order of the columns.
    pub values: Vec<Value>,
}

/// A page taken apart.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Its rows.
    pub rows: Vec<Row>,
    /// The pages below it, in order.
    pub below: Vec<u32>,
    /// Rows that are known to have been here and do not read.
    pub unreadable_rows: u32,
    /// Pages that hold the rest of long rows.
    pub overflow: BTreeSet<u32>,
}

/// What this page is for, if it is part of a tree at all.
pub(super) fn kind(number: u32, page: &[u8]) -> Option<Kind> {
    match page[start(number)] {
        2 => Some(Kind::SortedInner),
        5 => Some(Kind::NumberedInner),
        10 => Some(Kind::SortedLeaf),
        13 => Some(Kind::NumberedLeaf),
        _ => None,
    }
}

/// Takes a page apart; nothing if its signposts lead out of it.
pub(super) fn take_apart(image: &Image, number: u32, page: &[u8], kind: Kind) -> Option<Parts> {
    let head = start(number);
    let cells = usize::from(u16_at(page, head + 3)?);
    let first = head + if kind.is_leaf() { 8 } else { 12 };
    let mut parts = Parts::default();
    for cell in 0..cells {
        let mut at = usize::from(u16_at(page, first + 2 * cell)?);
        if !kind.is_leaf() {
            parts.below.push(u32_at(page, at)?);
            at += 4;
        }
        if kind == Kind::NumberedInner {
            continue;
        }
        match row(image, page, at, kind, &mut parts.overflow) {
            Some(row) => parts.rows.push(row),
            None => parts.unreadable_rows += 1,
        }
    }
    if !kind.is_leaf() {
        parts.below.push(u32_at(page, head + 8)?);
    }
    Some(parts)
}

fn row(image: &Image, page: &[u8], at: usize, kind: Kind, overflow: &mut BTreeSet<u32>) -> Option<Row> {
    let (length, taken) = varint(page.get(at..)?)?;
    let mut at = at + taken;
    let mut number = None;
    if kind.is_numbered() {
        let (read, taken) = varint(page.get(at..)?)?;
        number = Some(read.cast_signed());
        at += taken;
    }
    let length = usize::try_from(length).ok()?;
    let here = bytes_here(length, kind);
    let mut payload = page.get(at..at + here)?.to_vec();
    if here < length {
        append_overflow(image, u32_at(page, at + here)?, length, &mut payload, overflow)?;
    }
    Some(Row { number, values: decode(&payload)? })
}

/// How much of a row lies in the page itself, by the rules of the file format.
fn bytes_here(length: usize, kind: Kind) -> usize {
    let most = if kind.is_numbered() { USABLE_BYTES - 35 } else { (USABLE_BYTES - 12) * 64 / 255 - 23 };
    if length <= most {
        return length;
    }
    let least = (USABLE_BYTES - 12) * 32 / 255 - 23;
    let even = least + (length - least) % (USABLE_BYTES - 4);
    if even <= most { even } else { least }
}

fn append_overflow(
    image: &Image,
    first: u32,
    length: usize,
    payload: &mut Vec<u8>,
    overflow: &mut BTreeSet<u32>,
) -> Option<()> {
    let mut next = first;
    while payload.len() < length {
        // A page that comes a second time would lead round in a circle.
        if !overflow.insert(next) {
            return None;
        }
        let page = image.page(next)?;
        let rest = (length - payload.len()).min(USABLE_BYTES - 4);
        payload.extend_from_slice(&page[4..4 + rest]);
        next = u32_at(&page, 0)?;
    }
    Some(())
}

/// The first page begins with the file's header.
const fn start(number: u32) -> usize {
    if number == 1 { 100 } else { 0 }
}

fn u16_at(page: &[u8], at: usize) -> Option<u16> {
    page.get(at..at + 2)?.try_into().ok().map(u16::from_be_bytes)
}

fn u32_at(page: &[u8], at: usize) -> Option<u32> {
    page.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes)
}

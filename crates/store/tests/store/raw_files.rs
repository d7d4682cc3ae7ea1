//! Reads the database's files as somebody with the key but without `SQLite` would: every page of the database and of the
//! write-ahead log, also those that no table leads to any more.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use aes::Aes256;
use cbc::Decryptor;
use cbc::cipher::{BlockDecryptMut, KeyIvInit};

use crate::support::{KEY, Place};

const PAGE: usize = 4096;
/// At the end of each page: the initialisation vector (16 bytes) and the seal (64 bytes).
const RESERVED: usize = 80;
/// In front of the first page, in the clear.
const SALT: usize = 16;
const LOG_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// A vector is looked for in pieces, for a page may hold part of it.
const PIECE: usize = 64;

fn decrypted(page: &[u8], is_first: bool) -> Vec<u8> {
    let from = if is_first { SALT } else { 0 };
    let vector = &page[PAGE - RESERVED..PAGE - RESERVED + 16];
    let mut cipher = Decryptor::<Aes256>::new(&KEY.into(), vector.into());
    let mut content = page[from..PAGE - RESERVED].to_vec();
    for block in content.chunks_exact_mut(16) {
        cipher.decrypt_block_mut(block.into());
    }
    content
}

/// The plain pages of the database file.
fn database_pages(path: &Path) -> Vec<Vec<u8>> {
    let bytes = std::fs::read(path).unwrap();
    bytes.chunks_exact(PAGE).enumerate().map(|(number, page)| decrypted(page, number == 0)).collect()
}

/// The plain pages of the write-ahead log, every frame that the file has.
fn log_pages(path: &Path) -> Vec<Vec<u8>> {
    let Ok(bytes) = std::fs::read(path) else { return Vec::new() };
    let frames = bytes.get(LOG_HEADER..).unwrap_or_default().chunks_exact(FRAME_HEADER + PAGE);
    let page = |frame: &[u8]| decrypted(&frame[FRAME_HEADER..], frame[..4] == 1_u32.to_be_bytes());
    frames.map(page).collect()
}

/// How many pieces of each of `needles` lie in the pages of the database and of its log.
pub fn pieces_found(place: &Place, needles: &[Vec<u8>]) -> Vec<(usize, usize)> {
    let log = place.directory.path().join("kiosk.db-wal");
    let in_database = pieces_in(&database_pages(&place.path()), needles);
    in_database.into_iter().zip(pieces_in(&log_pages(&log), needles)).collect()
}

fn pieces_in(pages: &[Vec<u8>], needles: &[Vec<u8>]) -> Vec<usize> {
    // By their first eight bytes, so that one walk over the pages finds all.
    let mut wanted = HashMap::new();
    for (number, needle) in needles.iter().enumerate() {
        for piece in needle.chunks_exact(PIECE) {
            wanted.insert(&piece[..8], (number, piece));
        }
    }
    let mut found = vec![HashSet::new(); needles.len()];
    for page in pages {
        for window in page.windows(PIECE) {
            if let Some((number, piece)) = wanted.get(&window[..8])
                && window == *piece
            {
                found[*number].insert(*piece);
            }
        }
    }
    found.iter().map(HashSet::len).collect()
}

#[test]
fn a_plain_page_begins_as_a_page_of_a_database_does() {
    let place = Place::new();
    let mut store = place.open();
    store.checkpoint().unwrap();
    drop(store);
    let first = &database_pages(&place.path())[0];
    // The page size is the first value behind the sixteen bytes that the salt hides.
    assert_eq!(first[..2], 4096_u16.to_be_bytes(), "or the searches below would find nothing at all");
}

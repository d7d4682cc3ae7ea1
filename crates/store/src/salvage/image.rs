//! A database file and its write-ahead log as a set of pages, some of which may be unreadable.

use std::collections::BTreeMap;

use super::cipher::{PAGE_BYTES, PageCipher, SALT_BYTES};
use super::files::{Files, read_or_nothing};
use super::log::{self, Frame, Log};
use super::outline::Outline;
use crate::{DatabaseKey, StoreError};

/// Where the first page says how many pages there are.
const COUNT_AT: usize = 28;
/// Where the first page says which version the schema has.
const VERSION_AT: usize = 60;

/// All pages of a damaged, or not yet trusted, database.
pub(super) struct Image {
    file: Vec<u8>,
    log_bytes: Vec<u8>,
    log: Log,
    /// For each page in the log, its places there, oldest first.
    versions: BTreeMap<u32, Vec<usize>>,
    cipher: PageCipher,
    /// Whether the file begins with the salt that its pages were sealed with.
    salt_whole: bool,
}

impl Image {
    /// Reads file and log; nothing if not a single page of them opens with this key.
    pub(super) fn load(files: &Files, key: &DatabaseKey) -> Result<Option<Self>, StoreError> {
        let file = read_or_nothing(&files.database)?;
        let log_bytes = read_or_nothing(&files.log())?;
        let log = log::read(&log_bytes);
        let mut versions: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for frame in &log.frames {
            versions.entry(frame.page).or_default().push(frame.at);
        }
        let of_file = file.first_chunk::<SALT_BYTES>().copied();
        let of_outline = Outline::load(files).map(|outline| outline.salt);
        let of_log = versions.get(&1).into_iter().flatten().rev();
        let of_log = of_log.filter_map(|at| log_bytes[*at..].first_chunk::<SALT_BYTES>().copied());
        for salt in of_file.into_iter().chain(of_outline).chain(of_log) {
            let cipher = PageCipher::new(key, &salt);
            let in_file = (1..).zip(file.chunks_exact(PAGE_BYTES));
            let in_log =
                log.frames.iter().map(|frame| (frame.page, &log_bytes[frame.at..frame.at + PAGE_BYTES]));
            if in_file.chain(in_log).any(|(number, page)| cipher.is_whole(number, page)) {
                let salt_whole = of_file == Some(salt);
                let mut image = Self { file, log_bytes, log, versions, cipher, salt_whole };
                image.drop_strange_log();
                return Ok(Some(image));
            }
        }
        Ok(None)
    }

    /// A log without a single page of this database is another database's, yet `SQLite` would play it back.
    fn drop_strange_log(&mut self) {
        let ours = |frame: &Frame| self.in_log(frame.page, frame.at).is_some();
        if self.log.frames.len() > 1 && !self.log.frames.iter().any(ours) {
            self.drop_log();
            self.log.damaged = true;
        }
    }

    /// Forgets the log: it belongs to an older state of this database.
    pub(super) fn drop_log(&mut self) {
        self.log = Log::default();
        self.versions.clear();
    }

    /// What `look` sees in the file alone.
    pub(super) fn without_log<T>(&mut self, look: impl FnOnce(&Self) -> T) -> T {
        let versions = std::mem::take(&mut self.versions);
        let seen = look(self);
        self.versions = versions;
        seen
    }

    pub(super) fn has_log(&self) -> bool {
        !self.log.frames.is_empty()
    }

    pub(super) fn log_is_damaged(&self) -> bool {
        self.log.damaged
    }

    pub(super) fn salt_is_whole(&self) -> bool {
        self.salt_whole
    }

    /// Number of the last page that file or log have room for.
    pub(super) fn last_page(&self) -> u32 {
        let in_file = self.file.len().div_ceil(PAGE_BYTES) as u32;
        self.versions.keys().copied().filter(|page| *page < 1 << 24).fold(in_file, u32::max)
    }

    /// Number of the last page in use, by the database's own count.
    fn counted_pages(&self) -> u32 {
        let by_header = || self.page(1).map(|page| number_at(&page, COUNT_AT)).filter(|count| *count > 0);
        self.log.pages.or_else(by_header).unwrap_or_else(|| self.last_page())
    }

    /// The schema version that the first page tells.
    pub(super) fn version(&self) -> Option<u32> {
        self.page(1).map(|page| number_at(&page, VERSION_AT))
    }

    /// A page as it was last written.
    pub(super) fn page(&self, number: u32) -> Option<Vec<u8>> {
        let newest = self.versions.get(&number).and_then(|places| places.last());
        match newest {
            Some(at) => self.in_log(number, *at),
            None => self.in_file(number),
        }
    }

    /// A page as it was before, if its last version is unreadable.
    pub(super) fn earlier_page(&self, number: u32) -> Option<Vec<u8>> {
        let (_, earlier) = self.versions.get(&number)?.split_last()?;
        let in_log = earlier.iter().rev().find_map(|at| self.in_log(number, *at));
        in_log.or_else(|| self.in_file(number))
    }

    /// How many pages in use do not read as they were written.
    pub(super) fn bad_pages(&self) -> u64 {
        let whole = |number: &u32| {
            let newest = self.versions.get(number).and_then(|places| places.last());
            let bytes = match newest {
                Some(at) => self.log_bytes.get(*at..*at + PAGE_BYTES),
                None => self.file.get(span(*number)),
            };
            bytes.is_some_and(|bytes| self.cipher.is_whole(*number, bytes))
        };
        (1..=self.counted_pages()).filter(|number| !whole(number)).count() as u64
    }

    fn in_file(&self, number: u32) -> Option<Vec<u8>> {
        self.file.get(span(number)).and_then(|page| self.cipher.open(number, page))
    }

    fn in_log(&self, number: u32, at: usize) -> Option<Vec<u8>> {
        self.log_bytes.get(at..at + PAGE_BYTES).and_then(|page| self.cipher.open(number, page))
    }
}

fn span(number: u32) -> std::ops::Range<usize> {
    let end = number as usize * PAGE_BYTES;
    end.saturating_sub(PAGE_BYTES)..end
}

fn number_at(page: &[u8], at: usize) -> u32 {
    page[at..at + 4].iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

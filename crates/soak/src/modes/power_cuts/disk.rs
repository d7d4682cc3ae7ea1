//! A disk after a power cut: which files it may have kept, and what is in them.
//!
//! What was synced is there. Of what was written to a file since its last sync, each write is kept, dropped or torn. A new,
//! changed or removed name is only sure once its folder was synced. Shared memory (`-shm`) never survives.
//! The promises are not of this disk: whoever was promised something remembers.

use std::collections::BTreeMap;

use fastrand::Rng;

use super::ACKS;
use super::fate::Weather;
use super::recording::{Act, Change};

/// Files by name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A file itself, whatever it is called.
type FileNumber = usize;

/// A change of names.
enum NameChange<'a> {
    Put(&'a str, FileNumber),
    Remove(&'a str),
    Move(&'a str, &'a str),
}

/// What happened, told by files and names.
#[derive(Default)]
struct History<'a> {
    /// What was written to each file, each with its place among all changes.
    content: Vec<Vec<(usize, &'a Act)>>,
    /// The place of each file's last sync.
    synced: Vec<Option<usize>>,
    /// Changes of names, each with its place and its folder.
    names: Vec<(usize, &'a str, NameChange<'a>)>,
    /// The place of each folder's last sync.
    folder_synced: BTreeMap<&'a str, usize>,
    /// What the names mean while the power is on.
    now: BTreeMap<&'a str, FileNumber>,
}

/// What a disk may hold if the power goes after `changes`.
pub fn after_a_cut(changes: &[Change], rng: &mut Rng) -> Files {
    let weather = Weather::pick(rng);
    let mut history = History::default();
    for (place, change) in changes.iter().enumerate() {
        if change.path != ACKS && !change.path.ends_with("-shm") {
            history.take(place, change);
        }
    }
    let names = history.names_after(weather, rng);
    let contents: Vec<Vec<u8>> =
        (0..history.content.len()).map(|file| history.content_after(file, weather, rng)).collect();
    names.into_iter().map(|(name, file)| (name.to_owned(), contents[file].clone())).collect()
}

impl<'a> History<'a> {
    fn take(&mut self, place: usize, change: &'a Change) {
        let path = change.path.as_str();
        match &change.act {
            Act::Create => {
                self.create(place, path);
            }
            Act::Write(..) | Act::Truncate(_) => {
                let file = self.now.get(path).copied().unwrap_or_else(|| self.create(place, path));
                self.content[file].push((place, &change.act));
            }
            Act::Sync => match self.now.get(path) {
                Some(file) => self.synced[*file] = Some(place),
                None => {
                    self.folder_synced.insert(path, place);
                }
            },
            Act::Unlink => {
                if self.now.remove(path).is_some() {
                    self.rename(place, path, NameChange::Remove(path));
                }
            }
            Act::Rename(new) => {
                if let Some(file) = self.now.remove(path) {
                    self.now.insert(new, file);
                    self.rename(place, path, NameChange::Move(path, new));
                }
            }
            Act::Link(new) => {
                if let Some(file) = self.now.get(path).copied() {
                    self.now.insert(new, file);
                    self.rename(place, new, NameChange::Put(new, file));
                }
            }
        }
    }

    fn create(&mut self, place: usize, path: &'a str) -> FileNumber {
        let file = self.content.len();
        self.content.push(Vec::new());
        self.synced.push(None);
        self.now.insert(path, file);
        self.rename(place, path, NameChange::Put(path, file));
        file
    }

    fn rename(&mut self, place: usize, path: &'a str, change: NameChange<'a>) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.names.push((place, folder, change));
    }

    /// The names that the disk has kept.
    fn names_after(&self, weather: Weather, rng: &mut Rng) -> BTreeMap<&'a str, FileNumber> {
        let mut names = BTreeMap::new();
        for (place, folder, change) in &self.names {
            let is_sure = self.folder_synced.get(folder).is_some_and(|synced| place < synced);
            if !is_sure && !weather.arrives(rng) {
                continue;
            }
            match change {
                NameChange::Put(name, file) => {
                    names.insert(*name, *file);
                }
                NameChange::Remove(name) => {
                    names.remove(name);
                }
                NameChange::Move(old, new) => {
                    if let Some(file) = names.remove(old) {
                        names.insert(*new, file);
                    }
                }
            }
        }
        names
    }

    /// What the disk has kept of a file's content.
    fn content_after(&self, file: FileNumber, weather: Weather, rng: &mut Rng) -> Vec<u8> {
        let mut content = Vec::new();
        for (place, act) in &self.content[file] {
            let is_sure = self.synced[file].is_some_and(|synced| *place < synced);
            match act {
                Act::Truncate(length) if is_sure || weather.arrives(rng) => {
                    content.resize(*length as usize, 0);
                }
                Act::Write(offset, bytes) if is_sure => put(&mut content, *offset as usize, bytes),
                Act::Write(offset, bytes) => {
                    for part in weather.parts(*offset, bytes.len(), rng) {
                        put(&mut content, *offset as usize + part.start, &bytes[part]);
                    }
                }
                _ => {}
            }
        }
        content
    }
}

fn put(content: &mut Vec<u8>, offset: usize, bytes: &[u8]) {
    if content.len() < offset + bytes.len() {
        content.resize(offset + bytes.len(), 0);
    }
    content[offset..offset + bytes.len()].copy_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn change(path: &str, act: Act) -> Change {
        Change { path: path.into(), act }
    }

    fn write(path: &str, offset: u64, byte: u8, length: usize) -> Change {
        change(path, Act::Write(offset, vec![byte; length]))
    }

    /// Everything that a disk may hold, over many cuts after the same changes.
    fn outcomes(changes: &[Change]) -> BTreeSet<Files> {
        (0..400).map(|seed| after_a_cut(changes, &mut Rng::with_seed(seed))).collect()
    }

    fn files(files: &[(&str, &[u8])]) -> Files {
        files.iter().map(|(name, content)| ((*name).to_owned(), content.to_vec())).collect()
    }

    #[test]
    fn what_was_synced_with_its_folder_is_always_there() {
        let changes =
            [change("a", Act::Create), write("a", 0, 7, 3), change("a", Act::Sync), change("", Act::Sync)];
        assert_eq!(outcomes(&changes), BTreeSet::from([files(&[("a", &[7; 3])])]));
    }

    #[test]
    fn a_write_that_was_not_synced_may_be_kept_lost_or_torn() {
        let changes = [change("a", Act::Create), change("", Act::Sync), write("a", 0, 7, 1_024)];
        let found = outcomes(&changes);
        assert!(found.contains(&files(&[("a", &[])])), "lost");
        assert!(found.contains(&files(&[("a", &[7; 1_024])])), "kept");
        assert!(found.contains(&files(&[("a", &[7; 512])])), "torn");
        assert!(found.contains(&files(&[("a", &[[0; 512], [7; 512]].concat())])), "torn the other way");
    }

    #[test]
    fn the_replayer_notices_when_a_sync_is_missing() {
        let start = [change("a", Act::Create), change("a", Act::Sync), change("", Act::Sync)];
        let promised = [&start[..], &[write("a", 0, 7, 8)]].concat();
        let synced = [&promised[..], &[change("a", Act::Sync)]].concat();
        let lost = |changes: &[Change]| outcomes(changes).iter().any(|files| files["a"] != [7; 8]);
        assert!(lost(&promised));
        assert!(!lost(&synced));
    }

    #[test]
    fn a_name_is_only_sure_once_its_folder_was_synced() {
        let removed = [change("a", Act::Create), change("", Act::Sync), change("a", Act::Unlink)];
        assert_eq!(outcomes(&removed), BTreeSet::from([files(&[]), files(&[("a", &[])])]));
        let sure = [&removed[..], &[change("", Act::Sync)]].concat();
        assert_eq!(outcomes(&sure), BTreeSet::from([files(&[])]));
    }

    #[test]
    fn a_removed_file_that_comes_back_has_its_old_content_not_the_new_files() {
        let changes = [
            write("a", 0, 1, 4),
            change("a", Act::Sync),
            change("", Act::Sync),
            change("a", Act::Unlink),
            change("a", Act::Create),
            write("a", 0, 2, 4),
            change("a", Act::Sync),
        ];
        let expected = [files(&[]), files(&[("a", &[1; 4])]), files(&[("a", &[2; 4])])];
        assert_eq!(outcomes(&changes), BTreeSet::from(expected));
    }

    #[test]
    fn a_link_leads_to_the_same_file_and_a_move_takes_it_along() {
        let changes = [
            write("draft", 0, 5, 2),
            change("draft", Act::Sync),
            change("draft", Act::Link("key".into())),
            change("draft", Act::Unlink),
            change("key", Act::Rename("final".into())),
            change("", Act::Sync),
        ];
        assert_eq!(outcomes(&changes), BTreeSet::from([files(&[("final", &[5; 2])])]));
    }

    #[test]
    fn shared_memory_and_promises_are_not_on_the_disk() {
        let changes = [write("a.db-shm", 0, 1, 8), write(ACKS, 0, 1, 8), change("", Act::Sync)];
        assert_eq!(outcomes(&changes), BTreeSet::from([files(&[])]));
    }
}

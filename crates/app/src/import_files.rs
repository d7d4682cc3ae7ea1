//! Files that staff can import: those in the kiosk's own folder for them, and those on whatever is plugged in.
//!
//! Staff choose from this list and from nothing else: a path that a screen sends is only taken if it is in the list.

use std::fs::{DirEntry, FileType};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use portico_types::UtcMillis;

use crate::contract::{ImportFile, ImportKind};

/// Where systems show sticks and cards, and how many folders deep their files lie below it.
const PLUGGED_IN: &[(&str, usize)] = if cfg!(target_os = "macos") {
    &[("/Volumes", 2)]
} else if cfg!(windows) {
    &[("D:\\", 1), ("E:\\", 1), ("F:\\", 1), ("G:\\", 1)]
} else {
    &[("/media", 3), ("/run/media", 3)]
};
/// Entries of folders that are looked at, so that a disk of a million files costs no minutes.
const MOST_ENTRIES: usize = 5_000;
/// Files that are offered, the newest first.
const MOST_FILES: usize = 100;

/// Where files are looked for.
#[derive(Clone, Debug)]
pub(crate) struct ImportFolders {
    own: PathBuf,
    plugged_in: Vec<(PathBuf, usize)>,
}

impl ImportFolders {
    /// The folder `import` in the kiosk's data folder, and what is plugged into this machine.
    pub(crate) fn of(data_dir: &Path) -> Self {
        let plugged_in = PLUGGED_IN.iter().map(|(path, depth)| (PathBuf::from(path), *depth)).collect();
        Self { own: data_dir.join("import"), plugged_in }
    }

    /// The kiosk's own folder.
    pub(crate) fn own(&self) -> &Path {
        &self.own
    }

    /// What can be imported, the newest first. Makes the kiosk's own folder, so that whoever is told of it finds it. Folders
    /// that cannot be read have nothing in them.
    pub(crate) fn list(&self) -> Vec<ImportFile> {
        if let Err(error) = std::fs::create_dir_all(&self.own) {
            tracing::warn!(%error, "the folder for imports cannot be made");
        }
        let mut search = Search { left: MOST_ENTRIES, found: Vec::new() };
        search.folder(&self.own, 1);
        for (path, depth) in &self.plugged_in {
            search.folder(path, *depth);
        }
        let mut found = search.found;
        found.sort_by(|one, other| {
            other.changed_at.cmp(&one.changed_at).then_with(|| one.path.cmp(&other.path))
        });
        found.truncate(MOST_FILES);
        found
    }

    /// Empties the kiosk's own folder: what lies there is about guests.
    pub(crate) fn clear(&self) -> std::io::Result<()> {
        match std::fs::remove_dir_all(&self.own) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// The file of this path, if it is one that can be imported.
    pub(crate) fn find(&self, path: &str) -> Option<ImportFile> {
        self.list().into_iter().find(|file| file.path == path)
    }
}

struct Search {
    left: usize,
    found: Vec<ImportFile>,
}

impl Search {
    fn folder(&mut self, path: &Path, depth: usize) {
        let Ok(entries) = std::fs::read_dir(path) else { return };
        for entry in entries.filter_map(Result::ok) {
            if self.left == 0 {
                return;
            }
            self.left -= 1;
            // Links are neither followed nor offered: they may lead anywhere.
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && depth > 1 => self.folder(&entry.path(), depth - 1),
                Ok(kind) => self.found.extend(offered(&entry, kind)),
                Err(_) => {}
            }
        }
    }
}

fn offered(entry: &DirEntry, kind: FileType) -> Option<ImportFile> {
    let path = entry.path();
    let name = path.file_name()?.to_str()?.to_owned();
    if !kind.is_file() || name.starts_with(['.', '~']) {
        return None;
    }
    let kind = match path.extension()?.to_str()?.to_lowercase().as_str() {
        "csv" | "tsv" | "txt" | "xlsx" => ImportKind::Roster,
        "zip" => ImportKind::Faces,
        _ => return None,
    };
    let about = entry.metadata().ok()?;
    let changed = about.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(ImportFile {
        kind,
        folder: path.parent()?.to_str()?.to_owned(),
        path: path.to_str()?.to_owned(),
        name,
        bytes: about.len(),
        changed_at: UtcMillis(i64::try_from(changed.as_millis()).ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folders(own: &Path, stick: &Path, depth: usize) -> ImportFolders {
        ImportFolders { own: own.to_owned(), plugged_in: vec![(stick.to_owned(), depth)] }
    }

    fn names(folders: &ImportFolders) -> Vec<String> {
        let mut names: Vec<String> = folders.list().into_iter().map(|file| file.name).collect();
        names.sort();
        names
    }

    #[test]
    fn offers_lists_and_archives_from_both_places_and_nothing_else() {
        let (own, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::fs::create_dir_all(stick.path().join("STICK/deep/deeper")).unwrap();
        for file in ["guests.csv", "GUESTS.XLSX", "notes.pdf", ".hidden.csv", "~$open.xlsx"] {
            std::fs::write(own.path().join(file), "x").unwrap();
        }
        for file in ["STICK/faces.zip", "STICK/deep/far.csv", "STICK/deep/deeper/too-far.csv"] {
            std::fs::write(stick.path().join(file), "x").unwrap();
        }
        std::fs::create_dir(own.path().join("folder.csv")).unwrap();
        let folders = folders(own.path(), stick.path(), 3);
        assert_eq!(names(&folders), ["GUESTS.XLSX", "faces.zip", "far.csv", "guests.csv"]);
        let zip = folders.list().into_iter().find(|file| file.name == "faces.zip").unwrap();
        assert_eq!((zip.kind, zip.bytes), (ImportKind::Faces, 1));
    }

    #[test]
    fn makes_its_own_folder_and_bears_that_nothing_is_plugged_in() {
        let data = tempfile::tempdir().unwrap();
        let folders = folders(&data.path().join("import"), &data.path().join("no stick"), 2);
        assert!(folders.list().is_empty());
        assert!(folders.own().is_dir());
    }

    #[test]
    fn clearing_leaves_nothing_of_its_own_and_everything_of_others() {
        let (data, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let folders = folders(&data.path().join("import"), stick.path(), 1);
        assert!(folders.clear().is_ok(), "there may be nothing yet");
        assert!(folders.list().is_empty());
        std::fs::write(folders.own().join("guests.csv"), "x").unwrap();
        std::fs::write(stick.path().join("guests.csv"), "x").unwrap();
        folders.clear().unwrap();
        assert!(!folders.own().exists());
        assert_eq!(folders.list().len(), 1, "the stick is its owner's");
    }

    #[test]
    fn takes_no_path_but_one_of_the_list() {
        let (own, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::fs::write(own.path().join("guests.csv"), "x").unwrap();
        std::fs::write(elsewhere.path().join("secret.csv"), "x").unwrap();
        let folders = folders(own.path(), &own.path().join("no stick"), 1);
        assert!(folders.find(own.path().join("guests.csv").to_str().unwrap()).is_some());
        let outside = elsewhere.path().join("secret.csv");
        let roundabout = own.path().join("..").join(elsewhere.path().file_name().unwrap()).join("secret.csv");
        assert!(outside.exists() && roundabout.exists());
        for path in [outside, roundabout] {
            assert!(folders.find(path.to_str().unwrap()).is_none());
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_neither_followed_nor_offered() {
        let (own, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::fs::write(elsewhere.path().join("secret.csv"), "x").unwrap();
        std::os::unix::fs::symlink(elsewhere.path().join("secret.csv"), own.path().join("link.csv")).unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), own.path().join("folder")).unwrap();
        let folders = folders(own.path(), own.path(), 3);
        assert!(folders.list().is_empty());
    }
}

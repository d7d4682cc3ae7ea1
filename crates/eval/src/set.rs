//! A folder of labelled pictures: who is on which, what is searched for what, and how many faces there are.
//!
//! `gallery/<identity>/` holds what is enrolled, `protocol.csv` every search (`query, expected_identity or NONE`),
//! `manifest.csv` counts of faces, `nonface/` pictures without any, `spoof/live` and `spoof/attack` what they say.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

/// The word of `protocol.csv` for people who are not enrolled.
const NOBODY: &str = "NONE";

/// Where a picture comes from, as the part of its file name before the last `__` says. Rates differ much between sources.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source(pub String);

impl Source {
    /// The source of `file`; `unknown` where the name does not say.
    fn of(file: &Path) -> Self {
        let name = file.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        let before = name.rsplit_once("__").map_or("unknown", |(before, _)| before);
        Self(before.rsplit_once("__").map_or(before, |(_, source)| source).to_owned())
    }
}

/// One search.
#[derive(Clone, Debug)]
pub struct Query {
    /// The picture, relative to the folder.
    pub picture: PathBuf,
    /// Who it is; `None` for somebody who is not enrolled.
    pub expected: Option<String>,
    /// Where the picture comes from.
    pub source: Source,
}

/// A picture with a known number of faces.
#[derive(Clone, Debug)]
pub struct Annotated {
    /// The picture, relative to the folder.
    pub picture: PathBuf,
    /// How many faces people counted.
    pub faces: usize,
}

/// All that the folder says.
#[derive(Debug)]
pub struct LabelledSet {
    /// The folder.
    pub root: PathBuf,
    /// Enrolment pictures by identity.
    pub gallery: BTreeMap<String, Vec<PathBuf>>,
    /// Every search.
    pub queries: Vec<Query>,
    /// Pictures whose faces were counted.
    pub annotated: Vec<Annotated>,
    /// Pictures without a face.
    pub without_face: Vec<PathBuf>,
    /// Pictures of people before the camera.
    pub live: Vec<PathBuf>,
    /// Pictures of pictures before the camera.
    pub attacks: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct ProtocolRow {
    query: PathBuf,
    expected_identity: String,
}

#[derive(Deserialize)]
struct ManifestRow {
    file: PathBuf,
    role: String,
    n_faces: String,
}

impl LabelledSet {
    /// Reads the labels of `root`. Folders and the manifest may be missing; the protocol and the gallery may not.
    pub fn read(root: &Path) -> Result<Self> {
        let gallery = identities(root, "gallery")?;
        let queries = protocol(&root.join("protocol.csv"))?;
        ensure!(!gallery.is_empty(), "{} has no pictures in gallery/<identity>/", root.display());
        ensure!(!queries.is_empty(), "{} has no searches in protocol.csv", root.display());
        Ok(Self {
            root: root.to_owned(),
            gallery,
            queries,
            annotated: annotated(&root.join("manifest.csv"))?,
            without_face: files(root, Path::new("nonface")),
            live: files(root, Path::new("spoof/live")),
            attacks: files(root, Path::new("spoof/attack")),
        })
    }

    /// Every picture that recognition looks at, each once.
    pub fn faces(&self) -> Vec<PathBuf> {
        let enrolled = self.gallery.values().flatten();
        let mut all: Vec<PathBuf> =
            enrolled.chain(self.queries.iter().map(|query| &query.picture)).cloned().collect();
        all.sort();
        all.dedup();
        all
    }
}

fn identities(root: &Path, folder: &str) -> Result<BTreeMap<String, Vec<PathBuf>>> {
    let path = root.join(folder);
    let entries = std::fs::read_dir(&path)
        .with_context(|| format!("{} cannot be read; name a folder of labelled pictures", path.display()))?;
    let mut found = BTreeMap::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let pictures = files(root, &Path::new(folder).join(&name));
        if !pictures.is_empty() {
            found.insert(name, pictures);
        }
    }
    Ok(found)
}

/// The files directly in `folder`, relative to `root`, in the order of their names; none if there is no such folder.
fn files(root: &Path, folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(root.join(folder)) else { return Vec::new() };
    let names = entries.flatten().filter(|entry| entry.path().is_file()).map(|entry| entry.file_name());
    let mut found: Vec<PathBuf> = names.map(|name| folder.join(name)).collect();
    found.sort();
    found
}

fn protocol(path: &Path) -> Result<Vec<Query>> {
    let rows: Vec<ProtocolRow> = rows(path)?;
    let query = |row: ProtocolRow| Query {
        source: Source::of(&row.query),
        expected: (row.expected_identity != NOBODY).then_some(row.expected_identity),
        picture: row.query,
    };
    Ok(rows.into_iter().map(query).collect())
}

fn annotated(manifest: &Path) -> Result<Vec<Annotated>> {
    if !manifest.is_file() {
        return Ok(Vec::new());
    }
    let rows: Vec<ManifestRow> = rows(manifest)?;
    let counted = rows.into_iter().filter(|row| row.role == "detect").filter_map(|row| {
        let faces = row.n_faces.trim().parse().ok()?;
        Some(Annotated { picture: row.file, faces })
    });
    Ok(counted.collect())
}

fn rows<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let mut reader =
        csv::Reader::from_path(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let rows: Result<Vec<T>, csv::Error> = reader.deserialize().collect();
    rows.with_context(|| format!("{} does not have the columns of a labelled set", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_is_the_part_of_the_name_before_the_last_double_underscore() {
        assert_eq!(Source::of(Path::new("probe/ada/lfw__Ada_0001.jpg")).0, "lfw");
        assert_eq!(Source::of(Path::new("distractors/bo_li__lfw__Bo_Li_0001.jpg")).0, "lfw");
        assert_eq!(Source::of(Path::new("probe/ada/portrait.jpg")).0, "unknown");
    }
}

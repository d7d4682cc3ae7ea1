//! Importing the models of a manifest into a directory.

use std::path::Path;

use super::index::{FILE_NAME, Imported, Index, Origin, Usage, file_name};
use super::manifest::{Entry, Format, Manifest, SourceFile};
use super::{ModelsError, sha256};
use crate::file;
use crate::graph::Graph;
use crate::import::{ImportError, Source, import};

/// Imports every model of the manifest that is not imported yet, or whose imported file, source or importer has
/// changed. `progress` hears of each model (its name, how many are done, how many there are) and of the end.
pub fn prepare(
    manifest: &Path,
    node_modules: &Path,
    directory: &Path,
    progress: &mut dyn FnMut(&str, usize, usize),
) -> Result<(), ModelsError> {
    let models = Manifest::read(manifest)?.models;
    create(directory)?;
    // A missing or damaged index only means that everything is imported anew.
    let before = Index::read(directory).unwrap_or_default();
    let mut after = Index::default();
    for (done, entry) in models.iter().enumerate() {
        progress(&entry.name, done, models.len());
        let current = before.get(&entry.name).filter(|imported| is_current(directory, entry, imported));
        after.models.push(match current {
            Some(imported) => Imported { usage: Usage::of(entry), ..imported.clone() },
            None => import_one(entry, node_modules, directory)?,
        });
    }
    if after != before {
        write_index(directory, &after)?;
    }
    progress("", models.len(), models.len());
    Ok(())
}

fn is_current(directory: &Path, entry: &Entry, imported: &Imported) -> bool {
    imported.origin == Origin::of(entry)
        && std::fs::read(directory.join(file_name(&entry.name)))
            .is_ok_and(|bytes| sha256(&bytes) == imported.sha256)
}

fn import_one(entry: &Entry, node_modules: &Path, directory: &Path) -> Result<Imported, ModelsError> {
    let package = node_modules.join(&entry.package);
    let sources =
        entry.files.iter().map(|file| read_source(&package, file)).collect::<Result<Vec<_>, _>>()?;
    let failed = |reason: ImportError| ModelsError::Import { name: entry.name.clone(), reason };
    let graph = translate(entry, &sources).map_err(failed)?;
    let bytes = file::write(&graph).map_err(|error| failed(ImportError::Weights(error.to_string())))?;
    write(&directory.join(file_name(&entry.name)), &bytes)?;
    Ok(Imported {
        name: entry.name.clone(),
        sha256: sha256(&bytes),
        origin: Origin::of(entry),
        usage: Usage::of(entry),
    })
}

fn read_source(package: &Path, file: &SourceFile) -> Result<Vec<u8>, ModelsError> {
    let path = package.join(&file.path);
    let refused = |reason: String| ModelsError::Source { path: path.clone(), reason };
    let bytes = std::fs::read(&path).map_err(|error| refused(error.to_string()))?;
    let found = sha256(&bytes);
    if found == file.sha256 {
        return Ok(bytes);
    }
    Err(refused(format!("its SHA-256 is {found}, not {}", file.sha256)))
}

fn translate(entry: &Entry, sources: &[Vec<u8>]) -> Result<Graph, ImportError> {
    let source = match (entry.format, sources) {
        (Format::TfLite, [bytes]) => Source::TfLite(bytes),
        (Format::TfJs, [json, weights]) => Source::TfJs { json, weights },
        (Format::FaceApi, [manifest, weights]) => Source::FaceApi { manifest, weights },
        _ => return Err(ImportError::Weights("the manifest names too few or too many files".to_owned())),
    };
    let graph = import(source, entry.repair)?;
    let shape = [graph.input.height, graph.input.width, graph.input.channels];
    if shape == entry.input {
        return Ok(graph);
    }
    Err(ImportError::Weights(format!("the input is {shape:?}, the manifest says {:?}", entry.input)))
}

fn write_index(directory: &Path, index: &Index) -> Result<(), ModelsError> {
    let path = directory.join(FILE_NAME);
    let text = toml::to_string(index)
        .map_err(|error| ModelsError::Write { path: path.clone(), reason: std::io::Error::other(error) })?;
    write(&path, text.as_bytes())
}

fn create(directory: &Path) -> Result<(), ModelsError> {
    std::fs::create_dir_all(directory)
        .map_err(|reason| ModelsError::Write { path: directory.to_owned(), reason })
}

/// Writes beside and renames, so that a file is whole or not there.
fn write(path: &Path, bytes: &[u8]) -> Result<(), ModelsError> {
    let beside = path.with_extension("part");
    std::fs::write(&beside, bytes)
        .and_then(|()| std::fs::rename(&beside, path))
        .map_err(|reason| ModelsError::Write { path: path.to_owned(), reason })
}

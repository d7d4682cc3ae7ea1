//! An operator's own recogniser: any ONNX file, described by an entry (a TOML file) that the operator writes.
//!
//! Everything that the entry claims is checked before the first face: the file's SHA-256, the shape of its input, the
//! number and the sanity of what comes out.

use std::path::{Path, PathBuf};

use portico_inference::engine::{self, Engine, Layout};
use portico_inference::models::{Normalisation, sha256};
use portico_types::ModelId;
use serde::Deserialize;

use super::entry::{Alignment, ChannelOrder, Metric};
use super::{OwnFault, OwnRecogniserError, Preparation, Recogniser, RecogniserFault};

/// Vectors count as of one length if the lengths of the trial differ by less than this share of the longest. Nets
/// that end with a normalisation are within rounding, 1e-6; those that do not differ by tens of percent.
const SAME_LENGTH: f32 = 1e-3;
/// Largest side of a picture that a recogniser may take, in pixels: four times the usual 112.
const LARGEST_SIDE: usize = 448;

/// The entry. Every key is needed but those with a default.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// Names the vectors. Another file, preparation or metric needs another id.
    id: String,
    /// The ONNX file, relative to the entry.
    file: PathBuf,
    /// SHA-256 of the file in hexadecimal.
    sha256: String,
    /// Rows, columns, channels.
    input: [usize; 3],
    layout: Layout,
    #[serde(default)]
    channels: ChannelOrder,
    normalisation: Normalisation,
    alignment: Alignment,
    dimension: usize,
    #[serde(default)]
    metric: Metric,
    mirrored: bool,
    /// Library of ONNX Runtime, relative to the entry; without it the built-in engine runs the net.
    onnx_runtime: Option<PathBuf>,
}

impl Recogniser {
    /// Loads the net that `path` names: an entry, or an ONNX file whose entry (the same name, ending in `toml`) lies
    /// beside it or in `models`.
    pub fn own(path: &Path, models: &Path) -> Result<Self, OwnRecogniserError> {
        let entry_path = find_entry(path, models)?;
        let at_entry = |fault: OwnFault| OwnRecogniserError { path: entry_path.clone(), fault };
        let entry = Entry::read(&entry_path).map_err(at_entry)?;
        let preparation = entry.preparation().map_err(|reason| at_entry(OwnFault::Entry(reason)))?;
        let folder = entry_path.parent().unwrap_or(Path::new("."));
        let named_directly = path != entry_path && path.file_name() == entry.file.file_name();
        let file = if named_directly { path.to_owned() } else { folder.join(&entry.file) };
        let at_file = |fault: OwnFault| OwnRecogniserError { path: file.clone(), fault };
        entry.load(&file, folder, preparation).map_err(at_file)
    }
}

fn find_entry(path: &Path, models: &Path) -> Result<PathBuf, OwnRecogniserError> {
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml")) {
        return Ok(path.to_owned());
    }
    let beside = path.with_extension("toml");
    let among_models = models.join(beside.file_name().unwrap_or_default());
    let candidates = [beside, among_models];
    candidates.iter().find(|candidate| candidate.is_file()).cloned().ok_or_else(|| OwnRecogniserError {
        path: path.to_owned(),
        fault: OwnFault::NoEntry { looked_for: candidates.map(|path| path.display().to_string()).to_vec() },
    })
}

impl Entry {
    fn read(path: &Path) -> Result<Self, OwnFault> {
        let text = std::fs::read_to_string(path).map_err(|error| OwnFault::Unreadable(error.to_string()))?;
        toml::from_str(&text).map_err(|error| OwnFault::Entry(error.to_string().trim_end().to_owned()))
    }

    fn preparation(&self) -> Result<Preparation, String> {
        let [height, width, channels] = self.input;
        if height != width || channels != 3 || !(1..=LARGEST_SIDE).contains(&height) {
            return Err(format!("`input` must be a square of three channels, at most {LARGEST_SIDE} pixels"));
        }
        if self.id.trim().is_empty() {
            return Err("`id` must not be empty".to_owned());
        }
        if !self.normalisation.is_usable() {
            return Err("`normalisation` divides by zero".to_owned());
        }
        Ok(Preparation {
            template: self.alignment.template(height)?,
            channels: self.channels,
            normalisation: self.normalisation,
            mirrored: self.mirrored,
            dimension: self.dimension,
        })
    }

    fn load(self, file: &Path, folder: &Path, preparation: Preparation) -> Result<Recogniser, OwnFault> {
        let bytes = std::fs::read(file).map_err(|error| OwnFault::Unreadable(error.to_string()))?;
        let found = sha256(&bytes);
        if !found.eq_ignore_ascii_case(&self.sha256) {
            return Err(OwnFault::Hash { expected: self.sha256, found });
        }
        let engine = match self.onnx_runtime {
            Some(library) => Engine::onnx_runtime(&folder.join(library))?,
            None => Engine::Portable,
        };
        let net = engine::load(bytes, self.input, self.layout, &engine)?;
        let mut recogniser = Recogniser::new(net, preparation, ModelId(self.id))?;
        if self.metric == Metric::Euclidean {
            check_lengths(&mut recogniser)?;
        }
        Ok(recogniser)
    }
}

/// Refuses a net whose vectors have many lengths, on a few pictures without a face.
fn check_lengths(recogniser: &mut Recogniser) -> Result<(), RecogniserFault> {
    let (mut shortest, mut longest) = (f32::INFINITY, 0.0_f32);
    for part in &mut recogniser.parts {
        for tone in [0_usize, 1, 3] {
            for (index, value) in part.input.iter_mut().enumerate() {
                *value = (index * tone % 256) as f32 / 128.0 - 1.0;
            }
            let outputs = part.net.run(&part.input)?;
            let length = outputs[part.output].iter().map(|value| value * value).sum::<f32>().sqrt();
            (shortest, longest) = (shortest.min(length), longest.max(length));
        }
    }
    if longest - shortest <= SAME_LENGTH * longest {
        return Ok(());
    }
    Err(RecogniserFault::Lengths { shortest, longest })
}

//! The whole chain against labelled pictures of people: a wrong crop, channel order or alignment shows here at once.
//!
//! Needs the imported models and the labelled set, neither of which the repository holds; says so and passes without.

#![expect(clippy::expect_used, reason = "a test stops at what cannot be")]

use std::path::{Path, PathBuf};

use portico_types::Embedding;
use portico_vision::{Examiner, Finding, Models, VisionParams};

/// Every how many-th identity is taken.
const STRIDE: usize = 4;

/// The published operating point of the recogniser: false match rate 1e-4.
const THRESHOLD: f32 = 0.532;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn directory(variable: &str, default: &str) -> PathBuf {
    std::env::var_os(variable).map_or_else(|| workspace().join(default), PathBuf::from)
}

/// `None` if no models were imported. Models that are there must load.
fn examiner() -> Option<Examiner> {
    let models = directory("PORTICO_MODELS", "target/models");
    let loaded = || Models::load(&models).expect("imported models must load");
    models.is_dir().then(|| Examiner::new(loaded(), VisionParams::default()))
}

/// The entries of a directory, in the order of their names.
fn entries(directory: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(directory) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths
}

/// The first picture of a person, if it is of a kind that the examiner reads.
fn picture(person: &Path) -> Option<Vec<u8>> {
    let readable = |path: &PathBuf| path.extension().is_some_and(|kind| kind != "pgm" && kind != "gif");
    std::fs::read(entries(person).into_iter().find(readable)?).ok()
}

fn embed(examiner: &mut Examiner, picture: &[u8]) -> Option<Embedding> {
    match examiner.examine(picture).expect("the set holds no damaged pictures") {
        Finding::Face(portrait) => Some(portrait.embedding),
        Finding::NoFace => None,
    }
}

/// Two pictures each of the same people: enrolled, and at the door.
fn pictures(faces: &Path) -> Vec<(Vec<u8>, Vec<u8>)> {
    let people = entries(&faces.join("gallery")).into_iter().step_by(STRIDE);
    people.filter_map(|p| Some((picture(&p)?, picture(&faces.join("probe").join(p.file_name()?))?))).collect()
}

#[test]
fn people_are_told_apart_as_well_as_the_recogniser_can() {
    let faces = directory("PORTICO_FACES", "../shared/faces");
    let (Some(mut examiner), true) = (examiner(), faces.join("gallery").is_dir()) else {
        println!("skipped: needs imported models (cargo xtask models) and labelled pictures (PORTICO_FACES)");
        return;
    };
    let pictures = pictures(&faces);
    assert!(pictures.len() >= 100, "the labelled set holds hundreds of people");
    let mut both = |(first, second): &(Vec<u8>, Vec<u8>)| {
        Some((embed(&mut examiner, first)?, embed(&mut examiner, second)?))
    };
    let pairs: Vec<(Embedding, Embedding)> = pictures.iter().filter_map(&mut both).collect();
    assert!(
        pairs.len() * 100 >= pictures.len() * 98,
        "faces must be found: {} of {}",
        pairs.len(),
        pictures.len()
    );
    let cosine = |probe: usize, enrolled: usize| pairs[probe].1.cosine(&pairs[enrolled].0);
    let count = pairs.len();
    let recognised =
        (0..count).filter(|p| (0..count).all(|other| other == *p || cosine(*p, other) < cosine(*p, *p)));
    let recognised = recognised.count();
    let accepted = (0..count).filter(|p| cosine(*p, *p) >= THRESHOLD).count();
    let strangers = (0..count).flat_map(|p| (0..count).filter(move |o| *o != p).map(move |o| (p, o)));
    let confused = strangers.filter(|(p, o)| cosine(*p, *o) >= THRESHOLD).count();
    println!("{count} people: {recognised} recognised first, {accepted} accepted, {confused} confusions");
    assert!(recognised * 100 >= count * 94, "97 % of the whole set come first; here {recognised} of {count}");
    assert!(accepted * 100 >= count * 90, "94 % of the whole set are accepted; here {accepted} of {count}");
    let strangers = count * (count - 1);
    assert!(
        confused * 3000 <= strangers,
        "one stranger in 10,000 is the aim; here {confused} of {strangers}"
    );
}

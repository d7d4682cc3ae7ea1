//! Enrolling a folder of pictures.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use portico_server::{
    ArchiveLimits, BackendError, FacesReport, Phase, Pictures, Progress, ServerConfig, Verdict, Watch,
};
use portico_types::UtcMillis;

use crate::support::{HOUR_MS, MORNING, World, agreement, seeded_random, zip_of};

fn verdicts(report: &FacesReport) -> Vec<(&str, &str)> {
    report.verdicts.iter().map(|picture| (picture.file.as_str(), picture.verdict.name())).collect()
}

#[test]
fn pictures_are_matched_by_id_code_and_name_and_the_others_are_named() {
    let world = World::new();
    let faces = world.folder.path().join("faces");
    fs::create_dir(&faces).unwrap();
    for (file, picture) in [
        ("ada.jpg", "face 1 0"),
        ("Bo_Li.PNG", "small 0 1"),
        ("bob234.jpeg", "nobody"),
        ("stranger.jpg", "face 1 1"),
        ("list.txt", "not a picture"),
    ] {
        fs::write(faces.join(file), picture).unwrap();
    }
    let terms = agreement(UtcMillis(MORNING.0 + HOUR_MS));
    let report = world.backend.enrol_folder(&faces, &terms).unwrap();
    assert_eq!(report.enrolled(), 1);
    assert_eq!(
        verdicts(&report),
        [
            ("Bo_Li.PNG", "refused"),
            ("ada.jpg", "taken"),
            ("bob234.jpeg", "refused"),
            ("stranger.jpg", "unmatched")
        ],
        "and nothing of a file that is no picture"
    );
    let small = &report.verdicts[0].verdict;
    assert_eq!(small.measure(), Some("width_px is 41.00, needed: at least 80"));
    assert!(small.advice().contains("too small"), "{small:?}");
    assert!(
        matches!(report.verdicts[1].verdict, Verdict::Taken { quality, further: false } if quality > 0.89)
    );
    assert_eq!(world.backend.templates(None, None).unwrap().templates[0].attendee_id, "ada");
}

#[test]
fn further_pictures_of_a_guest_join_the_first_and_replace_those_of_before() {
    let world = World::new();
    let faces = world.folder.path().join("faces");
    fs::create_dir(&faces).unwrap();
    let terms = agreement(UtcMillis(MORNING.0 + HOUR_MS));
    let before = world.enrol("ada", "face 0.6 0.8");
    for (file, picture) in [
        ("ada.jpg", "face 1 0"),
        ("ada-2.jpg", "face 0 1"),
        ("ada (3).jpg", "face 1 1"),
        ("ada_4.jpg", "face 2 1"),
    ] {
        fs::write(faces.join(file), picture).unwrap();
    }
    let report = world.backend.enrol_folder(&faces, &terms).unwrap();
    assert_eq!((report.enrolled(), report.further()), (1, 2));
    let refused: Vec<String> = report.not_taken().map(|picture| picture.verdict.advice()).collect();
    assert!(refused.len() == 1 && refused[0].contains("3 pictures already"), "{refused:?}");
    let templates = world.backend.templates(None, None).unwrap().templates;
    assert_eq!(templates.len(), 3);
    assert!(templates.iter().all(|template| template.id != before), "an earlier import's picture is gone");
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let world = World::new();
    let missing = world.folder.path().join("missing");
    let terms = agreement(UtcMillis(MORNING.0 + HOUR_MS));
    let error = world.backend.enrol_folder(&missing, &terms).unwrap_err();
    assert!(error.to_string().contains("missing"), "{error}");
}

#[test]
fn without_nets_enrolling_says_why_it_cannot() {
    let world = World::new();
    let config = ServerConfig::new(world.folder.path().join("other.db"), world.folder.path().join("no-nets"));
    let backend = portico_server::Backend::open(&config, world.clock.clone(), seeded_random(1)).unwrap();
    assert!(backend.faces_off().unwrap().contains("cargo xtask models"));
    let terms = agreement(UtcMillis(MORNING.0 + HOUR_MS));
    let refused = backend.enrol(&portico_types::AttendeeId::new("ada"), b"face 1 0", &terms);
    assert!(matches!(refused, Err(BackendError::FacesUnavailable(_))), "{refused:?}");
}

/// Stops before the picture of this number; the second is how many are done.
struct StopsBefore(u64, AtomicU64);

impl Watch for StopsBefore {
    fn progress(&self, progress: Progress) {
        assert_eq!((progress.phase, progress.total), (Phase::Pictures, Some(3)));
        self.1.store(progress.done, Ordering::Relaxed);
    }

    fn is_stopped(&self) -> bool {
        self.1.load(Ordering::Relaxed) >= self.0
    }
}

fn zip_file(world: &World, files: &[(&str, &[u8])]) -> PathBuf {
    let path = world.folder.path().join("faces.zip");
    fs::write(&path, zip_of(files)).unwrap();
    path
}

#[test]
fn a_zip_archive_is_taken_like_a_folder() {
    let world = World::new();
    let path = zip_file(
        &world,
        &[
            ("hall 1/ada.jpg", b"face 1 0"),
            ("hall 1/ada-2.jpg", b"face 1 0"),
            ("hall 2/BOB234.png", b"face 1 0"),
            ("__MACOSX/._ada.jpg", b"x"),
            ("who.jpg", b"face 0 1"),
            ("bo.jpg", b"nobody"),
            ("readme.txt", b"x"),
        ],
    );
    let report = world.backend.enrol_folder(&path, &agreement(UtcMillis(MORNING.0 + HOUR_MS))).unwrap();
    assert_eq!(
        verdicts(&report),
        [
            ("bo.jpg", "refused"),
            ("hall 1/ada-2.jpg", "taken"),
            ("hall 1/ada.jpg", "duplicate"),
            ("hall 2/BOB234.png", "refused"),
            ("who.jpg", "unmatched"),
        ]
    );
    let swapped = report.verdicts[3].verdict.advice();
    assert!(swapped.contains("hall 1/ada-2.jpg") && swapped.contains("another guest"), "{swapped}");
    let mut file = Vec::new();
    report.write(&mut file).unwrap();
    let file = String::from_utf8(file).unwrap();
    assert!(file.contains("hall 1/ada-2.jpg,ada,taken,0.90,,\r\n"), "{file}");
    assert!(file.contains("who.jpg,,unmatched,,,\"no guest of this name"), "{file}");
}

#[test]
fn an_archive_that_is_meant_to_do_harm_is_refused_whole() {
    let world = World::new();
    let terms = agreement(UtcMillis(MORNING.0 + HOUR_MS));
    for (files, word) in [
        (&[("ada.jpg", &b"face 1 0"[..]), ("more.zip", b"PK")][..], "more.zip"),
        (&[("ada.jpg", b"face 1 0"), ("bo.jpg", &vec![0; 4 << 20])], "50 times"),
        (&[("../ada.jpg", b"face 1 0")], "leads out"),
    ] {
        let refused = world.backend.enrol_folder(&zip_file(&world, files), &terms).unwrap_err();
        assert!(refused.to_string().contains(word), "{refused}");
    }
    let path = world.folder.path().join("faces.zip");
    fs::write(&path, "no archive").unwrap();
    assert!(world.backend.enrol_folder(&path, &terms).unwrap_err().to_string().contains("no ZIP archive"));
    assert!(world.backend.templates(None, None).unwrap().templates.is_empty());
}

#[test]
fn a_stopped_import_of_pictures_says_what_stands() {
    let world = World::new();
    let path =
        zip_file(&world, &[("ada.jpg", b"face 1 0"), ("bo.jpg", b"face 0 1"), ("bo-2.jpg", b"face 1 1")]);
    let mut pictures = Pictures::open(&path, &ArchiveLimits::pictures()).unwrap();
    let terms = agreement(UtcMillis(MORNING.0 + HOUR_MS));
    let watch = StopsBefore(2, AtomicU64::new(0));
    let report = world.backend.enrol_pictures(&mut pictures, &terms, &watch).unwrap();
    assert_eq!(verdicts(&report), [("ada.jpg", "taken"), ("bo-2.jpg", "taken")]);
    assert_eq!((report.left, report.ended_early.unwrap().text.as_str()), (1, "the import was stopped"));
    assert_eq!(
        world.backend.templates(None, None).unwrap().templates.len(),
        2,
        "what the report says, and no more"
    );
}

#[test]
fn a_reader_that_fails_ends_the_import_and_the_report_says_what_stands() {
    let world = World::new();
    let path =
        zip_file(&world, &[("ada.jpg", b"face 1 0"), ("bo-2.jpg", b"broken nets"), ("bo.jpg", b"face 1 1")]);
    let report = world.backend.enrol_folder(&path, &agreement(UtcMillis(MORNING.0 + HOUR_MS))).unwrap();
    assert_eq!((verdicts(&report), report.left), (vec![("ada.jpg", "taken")], 2));
    assert!(report.ended_early.unwrap().text.contains("wrong shape"));
}

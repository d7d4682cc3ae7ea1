//! Enrolling a folder of pictures.

use std::fs;

use portico_server::{BackendError, ServerConfig};
use portico_types::UtcMillis;

use crate::support::{HOUR_MS, MORNING, World, agreement, seeded_random};

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
    assert_eq!((report.enrolled, report.unmatched), (1, vec!["stranger.jpg".to_owned()]));
    let refused: Vec<&str> = report.refused.iter().map(|r| r.file.as_str()).collect();
    assert_eq!(refused, ["Bo_Li.PNG", "bob234.jpeg"]);
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
    assert_eq!((report.enrolled, report.further), (1, 2));
    let refused: Vec<&str> = report.refused.iter().map(|r| r.reason.as_str()).collect();
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

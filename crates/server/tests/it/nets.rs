//! Real nets and real pictures. Each test says so and ends at once where no imported nets are at hand
//! (`PORTICO_MODELS`, or `target/models`).

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use portico_server::{Backend, BackendError, FaceReader, Outside, PictureError, ServerConfig, VisionReader};
use portico_types::{AttendeeId, UtcMillis};
use portico_vision::Recognition;

use crate::support::{FakeClock, HOUR_MS, MORNING, agreement, event, seeded_random};

fn models() -> Option<PathBuf> {
    let built = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/models");
    let folder = std::env::var_os("PORTICO_MODELS").map_or_else(|| PathBuf::from(built), PathBuf::from);
    if folder.join("index.toml").is_file() {
        return Some(folder);
    }
    eprintln!("skipped: no imported nets in {}", folder.display());
    None
}

fn portraits() -> &'static [Vec<u8>; 2] {
    static PORTRAITS: OnceLock<[Vec<u8>; 2]> = OnceLock::new();
    PORTRAITS.get_or_init(|| {
        let cast = portico_cast::cast();
        [0, 1].map(|n| portico_cast::portrait_jpeg(&cast[n]).unwrap())
    })
}

/// A 16 x 16 picture whose header claims 20,000 x 20,000.
fn jpeg_bomb() -> Vec<u8> {
    let mut jpeg = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new(&mut jpeg);
    image::RgbImage::new(16, 16).write_with_encoder(encoder).unwrap();
    let frame = jpeg.windows(2).position(|marker| marker == [0xFF, 0xC0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0x4E, 0x20, 0x4E, 0x20]);
    jpeg
}

#[test]
fn generated_guests_are_enrolled_and_told_apart() {
    let Some(models) = models() else { return };
    let folder = tempfile::tempdir().unwrap();
    let config = ServerConfig::new(folder.path().join("server.db"), models);
    let outside = Outside { clock: Arc::new(FakeClock::at(MORNING)), random: seeded_random(1) };
    let backend = Backend::open(&config, outside.clock, outside.random).unwrap();
    assert_eq!(backend.faces_off(), None);
    backend.set_event(&event()).unwrap();
    backend.import_roster("id,name\nfirst,First\nsecond,Second\n".as_bytes()).unwrap();
    let terms = agreement(UtcMillis(MORNING.0 + HOUR_MS));
    for (id, portrait) in ["first", "second"].into_iter().zip(portraits()) {
        backend.enrol(&AttendeeId::new(id), portrait, &terms).unwrap();
    }
    let found = backend.identify(&portraits()[1]).unwrap();
    assert_eq!(found.candidates[0].attendee_id, "second");
    assert!(found.candidates[0].score > found.candidates[1].score + 0.2, "{:?}", found.candidates);
    let refused = backend.enrol(&AttendeeId::new("first"), &jpeg_bomb(), &terms);
    assert!(matches!(refused, Err(BackendError::PictureRefused(_))), "{refused:?}");
}

#[test]
fn a_picture_of_nobody_a_torn_one_and_a_bomb_are_told_apart() {
    let Some(models) = models() else { return };
    let mut reader = VisionReader::load(&models, &Recognition::Single).unwrap();
    let mut grey = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new(&mut grey);
    image::RgbImage::from_pixel(320, 320, image::Rgb([128; 3])).write_with_encoder(encoder).unwrap();
    assert_eq!(reader.read(&grey), Ok(portico_server::Reading::NoFace));
    for bad in [&grey[..100], b"GIF89a", b"", &jpeg_bomb()] {
        let refused = reader.read(bad);
        assert!(matches!(refused, Err(PictureError::Refused(_))), "{refused:?}");
    }
}

#[test]
fn a_small_file_that_unpacks_to_gigabytes_is_refused_from_its_header() {
    let bytes: Arc<[u8]> = jpeg_bomb().into();
    let frame = portico_types::Frame {
        sequence: 1,
        captured_at: portico_types::Tick::ZERO,
        width: 20_000,
        height: 20_000,
        format: portico_types::PixelFormat::Jpeg,
        bytes,
    };
    let refused = portico_vision::decode(&frame);
    assert!(matches!(refused, Err(portico_vision::VisionError::TooLarge { width: 20_000, height: 20_000 })));
}

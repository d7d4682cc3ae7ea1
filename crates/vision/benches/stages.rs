//! Time of each stage, and of a whole frame. Needs the imported models; says so and measures nothing without.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "a bench reports to whoever runs it")]

use std::path::Path;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use portico_cast::{Camera, Light, Pose};
use portico_types::{FaceBox, Frame, PixelFormat, Point, Tick};
use portico_vision::{
    DetectParams, Detection, Models, RgbPicture, Square, VisionParams, Watcher, decode, preview_jpeg,
};

/// A frame with detail everywhere, as JPEG, so that decoding costs what it costs with a camera.
fn frame() -> Frame {
    let (width, height) = (640, 480);
    let level = |x: u32, y: u32| ((x * 7 + y * 3) % 64 + (x ^ y) % 96 + 48) as u8;
    let bytes: Vec<u8> = (0..height).flat_map(|y| (0..width).flat_map(move |x| [level(x, y); 3])).collect();
    let captured_at = Tick::ZERO;
    let raw =
        Frame { sequence: 1, captured_at, width, height, format: PixelFormat::Rgb8, bytes: bytes.into() };
    let jpeg: Arc<[u8]> = preview_jpeg(&raw, 80).expect("a frame can be encoded");
    Frame { format: PixelFormat::Jpeg, bytes: jpeg, ..raw }
}

/// A frame with a generated guest in front of the camera.
fn guest() -> Frame {
    let cast = portico_cast::cast();
    let guest = cast.first().expect("the cast is not empty");
    let picture = portico_cast::render(guest, &Pose::FRONTAL, &Light::FOYER, &Camera::KIOSK);
    let bytes = picture.jpeg(85).expect("a rendered picture can be encoded");
    Frame { bytes: bytes.into(), ..frame() }
}

fn stages(criterion: &mut Criterion) {
    let frame = frame();
    criterion.bench_function("jpeg decode 640x480", |b| b.iter(|| decode(&frame)));
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/models");
    let directory = std::env::var_os("PORTICO_MODELS").map_or(default, Into::into);
    if !directory.is_dir() {
        println!("skipped: the stages need imported models (cargo xtask models)");
        return;
    }
    let load = || Models::load(&directory).expect("imported models load");
    each_stage(criterion, load(), &decode(&frame).expect("our own frame decodes"));
    let mut watcher = Watcher::new(load(), VisionParams::default());
    criterion.bench_function("observe a frame without a face", |b| b.iter(|| watcher.observe(&frame)));
    let guest = guest();
    let seen = watcher.observe(&guest).expect("our own frame decodes").subject.expect("a guest stands there");
    criterion.bench_function("observe a frame with a face", |b| b.iter(|| watcher.observe(&guest)));
    criterion.bench_function("sample", |b| b.iter(|| watcher.sample(seen.track)));
}

fn each_stage(criterion: &mut Criterion, mut models: Models, picture: &RgbPicture) {
    let (square, params) = (Square::centre_of(picture), DetectParams::default());
    criterion.bench_function("detect", |b| b.iter(|| models.detector.detect(picture, square, &params)));
    let bounds = FaceBox { x: 240.0, y: 160.0, width: 160.0, height: 160.0 };
    let detection = Detection { score: 1.0, bounds, key_points: [Point::new(280.0, 200.0); 6] };
    criterion.bench_function("landmarks", |b| b.iter(|| models.landmarker.find(picture, &detection)));
    let chips = models.recogniser.blank();
    criterion.bench_function("embed", |b| b.iter(|| models.recogniser.embed(&chips)));
}

criterion_group!(benches, stages);
criterion_main!(benches);

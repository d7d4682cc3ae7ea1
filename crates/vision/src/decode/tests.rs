//! Whole frames decode, damaged ones are refused, and nothing panics.

use portico_types::Tick;

use super::*;
use crate::encode::encode;

fn frame(format: PixelFormat, width: u32, height: u32, bytes: Vec<u8>) -> Frame {
    Frame { sequence: 1, captured_at: Tick::ZERO, width, height, format, bytes: bytes.into() }
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let pixels = (0..width * height).flat_map(|i| [(i % width) as u8, (i / width) as u8, 128]).collect();
    encode(&RgbPicture::new(width, height, pixels).unwrap(), 92).unwrap()
}

fn colour_in_the_middle(picture: &RgbPicture) -> [u8; 3] {
    let pixels = picture.pixels().as_chunks::<3>().0;
    pixels[pixels.len() / 2 + picture.width() as usize / 2]
}

fn alike(a: [u8; 3], b: [u8; 3]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(b) <= 4)
}

#[test]
fn a_jpeg_frame_decodes_to_its_own_size_whatever_the_frame_claims() {
    let picture = decode(&frame(PixelFormat::Jpeg, 1, 1, jpeg(80, 60))).unwrap();
    assert_eq!((picture.width(), picture.height()), (80, 60));
    assert!(alike(colour_in_the_middle(&picture), [40, 30, 128]), "{:?}", colour_in_the_middle(&picture));
}

#[test]
fn yuv_frames_decode_to_the_colours_they_stand_for() {
    // Pure red in limited-range BT.601.
    let (y, u, v) = (81, 90, 240);
    let packed = [y, u, y, v].repeat(8 * 6 / 2);
    let planes = [vec![y; 48], [u, v].repeat(12)].concat();
    for (format, bytes) in [(PixelFormat::Yuyv, packed), (PixelFormat::Nv12, planes)] {
        let picture = decode(&frame(format, 8, 6, bytes)).unwrap();
        assert!(
            alike(colour_in_the_middle(&picture), [254, 0, 0]),
            "{format:?} {:?}",
            colour_in_the_middle(&picture)
        );
    }
}

#[test]
fn raw_frames_may_be_longer_than_their_pixels_but_never_shorter() {
    let sizes = [(PixelFormat::Yuyv, 96), (PixelFormat::Nv12, 72), (PixelFormat::Rgb8, 144)];
    for (format, bytes) in sizes {
        assert!(decode(&frame(format, 8, 6, vec![0; bytes + 9])).is_ok(), "{format:?} padded by the driver");
        let short = decode(&frame(format, 8, 6, vec![0; bytes - 1]));
        assert!(matches!(short, Err(VisionError::Torn(_))), "{format:?} one byte short");
    }
}

#[test]
fn odd_sizes_decode_or_are_refused_but_never_panic() {
    for format in [PixelFormat::Yuyv, PixelFormat::Nv12, PixelFormat::Rgb8] {
        for (width, height) in [(1, 1), (7, 5), (8, 5), (7, 6)] {
            let picture = decode(&frame(format, width, height, vec![100; 400])).unwrap();
            assert_eq!((picture.width(), picture.height()), (width, height), "{format:?}");
        }
    }
}

#[test]
fn impossible_sizes_are_refused_before_memory_is_taken() {
    for format in [PixelFormat::Yuyv, PixelFormat::Nv12, PixelFormat::Rgb8] {
        let huge = decode(&frame(format, u32::MAX, u32::MAX, vec![0; 16]));
        assert!(matches!(huge, Err(VisionError::TooLarge { .. })), "{format:?}");
        assert!(matches!(decode(&frame(format, 0, 9, vec![0; 16])), Err(VisionError::Torn(_))), "{format:?}");
    }
    let mut claims_too_much = jpeg(80, 60);
    let size = claims_too_much.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap() + 5;
    claims_too_much[size..size + 4].copy_from_slice(&[0xFF, 0xF0, 0xFF, 0xF0]);
    let refused = decode(&frame(PixelFormat::Jpeg, 80, 60, claims_too_much));
    assert!(matches!(refused, Err(VisionError::TooLarge { width: 65520, height: 65520 })), "{refused:?}");
}

#[test]
fn a_picture_that_breaks_off_is_torn_and_not_padded_with_grey() {
    let whole = jpeg(320, 240);
    let half = frame(PixelFormat::Jpeg, 320, 240, whole[..whole.len() / 2].to_vec());
    assert!(matches!(decode(&half), Err(VisionError::Torn(_))));
    // All ones is no Huffman code; stuffed zeros keep it from being a marker.
    let mut garbled = whole.clone();
    let middle = whole.len() / 2;
    garbled[middle..middle + 16].copy_from_slice(&[0xFF, 0].repeat(8));
    assert!(matches!(decode(&frame(PixelFormat::Jpeg, 320, 240, garbled)), Err(VisionError::Torn(_))));
}

#[test]
fn no_damage_makes_the_decoder_panic() {
    let whole = jpeg(64, 48);
    let mut state = 0x9E37_79B9_u32;
    let mut random = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize
    };
    for _ in 0..3000 {
        let mut damaged = whole.clone();
        for _ in 0..=random() % 4 {
            let at = random() % (damaged.len() - 2);
            damaged[at] = random() as u8;
        }
        match decode(&frame(PixelFormat::Jpeg, 64, 48, damaged)) {
            Ok(_) | Err(VisionError::Torn(_) | VisionError::TooLarge { .. }) => {}
            Err(other) => panic!("damage must be called damage, not {other}"),
        }
    }
}

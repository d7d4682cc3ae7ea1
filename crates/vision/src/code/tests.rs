//! Whole frames with codes in them: which are read, how often they are looked at, and what is left alone.

use std::time::Duration;

use portico_types::PixelFormat;
use qrcode::{Color, EcLevel, QrCode};

use super::*;

const TICKET: &str = "K7P2QX";

/// A frame of 640 × 480 in NV12 with a code of `text` at `left`, 100, each module `module` px wide.
fn frame(codes: &[(&str, usize)], module: usize, millis: u64) -> Frame {
    let mut grey = vec![190_u8; 640 * 480];
    for (text, left) in codes {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        let width = code.width();
        for (at, colour) in code.to_colors().into_iter().enumerate() {
            let (x, y) = (left + at % width * module, 100 + at / width * module);
            for row in y..y + module {
                let shade = if colour == Color::Dark { 40 } else { 220 };
                grey[row * 640 + x..row * 640 + x + module].fill(shade);
            }
        }
    }
    let bytes = [grey, vec![128; 640 * 240]].concat().into();
    let (captured_at, format) = (Tick::from_millis(millis), PixelFormat::Nv12);
    Frame { sequence: millis, captured_at, width: 640, height: 480, format, bytes }
}

fn read(frame: &Frame) -> Vec<String> {
    CodeReader::new(CodeParams::default()).read(frame).unwrap()
}

#[test]
fn a_code_is_read_and_an_empty_frame_has_none() {
    assert_eq!(read(&frame(&[(TICKET, 200)], 4, 0)), [TICKET]);
    assert_eq!(read(&frame(&[], 4, 0)), [""; 0]);
}

#[test]
fn half_a_code_at_the_edge_of_the_picture_is_none() {
    // Its last whole mark, of an odd width, ends with the picture.
    let width = 21 * 5;
    let whole = frame(&[(TICKET, 640 - width)], 5, 0);
    assert_eq!(read(&whole), [TICKET]);
    let mut grey = whole.bytes[..640 * 480].to_vec();
    for row in grey.chunks_exact_mut(640) {
        row.copy_within(640 - width..640 - 14 * 5, 640 - 7 * 5);
        row[..640 - 7 * 5].fill(190);
    }
    let torn_off = Frame { bytes: [grey, vec![128; 640 * 240]].concat().into(), ..whole };
    assert_eq!(read(&torn_off), [""; 0]);
}

#[test]
fn of_several_codes_each_is_read() {
    let mut texts = read(&frame(&[(TICKET, 60), ("WIFI:S:Guests;;", 360)], 4, 0));
    texts.sort();
    assert_eq!(texts, [TICKET, "WIFI:S:Guests;;"]);
}

#[test]
fn texts_longer_than_any_ticket_are_left_alone() {
    let params = CodeParams { longest_text: 5, ..CodeParams::default() };
    assert_eq!(CodeReader::new(params).read(&frame(&[(TICKET, 200)], 4, 0)).unwrap(), [""; 0]);
}

#[test]
fn a_torn_frame_is_an_error_and_the_next_one_is_read() {
    let mut reader = CodeReader::new(CodeParams::default());
    let whole = frame(&[(TICKET, 200)], 4, 100);
    let torn = Frame { bytes: vec![0; 9].into(), ..whole.clone() };
    assert!(matches!(reader.read(&torn), Err(VisionError::Torn(_))));
    assert_eq!(reader.read(&whole).unwrap(), [TICKET]);
}

#[test]
fn whoever_was_asked_for_a_code_is_looked_at_more_often() {
    let mut reader = CodeReader::new(CodeParams::default());
    let at = Tick::from_millis;
    assert!(reader.is_due(at(0), CodeInterest::Casual), "the first frame is always looked at");
    reader.read(&frame(&[], 4, 1_000)).unwrap();
    let rest = |interest| {
        (1..1_000).find(|wait| reader.is_due(at(1_000 + wait), interest)).map(Duration::from_millis)
    };
    assert_eq!(rest(CodeInterest::Casual), Some(Duration::from_millis(120)));
    assert_eq!(rest(CodeInterest::Sought), Some(Duration::from_millis(60)));
}

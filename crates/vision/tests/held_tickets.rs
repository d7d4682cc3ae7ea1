//! Codes as guests hold them before the kiosk's camera: generated telephones and slips of paper, moving, aslant,
//! far away. Prints the rates; those that `docs/performance.md` gives are from here.

#![expect(clippy::expect_used, reason = "a test stops at what cannot be")]

use portico_cast::{AttackParams, Picture, TicketMedium, TicketParams, render_ticket};
use portico_types::{Frame, PixelFormat, Tick};
use portico_vision::{CodeParams, CodeReader};
use qrcode::{Color, EcLevel, QrCode};

/// As long as a signed ticket: letters and digits.
const SIGNED: &str = "PT1AERTANBVGY3TQOJQGEYDCMRTGQ2TMNZYHEYDCMRTGQ2TMNZYHFAUEQ2EIVDEOSCJJJFUYTKOJ5IFCUSTKRKVMV2YLFNGCYTDMRSWMZ3INFVGW3DNNZXXA4LSON2HK5TXPB4XU";
const PLAIN: &str = "K7P2QX";

/// As long as the longest signed ticket with a face.
fn with_face() -> String {
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut state = 7_u32;
    let letters = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(digits[(state >> 27) as usize])
    });
    "PT2".chars().chain(letters.take(532)).collect()
}

/// A code's picture with its quiet zone, and its width in modules.
fn picture(text: &str) -> (Picture, u32) {
    const MODULE: usize = 6;
    // As `portico-server tickets` draws them.
    let level = if text.len() > 300 { EcLevel::L } else { EcLevel::M };
    let code = QrCode::with_error_correction_level(text, level).expect("the text fits a code");
    let (modules, colours) = (code.width(), code.to_colors());
    let side = (modules + 8) * MODULE;
    let dark = |x: usize, y: usize| {
        let (column, row) = ((x / MODULE).wrapping_sub(4), (y / MODULE).wrapping_sub(4));
        column < modules && row < modules && colours[row * modules + column] == Color::Dark
    };
    let rgb = (0..side * side).flat_map(|at| [if dark(at % side, at / side) { 0 } else { 255 }; 3]).collect();
    (Picture { width: side as u32, height: side as u32, rgb }, modules as u32)
}

/// Of the frames in which the ticket is held, the share in which it is read. Whatever is read must be right.
fn rate(text: &str, params: &TicketParams) -> f64 {
    let (code, modules) = picture(text);
    // It is held from the first frame to the last.
    let course = AttackParams { arrive_s: 0.0, hold_s: 0.67, leave_s: 0.0, ..params.course };
    let clip = render_ticket(&code, modules, 5, &TicketParams { course, ..*params }, &|_, _| {});
    let clip = clip.expect("frames can be encoded");
    let mut reader = CodeReader::new(CodeParams::default());
    let frames = clip.len();
    let read = clip.into_iter().enumerate().filter(|(number, jpeg)| {
        let captured_at = Tick::from_millis(*number as u64 * 66);
        let (sequence, bytes) = (*number as u64, jpeg.as_slice().into());
        let frame =
            Frame { sequence, captured_at, width: 640, height: 480, format: PixelFormat::Jpeg, bytes };
        let texts = reader.read(&frame).expect("our own pictures decode");
        assert!(texts.iter().all(|found| found == text), "{texts:?}");
        !texts.is_empty()
    });
    read.count() as f64 / frames as f64
}

fn phone(brightness: f32) -> TicketParams {
    TicketParams { medium: TicketMedium::Phone { brightness }, ..TicketParams::default() }
}

/// Rates of frames, each with the least that is expected of it, one line for each.
#[expect(clippy::print_stdout, reason = "the rates are what this is for")]
fn told(conditions: &[(&str, &str, TicketParams, f64)]) {
    let rates: Vec<(&str, f64, f64)> =
        conditions.iter().map(|(name, text, params, least)| (*name, rate(text, params), *least)).collect();
    for (name, rate, _) in &rates {
        println!("{name}: {:.0} % of the frames", rate * 100.0);
    }
    let missed: Vec<_> = rates.iter().filter(|(_, rate, least)| rate < least).collect();
    assert!(missed.is_empty(), "{missed:?}");
}

#[test]
fn tickets_with_a_face_are_read_when_they_are_held_near() {
    let text = with_face();
    let paper = TicketParams { medium: TicketMedium::Paper, ..TicketParams::default() };
    let held = |code_m, distance_m, params: TicketParams| TicketParams { code_m, distance_m, ..params };
    told(&[
        ("with a face, telephone 5.8 cm at 15 cm", &text, held(0.058, 0.15, phone(0.9)), 0.8),
        ("with a face, telephone 5.8 cm at 18 cm", &text, held(0.058, 0.18, phone(0.9)), 0.6),
        ("with a face, telephone 5.8 cm at 22 cm", &text, held(0.058, 0.22, phone(0.9)), 0.4),
        ("with a face, paper 7 cm at 15 cm", &text, held(0.07, 0.15, paper), 0.7),
        ("with a face, paper 7 cm at 18 cm", &text, held(0.07, 0.18, paper), 0.8),
        ("with a face, paper 7 cm at 22 cm", &text, held(0.07, 0.22, paper), 0.8),
        ("with a face, paper 5 cm at 22 cm", &text, held(0.05, 0.22, paper), 0.5),
    ]);
}

#[test]
fn tickets_are_read_as_guests_hold_them() {
    let paper = TicketParams { medium: TicketMedium::Paper, ..TicketParams::default() };
    let conditions = [
        ("plain code, telephone", PLAIN, phone(0.9), 0.9),
        ("plain code, telephone at a half of its brightness", PLAIN, phone(0.5), 0.8),
        ("plain code, telephone at a quarter of its brightness", PLAIN, phone(0.25), 0.2),
        ("signed ticket, telephone at a quarter of its brightness", SIGNED, phone(0.25), 0.2),
        ("signed ticket, telephone", SIGNED, phone(0.9), 0.9),
        ("signed ticket, paper", SIGNED, paper, 0.9),
        (
            "signed ticket, telephone aslant by 30, 20 and 25 degrees",
            SIGNED,
            TicketParams { slant: (30.0, 20.0, 25.0), ..phone(0.9) },
            0.9,
        ),
        (
            "plain code, telephone aslant by 30, 20 and 25 degrees",
            PLAIN,
            TicketParams { slant: (30.0, 20.0, 25.0), ..phone(0.9) },
            0.9,
        ),
        ("plain code, telephone at 45 cm", PLAIN, TicketParams { distance_m: 0.45, ..phone(0.9) }, 0.6),
        (
            "plain code 3 cm wide, paper at 30 cm",
            PLAIN,
            TicketParams { code_m: 0.03, distance_m: 0.3, ..paper },
            0.7,
        ),
    ];
    told(&conditions);
}

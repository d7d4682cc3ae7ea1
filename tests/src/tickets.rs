//! Tickets as guests hold them up: generated telephones with a QR code, a few frames each.

use portico_cast::{AttackParams, Picture, TicketParams, render_ticket};
use qrcode::{Color, EcLevel, QrCode};

use crate::clips::Jpeg;

/// Pixels a module of the code that is held up.
const MODULE: usize = 6;
/// Light modules around a code.
const QUIET: usize = 4;

/// A telephone with the code of `text`, held before the camera.
pub fn held_up(text: &str) -> Vec<Jpeg> {
    held(text, EcLevel::M, &TicketParams::default())
}

/// The same with the dense code of a ticket that carries a face: as wide as the screen, and held nearer.
pub fn held_up_near(text: &str) -> Vec<Jpeg> {
    held(text, EcLevel::L, &TicketParams { code_m: 0.058, distance_m: 0.15, ..TicketParams::default() })
}

fn held(text: &str, level: EcLevel, params: &TicketParams) -> Vec<Jpeg> {
    let (code, modules) = picture(text, level);
    let course = AttackParams { arrive_s: 0.0, hold_s: 0.4, leave_s: 0.0, ..AttackParams::default() };
    let params = TicketParams { course, ..*params };
    let frames = render_ticket(&code, modules, 1, &params, &|_, _| {}).expect("frames can be encoded");
    frames.into_iter().map(Into::into).collect()
}

/// The code of `text` with its quiet zone, and how many modules it has.
fn picture(text: &str, level: EcLevel) -> (Picture, u32) {
    let code = QrCode::with_error_correction_level(text, level).expect("the text fits a code");
    let (modules, colours) = (code.width(), code.to_colors());
    let side = (modules + 2 * QUIET) * MODULE;
    let dark = |at: usize| {
        let module = |pixel: usize| (pixel / MODULE).wrapping_sub(QUIET);
        let (column, row) = (module(at % side), module(at / side));
        column < modules && row < modules && colours[row * modules + column] == Color::Dark
    };
    let rgb = (0..side * side).flat_map(|at| [if dark(at) { 0 } else { 255 }; 3]).collect();
    (Picture { width: side as u32, height: side as u32, rgb }, modules as u32)
}

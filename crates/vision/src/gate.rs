//! Decides whether a face may be identified, and if not, what to ask of the guest first.

use portico_types::{FaceBox, Hint, Quality};

use crate::params::GateParams;

/// Where a face stands in a frame, as far as the gate needs it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scene {
    /// Frame width in pixels.
    pub width: f32,
    /// Frame height in pixels.
    pub height: f32,
    /// Mean grey level of the whole frame.
    pub luma: f32,
    /// The face.
    pub bounds: FaceBox,
    /// Whether another near face is about as large.
    pub contested: bool,
}

/// The first thing that keeps the face from being identified, in the order of [`Hint`]; `None` if nothing does.
pub(crate) fn hint(scene: &Scene, quality: Option<&Quality>, params: &GateParams) -> Option<Hint> {
    if scene.contested {
        return Some(Hint::OnePerson);
    }
    let Some(quality) = quality.filter(|q| q.width_px >= params.identify_width_px) else {
        return Some(Hint::ComeCloser);
    };
    place(scene, params).or_else(|| light(scene, quality, params)).or_else(|| stillness(quality, params))
}

fn place(scene: &Scene, params: &GateParams) -> Option<Hint> {
    let short_side = scene.width.min(scene.height);
    let bounds = &scene.bounds;
    let allowed = bounds.width * params.overhang;
    let cut_off_sideways = bounds.x < -allowed || bounds.x + bounds.width > scene.width + allowed;
    let cut_off_upright = bounds.y < -allowed || bounds.y + bounds.height > scene.height + allowed;
    let large = bounds.width > short_side * params.widest / 2.0;
    if bounds.width > short_side * params.widest || (large && (cut_off_sideways || cut_off_upright)) {
        return Some(Hint::StepBack);
    }
    let centre = bounds.centre();
    let off = (centre.x - scene.width / 2.0).abs().max((centre.y - scene.height / 2.0).abs());
    let aside = off > short_side * params.off_centre || cut_off_sideways || cut_off_upright;
    aside.then_some(Hint::MoveToMiddle)
}

fn light(scene: &Scene, quality: &Quality, params: &GateParams) -> Option<Hint> {
    if quality.luma < params.darkest {
        let from_behind = scene.luma >= params.backlight;
        return Some(if from_behind { Hint::LessLight } else { Hint::MoreLight });
    }
    if quality.luma > params.brightest {
        return Some(Hint::LessLight);
    }
    // Too flat: washed out in a bright picture, drowned in a dark one.
    let flat = if scene.luma >= params.backlight { Hint::LessLight } else { Hint::MoreLight };
    (quality.contrast < params.flattest).then_some(flat)
}

fn stillness(quality: &Quality, params: &GateParams) -> Option<Hint> {
    let turned = quality.yaw_degrees.abs() > params.yaw_degrees
        || quality.pitch_degrees.abs() > params.pitch_degrees
        || quality.roll_degrees.abs() > params.roll_degrees;
    if turned {
        return Some(Hint::LookHere);
    }
    (quality.sharpness < params.blurriest).then_some(Hint::HoldStill)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Quality = Quality {
        score: 0.9,
        yaw_degrees: 3.0,
        pitch_degrees: -4.0,
        roll_degrees: 1.0,
        sharpness: 300.0,
        luma: 120.0,
        contrast: 40.0,
        evenness: 0.9,
        eyes_open: 0.3,
        symmetry: None,
        width_px: 150.0,
    };

    fn scene() -> Scene {
        let bounds = FaceBox { x: 245.0, y: 165.0, width: 150.0, height: 150.0 };
        Scene { width: 640.0, height: 480.0, luma: 110.0, bounds, contested: false }
    }

    fn shown(scene: &Scene, quality: &Quality) -> Option<Hint> {
        hint(scene, Some(quality), &GateParams::default())
    }

    #[test]
    fn a_good_face_in_the_middle_passes() {
        assert_eq!(shown(&scene(), &GOOD), None);
    }

    #[test]
    fn each_fault_has_its_hint() {
        let at = |x, y, width| Scene { bounds: FaceBox { x, y, width, height: width }, ..scene() };
        let cases = [
            (Hint::OnePerson, Scene { contested: true, ..scene() }, GOOD),
            (Hint::ComeCloser, scene(), Quality { width_px: 79.0, ..GOOD }),
            (Hint::StepBack, at(100.0, 20.0, 440.0), GOOD),
            (Hint::StepBack, at(200.0, -60.0, 240.0), GOOD),
            (Hint::MoveToMiddle, at(40.0, 165.0, 120.0), GOOD),
            (Hint::MoveToMiddle, at(245.0, 400.0, 150.0), GOOD),
            (Hint::MoreLight, scene(), Quality { luma: 25.0, ..GOOD }),
            (Hint::MoreLight, scene(), Quality { contrast: 6.0, ..GOOD }),
            (Hint::LessLight, scene(), Quality { luma: 240.0, ..GOOD }),
            (Hint::LessLight, Scene { luma: 180.0, ..scene() }, Quality { luma: 25.0, ..GOOD }),
            (Hint::LookHere, scene(), Quality { yaw_degrees: -40.0, ..GOOD }),
            (Hint::LookHere, scene(), Quality { pitch_degrees: 40.0, ..GOOD }),
            (Hint::LookHere, scene(), Quality { roll_degrees: 40.0, ..GOOD }),
            (Hint::HoldStill, scene(), Quality { sharpness: 4.0, ..GOOD }),
        ];
        for (expected, scene, quality) in cases {
            assert_eq!(shown(&scene, &quality), Some(expected), "{scene:?} {quality:?}");
        }
    }

    #[test]
    fn of_several_faults_the_first_in_order_is_shown() {
        let bad = Quality { luma: 10.0, yaw_degrees: 60.0, sharpness: 1.0, ..GOOD };
        assert_eq!(shown(&scene(), &bad), Some(Hint::MoreLight), "light comes before pose and stillness");
        let crowd = Scene { contested: true, ..scene() };
        assert_eq!(shown(&crowd, &bad), Some(Hint::OnePerson), "nothing matters before there is one person");
    }

    #[test]
    fn without_landmarks_the_guest_is_asked_closer() {
        assert_eq!(hint(&scene(), None, &GateParams::default()), Some(Hint::ComeCloser));
    }
}

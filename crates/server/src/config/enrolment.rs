//! Which pictures are good enough to enrol, and why one is not.

use std::fmt;

use portico_protocol::PICTURES_PER_GUEST;
use portico_types::{Quality, Reason};

/// Which pictures are good enough to enrol, and how many a guest may have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EnrolParams {
    /// Least face width in pixels.
    pub min_width_px: f32,
    /// Largest turn to the side or nod, in degrees.
    pub max_turn_degrees: f32,
    /// Least opening of the less open eye, as a share of its width.
    pub min_eyes_open: f32,
    /// Least mean grey level.
    pub min_luma: f32,
    /// Greatest mean grey level.
    pub max_luma: f32,
    /// Least standard deviation of the grey levels.
    pub min_contrast: f32,
    /// Least share of the brighter half's light that the darker half must have.
    pub min_evenness: f32,
    /// Least variance of the Laplacian.
    pub min_sharpness: f32,
    /// Least likeness of the face and its mirror image, as the recogniser sees them.
    pub min_symmetry: f32,
    /// Least overall quality, 0 to 1, for what no single measure shows.
    pub min_score: f32,
    /// Most pictures of one guest.
    pub most_pictures: usize,
}

impl Default for EnrolParams {
    /// Bounds that ordinary portraits meet with room to spare: of 886 enrolment pictures of the labelled set, mostly
    /// press photographs, 2 % do not, most of them too small (`docs/recognition.md`). A poor template is worse than none, since it is searched
    /// all day.
    fn default() -> Self {
        Self {
            // Recognition falls fast below 60 px and is at its best from 80 px.
            min_width_px: 80.0,
            // A template should be frontal; kiosks gate live faces at less than this.
            max_turn_degrees: 35.0,
            // Narrow eyes are open at 0.15.
            min_eyes_open: 0.10,
            min_luma: 35.0,
            max_luma: 225.0,
            min_contrast: 12.0,
            min_evenness: 0.30,
            min_sharpness: 20.0,
            // Under what 99 % of the labelled set reach.
            min_symmetry: 0.93,
            min_score: 0.2,
            // The second halves the misses; the third covers glasses on and off.
            most_pictures: PICTURES_PER_GUEST,
        }
    }
}

/// Why a picture of a face is not enrolled.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureFault {
    /// The measure that fails, such as `sharpness`.
    pub measure: &'static str,
    /// What it is.
    pub found: f32,
    /// What it would have to be.
    pub needed: Bound,
    /// What is wrong and what to do, in words for operators.
    pub advice: String,
}

impl PictureFault {
    /// The same for screens.
    pub(crate) fn reason(&self) -> Reason {
        let code = match (self.measure, self.needed) {
            ("luma", Bound::AtLeast(_)) => "too_dark",
            ("luma", Bound::AtMost(_)) => "too_bright",
            (measure, _) => measure,
        };
        let (Bound::AtLeast(needed) | Bound::AtMost(needed)) = self.needed;
        let found = format!("{:.0}", self.found);
        Reason::new(code, self, &[("found", &found), ("needed", &needed)])
    }
}

/// What a measure would have to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// No less than this.
    AtLeast(f32),
    /// No more than this.
    AtMost(f32),
}

impl Bound {
    fn admits(self, found: f32) -> bool {
        match self {
            Self::AtLeast(bound) => found >= bound,
            Self::AtMost(bound) => found <= bound,
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtLeast(bound) => write!(f, "at least {bound}"),
            Self::AtMost(bound) => write!(f, "at most {bound}"),
        }
    }
}

impl fmt::Display for PictureFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.advice)
    }
}

impl EnrolParams {
    /// Why a picture of this quality is not enrolled; `None` if it is.
    pub fn fault(&self, quality: &Quality) -> Option<PictureFault> {
        self.measures(quality).into_iter().find(|(_, found, needed, _)| !needed.admits(*found)).map(
            |(measure, found, needed, advice)| {
                let advice = if measure == "width_px" {
                    format!("{advice}: {found:.0} pixels wide, {needed} are needed")
                } else {
                    advice.to_owned()
                };
                PictureFault { measure, found, needed, advice }
            },
        )
    }

    /// All measures, what they have to be, and what to do where they are not. The first that fails is told.
    fn measures(&self, quality: &Quality) -> [(&'static str, f32, Bound, &'static str); 10] {
        use Bound::{AtLeast, AtMost};

        let turn = quality.yaw_degrees.abs().max(quality.pitch_degrees.abs());
        [
            ("width_px", quality.width_px, AtLeast(self.min_width_px), "the face is too small"),
            (
                "turn_degrees",
                turn,
                AtMost(self.max_turn_degrees),
                "the face is turned away; use a frontal portrait",
            ),
            ("luma", quality.luma, AtLeast(self.min_luma), "the face is too dark; use a brighter picture"),
            (
                "luma",
                quality.luma,
                AtMost(self.max_luma),
                "the face is too bright; use a picture with less light",
            ),
            (
                "contrast",
                quality.contrast,
                AtLeast(self.min_contrast),
                "the face is washed out; use a picture with more contrast",
            ),
            (
                "evenness",
                quality.evenness,
                AtLeast(self.min_evenness),
                "one half of the face is in the dark; use an evenly lit picture",
            ),
            (
                "sharpness",
                quality.sharpness,
                AtLeast(self.min_sharpness),
                "the face is blurred; use a sharp picture",
            ),
            (
                "eyes_open",
                quality.eyes_open,
                AtLeast(self.min_eyes_open),
                "the eyes are shut; use a picture with open eyes",
            ),
            (
                "symmetry",
                // A reader that does not measure it is not held to it.
                quality.symmetry.unwrap_or(1.0),
                AtLeast(self.min_symmetry),
                "a part of the face is covered or badly lit; use a picture that shows all of it",
            ),
            (
                "score",
                quality.score,
                AtLeast(self.min_score),
                "the picture is not good enough; use a sharp, frontal, evenly lit portrait",
            ),
        ]
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use portico_testkit::assert_screens_say;

    use super::*;

    /// Of a picture that is good enough.
    pub(crate) const PORTRAIT: Quality = Quality {
        score: 0.9,
        yaw_degrees: 2.0,
        pitch_degrees: -3.0,
        roll_degrees: 1.0,
        sharpness: 140.0,
        luma: 120.0,
        contrast: 42.0,
        evenness: 0.88,
        eyes_open: 0.26,
        symmetry: Some(0.98),
        width_px: 160.0,
    };

    #[test]
    fn every_fault_is_named_with_what_to_do() {
        let params = EnrolParams::default();
        assert_eq!(params.fault(&PORTRAIT), None);
        let named = params.fault(&Quality { sharpness: 5.0, ..PORTRAIT }).unwrap();
        assert_eq!((named.measure, named.found, named.needed), ("sharpness", 5.0, Bound::AtLeast(20.0)));
        for (quality, word) in [
            (Quality { width_px: 50.0, ..PORTRAIT }, "too small: 50"),
            (Quality { yaw_degrees: -50.0, ..PORTRAIT }, "frontal"),
            (Quality { pitch_degrees: 50.0, ..PORTRAIT }, "frontal"),
            (Quality { luma: 20.0, ..PORTRAIT }, "brighter"),
            (Quality { luma: 240.0, ..PORTRAIT }, "less light"),
            (Quality { contrast: 6.0, ..PORTRAIT }, "contrast"),
            (Quality { evenness: 0.2, ..PORTRAIT }, "evenly"),
            (Quality { sharpness: 5.0, ..PORTRAIT }, "sharp"),
            (Quality { eyes_open: 0.05, ..PORTRAIT }, "open eyes"),
            (Quality { symmetry: Some(0.8), ..PORTRAIT }, "covered"),
            (Quality { score: 0.1, ..PORTRAIT }, "not good enough"),
        ] {
            let fault = params.fault(&quality).unwrap();
            assert!(fault.advice.contains(word), "{word}: {fault}");
            assert_screens_say("import", &fault.reason());
        }
    }

    #[test]
    fn a_reader_that_does_not_measure_symmetry_is_not_held_to_it() {
        assert_eq!(EnrolParams::default().fault(&Quality { symmetry: None, ..PORTRAIT }), None);
    }
}

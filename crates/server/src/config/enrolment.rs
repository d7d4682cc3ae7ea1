//! Which pictures are good enough to enrol.

/// Which pictures are good enough to enrol.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EnrolParams {
    /// Least face width in pixels.
    pub min_width_px: f32,
    /// Least overall quality, 0 to 1.
    pub min_score: f32,
    /// Largest turn to the side or nod, in degrees.
    pub max_turn_degrees: f32,
}

impl Default for EnrolParams {
    fn default() -> Self {
        Self {
            // Recognition falls fast below 60 px and is at its best from 80 px (docs/architecture.md, vision).
            min_width_px: 80.0,
            // Keeps out blurred and black pictures only: a poor template is worse than none, since it is searched all day.
            min_score: 0.2,
            // A template should be frontal; kiosks gate live faces at less than this.
            max_turn_degrees: 35.0,
        }
    }
}

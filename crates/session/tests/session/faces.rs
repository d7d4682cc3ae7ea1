//! What vision would say of scripted faces.

use portico_types::{FaceBox, Hint, Observation, Quality, Subject, Tick, TrackId};

/// A face before the camera.
#[derive(Clone, Copy, Debug)]
pub struct Face {
    pub track: u32,
    pub hint: Option<Hint>,
    pub score: f32,
    pub yaw: f32,
    pub eyes: f32,
}

/// A face that is good enough to be identified.
pub fn good(track: u32) -> Face {
    Face { track, hint: None, score: 0.7, yaw: 0.0, eyes: 0.3 }
}

impl Face {
    pub fn hinted(self, hint: Hint) -> Self {
        Self { hint: Some(hint), ..self }
    }

    /// Turned to its guest's left by so many degrees.
    pub fn turned(self, yaw: f32) -> Self {
        Self { yaw, ..self }
    }

    /// With the lids so far apart, as a share of the eyes' width.
    pub fn lids(self, eyes: f32) -> Self {
        Self { eyes, ..self }
    }

    pub fn scored(self, score: f32) -> Self {
        Self { score, ..self }
    }
}

/// One frame with `face` as its subject, or nobody.
pub fn frame(now: Tick, face: Option<Face>) -> Observation {
    Observation {
        sequence: now.since_start().as_millis() as u64,
        captured_at: now,
        frame_width: 640,
        frame_height: 480,
        faces: usize::from(face.is_some()),
        subject: face.map(|face| subject(now, face)),
    }
}

fn subject(now: Tick, face: Face) -> Subject {
    let bounds = FaceBox { x: 220.0, y: 140.0, width: 200.0, height: 200.0 };
    let quality = Quality {
        score: face.score,
        yaw_degrees: face.yaw,
        pitch_degrees: 0.0,
        roll_degrees: 0.0,
        sharpness: 200.0,
        luma: 120.0,
        contrast: 40.0,
        evenness: 0.9,
        eyes_open: 0.3,
        symmetry: None,
        width_px: bounds.width,
    };
    Subject {
        track: TrackId(face.track),
        first_seen_at: now,
        bounds,
        quality: Some(quality),
        eyes_open: Some([face.eyes; 2]),
        hint: face.hint,
    }
}

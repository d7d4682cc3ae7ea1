//! Where a guest stands and which way they look.

use serde::{Deserialize, Serialize};

use crate::vec3::{Rotation, Vec3, vec3};

/// The place and bearing of a guest before the camera.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pose {
    /// Turn of the head, degrees; positive to the viewer's right.
    pub yaw: f32,
    /// Nod of the head, degrees; positive looks down.
    pub pitch: f32,
    /// Tilt of the head, degrees; positive anticlockwise for the viewer.
    pub roll: f32,
    /// Turn of the shoulders, degrees.
    pub shoulders: f32,
    /// How far the face is from the camera, metres.
    pub distance_m: f32,
    /// How far it is to the viewer's right of the camera's axis, metres.
    pub aside_m: f32,
    /// How far it is above the camera's axis, metres.
    pub above_m: f32,
    /// 0 eyes open, 1 shut.
    pub blink: f32,
    /// Where the eyes look relative to the head, degrees: to the viewer's right, and up.
    pub gaze: (f32, f32),
}

impl Pose {
    /// Frontal, at reading distance, eyes open.
    pub const FRONTAL: Self = Self {
        yaw: 0.0,
        pitch: 0.0,
        roll: 0.0,
        shoulders: 0.0,
        distance_m: 0.75,
        aside_m: 0.0,
        above_m: 0.0,
        blink: 0.0,
        gaze: (0.0, 0.0),
    };
}

/// The joint on which a head turns, in head space.
const PIVOT: Vec3 = vec3(0.0, -0.95, -0.30);

/// The axis on which shoulders turn.
const SPINE: Vec3 = vec3(0.0, 0.0, -0.38);

/// A pose as transforms between camera space (decimetres, camera at the origin, looking along -z) and the two spaces
/// of a figure.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Placement {
    origin: Vec3,
    head: Rotation,
    body: Rotation,
}

impl Placement {
    pub fn new(pose: &Pose) -> Self {
        Self {
            origin: vec3(pose.aside_m, pose.above_m, -pose.distance_m) * 10.0,
            head: Rotation::from_degrees(pose.yaw, pose.pitch, pose.roll),
            body: Rotation::from_degrees(pose.shoulders, 0.0, 0.0),
        }
    }

    pub fn to_head(self, p: Vec3) -> Vec3 {
        self.head.undo(p - self.origin - PIVOT) + PIVOT
    }

    pub fn to_body(self, p: Vec3) -> Vec3 {
        self.body.undo(p - self.origin - SPINE) + SPINE
    }

    pub fn direction_to_head(self, d: Vec3) -> Vec3 {
        self.head.undo(d)
    }

    pub fn direction_to_body(self, d: Vec3) -> Vec3 {
        self.body.undo(d)
    }

    pub fn direction_from_head(self, d: Vec3) -> Vec3 {
        self.head.apply(d)
    }

    pub fn direction_from_body(self, d: Vec3) -> Vec3 {
        self.body.apply(d)
    }
}

//! Which pictures have been taken, and whether the next would show something new.

use portico_types::{Quality, Tick};

use crate::SessionPolicy;

/// Where a head was turned, in degrees.
#[derive(Clone, Copy)]
struct Pose {
    yaw: f32,
    pitch: f32,
}

/// The poses of the pictures that were kept, and of the one that was asked for.
#[derive(Default)]
pub(super) struct Poses {
    kept: Vec<Pose>,
    kept_at: Tick,
    asked: Option<(Pose, Tick)>,
}

impl Poses {
    /// How many pictures were kept.
    pub(super) fn taken(&self) -> u8 {
        self.kept.len() as u8
    }

    /// Whether a picture is worth taking now: some time after the last one, and with the head turned otherwise than in
    /// those before. Whoever cannot turn it is photographed all the same, after a while.
    pub(super) fn wants(&self, quality: &Quality, now: Tick, policy: &SessionPolicy) -> bool {
        let policy = &policy.enrolment;
        if self.asked.is_some_and(|(_, at)| now.since(at) < policy.between) {
            return false;
        }
        let pose = Pose::of(quality);
        let differs = self.kept.iter().all(|kept| kept.apart(pose) >= policy.turn);
        differs || now.since(self.kept_at) >= policy.turn_patience
    }

    /// A picture was asked for.
    pub(super) fn ask(&mut self, quality: &Quality, now: Tick) {
        self.asked = Some((Pose::of(quality), now));
    }

    /// The picture that was asked for was kept.
    pub(super) fn keep(&mut self, now: Tick) {
        self.kept.extend(self.asked.map(|(pose, _)| pose));
        self.kept_at = now;
    }
}

impl Pose {
    fn of(quality: &Quality) -> Self {
        Self { yaw: quality.yaw_degrees, pitch: quality.pitch_degrees }
    }

    fn apart(self, other: Self) -> f32 {
        (self.yaw - other.yaw).abs() + (self.pitch - other.pitch).abs()
    }
}

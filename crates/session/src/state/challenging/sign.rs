//! Whether a guest has done what they were asked to do, judged from one face to the next.

use portico_types::{Challenge, Subject};

use crate::SessionPolicy;

/// What has been seen of it so far.
pub(super) enum Sign {
    Blink(Lids),
    /// To one side, +1 or -1 in the sense of the measured angle.
    Turn {
        side: f32,
        from: Option<f32>,
    },
}

/// What the lids have done so far.
#[derive(Default)]
pub(super) struct Lids {
    widest: f32,
    were_shut: bool,
}

impl Sign {
    /// Nothing yet. The camera faces the guest, so that the guest's left is the picture's right.
    pub(super) fn of(challenge: Challenge) -> Self {
        match challenge {
            Challenge::Blink => Self::Blink(Lids::default()),
            Challenge::TurnLeft => Self::Turn { side: 1.0, from: None },
            Challenge::TurnRight => Self::Turn { side: -1.0, from: None },
        }
    }

    /// Takes another look; whether the sign has been given. A face that is too far away to be measured gives none.
    pub(super) fn is_given(&mut self, subject: &Subject, policy: &SessionPolicy) -> bool {
        match self {
            Self::Blink(lids) => subject
                .eyes_open
                .is_some_and(|[left, right]| lids.have_blinked(f32::midpoint(left, right), policy)),
            Self::Turn { side, from } => subject.quality.is_some_and(|quality| {
                let start = *from.get_or_insert(quality.yaw_degrees);
                (quality.yaw_degrees - start) * *side >= policy.sign.turn
            }),
        }
    }
}

impl Lids {
    /// Lids differ between people, so they are compared with themselves.
    fn have_blinked(&mut self, open: f32, policy: &SessionPolicy) -> bool {
        self.widest = self.widest.max(open);
        self.were_shut |= open < self.widest * policy.sign.shut;
        self.were_shut && open > self.widest * policy.sign.open
    }
}

#[cfg(test)]
mod tests {
    use portico_types::{FaceBox, Quality, Tick, TrackId};

    use super::*;

    fn subject(yaw_degrees: f32, open: f32) -> Subject {
        let quality = Quality {
            score: 0.7,
            yaw_degrees,
            pitch_degrees: 0.0,
            roll_degrees: 0.0,
            sharpness: 200.0,
            luma: 120.0,
            contrast: 40.0,
            evenness: 0.9,
            eyes_open: open,
            symmetry: None,
            width_px: 150.0,
        };
        Subject {
            track: TrackId(1),
            first_seen_at: Tick::ZERO,
            bounds: FaceBox::default(),
            quality: Some(quality),
            eyes_open: Some([open; 2]),
            hint: None,
        }
    }

    /// Which of the faces, given as (yaw, openness of the eyes), completes the sign.
    fn given_at(challenge: Challenge, faces: &[(f32, f32)]) -> Option<usize> {
        let mut sign = Sign::of(challenge);
        let policy = SessionPolicy::default();
        faces.iter().position(|(yaw, open)| sign.is_given(&subject(*yaw, *open), &policy))
    }

    #[test]
    fn a_blink_is_shut_and_open_again_in_the_guest_s_own_measure() {
        let narrow = [(0.0, 0.20), (0.0, 0.21), (0.0, 0.08), (0.0, 0.10), (0.0, 0.19)];
        assert_eq!(given_at(Challenge::Blink, &narrow), Some(4), "when the lids are open again");
        let shut = [(0.0, 0.30), (0.0, 0.10), (0.0, 0.09)];
        assert_eq!(given_at(Challenge::Blink, &shut), None, "eyes that stay shut have not blinked");
        let flutter = [(0.0, 0.30), (0.0, 0.25), (0.0, 0.31), (0.0, 0.22), (0.0, 0.30)];
        assert_eq!(
            given_at(Challenge::Blink, &flutter),
            None,
            "a picture's lids tremble by their measure only"
        );
    }

    #[test]
    fn a_turn_counts_to_its_own_side_and_from_where_the_head_was() {
        let to_the_left = [(4.0, 0.3), (8.0, 0.3), (17.0, 0.3)];
        assert_eq!(given_at(Challenge::TurnLeft, &to_the_left), Some(2), "13 degrees from where it was");
        assert_eq!(given_at(Challenge::TurnRight, &to_the_left), None, "the other side does not count");
        let to_the_right = [(10.0, 0.3), (-3.0, 0.3)];
        assert_eq!(given_at(Challenge::TurnRight, &to_the_right), Some(1));
    }

    #[test]
    fn what_cannot_be_measured_is_no_sign() {
        let mut far = subject(0.0, 0.3);
        (far.quality, far.eyes_open) = (None, None);
        let policy = SessionPolicy::default();
        assert!(Challenge::ALL.iter().all(|challenge| !Sign::of(*challenge).is_given(&far, &policy)));
    }
}

//! Who comes when: the order of visits, and how a demo's time is divided among them. Pure.

use std::time::Duration;

use super::event::{guest_id, other_id};
use super::guests::Clips;

/// Somebody at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Who.
    pub guest: Who,
    /// What should come of it.
    pub expected: Expected,
}

/// Who comes, and how they make themselves known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// By their face: a place in the cast.
    Face(usize),
    /// By the code of their ticket: a place among those who have no face.
    Ticket(usize),
}

impl Who {
    /// The roster's id.
    pub fn id(self) -> String {
        match self {
            Self::Face(index) => guest_id(index),
            Self::Ticket(index) => other_id(index),
        }
    }
}

/// Guests who show a ticket.
pub const TICKETS: usize = 3;

/// What should come of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// On the list, with a face, not in yet.
    Welcome,
    /// Was let in before.
    AlreadyIn,
    /// Not on the list.
    NotFound,
}

/// Eight guests by face and three by ticket, four strangers, two who come back. Everybody who matters offline stands in
/// the middle third.
const ORDER: [(Who, Expected); 17] = [
    (Who::Face(0), Expected::Welcome),
    (Who::Ticket(0), Expected::Welcome),
    (Who::Face(1), Expected::Welcome),
    (Who::Face(8), Expected::NotFound),
    (Who::Face(2), Expected::Welcome),
    (Who::Face(3), Expected::Welcome),
    (Who::Face(4), Expected::Welcome),
    (Who::Ticket(1), Expected::Welcome),
    (Who::Face(9), Expected::NotFound),
    (Who::Face(1), Expected::AlreadyIn),
    (Who::Face(5), Expected::Welcome),
    (Who::Face(10), Expected::NotFound),
    (Who::Face(6), Expected::Welcome),
    (Who::Face(4), Expected::AlreadyIn),
    (Who::Ticket(2), Expected::Welcome),
    (Who::Face(11), Expected::NotFound),
    (Who::Face(7), Expected::Welcome),
];

/// Time before the first visit and after the last: starting, and sending what waits.
const MARGIN: Duration = Duration::from_secs(4);

/// The whole performance.
pub struct Programme {
    /// Everybody, in order.
    pub visits: Vec<Visit>,
    /// Empty-room clips before the first visit.
    pub lead_clips: usize,
    /// Empty-room clips after each visit.
    pub gap_clips: usize,
    period: Duration,
    lead: Duration,
    frames: Frames,
}

/// Lengths in frames.
struct Frames {
    lead: usize,
    period: usize,
    per_second: u32,
}

impl Programme {
    /// Divides `length` among the visits. A short demo has short gaps, and the last visits may not come.
    pub fn new(clips: &Clips, length: Duration) -> Self {
        let frames =
            |count: usize| Duration::from_secs_f64(count as f64 / f64::from(clips.frames_per_second));
        let (visit, empty) = (frames(clips.visit_frames), frames(clips.empty_frames));
        let slot = length.saturating_sub(MARGIN) / ORDER.len() as u32;
        let gap_clips =
            (slot.saturating_sub(visit).as_secs_f64() / empty.as_secs_f64()).floor().max(1.0) as usize;
        let lead_clips = 3;
        let visits = ORDER.iter().map(|&(guest, expected)| Visit { guest, expected }).collect();
        let period = visit + empty * gap_clips as u32;
        let frames = Frames {
            lead: lead_clips * clips.empty_frames,
            period: clips.visit_frames + gap_clips * clips.empty_frames,
            per_second: clips.frames_per_second,
        };
        Self { visits, lead_clips, gap_clips, period, lead: empty * lead_clips as u32, frames }
    }

    /// How long the visit that shows the frame of this number, counted from 1, had been on by then.
    pub fn since_visit_began(&self, frame: u64) -> Option<Duration> {
        let since = (frame as usize).checked_sub(1 + self.frames.lead)? % self.frames.period;
        Some(Duration::from_secs(since as u64) / self.frames.per_second)
    }

    /// How long after the first frame the one of this number, counted from 1, is shown.
    pub fn shown_at(&self, frame: u64) -> Duration {
        Duration::from_secs(frame.saturating_sub(1)) / self.frames.per_second
    }

    /// The number of the visit that is on `elapsed` after the first frame, until the next one begins.
    pub fn visit_at(&self, elapsed: Duration) -> Option<usize> {
        let since = elapsed.checked_sub(self.lead)?;
        let index = (since.as_nanos() / self.period.as_nanos()) as usize;
        (index < self.visits.len()).then_some(index)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The demo of ninety seconds, without its pictures.
    pub fn programme() -> Programme {
        let clips = Clips {
            visits: Vec::new(),
            tickets: Vec::new(),
            empty: "empty".into(),
            visit_frames: 68,
            empty_frames: 5,
            frames_per_second: 15,
        };
        Programme::new(&clips, Duration::from_secs(90))
    }

    #[test]
    fn eleven_guests_four_strangers_and_two_who_come_back_fit_into_ninety_seconds() {
        let programme = programme();
        let count = |expected| programme.visits.iter().filter(|visit| visit.expected == expected).count();
        assert_eq!(
            (count(Expected::Welcome), count(Expected::NotFound), count(Expected::AlreadyIn)),
            (11, 4, 2)
        );
        assert!(programme.lead + programme.period * 17 <= Duration::from_secs(90));
    }

    #[test]
    fn who_is_at_the_door_is_known_at_every_time() {
        let programme = programme();
        assert_eq!(programme.visit_at(Duration::ZERO), None, "the room is empty at first");
        assert_eq!(programme.visit_at(programme.lead + Duration::from_millis(10)), Some(0));
        assert_eq!(programme.visit_at(programme.lead + programme.period), Some(1));
        assert_eq!(programme.visit_at(programme.lead + programme.period * 17), None);
    }

    #[test]
    fn how_long_a_visit_has_been_on_is_known_of_every_frame() {
        let programme = programme();
        assert_eq!(programme.since_visit_began(15), None, "the room is empty for three clips of five frames");
        assert_eq!(programme.since_visit_began(16), Some(Duration::ZERO), "frames are counted from 1");
        assert_eq!(programme.since_visit_began(19), Some(Duration::from_millis(200)));
        let next = 16 + 68 + 5 * programme.gap_clips as u64;
        assert_eq!(programme.since_visit_began(next), Some(Duration::ZERO));
    }

    #[test]
    fn whoever_comes_back_was_there_before() {
        let visits = programme().visits;
        for (index, visit) in visits.iter().enumerate().filter(|(_, v)| v.expected == Expected::AlreadyIn) {
            let before =
                visits.iter().take(index).any(|v| v.guest == visit.guest && v.expected == Expected::Welcome);
            assert!(before, "visit {index} is a first one");
        }
    }
}

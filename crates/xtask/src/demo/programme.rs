//! Who comes when: the order of visits, and how a demo's time is divided among them. Pure.

use std::time::Duration;

use super::guests::Clips;

/// Somebody at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Place in the cast.
    pub guest: usize,
    /// What should come of it.
    pub expected: Expected,
}

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

/// Eight guests, four strangers, two who come back. Everybody who matters offline stands in the middle third.
const ORDER: [(usize, Expected); 14] = [
    (0, Expected::Welcome),
    (1, Expected::Welcome),
    (8, Expected::NotFound),
    (2, Expected::Welcome),
    (3, Expected::Welcome),
    (4, Expected::Welcome),
    (9, Expected::NotFound),
    (1, Expected::AlreadyIn),
    (5, Expected::Welcome),
    (10, Expected::NotFound),
    (6, Expected::Welcome),
    (4, Expected::AlreadyIn),
    (11, Expected::NotFound),
    (7, Expected::Welcome),
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
        Self { visits, lead_clips, gap_clips, period, lead: empty * lead_clips as u32 }
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
            empty: "empty".into(),
            visit_frames: 68,
            empty_frames: 5,
            frames_per_second: 15,
        };
        Programme::new(&clips, Duration::from_secs(90))
    }

    #[test]
    fn eight_guests_four_strangers_and_two_who_come_back_fit_into_ninety_seconds() {
        let programme = programme();
        let count = |expected| programme.visits.iter().filter(|visit| visit.expected == expected).count();
        assert_eq!(
            (count(Expected::Welcome), count(Expected::NotFound), count(Expected::AlreadyIn)),
            (8, 4, 2)
        );
        assert!(programme.lead + programme.period * 14 <= Duration::from_secs(90));
    }

    #[test]
    fn who_is_at_the_door_is_known_at_every_time() {
        let programme = programme();
        assert_eq!(programme.visit_at(Duration::ZERO), None, "the room is empty at first");
        assert_eq!(programme.visit_at(programme.lead + Duration::from_millis(10)), Some(0));
        assert_eq!(programme.visit_at(programme.lead + programme.period), Some(1));
        assert_eq!(programme.visit_at(programme.lead + programme.period * 14), None);
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

//! Measures what guests feel of the kiosk's speed: from stepping up to the first sign that they were seen, and from the
//! first glance, or from the code that they hold up, to the painted greeting.

use std::sync::Arc;
use std::time::Duration;

use portico_session::{Effect, GuestView};
use portico_types::{Clock, Observation, Tick, TrackId, UtcMillis};

use crate::contract::View;
use crate::moment::MomentKind;

/// How a guest makes themselves known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Face,
    /// In the frame of this number.
    Code(u64),
}

/// A screen's report takes less than this. Whatever seems older was told by a clock that is not this device's, or that was
/// set meanwhile.
const LONGEST_WAY: Duration = Duration::from_secs(1);

/// Follows one encounter at a time.
pub(super) struct Glance {
    /// Not corrected by the backend's time: the screen reads the same one.
    device: Arc<dyn Clock>,
    latest: Option<(TrackId, Tick)>,
    /// When the newest observed frame with somebody in it was taken.
    seen_at: Option<Tick>,
    encounter: Option<(Way, Tick)>,
    greeting: Option<(u64, Way, Tick)>,
    feedback: Option<(u64, Tick)>,
}

impl Glance {
    /// Before anybody came. `device` is the clock that the screen tells the time by.
    pub(super) fn new(device: Arc<dyn Clock>) -> Self {
        Self { device, latest: None, seen_at: None, encounter: None, greeting: None, feedback: None }
    }

    /// Vision looked at a frame.
    pub(super) fn observed(&mut self, observation: &Observation) {
        self.seen_at = observation.subject.as_ref().map(|_| observation.captured_at);
        if let Some(subject) = &observation.subject {
            self.latest = Some((subject.track, subject.first_seen_at));
        }
    }

    /// The session wants something done; an identification starts the encounter that is measured, and a code that was
    /// typed is not the machine's time.
    pub(super) fn effect(&mut self, effect: &Effect) {
        match effect {
            Effect::Identify { track, .. } => {
                let seen = self.latest.filter(|(seen, _)| seen == track);
                self.encounter = seen.map(|(_, since)| (Way::Face, since));
            }
            Effect::LookUpTicket { .. } | Effect::FindNamed { .. } | Effect::CheckFact { .. } => {
                self.encounter = None;
            }
            _ => {}
        }
    }

    /// What was just looked up is a code that the camera saw in frame `sequence`, taken at `captured_at`.
    pub(super) fn code_read(&mut self, sequence: u64, captured_at: Tick) {
        self.encounter = Some((Way::Code(sequence), captured_at));
    }

    /// The screen changes to another kind of view, or to the same for another guest.
    pub(super) fn shown(&mut self, before: &GuestView, view: &View) {
        match view.guest {
            GuestView::Welcome { .. } | GuestView::AlreadyIn { .. } => {
                self.greeting = self.encounter.take().map(|(way, since)| (view.revision, way, since));
            }
            GuestView::Approaching { .. } if *before == GuestView::Idle => {
                self.feedback = self.seen_at.map(|since| (view.revision, since));
            }
            // The guest types something, or looks up from their ticket: what follows is not the machine's time.
            GuestView::Confirm { .. } | GuestView::MatchFace { .. } => self.encounter = None,
            GuestView::Ticket { .. } if self.encounter.is_some_and(|(way, _)| way == Way::Face) => {
                self.encounter = None;
            }
            _ => {}
        }
    }

    /// The screen has painted `revision`, at `at` by its wall clock: what was measured up to this.
    pub(super) fn painted(&mut self, now: Tick, revision: u64, at: UtcMillis) -> Vec<MomentKind> {
        let painted = self.on_the_way(at).map_or(now, |way| now - way);
        let millis = |since: Tick| painted.since(since).as_millis() as u64;
        let greeting = self.greeting.take_if(|(awaited, ..)| *awaited <= revision);
        let feedback = self.feedback.take_if(|(awaited, _)| *awaited <= revision);
        let noticed = feedback.map(|(_, since)| MomentKind::Noticed { feedback_ms: millis(since) });
        let greeted = greeting.map(|(_, way, since)| match way {
            Way::Face => MomentKind::Greeted { glance_ms: millis(since) },
            Way::Code(frame) => MomentKind::GreetedByCode { frame, code_ms: millis(since) },
        });
        noticed.into_iter().chain(greeted).collect()
    }

    /// How long ago `at` was, if that can be.
    fn on_the_way(&self, at: UtcMillis) -> Option<Duration> {
        let millis = u64::try_from(self.device.utc().0.checked_sub(at.0)?).ok()?;
        Some(Duration::from_millis(millis)).filter(|way| *way <= LONGEST_WAY)
    }
}

#[cfg(test)]
mod tests {
    use portico_session::{FaceChoice, RequestId};
    use portico_testkit::FakeClock;
    use portico_types::{FaceBox, Subject};

    use super::*;

    /// A measurement, and the clock that its screen tells the time by.
    fn measured() -> (Glance, FakeClock) {
        let device = FakeClock::new();
        (Glance::new(Arc::new(device.clone())), device)
    }

    /// The screen's report arrives at `millis`, without having been on the way for any time.
    fn painted(glance: &mut Glance, millis: u64, revision: u64) -> Vec<MomentKind> {
        let at = glance.device.utc();
        glance.painted(Tick::from_millis(millis), revision, at)
    }

    fn sees_somebody(glance: &mut Glance, millis: u64, since: u64) {
        let bounds = FaceBox { x: 0.0, y: 0.0, width: 90.0, height: 90.0 };
        let (track, first_seen_at) = (TrackId(1), Tick::from_millis(since));
        let subject = Subject { track, first_seen_at, bounds, quality: None, eyes_open: None, hint: None };
        glance.observed(&Observation {
            sequence: millis,
            captured_at: Tick::from_millis(millis),
            frame_width: 640,
            frame_height: 480,
            faces: 1,
            subject: Some(subject),
        });
    }

    fn shows(glance: &mut Glance, before: &GuestView, guest: GuestView, revision: u64) {
        let mut view = crate::kiosk::screen::tests::screen(crate::contract::StaffLock::Locked).view().clone();
        (view.guest, view.revision) = (guest, revision);
        glance.shown(before, &view);
    }

    fn welcome() -> GuestView {
        GuestView::Welcome { name: "Ada".into(), note: None, offline: false, face: FaceChoice::None }
    }

    fn look_up() -> Effect {
        Effect::LookUpTicket { request: RequestId(1), code: "T1".into() }
    }

    #[test]
    fn feedback_counts_from_the_picture_to_the_paint() {
        let (mut glance, _) = measured();
        sees_somebody(&mut glance, 1_000, 900);
        shows(&mut glance, &GuestView::Idle, GuestView::Approaching { hint: None, progress: 0.0 }, 7);
        assert_eq!(painted(&mut glance, 1_050, 6), [], "not that one yet");
        let noticed = MomentKind::Noticed { feedback_ms: 80 };
        assert_eq!(painted(&mut glance, 1_080, 7), [noticed]);
        assert_eq!(painted(&mut glance, 1_090, 8), [], "once");
    }

    #[test]
    fn the_reports_own_way_does_not_count_unless_the_screens_clock_is_another_one() {
        for (told_after_ms, feedback_ms) in [(30, 90), (1_001, 120), (-1, 120)] {
            let (mut glance, device) = measured();
            sees_somebody(&mut glance, 1_000, 900);
            shows(&mut glance, &GuestView::Idle, GuestView::Approaching { hint: None, progress: 0.0 }, 7);
            let at = UtcMillis(device.utc().0 - told_after_ms);
            let noticed = MomentKind::Noticed { feedback_ms };
            assert_eq!(glance.painted(Tick::from_millis(1_120), 7, at), [noticed]);
        }
    }

    #[test]
    fn the_next_guests_greeting_counts_also_where_it_follows_a_greeting() {
        let (mut glance, _) = measured();
        for (frame, start, revision) in [(41, 500, 3), (77, 2_500, 4)] {
            glance.effect(&look_up());
            glance.code_read(frame, Tick::from_millis(start));
            let before = if revision == 3 { GuestView::Idle } else { welcome() };
            shows(&mut glance, &before, welcome(), revision);
            let greeted = MomentKind::GreetedByCode { frame, code_ms: 90 };
            assert_eq!(painted(&mut glance, start + 90, revision), [greeted]);
        }
    }

    #[test]
    fn a_code_counts_from_its_picture_and_a_typed_one_not_at_all() {
        let (mut glance, _) = measured();
        glance.effect(&look_up());
        glance.code_read(41, Tick::from_millis(500));
        shows(&mut glance, &GuestView::Idle, welcome(), 3);
        let greeted = MomentKind::GreetedByCode { frame: 41, code_ms: 120 };
        assert_eq!(painted(&mut glance, 620, 3), [greeted]);

        glance.effect(&look_up());
        shows(&mut glance, &GuestView::Ticket { checking: true }, welcome(), 5);
        assert_eq!(painted(&mut glance, 900, 5), []);
    }
}

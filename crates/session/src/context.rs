//! What a state may use while it handles an input: the time, the policy, the memory and a list of effects.

use portico_types::{AttendeeId, Consent, FaceTicket, Method, Tick, TrackId};

use crate::memory::{Greeting, Memory, Sighting};
use crate::tracks::Regard;
use crate::{Effect, Evidence, FaceChoice, FaceRule, Input, RequestId, SessionPolicy, StaffNotice};

/// The surroundings of one step of the machine.
pub(crate) struct Context<'s> {
    pub(crate) now: Tick,
    pub(crate) policy: &'s SessionPolicy,
    pub(crate) memory: &'s mut Memory,
    effects: Vec<Effect>,
}

impl<'s> Context<'s> {
    pub(crate) fn new(now: Tick, policy: &'s SessionPolicy, memory: &'s mut Memory) -> Self {
        Self { now, policy, memory, effects: Vec::new() }
    }

    /// Everything that was asked for, in order.
    pub(crate) fn into_effects(self) -> Vec<Effect> {
        self.effects
    }

    /// Takes note of what `input` tells, whatever the state.
    pub(crate) fn learn(&mut self, input: &Input) {
        self.memory.learn(input, self.now, self.policy);
    }

    /// The face that is before the camera.
    pub(crate) fn present(&self) -> Option<&Sighting> {
        self.memory.present(self.now, self.policy)
    }

    /// The present face if it has not had its turn.
    pub(crate) fn newcomer(&self) -> Option<&Sighting> {
        self.present().filter(|sighting| self.regard(sighting) == Regard::Newcomer)
    }

    /// The present face if it is a newcomer's and not `track`: somebody else has stepped up.
    pub(crate) fn newcomer_beside(&self, track: TrackId) -> Option<&Sighting> {
        self.newcomer().filter(|sighting| sighting.subject.track != track)
    }

    /// The present face if it was missed, may be searched again, and nothing else is being searched.
    pub(crate) fn improved(&self) -> Option<TrackId> {
        let sighting = self.present().filter(|sighting| self.regard(sighting) == Regard::Improved)?;
        let may_search = self.memory.face_rule == FaceRule::Search && self.memory.may_search(self.now);
        may_search.then_some(sighting.subject.track)
    }

    /// Leaves the present face alone until its guest asks for it.
    pub(crate) fn set_present_aside(&mut self) -> Option<TrackId> {
        let track = self.present().map(|sighting| sighting.subject.track)?;
        self.memory.tracks.set_aside(track);
        Some(track)
    }

    /// `attendee`'s greeting and their face, if they were welcomed a moment ago and still stand there.
    pub(crate) fn welcomed_who_stands_there(&self, attendee: &AttendeeId) -> Option<(TrackId, &Greeting)> {
        let track = self.present()?.subject.track;
        self.memory.just_welcomed_as(attendee, track).map(|greeting| (track, greeting))
    }

    /// Gives the present face its turn if it was set aside.
    pub(crate) fn take_present_up(&mut self) {
        if let Some(track) = self.present().map(|sighting| sighting.subject.track) {
            self.memory.tracks.take_up(track);
        }
    }

    /// Asks who `track` is.
    pub(crate) fn identify(&mut self, track: TrackId) -> RequestId {
        let request = self.memory.next_request();
        self.memory.search_started(request, self.now + self.policy.identify_guard);
        self.effects.push(Effect::Identify { request, track });
        request
    }

    /// Asks whether `track` has the face in `ticket`, which is `attendee`'s.
    pub(crate) fn compare_face(
        &mut self,
        track: TrackId,
        attendee: AttendeeId,
        ticket: FaceTicket,
    ) -> RequestId {
        let request = self.memory.next_request();
        self.memory.search_started(request, self.now + self.policy.identify_guard);
        self.effects.push(Effect::CompareFace { request, track, attendee, ticket });
        request
    }

    /// Asks what a guest is to be asked to do.
    pub(crate) fn draw_challenge(&mut self) -> RequestId {
        let request = self.memory.next_request();
        self.effects.push(Effect::DrawChallenge { request });
        request
    }

    /// Asks whether `fact` is right.
    pub(crate) fn check_fact(&mut self, attendee: AttendeeId, fact: String) -> RequestId {
        let request = self.memory.next_request();
        self.effects.push(Effect::CheckFact { request, attendee, fact });
        request
    }

    /// Asks whose ticket it is.
    pub(crate) fn look_up_ticket(&mut self, code: String) -> RequestId {
        let request = self.memory.next_request();
        self.effects.push(Effect::LookUpTicket { request, code });
        request
    }

    /// Asks who has this name and these digits.
    pub(crate) fn find_named(&mut self, name: String, digits: String) -> RequestId {
        let request = self.memory.next_request();
        self.effects.push(Effect::FindNamed { request, name, digits });
        request
    }

    /// Asks to write an entry down.
    pub(crate) fn admit(&mut self, attendee: AttendeeId, method: Method, evidence: Evidence) -> RequestId {
        let request = self.memory.next_request();
        self.memory.admission_started(request);
        self.effects.push(Effect::Admit { request, attendee, method, evidence });
        request
    }

    /// Asks for a picture to enrol.
    pub(crate) fn take_picture(&mut self, track: TrackId, attendee: AttendeeId, first: bool) -> RequestId {
        let request = self.memory.next_request();
        self.effects.push(Effect::TakePicture { request, track, attendee, first });
        request
    }

    /// Asks to have the pictures enrolled.
    pub(crate) fn enrol(&mut self, attendee: AttendeeId, consent: Consent) -> RequestId {
        let request = self.memory.next_request();
        self.effects.push(Effect::Enrol { request, attendee, consent });
        request
    }

    /// Has the pictures dropped.
    pub(crate) fn drop_pictures(&mut self) {
        self.effects.push(Effect::DropPictures);
    }

    /// Asks to have a guest's templates erased.
    pub(crate) fn withdraw(&mut self, attendee: AttendeeId) -> RequestId {
        let request = self.memory.next_request();
        self.effects.push(Effect::Withdraw { request, attendee });
        request
    }

    /// What a guest may do about their face: who is enrolled may have it removed; who has shown their ticket may enrol.
    pub(crate) fn face_choice(&self, enrolled: bool, by_ticket: bool) -> FaceChoice {
        match (enrolled, by_ticket && self.memory.enrolment_offered) {
            (true, _) => FaceChoice::Remove,
            (false, true) => FaceChoice::Enrol,
            (false, false) => FaceChoice::None,
        }
    }

    /// Tells staff.
    pub(crate) fn notify(&mut self, notice: StaffNotice) {
        self.effects.push(Effect::NotifyStaff(notice));
    }

    fn regard(&self, sighting: &Sighting) -> Regard {
        self.memory.tracks.regard(&sighting.subject, self.now, self.policy)
    }
}

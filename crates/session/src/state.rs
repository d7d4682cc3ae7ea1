//! The closed set of states, and the transitions that are the same from everywhere.
//!
//! Each state has its own file with its data, how it is entered, what it makes of an input, and what it does
//! when its time is over.

mod admitting;
mod already_in;
mod approaching;
mod capturing;
mod challenging;
mod confirming;
mod consenting;
mod enrolled;
mod identifying;
mod idle;
mod matching;
mod naming;
mod not_enrolled;
mod not_found;
mod offering;
mod owner;
mod patience;
mod presence;
mod recognised;
mod shown_code;
mod staff_called;
mod ticket;
mod trouble;
mod welcome;
mod withdrawing;

use std::time::Duration;

use portico_types::{AttendeeId, Tick, TrackId};

use crate::codes::CodeMark;
use crate::context::Context;
use crate::tracks::Standing;
use crate::{FaceRule, GuestView, Input, SessionPolicy};

use admitting::Admitting;
use already_in::AlreadyIn;
use approaching::{Approaching, Pace};
use capturing::Capturing;
use challenging::Challenging;
use confirming::Confirming;
use consenting::Consenting;
pub(crate) use consenting::Enrolling;
use enrolled::Enrolled;
use identifying::Identifying;
use idle::Idle;
use matching::Matching;
use naming::Naming;
use not_enrolled::NotEnrolled;
use not_found::NotFound;
use offering::Offering;
use presence::Presence;
use shown_code::Found;
use staff_called::StaffCalled;
use ticket::Ticket;
use trouble::Trouble;
use welcome::Welcome;
use withdrawing::Withdrawing;

/// Where the encounter stands.
pub(crate) enum State {
    Idle(Idle),
    Approaching(Approaching),
    Challenging(Challenging),
    Identifying(Identifying),
    Confirming(Confirming),
    Admitting(Admitting),
    Welcome(Welcome),
    AlreadyIn(AlreadyIn),
    NotFound(NotFound),
    Ticket(Ticket),
    Matching(Matching),
    Naming(Naming),
    StaffCalled(StaffCalled),
    Trouble(Trouble),
    Offering(Offering),
    Consenting(Consenting),
    Capturing(Capturing),
    Enrolled(Enrolled),
    NotEnrolled(NotEnrolled),
    Withdrawing(Withdrawing),
}

/// What every state answers for itself.
trait Phase {
    /// The state after `input`.
    fn handle(self, cx: &mut Context<'_>, input: Input) -> State;
    /// The state after this one's time is over.
    fn expire(self, cx: &mut Context<'_>) -> State;
    /// What the guest's screen shows.
    fn view(&self) -> GuestView;
    /// When this state's time is over; `None` if it lasts until something happens.
    fn deadline(&self, policy: &SessionPolicy) -> Option<Tick>;
    /// How long before its end the guest is asked whether they are still there, while they are.
    fn closing(&self, _policy: &SessionPolicy) -> Option<Duration> {
        None
    }
    /// Whose screen it is, where that is known: their own ticket is no news to it.
    fn guest(&self) -> Option<&AttendeeId> {
        None
    }
}

/// Whose a screen is.
pub(crate) enum Claim<'s> {
    /// This guest's own.
    Of(&'s AttendeeId),
    /// Theirs whose the screen before was.
    WhoeverWasThere,
    /// Nobody's who is known.
    Nobodys,
}

impl Default for State {
    fn default() -> Self {
        Self::Idle(Idle::default())
    }
}

/// Calls the same method of whichever state it is.
macro_rules! each {
    ($state:expr, $inner:ident => $call:expr) => {
        match $state {
            State::Idle($inner) => $call,
            State::Approaching($inner) => $call,
            State::Challenging($inner) => $call,
            State::Identifying($inner) => $call,
            State::Confirming($inner) => $call,
            State::Admitting($inner) => $call,
            State::Welcome($inner) => $call,
            State::AlreadyIn($inner) => $call,
            State::NotFound($inner) => $call,
            State::Ticket($inner) => $call,
            State::Matching($inner) => $call,
            State::Naming($inner) => $call,
            State::StaffCalled($inner) => $call,
            State::Trouble($inner) => $call,
            State::Offering($inner) => $call,
            State::Consenting($inner) => $call,
            State::Capturing($inner) => $call,
            State::Enrolled($inner) => $call,
            State::NotEnrolled($inner) => $call,
            State::Withdrawing($inner) => $call,
        }
    };
}

impl State {
    /// The state after `input`. The guest's ways out are open everywhere; the rest is each state's own.
    pub(crate) fn handle(self, cx: &mut Context<'_>, input: Input) -> Self {
        match input {
            Input::StaffCalled if !matches!(self, Self::StaffCalled(_)) => {
                self.set_face_aside(cx);
                StaffCalled::enter(cx)
            }
            Input::TicketWanted if self.can_be_left() => {
                self.set_face_aside(cx);
                Ticket::enter(cx)
            }
            Input::NameWanted if self.can_be_left() && !matches!(self, Self::Naming(_)) => {
                self.set_face_aside(cx);
                Naming::enter(cx)
            }
            Input::TicketEntered(code) if self.can_be_left() => self.enter_ticket(cx, &code),
            Input::CodeShown(code) => shown_code::seen(self, cx, &code),
            Input::TicketFound { request, .. }
            | Input::TicketWithFace { request, .. }
            | Input::TicketRefused { request, .. } => match cx.memory.codes.take_glimpse(request) {
                Some(glimpse) => shown_code::looked_up(self, cx, &glimpse, Found::of(input)),
                None => self.pass_on(cx, input),
            },
            input => self.pass_on(cx, input),
        }
    }

    /// Leads whom staff want there to the consent, as soon as nobody is about to get an answer.
    pub(crate) fn lead_on(self, cx: &mut Context<'_>) -> Self {
        let led = if self.can_be_left() { cx.memory.led.take() } else { None };
        let Some(guest) = led else { return self };
        self.set_face_aside(cx);
        let presence = Presence::awaited(cx);
        Consenting::enter(cx, guest, presence)
    }

    /// What is each state's own.
    fn pass_on(self, cx: &mut Context<'_>, input: Input) -> Self {
        each!(self, state => state.handle(cx, input))
    }

    /// The state after its time is over.
    pub(crate) fn expire(self, cx: &mut Context<'_>) -> Self {
        each!(self, state => state.expire(cx))
    }

    /// What the guest's screen shows.
    pub(crate) fn view(&self) -> GuestView {
        each!(self, state => state.view())
    }

    /// When this state's time is over.
    pub(crate) fn deadline(&self, policy: &SessionPolicy) -> Option<Tick> {
        each!(self, state => state.deadline(policy))
    }

    /// Whether pictures were taken that must go when this is left.
    pub(crate) fn holds_pictures(&self) -> bool {
        matches!(self, Self::Capturing(_))
    }

    /// How long before its end the guest is asked whether they are still there, while they are.
    pub(crate) fn closing(&self, policy: &SessionPolicy) -> Option<Duration> {
        each!(self, state => state.closing(policy))
    }

    /// Whose screen it is, where that is known.
    pub(crate) fn guest(&self) -> Option<&AttendeeId> {
        each!(self, state => state.guest())
    }

    /// Whose screen it is, for telling one guest's from the next one's.
    pub(crate) fn claim(&self) -> Claim<'_> {
        match (self.guest(), self) {
            (Some(guest), _) => Claim::Of(guest),
            // What they are told about themselves, or what they asked for; who is being admitted is shown afterwards.
            (None, Self::Admitting(_) | Self::StaffCalled(_) | Self::Trouble(_) | Self::NotEnrolled(_)) => {
                Claim::WhoeverWasThere
            }
            (None, _) => Claim::Nobodys,
        }
    }

    /// Not while an answer is on its way that the guest is about to get.
    fn can_be_left(&self) -> bool {
        match self {
            Self::Admitting(_) => false,
            Self::Ticket(ticket) => !ticket.is_checking(),
            Self::Withdrawing(withdrawing) => !withdrawing.is_erasing(),
            Self::Naming(naming) => !naming.is_checking(),
            _ => true,
        }
    }

    /// Whose face the state is about to identify.
    fn attended_track(&self) -> Option<TrackId> {
        match self {
            Self::Approaching(approaching) => Some(approaching.track()),
            Self::Challenging(challenging) => Some(challenging.track()),
            Self::Identifying(identifying) => Some(identifying.track()),
            _ => None,
        }
    }

    /// A guest who chooses another way is not identified by face behind their back.
    fn set_face_aside(&self, cx: &mut Context<'_>) {
        if let Some(track) = self.attended_track() {
            cx.memory.tracks.set_aside(track);
        }
        cx.set_present_aside();
    }

    fn enter_ticket(self, cx: &mut Context<'_>, code: &str) -> Self {
        let code = code.trim();
        let mark = CodeMark::of(code);
        if code.is_empty() || cx.memory.is_stutter(mark, cx.now, cx.policy) {
            return self;
        }
        if self.guest().is_some() {
            // It may be their own: nothing is taken from them before that is known.
            let request = cx.look_up_ticket(code.to_owned());
            cx.memory.codes.owe(mark, request, cx.now + cx.policy.lookup_guard);
            return self;
        }
        self.set_face_aside(cx);
        Ticket::look_up(cx, code.to_owned())
    }
}

/// Turns to whoever stands there and has not had their turn; otherwise rests. Where faces are only compared with tickets,
/// it waits for a ticket.
fn attend(cx: &mut Context<'_>) -> State {
    match cx.newcomer().cloned() {
        Some(sighting) if cx.memory.face_rule == FaceRule::Search => {
            Approaching::enter(cx, &sighting, Pace::Hold)
        }
        _ => State::Idle(Idle::default()),
    }
}

/// The guest left a screen: what it had set aside is taken up again.
fn go_back(cx: &mut Context<'_>) -> State {
    cx.take_present_up();
    attend(cx)
}

/// The guest asked to be recognised by face. A face that has had its turn is not searched again (I9): one that
/// was missed hears so again, any other is offered the ticket.
fn use_face(cx: &mut Context<'_>) -> State {
    if cx.memory.face_rule != FaceRule::Search {
        return Ticket::enter(cx);
    }
    let Some(sighting) = cx.present().cloned() else {
        return Idle::waiting_for_face(cx);
    };
    let track = sighting.subject.track;
    cx.memory.tracks.take_up(track);
    match cx.memory.tracks.standing(track) {
        None => Approaching::enter(cx, &sighting, Pace::AtOnce),
        Some(Standing::Missed { .. }) => NotFound::again(cx, track),
        Some(Standing::SetAside | Standing::Concluded) => Ticket::enter(cx),
    }
}

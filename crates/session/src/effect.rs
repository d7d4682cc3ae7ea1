//! What the session asks the outside to do. Runners do it and report back as [`crate::Input`]s.

use portico_types::{AttendeeId, Consent, FaceTicket, Method, StaffNotice, TrackId};

use crate::{Evidence, RequestId};

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Take the best recent picture of this track and find out who it is. Answer: `Input::Identified`.
    Identify {
        /// Goes back with the answer.
        request: RequestId,
        /// Whose picture.
        track: TrackId,
    },
    /// Take the best recent picture of this track and compare it with the face in a ticket, and with no other. Answer:
    /// `Input::Identified`.
    CompareFace {
        /// Goes back with the answer.
        request: RequestId,
        /// Whose picture.
        track: TrackId,
        /// Whose ticket.
        attendee: AttendeeId,
        /// The ticket.
        ticket: FaceTicket,
    },
    /// Draw what the guest is asked to do. Answer: `Input::ChallengeDrawn`.
    DrawChallenge {
        /// Goes back with the answer.
        request: RequestId,
    },
    /// Compare the typed fact with the roster's. Answer: `Input::FactChecked`.
    CheckFact {
        /// Goes back with the answer.
        request: RequestId,
        /// Whose fact.
        attendee: AttendeeId,
        /// What was typed.
        fact: String,
    },
    /// Find the owner of a ticket. Answer: `Input::TicketFound`, `Input::TicketWithFace` or `Input::TicketRefused`.
    LookUpTicket {
        /// Goes back with the answer.
        request: RequestId,
        /// The code as typed or read.
        code: String,
    },
    /// Find the one guest of this name whose phone ends in these digits. Answer: `Input::GuestFound`.
    FindNamed {
        /// Goes back with the answer.
        request: RequestId,
        /// The name as typed.
        name: String,
        /// The digits as typed, perhaps a whole number.
        digits: String,
    },
    /// Write the entry down in one transaction, unless the guest is in already. Answer: `Input::Admitted`.
    Admit {
        /// Goes back with the answer.
        request: RequestId,
        /// Who wants to enter.
        attendee: AttendeeId,
        /// How they were recognised.
        method: Method,
        /// What they were recognised by.
        evidence: Evidence,
    },
    /// Take the best recent picture of this track and keep it in memory, beside those taken before unless it is the
    /// first. Answer: `Input::PictureTaken`.
    TakePicture {
        /// Goes back with the answer.
        request: RequestId,
        /// Whose picture.
        track: TrackId,
        /// Who it is, by their ticket or by staff.
        attendee: AttendeeId,
        /// Whether it is the first: older ones are dropped.
        first: bool,
    },
    /// Send the pictures to the backend with the guest's consent, and drop them. Answer: `Input::Enrolled`.
    Enrol {
        /// Goes back with the answer.
        request: RequestId,
        /// Whose face.
        attendee: AttendeeId,
        /// What they agreed to.
        consent: Consent,
    },
    /// Drop the pictures that were taken.
    DropPictures,
    /// Erase the guest's templates here, and have the backend told. Answer: `Input::Withdrawn`.
    Withdraw {
        /// Goes back with the answer.
        request: RequestId,
        /// Whose.
        attendee: AttendeeId,
    },
    /// Tell staff quietly that somebody needs them.
    NotifyStaff(StaffNotice),
}

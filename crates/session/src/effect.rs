//! What the session asks the outside to do. Runners do it and report back as [`crate::Input`]s.

use portico_types::{AttendeeId, FaceTicket, Method, TicketRefusal, TrackId};

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
    /// Tell staff quietly that somebody needs them.
    NotifyStaff(StaffNotice),
}

/// Why staff are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StaffNotice {
    /// The guest asked.
    Called,
    /// A face was not found on the roster.
    NotFound,
    /// The second fact was wrong too often, or no guest had both the name and the digits.
    FactRefused,
    /// A possible spoof: what the camera showed looked like a picture held up to it.
    SpoofWarning,
    /// A guest did not do what the challenge asked, and is let in another way.
    ChallengeNotMet,
    /// A ticket was shown that must not let anybody in.
    TicketRefused(TicketRefusal),
    /// The entry could not be written down.
    StorageFailed,
}

//! What the guest's screen shows: the whole of it, on every change.

use portico_types::{Challenge, FirstEntry, Hint};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{CaptureAsk, EnrolFailure, FaceChoice};

/// The guest's screen. Never carries another person's name, photo or score (I10).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum GuestView {
    /// Nobody is near.
    Idle,
    /// A face is near but not yet good enough, or is being held for the intent time.
    Approaching {
        /// The one thing to do better, held long enough to be read.
        hint: Option<Hint>,
        /// How full the ring is, 0 to 1: the share of the intent time that has passed.
        #[ts(type = "number")]
        progress: f32,
    },
    /// Somebody is being looked up.
    Identifying,
    /// Asks the guest for a sign that the face before the camera is theirs. Says nothing of why.
    Challenge {
        /// What to do.
        challenge: Challenge,
    },
    /// "Is this you?": asks for the second fact. Says nothing about whom it believes to see.
    Confirm {
        /// How many wrong answers are still allowed.
        attempts_left: u8,
        /// Whether the last answer was wrong.
        refused: bool,
        /// Whether an answer is being compared.
        checking: bool,
    },
    /// Welcome, and checked in.
    Welcome {
        /// The guest's name, as the event shows it.
        name: String,
        /// The event's note for this guest.
        note: Option<String>,
        /// Whether the backend will hear of it later.
        offline: bool,
        /// What they may do about their face.
        face: FaceChoice,
    },
    /// Checked in before.
    AlreadyIn {
        /// The guest's name, as the event shows it.
        name: String,
        /// When and where.
        first: FirstEntry,
        /// What they may do about their face.
        face: FaceChoice,
    },
    /// The third way in: a name and the last digits of a phone. Looks the same for everybody, on the list or not.
    Name {
        /// What to type.
        asks: NameAsks,
        /// How many wrong answers are still allowed.
        attempts_left: u8,
        /// Whether nobody had both of what was typed last.
        refused: bool,
        /// Whether what was typed is being looked up.
        checking: bool,
    },
    /// Not found by face, ticket, name or fact. Never a dead end.
    NotFound {
        /// What was tried.
        tried: Tried,
    },
    /// The other way in: the ticket code.
    Ticket {
        /// Whether the code is being looked up.
        checking: bool,
    },
    /// The ticket is read and carries a face: the guest's own is compared with it. Says nothing about whose it is.
    MatchFace {
        /// The one thing to do better, held long enough to be read.
        hint: Option<Hint>,
        /// Whether a face is being compared.
        checking: bool,
    },
    /// Staff are on their way.
    StaffCalled,
    /// Something failed that the guest cannot mend; staff have been told.
    Trouble,
    /// A guest who was welcomed is offered to enrol their face for the next time.
    EnrolOffer,
    /// What the guest is asked to agree to before their face is enrolled. The text is the event's.
    Consent {
        /// Whose face it will be, as the event shows the name.
        name: String,
    },
    /// Pictures of the guest are taken.
    Capture {
        /// The one thing to do better.
        hint: Option<Hint>,
        /// What to do for the next picture.
        ask: CaptureAsk,
        /// How many pictures are taken.
        taken: u8,
        /// How many there will be.
        wanted: u8,
        /// Whether they are on their way to the backend.
        sending: bool,
    },
    /// The guest's face is enrolled.
    Enrolled {
        /// How many pictures were taken over.
        pictures: u8,
        /// The best one's quality, 0 to 1.
        #[ts(type = "number")]
        quality: f32,
    },
    /// The guest's face was not enrolled; nothing was kept.
    NotEnrolled {
        /// Why.
        why: EnrolFailure,
    },
    /// "Remove my face data?"
    Withdraw {
        /// Whether it is being removed.
        working: bool,
    },
    /// The guest's face data is removed.
    Withdrawn,
}

/// What the name's screen asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NameAsks {
    /// A name, or the last digits of a phone.
    NameOrDigits,
    /// The digits that belong to the name.
    Digits,
    /// The name that belongs to the digits.
    Name,
}

/// What a guest tried when they were not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tried {
    /// Their face.
    Face,
    /// A ticket code.
    Ticket,
    /// A signed ticket that cannot be read as one: changed, cut off, or signed by somebody else.
    TicketDamaged,
    /// A ticket for another event.
    TicketElsewhere,
    /// A ticket whose time is over.
    TicketExpired,
    /// A ticket that was replaced, or whose guest has left the list.
    TicketWithdrawn,
    /// A code where the event wants the whole ticket.
    TicketUnsigned,
    /// A ticket that carries another face than that of whoever shows it.
    FaceDiffers,
    /// A ticket that carries a face, and nobody looked into the camera.
    FaceUnseen,
    /// A ticket that carries a face that cannot be compared here.
    FaceUnusable,
    /// The second fact.
    Fact,
    /// A name and digits.
    Name,
    /// Nothing: too much was guessed of late for names, or for second facts, to be taken.
    NameClosed,
}

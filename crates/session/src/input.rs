//! Everything that can happen to a session: one closed enum.

use portico_types::{
    Admission, AttendeeId, Candidate, Challenge, Consent, Decision, DecisionSource, FaceTicket, Observation,
    TicketRefusal, TrackId,
};

use crate::{EnrolmentOutcome, FaceRule, PictureOutcome, SpoofRules};

/// Numbers the effects whose result is awaited, so that late answers are told from current ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u64);

/// What the machine is told. Each comes with the `Tick` at which it happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// Vision looked at a frame.
    Observed(Observation),
    /// The camera stopped delivering frames; whoever stood there is no longer followed.
    CameraLost,
    /// The guest tapped "Use my face now", which counts as intent without waiting.
    Tapped,
    /// The guest asks for the other way in.
    TicketWanted,
    /// The guest asks for the way in by name.
    NameWanted,
    /// What the name's screen asks for was typed on its keyboard: a name, or digits of a phone.
    NameEntered(String),
    /// A ticket code was typed or scanned.
    TicketEntered(String),
    /// The camera sees a code. Comes again and again for as long as it does.
    CodeShown(String),
    /// The guest typed the digits that "Is this you?" or the name's screen asks for.
    FactEntered(String),
    /// The guest left the current screen ("That is not me", "Back", "Done").
    Dismissed,
    /// The guest is there: they pressed, tapped or typed something, whatever it was.
    Touched,
    /// The guest asks for a person.
    StaffCalled,
    /// Staff took an entry back: whoever was welcomed a moment ago is not to be greeted again without a new entry.
    EntryTakenBack,
    /// Identification, or the comparison with a ticket's face, has ended.
    Identified {
        /// Which request.
        request: RequestId,
        /// What came of it.
        outcome: IdentifyOutcome,
    },
    /// What the guest is asked to do was drawn.
    ChallengeDrawn {
        /// Which request.
        request: RequestId,
        /// What.
        challenge: Challenge,
    },
    /// The event's rules against held-up pictures are these from now on.
    RulesChanged(SpoofRules),
    /// From now on faces are used in this way.
    FaceRuleChanged(FaceRule),
    /// The second fact was compared.
    FactChecked {
        /// Which request.
        request: RequestId,
        /// Whether it was right.
        correct: bool,
    },
    /// The ticket code was looked up.
    TicketFound {
        /// Which request.
        request: RequestId,
        /// Whose ticket it is, if anybody's.
        attendee: Option<AttendeeId>,
    },
    /// The ticket code was looked up: it is good, and carries its guest's face, which whoever shows it must have.
    TicketWithFace {
        /// Which request.
        request: RequestId,
        /// Whose ticket it is.
        attendee: AttendeeId,
        /// The ticket.
        ticket: FaceTicket,
    },
    /// A name and digits were looked up.
    GuestFound {
        /// Which request.
        request: RequestId,
        /// The one guest who has both, if anybody.
        attendee: Option<AttendeeId>,
    },
    /// The ticket code was looked up, and must not let anybody in.
    TicketRefused {
        /// Which request.
        request: RequestId,
        /// What is wrong with it.
        refusal: TicketRefusal,
    },
    /// The wish to enter was written down, or answered from what was written before.
    Admitted {
        /// Which request.
        request: RequestId,
        /// What came of it, with what the guest may be shown.
        outcome: AdmitOutcome,
    },
    /// Whether guests may be offered to enrol their face from now on: the event wants it, and all that it takes is there.
    EnrolmentOffered(bool),
    /// Staff lead this guest to the consent. The guest, not staff, agrees.
    EnrolmentStarted {
        /// Who.
        attendee: AttendeeId,
        /// Shown name.
        name: String,
    },
    /// The guest would like to enrol their face.
    EnrolmentWanted,
    /// The guest agreed to the text that was shown.
    ConsentGiven(Consent),
    /// A picture was taken, or not.
    PictureTaken {
        /// Which request.
        request: RequestId,
        /// What came of it.
        outcome: PictureOutcome,
    },
    /// The backend has answered an enrolment, or could not be reached.
    Enrolled {
        /// Which request.
        request: RequestId,
        /// What came of it.
        outcome: EnrolmentOutcome,
    },
    /// The guest would like to have their face data removed.
    WithdrawalWanted,
    /// They mean it.
    WithdrawalConfirmed,
    /// The guest's templates were erased, or the disk refused.
    Withdrawn {
        /// Which request.
        request: RequestId,
        /// Whether they are gone.
        done: bool,
    },
    /// Time has passed; sent when `Session::deadline` is reached.
    TimePassed,
}

/// What came of an identification.
#[derive(Clone, Debug, PartialEq)]
pub enum IdentifyOutcome {
    /// Somebody searched and this is the conclusion.
    Decided {
        /// The conclusion.
        decision: Decision,
        /// Who searched.
        source: DecisionSource,
        /// Quality score of the picture that was searched with, 0 to 1.
        quality: f32,
        /// Whether that picture came with a spoof warning.
        warning: bool,
    },
    /// The face was gone before a picture could be taken.
    FaceGone,
    /// Neither the backend nor the local gallery could search.
    Failed,
}

/// What came of a wish to enter.
#[derive(Clone, Debug, PartialEq)]
pub enum AdmitOutcome {
    /// The store's answer, and the guest's details as policy lets them be shown.
    Answered {
        /// Recorded, already in, or not on the roster.
        admission: Admission,
        /// Shown name.
        name: String,
        /// The event's note for this guest.
        note: Option<String>,
        /// Whether the backend will hear of it only later.
        offline: bool,
        /// Whether the guest's face is enrolled here.
        enrolled: bool,
    },
    /// The disk refused; nothing was promised to the guest.
    Failed,
}

/// Evidence that goes with a wish to enter.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The face comparison, if there was one.
    pub candidate: Option<Candidate>,
    /// Which face it was.
    pub track: Option<TrackId>,
    /// Whether there was a spoof warning.
    pub warning: bool,
}

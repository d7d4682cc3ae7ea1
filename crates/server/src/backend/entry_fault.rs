//! Why an entry is rejected, in English and by name for screens.

use portico_protocol::{CheckInVerdict, TimeError};
use portico_types::Reason;

/// What is wrong with an entry, or with what it is about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum EntryFault {
    /// Its own id.
    #[error("the entry's id is not a UUID")]
    Id,
    /// Its time.
    #[error(transparent)]
    Time(#[from] TimeError),
    /// How the guest was recognised.
    #[error("the method is none of {known}")]
    Method {
        /// What there is.
        known: String,
    },
    /// Where it was.
    #[error("the entry names no gate")]
    NoGate,
    /// How alike the faces were.
    #[error("the score is no number")]
    Score,
    /// Texts beyond measure.
    #[error("gate and reason have at most {characters} characters")]
    LongText {
        /// The limit.
        characters: usize,
    },
    /// A guest of this id cannot be kept.
    #[error("the new guest's id is not a UUID")]
    GuestId,
    /// Nobody to greet.
    #[error("the new guest has no name")]
    NoName,
    /// Facts of a guest beyond measure.
    #[error("name and company have at most {name} characters, a note {note}")]
    LongFacts {
        /// The limit of name and company.
        name: usize,
        /// That of the note.
        note: usize,
    },
    /// Not the last digits of a phone number.
    #[error("of a phone number {digits} digits are kept")]
    PhoneDigits {
        /// How many there should be.
        digits: usize,
    },
    /// The guest is not there, or not any more.
    #[error("the guest is not on the roster")]
    NotOnRoster,
    /// The guest was there.
    #[error("this guest was taken off the roster")]
    TakenOff,
    /// What is to be taken back.
    #[error("the id of the entry to take back is not a UUID")]
    TakenId,
    /// What is to be taken back was never here.
    #[error("there is no entry of this id")]
    UnknownEntry,
    /// What is decided about.
    #[error("the id of the conflict is not a UUID")]
    ConflictId,
    /// What is decided about was never here.
    #[error("there is no conflict of this id")]
    UnknownConflict,
}

impl EntryFault {
    /// The same for screens. What no kiosk of ours writes has one name for all: staff can do nothing about it.
    pub(super) fn reason(&self) -> Reason {
        match self {
            Self::Id
            | Self::Time(_)
            | Self::Method { .. }
            | Self::Score
            | Self::GuestId
            | Self::TakenId
            | Self::ConflictId => Reason::new("unreadable", self, &[("answer", self)]),
            Self::NoGate => Reason::new("no_gate", self, &[]),
            Self::LongText { characters } => Reason::new("long_text", self, &[("characters", characters)]),
            Self::NoName => Reason::new("no_name", self, &[]),
            Self::LongFacts { name, note } => {
                Reason::new("long_facts", self, &[("name", name), ("note", note)])
            }
            Self::PhoneDigits { digits } => Reason::new("phone_digits", self, &[("digits", digits)]),
            Self::NotOnRoster => Reason::new("not_on_roster", self, &[]),
            Self::TakenOff => Reason::new("taken_off", self, &[]),
            Self::UnknownEntry => Reason::new("unknown_entry", self, &[]),
            Self::UnknownConflict => Reason::new("unknown_conflict", self, &[]),
        }
    }
}

impl From<EntryFault> for CheckInVerdict {
    fn from(fault: EntryFault) -> Self {
        Self::rejected(fault.reason())
    }
}

#[cfg(test)]
mod tests {
    use portico_testkit::assert_screens_say;

    use super::*;

    #[test]
    fn screens_can_say_in_their_own_language_why_an_entry_was_rejected() {
        for fault in [
            EntryFault::Id,
            EntryFault::Time(TimeError("yesterday".to_owned())),
            EntryFault::Method { known: "face".to_owned() },
            EntryFault::NoGate,
            EntryFault::Score,
            EntryFault::LongText { characters: 500 },
            EntryFault::GuestId,
            EntryFault::NoName,
            EntryFault::LongFacts { name: 200, note: 500 },
            EntryFault::PhoneDigits { digits: 4 },
            EntryFault::NotOnRoster,
            EntryFault::TakenOff,
            EntryFault::TakenId,
            EntryFault::UnknownEntry,
            EntryFault::ConflictId,
            EntryFault::UnknownConflict,
        ] {
            let reason = fault.reason();
            assert_screens_say("queue", &reason);
            assert_eq!(reason.text, fault.to_string(), "kiosks that know no names show the words");
        }
    }
}

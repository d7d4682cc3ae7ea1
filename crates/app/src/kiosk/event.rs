//! Everything that reaches the loop: one closed enum.

use portico_protocol::EventRecord;
use portico_session::Input;
use portico_sync::SyncStatus;
use portico_types::{CameraState, Tick, UtcMillis};
use tokio::sync::mpsc;

use crate::contract::{PresentMember, StaffLock, StorageView};

/// Something that the loop must know.
#[derive(Debug)]
pub(crate) enum Event {
    /// For the session.
    Session(Input),
    /// The camera sees a code.
    Code {
        /// What it says.
        text: String,
        /// Number of the frame that shows it.
        sequence: u64,
        /// When that was taken.
        captured_at: Tick,
    },
    /// Vision passed over this frame, because nobody is near and the next one is soon enough.
    PassedOver(u64),
    /// The camera's condition changed.
    Camera(CameraState),
    /// How the backend is reached.
    Sync(SyncStatus),
    /// The event's name, rules or looks changed.
    Renewed(Box<EventRecord>),
    /// The number of entries that wait to be sent.
    Waiting(u64),
    /// The number of conflicts that wait for a decision.
    Conflicts(u64),
    /// Whether what happens can be kept.
    Storage(StorageView),
    /// The database was damaged and a new one took its place: copies in memory are to be read anew.
    Salvaged,
    /// Staff emptied the kiosk: it has no access to the backend any more, and nothing that came from there counts.
    Emptied,
    /// Staff did something.
    Staff(StaffEvent),
    /// Staff changed what the screens are set to.
    Set {
        /// Languages, the default first.
        languages: Vec<String>,
        /// Whether results sound.
        sounds: bool,
    },
    /// Staff took an entry back: what the session remembers of its last guest no longer holds.
    EntryTakenBack,
    /// The screen has painted this revision, by its own wall clock at this time.
    Painted { revision: u64, at: UtcMillis },
    /// The screen has painted the first camera picture.
    PreviewPainted,
}

impl Event {
    /// The frame that has been dealt with by this.
    pub(crate) fn frame(&self) -> Option<u64> {
        match self {
            Self::Session(Input::Observed(observation)) => Some(observation.sequence),
            Self::PassedOver(sequence) => Some(*sequence),
            _ => None,
        }
    }
}

/// What staff did, as far as the screen is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StaffEvent {
    /// A right PIN was typed or chosen: staff mode is open for this member.
    Unlocked(PresentMember),
    /// A member has this name and this role from now on.
    Changed(PresentMember),
    /// Staff mode was used.
    Touched,
    /// Staff mode was left.
    Locked,
    /// Those who belonged to the staff do no longer: so staff mode is closed from now on, whenever it is.
    BeganAnew(StaffLock),
}

/// Events that may wait for the loop; it empties this in microseconds.
const MAILBOX_CAPACITY: usize = 256;

/// The way to the loop.
#[derive(Clone, Debug)]
pub(crate) struct Mailbox(mpsc::Sender<Event>);

impl Mailbox {
    pub(crate) fn new() -> (Self, mpsc::Receiver<Event>) {
        let (sender, receiver) = mpsc::channel(MAILBOX_CAPACITY);
        (Self(sender), receiver)
    }

    /// Delivers `event`; false if the kiosk is shutting down.
    pub(crate) async fn send(&self, event: Event) -> bool {
        self.0.send(event).await.is_ok()
    }

    /// Delivers `event` from a thread that must not wait; drops it if the loop is behind. For what soon comes again.
    pub(crate) fn offer(&self, event: Event) {
        if self.0.try_send(event).is_err() {
            tracing::debug!("the loop is behind or gone; an event was dropped");
        }
    }

    /// Delivers `event` from a thread that may wait.
    pub(crate) fn send_blocking(&self, event: Event) {
        if self.0.blocking_send(event).is_err() {
            tracing::debug!("the loop has ended");
        }
    }
}

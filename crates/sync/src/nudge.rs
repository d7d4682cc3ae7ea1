//! Says from outside that sync should look now rather than later.

use tokio::sync::mpsc;

/// Nudges that may wait. More would say nothing new.
const CAPACITY: usize = 8;

/// Why sync should look now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nudge {
    /// There is something to send.
    CheckInRecorded,
    /// Somebody else's call to the backend failed: find out whether it is still there.
    ConnectionDoubtful,
}

/// Nudges sync. Cheap to clone; never waits, and never fails: sync looks by itself after a while anyway.
#[derive(Clone, Debug)]
pub struct Nudger(mpsc::Sender<Nudge>);

/// Where sync hears of nudges.
pub type Nudges = mpsc::Receiver<Nudge>;

impl Nudger {
    /// A nudger and its receiving end, for `run`.
    pub fn new() -> (Self, Nudges) {
        let (sender, receiver) = mpsc::channel(CAPACITY);
        (Self(sender), receiver)
    }

    /// There is something to send.
    pub fn check_in_recorded(&self) {
        self.nudge(Nudge::CheckInRecorded);
    }

    /// Somebody else's call to the backend failed.
    pub fn connection_doubtful(&self) {
        self.nudge(Nudge::ConnectionDoubtful);
    }

    fn nudge(&self, nudge: Nudge) {
        // A full channel says the same already.
        let _ = self.0.try_send(nudge);
    }
}

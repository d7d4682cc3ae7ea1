//! How patient the session is with guests who enrol their face, or take their consent back. Holds no behaviour.

use std::time::Duration;

/// How many pictures make an enrolment.
pub(crate) const PICTURES: u8 = 3;

/// How patient the session is with guests who enrol their face, or take their consent back.
#[derive(Clone, Debug, PartialEq)]
pub struct EnrolmentPolicy {
    /// How long the offer stays after the greeting, while its guest still stands there and nobody else does.
    pub offer: Duration,
    /// How long the consent waits for an answer.
    pub consent: Duration,
    /// How long taking the pictures may last.
    pub capture: Duration,
    /// How long no face may be seen before the guest counts as gone.
    pub left: Duration,
    /// How long the guest's face may be lost before the next one counts as another guest's.
    pub same_guest: Duration,
    /// Least time between two pictures.
    pub between: Duration,
    /// By how much the head must turn or nod between two pictures, in degrees of both together.
    pub turn: f32,
    /// After what time a picture is taken all the same: whoever cannot turn the head is enrolled too.
    pub turn_patience: Duration,
    /// Time given to the backend.
    pub enrol_guard: Duration,
    /// Time given to erasing.
    pub withdraw_guard: Duration,
    /// How long it is shown that it is done.
    pub outcome: Duration,
    /// How long it is shown why it is not.
    pub failure: Duration,
    /// How long "remove my face data?" waits for an answer.
    pub withdrawal: Duration,
}

impl Default for EnrolmentPolicy {
    fn default() -> Self {
        Self {
            // Two short lines and two buttons. Whoever steps up meanwhile ends it at once.
            offer: Duration::from_secs(6),
            // Some 150 words, read aloud to oneself.
            consent: Duration::from_secs(90),
            // Three pictures take about 5 s; the rest is for glasses, light, and a step to the side.
            capture: Duration::from_secs(40),
            // Reading a long text with the head down takes less.
            left: Duration::from_secs(6),
            // A look down at the text takes less; leaving and stepping up takes more.
            same_guest: Duration::from_millis(2500),
            // Long enough to see the last picture's tick.
            between: Duration::from_millis(700),
            // A little more than the sway of somebody who stands still, and well within what is recognised.
            turn: 5.0,
            turn_patience: Duration::from_millis(2500),
            // A connection over a poor line, and three pictures of some 30 kB. Nobody else waits meanwhile.
            enrol_guard: Duration::from_secs(12),
            // A commit and an emptied log take milliseconds, on a worn card perhaps a second or two.
            withdraw_guard: Duration::from_secs(5),
            outcome: Duration::from_secs(5),
            // As long as "trouble": has a reason to read. The next guest ends it at once.
            failure: Duration::from_secs(20),
            withdrawal: Duration::from_secs(20),
        }
    }
}

//! The session's tuned numbers, each with its reason. Holds no behaviour.

mod enrolment;

use std::time::Duration;

pub use enrolment::EnrolmentPolicy;
pub(crate) use enrolment::PICTURES;

/// Which sights of a code are one, and whose it is.
#[derive(Clone, Debug, PartialEq)]
pub struct CodePolicy {
    /// How long a code must be out of the camera's sight before it counts as shown anew.
    pub gone: Duration,
    /// After how long in sight a code belongs to the room and not to a guest.
    pub scenery: Duration,
    /// How long a ticket that carries a face waits for it.
    pub face_wait: Duration,
    /// How often it is compared at most.
    pub face_tries: u8,
    /// How soon it may be compared again.
    pub face_retry: Duration,
}

impl Default for CodePolicy {
    fn default() -> Self {
        Self {
            // A hand that sinks and a reflection on the screen take less; the next guest with the same ticket more.
            gone: Duration::from_secs(3),
            // A guest whose code does nothing turns to the screen sooner; a poster hangs there all evening.
            scenery: Duration::from_secs(10),
            // From the ticket up to the camera takes a second or two; somebody who sits, or has both hands full, needs
            // longer. In the second half they are asked whether they are still there.
            face_wait: Duration::from_secs(20),
            // A telephone half before the face spoils the first picture, a turned head the second. Each is one more
            // chance for whoever holds another's ticket: one in ten thousand, three times at most.
            face_tries: 3,
            // A hand sinks in that time.
            face_retry: Duration::from_millis(700),
        }
    }
}

/// How the way in by name waits, and how often it may be wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct NamingPolicy {
    /// How long the name's screen waits for each fact.
    pub idle: Duration,
    /// When it is told that nobody has both facts, from the question on: always the same.
    pub answer: Duration,
    /// How often one guest may be wrong.
    pub attempts: u8,
    /// After how long without a question whoever stands there counts as another guest.
    pub rest: Duration,
    /// How often all guests together may be wrong, and then once more every `refill`.
    pub budget: u32,
    /// See `budget`.
    pub refill: Duration,
}

impl Default for NamingPolicy {
    fn default() -> Self {
        Self {
            // Typing a long name with one finger, two seconds a letter; every touch begins it anew.
            idle: Duration::from_secs(45),
            // Longer than any look into the roster takes, so that its length tells nothing; a guest's breath.
            answer: Duration::from_millis(700),
            // Room for a slip or two.
            attempts: 3,
            // Whoever has given up has left by then.
            rest: Duration::from_mins(1),
            // 10 + 144 wrong answers a day at most. Four digits that somebody makes up for a name that they know are
            // right once in 10,000: 1.5 % for one who stands there guessing day and night, while staff are told after
            // every third. A name that eight guests share (the most that the roster answers for) makes that 12 %.
            // Honest guests who are wrong six times an hour never notice.
            budget: 10,
            refill: Duration::from_mins(10),
        }
    }
}

/// What counts as the sign that a challenge asks for, and for how long.
#[derive(Clone, Debug, PartialEq)]
pub struct SignPolicy {
    /// How long a guest has for what a challenge asks of them.
    pub time: Duration,
    /// How often a touch gives them that time again.
    pub renewals: u8,
    /// How far the head must turn for it, in degrees from where it was.
    pub turn: f32,
    /// Eyes count as shut when they are open by less than this share of the widest seen, and as open above
    /// `open`.
    pub shut: f32,
    /// See `shut`.
    pub open: f32,
}

impl Default for SignPolicy {
    fn default() -> Self {
        Self {
            // Reading takes a second, doing it another; the rest is for looking away once.
            time: Duration::from_secs(6),
            // Nobody is hurried; and nobody holds a picture up for ever.
            renewals: 3,
            // "A little": well beyond the sway of somebody who stands still, and still recognisable on the way.
            turn: 12.0,
            // The mesh follows lids sluggishly: blinks of people bring it down to 0.5 to 0.65, photographs in a hand
            // tremble down to 0.74.
            shut: 0.68,
            open: 0.8,
        }
    }
}

/// How patient the session is.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionPolicy {
    /// How long a good face is held before it counts as intent.
    pub intent: Duration,
    /// How long a face may be poor or missing without losing the intent held so far.
    pub lapse: Duration,
    /// How long a hint stays on the screen at least.
    pub hint_display: Duration,
    /// How long a new hint must persist before it replaces the shown one.
    pub hint_steady: Duration,
    /// How long a face must be missing before its guest counts as gone.
    pub face_gone: Duration,
    /// How long a tap is remembered while no face is seen.
    pub tap_kept: Duration,
    /// How long a result shown to nobody in view waits for its guest's face.
    pub adoption: Duration,

    /// Time given to identification.
    pub identify_guard: Duration,
    /// Time given to comparing a fact and to looking up a ticket.
    pub lookup_guard: Duration,
    /// Time given to writing an entry down.
    pub admit_guard: Duration,

    /// By how much the quality score must rise before an unknown face is searched again (I9).
    pub retry_gain: f32,
    /// How soon an unknown face may be searched again.
    pub retry_after: Duration,
    /// How long a guest just welcomed is welcomed again, rather than told that they are in already.
    pub same_guest_grace: Duration,
    /// Within what time the same ticket code read twice is one reading.
    pub scanner_stutter: Duration,

    /// Codes before the camera.
    pub codes: CodePolicy,
    /// The way in by name.
    pub naming: NamingPolicy,
    /// Challenges.
    pub sign: SignPolicy,

    /// How many second facts one guest may try; all together as many as `naming` has names and digits tried.
    pub confirm_attempts: u8,
    /// How long "Is this you?" waits for an answer.
    pub confirm_idle: Duration,
    /// How long the ticket screen waits for a code.
    pub ticket_idle: Duration,

    /// How long before a screen closes its guest is asked whether they are still there.
    pub warning: Duration,
    /// Screens that wait less than this close without asking.
    pub warned_from: Duration,

    /// How long a welcome is shown.
    pub welcome: Duration,
    /// How long "already in" is shown.
    pub already_in: Duration,
    /// How long "not found" is shown.
    pub not_found: Duration,
    /// How long "staff are coming" is shown.
    pub staff_called: Duration,
    /// How long a failure is shown.
    pub trouble: Duration,

    /// How patient it is with guests who enrol their face.
    pub enrolment: EnrolmentPolicy,
}

impl Default for SessionPolicy {
    fn default() -> Self {
        Self {
            // Passing by takes less, standing and looking takes more; waiting longer feels broken.
            intent: Duration::from_millis(600),
            // A blink lasts up to 150 ms; at 15 frames a second that is two frames.
            lapse: Duration::from_millis(150),
            // Three words are read in about 700 ms.
            hint_display: Duration::from_millis(700),
            // A change that a blink explains is not worth telling.
            hint_steady: Duration::from_millis(150),
            // Looking down at a bag takes less, stepping away takes more.
            face_gone: Duration::from_millis(600),
            // From the tap at arm's length back to a look into the camera.
            tap_kept: Duration::from_secs(3),
            // From the last digit on the keypad up to a look at the picture; nobody steps up so soon.
            adoption: Duration::from_millis(1500),

            // The search ends after 800 ms at most (I4); more than twice that means that its runner died.
            identify_guard: Duration::from_secs(2),
            // Both read the local database only, which takes milliseconds.
            lookup_guard: Duration::from_secs(2),
            // A commit with a full disk sync takes milliseconds, on a worn card perhaps a second or two.
            admit_guard: Duration::from_secs(5),

            // Frames of one standing guest vary by about 0.1; a real change of light or pose makes more.
            retry_gain: 0.15,
            // Leaves time to read "we did not find you" before the screen moves again.
            retry_after: Duration::from_secs(2),
            // From a lost track to the second look; long after that, "already in" is the better answer.
            same_guest_grace: Duration::from_secs(10),
            // Hand scanners repeat a code while it stays in view; no second guest scans so soon.
            scanner_stutter: Duration::from_secs(1),

            codes: CodePolicy::default(),
            naming: NamingPolicy::default(),
            sign: SignPolicy::default(),
            // Room for a slip or two; `naming.budget` is what keeps guessing hopeless, since a new face may try anew.
            confirm_attempts: 3,
            confirm_idle: Duration::from_secs(20),
            // Finding the ticket in a bag or a phone takes a while.
            ticket_idle: Duration::from_secs(30),

            // Enough to hear the question, find the screen with a finger or a switch, and press.
            warning: Duration::from_secs(10),
            // On shorter ones the question would stand there nearly from the beginning; they offer nothing that is
            // lost, or end in another question.
            warned_from: Duration::from_secs(20),

            // Long enough to read a name and a table, short enough not to hold up the queue.
            welcome: Duration::from_secs(3),
            // Has a time and a gate to read as well.
            already_in: Duration::from_secs(4),
            // Has choices to make. Ends when its guest leaves or the next one steps up, so a slow reader costs nobody.
            not_found: Duration::from_secs(20),
            staff_called: Duration::from_secs(6),
            // As long as "not found": the guest needs another way in too.
            trouble: Duration::from_secs(20),
            enrolment: EnrolmentPolicy::default(),
        }
    }
}

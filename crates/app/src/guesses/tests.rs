use std::collections::VecDeque;

use proptest::prelude::*;

use super::*;

const DAY: Duration = Duration::from_hours(24);
/// What the issue allows.
const PROMISED: usize = 100;

fn minutes(minutes: u64) -> Tick {
    Tick::new(Duration::from_mins(minutes))
}

#[test]
fn eight_typing_errors_are_free_and_the_ninth_waits_for_the_rest_of_sixteen_minutes() {
    let mut guesses = Guesses::at_start(None, Tick::ZERO);
    for minute in 0..8 {
        assert_eq!(guesses.spend(minutes(minute)), Ok(()), "guess {minute}");
    }
    assert_eq!(guesses.spend(minutes(8)), Err(Duration::from_mins(8)), "the wait began with the first");
    assert_eq!(guesses.spend(minutes(16)), Ok(()));
    assert_eq!(guesses.spend(minutes(17)), Err(Duration::from_mins(15)));
    assert_eq!(guesses.spend(minutes(32)), Ok(()));
}

#[test]
fn a_right_pin_costs_nothing_and_brings_nothing() {
    let mut guesses = Guesses::at_start(None, Tick::ZERO);
    for _ in 0..7 {
        guesses.spend(Tick::ZERO).unwrap();
    }
    for minute in 0..15 {
        guesses.spend(minutes(minute)).unwrap();
        guesses.give_back();
    }
    assert_eq!(guesses.left(), 1);
    guesses.spend(minutes(15)).unwrap();
    assert_eq!(guesses.spend(minutes(15)), Err(Duration::from_mins(1)), "the wait went on meanwhile");
}

#[test]
fn a_restart_brings_nothing_and_begins_the_wait_anew() {
    let mut guesses = Guesses::at_start(None, Tick::ZERO);
    for _ in 0..8 {
        guesses.spend(minutes(10)).unwrap();
    }
    assert_eq!(guesses.wait(minutes(25)), Some(Duration::from_mins(1)));
    let mut again = Guesses::at_start(Some(guesses.left()), Tick::ZERO);
    assert_eq!(again.spend(Tick::ZERO), Err(REFILL));
}

#[test]
fn what_time_has_brought_is_told_once_so_that_it_can_be_kept() {
    let mut guesses = Guesses::at_start(Some(5), Tick::ZERO);
    assert!(!guesses.settle(minutes(15)));
    assert!(guesses.settle(minutes(33)));
    assert_eq!(guesses.left(), 7);
    assert!(!guesses.settle(minutes(47)));
    assert!(guesses.settle(minutes(48)));
    assert!(!guesses.settle(minutes(4_800)), "full is full");
    assert_eq!(guesses.left(), CAPACITY);
}

#[test]
fn a_number_from_elsewhere_is_no_way_to_more_guesses() {
    assert_eq!(Guesses::at_start(Some(4_000), Tick::ZERO).left(), CAPACITY);
}

/// What may happen at the kiosk, as somebody would arrange it who wants in.
#[derive(Clone, Debug)]
enum Happening {
    /// Wrong PINs are typed as long as the kiosk looks at them.
    Guesses,
    /// A member of the staff types the right PIN.
    RightPin,
    /// The process is killed while a PIN is being typed: after the guess is on disk, before or after it was looked at.
    KilledWhileLooking { looked_at: bool },
    /// The process ends and begins again, with the kiosk off for so long.
    Restart { off_seconds: u64 },
    /// Running time passes.
    Waits { seconds: u64 },
    /// The kiosk keeps what time has brought.
    Settles,
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        4 => Just(Happening::Guesses),
        2 => Just(Happening::RightPin),
        1 => any::<bool>().prop_map(|looked_at| Happening::KilledWhileLooking { looked_at }),
        1 => (0_u64..7_200).prop_map(|off_seconds| Happening::Restart { off_seconds }),
        6 => (1_u64..2_400).prop_map(|seconds| Happening::Waits { seconds }),
        1 => Just(Happening::Settles),
    ]
}

/// A kiosk, its disk, and the true time, which only the test knows.
struct Siege {
    guesses: Guesses,
    on_disk: u32,
    running: Duration,
    truth: Duration,
    /// When wrong PINs were looked at, within the last day, both its ends included.
    looked_at: VecDeque<Duration>,
    most: usize,
}

impl Siege {
    fn begin() -> Self {
        let guesses = Guesses::at_start(None, Tick::ZERO);
        let nothing = Duration::ZERO;
        Self {
            guesses,
            on_disk: guesses.left(),
            running: nothing,
            truth: nothing,
            looked_at: VecDeque::new(),
            most: 0,
        }
    }

    fn spends(&mut self) -> bool {
        let spent = self.guesses.spend(Tick::new(self.running)).is_ok();
        if spent {
            self.on_disk = self.guesses.left();
        }
        spent
    }

    fn wrong_pin_is_looked_at(&mut self) {
        self.looked_at.push_back(self.truth);
        while self.looked_at.front().is_some_and(|then| self.truth.saturating_sub(*then) > DAY) {
            self.looked_at.pop_front();
        }
        self.most = self.most.max(self.looked_at.len());
    }

    fn starts_again(&mut self) {
        self.running = Duration::ZERO;
        self.guesses = Guesses::at_start(Some(self.on_disk), Tick::ZERO);
    }

    fn goes_on(&mut self, happening: &Happening) {
        match *happening {
            Happening::Guesses => {
                while self.spends() {
                    self.wrong_pin_is_looked_at();
                }
            }
            Happening::RightPin => {
                if self.spends() {
                    self.guesses.give_back();
                    self.on_disk = self.guesses.left();
                }
            }
            Happening::KilledWhileLooking { looked_at } => {
                if self.spends() && looked_at {
                    self.wrong_pin_is_looked_at();
                }
                self.starts_again();
            }
            Happening::Restart { off_seconds } => {
                self.truth += Duration::from_secs(off_seconds);
                self.starts_again();
            }
            Happening::Waits { seconds } => {
                self.truth += Duration::from_secs(seconds);
                self.running += Duration::from_secs(seconds);
            }
            Happening::Settles => {
                if self.guesses.settle(Tick::new(self.running)) {
                    self.on_disk = self.guesses.left();
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn in_no_day_do_more_than_a_hundred_guesses_get_through(
        happenings in proptest::collection::vec(happening(), 100..1_500),
    ) {
        let mut siege = Siege::begin();
        for happening in &happenings {
            siege.goes_on(happening);
        }
        prop_assert!(siege.most < PROMISED, "{} guesses in a day", siege.most);
    }
}

#[test]
fn whoever_guesses_as_soon_as_it_is_possible_gets_the_promised_ninety_eight() {
    let mut siege = Siege::begin();
    for _ in 0..3 * 24 * 60 {
        siege.goes_on(&Happening::Guesses);
        siege.goes_on(&Happening::Waits { seconds: 60 });
    }
    assert_eq!(siege.most, 98, "the simulation reaches the bound, so it would see one that is crossed");
}

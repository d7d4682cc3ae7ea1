//! Finding guests as staff type, on a roster of 100,000 of whom half have Chinese names, and what the index costs while a
//! roster arrives. Prints milliseconds and seconds.
//!
//! `cargo bench -p portico-store --bench search`. Its own main, since the slowest keystroke in twenty counts, and not
//! the mean.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench measures, talks to whoever started it, and may end"
)]

use std::path::Path;
use std::time::Instant;

use portico_store::{DatabaseKey, KeyError, KeyProtection, KeyProvider, RosterPage, Store};
use portico_types::{Attendee, AttendeeId};

const GUESTS: usize = 100_000;
/// As many as a page of the backend's roster has.
const PAGE: usize = 1_000;
const KEYSTROKES: usize = 20_000;
/// Rows that staff are shown.
const SHOWN: usize = 30;
const LONGEST_PREFIX: usize = 6;

/// Family names as they are written and typed, the frequent ones first.
const FAMILIES: [(&str, &str); 24] = [
    ("王", "wang"),
    ("李", "li"),
    ("张", "zhang"),
    ("刘", "liu"),
    ("陈", "chen"),
    ("杨", "yang"),
    ("黄", "huang"),
    ("赵", "zhao"),
    ("吴", "wu"),
    ("周", "zhou"),
    ("徐", "xu"),
    ("孙", "sun"),
    ("马", "ma"),
    ("朱", "zhu"),
    ("胡", "hu"),
    ("郭", "guo"),
    ("何", "he"),
    ("林", "lin"),
    ("高", "gao"),
    ("罗", "luo"),
    ("单", "shan"),
    ("曾", "zeng"),
    ("吕", "lv"),
    ("欧阳", "ouyang"),
];
const GIVEN: [(&str, &str); 30] = [
    ("伟", "wei"),
    ("芳", "fang"),
    ("娜", "na"),
    ("敏", "min"),
    ("静", "jing"),
    ("强", "qiang"),
    ("磊", "lei"),
    ("军", "jun"),
    ("洋", "yang"),
    ("勇", "yong"),
    ("艳", "yan"),
    ("杰", "jie"),
    ("娟", "juan"),
    ("涛", "tao"),
    ("明", "ming"),
    ("超", "chao"),
    ("秀", "xiu"),
    ("霞", "xia"),
    ("平", "ping"),
    ("刚", "gang"),
    ("桂", "gui"),
    ("英", "ying"),
    ("小", "xiao"),
    ("晓", "xiao"),
    ("文", "wen"),
    ("建", "jian"),
    ("国", "guo"),
    ("志", "zhi"),
    ("华", "hua"),
    ("乐", "le"),
];
const SYLLABLES: [&str; 24] = [
    "an", "bel", "cor", "da", "el", "fin", "ga", "hol", "in", "jo", "ka", "lin", "mar", "no", "or", "pe",
    "qui", "ri", "so", "ta", "ul", "vel", "wen", "zo",
];

struct BenchKey;

impl KeyProvider for BenchKey {
    fn key(&self) -> Result<DatabaseKey, KeyError> {
        Ok(DatabaseKey::new([0x42; 32]))
    }

    fn protection(&self) -> KeyProtection {
        KeyProtection::File
    }
}

/// Numbers that look random and are the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % bound
    }

    /// Small numbers far more often than large ones, as family names are.
    fn skewed(&mut self, bound: usize) -> usize {
        let most = self.below(bound) + 1;
        self.below(most)
    }
}

/// Whose names a roster has.
#[derive(Clone, Copy, PartialEq)]
enum Names {
    Latin,
    Chinese,
    Both,
}

/// A guest's name, and the ways in which it is typed.
fn name(number: usize, names: Names) -> (String, Vec<String>) {
    let mut dice = Dice(number as u64 * 0x9E37_79B9 + 1);
    dice.below(2);
    if names == Names::Latin || (names == Names::Both && number.is_multiple_of(2)) {
        let mut word = || (0..3).map(|_| SYLLABLES[dice.below(SYLLABLES.len())]).collect::<String>();
        let (given, family) = (word(), word());
        let typed =
            vec![given.clone(), family.clone(), format!("{given} {family}"), format!("{family} {given}")];
        return (format!("{given} {family}"), typed);
    }
    let family = FAMILIES[dice.skewed(FAMILIES.len())];
    let given: Vec<_> = (0..=dice.below(4).min(1)).map(|_| GIVEN[dice.below(GIVEN.len())]).collect();
    let written = given.iter().map(|(character, _)| *character).collect::<String>();
    let spelt = given.iter().map(|(_, pinyin)| *pinyin).collect::<String>();
    let initials = given.iter().map(|(_, pinyin)| &pinyin[..1]).collect::<String>();
    let mut typed = vec![
        format!("{}{spelt}", family.1),
        format!("{} {spelt}", family.1),
        format!("{spelt} {}", family.1),
        format!("{}{written}", family.0),
        spelt,
    ];
    // Found by only where the family name is one character, as nearly all are.
    if family.0.chars().count() == 1 {
        typed.push(format!("{}{initials}", family.1));
    }
    (format!("{}{written}", family.0), typed)
}

fn attendee(number: usize, names: Names) -> Attendee {
    Attendee {
        id: AttendeeId::new(format!("guest-{number}")),
        name: name(number, names).0,
        company: Some(format!("{} Works", SYLLABLES[number % SYLLABLES.len()])),
        ticket_code: format!("T{number:06}"),
        phone_last4: Some(format!("{:04}", number % 10_000)),
        note: None,
        checked_in_at: None,
        checked_in_gate: None,
    }
}

/// A store with everybody in it, and how many seconds that took.
fn filled(path: &Path, names: Names) -> (Store, f64) {
    let mut store = Store::open(path, &BenchKey).unwrap();
    let mut seconds = 0.0;
    for from in (0..GUESTS).step_by(PAGE) {
        let page = RosterPage {
            attendees: (from..from + PAGE).map(|number| attendee(number, names)).collect(),
            removed: Vec::new(),
            cursor: from.to_string(),
            complete: from + PAGE == GUESTS,
        };
        let started = Instant::now();
        store.apply_roster(&page).unwrap();
        seconds += started.elapsed().as_secs_f64();
    }
    store.checkpoint().unwrap();
    (store, seconds)
}

/// Milliseconds that `work` takes.
fn ms<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let started = Instant::now();
    let done = work();
    (done, started.elapsed().as_secs_f64() * 1_000.0)
}

fn tell(what: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!(
        "{what}: p50 {:.2} ms, p95 {:.2} ms, p99 {:.2} ms, most {:.2} ms",
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    );
}

/// One keystroke after the other of words that somebody types, the first few of each.
fn keystrokes(store: &Store) {
    let (mut prefixes, mut whole, mut named) = (Vec::new(), Vec::new(), Vec::new());
    let mut dice = Dice(20_261_128);
    for _ in 0..KEYSTROKES {
        let number = dice.below(GUESTS);
        let (_, typed) = name(number, Names::Both);
        let typed = &typed[dice.below(typed.len())];
        let prefix: String = typed.chars().take(1 + dice.below(LONGEST_PREFIX)).collect();
        let (found, took) = ms(|| store.search(&prefix, SHOWN).unwrap());
        assert!(!found.is_empty(), "{prefix} begins the name of somebody");
        prefixes.push(took);
        let (found, took) = ms(|| store.search(typed, SHOWN).unwrap());
        assert!(!found.is_empty(), "{typed} is somebody's name");
        whole.push(took);
        named.push(ms(|| store.find_named(typed, &format!("{:04}", number % 10_000)).unwrap()).1);
    }
    tell("search, first 1 to 6 letters", prefixes);
    tell("search, the whole name in one or two words", whole);
    tell("name and digits", named);
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    for (what, names) in [("Latin", Names::Latin), ("Chinese", Names::Chinese), ("both", Names::Both)] {
        let path = folder.path().join(format!("{what}.db"));
        let (store, seconds) = filled(&path, names);
        drop(store);
        let megabytes = std::fs::metadata(&path).unwrap().len() as f64 / 1e6;
        println!("{GUESTS} guests, {what} names: taken in in {seconds:.1} s, {megabytes:.0} MB");
    }
    keystrokes(&Store::open(&folder.path().join("both.db"), &BenchKey).unwrap());
}

//! A busy kiosk's database with single bits turned: nothing wrong comes out, and no check-in is lost.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use portico_store::{
    AuditRow, BlockedPair, CorrectWish, MetaKey, OutboxBody, OutboxEntry, RecentEntry, RosterPage,
    SalvageReport, Settlement, Store, TemplatesPage,
};
use portico_types::{
    Attendee, AttendeeId, CheckInId, Consent, Embedding, EntryWindow, ModelId, StaffId, Template, TemplateId,
    UtcMillis,
};

use crate::support::{KEY, KnownKey, Place, enter, guest, id, number, undo_wish};

const GUESTS: usize = 160;
const PAGE_BYTES: usize = 4_096;

/// Everything that the store answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    roster: BTreeMap<AttendeeId, Attendee>,
    findable: usize,
    templates: Vec<Template>,
    entries: Vec<RecentEntry>,
    waiting: Vec<Told>,
    parked: Vec<Told>,
    audit: Vec<AuditRow>,
    pairs: Vec<BlockedPair>,
    event: Option<String>,
    token: Option<String>,
}

/// An entry of the outbox: its id, and the check-in that it takes back, if it does.
type Told = (CheckInId, Option<CheckInId>);

fn told(entry: &OutboxEntry) -> Told {
    let OutboxBody::Undo { check_in, .. } = &entry.body else { return (entry.id, None) };
    (entry.id, Some(*check_in))
}

fn name(place: usize) -> String {
    format!("Guest Number{place:04}")
}

fn key_of(place: usize) -> String {
    name(place).to_lowercase().replace(' ', "-")
}

fn template(place: usize) -> Template {
    let values: Vec<f32> = (0..128).map(|at| ((place * 31 + at * 7) % 17) as f32 - 8.0).collect();
    Template {
        id: TemplateId::new(format!("t{place}")),
        attendee: id(&key_of(place)),
        model: ModelId("model".into()),
        embedding: Embedding::normalised(values).unwrap(),
        consent: Consent { text_version: "1".into(), language: "de".into(), agreed_at: UtcMillis(1) },
        expires_at: UtcMillis(i64::MAX),
    }
}

impl Content {
    pub fn of(store: &Store) -> Self {
        let find = |place| store.attendee(&id(&key_of(place))).unwrap();
        let roster = (0..GUESTS).filter_map(find).map(|found| (found.id.clone(), found)).collect();
        let mut entries = store.recent(9_999).unwrap();
        for entry in &mut entries {
            // Said by the outbox, which is compared on its own.
            entry.waiting = false;
            entry.check_in.reason = None;
        }
        Self {
            roster,
            findable: store.search("guest", 9_999).unwrap().len(),
            templates: store.templates(UtcMillis(5)).unwrap(),
            entries,
            waiting: store.next_batch(9_999).unwrap().into_iter().map(|entry| told(&entry)).collect(),
            parked: store.parked().unwrap().into_iter().map(|line| told(&line.entry)).collect(),
            audit: store.audit_rows(9_999).unwrap(),
            pairs: store.blocked_pairs().unwrap(),
            event: store.meta(MetaKey::Event).unwrap(),
            token: store.meta(MetaKey::DeviceToken).unwrap(),
        }
    }

    /// Whatever is here was there, and every check-in and everything that waited is here.
    fn is_honest_rest_of(&self, before: &Self, what: &str) {
        for (id, attendee) in &self.roster {
            assert_eq!(Some(attendee), before.roster.get(id), "{what}");
        }
        assert_eq!(self.findable, self.roster.len(), "{what}: the search index fits the roster");
        assert!(self.templates.iter().all(|one| before.templates.contains(one)), "{what}");
        assert!(self.pairs.iter().all(|one| before.pairs.contains(one)), "{what}");
        assert!(self.event.is_none() || self.event == before.event, "{what}");
        assert!(self.token.is_none() || self.token == before.token, "{what}");
        let [salvage, audit @ ..] = self.audit.as_slice() else {
            panic!("{what}: no audit row of the salvage")
        };
        assert_eq!(salvage.note.action, portico_types::AuditAction::Salvage, "{what}");
        assert!(audit.iter().all(|one| before.audit.contains(one)), "{what}");
        self.keeps_every_entry_of(before, what);
    }

    pub fn forget_newest_audit_row(&mut self) {
        self.audit.remove(0);
    }

    pub fn same_but_for_the_outbox(mut self, before: &Self) {
        self.keeps_every_entry_of(before, "as it was");
        (self.waiting, self.parked) = (before.waiting.clone(), before.parked.clone());
        assert!(self == *before);
    }

    pub fn clone_of_what_waits(&self) -> (Vec<Told>, Vec<Told>) {
        (self.waiting.clone(), self.parked.clone())
    }

    pub fn keeps_every_entry_of(&self, before: &Self, what: &str) {
        let named = |content: &Self| {
            let entries = content.entries.iter();
            entries
                .map(|entry| (entry.check_in.id, (entry.check_in.clone(), entry.live)))
                .collect::<BTreeMap<_, _>>()
        };
        assert_eq!(named(self), named(before), "{what}: check-ins");
        for id in before.waiting.iter().chain(&before.parked) {
            assert!(self.waiting.contains(id) || self.parked.contains(id), "{what}: {id:?} waits no longer");
        }
    }
}

/// A kiosk in the middle of a busy evening.
pub fn busy(place: &Place) -> Store {
    let mut store = place.open();
    let attendees: Vec<_> = (0..GUESTS).map(|place| guest(&name(place))).collect();
    store
        .apply_roster(&RosterPage { attendees, removed: vec![], cursor: "7".into(), complete: true })
        .unwrap();
    let templates = (0..GUESTS / 4).map(template).collect();
    store
        .apply_templates(&TemplatesPage { templates, removed: vec![], cursor: "8".into(), complete: true })
        .unwrap();
    store.set_meta(MetaKey::Event, &format!("{{\"text\":\"{}\"}}", "long ".repeat(2_000))).unwrap();
    store.set_meta(MetaKey::DeviceToken, "token").unwrap();
    for n in 0..100 {
        enter(&mut store, n as u128 + 1, &key_of(n), 1_000 + n as i64);
    }
    let delivered: Vec<_> = (1..=40).map(|n| (number(n), Settlement::Delivered)).collect();
    store.settle(&delivered).unwrap();
    store.settle(&[(number(41), Settlement::Parked { reason: "no".into() })]).unwrap();
    for n in [30, 60, 90] {
        store.undo(&undo_wish(n, 1_000 + n, 9_000)).unwrap();
    }
    let correction = CorrectWish {
        wrong: number(50),
        right: id(&key_of(150)),
        new_id: number(5_000),
        window: EntryWindow::whole_event(),
        undo_id: number(5_001),
        at: UtcMillis(9_500),
        reason: "it was the other".into(),
        actor: portico_store::Actor::Staff(StaffId::FIRST),
    };
    store.correct(&correction).unwrap();
    store
}

pub fn open_or_salvage(place: &Place) -> (Store, Option<SalvageReport>) {
    Store::open_or_salvage(&place.path(), &KnownKey(KEY), UtcMillis(1_795_262_400_000)).unwrap()
}

pub fn copy_of(files: &[(PathBuf, Vec<u8>)]) -> Place {
    let place = Place::new();
    for (path, bytes) in files {
        let name = path.file_name().unwrap();
        if !name.to_string_lossy().ends_with("-shm") {
            fs::write(place.directory.path().join(name), bytes).unwrap();
        }
    }
    place
}

fn flip(place: &Place, ending: &str, at: usize, bit: u8) {
    let path = place.directory.path().join(format!("kiosk.db{ending}"));
    let mut bytes = fs::read(&path).unwrap();
    bytes[at] ^= 1 << bit;
    fs::write(&path, bytes).unwrap();
}

/// The same numbers in every run.
fn scattered(seed: u64) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(seed), |state| {
        Some(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407))
    })
    .map(|state| (state >> 33) as usize)
}

#[test]
fn a_bit_turned_in_any_page_is_noticed_and_costs_no_check_in() {
    let origin = Place::new();
    let mut store = busy(&origin);
    let before = Content::of(&store);
    store.checkpoint().unwrap();
    let files = origin.files();
    let pages = fs::metadata(origin.path()).unwrap().len() as usize / PAGE_BYTES;
    let mut rosters_kept = 0;
    for (page, place_in_page) in (0..pages).zip(scattered(11)) {
        let at = page * PAGE_BYTES + place_in_page % PAGE_BYTES;
        let what = format!("bit at {at} of page {}", page + 1);
        let place = copy_of(&files);
        flip(&place, "", at, (place_in_page % 8) as u8);
        let (mut store, report) = open_or_salvage(&place);
        let report = report.unwrap_or_else(|| panic!("{what} was not noticed"));
        assert!(report.quarantined.exists() && report.readable, "{what}");
        let after = Content::of(&store);
        after.is_honest_rest_of(&before, &what);
        rosters_kept += usize::from(after.roster.len() + 60 > GUESTS);
        if after.roster.contains_key(&id(&key_of(155))) {
            enter(&mut store, 9_000, &key_of(155), 20_000);
        }
    }
    assert_eq!(rosters_kept, pages, "one page never costs more than its own guests");
}

#[test]
fn a_bit_turned_in_the_log_of_a_kiosk_that_lost_power_costs_no_check_in() {
    let origin = Place::new();
    let store = busy(&origin);
    let before = Content::of(&store);
    let files = origin.files();
    let log = fs::read(origin.directory.path().join("kiosk.db-wal")).unwrap();
    assert!(log.len() > 50 * PAGE_BYTES, "{}", log.len());
    let (mut noticed, tries) = (0, 40);
    // The log's own header and the first and last frame beside places anywhere.
    let ends = [3, 9, 17, 25, 34, 38, 42, 50, 500];
    for at in ends.into_iter().chain(scattered(23).take(tries)).map(|at| at % log.len()) {
        let what = format!("bit at {at} of the log");
        let place = copy_of(&files);
        flip(&place, "-wal", at, (at % 8) as u8);
        let (store, report) = open_or_salvage(&place);
        let after = Content::of(&store);
        if report.is_some() {
            noticed += 1;
            after.is_honest_rest_of(&before, &what);
        } else {
            // In what an earlier round of the log has left behind.
            assert!(after == before, "{what}");
        }
    }
    assert!(noticed > 10, "{noticed}");
}

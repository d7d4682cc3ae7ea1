//! A busy evening at one kiosk: a roster, faces, entries in every state in which they can be, the last of it only in the
//! write-ahead log.

use std::path::Path;

use anyhow::{Result, ensure};
use fastrand::Rng;
use portico_store::{
    Actor, AdmitWish, AmendOutcome, AmendWish, AuditNote, ConflictsPage, CorrectWish, MetaKey, PinVerifier,
    ResolveWish, RosterPage, Settlement, StaffMember, Store, TemplatesPage, UndoWish,
};
use portico_types::{
    Admission, Attendee, AuditAction, CheckInId, Clock as _, Conflict, ConflictEntry, ConflictState, Consent,
    Embedding, EntryWindow, FirstEntry, GateId, Method, ModelId, Resolution, StaffId, StaffRole, Template,
    TemplateId, UtcMillis,
};

use super::content::Content;
use crate::crowd;
use crate::outside::{self, SteppingClock};
use crate::site::{self, Place};

/// Guests on the roster.
pub const GUESTS: usize = 2_000;
/// The last of them have not come yet.
pub const LATE_GUESTS: usize = 100;
/// The gate of all that happens here.
pub const GATE: &str = "north";
/// What staff call it.
pub const GATE_NAME: &str = "North door";

/// Guests of one page of the roster.
const PAGE: usize = 500;
/// Enrolled guests.
const FACES: usize = 200;
/// Length of a face vector.
const FACE_LENGTH: usize = 512;
/// Guests who come before the log is folded in.
const EARLY: usize = 400;
/// Guests who come after that: few enough that nothing is folded in again.
const IN_LOG: usize = 12;
/// The backend's own device.
const ELSEWHERE: &str = "South door";

/// The evening so far.
struct Evening {
    store: Store,
    clock: std::sync::Arc<SteppingClock>,
    rng: Rng,
    entries: Vec<CheckInId>,
}

/// Spends the evening in `open` and leaves in `place` what a power cut at its end leaves. Returns what the store says
/// then.
pub fn spend(place: &Place, open: &Path, seed: u64) -> Result<Content> {
    let live = Place::new(open);
    let (store, _) = site::open_or_salvage(&live, seed)?;
    let rng = Rng::with_seed(seed ^ 0xe7e);
    let mut evening = Evening { store, clock: SteppingClock::new(), rng, entries: Vec::new() };
    evening.set_up()?;
    evening.come(0..EARLY)?;
    evening.go_wrong()?;
    evening.decide()?;
    evening.store.checkpoint()?;
    evening.come(EARLY..EARLY + IN_LOG)?;
    evening.last_minutes()?;
    let content = Content::read(&evening.store)?;
    ensure!(content.contradictions.is_empty(), "the kiosk contradicts itself: {:?}", content.contradictions);
    live.copy_to(&place.folder)?;
    Ok(content)
}

impl Evening {
    fn fresh(&mut self) -> (CheckInId, UtcMillis) {
        let at = self.clock.utc();
        (outside::fresh_id(&mut self.rng, at), at)
    }

    fn set_up(&mut self) -> Result<()> {
        for from in (0..GUESTS).step_by(PAGE) {
            let attendees = (from..from + PAGE).map(crowd::attendee).collect();
            self.tell_roster(attendees, from + PAGE == GUESTS)?;
        }
        let templates = (0..FACES).map(|number| self.face(number)).collect::<Result<_>>()?;
        self.tell_faces(templates)?;
        let event = format!("{{\"id\":\"soak\",\"about\":\"{}\"}}", "a long evening ".repeat(600));
        for (key, value) in [
            (MetaKey::Event, event.as_str()),
            (MetaKey::BackendUrl, "https://backend.example"),
            (MetaKey::DeviceId, "device-7"),
            (MetaKey::DeviceToken, "a secret of the soak"),
        ] {
            self.store.set_meta(key, value)?;
        }
        for (id, role) in [
            (StaffId::FIRST, StaffRole::Supervisor),
            (StaffId(uuid::Uuid::from_u128(2)), StaffRole::Volunteer),
        ] {
            let (name, created_at) = (format!("{role:?}"), self.clock.utc());
            let pin = PinVerifier::new(format!("what the soak compares {id} with"));
            let member = StaffMember { id, name, role, pin, created_at, disabled_at: None };
            self.store.add_staff(&member, Actor::Kiosk)?;
        }
        Ok(())
    }

    fn tell_roster(&mut self, attendees: Vec<Attendee>, complete: bool) -> Result<()> {
        let cursor = format!("r{}", self.rng.u32(..));
        self.store.apply_roster(&RosterPage { attendees, removed: Vec::new(), cursor, complete })?;
        Ok(())
    }

    fn tell_faces(&mut self, templates: Vec<Template>) -> Result<()> {
        let cursor = format!("t{}", self.rng.u32(..));
        let page = TemplatesPage { templates, removed: Vec::new(), cursor, complete: true };
        self.store.apply_templates(&page)?;
        Ok(())
    }

    fn face(&mut self, number: usize) -> Result<Template> {
        let values = (0..FACE_LENGTH).map(|_| self.rng.f32() - 0.5).collect();
        Ok(Template {
            id: TemplateId::new(format!("{:08x}", self.rng.u32(..))),
            attendee: crowd::id(number),
            model: ModelId("soak/1".to_owned()),
            embedding: Embedding::normalised(values)?,
            consent: Consent { text_version: "1".into(), language: "en".into(), agreed_at: UtcMillis(1) },
            expires_at: UtcMillis(i64::MAX),
        })
    }

    fn come(&mut self, guests: std::ops::Range<usize>) -> Result<()> {
        for guest in guests {
            let (id, at) = self.fresh();
            let admitted = self.store.admit(&AdmitWish {
                id,
                attendee: crowd::id(guest),
                gate: GateId::new(GATE),
                gate_name: GATE_NAME.to_owned(),
                method: Method::Face,
                at,
                window: EntryWindow::whole_event(),
                score: Some(0.7),
                reason: None,
                actor: Actor::Kiosk,
            })?;
            ensure!(
                matches!(admitted.admission, Admission::Recorded(_)),
                "{} is not let in",
                crowd::id(guest)
            );
            self.entries.push(id);
        }
        Ok(())
    }

    fn settle(&mut self, entries: &[CheckInId], settlement: &Settlement) -> Result<()> {
        let answers: Vec<_> = entries.iter().map(|id| (*id, settlement.clone())).collect();
        Ok(self.store.settle(&answers)?)
    }

    fn undo(&mut self, entry: usize) -> Result<CheckInId> {
        let (undo_id, at) = self.fresh();
        let (check_in, reason) = (self.entries[entry], "left again".to_owned());
        self.store.undo(&UndoWish { check_in, undo_id, at, reason, actor: Actor::Staff(StaffId::FIRST) })?;
        Ok(undo_id)
    }

    /// Delivered, refused, taken back, confused, amended: entries 0 to 249 are no longer simply waiting.
    fn go_wrong(&mut self) -> Result<()> {
        let (delivered, refused) = (self.entries[..220].to_vec(), self.entries[230..240].to_vec());
        self.settle(&delivered, &Settlement::Delivered)?;
        self.settle(&refused, &Settlement::Parked { reason: "not on the roster".into() })?;
        let told: Vec<_> = (0..12).map(|entry| self.undo(entry * 3)).collect::<Result<_>>()?;
        self.settle(&told[..6], &Settlement::Delivered)?;
        self.settle(&told[6..8], &Settlement::Parked { reason: "no such entry".into() })?;
        for entry in [231, 250, 255, 260, 390] {
            self.undo(entry)?;
        }
        for (entry, right) in [(50, 1_000), (270, 1_001), (275, 1_002)] {
            let ((new_id, _), (undo_id, at)) = (self.fresh(), self.fresh());
            self.store.correct(&CorrectWish {
                wrong: self.entries[entry],
                right: crowd::id(right),
                new_id,
                window: EntryWindow::whole_event(),
                undo_id,
                at,
                reason: "another guest".to_owned(),
                actor: Actor::Staff(StaffId::FIRST),
            })?;
        }
        let (new_id, at) = self.fresh();
        let outcome = self.store.amend_parked(&AmendWish {
            id: self.entries[232],
            attendee: crowd::id(1_003),
            new_id,
            window: EntryWindow::whole_event(),
            at,
            reason: "it was the other one".to_owned(),
            actor: Actor::Staff(StaffId::FIRST),
        })?;
        ensure!(matches!(outcome, AmendOutcome::Amended(_)), "the refused entry is not amended: {outcome:?}");
        let exported = self.entries[300..320].to_vec();
        let note = AuditNote {
            action: AuditAction::Export,
            actor: Actor::Staff(StaffId::FIRST),
            attendee: None,
            before: None,
            after: None,
            reason: None,
            at,
        };
        self.store.mark_exported(&exported, &note)?;
        Ok(())
    }

    /// The backend calls entries second ones, and staff decide about some of them.
    fn decide(&mut self) -> Result<()> {
        for entry in 220..228 {
            let second = self.entries[entry];
            let at = UtcMillis(self.clock.utc().0 - 3_600_000);
            let first = FirstEntry { at, gate: Some(ELSEWHERE.to_owned()) };
            self.settle(&[second], &Settlement::Duplicate { first })?;
            let (first, _) = self.fresh();
            let here = self.store.check_in(second)?.map_or(at, |check_in| check_in.at);
            let side = |check_in, at, gate: &str| ConflictEntry {
                check_in,
                at,
                gate: gate.to_owned(),
                method: Method::Face,
                device: gate.to_owned(),
            };
            let conflict = Conflict {
                attendee: crowd::id(entry),
                first: side(first, at, ELSEWHERE),
                second: side(second, here, GATE_NAME),
                state: ConflictState::Open,
                resolved_by: None,
                resolved_at: None,
            };
            let cursor = format!("k{entry}");
            self.store.apply_conflicts(&ConflictsPage { conflicts: vec![conflict], cursor })?;
        }
        for (entry, resolution) in [
            (220, Resolution::Accept),
            (221, Resolution::Undo),
            (222, Resolution::Accept),
            (223, Resolution::Undo),
        ] {
            self.resolve(entry, resolution)?;
        }
        Ok(())
    }

    fn resolve(&mut self, entry: usize, resolution: Resolution) -> Result<()> {
        let (entry_id, at) = self.fresh();
        let (conflict, reason) = (self.entries[entry], "looked at both".to_owned());
        self.store.resolve(&ResolveWish {
            conflict,
            resolution,
            entry_id,
            at,
            reason,
            actor: Actor::Staff(StaffId::FIRST),
        })?;
        Ok(())
    }

    /// What happens while the log is not folded in any more.
    fn last_minutes(&mut self) -> Result<()> {
        self.undo(EARLY)?;
        self.undo(100)?;
        self.resolve(224, Resolution::Accept)?;
        let delivered = self.entries[EARLY + 1..EARLY + 6].to_vec();
        self.settle(&delivered, &Settlement::Delivered)?;
        let face = self.face(FACES)?;
        self.tell_faces(vec![face])?;
        let changed = Attendee { company: Some("Moved on".to_owned()), ..crowd::attendee(1_500) };
        self.tell_roster(vec![changed], true)
    }
}

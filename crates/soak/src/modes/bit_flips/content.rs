//! Everything that the store answers, in a form that can be compared.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};
use portico_store::{AuditVerdict, MetaKey, OutboxBody, RecentEntry, Store};
use portico_types::{AttendeeId, CheckInId, Resolution, UtcMillis};

use super::evening::GUESTS;
use crate::crowd;

/// More rows than there are.
const ALL: usize = 1_000_000;
/// One guest in so many is also looked for by name.
const SEARCHED: usize = 20;

/// Names of the tables in [`Content::tables`].
pub const TABLES: [&str; 9] =
    ["attendees", "templates", "check_ins", "outbox", "audit", "conflicts", "blocked_pairs", "staff", "meta"];

/// How an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The guest is in by it.
    Live,
    /// The guest is in by another one, as the backend says.
    Second,
    /// Taken back, or not this guest's.
    Not,
}

/// An entry made here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Who.
    pub attendee: AttendeeId,
    /// How it stands.
    pub standing: Standing,
}

/// All answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// Rows in words, by table.
    pub tables: BTreeMap<&'static str, BTreeSet<String>>,
    /// What follows from the rows: counts, what searches find.
    pub derived: Vec<String>,
    /// Entries made here.
    pub entries: BTreeMap<CheckInId, Entry>,
    /// The outbox in its order: waiting or parked entries, and what each takes back.
    pub outbox: Vec<(CheckInId, Option<CheckInId>)>,
    /// Ids of check-ins in the outbox.
    pub told_check_ins: BTreeSet<CheckInId>,
    /// Whether the audit's chain holds.
    pub audit_holds: bool,
    /// What contradicts itself.
    pub contradictions: Vec<String>,
}

impl Content {
    /// Asks the store everything.
    pub fn read(store: &Store) -> Result<Self> {
        let mut content = Self {
            tables: TABLES.into_iter().map(|table| (table, BTreeSet::new())).collect(),
            derived: Vec::new(),
            entries: BTreeMap::new(),
            outbox: Vec::new(),
            told_check_ins: BTreeSet::new(),
            audit_holds: matches!(store.verify_audit()?, AuditVerdict::Intact { .. }),
            contradictions: Vec::new(),
        };
        content.read_guests(store)?;
        content.read_entries(store)?;
        content.read_outbox(store)?;
        content.read_rest(store)?;
        Ok(content)
    }

    /// Entries and undos.
    pub fn events(&self) -> u64 {
        let undone = self.entries.values().filter(|entry| entry.standing == Standing::Not).count();
        (self.entries.len() + undone) as u64
    }

    fn row(&mut self, table: &'static str, row: String) {
        self.tables.entry(table).or_default().insert(row);
    }

    fn read_guests(&mut self, store: &Store) -> Result<()> {
        let mut on_roster = 0;
        for number in 0..GUESTS {
            let Some(guest) = store.attendee(&crowd::id(number))? else { continue };
            on_roster += 1;
            if store.find_ticket(&guest.ticket_code)?.as_ref() != Some(&guest) {
                self.contradictions.push(format!("{}'s ticket does not lead to them", guest.id));
            }
            if number % SEARCHED == 0 {
                let found = store.search(&guest.name, ALL)?;
                if !found.iter().any(|line| line.attendee == guest) {
                    self.contradictions.push(format!("{} is not found by name", guest.id));
                }
                self.derived.push(format!("{found:?}"));
            }
            let latest = store.latest_check_in(&guest.id)?;
            self.derived.push(format!("{}: {latest:?}", guest.id));
            self.row("attendees", format!("{guest:?}"));
        }
        let counts = store.roster_counts()?;
        if counts.expected != on_roster {
            self.contradictions.push(format!("{on_roster} guests are found and {} counted", counts.expected));
        }
        self.derived.push(format!("{counts:?}"));
        for template in store.templates(UtcMillis(0))? {
            let face = hex::encode(template.embedding.to_bytes());
            self.row("templates", format!("{template:?} {face}"));
        }
        Ok(())
    }

    fn read_entries(&mut self, store: &Store) -> Result<()> {
        for RecentEntry { check_in, live, second, .. } in store.recent(ALL)? {
            let standing = match (live, second) {
                (true, _) => Standing::Live,
                (false, true) => Standing::Second,
                (false, false) => Standing::Not,
            };
            self.row("check_ins", format!("{check_in:?} {standing:?}"));
            self.entries.insert(check_in.id, Entry { attendee: check_in.attendee, standing });
        }
        Ok(())
    }

    fn read_outbox(&mut self, store: &Store) -> Result<()> {
        let lines = store.export_rows()?;
        let mut waiting = 0;
        for line in &lines {
            waiting += u64::from(line.parked.is_none());
            let takes_back = match &line.entry.body {
                OutboxBody::CheckIn(check_in) => {
                    self.told_check_ins.insert(check_in.id);
                    None
                }
                OutboxBody::Undo { check_in, .. } => Some(*check_in),
                OutboxBody::Resolve { conflict, resolution: Resolution::Undo, .. } => Some(*conflict),
                OutboxBody::Resolve { .. } | OutboxBody::Register(_) => None,
            };
            self.outbox.push((line.entry.id, takes_back));
            // Places change when entries are put back.
            let (entry, attendee) = (&line.entry, &line.attendee);
            let state = format!("{} {:?} {:?}", line.attempts, line.parked, line.exported_at);
            self.row("outbox", format!("{} {attendee} {:?} {state}", entry.id, entry.body));
        }
        let counted = store.waiting()?;
        if counted != waiting || store.next_batch(ALL)?.len() as u64 != waiting {
            self.contradictions.push(format!("{waiting} entries wait and {counted} are counted"));
        }
        self.derived.push(format!("{:?}", self.outbox));
        Ok(())
    }

    fn read_rest(&mut self, store: &Store) -> Result<()> {
        for row in store.audit_rows(ALL)? {
            self.row("audit", format!("{row:?}"));
        }
        self.derived.push(format!("{:?} {:?}", store.audit_head()?, self.audit_holds));
        let lines = store.conflicts(ALL)?;
        ensure!(lines.len() < ALL, "more conflicts than there can be");
        for line in lines {
            self.row("conflicts", format!("{:?}", line.conflict));
            self.derived.push(format!("{line:?}"));
        }
        self.derived.push(format!("{} open conflicts", store.open_conflicts()?));
        for pair in store.blocked_pairs()? {
            self.row("blocked_pairs", format!("{pair:?}"));
        }
        for member in store.staff()? {
            self.row("staff", format!("{member:?} {}", member.pin.as_str()));
        }
        for key in [
            MetaKey::RosterCursor,
            MetaKey::TemplatesCursor,
            MetaKey::ConflictsCursor,
            MetaKey::Event,
            MetaKey::BackendUrl,
            MetaKey::DeviceId,
            MetaKey::DeviceToken,
        ] {
            if let Some(value) = store.meta(key)? {
                self.row("meta", format!("{key:?} {value}"));
            }
        }
        self.derived.push(format!("gallery {}", store.gallery_version()?));
        Ok(())
    }
}

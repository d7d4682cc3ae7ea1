//! The rules: what each promise requires of what is there, and what both sides must agree on in the end.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use anyhow::{Result, ensure};
use portico_protocol::CheckInVerdict;
use portico_store::{AuditVerdict, OutboxBody};
use portico_types::{Admission, CheckInId};

use super::Findings;
use super::found::{Found, Kiosk, KioskEntry, Server};
use super::promised::Promised;
use crate::site::{Place, Site};

/// Entries that are delivered at once when the kiosk goes on.
const BATCH: usize = 200;

/// Compares the promises with what is there.
pub fn compare(promised: &Promised, found: &Found, findings: &mut Findings) {
    let entries: BTreeMap<CheckInId, &KioskEntry> =
        found.kiosk.entries.iter().map(|entry| (entry.id, entry)).collect();
    promises_kept(promised, found, &entries, findings);
    audit_kept(promised, &found.kiosk, findings);
    roster_kept(promised, &found.kiosk, findings);
    nothing_twice(found, findings);
    for entry in &found.kiosk.entries {
        whole(entry, promised, found, findings);
    }
    nothing_without_its_entry(&found.kiosk, &entries, findings);
}

fn promises_kept(
    promised: &Promised,
    found: &Found,
    entries: &BTreeMap<CheckInId, &KioskEntry>,
    findings: &mut Findings,
) {
    for (id, promise) in &promised.entries {
        match (entries.get(id), promise.undo) {
            (None, _) => findings.lose(format!("check-in {id} was acknowledged and is not there")),
            (Some(entry), _) if entry.attendee != promise.attendee => {
                findings.halve(format!("check-in {id} is another guest's"));
            }
            (Some(entry), Some(_)) if entry.is_live => {
                findings.lose(format!("check-in {id} was taken back and stands again"));
            }
            // A step that was under way may have taken it back; then it has told its outbox.
            (Some(entry), None) if !entry.is_live && !found.kiosk.undo_waits(*id) => {
                findings.lose(format!("check-in {id} was never taken back and no longer stands"));
            }
            _ => {}
        }
    }
    for id in &promised.refused {
        if entries.contains_key(id) {
            findings.halve(format!("check-in {id} was refused and is there all the same"));
        }
    }
    for id in promised.recorded.iter().filter(|id| !found.server.has(**id)) {
        findings.lose(format!("the backend had acknowledged entry {id} and does not have it"));
    }
    for id in promised.settled.iter().filter(|id| found.kiosk.waits(**id)) {
        findings.lose(format!("entry {id} was delivered and noted as such, and waits again"));
    }
}

fn audit_kept(promised: &Promised, kiosk: &Kiosk, findings: &mut Findings) {
    let head = match kiosk.audit {
        AuditVerdict::Broken { seq } => {
            return findings.halve(format!("the audit is broken at row {seq}"));
        }
        AuditVerdict::Intact { head } => head,
    };
    let Some((seq, hash)) = &promised.audit else { return };
    match head {
        Some(head) if head.seq > *seq => {}
        Some(head) if head.seq == *seq && hex::encode(head.hash) == *hash => {}
        Some(head) if head.seq == *seq => findings.halve("the audit ends with another row".to_owned()),
        _ => findings.lose(format!("the audit had reached row {seq} and no longer does")),
    }
}

fn roster_kept(promised: &Promised, kiosk: &Kiosk, findings: &mut Findings) {
    let Some(last) = promised.cursors.last() else { return };
    // A cursor that was never promised is that of the page under way.
    let is_earlier = |cursor: &String| cursor != last && promised.cursors.contains(cursor);
    if kiosk.cursor.as_ref().is_none_or(is_earlier) {
        findings.lose("the roster had been read further".to_owned());
    }
}

fn nothing_twice(found: &Found, findings: &mut Findings) {
    let (kiosk, server) = (&found.kiosk, &found.server);
    twice("check-in", kiosk.entries.iter().map(|entry| entry.id), findings);
    twice("outbox entry", kiosk.outbox.iter().map(|entry| entry.id), findings);
    twice("entry at the backend", server.settled.iter(), findings);
    let live = kiosk.entries.iter().filter(|entry| entry.is_live);
    twice("standing check-in of", live.map(|entry| &entry.attendee), findings);
    let live = server.entries.values().filter(|entry| entry.is_live);
    twice("standing check-in at the backend of", live.map(|entry| &entry.attendee), findings);
}

fn twice<T: Ord + Display + Clone>(what: &str, all: impl Iterator<Item = T>, findings: &mut Findings) {
    let mut seen = BTreeSet::new();
    for one in all {
        if !seen.insert(one.clone()) {
            findings.double(format!("{what} {one} is there twice"));
        }
    }
}

/// A check-in has its audit row and its way to the backend; so has its undo.
fn whole(entry: &KioskEntry, promised: &Promised, found: &Found, findings: &mut Findings) {
    let (kiosk, server) = (&found.kiosk, &found.server);
    let id = entry.id;
    if !kiosk.audited_in.contains(&id) {
        findings.halve(format!("check-in {id} has no audit row"));
    }
    if !kiosk.waits(id) && !server.has(id) {
        findings.halve(format!("check-in {id} neither waits nor is at the backend"));
    }
    if entry.is_live {
        return;
    }
    if !kiosk.audited_out.contains(&id) {
        findings.halve(format!("check-in {id} was taken back without an audit row"));
    }
    let undo = promised.entries.get(&id).and_then(|promise| promise.undo);
    if !kiosk.undo_waits(id) && !undo.is_some_and(|undo| server.has(undo)) {
        findings.halve(format!("the undo of {id} neither waits nor is at the backend"));
    }
}

fn nothing_without_its_entry(
    kiosk: &Kiosk,
    entries: &BTreeMap<CheckInId, &KioskEntry>,
    findings: &mut Findings,
) {
    for entry in &kiosk.outbox {
        let is_right = match &entry.body {
            OutboxBody::CheckIn(check_in) => entries.contains_key(&check_in.id),
            OutboxBody::Undo { check_in, .. } => entries.get(check_in).is_some_and(|entry| !entry.is_live),
            // Decisions are about what the backend knows, registrations about whom it does not.
            OutboxBody::Resolve { .. } | OutboxBody::Register(_) => true,
        };
        if !is_right {
            findings.halve(format!("outbox entry {} tells what is not so", entry.id));
        }
    }
    for id in kiosk.audited_in.iter().filter(|id| !entries.contains_key(*id)) {
        findings.halve(format!("the audit tells of check-in {id}, which is not there"));
    }
    for id in &kiosk.audited_out {
        if entries.get(id).is_some_and(|entry| entry.is_live) {
            findings.halve(format!("the audit tells that {id} was taken back, and it stands"));
        }
    }
}

/// Lets the kiosk go on: a guest enters, everything is delivered, and then exactly the entries that stand at the kiosk
/// stand at the backend.
pub fn go_on(place: &Place, site: &mut Site, findings: &mut Findings) -> Result<()> {
    admit_another(site, findings)?;
    loop {
        let entries = site.waiting(BATCH)?;
        if entries.is_empty() {
            break;
        }
        let outcomes = site.deliver(&entries)?;
        for outcome in &outcomes {
            if !matches!(outcome.verdict, CheckInVerdict::Recorded | CheckInVerdict::AlreadyRecorded) {
                findings.halve(format!("the backend said {:?} to entry {}", outcome.verdict, outcome.id));
            }
        }
        site.settle(&entries, outcomes)?;
    }
    let server = Server::read(place)?;
    let here: BTreeSet<String> = site.live()?.into_iter().map(|id| id.to_string()).collect();
    let there: BTreeSet<String> =
        server.entries.into_iter().filter(|(_, entry)| entry.is_live).map(|(id, _)| id).collect();
    for id in here.difference(&there) {
        findings.lose(format!("check-in {id} stands at the kiosk and never reached the backend"));
    }
    for id in there.difference(&here) {
        findings.double(format!("check-in {id} stands at the backend and not at the kiosk"));
    }
    Ok(())
}

/// Somebody who is not in yet enters.
fn admit_another(site: &mut Site, findings: &mut Findings) -> Result<()> {
    for number in 0.. {
        let attendee = Site::guest(number);
        let (id, at) = site.fresh();
        match site.admit(id, &attendee, at)?.admission {
            Admission::Recorded(_) => return Ok(()),
            Admission::AlreadyIn(_) => {}
            // Past the end of the roster: everybody is in.
            Admission::NotOnRoster => break,
        }
        ensure!(number < 100_000, "the roster has no end");
    }
    findings.note("everybody is in; nobody was left to enter".to_owned());
    Ok(())
}

#[cfg(test)]
mod tests {
    use portico_store::OutboxEntry;
    use portico_types::{AttendeeId, CheckIn, GateId, Method, UtcMillis};
    use uuid::Uuid;

    use super::super::found::ServerEntry;
    use super::*;
    use crate::acks::Ack;

    fn number(n: u128) -> CheckInId {
        CheckInId(Uuid::from_u128(n))
    }

    fn anna() -> AttendeeId {
        AttendeeId::new("anna")
    }

    fn waiting(n: u128) -> OutboxEntry {
        let check_in = CheckIn {
            id: number(n),
            attendee: anna(),
            gate: GateId::new("north"),
            method: Method::Face,
            at: UtcMillis(0),
            score: None,
            reason: None,
        };
        OutboxEntry { id: number(n), seq: n as i64, body: OutboxBody::CheckIn(check_in) }
    }

    /// Anna's entry 1 was promised, is there, and waits for the backend.
    fn all_is_well() -> (Promised, Found) {
        let promised = Promised::read(&[Ack::Admitted { id: number(1), attendee: anna() }]);
        let kiosk = Kiosk {
            entries: vec![KioskEntry { id: number(1), attendee: anna(), is_live: true }],
            outbox: vec![waiting(1)],
            audited_in: BTreeSet::from([number(1)]),
            audited_out: BTreeSet::new(),
            audit: AuditVerdict::Intact { head: None },
            cursor: None,
        };
        (promised, Found { kiosk, server: Server::default() })
    }

    fn judged(change: impl FnOnce(&mut Promised, &mut Found)) -> (u64, u64, u64) {
        let (mut promised, mut found) = all_is_well();
        change(&mut promised, &mut found);
        let mut findings = Findings::default();
        compare(&promised, &found, &mut findings);
        (findings.lost, findings.doubled, findings.half_written)
    }

    #[test]
    fn a_promise_that_was_kept_is_no_fault() {
        assert_eq!(judged(|_, _| ()), (0, 0, 0));
    }

    #[test]
    fn a_check_in_that_was_promised_and_is_not_there_is_lost() {
        let lost = judged(|_, found| {
            found.kiosk.entries.clear();
            found.kiosk.outbox.clear();
            found.kiosk.audited_in.clear();
        });
        assert_eq!(lost, (1, 0, 0));
    }

    #[test]
    fn a_check_in_without_its_audit_row_or_its_way_to_the_backend_is_half_written() {
        assert_eq!(judged(|_, found| found.kiosk.audited_in.clear()), (0, 0, 1));
        assert_eq!(judged(|_, found| found.kiosk.outbox.clear()), (0, 0, 1));
    }

    #[test]
    fn what_the_kiosk_handed_over_must_be_at_the_backend() {
        let handed_over = |promised: &mut Promised, found: &mut Found| {
            promised.recorded.insert(number(1));
            promised.settled.insert(number(1));
            found.kiosk.outbox.clear();
        };
        assert_eq!(judged(handed_over), (1, 0, 1), "it is nowhere");
        let arrived = |promised: &mut Promised, found: &mut Found| {
            handed_over(promised, found);
            found.server.settled.push(number(1).to_string());
        };
        assert_eq!(judged(arrived), (0, 0, 0));
    }

    #[test]
    fn an_undo_that_was_promised_must_not_come_undone() {
        let undone = |promised: &mut Promised, _: &mut Found| {
            *promised = Promised::read(&[
                Ack::Admitted { id: number(1), attendee: anna() },
                Ack::Undone { check_in: number(1), undo: number(2) },
            ]);
        };
        assert_eq!(judged(undone), (1, 0, 0));
    }

    #[test]
    fn a_guest_who_stands_twice_is_doubled() {
        let twice = |_: &mut Promised, found: &mut Found| {
            for id in ["a", "b"] {
                let entry = ServerEntry { attendee: "anna".into(), is_live: true };
                found.server.entries.insert(id.into(), entry);
                found.server.settled.push("same".into());
            }
        };
        assert_eq!(judged(twice), (0, 2, 0));
    }

    #[test]
    fn an_audit_that_ends_too_early_is_lost_and_a_broken_one_is_half_written() {
        assert_eq!(judged(|promised, _| promised.audit = Some((3, "00".into()))), (1, 0, 0));
        assert_eq!(judged(|_, found| found.kiosk.audit = AuditVerdict::Broken { seq: 1 }), (0, 0, 1));
    }

    #[test]
    fn a_refusal_that_was_recorded_all_the_same_is_half_written() {
        let refused = |promised: &mut Promised, _: &mut Found| {
            *promised = Promised::read(&[Ack::Refused { id: number(1) }]);
        };
        assert_eq!(judged(refused), (0, 0, 1));
    }

    #[test]
    fn a_roster_that_was_read_further_before_is_lost() {
        let cursor = |cursor: &str| Ack::Roster { cursor: cursor.into() };
        let read = [cursor("r1"), cursor("r2")];
        assert_eq!(
            judged(|promised, found| {
                promised.cursors = Promised::read(&read).cursors;
                found.kiosk.cursor = Some("r1".into());
            }),
            (1, 0, 0)
        );
    }
}

//! The rules: what may differ after damage, and what that must have been told.

use std::collections::{BTreeMap, BTreeSet};

use portico_store::SalvageReport;

use super::content::{Content, Standing, TABLES};
use crate::judge::Findings;

/// Tables whose rows are never written anew by a salvage: what is there was there.
const TAKEN_OVER: [&str; 5] = ["attendees", "templates", "blocked_pairs", "staff", "meta"];

/// Compares and counts what is lost, doubled or half written. Says what differs although nobody was told.
pub fn compare(
    before: &Content,
    after: &Content,
    report: Option<&SalvageReport>,
    findings: &mut Findings,
) -> Option<String> {
    for contradiction in &after.contradictions {
        findings.halve(contradiction.clone());
    }
    entries_kept(before, after, findings);
    outbox_kept(before, after, findings);
    nothing_twice(after, findings);
    let Some(report) = report else { return difference(before, after) };
    for table in TAKEN_OVER {
        if let Some(row) = after.tables[table].difference(&before.tables[table]).next() {
            findings.halve(format!("{table}: never written: {row}"));
        }
    }
    if !after.audit_holds && !report.log_damaged && !report.lost.contains_key("audit") {
        findings.halve("the audit is broken, and no row of it was missed".to_owned());
    }
    TABLES.into_iter().find_map(|table| untold(table, before, after, report))
}

fn difference(before: &Content, after: &Content) -> Option<String> {
    let differs = |table: &&str| before.tables[table] != after.tables[table];
    if let Some(table) = TABLES.into_iter().find(differs) {
        return Some(format!("{table}: {}", first_difference(table, before, after)));
    }
    (before != after).then(|| "what follows from the rows".to_owned())
}

fn first_difference(table: &str, before: &Content, after: &Content) -> String {
    let (before, after) = (&before.tables[table], &after.tables[table]);
    before.symmetric_difference(after).next().cloned().unwrap_or_default()
}

/// What differs in a table although the report says nothing of that table.
fn untold(table: &str, before: &Content, after: &Content, report: &SalvageReport) -> Option<String> {
    if report.log_damaged || report.lost.contains_key(table) {
        return None;
    }
    let missing = before.tables[table].difference(&after.tables[table]).count() as u64;
    let added = after.tables[table].difference(&before.tables[table]).count() as u64;
    let is_told = match table {
        "audit" => missing == 0 && added == 1,
        "outbox" => missing == 0 && added == report.requeued,
        "check_ins" => missing == 0 && added == report.rebuilt,
        // The cursors go when something is to be read again: nothing else does.
        "meta" => {
            let gone = before.tables[table].difference(&after.tables[table]);
            let reads_again = !report.lost.is_empty();
            added == 0
                && gone.into_iter().all(|row| reads_again && row.split(' ').next().is_some_and(is_cursor))
        }
        _ => missing + added == 0,
    };
    (!is_told).then(|| format!("{table}: {}", first_difference(table, before, after)))
}

fn is_cursor(name: &str) -> bool {
    name.ends_with("Cursor")
}

fn entries_kept(before: &Content, after: &Content, findings: &mut Findings) {
    for (id, entry) in &before.entries {
        let Some(found) = after.entries.get(id) else {
            findings.lose(format!("check-in {id} is gone"));
            continue;
        };
        if found.attendee != entry.attendee {
            findings.halve(format!("check-in {id} is another guest's"));
        }
        match (entry.standing, found.standing) {
            (Standing::Not, Standing::Live | Standing::Second) => {
                findings.lose(format!("check-in {id} was taken back and stands again"));
            }
            (Standing::Live | Standing::Second, Standing::Not) => {
                findings.halve(format!("check-in {id} no longer stands"));
            }
            _ => {}
        }
    }
    for id in after.entries.keys().filter(|id| !before.entries.contains_key(*id)) {
        findings.halve(format!("check-in {id} was never made"));
    }
}

fn outbox_kept(before: &Content, after: &Content, findings: &mut Findings) {
    let held: BTreeSet<_> = after.outbox.iter().map(|(id, _)| id).collect();
    for (id, takes_back) in before.outbox.iter().filter(|(id, _)| !held.contains(id)) {
        findings.lose(format!("entry {id} (taking back {takes_back:?}) waits no longer"));
    }
    for (place, (id, takes_back)) in after.outbox.iter().enumerate() {
        let Some(check_in) = takes_back else { continue };
        if after.entries.get(check_in).is_some_and(|entry| entry.standing == Standing::Live) {
            findings.halve(format!("entry {id} takes {check_in} back, which stands"));
        }
        if after.outbox[place..].iter().any(|(later, _)| later == check_in) {
            findings.halve(format!("entry {id} is told before {check_in}, which it takes back"));
        }
    }
    for id in after.told_check_ins.iter().filter(|id| !after.entries.contains_key(*id)) {
        findings.halve(format!("check-in {id} waits and is not there"));
    }
}

fn nothing_twice(after: &Content, findings: &mut Findings) {
    let mut standing: BTreeMap<_, u64> = BTreeMap::new();
    for entry in after.entries.values().filter(|entry| entry.standing == Standing::Live) {
        *standing.entry(&entry.attendee).or_default() += 1;
    }
    for (attendee, _) in standing.into_iter().filter(|(_, times)| *times > 1) {
        findings.double(format!("{attendee} stands twice"));
    }
    let mut taken_back = BTreeSet::new();
    for (id, takes_back) in &after.outbox {
        if takes_back.is_some_and(|check_in| !taken_back.insert(check_in)) {
            findings.double(format!("entry {id} takes back what another one does"));
        }
    }
}

#[cfg(test)]
mod tests {
    use portico_types::{AttendeeId, CheckInId, UtcMillis};
    use uuid::Uuid;

    use super::super::content::Entry;
    use super::*;

    fn number(n: u128) -> CheckInId {
        CheckInId(Uuid::from_u128(n))
    }

    /// Ada is in by entry 1, which waits.
    fn content() -> Content {
        let mut tables: BTreeMap<_, _> = TABLES.into_iter().map(|table| (table, BTreeSet::new())).collect();
        tables.insert("attendees", BTreeSet::from(["ada".to_owned(), "alan".to_owned()]));
        tables.insert("audit", BTreeSet::from(["ada entered".to_owned()]));
        let ada = Entry { attendee: AttendeeId::new("ada"), standing: Standing::Live };
        Content {
            tables,
            derived: Vec::new(),
            entries: BTreeMap::from([(number(1), ada)]),
            outbox: vec![(number(1), None)],
            told_check_ins: BTreeSet::from([number(1)]),
            audit_holds: true,
            contradictions: Vec::new(),
        }
    }

    fn report(lost: &[&str]) -> SalvageReport {
        SalvageReport {
            at: UtcMillis(0),
            quarantined: "quarantine".into(),
            cause: String::new(),
            readable: true,
            copied: BTreeMap::new(),
            lost: lost.iter().map(|table| ((*table).to_owned(), 1)).collect(),
            log_damaged: false,
            rebuilt: 0,
            requeued: 0,
        }
    }

    fn compared(report: Option<&SalvageReport>, change: impl FnOnce(&mut Content)) -> (bool, Findings) {
        let (mut after, mut findings) = (content(), Findings::default());
        change(&mut after);
        let untold = compare(&content(), &after, report, &mut findings);
        (untold.is_some(), findings)
    }

    fn forget(content: &mut Content, table: &'static str) {
        content.tables.insert(table, BTreeSet::new());
    }

    #[test]
    fn nothing_that_differs_goes_without_a_report_and_a_report_names_the_table() {
        assert!(!compared(None, |_| ()).0);
        assert!(compared(None, |after| forget(after, "attendees")).0);
        let salvaged = |after: &mut Content| {
            forget(after, "attendees");
            after.tables.entry("audit").or_default().insert("salvaged".to_owned());
        };
        assert!(compared(Some(&report(&["templates"])), salvaged).0, "another table was named");
        assert!(!compared(Some(&report(&["attendees"])), salvaged).0);
    }

    #[test]
    fn an_entry_that_is_gone_is_lost_whatever_was_reported() {
        let (_, found) = compared(Some(&report(&["check_ins", "outbox"])), |after| {
            after.entries.clear();
            after.outbox.clear();
            after.told_check_ins.clear();
        });
        assert_eq!(found.lost, 2, "the entry, and its way to the backend");
    }

    #[test]
    fn a_row_that_was_never_written_and_a_guest_who_stands_twice_are_found() {
        let (_, found) = compared(Some(&report(&["attendees"])), |after| {
            after.tables.insert("attendees", BTreeSet::from(["eve".to_owned()]));
        });
        assert_eq!(found.half_written, 1);
        let (_, found) = compared(None, |after| {
            let ada = after.entries[&number(1)].clone();
            after.entries.insert(number(2), ada);
        });
        assert_eq!((found.doubled, found.half_written), (1, 1));
    }
}

//! Takes a roster file over: all good rows in one transaction, bad ones in the report.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use rusqlite::Connection;
use sha2::{Digest as _, Sha256};

use super::Backend;
use crate::database::attendees::{self, Guest};
use crate::error::BackendError;
use crate::progress::{Phase, Progress, Unwatched, Watch};
use crate::random::{Random, hex};
use crate::roster::{BadRow, Column, GuestRow, ImportReport, Roster, RosterOptions, RosterPreview, RowFault};

/// Characters of a generated ticket code: short enough to type, 887 million of them.
pub(super) const CODE_LENGTH: usize = 6;
/// Tries to find a free code. At 100,000 guests one try fails once in 8,900, so 32 in a row never do.
pub(super) const CODE_TRIES: usize = 32;

/// Rows between two looks at whoever watches: about 20 ms.
const ROWS_PER_LOOK: usize = 500;
/// Rows that a preview shows.
const SHOWN_ROWS: usize = 10;

/// What a row is in conflict with.
struct Conflict {
    column: Column,
    fault: RowFault,
}

/// An import under way.
struct Import<'a> {
    connection: &'a Connection,
    random: &'a Random,
    watch: &'a dyn Watch,
    /// Ids and codes of this file, each with its line.
    ids: BTreeMap<String, u64>,
    codes: BTreeMap<String, u64>,
    report: ImportReport,
}

/// Why a preview's transaction is taken back: it always is.
enum TakenBack {
    Previewed(Box<ImportReport>),
    Failed(BackendError),
}

impl From<rusqlite::Error> for TakenBack {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl Backend {
    /// Reads a roster file with nothing said about it and nobody watching.
    pub fn import_roster(&self, reader: impl Read) -> Result<ImportReport, BackendError> {
        let options = RosterOptions::default();
        let bytes = portico_sheets::bounded(reader, options.read.limits.file_bytes)?;
        self.import_roster_as(&bytes, &options, &Unwatched)
    }

    /// Reads a roster file. Guests are known again by id, else by ticket code, else by name, company and phone; who is
    /// not in the file stays as they are. Stopped or failed, it leaves the database as it was.
    pub fn import_roster_as(
        &self,
        bytes: &[u8],
        options: &RosterOptions,
        watch: &dyn Watch,
    ) -> Result<ImportReport, BackendError> {
        let mut roster = Roster::read(bytes, options, watch)?;
        let report = std::mem::take(&mut roster.report);
        let report = self.database.write(|tx| self.take_all(tx, &roster, report, watch))?;
        self.announce_changes()?;
        Ok(report)
    }

    /// What [`Self::import_roster_as`] would come to, on this database as it is now. Changes nothing.
    pub fn preview_roster(
        &self,
        bytes: &[u8],
        options: &RosterOptions,
        watch: &dyn Watch,
    ) -> Result<RosterPreview, BackendError> {
        let mut roster = Roster::read(bytes, options, watch)?;
        let report = std::mem::take(&mut roster.report);
        let taken_back = self.database.write(|tx| match self.take_all(tx, &roster, report, watch) {
            Ok(report) => Err::<(), _>(TakenBack::Previewed(Box::new(report))),
            Err(error) => Err(TakenBack::Failed(error)),
        });
        match taken_back {
            Err(TakenBack::Previewed(report)) => {
                let bad: BTreeSet<u64> = report.bad_rows.iter().map(|bad| bad.row).collect();
                let rows = roster.rows.into_iter().map(|(place, row)| (roster.table.rows[place].line, row));
                let first_rows = rows.filter(|(line, _)| !bad.contains(line)).take(SHOWN_ROWS).collect();
                Ok(RosterPreview { report: *report, first_rows })
            }
            Err(TakenBack::Failed(error)) => Err(error),
            Ok(()) => Ok(RosterPreview::default()),
        }
    }

    fn take_all(
        &self,
        connection: &Connection,
        roster: &Roster,
        report: ImportReport,
        watch: &dyn Watch,
    ) -> Result<ImportReport, BackendError> {
        let (ids, codes) = (BTreeMap::new(), BTreeMap::new());
        let mut import = Import { connection, random: &self.random, watch, ids, codes, report };
        import.take_all(roster)?;
        import.report.bad_rows.sort_by_key(|bad| bad.row);
        Ok(import.report)
    }
}

impl Import<'_> {
    fn take_all(&mut self, roster: &Roster) -> Result<(), BackendError> {
        let total = roster.rows.len() as u64;
        for (done, (place, row)) in roster.rows.iter().enumerate() {
            if done % ROWS_PER_LOOK == 0 {
                self.watch.progress(Progress {
                    phase: Phase::Writing,
                    done: done as u64,
                    total: Some(total),
                });
                if self.watch.is_stopped() {
                    return Err(BackendError::Stopped);
                }
            }
            let as_read = &roster.table.rows[*place];
            if let Some(Conflict { column, fault }) = self.take(as_read.line, row.clone())? {
                let named = column != Column::Name;
                let title = if named { roster.columns.title(column) } else { roster.columns.name_title() };
                self.report.bad_rows.push(BadRow::new(as_read, title, fault));
            }
        }
        self.watch.progress(Progress { phase: Phase::Writing, done: total, total: Some(total) });
        Ok(())
    }

    fn take(&mut self, line: u64, row: GuestRow) -> Result<Option<Conflict>, BackendError> {
        let id = self.id_of(&row)?;
        if let Some(conflict) = self.conflict(&id, &row)? {
            return Ok(Some(conflict));
        }
        let before = attendees::get(self.connection, &id)?;
        let known_code = before.as_ref().map(|guest| guest.ticket_code.clone());
        let ticket_code = match row.ticket_code.or(known_code) {
            Some(code) => code,
            None => self.free_code()?,
        };
        self.ids.insert(id.clone(), line);
        self.codes.insert(ticket_code.clone(), line);
        let guest = Guest {
            id,
            name: row.name,
            company: row.company,
            ticket_code,
            phone_last4: row.phone_last4,
            note: row.note,
            photo: row.photo,
        };
        match before {
            Some(before) if before == guest => self.report.unchanged += 1,
            Some(_) => {
                attendees::put(self.connection, &guest)?;
                self.report.updated += 1;
            }
            None => {
                attendees::put(self.connection, &guest)?;
                self.report.added += 1;
            }
        }
        Ok(None)
    }

    fn id_of(&self, row: &GuestRow) -> Result<String, BackendError> {
        if let Some(id) = &row.id {
            return Ok(id.clone());
        }
        let Some(code) = &row.ticket_code else {
            let facts = [Some(&row.name), row.company.as_ref(), row.phone_last4.as_ref()];
            return Ok(derived_id(&facts.map(|fact| fact.map_or("", String::as_str))));
        };
        Ok(attendees::holder_of(self.connection, code)?.unwrap_or_else(|| derived_id(&["ticket", code])))
    }

    fn conflict(&self, id: &str, row: &GuestRow) -> Result<Option<Conflict>, BackendError> {
        if let Some(code) = &row.ticket_code {
            if let Some(&row) = self.codes.get(code) {
                let fault = RowFault::TicketTwice { row };
                return Ok(Some(Conflict { column: Column::TicketCode, fault }));
            }
            if attendees::holder_of(self.connection, code)?.is_some_and(|holder| holder != id) {
                return Ok(Some(Conflict { column: Column::TicketCode, fault: RowFault::TicketTaken }));
            }
        }
        let Some(&line) = self.ids.get(id) else { return Ok(None) };
        Ok(Some(if row.id.is_some() {
            Conflict { column: Column::Id, fault: RowFault::IdTwice { row: line } }
        } else {
            Conflict { column: Column::Name, fault: RowFault::GuestTwice { row: line } }
        }))
    }

    fn free_code(&self) -> Result<String, BackendError> {
        for _ in 0..CODE_TRIES {
            let code = self.random.readable(CODE_LENGTH)?;
            if !self.codes.contains_key(&code) && attendees::holder_of(self.connection, &code)?.is_none() {
                return Ok(code);
            }
        }
        Err(BackendError::Random(std::io::Error::other("no free ticket code was drawn")))
    }
}

/// The same for the same facts, so that importing a file again finds its guests again.
fn derived_id(facts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for fact in facts {
        digest.update(fact.as_bytes());
        digest.update([0]);
    }
    format!("g{}", hex(&digest.finalize()[..8]))
}

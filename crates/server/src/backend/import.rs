//! Takes a roster file over: all good rows in one transaction, bad ones in the report.

use std::collections::BTreeMap;
use std::io::Read;

use rusqlite::Connection;
use sha2::{Digest as _, Sha256};

use super::Backend;
use crate::database::attendees::{self, Guest};
use crate::error::BackendError;
use crate::random::{Random, hex};
use crate::roster::{self, BadRow, GuestRow, ImportReport, Sheet};

/// Characters of a generated ticket code: short enough to type, 887 million of them.
pub(super) const CODE_LENGTH: usize = 6;
/// Tries to find a free code. At 100,000 guests one try fails once in 8,900, so 32 in a row never do.
pub(super) const CODE_TRIES: usize = 32;

/// What a row is in conflict with.
struct Conflict {
    column: &'static str,
    reason: String,
}

/// An import under way.
struct Import<'a> {
    connection: &'a Connection,
    random: &'a Random,
    /// Ids and codes of this file, each with its line.
    ids: BTreeMap<String, u64>,
    codes: BTreeMap<String, u64>,
    report: ImportReport,
}

impl Backend {
    /// Reads a roster file. Guests are known again by id, else by ticket code, else by name, company and phone; who is
    /// not in the file stays as they are.
    pub fn import_roster(&self, reader: impl Read) -> Result<ImportReport, BackendError> {
        let Sheet { rows, bad_rows, unknown_columns } = roster::read(reader)?;
        let report = self.database.write(|tx| {
            let mut import = Import {
                connection: tx,
                random: &self.random,
                ids: BTreeMap::new(),
                codes: BTreeMap::new(),
                report: ImportReport { bad_rows, unknown_columns, ..ImportReport::default() },
            };
            for (line, row) in rows {
                import.take(line, row)?;
            }
            import.report.bad_rows.sort_by_key(|bad| bad.row);
            Ok::<_, BackendError>(import.report)
        })?;
        self.announce_changes()?;
        Ok(report)
    }
}

impl Import<'_> {
    fn take(&mut self, line: u64, row: GuestRow) -> Result<(), BackendError> {
        let id = self.id_of(&row)?;
        if let Some(Conflict { column, reason }) = self.conflict(&id, &row)? {
            self.report.bad_rows.push(BadRow { row: line, column: column.to_owned(), reason });
            return Ok(());
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
        Ok(())
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
            if let Some(line) = self.codes.get(code) {
                let reason = format!("row {line} has the same ticket code");
                return Ok(Some(Conflict { column: "ticket_code", reason }));
            }
            if attendees::holder_of(self.connection, code)?.is_some_and(|holder| holder != id) {
                let reason = "another guest on the roster has this ticket code".to_owned();
                return Ok(Some(Conflict { column: "ticket_code", reason }));
            }
        }
        let Some(line) = self.ids.get(id) else { return Ok(None) };
        Ok(Some(if row.id.is_some() {
            Conflict { column: "id", reason: format!("row {line} has the same id") }
        } else {
            let reason = format!("the same guest as in row {line}; tell them apart by id or ticket code");
            Conflict { column: "name", reason }
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

//! Guests whom staff added at a door: written onto the roster with a ticket code of their own.

use portico_protocol::CheckInVerdict;
use rusqlite::Connection;

use super::admission::uuid_text;
use super::entry_fault::EntryFault;
use super::import::{CODE_LENGTH, CODE_TRIES};
use crate::database::attendees::{self, Guest};
use crate::error::BackendError;
use crate::random::Random;

/// Longest accepted name, company and note, in characters.
const LONGEST_NAME: usize = 200;
const LONGEST_NOTE: usize = 500;
/// Digits of a phone number that are kept.
const PHONE_DIGITS: usize = 4;

/// What a kiosk tells of a guest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Newcomer<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub company: Option<&'a str>,
    pub phone_last4: Option<&'a str>,
    pub note: Option<&'a str>,
}

impl<'a> Newcomer<'a> {
    /// In the order of the contract: company, phone, note.
    pub fn new(id: &'a str, name: &'a str, facts: [&'a Option<String>; 3]) -> Self {
        let [company, phone_last4, note] = facts.map(Option::as_deref);
        Self { id, name, company, phone_last4, note }
    }
}

/// What is wrong with it.
pub(super) fn fault(newcomer: &Newcomer<'_>) -> Option<EntryFault> {
    let too_long = |text: &str, most: usize| text.chars().count() > most;
    let is_phone = |digits: &str| digits.len() == PHONE_DIGITS && digits.bytes().all(|b| b.is_ascii_digit());
    if uuid_text(newcomer.id).is_none() {
        return Some(EntryFault::GuestId);
    }
    if newcomer.name.trim().is_empty() {
        return Some(EntryFault::NoName);
    }
    if too_long(newcomer.name, LONGEST_NAME)
        || newcomer.company.is_some_and(|text| too_long(text, LONGEST_NAME))
        || newcomer.note.is_some_and(|text| too_long(text, LONGEST_NOTE))
    {
        return Some(EntryFault::LongFacts { name: LONGEST_NAME, note: LONGEST_NOTE });
    }
    if !newcomer.phone_last4.is_none_or(is_phone) {
        return Some(EntryFault::PhoneDigits { digits: PHONE_DIGITS });
    }
    None
}

/// Puts a guest onto the roster. A guest who is there stays as they are: what staff have changed since counts.
pub(super) fn register(
    connection: &Connection,
    random: &Random,
    newcomer: &Newcomer<'_>,
) -> Result<CheckInVerdict, BackendError> {
    let Some(id) = uuid_text(newcomer.id) else { return Ok(EntryFault::GuestId.into()) };
    if attendees::exists(connection, &id)? {
        return Ok(CheckInVerdict::Recorded);
    }
    if attendees::is_known(connection, &id)? {
        return Ok(EntryFault::TakenOff.into());
    }
    let guest = Guest {
        id,
        name: newcomer.name.trim().to_owned(),
        company: newcomer.company.map(ToOwned::to_owned),
        ticket_code: free_code(connection, random)?,
        phone_last4: newcomer.phone_last4.map(ToOwned::to_owned),
        note: newcomer.note.map(ToOwned::to_owned),
        photo: None,
    };
    attendees::put(connection, &guest)?;
    Ok(CheckInVerdict::Recorded)
}

fn free_code(connection: &Connection, random: &Random) -> Result<String, BackendError> {
    for _ in 0..CODE_TRIES {
        let code = random.readable(CODE_LENGTH)?;
        if attendees::holder_of(connection, &code)?.is_none() {
            return Ok(code);
        }
    }
    Err(BackendError::Random(std::io::Error::other("no free ticket code was drawn")))
}

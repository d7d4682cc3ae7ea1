//! Guests who come without being on the list: looked for once more, then added and let in, with or without a network.

use portico_store::{Actor, LookAlike, RegisterWish};
use portico_types::{Admission, AttendeeId, Method, UtcMillis, WalkIn};

use super::rows;
use super::staff::{ask, storage_failed};
use super::window::may_change;
use crate::contract::{LookAlikeRow, OnDuty, Recovery, Register, Registered, RpcError};
use crate::runner::{Equipment, wish};

/// Guests who are shown side by side with the new one.
const SHOWN: usize = 6;
/// Longest accepted name and company, and note, in characters. The backend takes no more either.
const LONGEST_NAME: usize = 200;
const LONGEST_NOTE: usize = 500;
/// Digits of a phone number that are kept.
const PHONE_DIGITS: usize = 4;
/// What the entry and the audit say of why staff let them in.
const REASON: &str = "walk_in";

/// Guests on the list who may be the one whom staff are about to add.
pub(super) async fn look_alikes(
    equipment: &Equipment,
    by: OnDuty,
    name: String,
    phone: Option<String>,
) -> Result<Vec<LookAlikeRow>, RpcError> {
    let last4 = last_digits(phone.as_deref())?;
    let found = ask(equipment, move |store| store.look_alikes(&name, last4.as_deref(), SHOWN)).await?;
    let now = equipment.clock.utc();
    Ok(found.into_iter().map(|found| row(found, by, now)).collect())
}

/// Adds a guest and lets them in.
pub(super) async fn register(
    equipment: &Equipment,
    by: OnDuty,
    params: Register,
) -> Result<Registered, RpcError> {
    let at = equipment.clock.utc();
    let name = params.name.trim().to_owned();
    if name.is_empty() {
        return Err(guide("staff.name_missing"));
    }
    let walk_in = WalkIn {
        id: AttendeeId::new(equipment.random.uuid(at).to_string()),
        name,
        company: text(params.company),
        phone_last4: last_digits(params.phone.as_deref())?,
        note: text(params.note),
        at,
    };
    if is_too_long(&walk_in) {
        return Err(guide("staff.text_too_long"));
    }
    let entry = equipment.random.check_in_id(at);
    let attendee = walk_in.id.clone();
    let admit = wish(
        equipment,
        attendee.clone(),
        Method::Staff,
        None,
        Some(REASON.to_owned()),
        Actor::Staff(by.member),
    );
    let wish = RegisterWish { entry, walk_in, admit, actor: Actor::Staff(by.member) };
    let written = equipment.store.with(move |store| store.register(&wish)).await;
    let admitted = written.map_err(|_| RpcError::unavailable())?.map_err(storage_failed)?;
    equipment.announce_queue().await;
    match admitted.admission {
        Admission::Recorded(check_in) => Ok(Registered { attendee, check_in: check_in.id }),
        // A guest who was added in the same breath is on the list and not in.
        Admission::AlreadyIn(_) | Admission::NotOnRoster => {
            Err(RpcError::new("store.failed", Recovery::Retry))
        }
    }
}

fn row(found: LookAlike, by: OnDuty, now: UtcMillis) -> LookAlikeRow {
    LookAlikeRow {
        guest: rows::roster_row(found.entry, |at| may_change(by.role, now, at)),
        same_name: found.same_name,
        same_phone: found.same_phone,
    }
}

/// The end of a phone number, of which no more is kept. None at all is fine; fewer digits than that are a slip.
fn last_digits(phone: Option<&str>) -> Result<Option<String>, RpcError> {
    let digits: String = phone.unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
    match digits.len() {
        0 => Ok(None),
        length if length < PHONE_DIGITS => Err(guide("staff.phone_short")),
        length => Ok(Some(digits[length - PHONE_DIGITS..].to_owned())),
    }
}

fn text(typed: Option<String>) -> Option<String> {
    typed.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn is_too_long(walk_in: &WalkIn) -> bool {
    let exceeds = |text: &str, most: usize| text.chars().count() > most;
    exceeds(&walk_in.name, LONGEST_NAME)
        || walk_in.company.as_deref().is_some_and(|company| exceeds(company, LONGEST_NAME))
        || walk_in.note.as_deref().is_some_and(|note| exceeds(note, LONGEST_NOTE))
}

fn guide(code: &str) -> RpcError {
    RpcError::new(code, Recovery::Guide)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_phone_number_the_last_four_digits_are_kept() {
        assert_eq!(last_digits(Some("+49 (170) 123-4567")).unwrap().as_deref(), Some("4567"));
        assert_eq!(last_digits(Some("0042")).unwrap().as_deref(), Some("0042"));
        assert_eq!(last_digits(Some(" - ")).unwrap(), None);
        assert_eq!(last_digits(None).unwrap(), None);
        assert_eq!(last_digits(Some("123")).unwrap_err().code, "staff.phone_short");
    }

    #[test]
    fn what_was_left_empty_is_nothing() {
        assert_eq!(text(Some("  ".into())), None);
        assert_eq!(text(Some(" Table 9 ".into())).as_deref(), Some("Table 9"));
    }
}

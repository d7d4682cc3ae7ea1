//! Who is on the list. All of them are invented.

use portico_cast::{Guest, cast};
use portico_types::AttendeeId;

/// Somebody who can stand before the camera, with what the roster says of them.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    /// Place in the cast of generated guests.
    place: usize,
    id: &'static str,
    /// The code on the ticket; empty for strangers.
    pub ticket: &'static str,
    /// Last four digits of the phone; empty for strangers.
    pub last4: &'static str,
    /// The event's note.
    pub note: &'static str,
}

/// On the list, with a face.
pub const ZHANG_WEI: Person =
    Person { place: 0, id: "guest-01", ticket: "ZW7K4M", last4: "1000", note: "Table 1" };
/// On the list, with a face.
pub const AMARA: Person =
    Person { place: 1, id: "guest-02", ticket: "AM3X9P", last4: "1037", note: "Table 2" };
/// Not on the list.
pub const STRANGER: Person = Person { place: 8, id: "", ticket: "", last4: "", note: "" };

/// The guests whose faces are enrolled.
pub const ENROLLED: [Person; 2] = [ZHANG_WEI, AMARA];

/// Everybody who walks up in a journey.
pub const ON_STAGE: [Person; 3] = [ZHANG_WEI, AMARA, STRANGER];

/// Guests on the list without a face: id, name, ticket.
pub const OTHERS: [(&str, &str, &str); 3] = [
    ("other-01", "Beatriz Fonseca", "BF2Q8R"),
    ("other-02", "Mateusz Zieliński", "MZ6T5V"),
    ("other-03", "Zoë van Dijk", "ZD9W3Y"),
];

impl Person {
    /// The generated guest.
    pub fn figure(&self) -> Guest {
        cast()[self.place]
    }

    /// The name.
    pub fn name(&self) -> &'static str {
        self.figure().name()
    }

    /// The roster's id.
    pub fn id(&self) -> AttendeeId {
        AttendeeId::new(self.id)
    }
}

/// Every name on the list.
pub fn names_on_the_list() -> Vec<&'static str> {
    ENROLLED.iter().map(Person::name).chain(OTHERS.iter().map(|(_, name, _)| *name)).collect()
}

/// The list as an operator would import it.
pub fn roster_csv() -> String {
    let header = "id,name,ticket_code,phone,note".to_owned();
    let enrolled = ENROLLED.iter().map(|person| {
        let Person { id, ticket, last4, note, .. } = person;
        format!("{id},{},{ticket},+49 30 23125 {last4},{note}", person.name())
    });
    let others = OTHERS.iter().map(|(id, name, ticket)| format!("{id},{name},{ticket},,"));
    let lines: Vec<String> = std::iter::once(header).chain(enrolled).chain(others).collect();
    lines.join("\n")
}

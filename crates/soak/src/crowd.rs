//! Invented guests, as many as wanted, each always the same.

use std::fmt::Write as _;

use portico_types::{Attendee, AttendeeId};

const SYLLABLES: [&str; 24] = [
    "an", "bel", "cor", "da", "el", "fin", "ga", "hol", "in", "jo", "ka", "lin", "mar", "no", "or", "pe",
    "qui", "ri", "so", "ta", "ul", "vel", "wen", "zo",
];

/// The id of guest `number`.
pub fn id(number: usize) -> AttendeeId {
    AttendeeId::new(format!("guest-{number}"))
}

/// The code on the ticket of guest `number`.
pub fn ticket(number: usize) -> String {
    format!("T{number:06}")
}

/// Guest `number`, who is not in yet.
pub fn attendee(number: usize) -> Attendee {
    Attendee {
        id: id(number),
        name: name(number),
        company: Some(company(number)),
        ticket_code: ticket(number),
        phone_last4: Some(phone(number)),
        note: None,
        checked_in_at: None,
        checked_in_gate: None,
    }
}

/// The roster file of the first `guests` guests.
pub fn sheet(guests: usize) -> String {
    let mut sheet = String::from("id,name,company,ticket_code,phone_last4\n");
    for number in 0..guests {
        // Writing into a text cannot fail.
        let _ = writeln!(
            sheet,
            "{},{},{},{},{}",
            id(number),
            name(number),
            company(number),
            ticket(number),
            phone(number)
        );
    }
    sheet
}

fn name(number: usize) -> String {
    format!("{} {}", word(number), word(number.wrapping_mul(7_919)))
}

fn company(number: usize) -> String {
    format!("{} Works", word(number % 997))
}

fn phone(number: usize) -> String {
    format!("{:04}", number % 10_000)
}

/// A made-up word for every number, evenly spread.
fn word(mut number: usize) -> String {
    let mut word = String::new();
    for _ in 0..3 {
        let syllable = SYLLABLES[number % SYLLABLES.len()];
        number /= SYLLABLES.len();
        if word.is_empty() {
            word.push_str(&syllable[..1].to_uppercase());
            word.push_str(&syllable[1..]);
        } else {
            word.push_str(syllable);
        }
    }
    word
}

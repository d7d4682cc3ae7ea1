//! Signed tickets: issued once and again, learnt by kiosks with the event, and written by the command line.

use portico_protocol::{TicketKey, TicketPolicy, verify_ticket};
use portico_server::BackendError;
use portico_types::{AttendeeId, TicketRefusal, UtcMillis};

use crate::command_line::{done, run};
use crate::support::{HOUR_MS, MORNING, World, event};

fn keys(world: &World) -> Vec<TicketKey> {
    let event = world.backend.event().unwrap();
    event.ticket_keys.iter().map(|key| TicketKey::parse(key).unwrap()).collect()
}

#[test]
fn a_ticket_names_its_guest_to_whoever_has_the_event() {
    let world = World::new();
    assert!(keys(&world).is_empty(), "no key before the first ticket");
    let tickets = world.backend.issue_tickets(&[], None).unwrap();
    let owners: Vec<&str> = tickets.iter().map(|ticket| ticket.attendee_id.as_str()).collect();
    assert_eq!(owners, ["ada", "bo"]);
    let read = verify_ticket(&tickets[0].text, &keys(&world), "rust-day", MORNING).unwrap();
    assert_eq!((read.attendee.as_str(), read.code.as_str()), ("ada", "ADA234"));
    assert_eq!(world.backend.ticket_key().unwrap(), world.backend.event().unwrap().ticket_keys[0]);
}

#[test]
fn the_first_ticket_sends_kiosks_to_the_event_and_later_ones_do_not() {
    let world = World::new();
    let mut changes = world.backend.changes();
    let once = world.backend.issue_tickets(&[], None).unwrap();
    assert_eq!(changes.try_recv().unwrap(), portico_server::Change::Event);
    assert_eq!(world.backend.issue_tickets(&[], None).unwrap(), once, "issuing again gives the same tickets");
    assert!(changes.try_recv().is_err());
    assert_eq!(world.another().backend.issue_tickets(&[], None).unwrap(), once, "also from another process");
}

#[test]
fn a_new_event_of_the_same_server_does_not_take_the_old_ones_tickets() {
    let world = World::new();
    let tickets = world.backend.issue_tickets(&[], None).unwrap();
    world.backend.set_event(&portico_protocol::EventRecord { id: "next-year".into(), ..event() }).unwrap();
    let read = verify_ticket(&tickets[0].text, &keys(&world), "next-year", MORNING);
    assert_eq!(read, Err(TicketRefusal::OtherEvent));
}

#[test]
fn tickets_may_end_and_may_be_for_single_guests() {
    let world = World::new();
    let end = UtcMillis(MORNING.0 + HOUR_MS);
    let tickets = world.backend.issue_tickets(&[AttendeeId::new("bo")], Some(end)).unwrap();
    assert_eq!(tickets.len(), 1);
    let at =
        |now| verify_ticket(&tickets[0].text, &keys(&world), "rust-day", now).map(|ticket| ticket.not_after);
    assert_eq!(at(MORNING), Ok(Some(end)));
    assert_eq!(at(UtcMillis(end.0 + HOUR_MS)), Err(TicketRefusal::Expired));
    let nobody = world.backend.issue_tickets(&[AttendeeId::new("cy")], None);
    assert!(matches!(nobody, Err(BackendError::UnknownAttendee)), "{nobody:?}");
}

#[test]
fn the_rule_for_tickets_is_kept_with_the_event() {
    let world = World::new();
    let mut strict = event();
    strict.policy.tickets = TicketPolicy::SignedOnly;
    world.backend.set_event(&strict).unwrap();
    assert_eq!(world.backend.event().unwrap().policy.tickets, TicketPolicy::SignedOnly);
}

#[test]
fn the_command_line_writes_a_list_and_a_code_for_each_guest() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let roster = "id,name,ticket_code\nada,=Ada,ADA234\nbo,Bo Li,BOB234\n";
    std::fs::write(folder.join("guests.csv"), roster).unwrap();
    done(&run(folder, "event --db s.db set --name Fair --tickets signed-only"));
    let early = run(folder, "tickets --db s.db --out cards");
    assert!(String::from_utf8_lossy(&early.stderr).contains("import one first"));
    done(&run(folder, "import --db s.db --roster guests.csv"));
    let said = done(&run(folder, "tickets --db s.db --out cards --not-after 2099-11-21T23:59:59Z"));
    assert!(said.starts_with("2 ticket(s) in cards"), "{said}");
    let event: portico_protocol::EventRecord =
        serde_json::from_str(&done(&run(folder, "event --db s.db show"))).unwrap();
    assert_eq!(event.policy.tickets, TicketPolicy::SignedOnly);
    assert!(said.contains(&event.ticket_keys[0]), "an operator may compare keys: {said}");

    let mut list = csv::Reader::from_path(folder.join("cards/tickets.csv")).unwrap();
    let rows: Vec<csv::StringRecord> = list.records().map(Result::unwrap).collect();
    assert_eq!(rows.iter().map(|row| &row[1]).collect::<Vec<_>>(), ["'=Ada", "Bo Li"], "no formula");
    let key = TicketKey::parse(&event.ticket_keys[0]).unwrap();
    let read = verify_ticket(&rows[0][3], &[key], &event.id, MORNING).unwrap();
    assert_eq!(read.attendee.as_str(), "ada");
    for code in ["ADA234", "BOB234"] {
        assert!(image::open(folder.join(format!("cards/{code}.png"))).unwrap().width() > 200);
    }
    done(&run(folder, "tickets --db s.db --out drawn --codes svg --guest bo"));
    assert!(std::fs::read_to_string(folder.join("drawn/BOB234.svg")).unwrap().starts_with("<svg"));
    assert!(!folder.join("drawn/ADA234.svg").exists());
}

//! Tickets that carry their guests' faces: sealed for the event's kiosks, and for nobody else.

use std::time::Duration;

use portico_protocol::{EventRecord, FaceMark, FaceTickets, Ticket, TicketKey, TicketPolicy, verify_ticket};
use portico_server::IssuedTicket;
use portico_types::{AttendeeId, Embedding, ModelId, TemplateId};

use crate::command_line::{done, run};
use crate::support::{HOUR_MS, MORNING, World, event};

/// The recogniser of the make-believe pictures.
fn model() -> ModelId {
    ModelId("make-believe/1".into())
}

/// Ada has given her face, Bo has not, and the event's kiosks compare faces with tickets.
fn world() -> World {
    let world = World::new();
    world.enrol("ada", "face 0.6 0.8");
    let mut event = event();
    event.policy.tickets = TicketPolicy::WithFace;
    world.backend.set_event(&event).unwrap();
    world
}

fn for_kiosks(world: &World) -> Option<FaceTickets> {
    world.backend.event_for_kiosks().unwrap().face_tickets
}

fn read(world: &World, ticket: &IssuedTicket) -> Ticket {
    let keys = world.backend.event().unwrap().ticket_keys;
    let keys: Vec<TicketKey> = keys.iter().map(|key| TicketKey::parse(key).unwrap()).collect();
    verify_ticket(&ticket.text, &keys, "rust-day", MORNING).unwrap()
}

#[test]
fn whoever_has_given_their_face_gets_it_in_their_ticket_and_the_others_get_a_plain_one() {
    let world = world();
    let tickets = world.backend.issue_face_tickets(&[], None).unwrap();
    let faces: Vec<(&str, bool)> =
        tickets.iter().map(|ticket| (ticket.attendee_id.as_str(), ticket.has_face)).collect();
    assert_eq!(faces, [("ada", true), ("bo", false)]);
    let key = for_kiosks(&world).unwrap().key;
    let face = key.open("rust-day", &read(&world, &tickets[0]), &model()).unwrap();
    assert!(face.embedding.cosine(&Embedding::normalised(vec![0.6, 0.8]).unwrap()) > 0.999);
    assert_eq!(face.expires_at.0, MORNING.0 + HOUR_MS);
    assert_eq!(tickets[1], world.backend.issue_tickets(&[AttendeeId::new("bo")], None).unwrap()[0]);
    assert_eq!(world.backend.issue_face_tickets(&[], None).unwrap(), tickets, "again, they are the same");
    assert_eq!(world.another().backend.issue_face_tickets(&[], None).unwrap(), tickets);
}

#[test]
fn the_best_of_several_pictures_is_carried_and_none_whose_consent_is_over() {
    let world = world();
    let agreement = crate::support::agreement(portico_types::UtcMillis(MORNING.0 + HOUR_MS));
    let ada = AttendeeId::new("ada");
    world.backend.enrol_further(&ada, b"face 0.8 0.6", &agreement).unwrap();
    let carried = || world.backend.issue_face_tickets(std::slice::from_ref(&ada), None).unwrap().remove(0);
    let key = || for_kiosks(&world).unwrap().key;
    let face = |ticket: &IssuedTicket| key().open("rust-day", &read(&world, ticket), &model());
    let newest = face(&carried()).unwrap();
    assert!(newest.embedding.cosine(&Embedding::normalised(vec![0.8, 0.6]).unwrap()) > 0.999, "of equals");
    world.clock.advance(Duration::from_millis(HOUR_MS as u64));
    assert!(!carried().has_face, "also before anybody has erased it");
}

#[tokio::test]
async fn kiosks_get_the_key_with_the_event_where_they_need_it_and_nobody_else_sees_it() {
    let world = world();
    assert_eq!(for_kiosks(&world), None, "no key before the first face in a ticket");
    world.backend.issue_face_tickets(&[], None).unwrap();
    let told: EventRecord = world.get("/v1/event").await.json();
    assert_eq!(told.face_tickets, for_kiosks(&world));
    assert!(told.face_tickets.is_some());
    assert_eq!(world.backend.event().unwrap().face_tickets, None, "what operators are shown");
    world.backend.set_event(&event()).unwrap();
    assert_eq!(for_kiosks(&world), None, "kiosks that compare no faces with tickets need none");
}

#[test]
fn a_withdrawn_face_is_named_to_kiosks_and_sent_to_them_at_once() {
    let world = world();
    let template = world.enrol("bo", "face 1 0");
    let tickets = world.backend.issue_face_tickets(&[AttendeeId::new("bo")], None).unwrap();
    let mut changes = world.backend.changes();
    world.backend.erase_face(&AttendeeId::new("bo")).unwrap();
    let heard: Vec<_> = std::iter::from_fn(|| changes.try_recv().ok()).collect();
    assert!(heard.contains(&portico_server::Change::Event), "{heard:?}");
    let FaceTickets { key, withdrawn } = for_kiosks(&world).unwrap();
    assert_eq!(withdrawn, [FaceMark::of(&TemplateId::new(template))]);
    let face = key.open("rust-day", &read(&world, &tickets[0]), &model()).unwrap();
    assert_eq!(face.template, withdrawn[0], "the ticket in their hand is known by it");
    assert!(!world.backend.issue_face_tickets(&[AttendeeId::new("bo")], None).unwrap()[0].has_face);
}

#[test]
fn a_ticket_from_before_a_face_was_replaced_goes_with_the_withdrawal() {
    let world = world();
    let bo = AttendeeId::new("bo");
    let issue = |world: &World| {
        let ticket = world.backend.issue_face_tickets(std::slice::from_ref(&bo), None).unwrap().remove(0);
        let key = for_kiosks(world).unwrap().key;
        key.open("rust-day", &read(world, &ticket), &model()).unwrap().template
    };
    let mark = |template: String| FaceMark::of(&TemplateId::new(template));
    let first = mark(world.enrol("bo", "face 1 0"));
    assert_eq!(issue(&world), first);
    let second = mark(world.enrol("bo", "face 0 1"));
    assert!(for_kiosks(&world).unwrap().withdrawn.is_empty(), "a new picture alone withdraws nothing");
    world.backend.erase_face(&bo).unwrap();
    assert_eq!(for_kiosks(&world).unwrap().withdrawn, [first, second]);
    world.clock.advance(Duration::from_mins(1));
    let third = mark(world.enrol_anew("bo", "face 1 1"));
    assert_eq!(issue(&world), third);
    world.enrol_anew("bo", "face 1 2");
    assert_eq!(for_kiosks(&world).unwrap().withdrawn, [first, second], "what was agreed to since is good");
}

#[test]
fn the_face_of_a_guest_who_left_the_list_is_named_to_kiosks_too() {
    let world = world();
    let template = world.enrol("bo", "face 1 0");
    world.backend.issue_face_tickets(&[], None).unwrap();
    let mut changes = world.backend.changes();
    world.backend.remove_attendee(&AttendeeId::new("bo")).unwrap();
    let heard: Vec<_> = std::iter::from_fn(|| changes.try_recv().ok()).collect();
    assert!(heard.contains(&portico_server::Change::Event), "{heard:?}");
    world.backend.import_roster(&b"id,name,ticket_code\nbo,Bo Li,BOB234\n"[..]).unwrap();
    assert_eq!(for_kiosks(&world).unwrap().withdrawn, [FaceMark::of(&TemplateId::new(template))]);
}

#[test]
fn kiosks_hear_of_a_withdrawal_that_erased_nothing() {
    let world = world();
    let first = FaceMark::of(&TemplateId::new(world.enrol("bo", "face 1 0")));
    world.enrol("bo", "face 0 1");
    world.backend.issue_face_tickets(&[], None).unwrap();
    world.clock.advance(Duration::from_hours(1));
    world.backend.erase_expired().unwrap();
    let mut changes = world.backend.changes();
    world.backend.erase_face(&AttendeeId::new("bo")).unwrap();
    let heard: Vec<_> = std::iter::from_fn(|| changes.try_recv().ok()).collect();
    assert_eq!(heard, [portico_server::Change::Event]);
    assert_eq!(for_kiosks(&world).unwrap().withdrawn, [first], "whatever is over needs no mention");
}

#[test]
fn no_template_leaves_for_a_kiosk_that_keeps_no_gallery() {
    let world = world();
    let page = world.backend.templates(None, None).unwrap();
    assert!(page.templates.is_empty(), "{} template(s)", page.templates.len());
    world.backend.set_event(&event()).unwrap();
    assert_eq!(world.backend.templates(None, None).unwrap().templates.len(), 1, "they are there still");
}

#[test]
fn a_forgotten_key_is_gone_from_the_files_and_a_new_one_opens_no_old_ticket() {
    let world = world();
    let ticket = world.backend.issue_face_tickets(&[AttendeeId::new("ada")], None).unwrap().remove(0);
    let old = for_kiosks(&world).unwrap().key;
    let digits = String::from(old.clone());
    let byte = |at: usize| u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).unwrap();
    let bytes: Vec<u8> = (0..32).map(byte).collect();
    assert!(world.files_contain(&bytes), "otherwise this proves nothing");
    assert!(world.backend.forget_face_key().unwrap());
    assert!(!world.files_contain(&bytes));
    assert_eq!(for_kiosks(&world), None);
    assert!(!world.backend.forget_face_key().unwrap(), "there is none any more");
    world.backend.issue_face_tickets(&[], None).unwrap();
    let new = for_kiosks(&world).unwrap().key;
    assert_ne!(new, old);
    assert_eq!(new.open("rust-day", &read(&world, &ticket), &model()), None);
}

#[test]
fn the_command_line_puts_faces_into_tickets_and_never_prints_the_key() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::write(folder.join("guests.csv"), "id,name,ticket_code\nada,Ada,ADA234\n").unwrap();
    done(&run(folder, "event --db s.db set --name Fair"));
    done(&run(folder, "import --db s.db --roster guests.csv"));
    let said = done(&run(folder, "tickets --db s.db --out cards --with-faces --codes none"));
    assert!(said.contains("0 of them carry a face"), "{said}");
    assert!(said.contains("--tickets with-face"), "the rule is still another: {said}");
    done(&run(folder, "event --db s.db set --tickets with-face"));
    let said = done(&run(folder, "tickets --db s.db --out cards --with-faces --codes none"));
    assert!(!said.contains("--tickets with-face"), "{said}");
    let list = std::fs::read_to_string(folder.join("cards/tickets.csv")).unwrap();
    assert!(
        list.starts_with("\u{feff}id,name,ticket_code,ticket,face\r\n") && list.ends_with(",no\r\n"),
        "{list}"
    );
    let shown = done(&run(folder, "event --db s.db show"));
    assert!(shown.contains("with_face") && !shown.contains("face_tickets"), "{shown}");
    assert!(done(&run(folder, "tickets --db s.db --forget-faces")).contains("is forgotten"));
    assert!(done(&run(folder, "tickets --db s.db --forget-faces")).contains("there is no key"));
    assert!(!run(folder, "tickets --db s.db").status.success(), "it needs to know where to");
}

//! Every call, as it is meant.

use std::time::Duration;

use futures_util::StreamExt as _;
use portico_cast::portrait_jpeg;
use portico_identify::{Identify as _, Probe};
use portico_testkit::consent;
use portico_tests::guests::{AMARA, ENROLLED, OTHERS, ZHANG_WEI, names_on_the_list};
use portico_ticketing::{
    Delivery, DoorAct, PairRequest, PorticoBackend, PorticoParams, StreamEvent, Ticketing as _, Verdict,
};
use portico_types::{AttendeeId, Crop, Point, UtcMillis, WalkIn};
use uuid::Uuid;

use crate::rig::{Rig, client, id};

#[tokio::test]
async fn the_event_the_list_and_the_faces_arrive_as_they_were_made() {
    let Some(rig) = Rig::new().await else { return };
    let event = rig.backend.event().await.unwrap();
    assert_eq!(event.value, rig.venue.backend().event().unwrap());
    assert_eq!(event.server_time, Some(rig.now()), "the answer tells the backend's time");

    let list = rig.backend.attendees(None).await.unwrap().value;
    let mut names: Vec<&str> = list.attendees.iter().map(|guest| guest.name.as_str()).collect();
    names.sort_unstable();
    let mut expected = names_on_the_list();
    expected.sort_unstable();
    assert_eq!(names, expected);
    let zhang = list.attendees.iter().find(|guest| guest.id == ZHANG_WEI.id()).unwrap();
    assert_eq!((zhang.ticket_code.as_str(), zhang.phone_last4.as_deref()), (ZHANG_WEI.ticket, Some("1000")));
    let again = rig.backend.attendees(Some(&list.cursor)).await.unwrap().value;
    assert!(again.attendees.is_empty() && !again.more, "nothing has changed since");

    let faces = rig.backend.templates(None, &rig.model).await.unwrap().value;
    let mut owners: Vec<AttendeeId> = faces.templates.iter().map(|face| face.attendee.clone()).collect();
    owners.sort();
    assert_eq!(owners, ENROLLED.map(|person| person.id()));
    assert!(faces.templates.iter().all(|face| face.model == rig.model && face.consent == consent()));
}

#[tokio::test]
async fn each_delivery_gets_its_own_verdict_and_a_repetition_changes_nothing() {
    let Some(rig) = Rig::new().await else { return };
    let stranger = AttendeeId::new("nobody");
    let batch = [rig.entry(1, &ZHANG_WEI.id()), rig.entry(2, &ZHANG_WEI.id()), rig.entry(3, &stranger)];
    let verdicts = rig.backend.check_ins(&batch, None).await.unwrap().value;
    assert_eq!(verdicts[0], Verdict::Recorded);
    let Verdict::Duplicate(first) = &verdicts[1] else { unreachable!("{verdicts:?}") };
    assert_eq!((first.at, first.gate.as_deref()), (rig.now(), Some("Main entrance")));
    assert!(matches!(verdicts[2], Verdict::Rejected { .. }), "{verdicts:?}");
    let again = rig.backend.check_ins(&batch[..1], None).await.unwrap().value;
    assert_eq!(again, [Verdict::AlreadyRecorded], "delivering twice changes nothing (I3)");
    assert_eq!(rig.venue.inside(), 1);

    let undo = |number, check_in| {
        let act = DoorAct::Undo { check_in, at: rig.now(), reason: "wrong person".into() };
        Delivery { id: id(number), sequence: number as i64, act }
    };
    assert_eq!(rig.backend.check_ins(&[undo(4, id(1))], None).await.unwrap().value, [Verdict::Recorded]);
    assert_eq!(rig.venue.inside(), 1, "the second entry stands in place of the first");
    assert_eq!(rig.backend.check_ins(&[undo(5, id(2))], None).await.unwrap().value, [Verdict::Recorded]);
    assert_eq!(rig.venue.inside(), 0);
    let told = rig.backend.conflicts(None).await.unwrap().value;
    assert_eq!(told.conflicts.len(), 1);
    assert_eq!((told.conflicts[0].id(), told.conflicts[0].first.check_in), (id(2), id(1)));
}

#[tokio::test]
async fn a_guest_who_is_added_at_the_door_is_on_the_list_with_a_ticket_code_and_in() {
    let Some(rig) = Rig::new().await else { return };
    let cursor = rig.backend.attendees(None).await.unwrap().value.cursor;
    let newcomer = AttendeeId::new(id(900).0.to_string());
    let walk_in = WalkIn {
        id: newcomer.clone(),
        name: "Mia Wagner".into(),
        company: Some("Harbour Architects".into()),
        phone_last4: Some("4711".into()),
        note: None,
        at: rig.now(),
    };
    let added = Delivery { id: id(1), sequence: 1, act: DoorAct::Register(walk_in) };
    let batch = [added, rig.entry(2, &newcomer)];
    let verdicts = rig.backend.check_ins(&batch, None).await.unwrap().value;
    assert_eq!(verdicts, [Verdict::Recorded, Verdict::Recorded]);
    let again = rig.backend.check_ins(&batch, None).await.unwrap().value;
    assert_eq!(again, [Verdict::AlreadyRecorded, Verdict::AlreadyRecorded], "(I3)");
    let told = rig.backend.attendees(Some(&cursor)).await.unwrap().value.attendees;
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].id.clone(), told[0].name.as_str()), (newcomer, "Mia Wagner"));
    assert_eq!((told[0].phone_last4.as_deref(), told[0].ticket_code.len()), (Some("4711"), 6));
    assert_eq!(told[0].checked_in_at, Some(rig.now()));
}

#[tokio::test]
async fn a_face_is_enrolled_found_and_erased_for_good() {
    let Some(rig) = Rig::new().await else { return };
    let picture = portrait_jpeg(&AMARA.figure()).unwrap();
    let newcomer = AttendeeId::new(OTHERS[0].0);
    rig.backend.erase(&AMARA.id()).await.unwrap();
    assert!(!found(&rig, &picture).await.contains(&AMARA.id()), "an erased face is found by nobody");
    let until = UtcMillis(rig.now().0 + 86_400_000);
    let enrolled = rig.backend.enrol(&newcomer, picture.clone(), &consent(), until).await.unwrap();
    assert!(enrolled.quality > 0.2, "{enrolled:?}");
    assert_eq!(found(&rig, &picture).await.first(), Some(&newcomer));
    rig.backend.erase(&newcomer).await.unwrap();
    assert!(!found(&rig, &picture).await.contains(&newcomer));
}

/// Whom the backend takes the face in `picture` for, the most alike first.
async fn found(rig: &Rig, picture: &[u8]) -> Vec<AttendeeId> {
    let crop = Crop { jpeg: picture.to_vec(), width: 480, height: 600, landmarks: [Point::default(); 5] };
    let probe = Probe { request_id: Uuid::from_u128(7), captured_at: rig.now(), crop };
    let answer = rig.identify.identify(&probe, Duration::from_secs(20)).await.unwrap();
    assert!(answer.face_found && answer.model == rig.model, "{answer:?}");
    answer.candidates.into_iter().map(|candidate| candidate.attendee).collect()
}

#[tokio::test]
async fn the_stream_begins_with_everything_and_ends_with_a_revocation() {
    let Some(rig) = Rig::new().await else { return };
    let mut stream = rig.backend.stream().await.unwrap();
    for expected in [StreamEvent::Event, StreamEvent::Roster, StreamEvent::Templates, StreamEvent::Conflicts]
    {
        assert_eq!(stream.next().await.unwrap().unwrap(), expected);
    }
    rig.backend.check_ins(&[rig.entry(1, &AMARA.id())], None).await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap(), StreamEvent::Roster, "an entry changes the list");
    rig.venue.backend().revoke(&rig.device).unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap(), StreamEvent::Revoked);
    assert!(!matches!(stream.next().await, Some(Ok(_))), "there is nothing to say to a revoked kiosk");
}

#[tokio::test]
async fn the_published_contract_names_every_call_that_the_kiosk_makes() {
    let Some(rig) = Rig::new().await else { return };
    let request = PairRequest { code: rig.venue.pairing_code(), name: "Second".into(), gate: "main".into() };
    PorticoBackend::pair(client(), &rig.venue.url(), &request, &PorticoParams::default()).await.unwrap();
    rig.backend.event().await.unwrap();
    rig.backend.attendees(None).await.unwrap();
    rig.backend.templates(None, &rig.model).await.unwrap();
    rig.backend.conflicts(None).await.unwrap();
    rig.backend.check_ins(&[rig.entry(1, &AMARA.id())], None).await.unwrap();
    drop(rig.backend.stream().await.unwrap());
    let picture = portrait_jpeg(&AMARA.figure()).unwrap();
    found(&rig, &picture).await;
    let until = UtcMillis(rig.now().0 + 86_400_000);
    rig.backend.enrol(&AMARA.id(), picture, &consent(), until).await.unwrap();
    rig.backend.erase(&AMARA.id()).await.unwrap();

    let contract = serde_json::to_value(portico_server::openapi_document()).unwrap();
    let made = rig.venue.book.calls();
    assert_eq!(
        made.len(),
        10,
        "pair, event, list, faces, conflicts, entries, stream, identify, enrol, erase: {made:?}"
    );
    for call in made {
        let (method, path) = call.split_once(' ').unwrap();
        let path = path.replace(AMARA.id().as_str(), "{id}");
        let published = &contract["paths"][&path][method.to_lowercase()];
        assert!(published.is_object(), "{method} {path} is made by the kiosk and not in the contract");
    }
}

//! Setting the event.

use portico_server::BackendError;

use crate::support::{World, event};

#[test]
fn an_event_that_kiosks_could_not_show_is_refused() {
    let world = World::without_event();
    let spoil: [fn(&mut portico_protocol::EventRecord); 7] = [
        |e| e.id = " ".into(),
        |e| e.name = String::new(),
        |e| e.name = "x".repeat(201),
        |e| e.time_zone = "Mars/Olympus".into(),
        |e| e.branding.accent = "green".into(),
        |e| e.gates[1].id = "north".into(),
        |e| e.gates[0].name = String::new(),
    ];
    for (n, spoil) in spoil.into_iter().enumerate() {
        let mut spoilt = event();
        spoil(&mut spoilt);
        let refused = world.backend.set_event(&spoilt);
        assert!(matches!(refused, Err(BackendError::Malformed(_))), "case {n}: {refused:?}");
    }
    assert!(matches!(world.backend.event(), Err(BackendError::UnknownEvent)));
}

#[test]
fn a_renamed_gate_reaches_the_roster_rows_that_name_it() {
    let world = World::new();
    let cursor = world.backend.attendees(None).unwrap().cursor;
    world.backend.set_event(&event()).unwrap();
    assert!(world.backend.attendees(Some(&cursor)).unwrap().attendees.is_empty(), "nothing has changed");
    let mut renamed = event();
    renamed.gates[0].name = "Garden door".into();
    world.backend.set_event(&renamed).unwrap();
    assert_eq!(world.backend.attendees(Some(&cursor)).unwrap().attendees.len(), 2);
}

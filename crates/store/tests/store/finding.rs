//! Finding guests by what staff type.

use portico_store::Store;
use portico_types::Attendee;

use crate::support::{Place, apply, guest, id};

fn house() -> Vec<Attendee> {
    let ming =
        Attendee {
            company: Some("台北科技".into()), phone_last4: Some("5678".into()), ..guest("王小明")
        };
    let jose = Attendee { company: Some("O'Neill & Söhne".into()), ..guest("José Li") };
    let linda = Attendee { ticket_code: "ZX-81".into(), ..guest("Linda Lindström") };
    vec![ming, jose, linda]
}

fn names(store: &Store, query: &str) -> Vec<String> {
    store.search(query, 10).unwrap().into_iter().map(|entry| entry.attendee.name).collect()
}

#[test]
fn every_word_must_begin_something_of_the_guest() {
    let place = Place::new();
    let store = place.open_with(&house());
    for (query, expected) in [
        ("jos", vec!["José Li"]),
        ("LI jose", vec!["José Li"]),
        ("li", vec!["José Li", "Linda Lindström"]),
        ("lindstrom", vec!["Linda Lindström"]),
        ("oneill", vec!["José Li"]),
        ("sohne li", vec!["José Li"]),
        ("zx81", vec!["Linda Lindström"]),
        ("ZX-81", vec!["Linda Lindström"]),
        ("王", vec!["王小明"]),
        ("小明", vec!["王小明"]),
        ("科技 王小", vec!["王小明"]),
        ("5678", vec!["王小明"]),
        ("0912 345 678", vec!["王小明"]),
        ("0912-345-679", vec![]),
        ("(+886) 912345678", vec!["王小明"]),
        ("jose turing", vec![]),
        ("ose", vec![]),
        ("", vec![]),
        (" - ", vec![]),
        ("%", vec![]),
    ] {
        assert_eq!(names(&store, query), expected, "query {query:?}");
    }
}

#[test]
fn the_nearest_spelling_comes_first_and_the_limit_holds() {
    let place = Place::new();
    let store = place.open_with(&house());
    let first = store.search("li", 1).unwrap();
    assert_eq!(first.len(), 1);
    assert_eq!(first[0].attendee.name, "José Li", "a whole name stands before a longer one");
}

#[test]
fn a_changed_name_is_found_under_the_new_one_only() {
    let place = Place::new();
    let mut store = place.open_with(&house());
    let renamed = Attendee { name: "Linda Meyer".into(), ..house()[2].clone() };
    apply(&mut store, &[renamed]);
    assert_eq!(names(&store, "lindstrom"), Vec::<String>::new());
    assert_eq!(names(&store, "meyer"), ["Linda Meyer"]);
}

#[test]
fn a_ticket_is_found_however_its_code_is_typed() {
    let place = Place::new();
    let store = place.open_with(&house());
    for code in ["ZX-81", " zx81 ", "zx 81", "ｚｘ８１"] {
        let found = store.find_ticket(code).unwrap();
        assert_eq!(found.map(|attendee| attendee.id), Some(id("linda-lindström")), "{code}");
    }
    for code in ["ZX-8", "ZX-811", "", "  "] {
        assert_eq!(store.find_ticket(code).unwrap(), None, "{code:?} is nobody's code");
    }
}

#[test]
fn a_code_that_two_guests_share_names_nobody() {
    let place = Place::new();
    let twins =
        ["Ada Byron", "Alan Turing"].map(|name| Attendee { ticket_code: "SAME1".into(), ..guest(name) });
    let store = place.open_with(&twins);
    assert_eq!(store.find_ticket("SAME1").unwrap(), None, "guessing would let the wrong guest in");
}

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
fn letters_that_a_keyboard_lacks_may_be_left_without_their_dots_or_written_out() {
    let place = Place::new();
    let anna = Attendee { phone_last4: Some("5678".into()), ..guest("Anna Müller") };
    let store = place.open_with(&[anna, guest("Jo Mueller"), guest("Søren Weiß")]);
    for (query, expected) in [
        ("mueller", vec!["Anna Müller", "Jo Mueller"]),
        ("muller", vec!["Anna Müller"]),
        ("Müller", vec!["Anna Müller", "Jo Mueller"]),
        ("müll", vec!["Anna Müller", "Jo Mueller"]),
        ("Sören", vec!["Søren Weiß"]),
        ("jo müller", vec!["Jo Mueller"]),
        ("muel", vec!["Anna Müller", "Jo Mueller"]),
        ("soeren weiss", vec!["Søren Weiß"]),
        ("soren", vec!["Søren Weiß"]),
        ("mueler", vec![]),
    ] {
        let mut found = names(&store, query);
        found.sort();
        assert_eq!(found, expected, "query {query:?}");
    }
    for typed in ["anna mueller", "anna muller", "annamueller"] {
        assert_eq!(store.find_named(typed, "5678").unwrap(), Some(id("anna-müller")), "{typed}");
    }
}

#[test]
fn a_guest_who_is_written_out_on_the_list_types_their_own_letters() {
    let place = Place::new();
    let with_phone = |name: &str, phone: &str| Attendee { phone_last4: Some(phone.into()), ..guest(name) };
    let mut guests = vec![with_phone("Jo Mueller", "5678"), with_phone("Jo Müller", "1111")];
    let mut store = place.open_with(&guests);
    for typed in ["Jo Müller", "Müller, Jo", "jo mueller"] {
        assert_eq!(store.find_named(typed, "5678").unwrap(), Some(id("jo-mueller")), "{typed}");
        assert_eq!(store.find_named(typed, "1111").unwrap(), Some(id("jo-müller")), "{typed}");
    }
    assert_eq!(store.find_named("jo muller", "5678").unwrap(), None, "that is another name");
    // Namesakes count in either spelling, each once: with these two there are nine.
    for number in 0..7 {
        let name = if number % 2 == 0 { "Jo Mueller" } else { "Jo Müller" };
        let (id, ticket_code) = (id(&format!("jo-{number}")), format!("J{number}"));
        guests.push(Attendee { id, ticket_code, ..with_phone(name, &format!("{}", 2_000 + number)) });
    }
    apply(&mut store, &guests[..8]);
    assert_eq!(store.find_named("Jo Müller", "5678").unwrap(), Some(id("jo-mueller")), "eight");
    apply(&mut store, &guests);
    assert_eq!(store.find_named("Jo Müller", "5678").unwrap(), None, "nine");
}

#[test]
fn chinese_names_are_found_by_pinyin_together_apart_and_by_initials() {
    let place = Place::new();
    let shan = Attendee { company: Some("清华大学".into()), ..guest("单雄 David") };
    let store = place.open_with(&[house()[0].clone(), shan, guest("Wang Ming")]);
    for (query, expected) in [
        ("wangxiaoming", vec!["王小明"]),
        ("wangx", vec!["王小明"]),
        ("wang xiao ming", vec!["王小明"]),
        ("xiaoming wang", vec!["王小明"]),
        ("xiaom", vec!["王小明"]),
        ("wxm", vec!["王小明"]),
        ("wangxm", vec!["王小明"]),
        ("ming", vec!["Wang Ming", "王小明"]),
        ("wang", vec!["Wang Ming", "王小明"]),
        ("shanxiong", vec!["单雄 David"]),
        ("danx", vec!["单雄 David"]),
        ("david shan", vec!["单雄 David"]),
        ("qinghua", vec!["单雄 David"]),
        ("qhdx xiong", vec!["单雄 David"]),
        ("xiaoming li", vec![]),
        ("wmx", vec![]),
    ] {
        let mut found = names(&store, query);
        found.sort();
        assert_eq!(found, expected, "query {query:?}");
    }
}

#[test]
fn a_name_and_the_phones_digits_name_the_one_guest_who_has_both() {
    let place = Place::new();
    let with_phone = |name: &str, phone: &str| Attendee { phone_last4: Some(phone.into()), ..guest(name) };
    let store = place.open_with(&[
        with_phone("王小明", "5678"),
        with_phone("José Li", "5678"),
        with_phone("Jose Li-Chen", "1111"),
        guest("Ada Byron"),
        with_phone("Bo Twin", "2222"),
        Attendee { id: id("bo-2"), ticket_code: "TB2".into(), ..with_phone("Bo Twin", "2222") },
    ]);
    for (name, phone, expected) in [
        ("wangxiaoming", "5678", Some("王小明")),
        ("wxm", "5678", Some("王小明")),
        ("jose li", "5678", Some("josé-li")),
        ("Li, José", "+86 138 0000 5678", Some("josé-li")),
        ("jose li", "1111", Some("jose-li-chen")),
        ("jose li", "5679", None),
        ("jose", "5678", None),
        ("li", "5678", None),
        ("jose li", "678", None),
        ("jose li", "", None),
        ("", "5678", None),
        ("ada byron", "", None),
        ("ada byron", "0000", None),
        ("bo twin", "2222", None),
    ] {
        let found = store.find_named(name, phone).unwrap();
        assert_eq!(found, expected.map(id), "{name:?} with {phone:?}");
    }
}

#[test]
fn a_name_that_too_many_share_is_no_fact() {
    let place = Place::new();
    let namesake = |number: u32| Attendee {
        id: id(&format!("wei-{number}")),
        ticket_code: format!("W{number}"),
        phone_last4: Some(format!("{:04}", 1_000 + number)),
        ..guest("张伟")
    };
    let mut guests: Vec<_> = (0..8).map(namesake).collect();
    let mut store = place.open_with(&guests);
    assert_eq!(store.find_named("zhangwei", "1003").unwrap(), Some(id("wei-3")));
    guests.push(namesake(8));
    apply(&mut store, &guests);
    for typed in ["zhangwei", "zhang wei", "zw", "张伟"] {
        assert_eq!(
            store.find_named(typed, "1003").unwrap(),
            None,
            "made-up digits are too often one of theirs: {typed}"
        );
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

//! Face templates: consent, expiry, removal, and the version that tells of changes.

use portico_store::{MetaKey, RosterPage, Store, TemplatesPage};
use portico_types::{Consent, Embedding, ModelId, Template, TemplateId, UtcMillis};

use crate::support::{Place, guest, id};

fn template(name: &str, attendee: &str, expires_at: i64) -> Template {
    Template {
        id: TemplateId::new(name),
        attendee: id(attendee),
        model: ModelId("test/1".into()),
        embedding: Embedding::normalised(vec![0.6, 0.0, 0.8]).unwrap(),
        consent: Consent { text_version: "2".into(), language: "zh-TW".into(), agreed_at: UtcMillis(7) },
        expires_at: UtcMillis(expires_at),
    }
}

fn take_in(store: &mut Store, templates: Vec<Template>, removed: &[&str]) {
    let removed = removed.iter().map(|name| TemplateId::new(*name)).collect();
    store
        .apply_templates(&TemplatesPage { templates, removed, cursor: "t1".into(), complete: false })
        .unwrap();
}

fn names(store: &Store, now: i64) -> Vec<String> {
    store.templates(UtcMillis(now)).unwrap().into_iter().map(|template| template.id.to_string()).collect()
}

#[test]
fn a_template_comes_back_as_it_came() {
    let place = Place::new();
    let mut store = place.open();
    take_in(&mut store, vec![template("a", "ada", 100)], &[]);
    let back = store.templates(UtcMillis(0)).unwrap();
    assert_eq!(back[0].consent, template("a", "ada", 100).consent);
    assert!((back[0].embedding.cosine(&template("a", "ada", 100).embedding) - 1.0).abs() < 1e-6);
    assert_eq!(store.meta(MetaKey::TemplatesCursor).unwrap().as_deref(), Some("t1"));
}

#[test]
fn an_expired_template_is_never_handed_out_and_is_erased_on_request() {
    let place = Place::new();
    let mut store = place.open();
    take_in(&mut store, vec![template("a", "ada", 100), template("b", "alan", 200)], &[]);
    assert_eq!(names(&store, 99), ["a", "b"]);
    assert_eq!(names(&store, 100), ["b"], "consent ends at that very moment");
    assert_eq!(store.forget_expired(UtcMillis(100)).unwrap(), [TemplateId::new("a")]);
    assert_eq!(names(&store, 0), ["b"], "it is gone, not hidden");
    assert_eq!(store.forget_expired(UtcMillis(100)).unwrap(), []);
}

#[test]
fn a_gallery_that_the_event_does_not_want_any_more_is_erased_and_can_be_read_anew() {
    let place = Place::new();
    let mut store = place.open();
    take_in(&mut store, vec![template("a", "ada", 100), template("b", "alan", 200)], &[]);
    let before = store.gallery_version().unwrap();
    assert_eq!(store.forget_gallery(UtcMillis(50)).unwrap(), 2);
    assert!(names(&store, 0).is_empty());
    assert!(store.gallery_version().unwrap() > before);
    assert_eq!(store.forget_gallery(UtcMillis(60)).unwrap(), 0, "nothing is left to be erased");
    store.reread_feeds().unwrap();
    assert_eq!(store.meta(MetaKey::TemplatesCursor).unwrap(), None, "from the start");
    take_in(&mut store, vec![template("a", "ada", 100)], &[]);
    assert_eq!(names(&store, 0), ["a"]);
}

#[test]
fn the_version_moves_with_every_change_and_only_then() {
    let place = Place::new();
    let mut store = place.open_with(&[guest("ada")]);
    let mut seen = vec![store.gallery_version().unwrap()];
    let mut moved = |store: &Store| {
        seen.push(store.gallery_version().unwrap());
        seen[seen.len() - 1] > seen[seen.len() - 2]
    };
    take_in(&mut store, vec![template("a", "ada", 100), template("b", "alan", 100)], &[]);
    assert!(moved(&store), "new templates");
    take_in(&mut store, vec![template("a", "ada", 100)], &["never-seen"]);
    assert!(!moved(&store), "nothing new: reading the gallery again would be wasted");
    take_in(&mut store, vec![template("a", "ada", 300)], &[]);
    assert!(moved(&store), "a longer consent");
    take_in(&mut store, vec![], &["b"]);
    assert!(moved(&store), "a removed template");
    let page =
        RosterPage { attendees: vec![], removed: vec![id("ada")], cursor: "2".into(), complete: false };
    store.apply_roster(&page).unwrap();
    assert!(moved(&store), "a guest who left takes the face along");
    assert_eq!(names(&store, 0), Vec::<String>::new());
}

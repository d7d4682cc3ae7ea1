//! The gallery against the obvious way to search, over random histories of additions and removals.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use portico_identify::{Gallery, GalleryError};
use portico_types::{AttendeeId, Candidate, Consent, Embedding, ModelId, Template, TemplateId, UtcMillis};
use proptest::prelude::*;

const DIMENSION: usize = 19;

fn model() -> ModelId {
    ModelId("test/1".into())
}

fn template(id: u8, attendee: u8, values: Vec<f32>) -> Template {
    Template {
        id: TemplateId::new(format!("t{id}")),
        attendee: AttendeeId::new(format!("a{attendee}")),
        model: model(),
        embedding: Embedding::normalised(values).unwrap(),
        consent: Consent { text_version: "1".into(), language: "en".into(), agreed_at: UtcMillis(0) },
        expires_at: UtcMillis(1_000 + i64::from(id)),
    }
}

/// What can happen to a gallery.
#[derive(Clone, Debug)]
enum Step {
    Upsert(u8, u8, Vec<f32>),
    Remove(u8),
    RemoveAttendee(u8),
    RemoveExpired(u8),
}

fn vector() -> impl Strategy<Value = Vec<f32>> {
    // Few distinct numbers, so that equal scores happen often.
    prop::collection::vec((-2_i8..=2).prop_map(|v| f32::from(v) * 0.5 + 0.1), DIMENSION)
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..24_u8, 0..8_u8, vector()).prop_map(|(id, who, values)| Step::Upsert(id, who, values)),
        2 => (0..24_u8).prop_map(Step::Remove),
        1 => (0..8_u8).prop_map(Step::RemoveAttendee),
        1 => (0..24_u8).prop_map(Step::RemoveExpired),
    ]
}

/// The reference: a map, scored one by one, sorted as a whole.
#[derive(Default)]
struct Naive(BTreeMap<TemplateId, Template>);

impl Naive {
    fn apply(&mut self, step: &Step) {
        match step {
            Step::Upsert(id, who, values) => {
                let template = template(*id, *who, values.clone());
                self.0.insert(template.id.clone(), template);
            }
            Step::Remove(id) => {
                self.0.remove(&TemplateId::new(format!("t{id}")));
            }
            Step::RemoveAttendee(who) => {
                self.0.retain(|_, t| t.attendee.as_str() != format!("a{who}"));
            }
            Step::RemoveExpired(id) => self.0.retain(|_, t| t.expires_at > UtcMillis(1_000 + i64::from(*id))),
        }
    }

    fn best_scores(&self, probe: &Embedding) -> BTreeMap<AttendeeId, f32> {
        let mut best = BTreeMap::new();
        for template in self.0.values() {
            let score = template.embedding.cosine(probe);
            let entry = best.entry(template.attendee.clone()).or_insert(score);
            *entry = entry.max(score);
        }
        best
    }
}

fn apply(gallery: &mut Gallery, step: &Step) {
    match step {
        Step::Upsert(id, who, values) => gallery.upsert(&template(*id, *who, values.clone())).unwrap(),
        Step::Remove(id) => {
            gallery.remove(&TemplateId::new(format!("t{id}")));
        }
        Step::RemoveAttendee(who) => {
            gallery.remove_attendee(&AttendeeId::new(format!("a{who}")));
        }
        Step::RemoveExpired(id) => {
            gallery.remove_expired(UtcMillis(1_000 + i64::from(*id)));
        }
    }
}

proptest! {
    #[test]
    fn the_gallery_finds_what_the_obvious_search_finds(
        steps in prop::collection::vec(step(), 1..60), probe in vector(), limit in 1..10_usize,
    ) {
        let (mut gallery, mut naive) = (Gallery::new(model()), Naive::default());
        for step in &steps {
            apply(&mut gallery, step);
            naive.apply(step);
        }
        let probe = Embedding::normalised(probe).unwrap();
        let expected = naive.best_scores(&probe);
        let found = gallery.search(&probe, limit);

        prop_assert_eq!(gallery.len(), naive.0.len());
        prop_assert_eq!(gallery.attendees(), expected.len());
        prop_assert_eq!(found.len(), limit.min(expected.len()), "each guest once, as many as asked for");
        for Candidate { attendee, score } in &found {
            prop_assert!((expected[attendee] - score).abs() < 1e-5, "a guest counts with their best picture");
        }
        prop_assert!(found.is_sorted_by(|a, b| a.score >= b.score), "best first");
        let worst = found.last().map_or(f32::MIN, |c| c.score);
        for (attendee, score) in &expected {
            let listed = found.iter().any(|c| c.attendee == *attendee);
            prop_assert!(listed || *score <= worst + 1e-5, "nobody better is left out");
        }
    }

    #[test]
    fn equal_scores_are_ordered_by_id_whatever_the_history(order in Just((0..12_u8).collect::<Vec<_>>()).prop_shuffle()) {
        let mut gallery = Gallery::new(model());
        for id in &order {
            gallery.upsert(&template(*id, *id, vec![1.0; DIMENSION])).unwrap();
        }
        gallery.remove(&TemplateId::new("t5"));
        let probe = Embedding::normalised(vec![1.0; DIMENSION]).unwrap();
        let names: Vec<_> = gallery.search(&probe, 4).into_iter().map(|c| c.attendee.to_string()).collect();
        prop_assert_eq!(names, ["a0", "a1", "a10", "a11"]);
    }
}

#[test]
fn templates_that_do_not_fit_are_refused_and_change_nothing() {
    let mut gallery = Gallery::new(model());
    gallery.upsert(&template(1, 1, vec![1.0; DIMENSION])).unwrap();
    let other_model = Template { model: ModelId("other/1".into()), ..template(2, 2, vec![1.0; DIMENSION]) };
    assert_eq!(gallery.upsert(&other_model), Err(GalleryError::OtherModel));
    assert_eq!(
        gallery.upsert(&template(1, 1, vec![1.0; 4])),
        Err(GalleryError::OtherDimension { expected: DIMENSION, found: 4 })
    );
    assert_eq!((gallery.len(), gallery.attendees()), (1, 1));
}

#[test]
fn a_template_that_changes_hands_is_no_longer_found_for_its_former_owner() {
    let mut gallery = Gallery::new(model());
    gallery.upsert(&template(1, 1, vec![1.0; DIMENSION])).unwrap();
    gallery.upsert(&template(1, 2, vec![1.0; DIMENSION])).unwrap();
    let found = gallery.search(&Embedding::normalised(vec![1.0; DIMENSION]).unwrap(), 5);
    assert_eq!(found.iter().map(|c| c.attendee.as_str()).collect::<Vec<_>>(), ["a2"]);
    assert_eq!(gallery.attendees(), 1);
}

#[test]
fn rebuilding_for_another_model_keeps_nothing_of_the_former_one() {
    let mut gallery = Gallery::new(model());
    gallery.upsert(&template(1, 1, vec![1.0; DIMENSION])).unwrap();
    let next = ModelId("next/1".into());
    let fits = Template { model: next.clone(), ..template(2, 2, vec![1.0, 2.0]) };
    let stale = template(3, 3, vec![1.0; DIMENSION]);
    assert_eq!(gallery.rebuild(next.clone(), [fits, stale]), 1, "the stale one is refused and counted");
    assert_eq!((gallery.model(), gallery.len()), (&next, 1));
    let old_probe = Embedding::normalised(vec![1.0; DIMENSION]).unwrap();
    assert!(gallery.search(&old_probe, 5).is_empty(), "vectors of another dimension are like nobody");
}

/// A gallery of (template, guest, vector).
fn gallery_of(rows: &[(u8, u8, [f32; 3])]) -> Gallery {
    let mut gallery = Gallery::new(model());
    for (id, who, values) in rows {
        gallery.upsert(&template(*id, *who, values.to_vec())).unwrap();
    }
    gallery
}

#[test]
fn crowding_is_the_mean_of_the_guests_own_look_alikes() {
    let mut gallery =
        gallery_of(&[(1, 1, [1.0, 0.0, 0.0]), (2, 2, [0.6, 0.8, 0.0]), (3, 3, [0.0, 0.6, 0.8])]);
    let crowding = |gallery: &Gallery, who: &str| gallery.crowding(&AttendeeId::new(who));
    assert!((crowding(&gallery, "a1").unwrap() - 0.3).abs() < 1e-6, "0.6 and 0, the own template left out");
    assert!((crowding(&gallery, "a2").unwrap() - 0.54).abs() < 1e-6, "0.6 and 0.48");
    assert_eq!(crowding(&gallery, "a9"), None, "nobody knows who that is");
    gallery.upsert(&template(4, 1, vec![0.0, 0.0, 1.0])).unwrap();
    let both = crowding(&gallery, "a1").unwrap();
    assert!((both - 0.35).abs() < 1e-6, "the mean over both templates, 0.3 and 0.4: {both}");
}

#[test]
fn the_only_guest_is_not_crowded() {
    assert_eq!(gallery_of(&[(1, 1, [1.0, 0.0, 0.0])]).crowding(&AttendeeId::new("a1")), Some(0.0));
}

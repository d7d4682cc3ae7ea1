//! The session walks at random beside a small reference, and keeps what it promises at every step.

mod expected;
mod reference;
mod walk;

use std::collections::BTreeSet;
use std::mem::{Discriminant, discriminant};

use portico_session::{Effect, GuestView, Input, Session, SessionPolicy};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use expected::name;
use reference::Reference;
use walk::{Move, Step, Walk, moves, moves_with_codes};

/// Enough for every screen to follow every other, and quick enough for every build.
const CASES: u32 = 4_000;

fn walk(moves: &[Move]) -> Vec<Step> {
    let mut walk = Walk::begin();
    for step in moves {
        walk.take(step);
    }
    walk.into_steps()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(CASES) })]

    #[test]
    fn every_step_is_one_that_the_reference_allows(moves in moves()) {
        let mut reference = Reference::default();
        for step in walk(&moves) {
            reference.check(&step)?;
        }
    }

    #[test]
    fn the_same_inputs_and_times_have_the_same_effects(moves in moves_with_codes()) {
        let steps = walk(&moves);
        let mut session = Session::new(SessionPolicy::default());
        for step in steps {
            let effects = session.handle(step.now, step.input);
            let now = (session.view(), session.encounter(), session.closing(), session.deadline());
            let then = (step.after, step.encounter, step.closing, step.deadline);
            prop_assert_eq!((effects, now), (step.effects, then));
        }
    }

    #[test]
    fn a_code_that_is_seen_asks_at_most_and_changes_no_screen_but_the_one_that_asks(moves in moves_with_codes()) {
        for step in walk(&moves) {
            let Input::CodeShown(code) = &step.input else { continue };
            let asked = GuestView::Ticket { checking: false };
            match step.effects.as_slice() {
                [] => prop_assert_eq!(&step.after, &step.before),
                [Effect::LookUpTicket { code: looked_up, .. }] => {
                    prop_assert_eq!(looked_up, code);
                    let checking = GuestView::Ticket { checking: true };
                    let shown = if step.before == asked { &checking } else { &step.before };
                    prop_assert_eq!(&step.after, shown);
                }
                other => prop_assert!(false, "{:?}", other),
            }
        }
    }

    #[test]
    fn in_one_encounter_one_guest_is_named_at_most(moves in moves_with_codes()) {
        let mut named: Option<(u64, String)> = None;
        for step in walk(&moves) {
            // The names of one guest's entries differ by the entry's number.
            let guest = name(&step.after).and_then(|name| name.split(" of ").next()).map(str::to_owned);
            let Some(guest) = guest else { continue };
            if let Some((encounter, before)) = &named {
                prop_assert!(*before == guest || *encounter != step.encounter, "{:?}", step);
            }
            named = Some((step.encounter, guest));
        }
    }

    #[test]
    fn a_missed_wake_up_changes_no_answer(moves in moves_with_codes()) {
        let mut sleeper = Session::new(SessionPolicy::default());
        let mut slept = Vec::new();
        let mut awake = Vec::new();
        for step in walk(&moves) {
            if step.input == Input::TimePassed && step.is_prelude {
                awake.extend(step.effects);
                continue;
            }
            slept.extend(sleeper.handle(step.now, step.input));
            awake.extend(step.effects);
            prop_assert_eq!(
                (sleeper.view(), sleeper.encounter(), sleeper.closing()),
                (step.after, step.encounter, step.closing),
                "time runs out by the clock, not by the wake-up"
            );
        }
        prop_assert_eq!(slept, awake);
    }

    #[test]
    fn left_alone_the_session_comes_to_rest(moves in moves_with_codes()) {
        let mut walk = Walk::begin();
        for step in &moves {
            walk.take(step);
        }
        let from = walk.steps().len();
        for _ in 0..6 {
            walk.take(&Move::Wake);
        }
        for step in &walk.steps()[from..] {
            prop_assert!(
                step.effects.iter().all(|effect| matches!(effect, Effect::NotifyStaff(_))),
                "nobody is there to be identified or admitted: {:?}", step
            );
        }
        prop_assert_eq!(walk.view(), GuestView::Idle);
        prop_assert_eq!(walk.deadline(), None, "a session at rest sleeps");
    }
}

#[test]
fn the_walk_reaches_every_screen_and_every_effect() {
    let mut runner = TestRunner::deterministic();
    let mut screens: Vec<Discriminant<GuestView>> = Vec::new();
    let mut effects: BTreeSet<&str> = BTreeSet::new();
    for _ in 0..200 {
        let moves = moves().new_tree(&mut runner).expect("the strategy rejects nothing").current();
        for step in walk(&moves) {
            let screen = discriminant(&step.after);
            if !screens.contains(&screen) {
                screens.push(screen);
            }
            effects.extend(step.effects.iter().map(effect_name));
        }
    }
    assert_eq!(screens.len(), 12, "a walk that misses a screen proves nothing about it");
    assert_eq!(effects.len(), 7, "{effects:?}");
}

fn effect_name(effect: &Effect) -> &'static str {
    match effect {
        Effect::Identify { .. } => "identify",
        Effect::CompareFace { .. } => "compare face",
        Effect::DrawChallenge { .. } => "draw challenge",
        Effect::CheckFact { .. } => "check fact",
        Effect::LookUpTicket { .. } => "look up ticket",
        Effect::FindNamed { .. } => "find named",
        Effect::Admit { .. } => "admit",
        Effect::TakePicture { .. } => "take picture",
        Effect::Enrol { .. } => "enrol",
        Effect::DropPictures => "drop pictures",
        Effect::Withdraw { .. } => "withdraw",
        Effect::NotifyStaff(_) => "notify staff",
    }
}

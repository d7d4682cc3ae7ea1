//! Which shots of a burst are chosen, and that none outlives its time.

use super::*;

const GUEST: TrackId = TrackId(7);

/// When the chosen ones of these shots, of (millis, score, passed), were taken; the best first.
fn chosen(shots: &[(u64, f32, bool)]) -> Vec<u64> {
    let (mut bursts, params) = (Bursts::default(), BurstParams::default());
    for (millis, score, passed) in shots {
        let captured_at = Tick::from_millis(*millis);
        let mut shot = bursts.blank();
        shot.captured_at = captured_at;
        shot.quality.score = *score;
        shot.passed = *passed;
        bursts.keep(GUEST, shot);
        bursts.age(captured_at, params.window, |_| true);
    }
    let Some(burst) = bursts.of(GUEST) else { return Vec::new() };
    let evidence = burst.evidence(&params);
    let millis = |index: usize| burst.shots[index].captured_at.since_start().as_millis() as u64;
    evidence.into_iter().map(millis).collect()
}

fn best_of(shots: &[(u64, f32, bool)]) -> Option<u64> {
    chosen(shots).first().copied()
}

#[test]
fn the_best_of_the_window_is_chosen() {
    assert_eq!(best_of(&[(0, 0.2, true), (100, 0.95, true), (200, 0.5, true), (300, 0.6, true)]), Some(100));
}

#[test]
fn of_frames_about_as_good_the_newest_is_chosen() {
    assert_eq!(
        best_of(&[(0, 0.92, true), (100, 0.93, true), (200, 0.9, true), (300, 0.91, true)]),
        Some(300),
        "waiting for a hundredth of quality only makes the decision older"
    );
}

#[test]
fn an_old_best_gives_way_to_the_next_best() {
    let shots = [(0, 0.9, true), (100, 0.3, true), (200, 0.8, true), (300, 0.3, true), (450, 0.2, true)];
    assert_eq!(best_of(&shots), Some(200), "a decision must concern whoever stands there now");
}

#[test]
fn a_frame_that_passed_the_gate_beats_a_better_one_that_did_not() {
    assert_eq!(best_of(&[(0, 0.4, true), (100, 0.9, false)]), Some(0));
    assert_eq!(best_of(&[(0, 0.9, false), (100, 0.4, true)]), Some(100));
}

#[test]
fn up_to_three_frames_that_lie_apart_speak_for_the_guest() {
    let steady: Vec<_> = (0..7).map(|frame| (frame * 66, 0.9, true)).collect();
    assert_eq!(chosen(&steady), [396, 264, 132], "neighbours show the same blur and the same lids");
    assert_eq!(chosen(&steady[..3]), [132, 0]);
    assert_eq!(chosen(&steady[..1]), [0], "a guest who just came is judged by what there is");
}

#[test]
fn only_frames_that_passed_the_gate_join_the_best() {
    assert_eq!(chosen(&[(0, 0.9, false), (130, 0.5, true), (260, 0.9, false), (390, 0.6, true)]), [390, 130]);
    assert_eq!(chosen(&[(0, 0.9, false), (130, 0.5, false)]), [0], "of bad ones the best alone");
}

#[test]
fn a_track_that_is_gone_leaves_no_picture() {
    let mut bursts = Bursts::default();
    let shot = bursts.blank();
    bursts.keep(GUEST, shot);
    bursts.age(Tick::ZERO, BurstParams::default().window, |_| false);
    assert!(bursts.of(GUEST).is_none());
}

#[test]
fn memory_is_used_again_and_without_the_vector_of_the_one_before() {
    let mut bursts = Bursts::default();
    for millis in 0..200 {
        let mut shot = bursts.blank();
        assert!(shot.embedding.is_none(), "a vector must not pass from one face to the next");
        shot.captured_at = Tick::from_millis(millis * 33);
        shot.quality.score = (millis % 7) as f32;
        shot.embedding = Embedding::normalised(vec![1.0]).ok();
        bursts.keep(GUEST, shot);
        bursts.age(Tick::from_millis(millis * 33), BurstParams::default().window, |_| true);
    }
    let held: usize = bursts.bursts.iter().map(|(_, b)| b.shots.len()).sum();
    assert!(held + bursts.spare.len() <= 14, "no more shots than fit the window, however long it runs");
}

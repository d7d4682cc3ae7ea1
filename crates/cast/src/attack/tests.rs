//! Geometry and looks of attacks, in small pictures.

use std::sync::LazyLock;

use super::*;
use crate::cast::cast;

fn small() -> AttackParams {
    let camera = Camera { width: 128, height: 96, focal_px: 120.0, noise: 0.0, ..Camera::KIOSK };
    AttackParams {
        arrive_s: 0.4,
        hold_s: 0.4,
        leave_s: 0.2,
        frames_per_second: 5,
        camera,
        ..AttackParams::default()
    }
}

/// What is held in each attack. Made once: drawing guests takes longer than all tests together.
static MEDIA: LazyLock<[Box<dyn Medium + Send>; 3]> = LazyLock::new(|| {
    let guest = cast()[2];
    [
        Box::new(Paper::print(&guest)),
        Box::new(Paper::poster(&guest)),
        Box::new(Phone::playing(&guest, &small())),
    ]
});

/// One picture, `seconds` into the attack, not encoded.
fn taken(attack: Attack, params: &AttackParams, seconds: f32) -> Picture {
    let medium = MEDIA[attack as usize].as_ref();
    let pose = Hand::of(7, attack).pose_at(params, seconds);
    let held = Held { medium, pose, light: params.light, camera: params.camera, seconds };
    Studio::empty(params.light, params.camera).picture_behind(&|x, y, behind| held.before(x, y, behind), 1)
}

fn changed(a: &Picture, b: &Picture) -> usize {
    a.rgb.as_chunks::<3>().0.iter().zip(b.rgb.as_chunks::<3>().0).filter(|(a, b)| a != b).count()
}

#[test]
fn every_attack_comes_into_sight_and_leaves_again() {
    for attack in Attack::ALL {
        let room = Studio::empty(small().light, small().camera).picture(None, 1);
        let covered = |seconds| changed(&room, &taken(attack, &small(), seconds));
        assert_eq!(covered(0.0), 0, "{attack:?} begins out of sight");
        assert!(covered(0.6) > 128 * 96 / 8, "{attack:?} is held before the camera");
        assert_eq!(covered(1.0), 0, "{attack:?} is taken away");
    }
}

#[test]
fn a_print_shows_its_edges_and_a_poster_does_not() {
    let room = Studio::empty(small().light, small().camera).picture(None, 1);
    let print = taken(Attack::Print, &small(), 0.6);
    let poster = taken(Attack::Poster, &small(), 0.6);
    assert!(changed(&room, &print) < 128 * 96 * 3 / 4, "the foyer is seen beside the paper");
    assert!(changed(&room, &poster) > 128 * 96 * 99 / 100, "nothing but the poster is seen");
}

#[test]
fn nearer_parts_of_a_tilted_sheet_are_larger() {
    let guest = cast()[2];
    let paper = Paper::print(&guest);
    let centre = crate::vec3::vec3(0.0, 0.0, -4.0);
    let turn = crate::vec3::Rotation::from_degrees(30.0, 0.0, 0.0);
    let camera = Camera { width: 400, height: 400, focal_px: 300.0, ..Camera::KIOSK };
    let pose = hand::SheetPose { centre, turn };
    let held = Held { medium: &paper, pose, light: Light::FOYER, camera, seconds: 0.0 };
    let marker = crate::vec3::vec3(-7.0, -7.0, -7.0);
    let height = |x: usize| (0..400).filter(|y| held.before(x, *y, marker) != marker).count();
    let columns: Vec<usize> = (0..400).filter(|x| height(*x) > 0).collect();
    let (left, right) = (height(columns[2]), height(columns[columns.len() - 3]));
    assert!(left.abs_diff(right) > 20, "a real perspective, not a shear: {left} and {right} pixels high");
}

#[test]
fn a_still_hand_changes_the_film_only() {
    let still = AttackParams { unrest: 0.0, hold_s: 1.4, ..small() };
    let difference = |attack| changed(&taken(attack, &still, 0.6), &taken(attack, &still, 1.2));
    assert_eq!(difference(Attack::Print), 0, "nothing on paper moves by itself");
    assert!(difference(Attack::Phone) > 50, "the film goes on");
}

#[test]
fn a_clip_has_as_many_frames_as_its_course() {
    let counted = std::sync::atomic::AtomicUsize::new(0);
    let count = |_: usize, _: usize| {
        counted.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    };
    let clip = render_attack(&cast()[0], Attack::Print, &small(), &count).unwrap();
    assert_eq!(clip.len(), 5);
    assert_eq!(counted.into_inner(), 5, "progress hears of each");
    assert!(clip.iter().all(|jpeg| jpeg.starts_with(&[0xff, 0xd8, 0xff])));
}

//! A guest enrols their face at the kiosk, is recognised by it, and takes it back.

use std::path::Path;
use std::time::Duration;

use portico_app::contract::{ConnectionView, StaffLock};
use portico_protocol::{ConsentProfile, EntryRule, FaceEnrolment, Policy, TemplateRecord, utc_millis};
use portico_proxy::LinkState;
use portico_session::{EnrolFailure, FaceChoice, GuestView, Tried};
use portico_tests::Journey;
use portico_tests::clips::{Jpeg, standing};
use portico_tests::guests::{OTHERS, STRANGER, ZHANG_WEI};
use portico_types::{AuditAction, Clock as _};
use serde_json::json;

/// On the list without a face; the stranger plays this guest.
const BEATRIZ: (&str, &str, &str) = OTHERS[0];
/// How long the guest holds the head in one way.
const POSE: Duration = Duration::from_millis(1_400);
const GALLERY: &str = "GET /v1/templates";
const IDENTIFY: &str = "POST /v1/identify";
const ENROL: &str = "PUT /v1/attendees/other-01/face";

/// Faces are enrolled at the kiosk, by the rules of the European Union.
pub(crate) fn rules() -> FaceEnrolment {
    FaceEnrolment {
        profile: ConsentProfile::Eu,
        controller: "Northern Light Summit Ltd".into(),
        keep_days: 2,
        at_kiosk: true,
        addition: None,
        text: None,
    }
}

/// A kiosk of an event that offers to enrol faces.
async fn begin() -> Option<Journey> {
    let journey = Journey::begin().await?;
    let change = |policy: &mut Policy| {
        policy.face_enrolment = Some(rules());
        policy.entry = EntryRule::Reentry { other_gate_minutes: 0 };
    };
    journey.follows_new_rules("with your face", change).await;
    Some(journey)
}

fn frontal() -> Jpeg {
    standing(STRANGER, 0.0, 0.0)
}

/// Beatriz stands before the kiosk and comes in by her ticket.
async fn comes_in_by_ticket(journey: &mut Journey) {
    journey.looks_at(&frontal(), Duration::from_millis(300)).await;
    journey.types_ticket(BEATRIZ.2).await;
    journey.sees_welcome(BEATRIZ.1).await;
    assert!(matches!(journey.guest_view(), GuestView::Welcome { face: FaceChoice::Enrol, .. }));
}

/// She agrees to the text in Chinese.
async fn agrees(journey: &Journey) {
    let sheet = journey.does("guest.consent_text", json!({ "language": "zh-CN" })).await;
    assert_eq!((sheet["language"].as_str(), sheet["separate"].as_bool()), (Some("zh-CN"), Some(true)));
    let unticked = json!({ "version": sheet["version"], "language": "zh-CN", "ticked": false });
    let refused = journey.call("guest.agree", unticked).await.unwrap_err();
    assert_eq!(refused.code, "consent.not_ticked");
    let agreed = json!({ "version": sheet["version"], "language": "zh-CN", "ticked": true });
    journey.does("guest.agree", agreed).await;
    journey.until("the first picture", |view| matches!(view.guest, GuestView::Capture { .. })).await;
}

/// She looks here and turns her head a little, as asked, until three pictures are on their way.
async fn is_photographed(journey: &mut Journey) {
    let poses = [0.0, 9.0, -9.0].map(|yaw| standing(STRANGER, yaw, 0.0));
    for pose in poses.iter().cycle().take(9) {
        for view in journey.looks_at(pose, POSE).await {
            if !matches!(view, GuestView::Capture { sending: false, .. }) {
                return;
            }
        }
    }
    panic!("no three pictures were taken: {:?}", journey.view());
}

async fn enrols(journey: &mut Journey) {
    comes_in_by_ticket(journey).await;
    journey.does("guest.enrol", json!({})).await;
    let asked = GuestView::Consent { name: BEATRIZ.1.into() };
    journey.until("the text", |view| view.guest == asked).await;
    agrees(journey).await;
    let known = journey.venue.book.count(GALLERY);
    is_photographed(journey).await;
    let told = journey.until("the end of it", |view| !matches!(view.guest, GuestView::Capture { .. })).await;
    assert!(matches!(told.guest, GuestView::Enrolled { pictures: 3, .. }), "{:?}", told.guest);
    journey.venue.book.until(GALLERY, known + 1).await;
}

fn templates(journey: &Journey) -> Vec<TemplateRecord> {
    let all = journey.venue.backend().templates(None, None).unwrap().templates;
    all.into_iter().filter(|template| template.attendee_id == BEATRIZ.0).collect()
}

/// How many files below `folder` hold a picture.
fn pictures_below(folder: &Path) -> usize {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let holds = |path: &Path| std::fs::read(path).unwrap().windows(5).any(|bytes| bytes == b"JFIF\0");
    files.filter(|path| path.is_file() && holds(path)).count()
}

#[tokio::test]
async fn a_face_enrolled_at_the_kiosk_is_recognised_at_the_next_visit_and_forgotten_when_withdrawn() {
    let Some(mut journey) = begin().await else { return };
    let before = journey.venue.clock.utc();
    enrols(&mut journey).await;

    let kept = templates(&journey);
    assert_eq!(kept.len(), 3);
    for template in &kept {
        let consent = &template.consent;
        assert_eq!((consent.text_version.as_str(), consent.language.as_str()), ("eu/1", "zh-CN"));
        let agreed_at = utc_millis(&consent.agreed_at).unwrap();
        assert!(agreed_at >= before && agreed_at <= journey.venue.clock.utc(), "{consent:?}");
        assert!(consent.device.is_some(), "who took it: {consent:?}");
        let term = utc_millis(&template.expires_at).unwrap().0 - agreed_at.0;
        assert_eq!(term, rules().keep_ms());
    }

    journey.is_left_alone().await;
    journey.walks_up(STRANGER).await;
    journey.sees_welcome(BEATRIZ.1).await;
    let GuestView::Welcome { face, .. } = journey.guest_view() else { panic!("{:?}", journey.guest_view()) };
    assert_eq!(face, FaceChoice::Remove, "and may have it removed");

    journey.has_sent_everything().await;
    journey.venue.network(LinkState::Refusing);
    journey.does("guest.withdraw", json!({})).await;
    journey.until("the question", |view| view.guest == GuestView::Withdraw { working: false }).await;
    journey.does("guest.confirm_withdrawal", json!({})).await;
    journey.until("it is done", |view| view.guest == GuestView::Withdrawn).await;
    journey.keeps_waiting(1).await;
    assert_eq!(templates(&journey).len(), 3, "the backend has not heard yet");
    journey.is_left_alone().await;
    journey.walks_up(STRANGER).await;
    assert_eq!(journey.guest_view(), GuestView::NotFound { tried: Tried::Face }, "not even offline");
    journey.is_left_alone().await;

    journey.venue.network(LinkState::Up);
    journey.has_sent_everything().await;
    assert!(templates(&journey).is_empty());
    let store = journey.ends().await;
    let actions: Vec<_> = store.audit_rows(50).unwrap().into_iter().map(|row| row.note.action).collect();
    assert!(actions.contains(&AuditAction::Enrol) && actions.contains(&AuditAction::Withdraw), "{actions:?}");
}

#[tokio::test]
async fn who_declines_leaves_nothing_anywhere() {
    let Some(mut journey) = begin().await else { return };
    comes_in_by_ticket(&mut journey).await;
    journey.does("guest.enrol", json!({})).await;
    journey.until("the text", |view| matches!(view.guest, GuestView::Consent { .. })).await;
    journey.looks_at(&frontal(), POSE).await;
    journey.does("guest.dismiss", json!({})).await;
    journey.until("the end of it", |view| !matches!(view.guest, GuestView::Consent { .. })).await;
    journey.has_sent_everything().await;
    leaves_nothing(journey).await;
}

#[tokio::test]
async fn who_stops_amid_the_pictures_leaves_nothing_anywhere() {
    let Some(mut journey) = begin().await else { return };
    comes_in_by_ticket(&mut journey).await;
    journey.does("guest.enrol", json!({})).await;
    journey.until("the text", |view| matches!(view.guest, GuestView::Consent { .. })).await;
    agrees(&journey).await;
    for pose in [0.0, 9.0] {
        journey.looks_at(&standing(STRANGER, pose, 0.0), POSE).await;
    }
    journey.until("a picture", |view| matches!(view.guest, GuestView::Capture { taken: 1.., .. })).await;
    journey.does("guest.dismiss", json!({})).await;
    journey.until("the end of it", |view| !matches!(view.guest, GuestView::Capture { .. })).await;
    leaves_nothing(journey).await;
}

async fn leaves_nothing(journey: Journey) {
    assert_eq!(journey.venue.book.count(ENROL), 0, "{:?}", journey.venue.book.calls());
    assert!(templates(&journey).is_empty());
    assert_eq!(pictures_below(&journey.venue.folder("kiosk")), 0);
    assert_eq!(pictures_below(&journey.venue.folder("")), 0, "nor at the backend");
    let now = journey.venue.clock.utc();
    let store = journey.ends().await;
    let kept = store.templates(now).unwrap();
    assert!(kept.iter().all(|template| template.attendee.as_str() != BEATRIZ.0));
    let rows = store.audit_rows(50).unwrap();
    assert!(rows.iter().all(|row| row.note.action != AuditAction::Enrol), "{rows:?}");
}

#[tokio::test]
async fn without_a_network_nobody_is_offered_what_cannot_be_finished() {
    let Some(mut journey) = begin().await else { return };
    journey.venue.network(LinkState::Refusing);
    journey.in_time("the kiosk is offline", |view| view.connection == ConnectionView::Offline).await;
    journey.looks_at(&frontal(), Duration::from_millis(300)).await;
    journey.types_ticket(BEATRIZ.2).await;
    journey.sees_welcome(BEATRIZ.1).await;
    assert!(matches!(journey.guest_view(), GuestView::Welcome { face: FaceChoice::None, .. }));
}

#[tokio::test]
async fn staff_lead_a_guest_to_the_text_lock_themselves_out_and_do_not_agree() {
    let Some(journey) = begin().await else { return };
    let who = json!({ "attendee": BEATRIZ.0, "reason": "guest_wish" });
    assert_eq!(journey.call("staff.enrol", who.clone()).await.unwrap_err().code, "staff.locked");
    assert_eq!(journey.call("staff.withdraw", who.clone()).await.unwrap_err().code, "staff.locked");
    journey.staff_unlock().await;
    journey.does("staff.enrol", who).await;
    let asked = GuestView::Consent { name: BEATRIZ.1.into() };
    let view = journey.until("the text", |v| v.guest == asked && v.staff.lock == StaffLock::Locked).await;
    assert_eq!(view.guest, asked);
    journey.venue.network(LinkState::Refusing);
    let gone = GuestView::NotEnrolled { why: EnrolFailure::Network };
    journey.in_time("the network is gone", |view| view.guest == gone).await;
}

#[tokio::test]
async fn who_withdraws_is_not_recognised_by_a_backend_that_cannot_hear_of_it() {
    let Some(mut journey) = begin().await else { return };
    journey.walks_up(ZHANG_WEI).await;
    journey.sees_welcome("Zhang Wei").await;
    journey.is_left_alone().await;
    journey.has_sent_everything().await;
    journey.venue.book.fails(Some("POST /v1/checkins"));
    journey.staff_unlock().await;
    let who = json!({ "attendee": ZHANG_WEI.id(), "reason": "guest_wish" });
    journey.does("staff.withdraw", who).await;
    journey.does("staff.lock", json!({})).await;
    journey.keeps_waiting(1).await;
    assert_eq!(journey.view().connection, ConnectionView::Online, "the rest of the backend answers");

    let asked = journey.venue.book.count(IDENTIFY);
    journey.walks_up(ZHANG_WEI).await;
    assert_eq!(journey.guest_view(), GuestView::NotFound { tried: Tried::Face });
    assert!(journey.venue.book.count(IDENTIFY) > asked, "the backend was asked, and still has the face");
    journey.is_left_alone().await;
    journey.starts_again(None).await;
    journey.in_time("the backend", |view| view.connection == ConnectionView::Online).await;
    journey.walks_up(ZHANG_WEI).await;
    assert_eq!(journey.guest_view(), GuestView::NotFound { tried: Tried::Face }, "nor after a restart");
    journey.venue.book.fails(None);
    journey.has_sent_everything().await;
}

#[tokio::test]
async fn staff_do_not_lead_a_guest_to_enrol_who_is_enrolled() {
    let Some(journey) = begin().await else { return };
    journey.staff_unlock().await;
    let who = json!({ "attendee": ZHANG_WEI.id(), "reason": "guest_wish" });
    assert_eq!(journey.call("staff.enrol", who).await.unwrap_err().code, "enrol.already");
    assert_eq!(journey.view().staff.lock, StaffLock::Unlocked, "staff are still there");
}

#[tokio::test]
async fn staff_remove_a_face_for_a_guest_who_asks() {
    let Some(journey) = begin().await else { return };
    journey.staff_unlock().await;
    let who = json!({ "attendee": ZHANG_WEI.id(), "reason": "guest_wish" });
    journey.does("staff.withdraw", who).await;
    journey.has_sent_everything().await;
    let left = journey.venue.backend().templates(None, None).unwrap().templates;
    assert!(left.iter().all(|template| template.attendee_id != ZHANG_WEI.id().as_str()), "{left:?}");
}

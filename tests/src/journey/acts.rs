//! What people do: walk up, stand there, leave, touch the screen.

use std::sync::Arc;
use std::time::Duration;

use portico_app::contract::{Call, RpcError, StaffLock, View, dispatch};
use portico_session::{GuestView, NameAsks};
use portico_types::{Clock as _, StaffRole};
use serde_json::{Value, json};
use tokio::time::timeout;

use super::{Journey, PATIENCE, PIN};
use crate::camera::FRAME;
use crate::clips::{Jpeg, Visit};
use crate::guests::Person;

/// The longest that a screen stays after its guest has left, with room to spare.
const LONGEST_STAY: Duration = Duration::from_secs(40);

impl Journey {
    /// A guest comes into sight, walks up, and stands there until the kiosk has said something to them.
    pub async fn walks_up(&mut self, person: Person) {
        self.sees_until_answered(Visit::of(person).arrival()).await;
    }

    /// The camera takes these pictures, until the kiosk has said something about them.
    pub async fn sees_until_answered(&mut self, pictures: &[Jpeg]) {
        for picture in pictures {
            self.sees(picture).await;
            if is_answer(&self.guest_view()) {
                return;
            }
        }
        panic!("nothing came of these pictures: {:?}", self.view());
    }

    /// A guest walks up, stands there and leaves, at their own pace. Returns the guest's screen after each frame.
    pub async fn visits(&mut self, person: Person) -> Vec<GuestView> {
        let mut shown = Vec::new();
        for picture in Visit::of(person).whole() {
            self.sees(picture).await;
            shown.push(self.guest_view());
        }
        shown
    }

    /// The same picture for `lasting`.
    pub async fn looks_at(&mut self, picture: &Jpeg, lasting: Duration) -> Vec<GuestView> {
        let mut shown = Vec::new();
        for _ in 0..lasting.as_nanos() / FRAME.as_nanos() {
            self.sees(picture).await;
            shown.push(self.guest_view());
        }
        shown
    }

    /// Nobody is left before the kiosk, and it has forgotten whoever was.
    pub async fn is_left_alone(&mut self) {
        let step = Duration::from_millis(400);
        for turn in 0..LONGEST_STAY.as_millis() / step.as_millis() {
            self.venue.clock.advance(step);
            let picture = self.room[turn as usize % self.room.len()].clone();
            self.sees(&picture).await;
            // Tracks outlive their face by half a second.
            if turn >= 2 && self.guest_view() == GuestView::Idle {
                return;
            }
        }
        panic!("the screen does not come to rest: {:?}", self.view());
    }

    /// The camera takes one picture, and the kiosk deals with it.
    pub async fn sees(&mut self, picture: &Jpeg) {
        self.venue.clock.advance(FRAME);
        let number = self.camera.show(picture, self.venue.clock.now());
        let dealt_with = self.observed.wait_for(|seen| seen.is_some_and(|seen| seen >= number));
        let done = timeout(PATIENCE, dealt_with).await.is_ok_and(|seen| seen.is_ok());
        assert!(done, "frame {number} was never looked at; the screen shows {:?}", self.view());
        // Answers come in real time while the kiosk's clock stands still.
        self.until("an answer", |view| !is_asking(&view.guest)).await;
    }

    /// A guest stands before a kiosk that does not look: pictures are taken, and nobody waits for them to be looked at.
    pub fn stands_there_unseen(&mut self, person: Person) {
        for picture in Visit::of(person).arrival() {
            self.venue.clock.advance(FRAME);
            self.camera.show(picture, self.venue.clock.now());
        }
    }

    /// Number of the last picture that was looked at.
    pub fn last_frame_looked_at(&self) -> Option<u64> {
        *self.observed.borrow()
    }

    /// A call from the screen, as it travels.
    pub async fn call(&self, method: &str, params: Value) -> Result<Value, RpcError> {
        let call = serde_json::from_value::<Call>(json!({ "method": method, "params": params }));
        dispatch(&self.kiosk, call.unwrap_or_else(|error| panic!("{method} is no call: {error}"))).await
    }

    /// A call that must succeed.
    pub async fn does(&self, method: &str, params: Value) -> Value {
        self.call(method, params).await.unwrap_or_else(|error| panic!("{method} was refused: {error:?}"))
    }

    /// The guest types a ticket code.
    pub async fn types_ticket(&self, code: &str) {
        self.does("guest.use_ticket", json!({})).await;
        self.until("the ticket screen", |view| view.guest == GuestView::Ticket { checking: false }).await;
        self.does("guest.enter_ticket", json!({ "code": code, "other_reading": null })).await;
        self.until("an answer", |view| !matches!(view.guest, GuestView::Ticket { .. })).await;
    }

    /// The guest types a name, or digits of their phone, and then the other one.
    pub async fn types_name(&self, first: &str, second: &str) {
        self.does("guest.use_name", json!({})).await;
        self.asks_for(NameAsks::NameOrDigits).await;
        self.does("guest.enter_name", json!({ "text": first })).await;
        if first.chars().any(char::is_alphabetic) {
            self.asks_for(NameAsks::Digits).await;
            self.does("guest.enter_fact", json!({ "digits": second })).await;
        } else {
            self.asks_for(NameAsks::Name).await;
            self.does("guest.enter_name", json!({ "text": second })).await;
        }
        // That nobody fits is told in its own time.
        let is_second = |view: &View| matches!(view.guest, GuestView::Name { asks, .. } if asks != NameAsks::NameOrDigits);
        self.in_time("an answer", |view| !is_second(view)).await;
    }

    async fn asks_for(&self, what: NameAsks) {
        self.until(
            "the name's screen",
            |view| matches!(view.guest, GuestView::Name { asks, checking: false, .. } if asks == what),
        )
        .await;
    }

    /// The supervisor opens staff mode.
    pub async fn staff_unlock(&self) {
        self.unlocks_with(PIN).await;
    }

    /// Somebody opens staff mode with their PIN. Returns the view in which it is open for them.
    pub async fn unlocks_with(&self, pin: &str) -> Arc<View> {
        self.does("staff.unlock", json!({ "pin": pin })).await;
        // The desk may have been open for somebody else before.
        self.has_heard_everything().await;
        self.until("staff mode", |view| view.staff.lock == StaffLock::Unlocked).await
    }

    /// A supervisor adds somebody to the staff; their id.
    pub async fn joins(&self, name: &str, role: StaffRole, pin: &str) -> Value {
        let added = self.does("staff.add_member", json!({ "name": name, "role": role, "pin": pin })).await;
        added["member"].clone()
    }

    /// The camera is pulled out.
    pub fn camera_is_pulled_out(&self) {
        self.camera.pull_out();
    }

    /// The camera is plugged in again.
    pub fn camera_is_plugged_in(&self) {
        self.camera.plug_in();
    }
}

/// The kiosk waits for an answer that it will show.
fn is_asking(view: &GuestView) -> bool {
    matches!(
        view,
        GuestView::Identifying
            | GuestView::Ticket { checking: true }
            | GuestView::Name { checking: true, .. }
            | GuestView::Confirm { checking: true, .. }
            | GuestView::MatchFace { checking: true, .. }
    )
}

/// The kiosk has come to a conclusion about a face.
fn is_answer(view: &GuestView) -> bool {
    let is_waiting =
        matches!(view, GuestView::Idle | GuestView::Approaching { .. } | GuestView::MatchFace { .. });
    !is_waiting && !is_asking(view)
}

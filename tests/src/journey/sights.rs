//! Looking at the kiosk's screen, and waiting for it.

use std::sync::Arc;
use std::time::Duration;

use portico_app::MomentKind;
use portico_app::contract::View;
use portico_protocol::Policy;
use portico_session::GuestView;
use portico_types::Clock as _;
use serde_json::{Value, json};
use tokio::time::timeout;

use super::{Journey, PATIENCE};
use crate::camera::FRAME;
use crate::clips::Jpeg;

/// How long the screen must be quiet before the clock is turned on.
const QUIET: Duration = Duration::from_millis(20);
/// By how much it is turned then.
const TURN: Duration = Duration::from_millis(200);
/// Frames for which something is held up at most: twelve seconds on the kiosk's clock.
const LONGEST_HELD: usize = 180;

impl Journey {
    /// The screen as it is.
    pub fn view(&self) -> Arc<View> {
        self.views.borrow().clone()
    }

    /// The guest's screen as it is.
    pub fn guest_view(&self) -> GuestView {
        self.view().guest.clone()
    }

    /// The guest holds these pictures before the camera, again and again, until the screen shows what is waited for.
    pub async fn holds_up(
        &mut self,
        what: &str,
        pictures: &[Jpeg],
        holds: impl Fn(&View) -> bool,
    ) -> Arc<View> {
        for picture in pictures.iter().cycle().take(LONGEST_HELD) {
            self.sees(picture).await;
            if let Some(view) = self.shows(QUIET, &holds).await {
                return view;
            }
        }
        panic!("{what}: not while it was held up; the screen shows {:?}", self.view())
    }

    /// The same before a kiosk that looks at no face: nobody tells when a picture has been dealt with.
    pub async fn holds_up_unseen(
        &mut self,
        what: &str,
        pictures: &[Jpeg],
        holds: impl Fn(&View) -> bool,
    ) -> Arc<View> {
        for picture in pictures.iter().cycle().take(LONGEST_HELD) {
            self.venue.clock.advance(FRAME);
            self.camera.show(picture, self.venue.clock.now());
            if let Some(view) = self.shows(QUIET, &holds).await {
                return view;
            }
        }
        panic!("{what}: not while it was held up; the screen shows {:?}", self.view())
    }

    /// Waits for a view while the clock stands still.
    pub async fn until(&self, what: &str, holds: impl Fn(&View) -> bool) -> Arc<View> {
        match self.shows(PATIENCE, holds).await {
            Some(view) => view,
            None => panic!("{what}: not within {PATIENCE:?}; the screen shows {:?}", self.view()),
        }
    }

    /// Waits for a view that takes time: turns the clock whenever the screen is quiet.
    pub async fn in_time(&self, what: &str, holds: impl Fn(&View) -> bool) -> Arc<View> {
        for _ in 0..PATIENCE.as_millis() / QUIET.as_millis() {
            if let Some(view) = self.shows(QUIET, &holds).await {
                return view;
            }
            self.venue.clock.advance(TURN);
        }
        panic!("{what}: never; the screen shows {:?}", self.view())
    }

    /// Makes a call again and again until its answer holds; turns the clock whenever the screen is quiet.
    pub async fn learns(&self, method: &str, params: Value, holds: impl Fn(&Value) -> bool) -> Value {
        let mut answer = Value::Null;
        for _ in 0..PATIENCE.as_millis() / QUIET.as_millis() {
            answer = self.does(method, params.clone()).await;
            if holds(&answer) {
                return answer;
            }
            self.shows(QUIET, |_| false).await;
            self.venue.clock.advance(TURN);
        }
        panic!("{method} never answers as expected; at last {answer}")
    }

    /// The view shows everything that happened before this call: the loop takes one event after the other, and what is
    /// told it here comes last.
    pub async fn has_heard_everything(&self) {
        let mut moments = self.kiosk.moments();
        self.does("preview.painted", json!({})).await;
        let last = async {
            while moments.recv().await.expect("the kiosk runs").kind != MomentKind::PreviewPainted {}
        };
        timeout(PATIENCE, last).await.expect("the loop goes on");
    }

    /// A view that comes within `patience` of real time.
    async fn shows(&self, patience: Duration, holds: impl Fn(&View) -> bool) -> Option<Arc<View>> {
        let mut views = self.views.clone();
        let shown = timeout(patience, views.wait_for(|view| holds(view))).await;
        shown.ok().map(|view| view.expect("the kiosk runs").clone())
    }

    /// The guest is welcomed by `name`; whether the backend will hear of it only later.
    pub async fn sees_welcome(&self, welcomed: &str) -> Welcomed {
        let view = self.until("a welcome", |view| matches!(view.guest, GuestView::Welcome { .. })).await;
        let GuestView::Welcome { name, note, offline } = view.guest.clone() else {
            panic!("a welcome was waited for")
        };
        assert_eq!(name, welcomed, "the greeting is for whoever stands there");
        Welcomed { note, offline }
    }

    /// The event's rules change, and the kiosk takes them over.
    pub async fn follows_new_rules(&self, tagline: &str, change: impl FnOnce(&mut Policy)) {
        self.venue.rule(tagline, change);
        self.in_time("the new rules", |view| view.event.tagline.as_deref() == Some(tagline)).await;
    }

    /// Everything has been sent.
    pub async fn has_sent_everything(&self) {
        self.has_heard_everything().await;
        self.in_time("nothing waits to be sent", |view| view.staff.waiting == 0).await;
    }

    /// So many entries wait.
    pub async fn keeps_waiting(&self, entries: u64) {
        self.has_heard_everything().await;
        self.until("entries wait to be sent", |view| view.staff.waiting == entries).await;
    }
}

/// What a welcomed guest was told beside their name.
#[derive(Debug)]
pub struct Welcomed {
    /// The event's note.
    pub note: Option<String>,
    /// Whether the backend will hear of it only later.
    pub offline: bool,
}

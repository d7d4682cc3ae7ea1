//! The loop: the sole owner of the session. Takes events one by one, hands effects to runners, publishes the view.

use std::sync::Arc;

use portico_protocol::Policy;
use portico_session::{Effect, GuestView, Input, Session, SessionPolicy, StaffNotice};
use portico_sync::Connection;
use portico_types::{CameraState, Clock, Tick};
use portico_vision::CodeInterest;
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;

use super::Shown;
use super::event::Event;
use super::glance::Glance;
use super::moments::Moments;
use super::screen::Screen;
use crate::clock::Timer;
use crate::code_thread::CodeWatch;
use crate::contract::{ConnectionView, FacesView, StaffLock, View};
use crate::moment::MomentKind;
use crate::runner::{Equipment, Runners, Situation};
use crate::tally::Tally;
use crate::vision_thread::Gate;

/// Everything that the loop owns.
pub(super) struct Loop {
    session: Session,
    screen: Screen,
    glance: Glance,
    runners: Runners,
    gate: Gate,
    codes: CodeWatch,
    clock: Arc<dyn Clock>,
    timer: Arc<dyn Timer>,
    moments: Moments,
    tally: Tally,
    published: watch::Sender<Arc<View>>,
    observed: watch::Sender<Option<u64>>,
    /// Whether the event wants guests to be offered to enrol.
    enrols_at_kiosk: bool,
    /// Whether they are.
    enrolment_offered: bool,
}

impl Loop {
    /// A loop before its first event, and what it will show.
    pub(super) fn new(
        screen: Screen,
        glance: Glance,
        equipment: Equipment,
        gate: Gate,
        codes: CodeWatch,
    ) -> (Self, Shown) {
        let (published, views) = watch::channel(Arc::new(screen.view().clone()));
        let (observed, seen) = watch::channel(None);
        let the_loop = Self {
            session: Session::new(SessionPolicy::default()),
            screen,
            glance,
            gate,
            codes,
            clock: Arc::clone(&equipment.clock),
            timer: Arc::clone(&equipment.timer),
            moments: equipment.moments.clone(),
            tally: equipment.tally.clone(),
            runners: Runners::new(equipment),
            published,
            observed,
            enrols_at_kiosk: false,
            enrolment_offered: false,
        };
        (the_loop, Shown { views, observed: seen })
    }

    /// Runs until `cancel`, then waits for the runners, so that nothing that was begun is left half done.
    pub(super) async fn run(mut self, mut inbox: mpsc::Receiver<Event>, cancel: CancellationToken) {
        loop {
            let wake = self.wake();
            tokio::select! {
                () = cancel.cancelled() => break,
                event = inbox.recv() => match event {
                    Some(event) => {
                        let frame = event.frame();
                        self.take(event);
                        self.publish();
                        self.note_observed(frame);
                    }
                    None => break,
                },
                () = wake => {
                    self.time_passed();
                    self.publish();
                }
            }
        }
        // Nobody reads any more: whoever still reports must find that out instead of waiting for room.
        drop(inbox);
        self.runners.finish().await;
    }

    /// Ends at the next moment at which something changes by itself.
    fn wake(&self) -> impl Future<Output = ()> + use<> {
        let deadline = [self.session.deadline(), self.screen.deadline()].into_iter().flatten().min();
        let wait = deadline.map(|deadline| self.timer.wait_until(deadline));
        async move {
            match wait {
                Some(wait) => wait.await,
                None => std::future::pending().await,
            }
        }
    }

    fn time_passed(&mut self) {
        let now = self.clock.now();
        if let Some(member) = self.screen.time_passed(now) {
            self.runners.staff_mode_closed(member);
        }
        if self.session.deadline().is_some_and(|deadline| deadline <= now) {
            self.feed(now, Input::TimePassed);
        }
    }

    fn take(&mut self, event: Event) {
        let now = self.clock.now();
        match event {
            Event::Session(input) => {
                self.feed(now, input);
            }
            Event::Code { text, sequence, captured_at } => {
                if self.feed(now, Input::CodeShown(text)) {
                    self.glance.code_read(sequence, captured_at);
                }
            }
            // Known to have been dealt with, and nothing else.
            Event::PassedOver(_) => {}
            Event::Camera(state) => self.camera_changed(now, state),
            Event::Sync(status) => self.connection_changed(now, status.connection),
            Event::Emptied => {
                self.runners.forget_backend();
                self.screen.forget_event();
                self.enrols_at_kiosk = false;
                self.connection_changed(now, Connection::Revoked);
                // What the session remembers of its last guest goes with the rest.
                self.feed(now, Input::EntryTakenBack);
            }
            Event::Renewed(record) => {
                self.screen.set_event(&record);
                self.feed(now, Input::RulesChanged(Situation::spoof_rules(&record.policy)));
                self.feed(now, Input::FaceRuleChanged(Situation::face_rule(&record.policy)));
                self.runners.set_event(&record, self.screen.view().event.gate.clone());
                self.enrols_at_kiosk = enrols_at_kiosk(&record.policy);
                self.offer_enrolment(now);
            }
            Event::Waiting(entries) => {
                self.screen.set_waiting(entries);
                self.moments.announce(MomentKind::Waiting { entries });
            }
            Event::Conflicts(open) => self.screen.set_conflicts(open),
            Event::Storage(storage) => self.screen.set_storage(storage),
            Event::Salvaged => self.runners.database_replaced(),
            Event::Set { languages, sounds } => self.screen.set(languages, sounds),
            Event::EntryTakenBack => {
                self.feed(now, Input::EntryTakenBack);
            }
            Event::Staff(event) => self.screen.staff(now, event),
            Event::Painted { revision, at } => {
                for moment in self.glance.painted(now, revision, at) {
                    self.moments.announce(moment);
                }
            }
            Event::PreviewPainted => self.moments.announce(MomentKind::PreviewPainted),
        }
    }

    fn connection_changed(&mut self, now: Tick, connection: Connection) {
        self.screen.set_connection(connection);
        self.runners.set_connection(connection);
        self.watch_the_door(now);
        self.offer_enrolment(now);
    }

    fn camera_changed(&mut self, now: Tick, state: CameraState) {
        self.screen.set_camera(state);
        self.watch_the_door(now);
        self.offer_enrolment(now);
    }

    /// Lets guests be offered to enrol their face while everything is there that it takes: what cannot be finished is not
    /// begun.
    fn offer_enrolment(&mut self, now: Tick) {
        let view = self.screen.view();
        let offered = self.enrols_at_kiosk
            && view.faces == FacesView::Ready
            && view.camera == CameraState::Live
            && view.connection == ConnectionView::Online;
        if std::mem::replace(&mut self.enrolment_offered, offered) != offered {
            self.feed(now, Input::EnrolmentOffered(offered));
        }
    }

    /// Lets vision look at faces, or not: without a picture, or when this kiosk's access was withdrawn, whoever stands
    /// there is no longer followed. Tickets and staff go on.
    fn watch_the_door(&mut self, now: Tick) {
        let view = self.screen.view();
        let may_look = view.camera == CameraState::Live && view.connection != ConnectionView::Revoked;
        if self.gate.set_open(may_look) && !may_look {
            self.feed(now, Input::CameraLost);
        }
    }

    /// Feeds the session; whether it wants a ticket looked up.
    fn feed(&mut self, now: Tick, input: Input) -> bool {
        let mut looks_up = false;
        if let Input::Observed(observation) = &input {
            self.glance.observed(observation);
        }
        for effect in self.session.handle(now, input) {
            match effect {
                Effect::NotifyStaff(notice) => {
                    tracing::info!(?notice, "a guest needs a person");
                    self.tally.need(notice);
                    self.screen.attention_needed();
                    if let StaffNotice::TicketRefused(refusal) = notice {
                        self.screen.ticket_refused(refusal);
                    }
                }
                effect => {
                    looks_up |= matches!(effect, Effect::LookUpTicket { .. });
                    self.glance.effect(&effect);
                    self.runners.start(effect);
                }
            }
        }
        looks_up
    }

    /// Codes are looked for whenever there is a picture, and more often once a guest was asked for one; not while the
    /// staff's sheet covers what would come of it.
    fn watch_for_codes(&self) {
        let view = self.screen.view();
        let may_look = view.camera == CameraState::Live && view.staff.lock != StaffLock::Unlocked;
        let interest = match view.guest {
            GuestView::Ticket { .. } => CodeInterest::Sought,
            // Codes with a face are dense, and the only way in.
            GuestView::Idle if view.faces == FacesView::WithTicket => CodeInterest::Sought,
            _ => CodeInterest::Casual,
        };
        self.codes.set(may_look.then_some(interest));
    }

    fn note_observed(&self, frame: Option<u64>) {
        if frame.is_some() {
            self.observed.send_replace(frame);
        }
    }

    fn publish(&mut self) {
        self.screen.set_guest(self.session.view(), self.session.encounter(), self.session.closing());
        self.watch_for_codes();
        let before = self.published.borrow().clone();
        if *before == *self.screen.view() {
            return;
        }
        self.screen.next_revision();
        let view = Arc::new(self.screen.view().clone());
        let kind = kind_of(&view.guest);
        if kind_of(&before.guest) != kind || before.encounter != view.encounter {
            self.moments.announce(MomentKind::Shown { view: kind, revision: view.revision });
            self.glance.shown(&before.guest, &view);
        }
        self.published.send_replace(view);
    }
}

/// Whether the event wants guests to enrol here, and lets their pictures go to the backend (I5).
fn enrols_at_kiosk(policy: &Policy) -> bool {
    let rules = policy.face_enrolment.as_ref();
    policy.crops_may_leave_device && rules.is_some_and(|rules| rules.at_kiosk && rules.text.is_some())
}

/// The view's `kind` on the wire.
fn kind_of(view: &GuestView) -> &'static str {
    match view {
        GuestView::Idle => "idle",
        GuestView::Approaching { .. } => "approaching",
        GuestView::Identifying => "identifying",
        GuestView::Challenge { .. } => "challenge",
        GuestView::Confirm { .. } => "confirm",
        GuestView::Welcome { .. } => "welcome",
        GuestView::AlreadyIn { .. } => "already_in",
        GuestView::NotFound { .. } => "not_found",
        GuestView::Ticket { .. } => "ticket",
        GuestView::Name { .. } => "name",
        GuestView::MatchFace { .. } => "match_face",
        GuestView::StaffCalled => "staff_called",
        GuestView::Trouble => "trouble",
        GuestView::EnrolOffer => "enrol_offer",
        GuestView::Consent { .. } => "consent",
        GuestView::Capture { .. } => "capture",
        GuestView::Enrolled { .. } => "enrolled",
        GuestView::NotEnrolled { .. } => "not_enrolled",
        GuestView::Withdraw { .. } => "withdraw",
        GuestView::Withdrawn => "withdrawn",
    }
}

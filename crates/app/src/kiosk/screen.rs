//! Composes the view from what the loop knows, and counts its revisions.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::time::Duration;

use portico_protocol::{Branding, EventRecord, TicketPolicy};
use portico_session::GuestView;
use portico_sync::Connection;
use portico_types::{CameraState, StaffId, Tick, TicketRefusal};

use super::event::StaffEvent;
use crate::config::{ScreensConfig, Theme};
use crate::contract::{
    ConnectionView, EventView, FacesView, LooksView, StaffLock, StaffView, StorageView, ThemeView, View,
};

/// The accent colour until the backend names one: a calm blue with 7:1 contrast on the dark scene.
const DEFAULT_ACCENT: &str = "#7cc4ff";

/// The screen's content and when it changes by itself.
pub(crate) struct Screen {
    view: View,
    gate: String,
    /// What this kiosk can do with faces, whatever the event wants.
    faces: FacesView,
    screens: ScreensConfig,
    /// Whether staff let results sound.
    sounds: bool,
    /// Whether the event wants it quiet.
    quiet: bool,
    /// How staff mode is closed: to be opened by a PIN, or for the first one to be chosen.
    closed: StaffLock,
    unlocked_until: Option<Tick>,
    auto_lock: Duration,
}

impl Screen {
    pub(super) fn new(
        gate: String,
        languages: Vec<String>,
        screens: ScreensConfig,
        faces: FacesView,
        pin: StaffLock,
        auto_lock: Duration,
        sounds: bool,
    ) -> Self {
        let view = View {
            revision: 0,
            event: unknown_event(&gate),
            guest: GuestView::Idle,
            encounter: 0,
            closing_in_s: None,
            camera: CameraState::Searching,
            faces,
            connection: ConnectionView::default(),
            staff: StaffView {
                lock: pin,
                member: None,
                waiting: 0,
                attention: 0,
                conflicts: 0,
                storage: StorageView::Sound,
                refused_ticket: None,
            },
            languages,
            looks: looks(screens, !sounds),
        };
        let (quiet, closed) = (false, pin);
        Self { view, gate, faces, screens, sounds, quiet, closed, unlocked_until: None, auto_lock }
    }

    pub(super) fn view(&self) -> &View {
        &self.view
    }

    pub(super) fn set_guest(&mut self, guest: GuestView, encounter: u64, closing: Option<Duration>) {
        (self.view.guest, self.view.encounter) = (guest, encounter);
        self.view.closing_in_s = closing.map(|closing| closing.as_secs() as u32);
    }

    pub(super) fn set_camera(&mut self, camera: CameraState) {
        self.view.camera = camera;
    }

    pub(super) fn set_connection(&mut self, connection: Connection) {
        self.view.connection = connection_view(connection);
    }

    pub(super) fn set(&mut self, languages: Vec<String>, sounds: bool) {
        (self.view.languages, self.sounds) = (languages, sounds);
        self.view.looks = looks(self.screens, self.is_silent());
    }

    pub(super) fn set_waiting(&mut self, waiting: u64) {
        self.view.staff.waiting = waiting;
    }

    pub(super) fn set_conflicts(&mut self, open: u64) {
        self.view.staff.conflicts = open;
    }

    pub(super) fn set_storage(&mut self, storage: StorageView) {
        self.view.staff.storage = storage;
    }

    pub(super) fn set_event(&mut self, record: &EventRecord) {
        let gate = record.gates.iter().find(|gate| gate.id == self.gate);
        self.view.event = EventView {
            name: record.name.clone(),
            tagline: record.branding.tagline.clone(),
            time_zone: record.time_zone.clone(),
            accent: record.branding.accent.clone(),
            pictures: pictures(&record.branding),
            gate: gate.map_or_else(|| self.gate.clone(), |gate| gate.name.clone()),
            enrols: record.policy.face_enrolment.as_ref().is_some_and(|rules| rules.at_kiosk),
        };
        self.quiet = record.branding.quiet;
        self.view.looks = looks(self.screens, self.is_silent());
        self.view.faces = match (self.faces, record.policy.tickets) {
            (FacesView::Ready, TicketPolicy::WithFace) => FacesView::WithTicket,
            (faces, _) => faces,
        };
    }

    /// Shows what is shown before the backend has told of an event.
    pub(super) fn forget_event(&mut self) {
        (self.view.event, self.view.faces, self.quiet) = (unknown_event(&self.gate), self.faces, false);
        self.view.looks = looks(self.screens, self.is_silent());
    }

    fn is_silent(&self) -> bool {
        self.quiet || !self.sounds
    }

    pub(super) fn attention_needed(&mut self) {
        self.view.staff.attention = self.view.staff.attention.saturating_add(1);
    }

    pub(super) fn ticket_refused(&mut self, refusal: TicketRefusal) {
        self.view.staff.refused_ticket = Some(refusal);
    }

    pub(super) fn staff(&mut self, now: Tick, event: StaffEvent) {
        let is_open = self.view.staff.lock == StaffLock::Unlocked;
        let member = match event {
            StaffEvent::Unlocked(member) => {
                // Whoever chose the first PIN has one now.
                self.closed = StaffLock::Locked;
                Some(member)
            }
            StaffEvent::Changed(member) => {
                let present = self.view.staff.member.as_mut().filter(|present| present.id == member.id);
                if let Some(present) = present {
                    *present = member;
                }
                return;
            }
            StaffEvent::BeganAnew(closed) => {
                self.closed = closed;
                if !is_open {
                    self.view.staff.lock = closed;
                }
                return;
            }
            StaffEvent::Touched if is_open => self.view.staff.member.take(),
            StaffEvent::Locked if is_open => {
                self.view.staff.refused_ticket = None;
                None
            }
            StaffEvent::Touched | StaffEvent::Locked => return,
        };
        let staff = &mut self.view.staff;
        staff.lock = if member.is_some() { StaffLock::Unlocked } else { self.closed };
        staff.attention = 0;
        self.unlocked_until = member.is_some().then(|| now + self.auto_lock);
        staff.member = member;
    }

    /// When staff mode closes by itself.
    pub(super) fn deadline(&self) -> Option<Tick> {
        self.unlocked_until
    }

    /// Closes staff mode if it was left alone; behind whom, if it did.
    pub(super) fn time_passed(&mut self, now: Tick) -> Option<StaffId> {
        self.unlocked_until.filter(|until| *until <= now)?;
        let member = self.view.staff.member.as_ref().map(|member| member.id);
        self.staff(now, StaffEvent::Locked);
        member
    }

    pub(super) fn next_revision(&mut self) {
        self.view.revision += 1;
    }
}

fn unknown_event(gate: &str) -> EventView {
    EventView {
        time_zone: "UTC".into(),
        accent: DEFAULT_ACCENT.into(),
        gate: gate.to_owned(),
        ..EventView::default()
    }
}

fn looks(screens: ScreensConfig, silent: bool) -> LooksView {
    LooksView {
        theme: theme(screens.theme),
        staff_theme: theme(screens.staff_theme),
        volume: if silent { 0 } else { screens.volume },
        speech: screens.speech && !silent && screens.volume > 0,
    }
}

fn theme(theme: Theme) -> ThemeView {
    match theme {
        Theme::Dark => ThemeView::Dark,
        Theme::Light => ThemeView::Light,
        Theme::System => ThemeView::System,
    }
}

/// A short name of the event's pictures: equal for equal ones, so that screens ask only when they have changed.
fn pictures(branding: &Branding) -> Option<String> {
    let pictures = (&branding.logo, &branding.background);
    if pictures == (&None, &None) {
        return None;
    }
    let mut hasher = DefaultHasher::new();
    pictures.hash(&mut hasher);
    Some(format!("{:016x}", hasher.finish()))
}

pub(crate) fn connection_view(connection: Connection) -> ConnectionView {
    match connection {
        Connection::Online => ConnectionView::Online,
        Connection::Offline => ConnectionView::Offline,
        Connection::Revoked => ConnectionView::Revoked,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use portico_protocol::{ChallengePolicy, EntryRule, NamePolicy, Policy, SpoofPolicy, TicketPolicy};
    use portico_types::StaffRole;

    use super::*;
    use crate::contract::PresentMember;

    fn somebody() -> PresentMember {
        PresentMember { id: StaffId::FIRST, name: "Ada".into(), role: StaffRole::Volunteer }
    }

    pub(in crate::kiosk) fn screen(pin: StaffLock) -> Screen {
        let screens = ScreensConfig { speech: true, ..ScreensConfig::default() };
        let languages = vec!["en".into()];
        Screen::new("a".into(), languages, screens, FacesView::Ready, pin, Duration::from_mins(1), true)
    }

    #[test]
    fn a_quiet_event_mutes_tones_and_speech_until_it_is_not_quiet_any_more() {
        assert!(looks(screen(StaffLock::Locked).screens, false).speech);
        let quiet = looks(screen(StaffLock::Locked).screens, true);
        assert_eq!((quiet.volume, quiet.speech), (0, false));
    }

    fn event(quiet: bool) -> EventRecord {
        EventRecord {
            id: "fair".into(),
            name: "Fair".into(),
            time_zone: "UTC".into(),
            gates: Vec::new(),
            policy: Policy {
                shown_name: NamePolicy::Full,
                crops_may_leave_device: true,
                network_budget_ms: 500,
                entry: EntryRule::Once,
                challenge: ChallengePolicy::default(),
                spoof_warning: SpoofPolicy::default(),
                face_enrolment: None,
                tickets: TicketPolicy::default(),
            },
            branding: Branding { quiet, ..Branding::default() },
            ticket_keys: Vec::new(),
            face_tickets: None,
        }
    }

    #[test]
    fn a_screen_is_silent_as_long_as_staff_or_the_event_want_it_so() {
        let mut screen = screen(StaffLock::Locked);
        let heard = |screen: &Screen| (screen.view().looks.volume > 0, screen.view().looks.speech);
        assert_eq!(heard(&screen), (true, true));
        screen.set(vec!["de".into()], false);
        assert_eq!((heard(&screen), &screen.view().languages), ((false, false), &vec!["de".to_owned()]));
        screen.set_event(&event(false));
        assert_eq!(heard(&screen), (false, false), "the event does not undo what staff set");
        screen.set_event(&event(true));
        screen.set(vec!["de".into()], true);
        assert_eq!(heard(&screen), (false, false), "nor staff what the event wants");
        screen.set_event(&event(false));
        assert_eq!(heard(&screen), (true, true));
    }

    #[test]
    fn pictures_are_named_alike_only_if_they_are_alike() {
        let picture = |url: &str| serde_json::from_value(url.into()).ok();
        let branding = |logo, background| Branding { logo, background, ..Branding::default() };
        assert_eq!(pictures(&branding(None, None)), None);
        let one = pictures(&branding(picture("a"), None));
        assert!(one.is_some());
        assert_eq!(one, pictures(&branding(picture("a"), None)));
        assert_ne!(one, pictures(&branding(None, picture("a"))));
        assert_ne!(one, pictures(&branding(picture("b"), None)));
    }

    #[test]
    fn staff_mode_closes_by_itself_sixty_seconds_after_the_last_touch() {
        let mut screen = screen(StaffLock::Locked);
        screen.staff(Tick::from_millis(0), StaffEvent::Unlocked(somebody()));
        screen.staff(Tick::from_millis(30_000), StaffEvent::Touched);
        assert_eq!(screen.time_passed(Tick::from_millis(60_000)), None, "a touch starts the minute again");
        assert_eq!(screen.view().staff.member, Some(somebody()));
        assert_eq!(screen.time_passed(Tick::from_millis(90_000)), Some(StaffId::FIRST));
        assert_eq!((screen.view().staff.lock, &screen.view().staff.member), (StaffLock::Locked, &None));
        assert_eq!(screen.deadline(), None);
    }

    #[test]
    fn a_refused_ticket_is_told_until_staff_have_been_there() {
        let mut screen = screen(StaffLock::Locked);
        screen.ticket_refused(TicketRefusal::Expired);
        screen.staff(Tick::ZERO, StaffEvent::Unlocked(somebody()));
        assert_eq!(screen.view().staff.refused_ticket, Some(TicketRefusal::Expired), "they are reading it");
        screen.staff(Tick::ZERO, StaffEvent::Locked);
        assert_eq!(screen.view().staff.refused_ticket, None);
    }

    #[test]
    fn whoever_is_here_is_what_they_are_made_at_once_and_nobody_else() {
        let mut screen = screen(StaffLock::Locked);
        let changed = PresentMember { name: "Ada B.".into(), role: StaffRole::Supervisor, ..somebody() };
        screen.staff(Tick::ZERO, StaffEvent::Changed(changed.clone()));
        assert_eq!((screen.view().staff.lock, &screen.view().staff.member), (StaffLock::Locked, &None));
        screen.staff(Tick::ZERO, StaffEvent::Unlocked(somebody()));
        let another = PresentMember { id: StaffId(uuid::Uuid::from_u128(9)), ..changed.clone() };
        screen.staff(Tick::ZERO, StaffEvent::Changed(another));
        assert_eq!(screen.view().staff.member, Some(somebody()));
        screen.staff(Tick::ZERO, StaffEvent::Changed(changed.clone()));
        assert_eq!(screen.view().staff.member, Some(changed));
    }

    #[test]
    fn an_emptied_kiosk_asks_for_its_first_pin_once_staff_mode_is_closed_and_until_one_is_chosen() {
        let mut screen = screen(StaffLock::Locked);
        let lock = |screen: &Screen| screen.view().staff.lock;
        screen.staff(Tick::ZERO, StaffEvent::Unlocked(somebody()));
        screen.staff(Tick::ZERO, StaffEvent::BeganAnew(StaffLock::Unset));
        assert_eq!(lock(&screen), StaffLock::Unlocked, "whoever empties it is not done");
        screen.staff(Tick::ZERO, StaffEvent::Locked);
        assert_eq!(lock(&screen), StaffLock::Unset);
        screen.staff(Tick::ZERO, StaffEvent::Unlocked(somebody()));
        screen.time_passed(Tick::from_millis(60_000));
        assert_eq!(lock(&screen), StaffLock::Locked);
        screen.staff(Tick::ZERO, StaffEvent::BeganAnew(StaffLock::Unset));
        assert_eq!(lock(&screen), StaffLock::Unset, "also when nobody is on duty");
    }

    #[test]
    fn a_kiosk_that_forgot_its_event_shows_what_a_new_one_does() {
        let mut screen = screen(StaffLock::Locked);
        let new = screen.view().clone();
        screen.set_event(&event(true));
        assert_ne!(*screen.view(), new);
        screen.forget_event();
        assert_eq!(*screen.view(), new);
    }

    #[test]
    fn touching_a_locked_screen_does_not_open_it() {
        for pin in [StaffLock::Locked, StaffLock::Unset] {
            let mut screen = screen(pin);
            screen.staff(Tick::ZERO, StaffEvent::Touched);
            screen.staff(Tick::ZERO, StaffEvent::Locked);
            assert_eq!((screen.view().staff.lock, &screen.view().staff.member), (pin, &None));
        }
    }
}

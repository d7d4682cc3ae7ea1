//! Whatever staff change leaves an audit row that says who it was (I8); what they only read leaves none. Every call that
//! needs a role is made here, and each of them is told apart as the one or the other.

use std::path::Path;
use std::time::Duration;

use portico_app::BackendAccess;
use portico_app::contract::{Access, CALLS, StaffLock};
use portico_proxy::LinkState;
use portico_server::DeviceRight;
use portico_store::{Actor, AdmitWish, Settlement};
use portico_tests::guests::{AMARA, OTHERS, ZHANG_WEI};
use portico_tests::journey::open_store;
use portico_tests::{Journey, Venue};
use portico_types::{
    AttendeeId, CheckInId, Clock as _, EntryWindow, GateId, Method, StaffId, StaffRole, UtcMillis,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::enrolment::rules;
use crate::out_of_service::spoil_a_page;

/// Between two calls, so that a row's time tells whose it is. The clock stands still during a call.
const APART: Duration = Duration::from_secs(1);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Reads,
    Changes,
}

/// What a call of the contract does. A new one is to be declared here, and made below if it changes anything.
fn kind(method: &str) -> Kind {
    match method {
        "staff.search" | "staff.recent" | "staff.queue" | "staff.conflicts" | "staff.look_alikes"
        | "staff.live" | "staff.diagnostics" | "staff.import_files" | "staff.import" | "staff.settings"
        | "staff.members" => Kind::Reads,
        "staff.lock"
        | "staff.check_in"
        | "staff.undo"
        | "staff.correct"
        | "staff.retry"
        | "staff.amend"
        | "staff.export_queue"
        | "staff.resolve"
        | "staff.enrol"
        | "staff.withdraw"
        | "staff.acknowledge_salvage"
        | "staff.wipe"
        | "staff.register"
        | "staff.attend"
        | "staff.begin_import"
        | "staff.end_import"
        | "staff.save_import_report"
        | "staff.support"
        | "staff.change_setting"
        | "staff.add_member"
        | "staff.set_member_pin"
        | "staff.change_member"
        | "staff.set_member_enabled" => Kind::Changes,
        unknown => panic!("{unknown} is declared neither as reading nor as changing"),
    }
}

/// A call that was made.
struct Act {
    method: &'static str,
    by: StaffId,
    at: UtcMillis,
}

/// A kiosk, and what staff did at it.
struct Watched {
    journey: Journey,
    acts: Vec<Act>,
}

impl Watched {
    fn new(journey: Journey) -> Self {
        Self { journey, acts: Vec::new() }
    }

    /// Makes a call that must succeed, at a time of its own.
    async fn does(&mut self, method: &'static str, params: Value) -> Value {
        self.journey.venue.clock.advance(APART);
        let by = self.journey.view().staff.member.clone().expect("somebody is on duty").id;
        self.acts.push(Act { method, by, at: self.journey.venue.clock.utc() });
        let reply = self.journey.does(method, params).await;
        self.journey.has_heard_everything().await;
        reply
    }

    async fn unlocks(&self) {
        self.journey.venue.clock.advance(APART);
        self.journey.staff_unlock().await;
    }

    /// Sees to it that each call that changes something has left its row, and each other one none. Returns the calls.
    async fn judged(self) -> Vec<&'static str> {
        let store = self.journey.ends().await;
        let rows = store.audit_rows(500).unwrap();
        let half = APART.as_millis() as i64 / 2;
        for Act { method, by, at } in &self.acts {
            let left = rows
                .iter()
                .filter(|row| row.note.actor == Actor::Staff(*by))
                .filter(|row| (row.note.at.0 - at.0).abs() < half);
            let actions: Vec<_> = left.map(|row| row.note.action).collect();
            assert_eq!(!actions.is_empty(), kind(method) == Kind::Changes, "{method} left {actions:?}");
        }
        self.acts.into_iter().map(|act| act.method).collect()
    }
}

#[tokio::test]
async fn every_call_that_changes_something_leaves_a_row_and_no_other_does() {
    let Some(venue) = Venue::open().await else { return };
    let mut made = everything_but_the_notice_of_damage(venue).await;
    made.extend(the_notice_of_damage().await);
    for (method, _) in CALLS.iter().filter(|(_, access)| *access != Access::Anyone) {
        kind(method);
        assert!(made.contains(method), "{method} was not made here");
    }
}

async fn the_notice_of_damage() -> Vec<&'static str> {
    let mut journey = Journey::begin_without_camera().await.expect("there are models");
    journey.loses_power_and_starts_again_with(spoil_a_page).await;
    journey.staff_unlock().await;
    let mut staff = Watched::new(journey);
    staff.does("staff.acknowledge_salvage", json!({})).await;
    staff.judged().await
}

async fn everything_but_the_notice_of_damage(venue: Venue) -> Vec<&'static str> {
    let code = venue.backend().new_pairing_code_with(Duration::from_hours(1), DeviceRight::Administer);
    let access = BackendAccess::Remote { url: venue.url(), pairing_code: Some(code.unwrap()) };
    let mut journey = Journey::start(venue, access).await;
    journey.is_in_step().await;
    journey.follows_new_rules("with your face", |policy| policy.face_enrolment = Some(rules())).await;
    journey.loses_power_and_starts_again_with(refuse_two_entries).await;
    // Let in twice: here and, before that, at another gate.
    let other = journey.venue.other_kiosk();
    journey.venue.network(LinkState::Refusing);
    other.lets_in(&journey.venue, ZHANG_WEI);
    journey.types_ticket(ZHANG_WEI.ticket).await;
    journey.sees_welcome("Zhang Wei").await;
    journey.venue.network(LinkState::Up);
    journey.in_time("the conflict", |view| view.staff.conflicts == 1).await;
    journey.does("guest.call_staff", json!({})).await;

    let mut staff = Watched::new(journey);
    staff.unlocks().await;
    about_guests(&mut staff).await;
    about_faces(&mut staff).await;
    about_imports(&mut staff).await;
    about_the_kiosk(&mut staff).await;
    about_members(&mut staff).await;
    staff.does("staff.lock", json!({})).await;
    staff.journey.until("staff mode closes", |view| view.staff.lock == StaffLock::Locked).await;
    staff.journey.has_sent_everything().await;
    staff.unlocks().await;
    staff.does("staff.wipe", json!({ "reason": "event_over" })).await;
    staff.judged().await
}

fn number(n: u128) -> CheckInId {
    CheckInId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + n))
}

/// The backend has refused one guest's entry (1) and another's (2).
fn refuse_two_entries(folder: &Path) {
    let mut store = open_store(folder);
    for (n, attendee) in [(1, AttendeeId::new(OTHERS[1].0)), (2, AMARA.id())] {
        let wish = AdmitWish {
            id: number(n),
            attendee,
            gate: GateId::new("main"),
            gate_name: "Main entrance".into(),
            method: Method::Ticket,
            at: UtcMillis(1_000),
            window: EntryWindow::whole_event(),
            score: None,
            reason: None,
            actor: Actor::Kiosk,
        };
        store.admit(&wish).unwrap();
        store.settle(&[(wish.id, Settlement::Parked { reason: "cancelled".into() })]).unwrap();
    }
}

async fn about_guests(staff: &mut Watched) {
    let (first, third) = (OTHERS[0].0, OTHERS[2].0);
    staff.does("staff.search", json!({ "query": "zhang" })).await;
    let by_hand = json!({ "attendee": first, "reason": "no ticket" });
    let entry = staff.does("staff.check_in", by_hand.clone()).await;
    staff.does("staff.undo", json!({ "check_in": entry["check_in"], "reason": "a slip" })).await;
    let entry = staff.does("staff.check_in", by_hand).await;
    let correction = json!({ "check_in": entry["check_in"], "attendee": third, "reason": "mixed up" });
    assert_eq!(staff.does("staff.correct", correction).await["kind"], "recorded");
    staff.does("staff.recent", json!({})).await;

    let queue = staff.does("staff.queue", json!({})).await;
    assert_eq!(queue["parked"].as_array().map(Vec::len), Some(2), "{queue}");
    let amendment = json!({ "entry": number(1), "attendee": first, "reason": "mixed up" });
    staff.does("staff.amend", amendment).await;
    staff.does("staff.retry", json!({ "entry": number(2) })).await;

    let conflicts = staff.does("staff.conflicts", json!({})).await;
    let resolution =
        json!({ "conflict": conflicts[0]["conflict"], "resolution": "accept", "reason": "came_back" });
    staff.does("staff.resolve", resolution).await;

    let newcomer = json!({ "name": "Mia Wagner", "phone": null });
    staff.does("staff.look_alikes", newcomer).await;
    let newcomer = json!({ "name": "Mia Wagner", "company": null, "phone": null, "note": null });
    staff.does("staff.register", newcomer).await;
    let live = staff.does("staff.live", json!({})).await;
    staff.does("staff.attend", json!({ "need": live["needs"][0]["need"] })).await;
}

async fn about_faces(staff: &mut Watched) {
    let who = |attendee: &str| json!({ "attendee": attendee, "reason": "guest_wish" });
    staff.does("staff.withdraw", who(AMARA.id().as_str())).await;
    staff.does("staff.enrol", who(OTHERS[1].0)).await;
    staff.journey.until("staff mode closes", |view| view.staff.lock == StaffLock::Locked).await;
    staff.journey.does("guest.dismiss", json!({})).await;
    staff.unlocks().await;
}

async fn about_imports(staff: &mut Watched) {
    let choice = staff.does("staff.import_files", json!({})).await;
    let file = Path::new(choice["folder"].as_str().unwrap()).join("guests.csv");
    std::fs::write(&file, "Name;Ticket;Telefon\nNgozi Adeyemi;NA4T7P;\nWu Xiulan;WX2Q8R;no phone\n").unwrap();
    let order = json!({ "file": file, "preview": false, "columns": {}, "agreement": null });
    staff.does("staff.begin_import", order).await;
    let ended = |view: &Value| view["kind"] == "taken" && view["report"]["state"] == "done";
    staff.journey.learns("staff.import", json!({}), ended).await;
    staff.does("staff.import", json!({})).await;
    staff.does("staff.save_import_report", json!({})).await;
    staff.does("staff.end_import", json!({})).await;
}

async fn about_the_kiosk(staff: &mut Watched) {
    staff.does("staff.diagnostics", json!({})).await;
    staff.does("staff.support", json!({})).await;
    staff.does("staff.settings", json!({})).await;
    staff.does("staff.change_setting", json!({ "change": { "kind": "sounds", "on": false } })).await;
    staff.does("staff.export_queue", json!({ "passphrase": "correct horse battery" })).await;
}

async fn about_members(staff: &mut Watched) {
    let noor = json!({ "name": "Noor Haddad", "role": StaffRole::Volunteer, "pin": "1357" });
    let noor = staff.does("staff.add_member", noor).await["member"].clone();
    staff.does("staff.members", json!({})).await;
    staff.does("staff.set_member_pin", json!({ "member": noor, "pin": "8642" })).await;
    let other = json!({ "member": noor, "name": "Noor H.", "role": StaffRole::Supervisor });
    staff.does("staff.change_member", other).await;
    staff.does("staff.set_member_enabled", json!({ "member": noor, "enabled": false })).await;
}

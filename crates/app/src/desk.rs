//! Answers the calls of the contract. Guest calls go to the session; staff calls are refused unless staff mode is open.

mod audit;
mod conflicts;
mod diagnostics;
mod live;
mod parked;
mod rows;
mod settings;
mod staff;
mod support;
mod unlock;
mod walk_in;
mod wipe;

use std::sync::Arc;

use portico_session::Input;

pub(crate) use audit::audit_lock;
pub(crate) use unlock::StaffDoor;
pub(crate) use wipe::Place;

use crate::contract::{
    AcknowledgeSalvage, Amend, Attend, CallStaff, ChangeSetting, CheckInByHand, ChoosePin, ConflictRow,
    Conflicts, Correct, CurrentView, Desk, Diagnostics, DiagnosticsReport, Dismiss, EnterFact, EnterTicket,
    ExportQueue, Handled, Live, LiveReport, Lock, LookAlikeRow, LookAlikes, Painted, PreviewPainted, Queue,
    QueueExport, QueueReport, Recent, RecentCheckIn, Register, Registered, Resolve, Retry, RosterRow,
    RpcError, Search, Settings, SettingsReport, StaffAdmission, StaffLock, Support, SupportFile, Undo,
    Unlock, UseFace, UseTicket, View, Wipe,
};
use crate::kiosk::Kiosk;
use crate::kiosk::event::{Event, StaffEvent};

impl Kiosk {
    async fn tell(&self, event: Event) -> Result<Handled, RpcError> {
        if self.equipment.mailbox.send(event).await { Ok(Handled {}) } else { Err(RpcError::unavailable()) }
    }

    async fn feed(&self, input: Input) -> Result<Handled, RpcError> {
        self.tell(Event::Session(input)).await
    }

    /// Refuses unless staff mode is open, and keeps it open for another while.
    async fn staff_only(&self) -> Result<(), RpcError> {
        if self.shown.views.borrow().staff.lock != StaffLock::Unlocked {
            return Err(RpcError::locked());
        }
        self.tell(Event::Staff(StaffEvent::Touched)).await.map(|_| ())
    }

    /// How this kiosk is doing.
    async fn findings(&self) -> Result<DiagnosticsReport, RpcError> {
        let view = Arc::clone(&self.shown.views.borrow());
        let sync = self.sync_status.borrow().clone();
        diagnostics::report(&self.equipment, &self.station, &sync, &view).await
    }
}

impl Desk for Kiosk {
    async fn current_view(&self, _: CurrentView) -> Result<View, RpcError> {
        Ok(View::clone(&self.shown.views.borrow()))
    }

    async fn painted(&self, params: Painted) -> Result<Handled, RpcError> {
        self.tell(Event::Painted(params.revision)).await
    }

    async fn preview_painted(&self, _: PreviewPainted) -> Result<Handled, RpcError> {
        self.tell(Event::PreviewPainted).await
    }

    async fn use_face(&self, _: UseFace) -> Result<Handled, RpcError> {
        self.feed(Input::Tapped).await
    }

    async fn use_ticket(&self, _: UseTicket) -> Result<Handled, RpcError> {
        self.feed(Input::TicketWanted).await
    }

    async fn enter_ticket(&self, params: EnterTicket) -> Result<Handled, RpcError> {
        self.feed(Input::TicketEntered(params.code)).await
    }

    async fn enter_fact(&self, params: EnterFact) -> Result<Handled, RpcError> {
        self.feed(Input::FactEntered(params.digits)).await
    }

    async fn dismiss(&self, _: Dismiss) -> Result<Handled, RpcError> {
        self.feed(Input::Dismissed).await
    }

    async fn call_staff(&self, _: CallStaff) -> Result<Handled, RpcError> {
        self.feed(Input::StaffCalled).await
    }

    async fn unlock(&self, params: Unlock) -> Result<Handled, RpcError> {
        self.door.unlock(&self.equipment, params.pin).await?;
        self.tell(Event::Staff(StaffEvent::Unlocked)).await
    }

    async fn choose_pin(&self, params: ChoosePin) -> Result<Handled, RpcError> {
        self.door.choose_pin(&self.equipment, params.pin).await?;
        self.tell(Event::Staff(StaffEvent::PinChosen)).await
    }

    async fn lock(&self, _: Lock) -> Result<Handled, RpcError> {
        self.staff_only().await?;
        audit_lock(&self.equipment).await;
        self.tell(Event::Staff(StaffEvent::Locked)).await
    }

    async fn search(&self, params: Search) -> Result<Vec<RosterRow>, RpcError> {
        self.staff_only().await?;
        staff::search(&self.equipment, params.query).await
    }

    async fn check_in_by_hand(&self, params: CheckInByHand) -> Result<StaffAdmission, RpcError> {
        self.staff_only().await?;
        staff::check_in(&self.equipment, params.attendee, params.reason).await
    }

    async fn undo(&self, params: Undo) -> Result<Handled, RpcError> {
        self.staff_only().await?;
        staff::undo(&self.equipment, params.check_in, params.reason).await
    }

    async fn correct(&self, params: Correct) -> Result<StaffAdmission, RpcError> {
        self.staff_only().await?;
        staff::correct(&self.equipment, params).await
    }

    async fn recent(&self, _: Recent) -> Result<Vec<RecentCheckIn>, RpcError> {
        self.staff_only().await?;
        staff::recent(&self.equipment).await
    }

    async fn retry(&self, params: Retry) -> Result<Handled, RpcError> {
        self.staff_only().await?;
        parked::retry(&self.equipment, params.entry).await
    }

    async fn amend(&self, params: Amend) -> Result<Handled, RpcError> {
        self.staff_only().await?;
        parked::amend(&self.equipment, params).await
    }

    async fn export_queue(&self, params: ExportQueue) -> Result<QueueExport, RpcError> {
        self.staff_only().await?;
        wipe::export(&self.equipment, &self.place, params.passphrase).await
    }

    async fn conflicts(&self, _: Conflicts) -> Result<Vec<ConflictRow>, RpcError> {
        self.staff_only().await?;
        conflicts::list(&self.equipment).await
    }

    async fn resolve(&self, params: Resolve) -> Result<Handled, RpcError> {
        self.staff_only().await?;
        conflicts::resolve(&self.equipment, params.conflict, params.resolution, params.reason).await
    }

    async fn acknowledge_salvage(&self, _: AcknowledgeSalvage) -> Result<Handled, RpcError> {
        self.staff_only().await?;
        staff::acknowledge_salvage(&self.equipment).await
    }

    async fn wipe(&self, params: Wipe) -> Result<Handled, RpcError> {
        self.staff_only().await?;
        wipe::wipe(&self.equipment, &self.place, params.reason).await
    }

    async fn look_alikes(&self, params: LookAlikes) -> Result<Vec<LookAlikeRow>, RpcError> {
        self.staff_only().await?;
        walk_in::look_alikes(&self.equipment, params.name, params.phone).await
    }

    async fn register(&self, params: Register) -> Result<Registered, RpcError> {
        self.staff_only().await?;
        walk_in::register(&self.equipment, params).await
    }

    async fn live(&self, _: Live) -> Result<LiveReport, RpcError> {
        self.staff_only().await?;
        live::report(&self.equipment).await
    }

    async fn attend(&self, params: Attend) -> Result<Handled, RpcError> {
        self.staff_only().await?;
        live::attend(&self.equipment, params.need).await
    }

    async fn diagnostics(&self, _: Diagnostics) -> Result<DiagnosticsReport, RpcError> {
        self.staff_only().await?;
        self.findings().await
    }

    async fn support(&self, _: Support) -> Result<SupportFile, RpcError> {
        self.staff_only().await?;
        let findings = support::Findings {
            diagnostics: self.findings().await?,
            settings: settings::report(&self.equipment, &self.station).await?,
            live: live::report(&self.equipment).await?,
        };
        support::write(&self.equipment, &self.station, findings).await
    }

    async fn settings(&self, _: Settings) -> Result<SettingsReport, RpcError> {
        self.staff_only().await?;
        settings::report(&self.equipment, &self.station).await
    }

    async fn change_setting(&self, params: ChangeSetting) -> Result<Handled, RpcError> {
        self.staff_only().await?;
        settings::change(&self.equipment, &self.station, params.change).await
    }

    async fn queue(&self, _: Queue) -> Result<QueueReport, RpcError> {
        self.staff_only().await?;
        let status = self.sync_status.borrow().clone();
        staff::queue(&self.equipment, &status).await
    }
}

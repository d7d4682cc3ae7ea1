//! Answers the calls of the contract. Guest calls go to the session; staff calls come with whoever is on duty, and do not
//! come here at all while staff mode is closed or open for somebody who may not make them.

mod audit;
mod conflicts;
mod diagnostics;
mod enrolment;
mod imports;
mod live;
mod looks;
mod members;
mod parked;
mod rows;
mod scan;
mod settings;
mod staff;
mod support;
mod unlock;
mod walk_in;
mod window;
mod wipe;

use std::sync::Arc;

use portico_session::Input;
use portico_types::{StaffId, StaffRole};

pub(crate) use audit::audit_lock;
pub(crate) use unlock::StaffDoor;
pub(crate) use wipe::Place;

use crate::contract::{
    AcknowledgeSalvage, AddMember, Agree, Amend, Attend, BeginImport, CallStaff, ChangeMember, ChangeSetting,
    CheckInByHand, ChoosePin, ConfirmWithdrawal, ConflictRow, Conflicts, ConsentSheet, Correct, CurrentView,
    Desk, Diagnostics, DiagnosticsReport, Dismiss, EndImport, EnterFact, EnterName, EnterTicket,
    EventPictures, ExportQueue, GiveEventPictures, Handled, Import, ImportChoice, ImportFiles, ImportView,
    Live, LiveReport, Lock, LookAlikeRow, LookAlikes, MemberRow, Members, OnDuty, Painted, PresentMember,
    PreviewPainted, Queue, QueueExport, QueueReport, ReadConsent, Recent, RecentCheckIn, Register,
    Registered, Resolve, Retry, RosterRow, RpcError, SaveImportReport, SavedImportReport, Search,
    SetMemberEnabled, SetMemberPin, Settings, SettingsReport, StaffAdmission, StartEnrolment, Support,
    SupportFile, Touched, Undo, Unlock, UseFace, UseName, UseTicket, View, WantEnrolment, WantWithdrawal,
    Wipe, WithdrawFor,
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

    async fn opened_for(&self, member: PresentMember) -> Result<Handled, RpcError> {
        self.tell(Event::Staff(StaffEvent::Unlocked(member))).await
    }

    async fn closes_behind(&self, member: StaffId) -> Result<Handled, RpcError> {
        audit_lock(&self.equipment, member).await;
        self.tell(Event::Staff(StaffEvent::Locked)).await
    }

    /// How this kiosk is doing.
    async fn findings(&self) -> Result<DiagnosticsReport, RpcError> {
        let view = Arc::clone(&self.shown.views.borrow());
        let sync = self.sync_status.borrow().clone();
        diagnostics::report(&self.equipment, &self.station, &sync, &view).await
    }
}

impl Desk for Kiosk {
    /// Keeps staff mode open for another while, if it is open for somebody who may do what is asked.
    async fn on_duty(&self, least: StaffRole) -> Result<OnDuty, RpcError> {
        let present = self.shown.views.borrow().staff.member.clone().ok_or_else(RpcError::locked)?;
        if present.role < least {
            return Err(RpcError::supervisor_only());
        }
        self.tell(Event::Staff(StaffEvent::Touched)).await?;
        Ok(OnDuty { member: present.id, role: present.role })
    }

    async fn current_view(&self, _: CurrentView) -> Result<View, RpcError> {
        Ok(View::clone(&self.shown.views.borrow()))
    }

    async fn painted(&self, params: Painted) -> Result<Handled, RpcError> {
        self.tell(Event::Painted { revision: params.revision, at: params.at }).await
    }

    async fn event_pictures(&self, _: GiveEventPictures) -> Result<EventPictures, RpcError> {
        looks::pictures(&self.equipment).await
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

    async fn use_name(&self, _: UseName) -> Result<Handled, RpcError> {
        self.feed(Input::NameWanted).await
    }

    async fn enter_name(&self, params: EnterName) -> Result<Handled, RpcError> {
        self.feed(Input::NameEntered(params.text)).await
    }

    async fn touched(&self, _: Touched) -> Result<Handled, RpcError> {
        self.feed(Input::Touched).await
    }

    async fn enter_ticket(&self, params: EnterTicket) -> Result<Handled, RpcError> {
        let code = scan::likelier_reading(&self.equipment, params).await;
        self.feed(Input::TicketEntered(code)).await
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

    async fn want_enrolment(&self, _: WantEnrolment) -> Result<Handled, RpcError> {
        self.feed(Input::EnrolmentWanted).await
    }

    async fn read_consent(&self, params: ReadConsent) -> Result<ConsentSheet, RpcError> {
        enrolment::sheet(&self.equipment, &params.language)
    }

    async fn agree(&self, params: Agree) -> Result<Handled, RpcError> {
        self.feed(enrolment::consent(&self.equipment, params)?).await
    }

    async fn want_withdrawal(&self, _: WantWithdrawal) -> Result<Handled, RpcError> {
        self.feed(Input::WithdrawalWanted).await
    }

    async fn confirm_withdrawal(&self, _: ConfirmWithdrawal) -> Result<Handled, RpcError> {
        self.feed(Input::WithdrawalConfirmed).await
    }

    async fn unlock(&self, params: Unlock) -> Result<Handled, RpcError> {
        let member = self.door.unlock(&self.equipment, params.pin).await?;
        self.opened_for(member).await
    }

    async fn choose_pin(&self, params: ChoosePin) -> Result<Handled, RpcError> {
        let member = self.door.choose_pin(&self.equipment, &params.name, params.pin).await?;
        self.opened_for(member).await
    }

    async fn lock(&self, by: OnDuty, _: Lock) -> Result<Handled, RpcError> {
        self.closes_behind(by.member).await
    }

    async fn search(&self, by: OnDuty, params: Search) -> Result<Vec<RosterRow>, RpcError> {
        staff::search(&self.equipment, by, params.query).await
    }

    async fn check_in_by_hand(&self, by: OnDuty, params: CheckInByHand) -> Result<StaffAdmission, RpcError> {
        staff::check_in(&self.equipment, by, params.attendee, params.reason).await
    }

    async fn undo(&self, by: OnDuty, params: Undo) -> Result<Handled, RpcError> {
        staff::undo(&self.equipment, by, params.check_in, params.reason).await
    }

    async fn correct(&self, by: OnDuty, params: Correct) -> Result<StaffAdmission, RpcError> {
        staff::correct(&self.equipment, by, params).await
    }

    async fn recent(&self, by: OnDuty, _: Recent) -> Result<Vec<RecentCheckIn>, RpcError> {
        staff::recent(&self.equipment, by).await
    }

    async fn retry(&self, by: OnDuty, params: Retry) -> Result<Handled, RpcError> {
        parked::retry(&self.equipment, by, params.entry).await
    }

    async fn amend(&self, by: OnDuty, params: Amend) -> Result<Handled, RpcError> {
        parked::amend(&self.equipment, by, params).await
    }

    async fn export_queue(&self, by: OnDuty, params: ExportQueue) -> Result<QueueExport, RpcError> {
        wipe::export(&self.equipment, by, &self.place, params.passphrase).await
    }

    async fn conflicts(&self, by: OnDuty, _: Conflicts) -> Result<Vec<ConflictRow>, RpcError> {
        conflicts::list(&self.equipment, by).await
    }

    async fn resolve(&self, by: OnDuty, params: Resolve) -> Result<Handled, RpcError> {
        conflicts::resolve(&self.equipment, by, params.conflict, params.resolution, params.reason).await
    }

    async fn acknowledge_salvage(&self, by: OnDuty, _: AcknowledgeSalvage) -> Result<Handled, RpcError> {
        staff::acknowledge_salvage(&self.equipment, by).await
    }

    async fn wipe(&self, by: OnDuty, params: Wipe) -> Result<Handled, RpcError> {
        wipe::wipe(&self.equipment, by, &self.place, &self.door, &self.station, params.reason).await
    }

    async fn start_enrolment(&self, by: OnDuty, params: StartEnrolment) -> Result<Handled, RpcError> {
        let start = enrolment::start(&self.equipment, by, params.attendee, params.reason).await?;
        self.feed(start).await?;
        // The screen is the guest's from here on.
        self.closes_behind(by.member).await
    }

    async fn withdraw_for(&self, by: OnDuty, params: WithdrawFor) -> Result<Handled, RpcError> {
        enrolment::remove(&self.equipment, by, params.attendee, params.reason).await
    }

    async fn look_alikes(&self, by: OnDuty, params: LookAlikes) -> Result<Vec<LookAlikeRow>, RpcError> {
        walk_in::look_alikes(&self.equipment, by, params.name, params.phone).await
    }

    async fn register(&self, by: OnDuty, params: Register) -> Result<Registered, RpcError> {
        walk_in::register(&self.equipment, by, params).await
    }

    async fn live(&self, _: OnDuty, _: Live) -> Result<LiveReport, RpcError> {
        live::report(&self.equipment).await
    }

    async fn attend(&self, by: OnDuty, params: Attend) -> Result<Handled, RpcError> {
        live::attend(&self.equipment, by, params.need).await
    }

    async fn diagnostics(&self, _: OnDuty, _: Diagnostics) -> Result<DiagnosticsReport, RpcError> {
        self.findings().await
    }

    async fn support(&self, by: OnDuty, _: Support) -> Result<SupportFile, RpcError> {
        let findings = support::Findings {
            diagnostics: self.findings().await?,
            settings: settings::report(&self.equipment, &self.station).await?,
            live: live::report(&self.equipment).await?,
        };
        support::write(&self.equipment, by, &self.station, findings).await
    }

    async fn import_files(&self, _: OnDuty, _: ImportFiles) -> Result<ImportChoice, RpcError> {
        imports::files(&self.station.imports).await
    }

    async fn begin_import(&self, by: OnDuty, params: BeginImport) -> Result<ImportView, RpcError> {
        imports::begin(&self.equipment, by, &self.station.imports, params).await
    }

    async fn import(&self, _: OnDuty, _: Import) -> Result<ImportView, RpcError> {
        imports::view(&self.equipment, &self.station.imports).await
    }

    async fn end_import(&self, by: OnDuty, _: EndImport) -> Result<Handled, RpcError> {
        imports::end(&self.equipment, by, &self.station.imports).await
    }

    async fn save_import_report(
        &self,
        by: OnDuty,
        _: SaveImportReport,
    ) -> Result<SavedImportReport, RpcError> {
        imports::save_report(&self.equipment, by, &self.station.imports).await
    }

    async fn settings(&self, _: OnDuty, _: Settings) -> Result<SettingsReport, RpcError> {
        settings::report(&self.equipment, &self.station).await
    }

    async fn change_setting(&self, by: OnDuty, params: ChangeSetting) -> Result<Handled, RpcError> {
        settings::change(&self.equipment, by, &self.station, params.change).await
    }

    async fn queue(&self, by: OnDuty, _: Queue) -> Result<QueueReport, RpcError> {
        let status = self.sync_status.borrow().clone();
        staff::queue(&self.equipment, by, &status).await
    }

    async fn members(&self, _: OnDuty, _: Members) -> Result<Vec<MemberRow>, RpcError> {
        members::list(&self.equipment).await
    }

    async fn add_member(&self, by: OnDuty, params: AddMember) -> Result<MemberRow, RpcError> {
        members::add(&self.door, &self.equipment, by, params).await
    }

    async fn set_member_pin(&self, by: OnDuty, params: SetMemberPin) -> Result<Handled, RpcError> {
        members::set_pin(&self.door, &self.equipment, by, params).await
    }

    async fn change_member(&self, by: OnDuty, params: ChangeMember) -> Result<Handled, RpcError> {
        let changed = members::change(&self.equipment, by, params).await?;
        self.tell(Event::Staff(StaffEvent::Changed(changed))).await
    }

    async fn set_member_enabled(&self, by: OnDuty, params: SetMemberEnabled) -> Result<Handled, RpcError> {
        members::set_enabled(&self.equipment, by, &params).await?;
        if params.member == by.member && !params.enabled {
            // Whoever bars themselves has no business here any more.
            self.closes_behind(by.member).await?;
        }
        Ok(Handled {})
    }
}

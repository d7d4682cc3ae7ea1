//! Taking a kiosk out of service: what the backend has not taken goes into an encrypted file, then everything but the
//! audit goes.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use portico_protocol::queue_file::{self, QueueFile, QueueFileError, RANDOM_BYTES};
use portico_protocol::rfc3339;
use portico_store::{Actor, AuditNote, MetaKey, OutboxEntry, WipeOutcome, WipeWish};
use portico_types::{AuditAction, CheckInId};
use zeroize::Zeroizing;

use super::settings;
use super::staff::{ask, stated};
use super::unlock::{StaffDoor, Turn};
use crate::backend::{Exchange, reload_gallery};
use crate::config::Config;
use crate::contract::{Handled, OnDuty, QueueExport, Recovery, RpcError};
use crate::imports::Imports;
use crate::kiosk::BackendAccess;
use crate::kiosk::event::{Event, StaffEvent};
use crate::runner::Equipment;
use crate::station::Station;

/// Where this kiosk keeps its things, and what ends its exchange with the backend.
#[derive(Clone)]
pub(crate) struct Place {
    data_dir: PathBuf,
    name: String,
    /// Whether the event itself is kept by this very process.
    keeps_event: bool,
    exchange: Exchange,
}

impl Place {
    pub(crate) fn new(config: &Config, access: &BackendAccess, exchange: Exchange) -> Self {
        let keeps_event = matches!(access, BackendAccess::Paired { .. });
        Self { data_dir: config.data_dir.clone(), name: config.name.clone(), keeps_event, exchange }
    }
}

/// Writes everything that waits or was refused into an encrypted file in the data folder.
pub(super) async fn export(
    equipment: &Equipment,
    by: OnDuty,
    place: &Place,
    passphrase: String,
) -> Result<QueueExport, RpcError> {
    let passphrase = Zeroizing::new(passphrase);
    let at = equipment.clock.utc();
    let (lines, device_id) =
        ask(equipment, |store| Ok((store.export_rows()?, store.meta(MetaKey::DeviceId)?))).await?;
    let entries: Vec<OutboxEntry> = lines.into_iter().map(|line| line.entry).collect();
    let exported: Vec<CheckInId> = entries.iter().map(|entry| entry.id).collect();
    let queue = QueueFile {
        kiosk: place.name.clone(),
        device_id,
        exported_at: rfc3339(at),
        entries: entries.iter().map(record).collect(),
    };
    let mut random = [0; RANDOM_BYTES];
    equipment.random.fill(&mut random);
    let file = place.data_dir.join(format!("queue-{}.portico", rfc3339(at).replace(':', "-")));
    let path = file.clone();
    let written = tokio::task::spawn_blocking(move || {
        let sealed = queue_file::seal(&passphrase, &queue, &random)?;
        write_durably(&path, &sealed).map_err(|error| QueueFileError::Content(error.to_string()))
    });
    written.await.map_err(|_| RpcError::unavailable())?.map_err(refused)?;
    let note = AuditNote {
        action: AuditAction::Export,
        actor: Actor::Staff(by.member),
        attendee: None,
        before: None,
        after: None,
        reason: None,
        at,
    };
    let count = exported.len() as u64;
    ask(equipment, move |store| store.mark_exported(&exported, &note)).await?;
    Ok(QueueExport { file: file.display().to_string(), entries: count })
}

/// Removes everything but the audit, unless something waits that was not exported. From then on this kiosk has no access
/// to the backend and looks at no face, until it is started and paired again. Its staff begin as at a new one.
pub(super) async fn wipe(
    equipment: &Equipment,
    by: OnDuty,
    place: &Place,
    door: &StaffDoor,
    station: &Station,
    reason: String,
) -> Result<Handled, RpcError> {
    let imports = &station.imports;
    let reason = stated(reason)?;
    if place.keeps_event {
        return Err(RpcError::new("staff.wipe_keeps_event", Recovery::Guide));
    }
    let wish = WipeWish { at: equipment.clock.utc(), reason, actor: Actor::Staff(by.member) };
    let again = wish.clone();
    // Nobody passes the door meanwhile, with a PIN that is about to go or with one that would go at once.
    let turn = door.turn(equipment).await;
    refuse_while_waiting(ask(equipment, move |store| store.wipe(&wish)).await?)?;
    // The token is gone from the disk; what still runs with it must not fetch everything again, nor send anything.
    place.exchange.end().await;
    imports.drop_current();
    // After whatever the exchange has told the loop: nothing of that is heard any more.
    equipment.mailbox.send(Event::Emptied).await;
    place.exchange.has_no_access();
    clear(imports).await;
    // A page that had arrived meanwhile waited behind the wipe: it goes as well, and so does what was only counted.
    equipment.tally.write_down(&equipment.store).await;
    let emptied = ask(equipment, move |store| store.wipe(&again)).await;
    conclude(equipment, &turn, station, emptied).await
}

/// What is gone from the disk is forgotten in memory, too: each step is taken whether or not the one before it went well.
/// `emptied` is how the last look for a late page ended.
async fn conclude(
    equipment: &Equipment,
    turn: &Turn<'_>,
    station: &Station,
    emptied: Result<WipeOutcome, RpcError>,
) -> Result<Handled, RpcError> {
    let begun = turn.begin_anew(&station.config.staff).await;
    if let Ok(closed) = begun {
        equipment.mailbox.send(Event::Staff(StaffEvent::BeganAnew(closed))).await;
    }
    let set = settings::forget(equipment, station).await;
    let reloaded = reload_gallery(equipment).await.map_err(|_| RpcError::unavailable());
    equipment.reload_doubtful().await;
    equipment.announce_queue().await;
    // Somebody came in by that very page: staff mode stays open for taking their entry along. In any other case whoever is
    // on duty is none of this kiosk's staff any more.
    if !matches!(emptied, Ok(WipeOutcome::EntriesWait { .. })) {
        equipment.mailbox.send(Event::Staff(StaffEvent::Locked)).await;
    }
    refuse_while_waiting(emptied?)?;
    begun.and(set).and(reloaded).map(|()| Handled {})
}

fn refuse_while_waiting(outcome: WipeOutcome) -> Result<(), RpcError> {
    match outcome {
        WipeOutcome::EntriesWait { .. } => Err(RpcError::new("staff.entries_wait", Recovery::Guide)),
        WipeOutcome::Wiped => Ok(()),
    }
}

/// Lists of guests and what the kiosk wrote about them.
async fn clear(imports: &Imports) {
    let folders = imports.folders.clone();
    match tokio::task::spawn_blocking(move || folders.clear()).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::error!(%error, "the folder for imports could not be emptied"),
        Err(error) => tracing::error!(%error, "the folder for imports could not be emptied"),
    }
}

fn record(entry: &OutboxEntry) -> portico_protocol::CheckInEntry {
    portico_ticketing::entry_record(&portico_sync::delivery(entry))
}

/// On disk under its own name before anybody counts on it.
pub(super) fn write_durably(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    // Only Unix lets a directory be opened to make the new name durable.
    #[cfg(unix)]
    if let Some(parent) = path.parent() {
        std::fs::File::open(parent)?.sync_all()?;
    }
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that `map_err` takes")]
fn refused(error: QueueFileError) -> RpcError {
    if error == QueueFileError::WeakPassphrase {
        return RpcError::new("staff.passphrase_short", Recovery::Guide);
    }
    tracing::error!(%error, "the queue could not be exported");
    RpcError::new("staff.export_failed", Recovery::Retry)
}

#[cfg(test)]
mod tests {
    use portico_camera::{FrameSlot, OpenDevice};
    use portico_testkit::{attendee, template};
    use portico_types::Tick;

    use super::*;
    use crate::equipped::Equipped;
    use crate::guesses::Guesses;
    use crate::log_lines::LogLines;
    use crate::pin::Pins;
    use crate::settings::Settings;
    use crate::station::Eye;

    /// A station whose configuration has no usable PIN for its first supervisor.
    fn station(equipped: &Equipped) -> Station {
        let mut config = Config::standalone(equipped.folder.path().to_owned());
        config.staff.initial_pin = Some("no PIN".into());
        let eye = Eye { device: OpenDevice::default(), slot: FrameSlot::new(), switch: None };
        let settings = Settings { sounds: Some(false), ..Settings::default() };
        Station::new(&config, settings, eye, LogLines::default(), Tick::ZERO)
    }

    /// How the call is answered where the staff cannot begin anew, and whether staff mode was closed.
    async fn concluded(emptied: Result<WipeOutcome, RpcError>) -> (String, bool) {
        let mut equipped = Equipped::new();
        let guest = template(&attendee("Bo Chen"), 1);
        equipped.equipment.gallery.write().unwrap().upsert(&guest).unwrap();
        let station = station(&equipped);
        let pepper = equipped.store(|store| store.pin_pepper()).await;
        let door = StaffDoor::new(Pins::new(pepper), Guesses::at_start(None, Tick::ZERO));
        let turn = door.turn(&equipped.equipment).await;
        let refused = conclude(&equipped.equipment, &turn, &station, emptied).await.unwrap_err();
        assert!(equipped.equipment.gallery.read().unwrap().is_empty(), "no guest's face is kept");
        assert_eq!(*station.settings.lock().await, Settings::default());
        let told = std::iter::from_fn(|| equipped.inbox.try_recv().ok());
        let closes = told.into_iter().any(|event| matches!(event, Event::Staff(StaffEvent::Locked)));
        (refused.code, closes)
    }

    #[tokio::test]
    async fn what_cannot_be_done_after_the_wipe_leaves_nothing_else_undone() {
        let failed = || RpcError::new("store.failed", Recovery::Retry);
        assert_eq!(concluded(Ok(WipeOutcome::Wiped)).await, (failed().code, true));
        assert_eq!(concluded(Err(RpcError::unavailable())).await, (RpcError::unavailable().code, true));
    }

    #[tokio::test]
    async fn staff_mode_stays_open_for_an_entry_that_came_late() {
        let late = WipeOutcome::EntriesWait { waiting: 1, parked: 0 };
        assert_eq!(concluded(Ok(late)).await, ("staff.entries_wait".to_owned(), false));
    }
}

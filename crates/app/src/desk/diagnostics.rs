//! How this kiosk is doing: measured where it happens, gathered here.

use std::sync::PoisonError;

use portico_store::{DiskState, KeyProtection};
use portico_sync::SyncStatus;
use portico_vision::Recognition;

use super::staff::ask;
use crate::contract::{
    CameraReport, DeviceFacts, DiagnosticsReport, KeyLevel, RecognitionReport, RpcError, StorageReport,
    SyncReport, View,
};
use crate::kiosk::screen::connection_view;
use crate::runner::Equipment;
use crate::station::{Eye, Station};

pub(super) async fn report(
    equipment: &Equipment,
    station: &Station,
    sync: &SyncStatus,
    view: &View,
) -> Result<DiagnosticsReport, RpcError> {
    Ok(DiagnosticsReport {
        at: equipment.clock.utc(),
        up_seconds: equipment.clock.now().since(station.started_at).as_secs(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        camera: camera(&station.eye, view),
        recognition: recognition(equipment, station, view),
        stages: equipment.times.figures(),
        storage: storage(equipment, view).await?,
        sync: SyncReport {
            connection: connection_view(sync.connection),
            last_success_at: sync.last_success,
            clock_ahead_ms: sync.server_offset_ms,
            failure: sync.failure.map(ToOwned::to_owned),
        },
    })
}

fn camera(eye: &Eye, view: &View) -> CameraReport {
    let device = eye.device.get().map(|device| DeviceFacts {
        name: device.name,
        width: device.width,
        height: device.height,
        format: device.format,
        frames_per_second: device.fps,
    });
    CameraReport {
        state: view.camera,
        device,
        frames_per_second: eye.slot.frames_per_second(),
        dropped: eye.slot.dropped(),
    }
}

fn recognition(equipment: &Equipment, station: &Station, view: &View) -> RecognitionReport {
    let gallery = equipment.gallery.read().unwrap_or_else(PoisonError::into_inner);
    let thresholds = equipment.decision.thresholds(gallery.model(), gallery.attendees());
    let choice = match station.config.recognition {
        Recognition::Single => "single",
        Recognition::Fused => "fused",
        // Its path is this machine's business.
        Recognition::Own(_) => "own",
    };
    RecognitionReport {
        state: view.faces,
        choice: choice.to_owned(),
        model: gallery.model().0.clone(),
        accept_score: thresholds.map(|thresholds| thresholds.accept),
        ask_score: thresholds.map(|thresholds| thresholds.ask),
        templates: gallery.len() as u64,
        guests_with_face: gallery.attendees() as u64,
    }
}

async fn storage(equipment: &Equipment, view: &View) -> Result<StorageReport, RpcError> {
    let (facts, guests, waiting, refused) = ask(equipment, |store| {
        let refused = store.parked()?.len() as u64;
        Ok((store.storage_facts(), store.roster_counts()?.expected, store.waiting()?, refused))
    })
    .await?;
    Ok(StorageReport {
        state: view.staff.storage,
        reserve_in_place: facts.disk == DiskState::Roomy,
        database_bytes: facts.database_bytes,
        log_bytes: facts.log_bytes,
        schema_version: facts.schema_version,
        key: match facts.key {
            KeyProtection::Hardware => KeyLevel::Hardware,
            KeyProtection::OperatingSystem => KeyLevel::OperatingSystem,
            KeyProtection::File => KeyLevel::File,
        },
        guests,
        waiting,
        refused,
    })
}

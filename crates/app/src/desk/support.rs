//! A file for whoever helps from afar: how the kiosk is doing, what it is set to, how the event goes in numbers, and the
//! latest lines of the log. Nothing in it is about any person.

use portico_protocol::rfc3339;
use portico_store::{Actor, AuditNote};
use portico_types::AuditAction;
use serde_json::json;

use super::staff::ask;
use super::wipe::write_durably;
use crate::contract::{
    DiagnosticsReport, LiveReport, OnDuty, Recovery, RpcError, SettingsReport, SupportFile,
};
use crate::runner::Equipment;
use crate::station::Station;

/// Version of the file's form.
const FORM: u32 = 1;
/// What stands in the file instead of the data folder: its path may name whoever is signed in.
const DATA_FOLDER: &str = "<data>";

/// Everything that goes into the file.
pub(super) struct Findings {
    pub(super) diagnostics: DiagnosticsReport,
    pub(super) settings: SettingsReport,
    pub(super) live: LiveReport,
}

/// Writes the file into the data folder.
pub(super) async fn write(
    equipment: &Equipment,
    by: OnDuty,
    station: &Station,
    findings: Findings,
) -> Result<SupportFile, RpcError> {
    let at = equipment.clock.utc();
    let folder = station.config.data_dir.display().to_string();
    let log: Vec<String> =
        station.logs.all().into_iter().map(|line| line.replace(&folder, DATA_FOLDER)).collect();
    let content = json!({
        "form": FORM,
        "made_at": rfc3339(at),
        "diagnostics": findings.diagnostics,
        "settings": findings.settings,
        "live": findings.live,
        "log": log,
    });
    let bytes = serde_json::to_vec_pretty(&content).map_err(|error| refused(&error))?;
    let size = bytes.len() as u64;
    let file = station.config.data_dir.join(format!("support-{}.json", rfc3339(at).replace(':', "-")));
    let path = file.clone();
    let written = tokio::task::spawn_blocking(move || write_durably(&path, &bytes));
    written.await.map_err(|_| RpcError::unavailable())?.map_err(|error| refused(&error))?;
    let note = AuditNote {
        action: AuditAction::Export,
        actor: Actor::Staff(by.member),
        attendee: None,
        before: None,
        after: Some(json!({ "support_file_bytes": size })),
        reason: None,
        at,
    };
    ask(equipment, move |store| store.record_audit(&note).map(|_| ())).await?;
    Ok(SupportFile { file: file.display().to_string(), bytes: size })
}

fn refused(error: &dyn std::error::Error) -> RpcError {
    tracing::error!(error = error.to_string(), "the support file could not be written");
    RpcError::new("staff.support_failed", Recovery::Retry)
}

//! Guests and pictures from files, which the event backend reads.

use portico_protocol::{
    ConsentRecord, ImportKind as WireKind, ImportMetadata, LARGEST_PICTURES_BYTES, LARGEST_ROSTER_BYTES,
    rfc3339,
};
use portico_store::AuditNote;
use portico_ticketing::PorticoBackend;
use portico_types::{AuditAction, UtcMillis};
use serde_json::{Value, json};

use super::audit::note;
use super::staff::ask;
use super::wipe::write_durably;
use crate::contract::{
    BeginImport, FaceAgreement, Handled, ImportChoice, ImportFile, ImportKind, ImportView, OnDuty, Recovery,
    RpcError, SavedImportReport,
};
use crate::import_files::ImportFolders;
use crate::imports::{ImportOrder, Imports, failure};
use crate::runner::Equipment;

/// Longest name of a consent text that is sent: the backend refuses more.
const LONGEST_TEXT_VERSION: usize = 100;

/// What staff can choose from.
pub(super) async fn files(imports: &Imports) -> Result<ImportChoice, RpcError> {
    let folders = imports.folders.clone();
    let listed = tokio::task::spawn_blocking(move || {
        let files = folders.list();
        ImportChoice { folder: folders.own().display().to_string(), files }
    });
    listed.await.map_err(|_| RpcError::unavailable())
}

/// Begins an import, or the look at what would become of it.
pub(super) async fn begin(
    equipment: &Equipment,
    by: OnDuty,
    imports: &Imports,
    params: BeginImport,
) -> Result<ImportView, RpcError> {
    let backend = backend(equipment)?;
    let file = find(&imports.folders, params.file.clone()).await?;
    let at = equipment.clock.utc();
    if file.bytes > largest(file.kind) {
        return Err(RpcError::new("staff.import_too_large", Recovery::Guide));
    }
    let metadata = metadata(&file, params, at)?;
    let preview = metadata.preview;
    let order = ImportOrder { path: file.path.into(), name: file.name, metadata };
    imports.may_begin(&backend).await?;
    if !preview {
        write_down(equipment, by, json!({ "holds": file.kind, "bytes": file.bytes })).await?;
    }
    imports.begin(backend.clone(), order).await?;
    imports.view(&backend).await
}

/// How the import stands.
pub(super) async fn view(equipment: &Equipment, imports: &Imports) -> Result<ImportView, RpcError> {
    imports.view(&backend(equipment)?).await
}

/// Stops it, or puts away what it came to.
pub(super) async fn end(equipment: &Equipment, by: OnDuty, imports: &Imports) -> Result<Handled, RpcError> {
    let backend = backend(equipment)?;
    if imports.is_there() {
        write_down(equipment, by, json!({ "ended": true })).await?;
    }
    imports.end(&backend).await?;
    Ok(Handled {})
}

/// Writes what is to be mended beside the files of the kiosk's own folder.
pub(super) async fn save_report(
    equipment: &Equipment,
    by: OnDuty,
    imports: &Imports,
) -> Result<SavedImportReport, RpcError> {
    let Some(id) = imports.id() else {
        return Err(RpcError::new("staff.import_forgotten", Recovery::Guide));
    };
    let report = backend(equipment)?.import_report(&id).await.map_err(|error| failure(&error))?;
    write_down(equipment, by, json!({ "report": "saved" })).await?;
    let at = rfc3339(equipment.clock.utc()).replace(':', "-");
    let file = imports.folders.own().join(format!("to-be-mended-{at}.csv"));
    let path = file.clone();
    let written = tokio::task::spawn_blocking(move || write_durably(&path, &report));
    written.await.map_err(|_| RpcError::unavailable())?.map_err(|error| {
        tracing::error!(%error, "the report of an import could not be written");
        RpcError::new("staff.import_report_failed", Recovery::Retry)
    })?;
    Ok(SavedImportReport { file: file.display().to_string() })
}

/// The audit's row, before anything is done: what cannot be written down is not done.
async fn write_down(equipment: &Equipment, by: OnDuty, what: Value) -> Result<(), RpcError> {
    let note = AuditNote { after: Some(what), ..note(equipment, by, AuditAction::Import) };
    ask(equipment, move |store| store.record_audit(&note).map(|_| ())).await
}

fn backend(equipment: &Equipment) -> Result<PorticoBackend, RpcError> {
    let unpaired = || RpcError::new("staff.import_unreachable", Recovery::Retry);
    equipment.situation().backend.ok_or_else(unpaired)
}

async fn find(folders: &ImportFolders, path: String) -> Result<ImportFile, RpcError> {
    let folders = folders.clone();
    let found = tokio::task::spawn_blocking(move || folders.find(&path));
    let gone = || RpcError::new("staff.import_file_gone", Recovery::Guide);
    found.await.map_err(|_| RpcError::unavailable())?.ok_or_else(gone)
}

/// The backend would refuse more in the middle of it.
fn largest(kind: ImportKind) -> u64 {
    match kind {
        ImportKind::Roster => LARGEST_ROSTER_BYTES,
        ImportKind::Faces => LARGEST_PICTURES_BYTES,
    }
}

fn metadata(file: &ImportFile, params: BeginImport, now: UtcMillis) -> Result<ImportMetadata, RpcError> {
    let (kind, agreement) = match file.kind {
        ImportKind::Roster => (WireKind::Roster, None),
        ImportKind::Faces => {
            let stated = params.agreement.filter(|stated| {
                (1..=LONGEST_TEXT_VERSION).contains(&stated.text_version.trim().len()) && stated.days_kept > 0
            });
            let unstated = || RpcError::new("staff.import_agreement", Recovery::Guide);
            (WireKind::Faces, Some(stated.ok_or_else(unstated)?))
        }
    };
    Ok(ImportMetadata {
        kind,
        preview: params.preview,
        sheet: None,
        encoding: None,
        map: params.columns,
        expires_at: agreement.as_ref().map(|stated| rfc3339(ends_at(stated, now))),
        consent: agreement.map(|stated| ConsentRecord {
            text_version: stated.text_version.trim().to_owned(),
            language: stated.language,
            agreed_at: rfc3339(now),
            // They agreed when they registered, not here.
            device: None,
        }),
    })
}

fn ends_at(agreement: &FaceAgreement, now: UtcMillis) -> UtcMillis {
    const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
    UtcMillis(now.0.saturating_add(i64::from(agreement.days_kept) * DAY_MS))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::equipped::{Equipped, OneAnswer, supervisor};

    /// What the backend says of an import that there is not: this kiosk may import.
    fn without_imports() -> OneAnswer {
        let body = r#"{ "type": "about:blank#unknown_import", "code": "unknown_import", "status": 404,
            "title": "Unknown import", "detail": "there is none" }"#;
        OneAnswer::new("404 Not Found", "application/problem+json", body)
    }

    #[tokio::test]
    async fn what_cannot_be_written_down_is_not_begun() {
        let (answers, mut equipped) = (without_imports(), Equipped::new());
        equipped.equipment.change(|situation| situation.backend = Some(answers.backend()));
        let imports = Imports::new(ImportFolders::of(equipped.folder.path()));
        files(&imports).await.unwrap();
        let list = imports.folders.own().join("guests.csv");
        std::fs::write(&list, "Name\nAda Byron\n").unwrap();
        let order = || BeginImport {
            file: list.display().to_string(),
            preview: false,
            columns: BTreeMap::new(),
            agreement: None,
        };
        let sound = std::mem::replace(&mut equipped.equipment.store, crate::store_thread::tests::gone());
        let refused = begin(&equipped.equipment, supervisor(), &imports, order()).await.unwrap_err();
        assert_eq!(refused.code, "kiosk.unavailable");
        let looks = |line: &String| line.starts_with("GET ");
        assert!(answers.asked().iter().all(looks), "{:?}", answers.asked());
        assert!(!imports.is_there());

        equipped.equipment.store = sound;
        begin(&equipped.equipment, supervisor(), &imports, order()).await.unwrap();
        let rows = equipped.store(|store| store.audit_rows(9).unwrap()).await;
        assert_eq!(rows.iter().map(|row| row.note.action).collect::<Vec<_>>(), [AuditAction::Import]);
    }
}

//! What this kiosk is set to, and changing it: each change with an audit row, kept over a restart.

use portico_camera::webcam::CameraSwitch;
use portico_store::{Actor, AuditNote};
use portico_types::AuditAction;
use serde_json::json;

use super::staff::ask;
use crate::config::{BackendConfig, LANGUAGES};
use crate::contract::{
    CameraSetting, FaceTerms, Handled, OnDuty, Recovery, RpcError, SettingChange, SettingsReport,
};
use crate::kiosk::event::Event;
use crate::runner::Equipment;
use crate::settings::Settings;
use crate::station::Station;

/// Characters of a camera's name that are kept.
const LONGEST_NAME: usize = 200;

pub(super) async fn report(equipment: &Equipment, station: &Station) -> Result<SettingsReport, RpcError> {
    let terms = ask(equipment, |store| store.template_terms()).await?;
    let settings = station.settings.lock().await.clone();
    let (config, situation) = (&station.config, equipment.situation());
    let switch = station.eye.switch.as_ref();
    Ok(SettingsReport {
        camera: CameraSetting {
            can_choose: switch.is_some(),
            connected: switch.map(CameraSwitch::connected).unwrap_or_default(),
            chosen: settings.camera.clone(),
        },
        languages: settings.languages(config),
        known_languages: LANGUAGES.map(ToOwned::to_owned).to_vec(),
        sounds: settings.sounds(),
        kiosk: config.name.clone(),
        gate: config.gate.clone(),
        auto_lock_seconds: config.staff.auto_lock_seconds,
        backend: match &config.backend {
            BackendConfig::Embedded => None,
            BackendConfig::Remote { url, .. } => Some(url.clone()),
        },
        pictures_may_leave: situation.policy.crops_may_leave_device,
        faces: FaceTerms {
            templates: terms.templates,
            first_ends_at: terms.first_ends_at,
            last_ends_at: terms.last_ends_at,
        },
    })
}

pub(super) async fn change(
    equipment: &Equipment,
    by: OnDuty,
    station: &Station,
    change: SettingChange,
) -> Result<Handled, RpcError> {
    if !is_possible(station, &change) {
        return Err(RpcError::new("staff.setting_impossible", Recovery::Guide));
    }
    // Held until the change is on disk: of two at once, none is lost.
    let mut settings = station.settings.lock().await;
    let changed = settings.with(change.clone());
    let json = serde_json::to_string(&changed)
        .map_err(|_| RpcError::new("staff.setting_impossible", Recovery::Guide))?;
    let note = AuditNote {
        action: AuditAction::Setting,
        actor: Actor::Staff(by.member),
        attendee: None,
        before: Some(json!(&*settings)),
        after: Some(json!(changed)),
        reason: None,
        at: equipment.clock.utc(),
    };
    ask(equipment, move |store| store.change_settings(&json, &note)).await?;
    *settings = changed;
    if let (SettingChange::Camera { .. }, Some(switch)) = (&change, &station.eye.switch) {
        switch.choose(settings.camera(&station.config));
        return Ok(Handled {});
    }
    take_effect(equipment, station, &settings).await?;
    Ok(Handled {})
}

/// Goes by the configuration alone again, as the database does that was emptied.
pub(super) async fn forget(equipment: &Equipment, station: &Station) -> Result<(), RpcError> {
    let mut settings = station.settings.lock().await;
    *settings = Settings::default();
    if let Some(switch) = &station.eye.switch {
        switch.choose(settings.camera(&station.config));
    }
    take_effect(equipment, station, &settings).await
}

fn is_possible(station: &Station, change: &SettingChange) -> bool {
    match change {
        SettingChange::Sounds { .. } => true,
        SettingChange::Languages { languages } => {
            let mut named = languages.clone();
            named.sort_unstable();
            named.dedup();
            let known = languages.iter().all(|language| LANGUAGES.contains(&language.as_str()));
            known && !languages.is_empty() && named.len() == languages.len()
        }
        SettingChange::Camera { device } => {
            station.eye.switch.is_some()
                && device.as_ref().is_none_or(|name| !name.trim().is_empty() && name.len() <= LONGEST_NAME)
        }
    }
}

/// Tells the screens what is set.
async fn take_effect(equipment: &Equipment, station: &Station, settings: &Settings) -> Result<(), RpcError> {
    let set = Event::Set { languages: settings.languages(&station.config), sounds: settings.sounds() };
    if equipment.mailbox.send(set).await { Ok(()) } else { Err(RpcError::unavailable()) }
}

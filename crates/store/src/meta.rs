//! Single values that outlive a restart: how far sync has read, what the event says, how to reach the backend.

use crate::table::{audit, meta};
use crate::{AuditNote, Store, StoreError};

/// Names one of the single values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetaKey {
    /// How far the roster was read. Written by [`Store::apply_roster`].
    RosterCursor,
    /// How far the gallery was read. Written by [`Store::apply_templates`].
    TemplatesCursor,
    /// How far the conflicts were read. Written by [`Store::apply_conflicts`].
    ConflictsCursor,
    /// The event as the backend describes it, JSON.
    Event,
    /// Base address of the backend that this kiosk is paired with.
    BackendUrl,
    /// The backend's id of this kiosk.
    DeviceId,
    /// The secret that this kiosk shows to the backend.
    DeviceToken,
    /// What staff have set at this kiosk, JSON. Written by [`Store::change_settings`].
    Settings,
}

impl MetaKey {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::RosterCursor => meta::ROSTER_CURSOR,
            Self::TemplatesCursor => meta::TEMPLATES_CURSOR,
            Self::ConflictsCursor => meta::CONFLICTS_CURSOR,
            Self::Event => "event",
            Self::BackendUrl => "backend_url",
            Self::DeviceId => "device_id",
            Self::DeviceToken => "device_token",
            Self::Settings => "settings",
        }
    }
}

impl Store {
    /// The value, if it was ever set.
    pub fn meta(&self, key: MetaKey) -> Result<Option<String>, StoreError> {
        meta::get(self.reader(), key.name())
    }

    /// Sets the value.
    pub fn set_meta(&mut self, key: MetaKey, value: &str) -> Result<(), StoreError> {
        self.write(|tx| meta::set(tx, key.name(), value))
    }

    /// Writes [`MetaKey::Settings`] and the audit row about it, both or neither.
    pub fn change_settings(&mut self, settings: &str, note: &AuditNote) -> Result<(), StoreError> {
        self.write(|tx| {
            meta::set(tx, MetaKey::Settings.name(), settings)?;
            audit::append(tx, note).map(|_| ())
        })
    }

    /// Forgets the value.
    pub fn clear_meta(&mut self, key: MetaKey) -> Result<(), StoreError> {
        self.write(|tx| meta::clear(tx, key.name()))
    }
}

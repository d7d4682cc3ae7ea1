//! The gallery: face templates for recognising guests while the network is gone.

use portico_types::{AuditAction, Template, TemplateId, UtcMillis};

use crate::table::{audit, meta, templates, withdrawals};
use crate::{Actor, AuditNote, Store, StoreError, erasure, restart, salvage};

/// One page of changes to the gallery.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplatesPage {
    /// New and changed templates.
    pub templates: Vec<Template>,
    /// Templates that must be gone.
    pub removed: Vec<TemplateId>,
    /// Where the next page begins.
    pub cursor: String,
    /// Whether this is all there is up to now.
    pub complete: bool,
}

impl Store {
    /// Takes a page of changes in, with its cursor, except for what a guest has withdrawn here. Says whether the gallery is
    /// another than the page tells: some were withdrawn, or are gone at the end of a reading from the start because the
    /// backend no longer has them.
    pub fn apply_templates(&mut self, page: &TemplatesPage) -> Result<bool, StoreError> {
        let (erased, differs) = self.write(|tx| {
            let generation = meta::generation(tx)?;
            let rereading = meta::get(tx, meta::TEMPLATES_REREAD)?.is_some();
            let (mut changed, mut withdrawn) = (0, false);
            for template in &page.templates {
                // The backend has not heard yet, or was restored from a backup, that this guest took it back.
                if withdrawals::cover(tx, &template.attendee, template.consent.agreed_at)? {
                    withdrawn = true;
                    continue;
                }
                let put = templates::put(tx, template, generation)?;
                if put == 0 && rereading {
                    templates::touch(tx, &template.id, generation)?;
                }
                changed += put;
            }
            let mut erased = 0;
            for id in &page.removed {
                erased += templates::remove(tx, id)?;
            }
            let swept = if page.complete { restart::sweep_templates(tx)? } else { 0 };
            if changed > 0 {
                meta::bump_gallery_version(tx)?;
            }
            erasure::note(tx, erased + swept)?;
            meta::set(tx, meta::TEMPLATES_CURSOR, &page.cursor)?;
            Ok((erased + swept, withdrawn || swept > 0))
        })?;
        if erased > 0 {
            self.empty_log();
        }
        Ok(differs)
    }

    /// The templates that may be used at `now`.
    pub fn templates(&self, now: UtcMillis) -> Result<Vec<Template>, StoreError> {
        templates::valid(self.reader(), now)
    }

    /// Erases the templates whose time is over at `now`, also from the write-ahead log and with damaged databases that were
    /// set aside, and names them. To be asked often: an erasure whose end a fault prevented is ended here, and damaged
    /// databases go after seven days in any case.
    pub fn forget_expired(&mut self, now: UtcMillis) -> Result<Vec<TemplateId>, StoreError> {
        salvage::dispose_of_old(self.files(), now);
        if !templates::any_expired(self.reader(), now)? {
            self.finish_erasure()?;
            return Ok(Vec::new());
        }
        let gone = self.write(|tx| {
            let gone = templates::remove_expired(tx, now)?;
            erasure::note(tx, gone.len())?;
            let note = AuditNote {
                action: AuditAction::Erase,
                actor: Actor::Kiosk,
                attendee: None,
                before: None,
                after: Some(serde_json::json!({ "templates": gone.len() })),
                reason: None,
                at: now,
            };
            audit::append(tx, &note)?;
            Ok(gone)
        })?;
        self.empty_log();
        Ok(gone)
    }

    /// Erases all templates at `now`, also from the write-ahead log and with damaged databases that were set aside: the event
    /// keeps no gallery any more. Says how many there were.
    pub fn forget_gallery(&mut self, now: UtcMillis) -> Result<usize, StoreError> {
        let gone = self.write(|tx| {
            let gone = templates::remove_all(tx)?;
            erasure::note(tx, gone)?;
            if gone > 0 {
                let note = AuditNote {
                    action: AuditAction::Erase,
                    actor: Actor::Kiosk,
                    attendee: None,
                    before: None,
                    after: Some(serde_json::json!({ "templates": gone })),
                    reason: Some("the event keeps no gallery".to_owned()),
                    at: now,
                };
                audit::append(tx, &note)?;
            }
            Ok(gone)
        })?;
        if gone > 0 {
            self.empty_log();
        }
        Ok(gone)
    }

    /// Grows with every change of the gallery, so that whoever holds a copy knows when to read it again.
    pub fn gallery_version(&self) -> Result<u64, StoreError> {
        meta::gallery_version(self.reader())
    }
}

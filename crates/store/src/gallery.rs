//! The gallery: face templates for recognising guests while the network is gone.

use portico_types::{Template, TemplateId, UtcMillis};

use crate::table::{meta, templates};
use crate::{Store, StoreError};

/// One page of changes to the gallery.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplatesPage {
    /// New and changed templates.
    pub templates: Vec<Template>,
    /// Templates that must be gone.
    pub removed: Vec<TemplateId>,
    /// Where the next page begins.
    pub cursor: String,
}

impl Store {
    /// Takes a page of changes in, with its cursor.
    pub fn apply_templates(&mut self, page: &TemplatesPage) -> Result<(), StoreError> {
        self.write(|tx| {
            let mut changed = 0;
            for template in &page.templates {
                changed += templates::put(tx, template)?;
            }
            for id in &page.removed {
                changed += templates::remove(tx, id)?;
            }
            if changed > 0 {
                meta::bump_gallery_version(tx)?;
            }
            meta::set(tx, meta::TEMPLATES_CURSOR, &page.cursor)
        })
    }

    /// The templates that may be used at `now`.
    pub fn templates(&self, now: UtcMillis) -> Result<Vec<Template>, StoreError> {
        templates::valid(self.reader(), now)
    }

    /// Erases the templates whose time is over at `now`, and says how many there were.
    pub fn forget_expired(&mut self, now: UtcMillis) -> Result<u64, StoreError> {
        self.write(|tx| {
            let gone = templates::remove_expired(tx, now)?;
            if gone > 0 {
                meta::bump_gallery_version(tx)?;
            }
            Ok(gone as u64)
        })
    }

    /// Grows with every change of the gallery, so that whoever holds a copy knows when to read it again.
    pub fn gallery_version(&self) -> Result<u64, StoreError> {
        meta::gallery_version(self.reader())
    }
}

//! The local gallery: every enrolled face vector of this event, searched as if each were compared with the probe.
//!
//! Reading them all is exact, as fast as the memory delivers them, and needs no index that could forget to forget
//! somebody. Holds vectors only in memory; loading and deleting them on disk is the store's part.

mod codes;
mod crowding;
mod matrix;
mod ranking;
mod simd;
mod vectors;

use std::collections::BTreeMap;

use portico_types::{AttendeeId, Candidate, Embedding, ModelId, Template, TemplateId, UtcMillis};
use ranking::Ranking;
use vectors::Vectors;

/// Why a template cannot join a gallery.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GalleryError {
    /// Vectors of different recognisers are not comparable.
    #[error("the gallery holds templates of another model")]
    OtherModel,
    /// All vectors of one recogniser have the same dimension; this one has not.
    #[error("the gallery holds vectors of {expected} numbers, this one has {found}")]
    OtherDimension {
        /// Numbers per vector in the gallery.
        expected: usize,
        /// Numbers in the refused vector.
        found: usize,
    },
    /// The vector holds no numbers, or some that are not finite.
    #[error("the vector is empty or not finite")]
    Degenerate,
}

/// When the templates of an empty gallery expire.
const NEVER: UtcMillis = UtcMillis(i64::MAX);

/// Whose vector stands in a row.
struct Owner {
    template: TemplateId,
    attendee: AttendeeId,
    expires_at: UtcMillis,
}

/// All templates of one recogniser.
pub struct Gallery {
    model: ModelId,
    dimension: Option<usize>,
    vectors: Vectors,
    /// Row by row, as in `vectors`.
    owners: Vec<Owner>,
    rows: BTreeMap<TemplateId, usize>,
    /// How many templates each guest has.
    attendees: BTreeMap<AttendeeId, usize>,
    /// No template expires before this, so that a search need not look at every term.
    next_expiry: UtcMillis,
}

impl Gallery {
    /// An empty gallery for the vectors of `model`.
    pub fn new(model: ModelId) -> Self {
        Self {
            model,
            dimension: None,
            vectors: Vectors::default(),
            owners: Vec::new(),
            rows: BTreeMap::new(),
            attendees: BTreeMap::new(),
            next_expiry: NEVER,
        }
    }

    /// The recogniser whose vectors are held.
    pub fn model(&self) -> &ModelId {
        &self.model
    }

    /// Number of templates.
    pub fn len(&self) -> usize {
        self.owners.len()
    }

    /// Whether nobody can be found.
    pub fn is_empty(&self) -> bool {
        self.owners.is_empty()
    }

    /// Number of guests with at least one template: the gallery size that thresholds depend on.
    pub fn attendees(&self) -> usize {
        self.attendees.len()
    }

    /// Adds a template, or replaces the one with the same id.
    pub fn upsert(&mut self, template: &Template) -> Result<(), GalleryError> {
        self.check(template)?;
        let values = template.embedding.values();
        if self.dimension.is_none() {
            self.dimension = Some(values.len());
            self.vectors = Vectors::new(values.len());
        }
        let owner = Owner {
            template: template.id.clone(),
            attendee: template.attendee.clone(),
            expires_at: template.expires_at,
        };
        self.next_expiry = self.next_expiry.min(owner.expires_at);
        *self.attendees.entry(owner.attendee.clone()).or_default() += 1;
        if let Some(row) = self.rows.get(&owner.template).copied() {
            self.vectors.replace(row, values);
            let former = std::mem::replace(&mut self.owners[row], owner);
            self.count_out(&former.attendee);
        } else {
            self.rows.insert(owner.template.clone(), self.owners.len());
            self.vectors.push(values);
            self.owners.push(owner);
        }
        Ok(())
    }

    /// Forgets a template; its numbers are overwritten before this returns. `false` if there was none.
    pub fn remove(&mut self, template: &TemplateId) -> bool {
        let Some(row) = self.rows.get(template).copied() else { return false };
        self.remove_row(row);
        true
    }

    /// Forgets all templates of one guest and says how many there were.
    pub fn remove_attendee(&mut self, attendee: &AttendeeId) -> usize {
        self.remove_where(|owner| owner.attendee == *attendee)
    }

    /// Forgets all templates whose consent has run out by `now` and says how many there were.
    pub fn remove_expired(&mut self, now: UtcMillis) -> usize {
        if now < self.next_expiry {
            return 0;
        }
        let removed = self.remove_where(|owner| owner.expires_at <= now);
        self.next_expiry = self.owners.iter().map(|owner| owner.expires_at).min().unwrap_or(NEVER);
        removed
    }

    /// Starts over with `model` and these templates. Returns how many were refused because they do not fit.
    pub fn rebuild(&mut self, model: ModelId, templates: impl IntoIterator<Item = Template>) -> usize {
        *self = Self::new(model);
        let mut refused = 0;
        for template in templates {
            if let Err(error) = self.upsert(&template) {
                tracing::warn!(template = %template.id, %error, "template left out of the gallery");
                refused += 1;
            }
        }
        refused
    }

    /// The `limit` guests most like `probe`, each once with their best score (cosine), best first; equal scores in the
    /// order of ids. A probe of another dimension is like nobody.
    pub fn search(&self, probe: &Embedding, limit: usize) -> Vec<Candidate> {
        let probe = probe.values();
        if self.dimension != Some(probe.len()) || limit == 0 {
            return Vec::new();
        }
        let mut ranking = Ranking::new(limit, |row: usize| &self.owners[row].attendee);
        self.vectors.search(probe, &mut ranking);
        ranking.into_candidates()
    }

    fn check(&self, template: &Template) -> Result<(), GalleryError> {
        if template.model != self.model {
            return Err(GalleryError::OtherModel);
        }
        let values = template.embedding.values();
        if values.is_empty() || values.iter().any(|value| !value.is_finite()) {
            return Err(GalleryError::Degenerate);
        }
        match self.dimension {
            Some(expected) if expected != values.len() => {
                Err(GalleryError::OtherDimension { expected, found: values.len() })
            }
            _ => Ok(()),
        }
    }

    fn remove_where(&mut self, condemned: impl Fn(&Owner) -> bool) -> usize {
        let before = self.owners.len();
        // Backwards, because removing moves the last row, which has been looked at by then, into the gap.
        for row in (0..before).rev() {
            if condemned(&self.owners[row]) {
                self.remove_row(row);
            }
        }
        before - self.owners.len()
    }

    fn remove_row(&mut self, row: usize) {
        self.vectors.swap_remove(row);
        let gone = self.owners.swap_remove(row);
        self.rows.remove(&gone.template);
        if let Some(moved) = self.owners.get(row) {
            self.rows.insert(moved.template.clone(), row);
        }
        self.count_out(&gone.attendee);
    }

    fn count_out(&mut self, attendee: &AttendeeId) {
        if let Some(count) = self.attendees.get_mut(attendee) {
            *count -= 1;
            if *count == 0 {
                self.attendees.remove(attendee);
            }
        }
    }
}

impl std::fmt::Debug for Gallery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Gallery({} templates of {} guests)", self.len(), self.attendees())
    }
}

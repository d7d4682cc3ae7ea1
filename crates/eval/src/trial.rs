//! Searches as the kiosk makes them: the production gallery, and the production policy's view of what was found.
//!
//! Every search counts as one of a stranger, with the guest taken out of what was found if it is one; searches for
//! enrolled people count as one of a guest besides.

use anyhow::{Context as _, Result};
use portico_identify::{DecisionPolicy, Evidence, Found, Gallery, LOOK_ALIKES, Strength};
use portico_types::{
    AttendeeId, Consent, Decision, Embedding, ModelId, Quality, Template, TemplateId, UtcMillis,
};

use crate::reader::Looks;
use crate::set::{LabelledSet, Query, Source};

/// What the pipeline makes of one query.
#[derive(Clone, Debug)]
pub struct Trial {
    /// Where the picture comes from.
    pub source: Source,
    /// Who it is; `None` for somebody who is not enrolled.
    pub expected: Option<AttendeeId>,
    /// What was found; `None` where no face was found.
    pub face: Option<Searched>,
}

/// A face that was searched for.
#[derive(Clone, Debug)]
pub struct Searched {
    /// How good the picture is.
    pub quality: Quality,
    /// With everybody enrolled.
    pub guest: Outcome,
    /// Without the person searched for.
    pub stranger: Outcome,
}

/// A search's evidence and what the policy concludes from it.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// How much speaks for the first candidate; below every score where there is none.
    pub strength: f32,
    /// The first candidate.
    pub first: Option<AttendeeId>,
    /// What the kiosk would do.
    pub decision: Decision,
}

impl Trial {
    /// The outcome with everybody enrolled, of a search for an enrolled person.
    pub fn guest(&self) -> Option<&Outcome> {
        self.expected.as_ref().and(self.face.as_ref()).map(|face| &face.guest)
    }

    /// The outcome without the person.
    pub fn stranger(&self) -> Option<&Outcome> {
        self.face.as_ref().map(|face| &face.stranger)
    }

    /// Whether the first candidate is who it should be.
    pub fn is_right(&self) -> bool {
        self.expected.is_some() && self.guest().is_some_and(|outcome| outcome.first == self.expected)
    }
}

/// A gallery, and the policy that judges searches in it.
pub struct Searches<'a> {
    gallery: Gallery,
    policy: &'a DecisionPolicy,
}

impl<'a> Searches<'a> {
    /// Enrols `people`: identities with their templates.
    pub fn among<'t>(
        model: &ModelId,
        people: impl IntoIterator<Item = (&'t str, &'t Embedding)>,
        policy: &'a DecisionPolicy,
    ) -> Result<Self> {
        Ok(Self { gallery: gallery(model, people)?, policy })
    }

    /// How many people are enrolled.
    pub fn people(&self) -> usize {
        self.gallery.attendees()
    }

    /// Searches for the face of `query`.
    pub fn trial(&self, query: &Query, looks: &Looks) -> Trial {
        let expected = query.expected.as_deref().map(AttendeeId::new);
        let face = looks.of(&query.picture).face().map(|portrait| Searched {
            quality: portrait.quality,
            guest: self.search(&portrait.embedding, None),
            stranger: self.search(&portrait.embedding, expected.as_ref()),
        });
        Trial { source: query.source.clone(), expected, face }
    }

    /// A search that does not find `absent`.
    fn search(&self, probe: &Embedding, absent: Option<&AttendeeId>) -> Outcome {
        let mut candidates = self.gallery.search(probe, 2 + LOOK_ALIKES);
        candidates.retain(|candidate| Some(&candidate.attendee) != absent);
        candidates.truncate(1 + LOOK_ALIKES);
        let crowding = candidates.first().and_then(|first| self.gallery.crowding(&first.attendee));
        let found = Found {
            candidates,
            crowding,
            model: self.gallery.model().clone(),
            gallery_size: self.gallery.attendees(),
            face_found: true,
            quality: 1.0,
        };
        let evidence = self.policy.evidence(&found);
        Outcome {
            strength: evidence.as_ref().map_or(f32::NEG_INFINITY, strength),
            first: evidence.map(|evidence| evidence.first.attendee),
            decision: self.policy.decide(&found, &|_| false),
        }
    }
}

fn strength(evidence: &Evidence) -> f32 {
    match evidence.strength {
        Strength::Judged(score) | Strength::Plain(score) => score,
    }
}

/// A gallery of identities with their templates.
pub fn gallery<'t>(
    model: &ModelId,
    people: impl IntoIterator<Item = (&'t str, &'t Embedding)>,
) -> Result<Gallery> {
    let mut gallery = Gallery::new(model.clone());
    for (number, (identity, embedding)) in people.into_iter().enumerate() {
        gallery.upsert(&template(number, identity, model, embedding)).context("a template is refused")?;
    }
    Ok(gallery)
}

/// The templates of all enrolment pictures in which a face was found, with whose they are.
pub fn enrolled<'t>(set: &'t LabelledSet, looks: &'t Looks) -> Vec<(&'t str, &'t Embedding)> {
    let pictures = set.gallery.iter().flat_map(|(name, files)| files.iter().map(move |file| (name, file)));
    pictures.filter_map(|(name, file)| Some((name.as_str(), &looks.of(file).face()?.embedding))).collect()
}

fn template(number: usize, identity: &str, model: &ModelId, embedding: &Embedding) -> Template {
    Template {
        id: TemplateId::new(format!("t{number}")),
        attendee: AttendeeId::new(identity),
        model: model.clone(),
        embedding: embedding.clone(),
        consent: Consent { text_version: "eval".into(), language: "en".into(), agreed_at: UtcMillis(0) },
        expires_at: UtcMillis(i64::MAX),
    }
}

//! `GET /v1/templates`, `PUT` and `DELETE /v1/attendees/{id}/face`: enrolled faces with their consent.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use portico_types::{AttendeeId, Consent, Embedding, ModelId, Template, TemplateId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{rfc3339, utc_millis};

/// The consent that a template rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConsentRecord {
    /// Version of the text that the guest agreed to.
    pub text_version: String,
    /// Language of that text (BCP 47).
    pub language: String,
    /// When, RFC 3339.
    pub agreed_at: String,
    /// The device that took the consent; filled in by the backend, which knows who calls. Nothing for a consent that
    /// was taken at registration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
}

/// One enrolled face vector.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TemplateRecord {
    /// The backend's id.
    pub id: String,
    /// Whose face.
    pub attendee_id: String,
    /// The recogniser that made it.
    pub model: String,
    /// Base64 of the unit-length vector as little-endian 32-bit floats.
    pub vector: String,
    /// The consent.
    pub consent: ConsentRecord,
    /// When it must be gone everywhere, RFC 3339.
    pub expires_at: String,
}

/// One page of changes since a cursor, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TemplatesPage {
    /// Added or changed templates.
    pub templates: Vec<TemplateRecord>,
    /// Templates to forget at once.
    pub removed: Vec<String>,
    /// Where the next call goes on.
    pub cursor: String,
    /// Whether another page is ready.
    pub more: bool,
}

/// What goes with the pictures of an enrolment: `PUT /v1/attendees/{id}/face` is multipart/form-data with the parts
/// `metadata` (this as JSON) and one to three times `picture` (JPEG or PNG).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EnrolMetadata {
    /// The consent.
    pub consent: ConsentRecord,
    /// When the template must be gone everywhere, RFC 3339.
    pub expires_at: String,
}

/// What an enrolment came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EnrolOutcome {
    /// The new template's id; the first one's, if there are several.
    pub template_id: String,
    /// Quality of its picture, 0 to 1.
    pub quality: f32,
    /// What became of each picture, in the order in which they came.
    #[serde(default)]
    pub pictures: Vec<PictureOutcome>,
}

/// What became of one picture of an enrolment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PictureOutcome {
    /// The template made from it; nothing if it was not good enough.
    pub template_id: Option<String>,
    /// Its quality, 0 to 1; nothing if it could not be read.
    pub quality: Option<f32>,
    /// Why no template was made from it, in words for operators.
    pub refused: Option<String>,
}

/// Why a template from the wire cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("template {id}: {reason}")]
pub struct TemplateError {
    /// Which template.
    pub id: String,
    /// What is wrong with it.
    pub reason: String,
}

impl TryFrom<TemplateRecord> for Template {
    type Error = TemplateError;

    fn try_from(record: TemplateRecord) -> Result<Self, TemplateError> {
        let fail = |reason: String| TemplateError { id: record.id.clone(), reason };
        let bytes = STANDARD.decode(&record.vector).map_err(|e| fail(e.to_string()))?;
        let embedding = Embedding::from_bytes(&bytes).map_err(|e| fail(e.to_string()))?;
        let agreed_at = utc_millis(&record.consent.agreed_at).map_err(|e| fail(e.to_string()))?;
        let expires_at = utc_millis(&record.expires_at).map_err(|e| fail(e.to_string()))?;
        Ok(Self {
            attendee: AttendeeId::new(record.attendee_id),
            model: ModelId(record.model),
            embedding,
            consent: Consent {
                text_version: record.consent.text_version,
                language: record.consent.language,
                agreed_at,
            },
            expires_at,
            id: TemplateId::new(record.id),
        })
    }
}

impl From<&Template> for TemplateRecord {
    fn from(template: &Template) -> Self {
        Self {
            id: template.id.to_string(),
            attendee_id: template.attendee.to_string(),
            model: template.model.0.clone(),
            vector: STANDARD.encode(template.embedding.to_bytes()),
            consent: ConsentRecord {
                text_version: template.consent.text_version.clone(),
                language: template.consent.language.clone(),
                agreed_at: rfc3339(template.consent.agreed_at),
                device: None,
            },
            expires_at: rfc3339(template.expires_at),
        }
    }
}

#[cfg(test)]
mod tests {
    use portico_types::UtcMillis;

    use super::*;

    fn template() -> Template {
        Template {
            id: TemplateId::new("t1"),
            attendee: AttendeeId::new("a1"),
            model: ModelId("model/1".into()),
            embedding: Embedding::normalised(vec![0.6, 0.8]).unwrap(),
            consent: Consent { text_version: "1".into(), language: "en".into(), agreed_at: UtcMillis(1_000) },
            expires_at: UtcMillis(2_000),
        }
    }

    #[test]
    fn a_template_survives_the_wire() {
        assert_eq!(Template::try_from(TemplateRecord::from(&template())), Ok(template()));
    }

    #[test]
    fn a_damaged_vector_is_refused_and_names_the_template() {
        let mut record = TemplateRecord::from(&template());
        record.vector = "AAA".into();
        assert!(Template::try_from(record).unwrap_err().to_string().contains("t1"));
    }
}

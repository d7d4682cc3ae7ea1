//! `GET /v1/event`: what the kiosk needs to know of the event.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    EntryRule, FaceEnrolment, FaceKey, FaceMark, LARGEST_BACKGROUND_BYTES, LARGEST_LOGO_BYTES, Picture,
    PictureError,
};

/// The event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EventRecord {
    /// The event's id.
    pub id: String,
    /// The event's name, as guests read it.
    pub name: String,
    /// IANA time zone of the venue, e.g. `Asia/Shanghai`.
    pub time_zone: String,
    /// Doors.
    pub gates: Vec<GateRecord>,
    /// Rules.
    pub policy: Policy,
    /// Looks.
    pub branding: Branding,
    /// Public keys (Ed25519, 64 hexadecimal digits) with which this event's tickets are signed; empty as long as none is.
    #[serde(default)]
    pub ticket_keys: Vec<String>,
    /// What opens the faces in tickets; only where the event compares faces with tickets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub face_tickets: Option<FaceTickets>,
}

/// What paired kiosks need for the faces in tickets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FaceTickets {
    /// The secret key that opens them: 64 hexadecimal digits.
    #[schema(value_type = String)]
    pub key: FaceKey,
    /// Templates that their guests have withdrawn, with those that had been replaced by then, and those of guests who were
    /// taken off the list: a face that was made from one must not be compared any more. Each the first 8 bytes of SHA-256
    /// over the template's id, as hexadecimal digits.
    #[schema(value_type = Vec<String>)]
    pub withdrawn: Vec<FaceMark>,
}

/// A door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GateRecord {
    /// The gate's id.
    pub id: String,
    /// What staff and guests call it.
    pub name: String,
}

/// Rules of the event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Policy {
    /// How a guest's name is shown on the public screen.
    pub shown_name: NamePolicy,
    /// Whether kiosks may send face crops to the backend (I5); if not, only the local gallery decides.
    pub crops_may_leave_device: bool,
    /// Budget for the network on the guest's way, in milliseconds (I4).
    pub network_budget_ms: u32,
    /// How often a guest may enter.
    #[serde(default)]
    pub entry: EntryRule,
    /// When kiosks ask a guest for a sign: to blink, or to turn the head.
    #[serde(default)]
    pub challenge: ChallengePolicy,
    /// What a spoof warning does. It warns of a picture held up to the camera; it proves nothing either way.
    #[serde(default)]
    pub spoof_warning: SpoofPolicy,
    /// How faces are enrolled; without it, kiosks offer nothing, and what guests agreed to is between them and the
    /// organiser.
    #[serde(default)]
    pub face_enrolment: Option<FaceEnrolment>,
    /// Which tickets let their guests in.
    #[serde(default)]
    pub tickets: TicketPolicy,
}

/// Which tickets let their guests in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TicketPolicy {
    /// A plain code is enough.
    #[default]
    Any,
    /// Only signed tickets do; plain codes are refused.
    SignedOnly,
    /// The same, and a ticket that carries its guest's face lets in nobody else. Kiosks keep no gallery of faces, and
    /// search for nobody.
    WithFace,
}

/// When a guest is asked to blink or to turn the head. Whoever does not is asked for the second fact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChallengePolicy {
    /// Never.
    #[default]
    Off,
    /// When there was a spoof warning, before its guest is let in by face alone.
    OnWarning,
    /// Every guest, before they are identified.
    Always,
}

/// What a spoof warning does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SpoofPolicy {
    /// Nothing.
    Ignore,
    /// Staff are told, and the entry says so.
    #[default]
    TellStaff,
    /// The same, and the guest is asked for the second fact.
    AskSecondFact,
}

/// How a guest's name is shown on the public screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NamePolicy {
    /// As registered.
    Full,
    /// The first word only.
    FirstWord,
    /// No name.
    Hidden,
}

/// Looks and sounds of the event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Branding {
    /// Accent colour, `#rrggbb`.
    pub accent: String,
    /// A sentence under the event's name on the idle screen.
    pub tagline: Option<String>,
    /// The event's logo, at most 64 KiB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<Picture>,
    /// What lies behind results, at most 192 KiB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background: Option<Picture>,
    /// Whether kiosks make no sound at this event.
    #[serde(default)]
    pub quiet: bool,
}

impl Branding {
    /// Whether logo and background are pictures within their bounds.
    pub fn check_pictures(&self) -> Result<(), PictureError> {
        self.logo.as_ref().map_or(Ok(()), |logo| logo.check(LARGEST_LOGO_BYTES))?;
        self.background.as_ref().map_or(Ok(()), |background| background.check(LARGEST_BACKGROUND_BYTES))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_written_before_there_were_challenges_still_read() {
        let older = r#"{"shown_name":"full","crops_may_leave_device":true,"network_budget_ms":800}"#;
        let policy: Policy = serde_json::from_str(older).unwrap();
        assert_eq!(policy.challenge, ChallengePolicy::Off, "nobody is asked unless the event wants it");
        assert_eq!(policy.spoof_warning, SpoofPolicy::TellStaff);
        assert_eq!(policy.face_enrolment, None, "no face is taken at a kiosk unless the event wants it");
        assert_eq!(policy.tickets, TicketPolicy::Any);
    }

    #[test]
    fn looks_written_before_there_were_pictures_still_read_and_look_the_same() {
        let older = r##"{"accent":"#1c6e5a","tagline":null}"##;
        let branding: Branding = serde_json::from_str(older).unwrap();
        assert_eq!(branding, Branding { accent: "#1c6e5a".into(), ..Branding::default() });
        assert_eq!(branding.check_pictures(), Ok(()));
    }
}
